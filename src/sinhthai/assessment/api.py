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
from sinhthai.assessment.documents.as_json import SCHEMA, as_object, criterion_object
from sinhthai.assessment.forms import DEFAULT_FAMILY, Ask
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.why import Why, read_why
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import park_for
from sinhthai.rules.bundle import load_bundle

router = Router(tags=["assessment"])


class Words(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


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


class FactOut(Schema):
    """A fact the formula asked for in one year; ``said_year`` is the year it was reported for."""

    item: str
    name: Words
    unit: str
    value: Words
    year: int
    said_year: int | None
    source: str
    cell: str
    author: str
    recorded_at: dt.datetime | None


class OtherReadingOut(Schema):
    choice: Words
    is_chosen: bool
    status: str
    value: Words


class ReadingOut(Schema):
    """An ambiguity of the law, and how the same facts come out under each reading of it."""

    option: str
    title: Words
    clause: str
    readings: list[OtherReadingOut]


class MemberOut(Schema):
    """An enterprise as a share counts it: yes, no, unknown, maybe (counted or not), out."""

    code: str
    name: str
    standing: str
    missing: list[str]


class WhyOut(Schema):
    """Everything behind one finding."""

    park: str
    on: dt.date
    year: int
    criterion: CriterionOut
    rule: Words
    facts: list[FactOut]
    readings: list[ReadingOut]
    counts: dict[str, int]
    enterprises: list[MemberOut]
    pages: int


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
    "/parks/{slug:code}/assessment",
    response=AssessmentOut,
    by_alias=True,
    operation_id="read_assessment",
    summary="How a park stands against a set of criteria",
)
def read_assessment(request: HttpRequest, code: str, query: Query[AskQuery]) -> dict[str, Any]:
    park = park_for(request.user, code)
    shown = pages.read_shown(park, _asked(query), today=timezone.localdate())
    if shown.report is None:
        raise HttpError(404, "No version of these criteria was in force on that day.")
    return _answer(shown)


@router.get(
    "/parks/{slug:code}/assessment/{leaf}",
    response=WhyOut,
    operation_id="explain_criterion",
    summary="Why a criterion came out as it did",
)
def explain_criterion(
    request: HttpRequest,
    code: str,
    leaf: str,
    query: Query[AskQuery],
    standing: str = "",
    page: int = Query(1, ge=1),
) -> dict[str, Any]:
    park = park_for(request.user, code)
    shown = pages.find_shown(park, _asked(query))
    why = read_why(shown, leaf, today=timezone.localdate(), standing=standing, number=str(page))
    if why is None:
        raise HttpError(404, "No such criterion was in force on that day.")
    return _why(why)


@router.get(
    "/parks/{slug:code}/assessments",
    response=list[SavedOut],
    operation_id="list_assessments",
    summary="Saved assessments of a park",
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
    operation_id="run_assessment",
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
    "/assessments/{int:pk}",
    response=AssessmentOut,
    by_alias=True,
    operation_id="read_saved_assessment",
    summary="A saved assessment",
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


def _why(why: Why) -> dict[str, Any]:
    trace, tally = why.trace, why.tally
    return {
        "park": why.report.subject,
        "on": why.report.on,
        "year": why.report.year,
        "criterion": criterion_object(why.criterion),
        "rule": _words(trace.rule),
        "facts": [
            {
                "item": fact.item,
                "name": _words(fact.name),
                "unit": fact.unit,
                "value": _words(fact.value),
                "year": fact.year,
                "said_year": fact.said_year,
                "source": (fact.origin.file_name or fact.origin.source) if fact.origin else "",
                "cell": fact.origin.cell if fact.origin else "",
                "author": fact.origin.author if fact.origin else "",
                "recorded_at": fact.origin.recorded_at if fact.origin else None,
            }
            for fact in trace.inputs
        ],
        "readings": [
            {
                "option": reading.option,
                "title": _words(reading.title),
                "clause": reading.clause,
                "readings": [
                    {
                        "choice": _words(other.choice),
                        "is_chosen": other.is_chosen,
                        "status": other.status,
                        "value": _words(other.value),
                    }
                    for other in reading.readings
                ],
            }
            for reading in trace.readings
        ],
        "counts": {choice.code: choice.count for choice in tally.choices} if tally else {},
        "enterprises": [
            {
                "code": row.code,
                "name": row.name,
                "standing": tally.chosen,
                "missing": list(row.items),
            }
            for row in tally.rows
        ]
        if tally
        else [],
        "pages": tally.page.paginator.num_pages if tally else 0,
    }


def _asked(query: AskQuery) -> Ask:
    readings = dict(pair.partition("=")[::2] for pair in query.options)
    return _checked(Ask(query.framework, query.on, query.year, readings))


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
