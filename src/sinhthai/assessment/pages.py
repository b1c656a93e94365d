"""What the pages and the API show: a saved assessment, or one computed for the question asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from sinhthai import __version__
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.actions import recompute as compute_again
from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Criterion, Pins, Report
from sinhthai.assessment.engine.verdicts import count_statuses
from sinhthai.assessment.forms import Ask
from sinhthai.assessment.inputs import inputs_of
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.readers import Live, findings_for, saved_findings
from sinhthai.assessment.readers import stale as is_stale
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.registry.policy import Person, parks_visible
from sinhthai.reporting.readers import years_reported
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

FIRST_STEPS = 3
RADAR_GROUPS = 3  # fewer axes are a line, not a picture


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows; ``report`` is None when no criteria were in force on the day asked.

    ``ask`` is the question with the natural day and year filled in. ``saved`` is set when what
    is shown is a saved assessment; ``stale`` when the data have changed since.
    """

    park: Park
    ask: Ask
    report: Report | None
    saved: Assessment | None = None
    stale: bool = False


def find_shown(park: Park, ask: Ask, *, live: bool = False) -> Shown:
    """Return the current saved assessment if it answers *ask* (unless *live*), else the question.

    Nothing is computed: ``report`` is None.
    """
    saved = (
        Assessment.objects.select_related("by")
        .filter(park=park, family=ask.family, is_current=True)
        .first()
    )
    if saved and not live and _answers(saved, ask):
        saved.park = park
        return Shown(park, ask_of(saved), None, saved)
    return Shown(park, ask, None)


def read_shown(
    park: Park, ask: Ask, *, today: dt.date, live: bool = False, inputs: bool = False
) -> Shown:
    """Return the current saved assessment if it answers *ask* (unless *live*), else compute."""
    found = find_shown(park, ask, live=live)
    if found.saved:
        return read_saved(found.saved, inputs=inputs)
    return compute(park, ask, today=today, inputs=inputs)


def read_saved(saved: Assessment, *, inputs: bool = False) -> Shown:
    """Return a saved assessment as it was."""
    bundle, park = load_bundle(), saved.park
    framework = framework_of(saved)
    report = None
    if framework is not None:
        report = compose(
            bundle,
            framework,
            saved_findings(saved),
            subject=park.code,
            name=_name(park),
            on=saved.on,
            year=saved.year,
            pins=pins_of(saved),
            inputs=inputs_of(bundle, park, saved.year, saved.known_at).get("", {})
            if inputs
            else {},
            invented=park.invented,
        )
    return Shown(park, ask_of(saved), report, saved, stale=is_stale(saved))


def compute(park: Park, ask: Ask, *, today: dt.date, inputs: bool = False) -> Shown:
    """Compute the answer from the data of now."""
    bundle, on = load_bundle(), ask.on or today
    live = findings_for(park, ask.family, on, ask.year, ask.options)
    if live is None:
        return Shown(park, Ask(ask.family, on, ask.year, ask.options), None)
    report = compose(
        bundle,
        live.framework,
        live.findings,
        subject=park.code,
        name=_name(park),
        on=on,
        year=live.year,
        pins=pins_of_live(live),
        inputs=inputs_of(bundle, park, live.year, None).get("", {}) if inputs else {},
        invented=park.invented,
    )
    return Shown(park, Ask(ask.family, on, live.year, ask.options), report)


def ask_of(saved: Assessment) -> Ask:
    """Return the question *saved* answers."""
    known = load_bundle().options
    chosen = {
        option: choice
        for option, choice in saved.options.items()
        if option in known and choice != known[option].default
    }
    return Ask(saved.family, saved.on, saved.year, chosen)


def pins_of(saved: Assessment) -> Pins:
    """Return what was pinned when *saved* was saved."""
    bundle = load_bundle()
    return Pins(
        saved.engine_version,
        bundle.version if saved.rules_hash == bundle.hash else "",
        saved.rules_hash,
        saved.input_digest,
        saved.known_at,
        dict(saved.options),
        _person(saved),
    )


def pins_of_live(live: Live) -> Pins:
    """Return what would be pinned if *live* were saved."""
    bundle = load_bundle()
    return Pins(__version__, bundle.version, bundle.hash, live.digest, None, dict(live.options))


