"""Read the compiled procedures: one JSON file, checked against its own hash."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, BundleError, hash_of
from sinhthai.rules.procedures import (
    Authority,
    ClockRule,
    DayOff,
    HolidayYear,
    Named,
    Obligation,
    PaperRule,
    Procedure,
    Procedures,
    Sourced,
    State,
    Step,
)

COMPILED = DATA / "procedures.json"
_SOURCED = ("clause", "source", "confidence", "verified", "checked_on")


@lru_cache(maxsize=4)
def load_procedures(path: Path | None = None) -> Procedures:
    """Return procedures, bodies, days off and obligations: the shipped ones, or those at *path*.

    Raises
    ------
    BundleError
        If the file is absent, unreadable, or not what its hash says.

    >>> load_procedures().procedure("vn-eip-issue-d35").clock("evaluate").days
    40
    """
    file = path or COMPILED
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        content, stated = document["content"], document["hash"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} cannot be read; run: sinhthai rules compile") from error
    if hash_of(content) != stated:
        raise BundleError(f"{file} was changed by hand; run: sinhthai rules compile")
    return procedures_of(content, stated)


def procedures_of(content: Mapping[str, Any], stated_hash: str) -> Procedures:
    """Build everything from its checked JSON *content* (what ``procedures_files.py`` writes)."""
    return Procedures(
        stated_hash,
        tuple(_procedure(row) for row in content["procedures"]),
        {row["id"]: _authority(row) for row in content["authorities"]},
        {row["year"]: _year(row) for row in content["holidays"]},
        tuple(_obligation(row) for row in content["obligations"]),
        {letters: _text(name) for letters, name in content["instruments"].items()},
    )


def _text(pair: Mapping[str, str] | None) -> Text:
    return Text(pair["vi"], pair["en"]) if pair else Text("", "")


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _rule(row: Mapping[str, Any]) -> Sourced:
    return Sourced(
        row["clause"],
        row["source"],
        row["confidence"],
        row["verified"],
        _day(row["checked_on"]),
    )


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return *row* without what ``_rule`` reads."""
    return {key: value for key, value in row.items() if key not in _SOURCED}


def _authority(row: Mapping[str, Any]) -> Authority:
    names = tuple(
        Named(_text(one["name"]), dt.date.fromisoformat(one["from"]), _day(one["until"]))
        for one in row["names"]
    )
    return Authority(row["id"], row["kind"], names, _rule(row))


def _procedure(row: Mapping[str, Any]) -> Procedure:
    return Procedure(
        **{
            **_own(row),
            "title": _text(row["title"]),
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_until": _day(row["valid_until"]),
            "parties": {party: tuple(ids) for party, ids in row["parties"].items()},
            "consult_when": tuple(row["consult_when"]),
            "opinions_shown_in": tuple(row["opinions_shown_in"]),
            "options": tuple(row["options"]),
            "states": tuple(_state(one) for one in row["states"]),
            "steps": tuple(_step(one) for one in row["steps"]),
            "clocks": tuple(_clock(one) for one in row["clocks"]),
            "papers": tuple(
                PaperRule(**{**_own(one), "title": _text(one["title"]), "rule": _rule(one)})
                for one in row["papers"]
            ),
            "rule": _rule(row),
        }
    )


def _state(row: Mapping[str, Any]) -> State:
    return State(
        **{
            **row,
            "title": _text(row["title"]),
            "public": _text(row["public"]),
            "duty": _text(row["duty"]),
        }
    )


def _step(row: Mapping[str, Any]) -> Step:
    return Step(
        **{
            **_own(row),
            "title": _text(row["title"]),
            "done": _text(row["done"]),
            "from_states": tuple(row["from_states"]),
            "needs": tuple(row["needs"]),
            "not_by": tuple(row["not_by"]),
            "rule": _rule(row),
        }
    )


def _clock(row: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        **{
            **_own(row),
            "title": _text(row["title"]),
            "starts": tuple(row["starts"]),
            "ends": tuple(row["ends"]),
            "pauses": tuple(row["pauses"]),
            "rule": _rule(row),
        }
    )


def _year(row: Mapping[str, Any]) -> HolidayYear:
    days = tuple(
        DayOff(dt.date.fromisoformat(one["day"]), _text(one["name"]), one["works"])
        for one in row["days"]
    )
    return HolidayYear(row["year"], days, _text(row["decision"]), _rule(row))


def _obligation(row: Mapping[str, Any]) -> Obligation:
    return Obligation(
        **{
            **_own(row),
            "title": _text(row["title"]),
            "due": tuple((month, day) for month, day in row["due"]),
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_until": _day(row["valid_until"]),
            "rule": _rule(row),
        }
    )
