"""The addresses of finance; each part lists its own in ``routes/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
