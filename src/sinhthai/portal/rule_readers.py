"""The rules as pages and the API show them: versions, groups, formulas, history, where used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlglot
from django.db.models import QuerySet
from sqlglot import exp

from sinhthai.assessment.models import Assessment
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import Person, parks_visible
from sinhthai.rules.model import Bundle, Formula, Framework, Group, Item, Leaf, Option, Threshold


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family on a day: its version in force (None: none was), and how well it is known."""

    family: str
    name: Text
    framework: Framework | None
    versions: tuple[Framework, ...]
    verified: int
    total: int


@dataclass(frozen=True, slots=True)
class GroupRows:
    """A heading and the criteria under it, each with its threshold on the day."""

    group: Group
    rows: tuple[tuple[Leaf, Threshold | None], ...]


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A formula under one reading of one option (``option`` None: there is only one reading)."""

    role: str  # "numerator", "denominator" or "formula"
    expression: str
    option: Option | None
    choice: Text | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A threshold and the version of the rules it stands in."""

    framework: Framework
    leaf: Leaf
    threshold: Threshold


def versions(bundle: Bundle, family: str) -> tuple[Framework, ...]:
    """Return every version of *family*, oldest first; empty for an unknown family."""
    found = [framework for framework in bundle.frameworks if framework.family == family]
    return tuple(sorted(found, key=lambda framework: framework.valid_from))


def families_on(bundle: Bundle, on: dt.date) -> list[FamilyRow]:
    """Return one row a family, in the order of the bundle."""
    rows = []
    for family in dict.fromkeys(framework.family for framework in bundle.frameworks):
        known = versions(bundle, family)
        framework = bundle.framework_on(family, on)
        leaves = framework.leaves if framework else ()
        rows.append(
            FamilyRow(
                family=family,
                name=bundle.families.get(family) or known[-1].title,
                framework=framework,
                versions=known,
                verified=sum(leaf.verified for leaf in leaves),
                total=len(leaves),
            )
        )
    return rows


def by_group(framework: Framework, on: dt.date) -> list[GroupRows]:
    """Return the criteria of *framework* under their headings."""
    rows = []
    for group in framework.groups:
        leaves = [leaf for leaf in framework.leaves if leaf.group == group.id]
        if leaves:
            pairs = tuple((leaf, leaf.threshold_on(on)) for leaf in leaves)
            rows.append(GroupRows(group, pairs))
    return rows


def group_name(framework: Framework, group_id: str) -> Text | None:
    return next((group.name for group in framework.groups if group.id == group_id), None)


def is_in_force(framework: Framework, on: dt.date) -> bool:
    ended = framework.valid_until is not None and framework.valid_until <= on
    return framework.valid_from <= on and not ended


def find_leaf(
    bundle: Bundle, family: str, leaf_id: str, on: dt.date
) -> tuple[Framework, Leaf] | None:
    """Return the criterion as it stood on *on*, else as it stands in its newest version."""
    current = bundle.framework_on(family, on)
    candidates = [current] if current else []
    candidates += reversed(versions(bundle, family))
    for framework in candidates:
        for leaf in framework.leaves:
            if leaf.id == leaf_id:
                return framework, leaf
    return None


def formulas(leaf: Leaf, bundle: Bundle) -> list[FormulaRow]:
    """Return the formulas of *leaf*, one row a reading, the default reading first."""
    first = "numerator" if leaf.denominator else "formula"
    rows = _readings(first, leaf.numerator, bundle)
    if leaf.denominator:
        rows += _readings("denominator", leaf.denominator, bundle)
    return rows


def _readings(role: str, formula: Formula, bundle: Bundle) -> list[FormulaRow]:
    option = bundle.options.get(formula.option) if formula.option else None
    if option is None:
        return [FormulaRow(role, text, None, None, True) for text in formula.cases.values()]
    names = {choice.code: choice.name for choice in option.choices}
    rows = [
        FormulaRow(role, text, option, names.get(code), code == option.default)
        for code, text in formula.cases.items()
    ]
    return sorted(rows, key=lambda row: not row.is_default)


def items_asked(leaf: Leaf, bundle: Bundle) -> list[Item]:
    """Return the items the formulas of *leaf* ask for, in the order of the dictionary."""
    texts = list(leaf.numerator.cases.values())
    if leaf.denominator:
        texts += leaf.denominator.cases.values()
    texts += [threshold.formula for threshold in leaf.thresholds if threshold.formula]
    codes = {
        column.name
        for text in texts
        for column in sqlglot.parse_one(text, read="duckdb").find_all(exp.Column)
    }
    for pair in (leaf.aggregate or (), *leaf.aggregate_cases.values()):
        codes.update(pair)
    return [item for code, item in bundle.items.items() if code in codes]


def history(versions: Sequence[Framework], leaf: Leaf) -> list[HistoryStep]:
    """Return every threshold the criterion had, newest first, across versions of the family."""
    steps = [
        HistoryStep(framework, old, threshold)
        for framework in versions
        for old in framework.leaves
        if old.id == leaf.id
        for threshold in old.thresholds
    ]
    return sorted(steps, key=lambda step: step.threshold.valid_from, reverse=True)


def uses(user: Person, family: str) -> QuerySet[Assessment]:
    """Return the current assessments against *family* that *user* may see, newest first."""
    return (
        Assessment.objects.filter(
            family=family, is_current=True, park__in=parks_visible(user).values("pk")
        )
        .select_related("park")
        .order_by("-at", "pk")
    )


def use_rows(assessments: Iterable[Assessment], leaf_id: str) -> list[tuple[Assessment, str]]:
    """Return each assessment with what it found for the criterion ("" where it has none)."""
    return [
        (
            assessment,
            next(
                (found["status"] for found in assessment.findings if found["leaf"] == leaf_id), ""
            ),
        )
        for assessment in assessments
    ]
