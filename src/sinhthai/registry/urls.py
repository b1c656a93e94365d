"""The addresses of the register."""

from django.urls import URLPattern, path

from sinhthai.registry.views import enterprises, imports, parks

urlpatterns: list[URLPattern] = [
    path("parks/", parks.park_list, name="parks"),
    path("parks/export.<str:form>", parks.park_export, name="park_export"),
    path("parks/import/", imports.park_import, name="park_import"),
    path("parks/import/<int:pk>/", imports.park_import_preview, name="park_import_preview"),
    path("parks/template.xlsx", imports.park_template, name="park_template"),
    path("parks/<slug:code>/", parks.park, name="park"),
    path("parks/<slug:code>/facts/<int:pk>/current/", parks.fact_current, name="fact_current"),
    path("parks/<slug:code>/enterprises/", enterprises.enterprise_list, name="park_enterprises"),
    path(
        "parks/<slug:code>/enterprises/export.<str:form>",
        enterprises.enterprise_export,
        name="enterprise_export",
    ),
    path(
        "parks/<slug:code>/enterprises/import/",
        imports.enterprise_import,
        name="enterprise_import",
    ),
    path(
        "parks/<slug:code>/enterprises/import/<int:pk>/",
        imports.enterprise_import_preview,
        name="enterprise_import_preview",
    ),
    path(
        "parks/<slug:code>/enterprises/template.xlsx",
        imports.enterprise_template,
        name="enterprise_template",
    ),
    path("enterprises/<slug:code>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<slug:code>/status/", enterprises.status_add, name="enterprise_status"),
]
