"""The addresses of reports, values, imports and evidence."""

from django.urls import URLPattern, path

from sinhthai.reporting.views import imports, reports, values

_PARK = "parks/<slug:code>/"
_YEAR = _PARK + "reports/<int:year>/"
_BATCH = _PARK + "imports/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_PARK + "reports/", reports.report_list, name="reports"),
    path(_PARK + "reports/upload/", imports.upload, name="upload"),
    path(_YEAR, reports.report, name="report"),
    path(_YEAR + "workbook.xlsx", reports.workbook, name="workbook"),
    path(_YEAR + "values.<str:fmt>", reports.values_export, name="values_export"),
    path(_YEAR + "values/<slug:item>/", values.value, name="value"),
    path(_YEAR + "values/<slug:item>/evidence/", values.attach, name="evidence_attach"),
    path(_YEAR + "submit/", reports.submit, name="report_submit"),
    path(_YEAR + "approve/", reports.approve, name="report_approve"),
    path(_YEAR + "return/", reports.send_back, name="report_return"),
    path(_PARK + "imports/", imports.batch_list, name="imports"),
    path(_BATCH, imports.batch, name="batch"),
    path(_BATCH + "apply/", imports.apply, name="batch_apply"),
    path(_BATCH + "revert/", imports.revert, name="batch_revert"),
    path(_BATCH + "discard/", imports.discard, name="batch_discard"),
    path(_BATCH + "errors.xlsx", imports.errors, name="batch_errors"),
    path(_BATCH + "file.xlsx", imports.original, name="batch_file"),
    path("evidence/<int:pk>/", values.download, name="evidence_file"),
    path("evidence/<int:pk>/withdraw/", values.withdraw, name="evidence_withdraw"),
]
