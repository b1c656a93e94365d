"""The addresses of an enterprise's streams."""

from django.urls import URLPattern, path

from sinhthai.symbiosis.views import beginnings, looks, partners, stream_imports, streams

_STREAMS = "enterprises/<slug:code>/streams/"

urlpatterns: list[URLPattern] = [
    path(_STREAMS, streams.stream_list, name="symbiosis_streams"),
    path(_STREAMS + "new/", streams.stream_new, name="symbiosis_stream_new"),
    path(_STREAMS + "export.<str:fmt>", streams.stream_export, name="symbiosis_stream_export"),
    path(
        _STREAMS + "template.xlsx",
        stream_imports.stream_template,
        name="symbiosis_stream_template",
    ),
    path(_STREAMS + "import/", stream_imports.stream_import, name="symbiosis_stream_import"),
    path(
        _STREAMS + "import/<int:pk>/",
        stream_imports.stream_import_preview,
        name="symbiosis_stream_import_preview",
    ),
    path(_STREAMS + "profile/", beginnings.stream_profile, name="symbiosis_stream_profile"),
    path(_STREAMS + "reported/", beginnings.stream_reported, name="symbiosis_stream_reported"),
    path(_STREAMS + "<int:pk>/", streams.stream, name="symbiosis_stream"),
    path(_STREAMS + "<int:pk>/edit/", streams.stream_edit, name="symbiosis_stream_edit"),
    path(
        _STREAMS + "<int:pk>/withdraw/", streams.stream_withdraw, name="symbiosis_stream_withdraw"
    ),
    path(_STREAMS + "<int:pk>/restore/", streams.stream_restore, name="symbiosis_stream_restore"),
    path("enterprises/<slug:code>/partners/", partners.partner_list, name="symbiosis_partners"),
    path(
        "enterprises/<slug:code>/partners/consent/",
        partners.partner_answer,
        name="symbiosis_consent",
    ),
    path(
        "enterprises/<slug:code>/partners/<slug:token>/",
        partners.partner,
        name="symbiosis_partner",
    ),
    path("enterprises/<slug:code>/looks/", looks.look_list, name="symbiosis_looks"),
    path(
        "enterprises/<slug:code>/looks/export.<str:fmt>",
        looks.look_export,
        name="symbiosis_look_export",
    ),
]
