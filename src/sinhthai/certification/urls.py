"""The addresses of certification; each part lists its own in ``routes/``."""

from django.urls import URLPattern

from sinhthai.certification.routes.applicant import urlpatterns as applicant
from sinhthai.certification.routes.authority import urlpatterns as authority
from sinhthai.certification.routes.certificates import urlpatterns as certificates
from sinhthai.certification.routes.opinions import urlpatterns as opinions

urlpatterns: list[URLPattern] = [*applicant, *authority, *opinions, *certificates]
