"""The addresses of finance; each part lists its own in ``routes/``."""

from django.urls import URLPattern

from sinhthai.finance.routes.projects import urlpatterns as projects

urlpatterns: list[URLPattern] = [*projects]
