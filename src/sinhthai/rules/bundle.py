"""Read the compiled rules. One JSON file, checked against its own hash: no YAML, no parsing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.rules.model import (
    Bundle,
    Choice,
    Formula,
    Framework,
    Group,
    Item,
    Leaf,
    Option,
    Section,
    Threshold,
)

DATA = Path(__file__).parent / "data"
BUNDLE = DATA / "bundle.json"


class BundleError(Exception):
    """The compiled rules are absent or were changed by hand. The message says the cure."""


@lru_cache(maxsize=4)
def load_bundle(path: Path | None = None) -> Bundle:
    """Return all rules: the shipped bundle, or the one at *path*.

    Raises
    ------
    BundleError
        If the file is absent, unreadable, or not what its hash says.

    Examples
    --------
    >>> load_bundle().items["plan_area_ha"].unit
    'ha'
    """
    file = path or BUNDLE
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        content, stated = document["content"], document["hash"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} cannot be read; run: sinhthai rules compile") from error
    if hash_of(content) != stated:
        raise BundleError(f"{file} was changed by hand; run: sinhthai rules compile")
    return bundle_of(content, stated)


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON text of *content*.

    >>> hash_of({"b": 1, "a": 2}) == hash_of({"a": 2, "b": 1})
    True
    """
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def bundle_of(content: Mapping[str, Any], stated_hash: str) -> Bundle:
    """Build the bundle from its checked JSON *content* (the shape ``compile.py`` writes)."""
    return Bundle(
        hash=stated_hash,
        version=content["version"],
        items={row["code"]: _item(row) for row in content["items"]},
        options={row["id"]: _option(row) for row in content["options"]},
        frameworks=tuple(_framework(row) for row in content["frameworks"]),
        families={code: _text(name) for code, name in content["families"].items()},
        sections=tuple(_section(row) for row in content["sections"]),
    )


def _text(pair: Mapping[str, str]) -> Text:
    return Text(pair["vi"], pair["en"])


def _note(pair: Mapping[str, str] | None) -> Text | None:
    return _text(pair) if pair else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _choices(rows: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(row["code"], _text(row["name"])) for row in rows)


def _section(row: Mapping[str, Any]) -> Section:
    return Section(row["id"], row["subject"], _text(row["name"]), row["optional"])


def _item(row: Mapping[str, Any]) -> Item:
    return Item(
        **{
            **row,
            "name": _text(row["name"]),
            "help": _text(row["help"]),
            "choices": _choices(row["choices"]),
            "forms": tuple(row["forms"]),
        }
    )


def _option(row: Mapping[str, Any]) -> Option:
    return Option(**{**row, "title": _text(row["title"]), "choices": _choices(row["choices"])})


def _formula(row: Mapping[str, Any] | None) -> Formula | None:
    return Formula(row["cases"], row["option"]) if row else None


def _threshold(row: Mapping[str, Any]) -> Threshold:
    first = dt.date.fromisoformat(row["valid_from"])
    return Threshold(**{**row, "valid_from": first, "valid_until": _day(row["valid_until"])})


def _leaf(row: Mapping[str, Any]) -> Leaf:
    return Leaf(
        **{
            **row,
            "title": _text(row["title"]),
            "thresholds": tuple(_threshold(entry) for entry in row["thresholds"]),
            "numerator": _formula(row["numerator"]),
            "denominator": _formula(row["denominator"]),
            "aggregate": tuple(row["aggregate"]) if row["aggregate"] else None,
            "aggregate_cases": {k: tuple(v) for k, v in row["aggregate_cases"].items()},
            "evidence": tuple(_text(entry) for entry in row["evidence"]),
            "checked_on": _day(row["checked_on"]),
            "note": _note(row["note"]),
            "need": _note(row["need"]),
            "among": _note(row["among"]),
        }
    )


def _framework(row: Mapping[str, Any]) -> Framework:
    return Framework(
        **{
            **row,
            "title": _text(row["title"]),
            "instrument": _text(row["instrument"]),
            "valid_from": dt.date.fromisoformat(row["valid_from"]),
            "valid_until": _day(row["valid_until"]),
            "groups": tuple(Group(group["id"], _text(group["name"])) for group in row["groups"]),
            "leaves": tuple(_leaf(leaf) for leaf in row["leaves"]),
            "options": tuple(row["options"]),
            "note": _note(row["note"]),
        }
    )