def framework_of(saved: Assessment) -> Framework | None:
    """Return the criteria of *saved*, or those in force on its day if they are gone by now."""
    bundle = load_bundle()
    exact = next((f for f in bundle.frameworks if f.id == saved.framework), None)
    return exact or bundle.framework_on(saved.family, saved.on)


def run(park: Park, ask: Ask, *, by: Any, at: dt.datetime) -> Assessment | None:
    """Save an assessment of *park*; None when no criteria were in force on the day asked."""
    on = ask.on or at.date()
    if load_bundle().framework_on(ask.family, on) is None:
        return None
    made = assess_parks(
        [park], family=ask.family, on=on, year=ask.year, options=dict(ask.options), by=by, at=at
    )
    return made[0] if made else None


def saved_for(user: Person, pk: int) -> Assessment:
    """Return a saved assessment of a park whose inside *user* may read, or raise Http404."""
    found = (
        Assessment.objects.select_related("park__province_now", "by")
        .filter(pk=pk, park__in=parks_visible(user))
        .first()
    )
    if found is None:
        raise Http404("no such assessment for this person")
    return found


def saved_of(park: Park, family: str = "") -> QuerySet[Assessment]:
    """Return what was saved of *park*, newest first, without the findings."""
    rows = Assessment.objects.filter(park=park).select_related("by").defer("findings")
    return rows.filter(family=family) if family else rows


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A line of the list of saved assessments."""

    saved: Assessment
    title: Text
    by_name: str


def saved_rows(rows: Iterable[Assessment]) -> list[SavedRow]:
    """Return *rows* with the title of their criteria and the person's name."""
    bundle = load_bundle()
    titles = {framework.id: framework.title for framework in bundle.frameworks}
    return [
        SavedRow(row, titles.get(row.framework, Text(row.framework, row.framework)), _person(row))
        for row in rows
    ]


def years_of(park: Park) -> list[int]:
    """Return the years *park* reported, newest first."""
    return years_reported([park.code]).get(park.code, [])


def first_steps(report: Report) -> list[Criterion]:
    """Return what to do first: what fails for certain, then what the fewest missing data decide."""
    open_ = [c for c in report.criteria if c.gap.vi and c.status in ("not_met", "undetermined")]
    open_.sort(key=lambda c: (c.status != "not_met", len(c.finding.missing)))
    return open_[:FIRST_STEPS]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many criteria of a group have each status; ``total`` leaves out what does not apply."""

    name: Text
    met: int
    not_met: int
    undetermined: int
    not_applicable: int

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.undetermined


def groups_of(report: Report) -> list[GroupCount]:
    """Return the counts of each group of criteria, in the order of the framework."""
    return [
        GroupCount(name, **count_statuses(criterion.status for criterion in members))
        for name, members in report.by_group()
    ]


def radar_of(groups: Iterable[GroupCount], language: str) -> dict[str, Any] | None:
    """Return the share of each group's criteria that are met, with bounds; None with few groups."""
    axes = [
        {
            "name": group.name.get(language),
            "met": group.met,
            "total": group.total,
            "lower": group.met / group.total,
            "upper": (group.met + group.undetermined) / group.total,
        }
        for group in groups
        if group.total
    ]
    if len(axes) < RADAR_GROUPS:
        return None
    lower = Text("Chắc chắn đạt", "Met for certain")
    upper = Text("Có thể đạt khi đủ số liệu", "Could be met once data are in")
    return {
        "groups": axes,
        "lowerName": lower.get(language),
        "upperName": upper.get(language),
    }


def _answers(saved: Assessment, ask: Ask) -> bool:
    """Say whether *saved* is the answer to *ask*."""
    same_readings = ask.plain or dict(ask.options) == dict(ask_of(saved).options)
    return ask.on in (None, saved.on) and ask.year in (None, saved.year) and same_readings


def _name(park: Park) -> Text:
    return Text(park.name_vi, park.name_en)


def _person(saved: Assessment) -> str:
    return (saved.by.get_full_name() or saved.by.get_username()) if saved.by else ""


def recompute(saved: Assessment) -> tuple[Text, ...]:
    """Compute *saved* again from its pins and return what differs; nothing when all is the same."""
    return compute_again(saved).differences
