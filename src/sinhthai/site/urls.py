"""Every address of the site. A slice owns its own addresses in its ``urls.py``."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.i18n import set_language

from sinhthai.site import views
from sinhthai.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sinhthai.portal.urls")),
    path("", include("sinhthai.registry.urls")),
    path("", include("sinhthai.reporting.urls")),
    path("", include("sinhthai.carbon.urls")),
    path("", include("sinhthai.efficiency.urls")),
    path("", include("sinhthai.finance.urls")),
    path("", include("sinhthai.symbiosis.urls")),
    path("", include("sinhthai.assessment.urls")),
    path("", include("sinhthai.certification.urls")),
    path("", include("sinhthai.supervision.urls")),
    path("", include("sinhthai.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("start/", views.start, name="start"),
    path("audit/", views.audit, name="audit"),
    re_path(r"^audit\.(?P<fmt>xlsx|csv)$", views.audit_export, name="audit_export"),
    path("api/", api.urls),
    path("healthz", views.healthz, name="healthz"),
]

handler400 = "sinhthai.site.errors.bad_request"
handler403 = "sinhthai.site.errors.forbidden"
handler404 = "sinhthai.site.errors.not_found"
handler429 = "sinhthai.site.errors.too_many"
handler500 = "sinhthai.site.errors.server_error"
