"""The addresses of carbon; each part lists its own in ``routes/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
