"""The addresses of the applicant, the dossier's own page, and the public timeline."""

from django.urls import path, re_path

from sinhthai.certification.views import contents, dossier, papers, send, start, supplements

_DOSSIER = "dossiers/<slug:public_id>/"

urlpatterns = [
    path("parks/<slug:code>/certification/", start.park_start, name="park_certification"),
    path("parks/<slug:code>/certification/apply/", start.park_apply, name="park_apply"),
    path(
        "enterprises/<slug:code>/certification/",
        start.enterprise_start,
        name="enterprise_certification",
    ),
    path(
        "enterprises/<slug:code>/certification/apply/",
        start.enterprise_apply,
        name="enterprise_apply",
    ),
    path(_DOSSIER, dossier.dossier, name="dossier"),
    path(f"{_DOSSIER}changes/", dossier.changes, name="dossier_changes"),
    path(f"{_DOSSIER}refresh/", dossier.refresh, name="dossier_refresh"),
    path(f"{_DOSSIER}withdraw/", send.withdraw, name="dossier_withdraw"),
    path(f"{_DOSSIER}send/", send.send, name="dossier_send"),
    path(f"{_DOSSIER}contents/", contents.contents, name="dossier_contents"),
    path(f"{_DOSSIER}contents/<slug:section>/", contents.write, name="dossier_write"),
    path(f"{_DOSSIER}papers/", papers.papers, name="dossier_papers"),
    path(f"{_DOSSIER}papers/assemble/", papers.assemble, name="dossier_assemble"),
    re_path(
        r"^dossiers/(?P<public_id>[-\w]+)/papers/(?P<slot>[a-z_]+)\.(?P<fmt>pdf|docx)$",
        papers.drawn,
        name="dossier_drawn",
    ),
    path(f"{_DOSSIER}papers/<int:pk>/", papers.paper, name="dossier_paper"),
    path(f"{_DOSSIER}papers/<int:pk>/withdraw/", papers.withdraw, name="dossier_paper_withdraw"),
    path(f"{_DOSSIER}papers/<slug:slot>/upload/", papers.upload, name="dossier_upload"),
    path(f"{_DOSSIER}supplements/", supplements.supplements, name="dossier_supplements"),
    path("timeline/<slug:public_id>/", dossier.timeline, name="timeline"),
]
