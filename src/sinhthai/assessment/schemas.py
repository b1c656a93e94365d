"""What goes into and comes out of the API of assessments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema

from sinhthai.assessment.documents.as_json import SCHEMA
from sinhthai.assessment.forms import DEFAULT_FAMILY


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
