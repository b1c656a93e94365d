"""The addresses of inspections and corrective actions."""

from django.urls import URLPattern, path, re_path

from sinhthai.supervision.views import corrective, inspection_acts, inspections

_VISIT = "inspections/<int:pk>/"
_ACTION = "corrective-actions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("inspections/", inspections.inspection_list, name="inspections"),
    re_path(r"^inspections\.(?P<fmt>xlsx|csv)$", inspections.export, name="inspections_export"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path(_VISIT, inspections.inspection, name="inspection"),
    path(_VISIT + "files/<int:file>/", inspections.attachment, name="inspection_file"),
    path(_VISIT + "held/", inspection_acts.held, name="inspection_held"),
    path(_VISIT + "observations/", inspection_acts.observe, name="inspection_observe"),
    path(
        _VISIT + "observations/<int:observation>/actions/",
        inspection_acts.require,
        name="inspection_require",
    ),
    path(_VISIT + "minutes/", inspection_acts.minutes, name="inspection_minutes"),
    path(_VISIT + "close/", inspection_acts.close, name="inspection_close"),
    path(_VISIT + "cancel/", inspection_acts.cancel, name="inspection_cancel"),
    path(_ACTION, corrective.action, name="corrective_action"),
    path(_ACTION + "answer/", corrective.answer, name="corrective_answer"),
    path(_ACTION + "verify/", corrective.verify, name="corrective_verify"),
]
