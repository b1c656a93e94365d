"""What the slices above may listen to."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

from sinhthai.registry.models import Park

# Sent with ``park`` after the commit of whatever changed the facts of that park.
facts_changed = Signal()


def announce(park: Park) -> None:
    """Send ``facts_changed`` once the running transaction is committed; never when it is not.

    The change stands by then: a listener that fails is logged, and fails nobody's request.
    """
    transaction.on_commit(lambda: facts_changed.send(sender=Park, park=park), robust=True)
