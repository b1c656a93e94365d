"""What the slices above may listen to."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import Signal

from sinhthai.certification.models import Certificate

# Sent with ``certificate`` after the commit of whatever issued it or changed its standing.
certificate_changed = Signal()


def announce(certificate: Certificate) -> None:
    """Send ``certificate_changed`` once the running transaction is committed, else never.

    The change stands by then: a listener that fails is logged, and fails nobody's request.
    """
    transaction.on_commit(
        lambda: certificate_changed.send(sender=Certificate, certificate=certificate), robust=True
    )
