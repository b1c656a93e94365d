"""Questions about earlier years: what a criterion asks of several years running.

A workbook is of one year. Items that must hold in each of several years (the law obeyed for three,
Decree 35/2022, Articles 37.1.a and 37.2.a) are asked again for the years before, beside the
question of the year itself. There such a question is an item of its own, whose code says the year:
``compliance_labour@2024``. Where a workbook becomes records the code is taken apart again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from sinhthai.foundation.text import Text
from sinhthai.rules.formulas import items_of
from sinhthai.rules.model import Bundle, Item, Section, Subject

EARLIER: Final = "earlier"  # the section these questions stand under, on either sheet
EARLIER_NAME: Final = Text("Các năm trước", "Earlier years")
MARK: Final = "@"  # between item and year


def earlier_years(bundle: Bundle, year: int) -> dict[str, tuple[int, ...]]:
    """Return item -> the years before *year* it is asked of too, newest first.

    Those of the flow items that criteria in force on 31 December hold over several years; a state
    needs no asking again, it holds until replaced.
    """
    day = dt.date(year, 12, 31)
    spans: dict[str, int] = {}
    for framework in bundle.frameworks:
        if framework.valid_from <= day and (
            framework.valid_until is None or day < framework.valid_until
        ):
            for leaf in framework.leaves:
                for code in items_of(leaf) if leaf.years > 1 else ():
                    if code in bundle.items and bundle.items[code].nature == "flow":
                        spans[code] = max(leaf.years, spans.get(code, 1))
    return {code: tuple(range(year - 1, year - span, -1)) for code, span in spans.items()}


def questions(bundle: Bundle, year: int | None, subject: Subject) -> list[Item]:
    """Return what a workbook of *year* asks of *subject*, in order.

    The questions of earlier years follow the section of their item, year by year.
    """
    earlier = {} if year is None else earlier_years(bundle, year)
    own = [item for item in bundle.items_of(subject) if item.nature != "registry"]
    found: list[Item] = []
    again: list[Item] = []
    for at, item in enumerate(own):
        found.append(item)
        again += [asked_again(item, before, year or 0) for before in earlier.get(item.code, ())]
        if at + 1 == len(own) or own[at + 1].section != item.section:
            found += sorted(again, key=lambda one: -split_key(one.code, 0)[1])
            again = []
    return found


def asked_again(item: Item, before: int, year: int) -> Item:
    """Return *item* as it is asked in the workbook of *year* for the year *before*."""
    span = year - before + 1
    return replace(
        item,
        code=key_of(item.code, before),
        section=EARLIER,
        name=Text(f"Năm {before}: {item.name.vi}", f"{before}: {item.name.en}"),
        help=Text(
            f"Hỏi lại năm {before} vì tiêu chí xét ít nhất {span} năm liền. Chưa hoạt động năm "
            "đó: chọn “không áp dụng”.",
            f"Asked again for {before}: the criterion looks at {span} years or more. Not there "
            "yet that year: choose “not applicable”.",
        ),
    )


def headings(sections: Iterable[Section]) -> dict[str, Text]:
    """Return the headings of a workbook, that of earlier years among them."""
    return {**{section.id: section.name for section in sections}, EARLIER: EARLIER_NAME}


def key_of(code: str, year: int) -> str:
    """Return the code under which *code* is asked for an earlier *year*."""
    return f"{code}{MARK}{year}"


def split_key(key: str, year: int) -> tuple[str, int]:
    """Return the item of a question and the year it is about; *year* is that of the workbook.

    >>> split_key("compliance_labour@2024", 2025), split_key("employees", 2025)
    (('compliance_labour', 2024), ('employees', 2025))
    """
    code, _, before = key.partition(MARK)
    return code, int(before) if before.isdigit() else year


def item_of(items: Mapping[str, Item], key: str) -> Item | None:
    """Return the item a question is about."""
    return items.get(key.partition(MARK)[0])
