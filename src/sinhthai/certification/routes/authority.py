"""The addresses of authority."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
