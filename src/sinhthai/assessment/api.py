"""Assessments as JSON: the same reads as the pages, and to run one.

The site mounts ``router`` and signs the person in; a stranger gets 404.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError

from sinhthai.assessment import pages
from sinhthai.assessment.documents.as_json import SCHEMA, as_object
from sinhthai.assessment.forms import DEFAULT_FAMILY, Ask
from sinhthai.assessment.models import Assessment
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import park_for
from sinhthai.rules.bundle import load_bundle

router = Router(tags=["assessment"])


class Words(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


class FrameworkOut(Schema):
    """A version of a set of criteria, in force from a day until the day before ``valid_until``."""

    id: str
    family: str
    title: Words
    instrument: Words
    clause: str
    subject: str
    valid_from: dt.date
    valid_until: dt.date | None
    legal: bool
    complete: bool
    criteria: int


class AskIn(Schema):
    """What to assess against; all may be left out."""

    framework: str = Field(DEFAULT_FAMILY, description="family of criteria, e.g. vn-eip")
    on: dt.date | None = Field(None, description="by the rules in force on this day; else today")
    year: int | None = Field(
        None, ge=2000, le=2100, description="year of the data; else the latest"
    )
    options: dict[str, str] = Field(
        default_factory=dict, description='readings, e.g. {"A2": "leased"}'
    )


class AskQuery(Schema):
    """The same as a query string; readings of the law as ``options=A2=leased``."""

    framework: str = DEFAULT_FAMILY
    on: dt.date | None = None
    year: int | None = Field(None, ge=2000, le=2100)
    options: list[str] = Field(default_factory=list)


class InputOut(Schema):
    item: str
    name: Words
    unit: str
    value: float | bool | str | None
    text: Words
    source: Words
    recorded: dt.date | None


class WorkingOut(Schema):
    """A line of the arithmetic."""

    label: Words
    text: Words


class EnterprisesOut(Schema):
    """How many enterprises meet it, do not, may; and whose place in the count is unknown."""

    yes: int
    no: int | None
    unknown: int | None
    maybe: int | None
    from_aggregate: bool


class CriterionOut(Schema):
    """One criterion. Numbers are in base units, a fraction for shares; null is not known."""

    id: str
    clause: str
    group: str
    title: Words
    kind: str
    sense: str
    unit: str
    verified: bool
    status: str
    lower: float | None
    upper: float | None
    threshold: float | None
    value: Words
    threshold_text: Words
    gap: float | None
    gap_certain: float | None
    gap_text: Words
    enterprises: EnterprisesOut | None
    formula: str
    working: list[WorkingOut]
    missing: list[str]
    inputs: list[InputOut]


class AssessmentOut(Schema):
    """An assessment: what was found, by which rules, from which data. Not a decision."""

    schema_: str = Field(SCHEMA, alias="schema")
    saved: int | None = Field(None, description="number of the saved assessment, if it is one")
    stale: bool = Field(False, description="the data have changed since it was saved")
    subject: dict[str, Any]
    framework: dict[str, Any]
    on: dt.date
    year: int
    verdict: dict[str, Any]
    counts: dict[str, int]
    criteria: list[CriterionOut]
    note: Words
    pins: dict[str, Any]


class SavedOut(Schema):
    id: int
    family: str
    framework: str
    on: dt.date
    year: int
    at: dt.datetime
    verdict: str
    met: int
    not_met: int
    undetermined: int
    not_applicable: int
    is_current: bool


@router.get(
    "/frameworks", response=list[FrameworkOut], summary="Sets of criteria and their versions"
)
def list_frameworks(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "id": framework.id,
            "family": framework.family,
            "title": _words(framework.title),
            "instrument": _words(framework.instrument),
            "clause": framework.clause,
            "subject": framework.subject,
            "valid_from": framework.valid_from,
            "valid_until": framework.valid_until,
            "legal": framework.legal,
            "complete": framework.complete,
            "criteria": len(framework.leaves),
        }
        for framework in load_bundle().frameworks
    ]


@router.get(
    "/parks/{slug:code}/assessment",
    response=AssessmentOut,
    by_alias=True,
    summary="How a park stands against a set of criteria",
)
def read_assessment(request: HttpRequest, code: str, query: Query[AskQuery]) -> dict[str, Any]:
    park = park_for(request.user, code)
    readings = dict(pair.partition("=")[::2] for pair in query.options)
    ask = _checked(Ask(query.framework, query.on, query.year, readings))
    shown = pages.read_shown(park, ask, today=timezone.localdate())
    if shown.report is None:
        raise HttpError(404, "No version of these criteria was in force on that day.")
    return _answer(shown)


@router.get(
    "/parks/{slug:code}/assessments", response=list[SavedOut], summary="Saved assessments of a park"
)
def list_assessments(
    request: HttpRequest, code: str, framework: str = "", limit: int = Query(50, ge=1, le=500)
) -> list[Assessment]:
    park = park_for(request.user, code)
    return list(pages.saved_of(park, framework)[:limit])


@router.post(
    "/parks/{slug:code}/assessments",
    response={201: AssessmentOut},
    by_alias=True,
    summary="Assess a park and keep the result",
)
def run_assessment(request: HttpRequest, code: str, asked: AskIn) -> Status[dict[str, Any]]:
    park = park_for(request.user, code, write=True)
    ask = _checked(Ask(asked.framework, asked.on, asked.year, asked.options))
    saved = pages.run(park, ask, by=request.user, at=timezone.now())
    if saved is None:
        raise HttpError(422, "No version of these criteria was in force on that day.")
    return Status(201, _answer(pages.read_saved(saved)))


@router.get(
    "/assessments/{int:pk}", response=AssessmentOut, by_alias=True, summary="A saved assessment"
)
def read_saved_assessment(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _answer(pages.read_saved(pages.saved_for(request.user, pk)))


def _answer(shown: pages.Shown) -> dict[str, Any]:
    assert shown.report is not None
    return as_object(shown.report) | {
        "schema": SCHEMA,
        "saved": shown.saved.pk if shown.saved else None,
        "stale": shown.stale,
    }


def _checked(ask: Ask) -> Ask:
    """Return *ask*, or answer 422 saying what there is to choose from."""
    bundle = load_bundle()
    families = [
        f
        for f in bundle.families
        if any(f == w.family and w.subject == "park" for w in bundle.frameworks)
    ]
    if ask.family not in families:
        raise HttpError(422, f"No such framework: {ask.family}. There are: {', '.join(families)}.")
    for option, choice in ask.options.items():
        known = bundle.options.get(option)
        if known is None:
            raise HttpError(
                422, f"No such option: {option}. There are: {', '.join(bundle.options)}."
            )
        choices = [c.code for c in known.choices]
        if choice not in choices:
            raise HttpError(
                422, f"No such reading of {option}: {choice}. There are: {', '.join(choices)}."
            )
    return ask


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
