"""From findings to needs: what each criterion lacks, for certain and at worst. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.members import members
from sinhthai.assessment.engine.roadmap.model import Need
from sinhthai.assessment.roadmap.model import Ground, Want
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Leaf

UNNAMED = "?"
"""Before the number of an enterprise that no list names."""


def wants_of(ground: Ground) -> tuple[Want, ...]:
    """Return the criteria of *ground* that are not met or not decidable, in their order."""
    wants = []
    for leaf in ground.framework.leaves:
        finding = ground.findings[leaf.id]
        if finding.status in ("not_met", "undetermined"):
            wants.append(_want(ground, leaf, finding))
    return tuple(wants)


def _want(ground: Ground, leaf: Leaf, finding: Finding) -> Want:
    clear = _clear_from(ground, leaf, finding)
    if leaf.kind == "condition":
        sure = 1.0 if finding.status == "not_met" else 0.0
        need = Need(leaf.id, leaf.title.en, "amount", 1.0)
        return Want(need, leaf, finding, sure, clear_from=clear)
    worst, sure = finding.gap, finding.gap_certain or 0.0
    if worst is None or worst <= 0:  # nothing says how much
        need = Need(leaf.id, leaf.title.en, "amount", 1.0)
        certain = 1.0 if finding.status == "not_met" else 0.0
        return Want(need, leaf, finding, certain, sized=False, clear_from=clear)
    if leaf.kind != "share":
        need = Need(leaf.id, leaf.title.en, "amount", worst)
        return Want(need, leaf, finding, min(sure, worst), clear_from=clear)
    need = Need(leaf.id, leaf.title.en, "count", worst)
    no, open_ = _members(ground, leaf, finding)
    certain, missing = int(sure), int(worst)
    open_ = (*open_, *_unnamed(missing - certain - len(open_), "o"))
    no = (*no, *_unnamed(certain - len(no), "n"))
    return Want(need, leaf, finding, sure, no=no, open=open_, clear_from=clear)


def _members(
    ground: Ground, leaf: Leaf, finding: Finding
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if finding.from_aggregate:
        return (), ()
    no: dict[str, None] = {}
    open_: dict[str, None] = {}
    for year in range(finding.year - leaf.years + 1, finding.year + 1):
        found = members(leaf, ground.facts, ground.code, year, ground.readings, load_bundle().items)
        for member in found:
            if member.standing == "no":
                no[member.enterprise] = None
            elif member.standing == "unknown":
                open_[member.enterprise] = None
    return tuple(no), tuple(code for code in open_ if code not in no)


def _unnamed(count: int, mark: str) -> Sequence[str]:
    return [f"{UNNAMED}{mark}{n + 1}" for n in range(count)]


def _clear_from(ground: Ground, leaf: Leaf, finding: Finding) -> int | None:
    """Return the first year in which what is past no longer breaks a criterion of several years."""
    if leaf.years == 1 or finding.status != "not_met":
        return None
    for year in sorted(ground.later):
        if ground.later[year][leaf.id].status != "not_met":
            return year
    return finding.year + leaf.years
