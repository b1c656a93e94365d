"""The shape of the YAML files people review, checked where they enter.

Everything is strict: an unquoted date, an unquoted ``no`` or a misspelt key is an error, never
a guess. What the files may leave out has its default here.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sinhthai.rules.model import ItemKind, LeafKind, Nature, Sense, Subject

UNITS = frozenset(
    {"1", "percent", "ha", "kWh", "m**3", "t", "toe", "MVND", "day", "year", "kg/kWh", "kWh/USD"}
)
NUMERIC = ("integer", "number")


def _quoted(value: Any) -> Any:
    if isinstance(value, bool | int | float | dt.date):
        raise ValueError(f"write it in quotes; unquoted, YAML reads it as {value!r}")
    return value


def _iso_day(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f'{value!r} is not a day of the calendar; write "2022-07-15"') from None


Quoted = Annotated[str, BeforeValidator(_quoted), Field(min_length=1)]
Day = Annotated[
    Quoted, BeforeValidator(lambda v: _iso_day(_quoted(v)) if isinstance(_quoted(v), str) else v)
]
Code = Annotated[str, BeforeValidator(_quoted), Field(pattern=r"^[a-z][a-z0-9_]*$")]
Id = Annotated[str, BeforeValidator(_quoted), Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextIn(Strict):
    vi: Quoted
    en: Quoted


class ChoiceIn(Strict):
    code: Id
    name: TextIn


class ItemIn(Strict):
    code: Code
    kind: ItemKind
    nature: Nature
    unit: str = ""
    minimum: float | int | None = None
    maximum: float | int | None = None
    name: TextIn
    help: TextIn
    choices: list[ChoiceIn] = []
    forms: list[Quoted] = []
    source: Quoted
    verified: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> ItemIn:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}; use one of {', '.join(sorted(UNITS))}")
        if self.unit and self.kind not in NUMERIC:
            raise ValueError(f"a {self.kind} has no unit; delete the line unit")
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice needs choices, and nothing else has them")
        return self


class SectionIn(Strict):
    id: Code
    subject: Subject
    optional: bool = False
    name: TextIn
    items: list[ItemIn] = Field(min_length=1)


class ItemsFile(Strict):
    sections: list[SectionIn] = Field(min_length=1)


class OptionIn(Strict):
    id: Id
    title: TextIn
    clause: Quoted
    default: Id
    source: Quoted
    choices: list[ChoiceIn] = Field(min_length=1)

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> OptionIn:
        codes = [choice.code for choice in self.choices]
        if self.default not in codes:
            raise ValueError(f"default {self.default!r} is none of its choices: {', '.join(codes)}")
        return self


class OptionsFile(Strict):
    options: list[OptionIn]


class CasesIn(Strict):
    option: Id
    cases: dict[str, Quoted] = Field(min_length=1)


FormulaIn = Annotated[Quoted | CasesIn, Field(union_mode="left_to_right")]


class ThresholdIn(Strict):
    starts: Day = Field(alias="from")
    until: Day | None = None
    value: float | int | None = None
    formula: Quoted | None = None
    clause: Quoted | None = None
    source: Quoted | None = None

    @model_validator(mode="after")
    def _one_target(self) -> ThresholdIn:
        if (self.value is None) == (self.formula is None):
            raise ValueError("give either value or formula, not both and not neither")
        if self.until is not None and self.until <= self.starts:
            raise ValueError(f"until {self.until} does not come after from {self.starts}")
        return self


class AggregateIn(Strict):
    numerator: Code
    denominator: Code | dict[str, Code]


class LeafIn(Strict):
    id: Id
    clause: Quoted
    group: Id
    title: TextIn
    need: TextIn | None = None
    among: TextIn | None = None
    kind: LeafKind
    sense: Sense = "is_true"
    unit: str = ""
    years: int = Field(default=1, ge=1, le=10)
    formula: FormulaIn | None = None
    numerator: FormulaIn | None = None
    denominator: FormulaIn | None = None
    aggregate: AggregateIn | None = None
    part_of_whole: bool = False
    thresholds: list[ThresholdIn] = []
    evidence: list[TextIn] = []
    source: Quoted
    checked_on: Day | None = None
    verified: bool = False
    confidence: Literal["T", "S", "SPEC", "I", "from memory"]
    note: TextIn | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> LeafIn:
        asked = (
            ("formula",) if self.kind in ("condition", "quantity") else ("numerator", "denominator")
        )
        for name in ("formula", "numerator", "denominator"):
            if (getattr(self, name) is not None) != (name in asked):
                raise ValueError(f"a {self.kind} has {' and '.join(asked)}; check the line {name}")
        if (self.kind == "condition") != (self.sense == "is_true"):
            raise ValueError(
                "a condition is_true; every other kind compares: at_least, less_than …"
            )
        if (self.kind == "condition") == bool(self.thresholds):
            raise ValueError("a condition has no thresholds; every other kind has at least one")
        if (self.kind == "condition") == bool(self.unit) or (self.unit and self.unit not in UNITS):
            raise ValueError(
                f"unit {self.unit!r} does not fit; a condition has none, "
                f"else use one of {', '.join(sorted(UNITS))}"
            )
        if self.aggregate is not None and self.kind != "share":
            raise ValueError("only a share has an aggregate")
        if self.among is not None and self.kind != "share":
            raise ValueError("only a share says among whom; delete the line among")
        if self.verified and self.checked_on is None:
            raise ValueError("verified needs checked_on: the day somebody read the clause")
        return self


class GroupIn(Strict):
    id: Id
    name: TextIn


class FrameworkFile(Strict):
    id: Id
    family: Id
    title: TextIn
    instrument: TextIn
    clause: Quoted
    subject: Subject
    in_force_from: Day
    in_force_until: Day | None = None
    legal: bool = True
    complete: bool = True
    options: list[Id] = []
    source: Quoted
    note: TextIn | None = None
    groups: list[GroupIn] = Field(min_length=1)
    leaves: list[LeafIn] = Field(min_length=1)


class AboutFile(Strict):
    version: Annotated[str, BeforeValidator(_quoted), Field(pattern=r"^\d{4}\.\d{2}(\.\d+)?$")]
    families: dict[str, TextIn] = Field(min_length=1)
