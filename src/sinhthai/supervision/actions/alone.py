"""One run of the day's work at a time: a second one waits until the first has ended.

What holds the lock is the process (SQLite) or its connection (PostgreSQL), so a run that was
killed leaves none behind.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_FILE = "tick.lock"
_NUMBER = 0x51_4E_48  # among the advisory locks of a PostgreSQL database


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of the day's work on this store."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])
        return
    with (Path(settings.HOME) / _FILE).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
