"""What the "why?" of a criterion shows: the trace, and which enterprises counted how."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Criterion, Report
from sinhthai.assessment.engine.members import Member
from sinhthai.assessment.pages import Shown, framework_of, pins_of, pins_of_live, years_of
from sinhthai.assessment.readers import (
    Live,
    assess_one,
    default_year,
    explain_live,
    saved_findings,
)
from sinhthai.assessment.trace import Trace
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.rules.bundle import load_bundle

ROWS = 50
STANDINGS = {
    "unknown": Text("Chưa rõ", "Not known"),
    "maybe": Text("Chưa rõ có tính hay không", "Perhaps not counted"),
    "no": Text("Không đạt", "Do not meet it"),
    "yes": Text("Đạt", "Meet it"),
    "out": Text("Không thuộc diện tính", "Not counted"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One group of enterprises one can list."""

    code: str
    name: Text
    count: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An enterprise in the list; ``items`` and ``missing`` say what it has not reported."""

    code: str
    name: str
    invented: bool
    items: tuple[str, ...]
    missing: tuple[Text, ...]


@dataclass(frozen=True)
class Tally:
    """The enterprises behind a share: how many of each group, and a page of one of them."""

    chosen: str
    choices: tuple[Choice, ...]
    page: Page[Member]
    rows: list[MemberRow]


@dataclass(frozen=True)
class Why:
    """The answer to "why?" of one criterion; ``differs``: today it comes out otherwise."""

    report: Report
    criterion: Criterion
    trace: Trace
    tally: Tally | None
    differs: bool = False


def read_why(
    shown: Shown, leaf_id: str, *, today: dt.date, standing: str = "", number: str | None = None
) -> Why | None:
    """Return why one criterion of *shown* came out as it did; None if it has no such criterion."""
    live = _live(shown, leaf_id, today)
    if live is None:
        return None
    bundle, park, saved = load_bundle(), shown.park, shown.saved
    report = compose(
        bundle,
        live.framework,
        live.findings,
        subject=park.code,
        name=Text(park.name_vi, park.name_en),
        on=live.on,
        year=live.year,
        pins=pins_of(saved) if saved else pins_of_live(live),
        inputs={},
        invented=park.invented,
    )
    criterion = next(one for one in report.criteria if one.leaf.id == leaf_id)
    trace = explain_live(live, leaf_id)
    differs = False
    if saved is not None:
        kept = next((one for one in saved_findings(saved) if one.leaf == leaf_id), None)
        differs = kept != criterion.finding
    return Why(report, criterion, trace, _tally(trace.members, standing, number), differs)


def _live(shown: Shown, leaf_id: str, today: dt.date) -> Live | None:
    """Compute one criterion again: from the facts known then if saved, else from those of now."""
    bundle, saved, ask, park = load_bundle(), shown.saved, shown.ask, shown.park
    on = saved.on if saved else ask.on or today
    framework = framework_of(saved) if saved else bundle.framework_on(ask.family, on)
    leaves = [leaf for leaf in framework.leaves if leaf.id == leaf_id] if framework else []
    if framework is None or not leaves:
        return None
    alone = replace(framework, leaves=tuple(leaves))
    if saved:
        year, options, known_at = saved.year, saved.options, saved.known_at
    else:
        year = ask.year or default_year(years_of(park), on)
        options, known_at = dict(ask.options), None
    return assess_one(bundle, alone, park.code, on, year, options, known_at)


def _tally(found: Sequence[Member], standing: str, number: str | None) -> Tally | None:
    if not found:
        return None
    counts = Counter(member.standing for member in found)
    first = next(code for code in STANDINGS if counts[code])  # type: ignore[index]
    chosen = standing if standing in STANDINGS else first
    members = [member for member in found if member.standing == chosen]
    page = Paginator(members, ROWS).get_page(number)
    return Tally(
        chosen,
        tuple(
            Choice(code, name, counts[code])  # type: ignore[index]
            for code, name in STANDINGS.items()
            if counts[code] or code == chosen  # type: ignore[index]
        ),
        page,
        _rows(list(page.object_list)),
    )


def _rows(members: Sequence[Member]) -> list[MemberRow]:
    items = load_bundle().items
    codes = [member.enterprise for member in members]
    known = {
        code: (name, invented)
        for code, name, invented in Enterprise.objects.filter(code__in=codes).values_list(
            "code", "name_vi", "invented"
        )
    }
    return [
        MemberRow(
            member.enterprise,
            *known.get(member.enterprise, (member.enterprise, False)),
            member.missing,
            tuple(items[code].name for code in member.missing if code in items),
        )
        for member in members
    ]
