"""Options and inputs that every command on streams shares: the list, the radius, the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sinhthai.foundation.console.files import read_bytes
from sinhthai.foundation.numbers import NumberError, parse_amount, parse_date
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert
from sinhthai.symbiosis.commands.match_messages import no_park, no_person, no_store

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.streams import Streams

_ENDINGS = {".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv", ".parquet"}


def streams_of(target: str, who: str = "") -> tuple[Streams, Sequence[Problem]]:
    """Return the streams of a list, or of parks of the store, and what to say of the reading.

    The store is asked by a person, *who*: the facilitator of every park named. The look is logged.

    Raises
    ------
    InputError : the list is not sound; the store, a park or its facilitator is not there.
    """
    path = Path(target)
    is_file = path.suffix.lower() in _ENDINGS or path.is_file() or path.name != target
    if is_file:
        return _of_file(path)
    return _of_store(target.split(","), who), ()


def kilometres(within: str, problems: list[Problem]) -> float:
    """Return a radius in kilometres, 0 for anywhere; one not understood is told in *problems*."""
    if within.strip().lower() in ("anywhere", "0", ""):
        return 0.0
    try:
        amount = parse_amount(within)
        km = convert(amount.value, amount.unit or "km", "km")
    except (NumberError, UnitError):
        km = -1.0
    if not 0 < km <= 20_100:
        problems.append(
            Problem(
                "bad_radius",
                Text(
                    "Không hiểu bán kính “{raw}”.", "The radius “{raw}” is not understood."
                ).format(raw=within),
                Text("Ghi như 50km, 800m, hoặc anywhere.", "Write 50km, 800m or anywhere."),
                Place("--within"),
            )
        )
    return km


def day_of(on: str, problems: list[Problem]) -> dt.date:
    """Return a day, today when none is given; one not understood is told in *problems*."""
    if not on:
        return dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=7))).date()  # the day in Ha Noi
    try:
        return parse_date(on)
    except NumberError as error:
        problems.append(Problem("bad_day", error.message, error.cure, Place("--on")))
        return dt.date.min


def _of_file(path: Path) -> tuple[Streams, Sequence[Problem]]:
    from sinhthai.symbiosis.commands.known_parks import KnownParks
    from sinhthai.symbiosis.engine.codes import load_codes
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.stream_files import read_stream_file

    data = read_bytes(path)
    read = read_stream_file(path.name, data, load_knowledge(), load_codes(), KnownParks())
    return read.streams, read.warnings


def _of_store(codes: Sequence[str], who: str) -> Streams:
    """Return the streams of the enterprises of these parks, and of no others."""
    import django

    django.setup()
    from django.db import DatabaseError
    from django.http import Http404
    from django.utils import timezone

    from sinhthai.accounts.models import User
    from sinhthai.registry.models import Park
    from sinhthai.symbiosis.models import Stream
    from sinhthai.symbiosis.policy import log_looks, park_to_facilitate
    from sinhthai.symbiosis.readers.streams import current_versions, read_streams

    wanted = {code.strip() for code in codes if code.strip()}
    try:
        known = set(Park.objects.filter(code__in=wanted).values_list("code", flat=True))
        if missing := sorted(wanted - known):
            raise InputError([no_park(code) for code in missing])
        user = User.objects.filter(username=who, is_active=True).first()
        if user is None:
            raise InputError([no_person(who)])
        for code in sorted(wanted):
            try:
                park_to_facilitate(user, code)
            except Http404:
                raise InputError([no_park(code)]) from None
        streams = Stream.objects.filter(enterprise__park__code__in=wanted)
        current = current_versions(streams)
        seen = list(current.values_list("stream_id", flat=True))
        log_looks(user, seen, "facilitator", "export", timezone.now())
        return read_streams(current)
    except DatabaseError as error:
        raise InputError([no_store()]) from error
