"""The addresses of certificates. What is named before comes before what is looked up."""

from django.urls import URLPattern, path

from sinhthai.certification.views import certificates as views

urlpatterns: list[URLPattern] = [
    path("certificates/", views.certificate_list, name="certificates"),
    path("certificates/export.<str:fmt>", views.certificate_export, name="certificate_export"),
    path("certificates/verify/", views.certificate_verify, name="certificate_verify"),
    path(
        "certificates/status/<slug:purpose>.json",
        views.certificate_status,
        name="certificate_status",
    ),
    path(
        "certificates/issuers.json",
        views.certificate_file,
        {"name": "issuers"},
        name="certificate_issuers",
    ),
    path(
        "certificates/status.json",
        views.certificate_file,
        {"name": "status"},
        name="certificate_register",
    ),
    path("certificates/<slug:public_id>.pdf", views.certificate_pdf, name="certificate_pdf"),
    path("certificates/<slug:public_id>.json", views.certificate_json, name="certificate_json"),
    path("certificates/<slug:public_id>/", views.certificate, name="certificate"),
]
