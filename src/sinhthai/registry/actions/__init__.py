"""Changes to the register: one function per change, each with its audit entry."""

from sinhthai.registry.actions.enterprises import (
    add_enterprise,
    record_status,
    refresh_enterprise_search,
)
from sinhthai.registry.actions.lists import apply_import, import_list, keep_upload
from sinhthai.registry.actions.parks import (
    FactGiven,
    add_park,
    record_facts,
    record_plot,
    refresh_park_search,
    set_current_fact,
)
from sinhthai.registry.actions.territory import load_territory

__all__ = [
    "FactGiven",
    "add_enterprise",
    "add_park",
    "apply_import",
    "import_list",
    "keep_upload",
    "load_territory",
    "record_facts",
    "record_plot",
    "record_status",
    "refresh_enterprise_search",
    "refresh_park_search",
    "set_current_fact",
]
