"""What a rule is: items (facts people report), leaves (criteria), frameworks, options, the bundle.

Everything here is frozen and comes from the reviewed files in ``data/``; see ``README.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.foundation.text import Text

Subject = Literal["park", "enterprise"]
ItemKind = Literal["boolean", "integer", "number", "choice", "text", "date"]
# A state holds until replaced (an area, a mechanism); a flow belongs to its year (kWh saved);
# a registry item is kept by the registry and only shown in a workbook (an enterprise's status).
Nature = Literal["state", "flow", "registry"]
Sense = Literal["is_true", "at_least", "more_than", "at_most", "less_than", "equal"]
# condition: a boolean formula on the subject's own row
# quantity:  a numeric formula on the subject's own row
# ratio:     numerator / denominator, numeric formulas on the subject's own row
# share:     of a park's enterprises: those meeting `numerator` among those meeting `denominator`
LeafKind = Literal["condition", "quantity", "ratio", "share"]
Status = Literal["met", "not_met", "undetermined", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed answer of an item, or of an option."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A fact somebody reports: one column of the fact table of its subject.

    ``unit`` is a pint expression ("ha", "kWh", "m**3", "t", "1" for a count, "percent"),
    empty for boolean, choice, text and date.
    ``forms`` says where it stands in the official forms, e.g. ("A.4 I.land", "A.5 ENV.1").
    """

    code: str
    subject: Subject
    kind: ItemKind
    nature: Nature
    section: str
    name: Text
    help: Text
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()
    forms: tuple[str, ...] = ()
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading items stand under in a workbook; sections come in workbook order.

    ``optional`` sections serve voluntary frameworks or special cases, never the yearly report.
    """

    id: str
    subject: Subject
    name: Text
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A named ambiguity of the law (A1 to A7) with the readings one may choose between."""

    id: str
    title: Text
    choices: tuple[Choice, ...]
    default: str
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A SQL expression over the columns of a fact table (H3); by choice of an option if named.

    ``cases`` maps the chosen reading to its expression; without option there is one, under "".
    """

    cases: Mapping[str, str]
    option: str = ""

    def chosen(self, options: Mapping[str, str]) -> str:
        """Return the expression for the readings chosen in *options* (option id -> choice)."""
        return self.cases[options[self.option] if self.option else ""]


@dataclass(frozen=True, slots=True)
class Threshold:
    """The value to compare with, in force from a day until the day before ``until``.

    ``value`` is in the leaf's base unit: a fraction for shares and ratios, else the item unit.
    ``formula`` stands instead where the target is itself reported (a national average, own goal).
    """

    valid_from: dt.date
    valid_until: dt.date | None
    value: float | None
    formula: str = ""
    clause: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One criterion (H2)."""

    id: str
    clause: str
    group: str
    title: Text
    subject: Subject
    kind: LeafKind
    sense: Sense
    unit: str
    thresholds: tuple[Threshold, ...]
    numerator: Formula  # the formula itself for condition and quantity
    denominator: Formula | None = None
    # share only: park items that give the same two counts where no list of enterprises exists
    aggregate: tuple[str, str] | None = None
    # the same pair by choice of the denominator's option, where the reading changes the count
    aggregate_cases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    part_of_whole: bool = False  # the numerator cannot exceed the denominator (land, shares)
    years: int = 1  # must hold in each of the last n years
    evidence: tuple[Text, ...] = ()
    source: str = ""
    checked_on: dt.date | None = None
    verified: bool = False
    confidence: str = ""
    note: Text | None = None
    # what is still to be done, said after a number: see README.md, "Words for what is missing"
    need: Text | None = None
    among: Text | None = None  # share only: how the enterprises of the denominator are called

    def aggregate_chosen(self, options: Mapping[str, str]) -> tuple[str, str] | None:
        """Return the pair of park items that fits the readings chosen in *options*."""
        if self.aggregate_cases and self.denominator and self.denominator.option:
            return self.aggregate_cases[options[self.denominator.option]]
        return self.aggregate

    def threshold_on(self, day: dt.date) -> Threshold | None:
        """Return the threshold in force on *day*, or None."""
        for threshold in self.thresholds:
            if threshold.valid_from <= day and (
                threshold.valid_until is None or day < threshold.valid_until
            ):
                return threshold
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading criteria stand under: a category of a framework, an axis of its radar."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Framework:
    """A version of a set of criteria, in force from a day until the day before ``valid_until``.

    ``family`` is what people name (``vn-eip``); the day picks the version.
    ``complete`` is False when the text was only partly seen: no verdict "all met" then.
    """

    id: str
    family: str
    title: Text
    instrument: Text
    clause: str
    subject: Subject
    valid_from: dt.date
    valid_until: dt.date | None
    groups: tuple[Group, ...]
    leaves: tuple[Leaf, ...]
    options: tuple[str, ...] = ()
    legal: bool = True
    complete: bool = True
    source: str = ""
    note: Text | None = None

    def leaf(self, leaf_id: str) -> Leaf:
        return next(leaf for leaf in self.leaves if leaf.id == leaf_id)


@dataclass(frozen=True, slots=True)
class Bundle:
    """All rules at once, with the hash of the files they came from."""

    hash: str
    version: str
    items: Mapping[str, Item]
    options: Mapping[str, Option]
    frameworks: tuple[Framework, ...]
    families: Mapping[str, Text] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()

    def framework_on(self, family: str, day: dt.date) -> Framework | None:
        """Return the version of *family* in force on *day*, or None."""
        for framework in self.frameworks:
            if (
                framework.family == family
                and framework.valid_from <= day
                and (framework.valid_until is None or day < framework.valid_until)
            ):
                return framework
        return None

    def defaults(self) -> dict[str, str]:
        """Return the default reading of every option."""
        return {option.id: option.default for option in self.options.values()}

    def items_of(self, subject: Subject) -> list[Item]:
        """Return the items of *subject* in workbook order."""
        return [item for item in self.items.values() if item.subject == subject]
