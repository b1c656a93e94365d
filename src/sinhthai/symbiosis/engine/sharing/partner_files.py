"""Read what groups of partners earn together, from a list in CSV or a workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import fold
from sinhthai.symbiosis.engine.lists import (
    Row,
    find_heading,
    missing_headings,
    problem,
    raise_errors,
    read_grids,
    rows_below,
)
from sinhthai.symbiosis.engine.sharing.words import LAYOUT

MOST_PARTNERS = 40
_NEEDED = ("partners", "benefit")


@dataclass(frozen=True, slots=True)
class Agreements:
    """Partners in the order of the file, and group -> benefit [VND a year] as stated."""

    partners: tuple[str, ...]
    benefits: Mapping[frozenset[str], float]
    warnings: tuple[Problem, ...] = ()

    @property
    def unstated(self) -> int:
        """How many groups of two or more are not in the file."""
        count = len(self.partners)
        stated = sum(1 for group in self.benefits if len(group) > 1)
        return (1 << count) - 1 - count - stated


@dataclass(slots=True)
class _Found:
    names: dict[str, str] = field(default_factory=dict)  # folded -> as first written
    benefits: dict[frozenset[str], float] = field(default_factory=dict)
    places: dict[frozenset[str], Place] = field(default_factory=dict)


def is_agreements(file: str, data: bytes) -> bool:
    """Return whether some sheet of *data* has the headings of a list of agreements.

    Raises
    ------
    InputError : it is empty, or no table.
    """
    return any(find_heading(grid, LAYOUT, _NEEDED, []) for grid in read_grids(file, data))


def read_agreements(file: str, data: bytes) -> Agreements:
    """Return the agreements of *data*: a group a row, its partners split by ``;``, ``+`` or ``,``.

    Raises
    ------
    InputError : every problem of the file, each with its cell or line and its cure.

    >>> read_agreements("s.csv", b"Partners,Benefit (VND)\\nkiln + power,8e6\\n").partners
    ('kiln', 'power')
    """
    problems: list[Problem] = []
    found = _Found()
    read = 0
    for grid in read_grids(file, data):
        heading = find_heading(grid, LAYOUT, _NEEDED, problems)
        if heading is None:
            continue
        read += 1
        for row in rows_below(grid, heading, LAYOUT, problems):
            _read(row, found)
    if not read:
        problems.append(missing_headings(Place(file), LAYOUT, _NEEDED))
    elif not any(len(group) > 1 for group in found.benefits) and not problems:
        problems.append(problem("no_agreement", Place(file), messages=LAYOUT.messages))
    if len(found.names) > MOST_PARTNERS:
        problems.append(
            problem(
                "too_many",
                Place(file),
                messages=LAYOUT.messages,
                count=len(found.names),
                most=MOST_PARTNERS,
            )
        )
    for group, benefit in list(found.benefits.items()):
        if benefit < 0 and len(group) > 1:
            problems.append(
                problem(
                    "loses",
                    found.places[group],
                    "warning",
                    messages=LAYOUT.messages,
                    group=" + ".join(sorted(group)),
                )
            )
            del found.benefits[group]
    return Agreements(tuple(found.names.values()), found.benefits, raise_errors(problems))


def _read(row: Row, found: _Found) -> None:
    names = [found.names.setdefault(fold(name), name) for name in split(row.text("partners"))]
    if not names:
        row.add("no_partners", "partners")
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            row.add("partner_twice", "partners", name=name)
    benefit = row.needed("benefit")
    group = frozenset(names)
    if group in found.benefits:
        first = str(found.places[group])
        row.add("group_twice", "partners", group=" + ".join(names), first=first)
    elif names and not math.isnan(benefit):
        found.benefits[group] = benefit
        found.places[group] = row.place("partners")


def split(cell: str) -> Sequence[str]:
    """Return the names in a cell, split by the first of ``;``, ``+`` and ``,`` that is there.

    >>> split("Xi măng A + Điện B"), split("Công ty A, chi nhánh 1; Điện B")
    (['Xi măng A', 'Điện B'], ['Công ty A, chi nhánh 1', 'Điện B'])
    """
    mark = next((mark for mark in ";+," if mark in cell), "+")
    return [name.strip() for name in cell.split(mark) if name.strip()]
