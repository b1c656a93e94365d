"""Say the clauses of the waste law as a lawyer cites them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinhthai.foundation.text import Text

# Letters of the instrument, what follows, the amending instruments in brackets.
_PART = re.compile(r"([A-Z]+\d*) (.+)")
_REFERENCE = re.compile(
    r"(?P<article>\d+)(?:\.(?P<clause>\d+[a-z]?))?(?:\.(?P<point>[a-zđ]))?"
    r"(?:-(?:(?P<until>\d+)\.)?(?P<last>[a-zđ]|\d+))?(?: \((?P<by>[^)]*)\))?"
)
_AMENDED = Text(" (sửa đổi bởi {by})", " (amended by {by})")


def unknown_letters(clause: str, instruments: Mapping[str, Text]) -> tuple[str, ...]:
    """Return the letters in *clause* that stand for no instrument.

    >>> unknown_letters("D08 65.1; D09 2 (D05)", {"D08": Text("", ""), "D05": Text("", "")})
    ('D09',)
    """
    named = [match[1] for part in _parts(clause) if (match := _PART.fullmatch(part))]
    amending = [one.strip() for by in re.findall(r"\(([^)]*)\)", clause) for one in by.split(",")]
    return tuple(one for one in (*named, *amending) if one not in instruments)


def cite(clause: str, instruments: Mapping[str, Text]) -> Text:
    """Return *clause* in words; what is not written short stays as it is.

    >>> law = {"D08": Text("Nghị định 08/2022/NĐ-CP", "Decree 08/2022/ND-CP"),
    ...        "D05": Text("Nghị định 05/2025/NĐ-CP", "Decree 05/2025/ND-CP")}
    >>> cite("D08 65.1, 66.2", law).vi
    'khoản 1 Điều 65, khoản 2 Điều 66 Nghị định 08/2022/NĐ-CP'
    >>> cite("D08 74.4.b-d (D05)", law).vi
    'điểm b đến d khoản 4 Điều 74 Nghị định 08/2022/NĐ-CP (sửa đổi bởi Nghị định 05/2025/NĐ-CP)'
    >>> cite("D08 71.3-71.4; QCVN 01:2008/BLĐTBXH", law).en
    'Articles 71.3 to 71.4 of Decree 08/2022/ND-CP; QCVN 01:2008/BLĐTBXH'
    """
    said = [_part(part, instruments) for part in _parts(clause)]
    return Text("; ".join(one.vi for one in said), "; ".join(one.en for one in said))


def _parts(clause: str) -> list[str]:
    return [part.strip() for part in clause.split(";")]


def _part(part: str, instruments: Mapping[str, Text]) -> Text:
    split = _PART.fullmatch(part)
    if split is None or split[1] not in instruments:
        return Text(part, part)
    found = [_REFERENCE.fullmatch(one) for one in re.split(r", (?![^(]*\))", split[2])]
    references = [one for one in found if one is not None]
    if len(references) < len(found):
        return Text(part, part)
    amending = [
        letters for one in references for letters in (one["by"] or "").split(", ") if letters
    ]
    by = [instruments[letters] for letters in dict.fromkeys(amending)]
    name = instruments[split[1]]
    many = len(references) > 1 or any(one["last"] for one in references)
    vi = f"{', '.join(_vi(one) for one in references)} {name.vi}"
    en = f"Article{'s' if many else ''} {', '.join(_en(one) for one in references)} of {name.en}"
    if not by:
        return Text(vi, en)
    after = _AMENDED.format(
        by=Text(", ".join(one.vi for one in by), ", ".join(one.en for one in by))
    )
    return Text(vi + after.vi, en + after.en)


def _vi(one: re.Match[str]) -> str:
    said = f"Điều {one['article']}"
    if one["until"]:
        return f"khoản {one['clause']} đến khoản {one['last']} {said}"
    if one["clause"]:
        said = f"khoản {one['clause']} {said}"
    if one["point"]:
        said = f"điểm {one['point']}{' đến ' + one['last'] if one['last'] else ''} {said}"
    return said


def _en(one: re.Match[str]) -> str:
    said = ".".join(part for part in (one["article"], one["clause"], one["point"]) if part)
    if one["until"]:
        return f"{said} to {one['until']}.{one['last']}"
    return f"{said} to {one['last']}" if one["last"] else said
