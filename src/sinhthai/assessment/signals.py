"""When facts change, their park is assessed again: the reports below need not know of it."""

from __future__ import annotations

from django.utils import timezone

from sinhthai.assessment.actions import reassess
from sinhthai.registry.models import Park
from sinhthai.registry.signals import roster_changed
from sinhthai.reporting.actions import facts_changed


def connect() -> None:
    """Listen to both signals; connecting twice is the same as once."""
    for signal in (facts_changed, roster_changed):
        signal.connect(_assess_again, dispatch_uid="assessment.reassess")


def _assess_again(sender: object, *, park: Park, **_: object) -> None:
    reassess(park, at=timezone.now(), today=timezone.localdate())
