"""The addresses of efficiency; each part lists its own in ``routes/``."""

from django.urls import URLPattern

from sinhthai.efficiency.routes.audits import urlpatterns as audits

urlpatterns: list[URLPattern] = [*audits]
