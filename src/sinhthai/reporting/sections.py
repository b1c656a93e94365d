"""The form of a report, section by section: what is filled in, what of it a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.models import Evidence
from sinhthai.reporting.standing import Standing
from sinhthai.reporting.wording import say_standing, say_unit
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item, Subject

ALL = "all"  # as the section to open: every one


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the form a reader asked to see: words of an item, only blanks, a section opened."""

    search: str = ""
    blank: bool = False
    opened: str = ""

    @property
    def narrows(self) -> bool:
        return self.blank or bool(self.search.strip())

    def shows(self, row: ValueRow) -> bool:
        """Return whether *row* is among what was asked for; diacritics do not matter."""
        if self.blank and row.stands is not None:
            return False
        wanted = fold(self.search)
        said = (row.item.name.vi, row.item.name.en, row.item.code, *row.item.forms)
        return not wanted or any(wanted in fold(text) for text in said)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One item of a report: what stands, in words, and what proves it."""

    item: Item
    stands: Standing | None
    shown: str
    unit: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the form: how much of it is filled in, and the rows that are shown."""

    id: str
    name: Text
    rows: list[ValueRow]
    filled: int
    of: int
    optional: bool = False  # asked by voluntary frameworks only
    is_open: bool = False

    @property
    def complete(self) -> bool:
        return self.filled == self.of


def items_reported(subject: Subject) -> list[Item]:
    """Return the items people report of *subject*, in the order of the forms."""
    return [item for item in load_bundle().items_of(subject) if item.nature != "registry"]


def sections_of(
    subject: Subject,
    said: Mapping[str, Standing],
    evidence: Mapping[str, list[Evidence]],
    language: str,
    choice: Choice,
) -> list[Section]:
    """Return the form of *subject* filled with what was said; those of the yearly report first.

    All sections come, also those of which *choice* leaves no row. Open is the one asked for, else
    the first not complete; where the choice narrows the form, every section with a row left, but
    voluntary ones only for a search.
    """
    grouped: dict[str, list[ValueRow]] = defaultdict(list)
    for item in items_reported(subject):
        found = said.get(item.code)
        shown, unit = say_standing(item, found, language), say_unit(item, language)
        row = ValueRow(item, found, shown, unit, evidence.get(item.code, []))
        grouped[item.section].append(row)
    heads = [section for section in load_bundle().sections if section.id in grouped]
    heads.sort(key=lambda section: section.optional)
    filled = {
        section.id: sum(1 for row in grouped[section.id] if row.stands is not None)
        for section in heads
    }
    to_do = (s.id for s in heads if not s.optional and filled[s.id] < len(grouped[s.id]))
    first = choice.opened or next(to_do, "")
    return [
        Section(
            section.id,
            section.name,
            [row for row in grouped[section.id] if choice.shows(row)],
            filled[section.id],
            len(grouped[section.id]),
            section.optional,
            first in (section.id, ALL)
            or (choice.narrows and (not section.optional or bool(choice.search.strip()))),
        )
        for section in heads
    ]
