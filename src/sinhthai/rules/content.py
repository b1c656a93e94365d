"""From the checked YAML files to the JSON content of the bundle (the shape ``bundle.py`` reads)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sinhthai.rules.schema import (
    AboutFile,
    AggregateIn,
    CasesIn,
    FrameworkFile,
    ItemIn,
    ItemsFile,
    LeafIn,
    OptionsFile,
    SectionIn,
)


@dataclass(frozen=True, slots=True)
class Files:
    """All files of one data folder, checked one by one; names are relative to the folder.

    ``lines`` gives the line on which a file defines an id or code.
    """

    about: AboutFile
    options: OptionsFile
    items: Sequence[tuple[str, ItemsFile]]
    frameworks: Sequence[tuple[str, FrameworkFile]]
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)


def content_of(files: Files) -> dict[str, Any]:
    """Return the bundle's content: items in workbook order, versions of a family by day."""
    sections = [section for _, file in files.items for section in file.sections]
    families = list(files.about.families)
    frameworks = sorted(
        (file for _, file in files.frameworks),
        key=lambda file: (families.index(file.family), file.in_force_from),
    )
    return {
        "version": files.about.version,
        "families": {code: name.model_dump() for code, name in files.about.families.items()},
        "sections": [section.model_dump(exclude={"items"}) for section in sections],
        "items": [_item(item, section) for section in sections for item in section.items],
        "options": [option.model_dump() for option in files.options.options],
        "frameworks": [_framework(file) for file in frameworks],
    }


def _item(item: ItemIn, section: SectionIn) -> dict[str, Any]:
    """Numbers are not negative unless said; a percentage ends at 100."""
    row = item.model_dump() | {"subject": section.subject, "section": section.id}
    if item.kind in ("integer", "number") and item.minimum is None:
        row["minimum"] = 0.0
    if item.unit == "percent" and item.maximum is None:
        row["maximum"] = 100.0
    return row


def _formula(formula: str | CasesIn | None) -> dict[str, Any] | None:
    if formula is None:
        return None
    if isinstance(formula, str):
        return {"cases": {"": formula}, "option": ""}
    return {"cases": formula.cases, "option": formula.option}


def _aggregate(given: AggregateIn | None, default: str) -> dict[str, Any]:
    if given is None:
        return {"aggregate": None, "aggregate_cases": {}}
    if isinstance(given.denominator, str):
        return {"aggregate": [given.numerator, given.denominator], "aggregate_cases": {}}
    cases = {choice: [given.numerator, code] for choice, code in given.denominator.items()}
    return {"aggregate": cases.get(default) or next(iter(cases.values())), "aggregate_cases": cases}


def _thresholds(leaf: LeafIn, file: FrameworkFile) -> list[dict[str, Any]]:
    """A condition holds with its framework and compares truth with 1; a source is inherited."""
    if leaf.kind == "condition":
        return [
            _threshold(file.in_force_from, file.in_force_until, 1.0, "", leaf.clause, leaf.source)
        ]
    ends = [entry.starts for entry in leaf.thresholds[1:]] + [file.in_force_until]
    return [
        _threshold(
            entry.starts,
            entry.until or end,
            None if entry.value is None else float(entry.value),
            entry.formula or "",
            entry.clause or leaf.clause,
            entry.source or leaf.source,
        )
        for entry, end in zip(leaf.thresholds, ends, strict=True)
    ]


def _threshold(
    first: str, end: str | None, value: float | None, formula: str, clause: str, source: str
) -> dict[str, Any]:
    return {
        "valid_from": first,
        "valid_until": end,
        "value": value,
        "formula": formula,
        "clause": clause,
        "source": source,
    }


def _leaf(leaf: LeafIn, file: FrameworkFile) -> dict[str, Any]:
    row = leaf.model_dump(exclude={"formula", "thresholds", "aggregate"})
    row["subject"] = file.subject
    row["numerator"] = _formula(leaf.formula or leaf.numerator)
    row["denominator"] = _formula(leaf.denominator)
    row["thresholds"] = _thresholds(leaf, file)
    return row | _aggregate(leaf.aggregate, "operating")


def _framework(file: FrameworkFile) -> dict[str, Any]:
    row = file.model_dump(exclude={"in_force_from", "in_force_until", "leaves"})
    row["valid_from"] = file.in_force_from
    row["valid_until"] = file.in_force_until
    row["leaves"] = [_leaf(leaf, file) for leaf in file.leaves]
    return row
