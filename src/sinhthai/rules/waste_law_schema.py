"""The shape of ``waste-law.yaml``, as strict as that of the criteria (``schema.py``)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from sinhthai.rules.schema import Day, Id, Quoted, Strict, TextIn
from sinhthai.rules.waste_law import LegalStatus, Medium, Use

Fact = Literal["hazard", "is_sorted", "group", "receiver_licensed", "same_park"]
CaseIn = dict[str, Annotated[list[bool | str], Field(min_length=1)]]
LongId = Annotated[Id, StringConstraints(max_length=40)]


class _Sourced(Strict):
    source: Quoted
    checked_on: Day | None = None
    verified: bool = False
    confidence: Literal["T", "S", "I", "from memory"]

    @model_validator(mode="after")
    def _read_when_verified(self) -> _Sourced:
        if self.verified and self.checked_on is None:
            raise ValueError("verified needs checked_on: the day somebody read the clause")
        if self.verified and self.confidence != "T":
            raise ValueError("verified needs confidence T: the clause itself was read")
        return self


class _Dated(Strict):
    valid_from: Day | None = None
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> _Dated:
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} does not come after valid_from")
        return self


class PaperIn(_Dated):
    id: LongId
    clause: Quoted
    title: TextIn


class RuleIn(_Sourced, _Dated):
    id: LongId
    status: LegalStatus
    clause: Quoted
    title: TextIn
    why: TextIn
    media: list[Medium] = Field(min_length=1)
    uses: list[Use] = Field(min_length=1)
    cases: list[CaseIn] = Field(min_length=1)
    papers: list[Id] = []


class PresumptionIn(Strict):
    fact: Fact
    value: bool | str = Field(alias="is")
    media: list[Medium] = []
    given: CaseIn = {}
    clause: Quoted
    why: TextIn
    verified: bool = False


class QuestionIn(_Sourced):
    id: LongId
    fact: Fact
    given: list[Quoted] = []
    clause: Quoted
    title: TextIn
    why: TextIn
    papers: list[Id] = []


class OutsideIn(Strict):
    clause: Quoted
    title: TextIn
    why: TextIn


class WasteLawFile(Strict):
    instruments: dict[str, TextIn] = Field(min_length=1)
    in_force_from: Day
    outside: OutsideIn
    presumptions: list[PresumptionIn] = []
    questions: list[QuestionIn]
    papers: list[PaperIn]
    rules: list[RuleIn] = Field(min_length=1)
