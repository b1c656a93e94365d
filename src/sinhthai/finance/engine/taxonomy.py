"""The green taxonomy (Decision 21/2025/QD-TTg): which group to check, and what proves it.

The system names groups and papers; it never says that a project is green. Who confirms is the
authority of the environmental document, or an independent body (ISO/IEC 17029, ISO 14065).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sinhthai.finance.engine.funds import DATA, Row, both, day, read_rows, set_of, yes
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text

State = Literal["no_group", "no_kind", "not_in_force", "incomplete", "ready_to_ask"]
CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Group:
    """One of the seven groups."""

    id: str
    name: Text
    valid_from: dt.date
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project of an eco-industrial park and the groups it may belong to."""

    id: str
    name: Text
    groups: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A paper that is asked for; ``needed`` before anybody can be asked to confirm."""

    id: str
    name: Text
    why: Text
    needed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The tables, by id and in their order."""

    groups: Mapping[str, Group]
    kinds: Mapping[str, ProjectKind]
    evidence: Mapping[str, EvidenceItem]


@dataclass(frozen=True, slots=True)
class Check:
    """What stands and what is missing; ``ready_to_ask`` is the best there is."""

    state: State
    groups: tuple[Group, ...]
    confidence: str
    present: tuple[EvidenceItem, ...]
    missing: tuple[EvidenceItem, ...]
    """Needed and not there."""
    says: Text


@lru_cache(maxsize=1)
def load_taxonomy() -> Taxonomy:
    """Return the shipped tables.

    >>> len(load_taxonomy().groups), load_taxonomy().kinds["rooftop-solar"].groups
    (7, ('energy',))
    """
    groups, wrong = read_rows(DATA / "taxonomy.csv", _group)
    kinds, wrong_kinds = read_rows(DATA / "project_kinds.csv", _kind)
    evidence, wrong_evidence = read_rows(DATA / "taxonomy_evidence.csv", _evidence)
    if wrong or wrong_kinds or wrong_evidence:
        raise InputError([*wrong, *wrong_kinds, *wrong_evidence])
    return Taxonomy(
        {one.id: one for _line, one in groups},
        {one.id: one for _line, one in kinds},
        {one.id: one for _line, one in evidence},
    )


def check(
    kind: str, on_file: Collection[str], on: dt.date, taxonomy: Taxonomy | None = None
) -> Check:
    """Return which groups a project of *kind* is to be checked against, and what is missing.

    *on_file* are the ids of the evidence items of which a document is there.

    >>> found = check("rooftop-solar", ["baseline"], dt.date(2026, 1, 1))
    >>> found.state, found.groups[0].id, len(found.missing)
    ('incomplete', 'energy', 3)
    """
    tables = taxonomy or load_taxonomy()
    known = tables.kinds.get(kind)
    present = tuple(one for one in tables.evidence.values() if one.id in on_file)
    missing = tuple(one for one in tables.evidence.values() if one.needed and one.id not in on_file)
    groups = tuple(tables.groups[name] for name in (known.groups if known else ()))
    state: State
    if known is None:
        state = "no_kind"
    elif not groups:
        state = "no_group"
    elif any(on < group.valid_from for group in groups):
        state = "not_in_force"
    else:
        state = "incomplete" if missing else "ready_to_ask"
    return Check(state, groups, known.confidence if known else "", present, missing, _SAYS[state])


_SAYS: Mapping[State, Text] = {
    "no_kind": Text(
        "Chưa chọn loại dự án nên chưa biết nhóm cần đối chiếu.",
        "No kind of project is chosen, so the group to check is not known.",
    ),
    "no_group": Text(
        "Bảng đối chiếu không dẫn loại dự án này tới nhóm nào.",
        "The relevance map leads this kind of project to no group.",
    ),
    "not_in_force": Text(
        "Danh mục phân loại xanh chưa có hiệu lực vào ngày này.",
        "The green taxonomy is not in force on this day.",
    ),
    "incomplete": Text(
        "Còn thiếu tài liệu trước khi có thể đề nghị xác nhận.",
        "Papers are missing before anybody can be asked to confirm.",
    ),
    "ready_to_ask": Text(
        "Đủ tài liệu để đề nghị xác nhận. Hệ thống không xác nhận dự án là xanh.",
        "The papers are there to ask for confirmation. The system confirms nothing.",
    ),
}


def _group(row: Row) -> Group:
    start = day(row, "valid_from")
    if start is None:
        raise ValueError("valid_from")
    return Group(row["id"], both(row, "name"), start, row["source"], yes(row, "verified"))


def _kind(row: Row) -> ProjectKind:
    groups = tuple(word for word in row["groups"].split(";") if word)
    if set_of(row, "confidence", ("high", "medium", "low", "none")) == frozenset():
        raise ValueError("confidence")
    return ProjectKind(row["id"], both(row, "name"), groups, row["confidence"], row["source"])


def _evidence(row: Row) -> EvidenceItem:
    return EvidenceItem(
        row["id"], both(row, "name"), both(row, "why"), yes(row, "needed"), row["source"]
    )
