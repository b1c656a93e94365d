"""The addresses of applicant."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
