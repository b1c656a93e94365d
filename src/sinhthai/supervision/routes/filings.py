"""The addresses of filings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
