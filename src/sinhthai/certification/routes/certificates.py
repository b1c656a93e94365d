"""The addresses of certificates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
