"""The addresses of keeping certificates true."""

from django.urls import URLPattern, path, re_path

from sinhthai.supervision.views import commitment, holding, letters, overview

_HELD = "certificates/<slug:public_id>/"
_STEP = "parks/<slug:code>/commitment/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("supervision/", overview.overview, name="supervision"),
    re_path(r"^supervision\.(?P<fmt>xlsx|csv)$", overview.export, name="supervision_export"),
    path(_HELD + "holding/", holding.holding, name="certificate_holding"),
    path(_HELD + "alerts/<int:pk>/close/", holding.alert_close, name="certificate_alert_close"),
    path(_HELD + "suspension/", holding.suspension, name="certificate_suspension"),
    path(_HELD + "revocation/", holding.revocation, name="certificate_revocation"),
    path(
        _HELD + "revocation/letter.<slug:fmt>",
        letters.revocation_letter,
        name="certificate_revocation_letter",
    ),
    path(_HELD + "renewal/", holding.renewal, name="certificate_renewal"),
    path("parks/<slug:code>/commitment/", commitment.roadmap, name="park_commitment"),
    path(_STEP + "reached/", commitment.reached, name="milestone_reached"),
    path(_STEP + "withdraw/", commitment.withdraw, name="milestone_withdraw"),
]
