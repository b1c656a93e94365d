"""The shape of ``procedures.yaml`` and ``holidays.yaml``, as strict as that of the criteria."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from sinhthai.rules.procedures import Guard, Kind, Level, Party, Subject, Unit
from sinhthai.rules.schema import Day, Id, Quoted, Strict, TextIn

Confidence = Literal["T", "S", "SPEC", "I", "from memory"]
Every = Literal["quarter", "half_year", "year", "two_years"]


class _Sure(Strict):
    """How sure we are. Inside a procedure, ``source`` and ``checked_on`` are the procedure's."""

    clause: Quoted
    source: Quoted | None = None
    checked_on: Day | None = None
    verified: bool
    confidence: Confidence

    @model_validator(mode="after")
    def _read_when_verified(self) -> _Sure:
        if self.verified and self.confidence != "T":
            raise ValueError("verified needs confidence T: the clause itself was read")
        return self


class PartIn(_Sure):
    """A part of a procedure."""

    id: Id


class _Sourced(_Sure):
    """A rule that stands alone: nothing to take its source from."""

    source: Quoted

    @model_validator(mode="after")
    def _dated_when_verified(self) -> _Sourced:
        if self.verified and self.checked_on is None:
            raise ValueError("verified needs checked_on: the day somebody read the clause")
        return self


class _InForce(Strict):
    in_force_from: Day
    in_force_until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> _InForce:
        if self.in_force_until is not None and self.in_force_until <= self.in_force_from:
            raise ValueError(
                f"in_force_until {self.in_force_until} does not come after in_force_from"
            )
        return self


class NamedIn(Strict):
    starts: Day = Field(alias="from")
    until: Day | None = None
    name: TextIn


class AuthorityIn(_Sourced):
    id: Id
    kind: Literal["management_board", "peoples_committee", "ministry", "department", "recp_body"]
    names: list[NamedIn] = Field(min_length=1)


class StateIn(Strict):
    id: Id
    title: TextIn
    public: TextIn
    waits_for: Party | None = None
    duty: TextIn | None = None
    final: bool = False

    @model_validator(mode="after")
    def _waits_or_is_final(self) -> StateIn:
        if self.final and (self.waits_for or self.duty):
            raise ValueError("a final state waits for nobody; delete waits_for and duty")
        if (self.waits_for is None) != (self.duty is None):
            raise ValueError("waits_for and duty go together: who must act, and what to do")
        return self


class StepIn(Strict):
    id: Id
    title: TextIn
    done: TextIn
    starts: list[Id] = Field(alias="from", min_length=1)
    to: Id
    party: Party
    level: Level
    needs: list[Guard] = []
    not_by: list[Id] = []
    reason: bool = False
    makes: Id | None = None


class FlowIn(Strict):
    id: Id
    states: list[StateIn] = Field(min_length=2)
    steps: list[StepIn] = Field(min_length=1)


class StateUseIn(Strict):
    """A state of the flow; what is given here goes before what the flow says."""

    id: Id
    title: TextIn | None = None
    public: TextIn | None = None
    waits_for: Party | None = None
    duty: TextIn | None = None


class StepUseIn(PartIn):
    """A step of the flow with its clause; what is given here goes before what the flow says."""

    title: TextIn | None = None
    done: TextIn | None = None
    starts: list[Id] | None = Field(default=None, alias="from", min_length=1)
    to: Id | None = None
    party: Party | None = None
    level: Level | None = None
    needs: list[Guard] | None = None
    not_by: list[Id] | None = None
    reason: bool | None = None
    makes: Id | None = None


class ClockIn(PartIn):
    title: TextIn
    of: Literal["dossier", "opinion"] = "dossier"
    party: Party
    days: int | None = Field(default=None, ge=1, le=400)
    unit: Unit | None = None
    starts: list[Id] = Field(min_length=1)
    ends: list[Id] = Field(min_length=1)
    pauses: list[Id] = []
    option: Id | None = None
    starts_by_choice: dict[str, Id] = {}

    @model_validator(mode="after")
    def _days_have_a_unit(self) -> ClockIn:
        if (self.days is None) != (self.unit is None):
            raise ValueError("days and unit go together; leave both out where no limit is stated")
        if (self.option is None) != (not self.starts_by_choice):
            raise ValueError("option and starts_by_choice go together")
        return self


