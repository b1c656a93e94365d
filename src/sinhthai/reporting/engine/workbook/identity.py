"""Which park, year and template a workbook is of: its very hidden sheet."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.earlier import item_of
from sinhthai.reporting.engine.workbook.gather import Problems
from sinhthai.reporting.engine.workbook.model import (
    META_SHEET,
    NO_NAME,
    OLDEST_TEMPLATE,
    TEMPLATE,
)
from sinhthai.rules.model import Bundle

_MARK: Final = "sinhthai-workbook"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the hidden sheet says. ``readable`` is False when reading on would be guessing.

    ``items`` are the codes the workbook was written with; empty when unknown.
    """

    park: str = ""
    name: Text = NO_NAME
    year: int | None = None
    exported_at: dt.datetime | None = None
    template: int | None = None
    rules_hash: str = ""
    invented: bool = False
    items: frozenset[str] = frozenset()
    readable: bool = True


def identity_rows(
    *,
    park: str,
    name: Text,
    year: int,
    exported_at: dt.datetime,
    rules_hash: str,
    invented: bool,
    items: Sequence[str],
    template: int = TEMPLATE,
) -> list[list[str]]:
    """Return the rows of the hidden sheet, with a digest that shows a careless edit."""
    rows = [
        [_MARK, str(template)],
        ["park", park],
        ["name_vi", name.vi],
        ["name_en", name.en],
        ["year", str(year)],
        ["exported_at", exported_at.isoformat()],
        ["rules", rules_hash],
        ["invented", "yes" if invented else "no"],
    ]
    rows += [["item", code] for code in items]
    return [*rows, ["digest", _digest(rows)]]


def read_identity(
    rows: Sequence[Sequence[Any]] | None, bundle: Bundle, problems: Problems
) -> Identity:
    """Read the hidden sheet; None when there is none."""
    said = {str(row[0]): _text(row[1]) for row in rows or () if len(row) > 1 and row[0] != "item"}
    if not said.get("park") or not said.get("year"):
        problems.add("identity_missing", META_SHEET if rows else "", "A1" if rows else "")
        return Identity(readable=False)
    pairs = [[str(row[0]), _text(row[1])] for row in rows or () if row[0] not in ("", "digest")]
    try:
        identity = Identity(
            park=said["park"],
            name=Text(said.get("name_vi", ""), said.get("name_en", "")),
            year=int(said["year"]),
            exported_at=dt.datetime.fromisoformat(said["exported_at"]),
            template=int(said[_MARK]),
            rules_hash=said.get("rules", ""),
            invented=said.get("invented") == "yes",
            items=frozenset(code for key, code in pairs if key == "item"),
            readable=said.get("digest") == _digest(pairs),
        )
    except (KeyError, ValueError):
        identity = Identity(park=said["park"], readable=False)
    if not identity.readable:
        problems.add("meta_damaged", META_SHEET, "A1")
        return identity
    return _check_template(identity, bundle, problems)


def _check_template(identity: Identity, bundle: Bundle, problems: Problems) -> Identity:
    found = identity.template or 0
    if found == TEMPLATE:
        return identity
    versions = {"found": found, "current": TEMPLATE}
    all_known = all(item_of(bundle.items, key) for key in identity.items)
    if found < TEMPLATE and (found >= OLDEST_TEMPLATE or all_known):
        problems.add("template_older", META_SHEET, "B1", **versions)
        return identity
    problems.add("template_unreadable", META_SHEET, "B1", **versions)
    return Identity(
        park=identity.park,
        year=identity.year,
        exported_at=identity.exported_at,
        template=identity.template,
        readable=False,
    )


def _text(raw: Any) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _digest(rows: Sequence[Sequence[str]]) -> str:
    lines = "\n".join("\t".join(row[:2]) for row in rows)
    return hashlib.sha256(lines.encode()).hexdigest()
