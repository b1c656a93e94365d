"""The addresses of the public pages."""

from django.urls import URLPattern, path

from sinhthai.portal import factor_views, procedure_views, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("export.xlsx", views.home_export, name="home_export"),
    path("factors/", factor_views.factors, name="factors"),
    path("factors/export.<slug:fmt>", factor_views.factors_export, name="factors_export"),
    path("factors/<slug:activity>/", factor_views.factor, name="factor"),
    path("rules/", views.rules, name="rules"),
    path("rules/procedures/", procedure_views.procedures, name="rule_procedures"),
    path("rules/procedures/<str:procedure>/", procedure_views.procedure, name="rule_procedure"),
    path("rules/holidays/<int:year>/", procedure_views.holidays, name="rule_holidays"),
    path("rules/<slug:family>/", views.framework, name="framework"),
    path("rules/<slug:family>/<str:leaf>/", views.rule, name="rule"),
]
