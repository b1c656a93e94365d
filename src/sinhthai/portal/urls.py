"""The addresses of the public pages."""

from django.urls import URLPattern, path

from sinhthai.portal import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("export.xlsx", views.home_export, name="home_export"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:family>/", views.framework, name="framework"),
    path("rules/<slug:family>/<str:leaf>/", views.rule, name="rule"),
]
