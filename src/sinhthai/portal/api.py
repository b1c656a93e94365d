"""The rules, the dictionary of items and the public map as JSON; open to everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from sinhthai.foundation.text import Text
from sinhthai.portal import readers, rule_readers
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework, Item, Leaf, Threshold

router = Router(tags=["rules"])
_ON = Query(None, description="the rules in force on this day; else today")


class Said(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


class ThresholdOut(Schema):
    """What is compared with, in force from a day until the day before ``valid_until``.

    ``value`` is a fraction for shares and ratios, else in the unit of the criterion; ``formula``
    stands instead where the target is itself reported.
    """

    valid_from: dt.date
    valid_until: dt.date | None
    value: float | None
    formula: str
    clause: str


class CriterionOut(Schema):
    """One criterion of a version of the rules."""

    id: str
    clause: str
    group: str
    title: Said
    kind: str
    sense: str
    unit: str
    years: int
    threshold: ThresholdOut | None
    verified: bool
    checked_on: dt.date | None
    source: str


class VersionOut(Schema):
    """A version of a family of rules."""

    id: str
    family: str
    title: Said
    instrument: Said
    clause: str
    subject: str
    valid_from: dt.date
    valid_until: dt.date | None
    legal: bool
    complete: bool
    criteria: int
    verified: int


class VersionWithCriteria(VersionOut):
    """A version of a family of rules, with its criteria on the day asked for."""

    on: dt.date
    leaves: list[CriterionOut]


class ItemOut(Schema):
    """A fact somebody reports."""

    code: str
    subject: str
    kind: str
    nature: str
    unit: str
    name: Said
    forms: list[str]


class FormulaOut(Schema):
    """A formula (a SQL expression over the fact table) under one reading of one option."""

    role: str
    expression: str
    option: str
    reading: Said | None
    default: bool


class CriterionWhole(CriterionOut):
    """A criterion with its formulas, the items they ask for, evidence, and earlier thresholds."""

    framework: str
    formulas: list[FormulaOut]
    asks_for: list[ItemOut]
    evidence: list[Said]
    thresholds: list[ThresholdOut]
    note: Said | None


class MapParkOut(Schema):
    """A park of the public register as a point. ``province`` is its code of today."""

    code: str
    name: Said
    lat: float | None
    lon: float | None
    province: str
    invented: bool


@router.get("/rules", response=list[VersionOut], summary="Every family and version of the rules")
def list_rules(request: HttpRequest) -> list[VersionOut]:
    """List the versions of every family, oldest first within a family."""
    return [VersionOut(**_version(framework)) for framework in load_bundle().frameworks]


@router.get("/rules/{family}", response=VersionWithCriteria, summary="Criteria in force on a day")
def show_rules(request: HttpRequest, family: str, on: dt.date | None = _ON) -> VersionWithCriteria:
    """Show the criteria of *family* as in force on *on*; 404 when no version was."""
    day = on or timezone.localdate()
    framework = load_bundle().framework_on(family, day)
    if framework is None:
        raise Http404
    return VersionWithCriteria(
        **_version(framework),
        on=day,
        leaves=[CriterionOut(**_criterion(leaf, day)) for leaf in framework.leaves],
    )


@router.get("/rules/{family}/{leaf}", response=CriterionWhole, summary="One criterion")
def show_criterion(
    request: HttpRequest, family: str, leaf: str, on: dt.date | None = _ON
) -> CriterionWhole:
    """Show one criterion with formulas, items, evidence and the history of its threshold."""
    bundle = load_bundle()
    day = on or timezone.localdate()
    found = rule_readers.find_leaf(bundle, family, leaf, day)
    if found is None:
        raise Http404
    framework, criterion = found
    steps = rule_readers.history(rule_readers.versions(bundle, family), criterion)
    return CriterionWhole(
        **_criterion(criterion, day),
        framework=framework.id,
        formulas=[
            FormulaOut(
                role=row.role,
                expression=row.expression,
                option=row.option.id if row.option else "",
                reading=_said(row.choice),
                default=row.is_default,
            )
            for row in rule_readers.formulas(criterion, bundle)
        ],
        asks_for=[_item(item) for item in rule_readers.items_asked(criterion, bundle)],
        evidence=[Said(vi=text.vi, en=text.en) for text in criterion.evidence],
        thresholds=[_threshold(step.threshold) for step in steps],
        note=_said(criterion.note),
    )


@router.get("/items", response=list[ItemOut], summary="The dictionary of items")
def list_items(request: HttpRequest, subject: str = "") -> list[ItemOut]:
    """List what parks and enterprises report, in workbook order."""
    return [
        _item(item)
        for item in load_bundle().items.values()
        if not subject or item.subject == subject
    ]


@router.get("/map", response=list[MapParkOut], summary="Every park as a point", tags=["parks"])
def list_points(request: HttpRequest) -> list[MapParkOut]:
    """List every park of the public register with its point: what the map of the country shows."""
    return [
        MapParkOut(
            code=park.code,
            name=Said(vi=park.name_vi, en=park.name_en),
            lat=park.lat,
            lon=park.lon,
            province=park.province,
            invented=park.invented,
        )
        for park in readers.map_parks("vn-eip", request.user)
    ]


def _said(text: Text | None) -> Said | None:
    return Said(vi=text.vi, en=text.en) if text else None


def _threshold(threshold: Threshold) -> ThresholdOut:
    return ThresholdOut(
        valid_from=threshold.valid_from,
        valid_until=threshold.valid_until,
        value=threshold.value,
        formula=threshold.formula,
        clause=threshold.clause,
    )


def _version(framework: Framework) -> dict[str, Any]:
    return {
        "id": framework.id,
        "family": framework.family,
        "title": _said(framework.title),
        "instrument": _said(framework.instrument),
        "clause": framework.clause,
        "subject": framework.subject,
        "valid_from": framework.valid_from,
        "valid_until": framework.valid_until,
        "legal": framework.legal,
        "complete": framework.complete,
        "criteria": len(framework.leaves),
        "verified": sum(leaf.verified for leaf in framework.leaves),
    }


def _criterion(leaf: Leaf, day: dt.date) -> dict[str, Any]:
    threshold = leaf.threshold_on(day)
    return {
        "id": leaf.id,
        "clause": leaf.clause,
        "group": leaf.group,
        "title": _said(leaf.title),
        "kind": leaf.kind,
        "sense": leaf.sense,
        "unit": leaf.unit,
        "years": leaf.years,
        "threshold": _threshold(threshold) if threshold else None,
        "verified": leaf.verified,
        "checked_on": leaf.checked_on,
        "source": leaf.source,
    }


def _item(item: Item) -> ItemOut:
    return ItemOut(
        code=item.code,
        subject=item.subject,
        kind=item.kind,
        nature=item.nature,
        unit=item.unit,
        name=Said(vi=item.name.vi, en=item.name.en),
        forms=list(item.forms),
    )
