"""How the state of a dossier, a clock and a file size look on a page."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sinhthai.certification.readers.clock_rows import ClockRow
from sinhthai.certification.readers.tasks import Task
from sinhthai.certification.wording import KIND_NAMES, PARTY_NAMES, POSITION_NAMES
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import State

register = template.Library()

# Outcomes: what was asked for was granted, or was not.
_GRANTED = frozenset({"certified", "kept", "dropped"})
_REFUSED = frozenset({"failed", "notified", "revoked", "revocation_proposed"})
_CLOCK_KIND = {
    "stopped": ("m", "✓"),
    "late_stopped": ("n", "✓"),
    "late": ("n", "!"),
    "paused": ("a", "‖"),
    "running": ("u", "◷"),
    "open": ("a", "–"),
}
_TASK_KIND = {
    "done": ("m", "✓"),
    "todo": ("u", "○"),
    "waiting": ("a", "–"),
    "optional": ("a", "·"),
}


def _say(said: Text) -> str:
    return said.get(get_language() or "vi")


def _chip(kind: str, sign: str, word: str) -> SafeString:
    return format_html(
        '<span class="st {}"><span aria-hidden="true">{}</span> {}</span>', kind, sign, word
    )


@register.simple_tag
def state_chip(state: State, *, public: bool = False) -> SafeString:
    """Show the state of a dossier with sign, word and colour."""
    if state.id in _GRANTED:
        kind, sign = "m", "✓"
    elif state.id in _REFUSED:
        kind, sign = "n", "✕"
    elif state.final:
        kind, sign = "a", "–"
    else:
        kind, sign = "u", "◷"
    return _chip(kind, sign, _say(state.public if public else state.title))


@register.simple_tag
def clock_chip(row: ClockRow) -> SafeString:
    """Show how a clock stands: what is left, what is late, that it stands still."""
    kind, sign = _CLOCK_KIND[row.state]
    if row.state == "running" and (row.clock.working_days_left or 0) > 3:
        kind = "a"
    return _chip(kind, sign, _say(row.left))


@register.simple_tag
def task_chip(task: Task) -> SafeString:
    """Show how far a task is."""
    kind, sign = _TASK_KIND[task.state]
    return _chip(kind, sign, _say(task.state_name))


@register.filter
def party_name(party: str) -> str:
    """Name a party of a procedure."""
    return _say(PARTY_NAMES[party]) if party in PARTY_NAMES else party


@register.filter
def kind_name(kind: str) -> str:
    """Name a kind of case."""
    return _say(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


@register.filter
def position_name(position: str) -> str:
    """Name the position of a body."""
    return _say(POSITION_NAMES[position]) if position in POSITION_NAMES else position


@register.filter
def bytes_said(size: int) -> str:
    """Write the size of a file."""
    return filesizeformat(size)
