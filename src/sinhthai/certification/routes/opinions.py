"""The addresses of opinions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
