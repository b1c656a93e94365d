"""The addresses of projects, of the pipeline and of the table of funds."""

from django.urls import URLPattern, path

from sinhthai.finance.views import acts, files, listing, projects

_OWN = "enterprises/<slug:code>/projects/"
_ONE = "projects/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_OWN, listing.enterprise_projects, name="finance_enterprise_projects"),
    path(_OWN + "new/", projects.new, name="finance_project_new"),
    path(_OWN + "export.<str:fmt>", listing.enterprise_export, name="finance_enterprise_export"),
    path("projects/", listing.pipeline, name="finance_pipeline"),
    path("projects/export.<str:fmt>", listing.pipeline_export, name="finance_pipeline_export"),
    path("finance/funds/", listing.funds, name="finance_funds"),
    path("finance/funds/export.<str:fmt>", listing.funds_export, name="finance_funds_export"),
    path(_ONE, projects.project, name="finance_project"),
    path(_ONE + "edit/", projects.edit, name="finance_project_edit"),
    path(_ONE + "appraisal/", projects.appraisal, name="finance_project_appraisal"),
    path(_ONE + "term-sheet.<str:fmt>", files.sheet, name="finance_project_sheet"),
    path(_ONE + "cash-flow.<str:fmt>", files.picture, name="finance_project_picture"),
    path(_ONE + "documents/<int:document>/", files.document, name="finance_project_document"),
    path(_ONE + "stage/", acts.stage, name="finance_project_stage"),
    path(_ONE + "share/", acts.share, name="finance_project_share"),
    path(_ONE + "share/<int:share>/withdraw/", acts.share_withdraw, name="finance_share_withdraw"),
    path(_ONE + "documents/add/", acts.document_add, name="finance_document_add"),
    path(
        _ONE + "documents/<int:document>/withdraw/",
        acts.document_withdraw,
        name="finance_document_withdraw",
    ),
    path(_ONE + "results/add/", acts.result_add, name="finance_result_add"),
]
