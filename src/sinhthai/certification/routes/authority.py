"""The addresses of the authorities: the list of dossiers, and the pages they decide on."""

from django.urls import URLPattern, path

from sinhthai.certification.views import (
    authority,
    authority_decision,
    authority_evaluation,
    authority_records,
    authority_steps,
)

_DOSSIER = "dossiers/<slug:public_id>/"

urlpatterns: list[URLPattern] = [
    path("dossiers/", authority.dossiers, name="dossiers"),
    path("dossiers.<str:fmt>", authority.export, name="dossiers_export"),
    path(_DOSSIER + "evidence/<int:pk>/", authority.evidence, name="dossier_evidence"),
    path(_DOSSIER + "check/", authority_steps.check, name="dossier_check"),
    path(_DOSSIER + "consult/", authority_steps.consult, name="dossier_consult"),
    path(_DOSSIER + "evaluate/", authority_evaluation.evaluate, name="dossier_evaluate"),
    path(_DOSSIER + "evaluate/newer/", authority_records.newer, name="dossier_newer"),
    path(
        _DOSSIER + "consult/<int:pk>/delivered/",
        authority_records.delivered,
        name="opinion_delivered",
    ),
    path(
        _DOSSIER + "override/<int:pk>/withdraw/",
        authority_records.override_withdraw,
        name="dossier_override_withdraw",
    ),
    path(_DOSSIER + "report/", authority_steps.report, name="dossier_report"),
    path(_DOSSIER + "decide/", authority_decision.decide, name="dossier_decide"),
    path(_DOSSIER + "override/", authority_decision.override, name="dossier_override"),
    path(_DOSSIER + "fail/", authority_steps.fail, name="dossier_fail"),
    path(_DOSSIER + "case/", authority_steps.case, name="dossier_case"),
]
