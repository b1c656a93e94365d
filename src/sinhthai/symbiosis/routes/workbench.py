"""The addresses of the facilitator's workbench of a park."""

from django.urls import URLPattern, path

from sinhthai.symbiosis.views import exchange_acts, exchanges, ideas, split, workbench, year_report

_PARK = "parks/<slug:code>/symbiosis/"
_EXCHANGE = _PARK + "exchanges/<int:pk>/"
_YEAR = _PARK + "report/<int:year>/"

urlpatterns: list[URLPattern] = [
    path(_PARK, workbench.overview, name="symbiosis_overview"),
    path(_PARK + "pictures/<slug:what>.<str:fmt>", workbench.export, name="symbiosis_pictures"),
    path(_PARK + "search/", ideas.search, name="symbiosis_search"),
    path(_PARK + "ideas/", ideas.idea_list, name="symbiosis_ideas"),
    path(_PARK + "ideas.<str:fmt>", ideas.export, name="symbiosis_ideas_export"),
    path(_PARK + "ideas/<int:pk>/", ideas.idea, name="symbiosis_idea"),
    path(_PARK + "ideas/<int:pk>/start/", ideas.start, name="symbiosis_start"),
    path(_PARK + "pipeline/", exchanges.pipeline, name="symbiosis_pipeline"),
    path(_PARK + "pipeline.<str:fmt>", exchanges.export, name="symbiosis_pipeline_export"),
    path(_PARK + "exchanges/new/", exchanges.new, name="symbiosis_exchange_new"),
    path(_PARK + "split/", split.split, name="symbiosis_split"),
    path(_PARK + "split.<str:fmt>", split.export, name="symbiosis_split_export"),
    path(_EXCHANGE, exchanges.exchange, name="symbiosis_exchange"),
    path(_EXCHANGE + "edit/", exchanges.edit, name="symbiosis_exchange_edit"),
    path(_EXCHANGE + "stage/", exchange_acts.stage, name="symbiosis_stage"),
    path(_EXCHANGE + "readiness/", exchange_acts.readiness, name="symbiosis_readiness"),
    path(_EXCHANGE + "documents/", exchange_acts.document_add, name="symbiosis_document_add"),
    path(
        _EXCHANGE + "documents/<int:document>/",
        exchange_acts.document,
        name="symbiosis_document",
    ),
    path(
        _EXCHANGE + "documents/<int:document>/withdraw/",
        exchange_acts.document_withdraw,
        name="symbiosis_document_withdraw",
    ),
    path(_EXCHANGE + "tasks/", exchange_acts.task_add, name="symbiosis_task_add"),
    path(_EXCHANGE + "tasks/<int:task>/done/", exchange_acts.task_done, name="symbiosis_task_done"),
    path(_EXCHANGE + "notes/", exchange_acts.note_add, name="symbiosis_note_add"),
    path(
        _EXCHANGE + "participants/",
        exchange_acts.participant_add,
        name="symbiosis_participant_add",
    ),
    path(
        _EXCHANGE + "participants/<int:participant>/",
        exchange_acts.participant_days,
        name="symbiosis_participant_days",
    ),
    path(_EXCHANGE + "partner/", exchange_acts.partner, name="symbiosis_partner_name"),
    path(_EXCHANGE + "project/", exchange_acts.project, name="symbiosis_project"),
    path(_EXCHANGE + "results/", exchange_acts.result_add, name="symbiosis_result_add"),
    path(_YEAR, year_report.preview, name="symbiosis_report"),
    path(_YEAR + "apply/", year_report.apply, name="symbiosis_report_apply"),
    path(_PARK + "report/<int:year>.<str:fmt>", year_report.export, name="symbiosis_report_export"),
]
