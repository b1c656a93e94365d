"""Names and days of certificates, inspections and milestones, as a page says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import User
from sinhthai.certification.models import Certificate, Dossier, Duty
from sinhthai.certification.wording import KIND_NAMES
from sinhthai.foundation.text import Text
from sinhthai.supervision.actions.inspections import STATE_NAMES as VISIT_STATES
from sinhthai.supervision.actions.suspension import STATE_NAMES
from sinhthai.supervision.models import Inspection

register = template.Library()
_HOLDERS = {
    "operator": Text("Chủ đầu tư hạ tầng", "Infrastructure investor"),
    "enterprise": Text("Doanh nghiệp", "Enterprise"),
    "management_board": Text("Ban quản lý", "Management Board"),
    "peoples_committee": Text("Ủy ban nhân dân tỉnh", "Provincial People's Committee"),
    "ministry": Text("Bộ", "Ministry"),
}


@register.filter
def own_name(one: Any) -> Text:
    """Return the name of a park, an enterprise or an organisation."""
    return Text(one.name_vi, one.name_en or one.name_vi)


@register.filter
def holder_name(row: Any) -> Text:
    """Return whose a certificate or an inspection is: the enterprise, or the park."""
    return own_name(row.enterprise or row.park)


@register.filter
def state_name(one: Certificate) -> Text:
    """Return the standing of a certificate."""
    return STATE_NAMES[Certificate.State(one.state)]


@register.filter
def visit_state(visit: Inspection) -> Text:
    """Return the state of an inspection."""
    return VISIT_STATES[Inspection.State(visit.state)]


@register.filter
def case_kind(dossier: Dossier) -> Text:
    """Return what kind of case a dossier is."""
    return KIND_NAMES[dossier.kind]


@register.filter
def duty_title(duty: Duty) -> Text:
    """Return what a duty asks."""
    return Text(duty.title_vi, duty.title_en)


@register.filter
def duty_holder(duty: Duty) -> Text:
    """Return what kind of body a duty waits for."""
    return _HOLDERS.get(duty.holder, Text("—", "—"))


@register.filter
def person_name(user: User | None) -> str:
    """Return the name of a person; the system's where there is none."""
    return display_name(user) if user else "Sinh Thái"


@register.filter
def pair(fact: Mapping[str, Any], name: str) -> Text:
    """Return the two-language text kept under ``<name>_vi`` and ``<name>_en``."""
    return Text(str(fact.get(f"{name}_vi", "")), str(fact.get(f"{name}_en", "")))


@register.filter
def spoken(change: Mapping[str, Any]) -> Text:
    """Return the words of a change of the register."""
    return Text(str(change.get("vi", "")), str(change.get("en", "")))


@register.filter
def instant(written: str) -> dt.datetime | None:
    """Return the instant written in a JSON field."""
    return dt.datetime.fromisoformat(written) if written else None


@register.filter
def of_key(found: Mapping[str, Any], key: str) -> Any:
    """Return what stands under *key*, or nothing."""
    return found.get(key)


@register.filter
def concat(start: str, end: object) -> str:
    """Return the two side by side."""
    return f"{start}{end}"


@register.simple_tag
def passed(part: float) -> SafeString:
    """Draw how much of a period has passed."""
    width = round(100 * part, 1)
    return format_html(
        '<svg class="passed" width="100%" height="10" role="img" aria-label="{}">'
        '<rect class="all" x="0" y="0" width="100%" height="10"/>'
        '<rect class="gone" x="0" y="0" width="{}%" height="10"/></svg>',
        _("{n} % of the time has passed").format(n=round(width)),
        width,
    )
