"""The addresses of holding."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
