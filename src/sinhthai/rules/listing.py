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
    "family": Text("Bộ", "Family"),
    "from": Text("Hiệu lực từ", "In force from"),
    "until": Text("đến trước", "until"),
    "count": Text("Tiêu chí", "Criteria"),
    "verified": Text("Đã đối chiếu", "Verified"),
    "clause": Text("Điều", "Clause"),
    "threshold": Text("Ngưỡng", "Threshold"),
    "code": Text("Mã", "Code"),
    "subject": Text("Đối tượng", "Subject"),
    "kind": Text("Loại", "Kind"),
    "unit": Text("Đơn vị", "Unit"),
    "forms": Text("Biểu mẫu", "Forms"),
}
NOT_IN_FORCE = Text("không có bản hiệu lực", "none in force")
YES_NO = {True: Text("có", "yes"), False: Text("chưa", "no")}


def _table(language: str, *heads: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for head in heads:
        fixed = head in ("id", "code", "clause", "from", "until", "family")
        table.add_column(
            _HEADS[head].get(language),
            no_wrap=fixed,
            overflow="fold",
            justify="right" if head in right else "left",
        )
    return table


def families_table(bundle: Bundle, day: dt.date, language: str) -> Table:
    """Return one row per family with the version in force on *day*."""
    heads = ("family", "id", "title", "from", "until", "count", "verified")
    table = _table(language, *heads, right=("count", "verified"))
    for family, name in bundle.families.items():
        found = bundle.framework_on(family, day)
        if found is None:
            table.add_row(family, "–", f"{name.get(language)} ({NOT_IN_FORCE.get(language)})")
            continue
        table.add_row(
            family,
            found.id,
            found.title.get(language),
            format_date(found.valid_from, language),
            format_date(found.valid_until, language) if found.valid_until else "–",
            str(len(found.leaves)),
            str(sum(leaf.verified for leaf in found.leaves)),
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
    """Return the dictionary of facts, in workbook order."""
    table = _table(language, "code", "subject", "kind", "unit", "title", "forms")
    for item in bundle.items.values():
        table.add_row(
            item.code,
            item.subject,
            item.kind,
            item.unit,
            item.name.get(language),
            ", ".join(item.forms),
        )
    return table
