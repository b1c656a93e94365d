"""One search of a person at a time: a double click does not keep the server busy twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils.translation import gettext as _

from sinhthai.accounts.models import User
from sinhthai.assessment.roadmap.forms import SECONDS

_LONGEST = 6 * SECONDS  # a search that died gives its turn back


class NotYourTurn(Exception):
    """Another search of the same person is still running."""


@contextmanager
def turn_of(user: User) -> Iterator[None]:
    """Hold the turn of *user* while a roadmap is looked for.

    The turn is kept in the cache: with a cache of its own in each process of the server, it is
    one search a process.

    Raises
    ------
    NotYourTurn : it is taken; nothing was begun.
    """
    key = f"sinhthai-roadmap-{user.pk}"
    if not cache.add(key, True, _LONGEST):
        raise NotYourTurn(_("Another search of yours is still running. Wait until it has ended."))
    try:
        yield
    finally:
        cache.delete(key)
