"""Vietnam's classes of economic activity (VSIC 2025, Decision 36/2025/QĐ-TTg).

The four-digit classes of sections B to E (mining, manufacturing, energy, water and waste) are
known with their names; other sections are accepted by their form only.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text

# Divisions of sections B, C, D and E: those whose classes are listed in the table.
KNOWN_DIVISIONS = range(5, 40)


@dataclass(frozen=True, slots=True)
class Industry:
    """A four-digit class."""

    code: str
    section: str
    division: str
    name: Text


@lru_cache(maxsize=1)
def industries() -> Mapping[str, Industry]:
    """Return the listed classes by code.

    >>> industries()["2011"].section
    'C'
    """
    table = files("sinhthai.registry").joinpath("data/vsic2025_industry_level4.csv")
    rows = csv.DictReader(table.read_text("utf-8-sig").splitlines())
    return MappingProxyType(
        {
            row["vsic2025"]: Industry(
                code=row["vsic2025"],
                section=row["section"],
                division=row["division"],
                name=Text(row["name_vi"], _english(row)),
            )
            for row in rows
        }
    )


def _english(row: Mapping[str, str]) -> str:
    """Return the title of the same ISIC class; of the nearest one, saying so."""
    if row["isic4_relation"] == "same code":
        return row["isic4_title"]
    return f"{row['isic4_title']} (nearest ISIC class)"


def industry_name(code: str) -> Text | None:
    """Return the name of a class, or of the class a five-digit code belongs to; else None.

    >>> industry_name("9999") is None
    True
    """
    found = industries().get(code[:4])
    return found.name if found else None


def check_vsic(raw: str) -> tuple[str, Problem | None]:
    """Return the code as kept, and what is wrong with it (a warning where it may yet be right).

    Four digits, or five as on registration papers. A leading zero eaten by a spreadsheet is put
    back where only one class fits.

    >>> check_vsic("2011")
    ('2011', None)
    >>> check_vsic("510")[0]
    '0510'
    >>> check_vsic("2010")[1].severity, check_vsic("4669")[1].severity
    ('error', 'warning')
    """
    code = "".join(raw.split())
    if code[:1].upper() in set("BCDE") and code[1:].isdigit():
        code = code[1:]
    if code.isdigit() and len(code) == 3 and "0" + code in industries():
        code = "0" + code
    if not code.isdigit() or len(code) not in (4, 5):
        return code, Problem(
            "vsic-form",
            Text(f"“{raw}” không phải mã ngành VSIC", f"“{raw}” is not a VSIC code"),
            Text("ghi 4 chữ số, ví dụ 2013", "write four digits, for example 2013"),
        )
    if int(code[:2]) not in KNOWN_DIVISIONS:
        return code, Problem(
            "vsic-not-listed",
            Text(
                f"mã ngành {code} nằm ngoài các ngành B đến E nên chưa đối chiếu được",
                f"VSIC {code} lies outside sections B to E and was not checked",
            ),
            Text("kiểm tra lại theo giấy đăng ký", "check it against the registration papers"),
            severity="warning",
        )
    if code[:4] in industries():
        return code, None
    return code, Problem(
        "vsic-unknown",
        Text(f"không có mã ngành {code} trong VSIC 2025", f"VSIC 2025 has no class {code}"),
        _did_you_mean(code),
    )


def _did_you_mean(code: str) -> Text:
    same_group = [known for known in industries() if known[:3] == code[:3]]
    near = same_group or difflib.get_close_matches(code[:4], list(industries()), n=3, cutoff=0.5)
    if not near:
        return Text(
            "tra mã trong Quyết định 36/2025/QĐ-TTg", "look it up in Decision 36/2025/QĐ-TTg"
        )
    named = [(known, industries()[known].name) for known in near[:3]]
    return Text(
        "có phải là " + "; ".join(f"{known} {name.vi}" for known, name in named) + "?",
        "did you mean " + "; ".join(f"{known} {name.en}" for known, name in named) + "?",
    )
