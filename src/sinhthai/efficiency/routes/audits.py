"""The addresses of audits: of an enterprise, of one audit, of its measures, and of the sums."""

from django.urls import URLPattern, path

from sinhthai.efficiency.views import audits, measures, report, sums, walk

_ENTERPRISE = "enterprises/<slug:code>/efficiency/"
_AUDIT = "audits/<int:pk>/"
_MEASURE = _AUDIT + "measures/<int:measure>/"

urlpatterns: list[URLPattern] = [
    path("efficiency/", sums.programme, name="efficiency_programme"),
    path("efficiency.<str:fmt>", sums.programme_export, name="efficiency_programme_export"),
    path("parks/<slug:code>/efficiency/", sums.park, name="efficiency_park"),
    path("parks/<slug:code>/efficiency.<str:fmt>", sums.park_export, name="efficiency_park_export"),
    path(_ENTERPRISE, audits.audit_list, name="efficiency_audits"),
    path(_ENTERPRISE + "new/", audits.audit_new, name="efficiency_audit_new"),
    path(
        "enterprises/<slug:code>/efficiency.<str:fmt>",
        audits.audit_list_export,
        name="efficiency_audits_export",
    ),
    path(_AUDIT, audits.audit, name="efficiency_audit"),
    path(_AUDIT + "phase/", audits.phase, name="efficiency_phase"),
    path(_AUDIT + "share/", audits.share, name="efficiency_share"),
    path(_AUDIT + "baseline/", audits.baseline, name="efficiency_baseline"),
    path(_AUDIT + "baseline/reported/", audits.reported, name="efficiency_reported"),
    path(_AUDIT + "walk/<slug:area>/", walk.area, name="efficiency_walk"),
    path(_AUDIT + "evidence/", walk.evidence_add, name="efficiency_evidence_add"),
    path(_AUDIT + "evidence/<int:file>/", walk.evidence, name="efficiency_evidence"),
    path(
        _AUDIT + "evidence/<int:file>/withdraw/",
        walk.evidence_withdraw,
        name="efficiency_evidence_withdraw",
    ),
    path(_AUDIT + "measures/", measures.measure_list, name="efficiency_measures"),
    path(_AUDIT + "measures.<str:fmt>", measures.export, name="efficiency_measures_export"),
    path(_AUDIT + "measures/choose/", measures.choose, name="efficiency_choose"),
    path(_MEASURE, measures.measure, name="efficiency_measure"),
    path(_MEASURE + "size/", measures.size, name="efficiency_size"),
    path(_MEASURE + "judge/", measures.judge, name="efficiency_judge"),
    path(_MEASURE + "plan/", measures.plan, name="efficiency_plan"),
    path(_MEASURE + "step/", measures.step, name="efficiency_step"),
    path(_MEASURE + "result/", measures.result, name="efficiency_result"),
    path(_AUDIT + "report/", report.report, name="efficiency_report"),
    path(_AUDIT + "report/propose/", report.propose, name="efficiency_propose"),
    path(_AUDIT + "report/<int:proposal>/answer/", report.answer, name="efficiency_answer"),
]
