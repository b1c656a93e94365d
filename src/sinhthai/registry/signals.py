"""Announced after commit, so that slices above may recompute what rests on the register."""

from django.dispatch import Signal

# Sent with park=<Park> when its enterprises or their statuses changed.
roster_changed = Signal()