class PaperIn(PartIn):
    title: TextIn
    party: Party
    made: Literal["assembled", "uploaded"]
    required: bool
    signed: bool
    form: Quoted | None = None


class PartiesIn(Strict):
    """The bodies of each party, by function; the applicant is found from park and enterprise."""

    receiver: list[Id] = Field(min_length=1)
    issuer: list[Id] = Field(min_length=1)
    consulted: list[Id] = []
    expert: list[Id] = []


def _state_use(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


class ProcedureIn(_Sourced, _InForce):
    id: Id
    flow: Id
    kind: Kind
    subject: Subject
    family: Id
    code: Quoted | None = None
    title: TextIn
    sets: int = Field(default=0, ge=0, le=20)
    certificate_years: int | None = Field(default=None, ge=1, le=50)
    renewal_opens_days: int | None = Field(default=None, ge=1, le=1000)
    options: list[Id] = []
    consult_option: Id | None = None
    consult_when: list[Id] = []
    parties: PartiesIn
    opinions_shown_in: list[Id] = []
    start: Id
    states: list[Annotated[StateUseIn, BeforeValidator(_state_use)]] = Field(min_length=2)
    steps: list[StepUseIn] = Field(min_length=1)
    clocks: list[ClockIn] = []
    papers: list[PaperIn] = []

    @model_validator(mode="after")
    def _fits_its_kind(self) -> ProcedureIn:
        gives = self.kind in ("issue", "recertify")
        if gives != (self.certificate_years is not None):
            raise ValueError(
                "certificate_years: issue and recertify say it, revoke and review do not"
            )
        if self.renewal_opens_days is not None and self.kind != "recertify":
            raise ValueError("renewal_opens_days is for recertify: only a certificate is renewed")
        if (self.consult_option is None) != (not self.consult_when):
            raise ValueError("consult_option and consult_when go together")
        return self


class ObligationIn(_Sourced, _InForce):
    id: Id
    title: TextIn
    party: Id
    to: Quoted
    form: Quoted | None = None
    every: Every
    due: list[Quoted] = []
    cycle_year: int | None = Field(default=None, ge=1990, le=2100)
    after: Id | None = None
    after_working_days: int | None = Field(default=None, ge=1, le=60)
    certified_only: bool = False

    @field_validator("due")
    @classmethod
    def _days_of_the_year(cls, value: list[str]) -> list[str]:
        for day in value:
            try:
                dt.date.fromisoformat(f"2001-{day}")  # no leap year: a due day must always exist
            except ValueError:
                raise ValueError(f'{day!r} is not a day of every year; write "04-10"') from None
        return value

    @model_validator(mode="after")
    def _due_as_often_as_it_comes(self) -> ObligationIn:
        times = {"quarter": 4, "half_year": 2, "year": 1, "two_years": 1}[self.every]
        if self.due and len(self.due) != times:
            raise ValueError(f"every {self.every} is due {times} times; due lists {len(self.due)}")
        if (self.every == "two_years") != (self.cycle_year is not None):
            raise ValueError("two_years and cycle_year go together: a year in which it falls due")
        if (self.after is None) != (self.after_working_days is None):
            raise ValueError("after and after_working_days go together")
        if self.after is not None and self.due:
            raise ValueError("give either due, or after and after_working_days")
        return self


class ProceduresFile(Strict):
    instruments: dict[str, TextIn] = Field(min_length=1)
    authorities: list[AuthorityIn] = Field(min_length=1)
    flows: list[FlowIn] = Field(min_length=1)
    procedures: list[ProcedureIn] = Field(min_length=1)
    obligations: list[ObligationIn] = []


class DayOffIn(Strict):
    day: Day
    name: TextIn


class HolidayYearIn(_Sourced):
    year: int = Field(ge=1990, le=2100)
    decision: TextIn
    days_off: list[DayOffIn] = Field(min_length=1)
    days_worked: list[DayOffIn] = []


class HolidaysFile(Strict):
    years: list[HolidayYearIn] = Field(min_length=1)
