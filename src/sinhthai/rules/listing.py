"""Tables of rules for the terminal."""

from __future__ import annotations

import datetime as dt

from rich import box
from rich.table import Table

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Bundle, Framework
from sinhthai.rules.wording import say_threshold

_HEADS = {
    "id": Text("Mã", "Id"),
    "title": Text("Nội dung", "Title"),
    "in_force": Text("Hiệu lực", "In force"),
    "of": Text("Đối chiếu", "Verified"),
    "verified": Text("Đã đối chiếu", "Verified"),
    "clause": Text("Điều", "Clause"),
    "threshold": Text("Ngưỡng", "Threshold"),
    "code": Text("Mã", "Code"),
    "unit": Text("Đơn vị", "Unit"),
}
SUBJECTS = {
    "park": Text("khu công nghiệp", "park"),
    "enterprise": Text("doanh nghiệp", "enterprise"),
}
NOT_IN_FORCE = Text("không có bản hiệu lực", "none in force")
YES_NO = {True: Text("có", "yes"), False: Text("chưa", "no")}


def _table(language: str, *heads: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for head in heads:
        fixed = head in ("id", "code", "clause", "of", "unit")
        table.add_column(
            _HEADS[head].get(language),
            no_wrap=fixed,
            overflow="fold",
            justify="right" if head in right else "left",
        )
    return table


def families_table(bundle: Bundle, day: dt.date, language: str) -> Table:
    """Return one row per family with the version in force on *day*."""
    table = _table(language, "id", "title", "in_force", "of", right=("of",))
    for family, name in bundle.families.items():
        found = bundle.framework_on(family, day)
        if found is None:
            table.add_row(family, f"{name.get(language)} ({NOT_IN_FORCE.get(language)})")
            continue
        verified = sum(leaf.verified for leaf in found.leaves)
        table.add_row(
            found.id,
            found.title.get(language),
            _span(found, language),
            f"{verified}/{len(found.leaves)}",
        )
    return table


def leaves_table(framework: Framework, day: dt.date, language: str) -> Table:
    """Return one row per criterion of *framework*."""
    table = _table(language, "id", "clause", "title", "threshold", "verified")
    for leaf in framework.leaves:
        table.add_row(
            leaf.id,
            leaf.clause,
            leaf.title.get(language),
            say_threshold(leaf, leaf.threshold_on(day), language),
            YES_NO[leaf.verified].get(language),
        )
    return table


def items_table(bundle: Bundle, language: str) -> Table:
    """Return the dictionary of facts under its sections, in workbook order."""
    table = _table(language, "code", "title", "unit")
    for section in bundle.sections:
        table.add_section()
        subject = SUBJECTS[section.subject].get(language)
        table.add_row(f"[bold]{subject}[/]", f"[bold]{section.name.get(language)}[/]")
        for item in bundle.items.values():
            if item.section == section.id:
                table.add_row(item.code, item.name.get(language), item.unit or item.kind)
    return table


def _span(framework: Framework, language: str) -> str:
    """Return the days of force; the last one named is the first no longer in force."""
    first = format_date(framework.valid_from, language)
    end = framework.valid_until
    return f"{first} – {format_date(end, language)}" if end else f"{first} –"
