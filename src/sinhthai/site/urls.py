"""Every address of the site. A slice owns its own addresses in its ``urls.py``."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sinhthai.portal.urls")),
    path("", include("sinhthai.registry.urls")),
    path("", include("sinhthai.reporting.urls")),
    path("", include("sinhthai.assessment.urls")),
    path("", include("sinhthai.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
]
