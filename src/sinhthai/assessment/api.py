"""Assessments as JSON: the same reads as the pages, and to run one.

The site mounts ``router`` and signs the person in; a stranger gets 404.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.errors import HttpError

from sinhthai.assessment import pages
from sinhthai.assessment.documents.as_json import SCHEMA, as_object, criterion_object
from sinhthai.assessment.forms import Ask
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.schemas import AskIn, AskQuery, AssessmentOut, SavedOut, WhyOut
from sinhthai.assessment.why import Why, read_why
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import park_for
from sinhthai.rules.bundle import load_bundle

router = Router(tags=["assessment"])


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
