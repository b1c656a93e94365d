"""The addresses of an inventory: the same pages for an enterprise and for a park's operation."""

from django.urls import URLPattern, path

from sinhthai.carbon.views import activities, imports, inventory, locking

_YEAR = "<int:year>/"
_LINE = _YEAR + "lines/<slug:line>/"
_PAGES = (
    ("", inventory.inventory, "inventory"),
    ("export.<str:fmt>", inventory.export, "export"),
    ("new/", activities.activity_new, "new"),
    ("template.xlsx", imports.import_template, "template"),
    ("import/", imports.import_upload, "import"),
    ("import/<int:pk>/", imports.import_preview, "preview"),
    ("import/<int:pk>/undo/", imports.import_undo, "undo"),
    (_YEAR + "settings/", activities.year_settings, "settings"),
    (_YEAR + "lock/", locking.lock, "lock"),
    (_LINE, inventory.line, "line"),
    (_LINE + "edit/", activities.activity_edit, "edit"),
    (_LINE + "withdraw/", activities.activity_withdraw, "withdraw"),
    (_LINE + "restore/", activities.activity_restore, "restore"),
)

urlpatterns: list[URLPattern] = [
    *(
        path(f"enterprises/<slug:code>/carbon/{page}", view, {"of": "enterprise"}, f"carbon_{name}")
        for page, view, name in _PAGES
    ),
    path(
        "enterprises/<slug:code>/carbon/reported/",
        activities.activity_reported,
        {"of": "enterprise"},
        "carbon_reported",
    ),
    *(
        path(
            f"parks/<slug:code>/carbon/operation/{page}", view, {"of": "park"}, f"carbon_own_{name}"
        )
        for page, view, name in _PAGES
    ),
]
