"""The clauses of Articles 40 to 45 as cases a lawyer can read, put to the clocks and the machine."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sinhthai.certification.engine.clocks import Calendar, Clock, Happened, run
from sinhthai.certification.engine.machine import Situation, refusal
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures import Procedure
from sinhthai.rules.procedures_loading import load_procedures

HERE = Path(__file__).parent / "procedure_cases"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = dt.timedelta(days=1)
PERSON = "the one who acts"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class FactCase(_Strict):
    name: str
    expected: dict[str, Any]
    because: str = Field(min_length=2)


class ClockCase(_Strict):
    name: str
    clock: str
    options: dict[str, str] = {}
    happened: list[dict[str, str]]
    runs: bool = True
    due: str | None = None  # none: no limit is stated, or the days off of ``unknown`` are missing
    unknown: str | None = None
    stopped: str | None = None
    left: dict[str, int] = {}
    late: dict[str, bool] = {}
    because: str = Field(min_length=2)

    @model_validator(mode="after")
    def _says_something(self) -> ClockCase:
        if not (self.due or self.unknown or self.late or not self.runs):
            raise ValueError("a case expects due, unknown, late, or runs: false")
        return self


class StepCase(_Strict):
    name: str
    step: str
    in_state: str = Field(alias="in")
    as_parties: dict[str, str] = Field(alias="as")
    did: list[str] = []
    true: list[str] = []
    allowed: bool = False
    refused: str | None = None
    says: str | None = None
    because: str = Field(min_length=2)

    @model_validator(mode="after")
    def _one_answer(self) -> StepCase:
        if self.allowed == (self.refused is not None) or (self.refused is None) != (
            self.says is None
        ):
            raise ValueError("a case is allowed, or refused and says the clause")
        return self


class CaseFile(_Strict):
    procedure: str
    facts: list[FactCase] = Field(min_length=1)
    clocks: list[ClockCase]
    steps: list[StepCase] = Field(min_length=1)


class _Loader(yaml.SafeLoader):
    """YAML in which ``true`` is the name of a list of what holds, as well as a value."""


def _text_keys(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


_Loader.add_constructor("tag:yaml.org,2002:map", _text_keys)


def _files() -> list[CaseFile]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.yaml"))]
    return [CaseFile.model_validate(yaml.load(text, Loader=_Loader)) for text in texts]


FILES = _files()


@dataclass(frozen=True)
class One:
    """One case of one procedure, named for the test report."""

    procedure: Procedure
    case: Any

    def __str__(self) -> str:
        return f"{self.procedure.id}: {self.case.name}"


def _all(kind: str) -> list[One]:
    law = load_procedures()
    return [
        One(law.procedure(file.procedure), case) for file in FILES for case in getattr(file, kind)
    ]


def _at(text: str) -> dt.datetime:
    if "T" in text:
        return dt.datetime.fromisoformat(text)
    return dt.datetime.fromisoformat(f"{text}T09:00").replace(tzinfo=ZONE)


def _history(procedure: Procedure, case: ClockCase) -> list[Happened]:
    steps = {step.id: step.to for step in procedure.steps}
    rows = [(what, at) for entry in case.happened for what, at in entry.items()]
    return [Happened(what, _at(at).astimezone(dt.UTC), steps.get(what, "")) for what, at in rows]


def _clock(one: One, today: dt.date) -> Clock | None:
    procedure, case = one.procedure, one.case
    options = {**load_bundle().defaults(), **case.options}
    found = run(
        [procedure.clock(case.clock)],
        _history(procedure, case),
        Calendar(load_procedures().holidays),
        options,
        today,
        frozenset(state.id for state in procedure.states if state.final),
    )
    return found[0] if found else None


def _running(one: One, today: dt.date) -> Clock:
    found = _clock(one, today)
    assert found is not None, one.case.because
    return found


def _last_day(case: ClockCase) -> dt.date:
    *_, last = (at for entry in case.happened for at in entry.values())
    return _at(last).astimezone(ZONE).date()


@pytest.mark.parametrize("one", _all("facts"), ids=str)
def test_what_the_decree_asks(one: One) -> None:
    procedure, applicants = one.procedure, "of applicant"
    papers = [paper for paper in procedure.papers if paper.party == "applicant"]
    said: dict[str, Any] = {
        "sets": procedure.sets,
        "certificate_years": procedure.certificate_years,
        "renewal_opens_days": procedure.renewal_opens_days,
        **{party: list(ids) for party, ids in procedure.parties.items()},
        f"papers {applicants}": [paper.id for paper in papers],
        f"required {applicants}": [paper.id for paper in papers if paper.required],
    }
    found = {key: said[key] for key in one.case.expected}
    assert found == one.case.expected, one.case.because


@pytest.mark.parametrize("one", _all("clocks"), ids=str)
def test_the_clock_ends_on_the_day_of_the_case(one: One) -> None:
    case = one.case
    found = _clock(one, _last_day(case))
    assert (found is not None) == case.runs, case.because
    if found is None:
        return
    assert (found.due_on and found.due_on.isoformat()) == case.due or case.unknown, case.because
    assert (found.stopped_on and found.stopped_on.isoformat()) == case.stopped, case.because
    if case.unknown:
        assert found.problem is not None
        assert case.unknown in found.problem.message.en
    else:
        assert found.problem is None


@pytest.mark.parametrize(
    "one", [one for one in _all("clocks") if one.case.due and not one.case.stopped], ids=str
)
def test_it_is_late_on_the_day_after_and_not_before(one: One) -> None:
    due = dt.date.fromisoformat(one.case.due)
    late = [_running(one, day).is_late for day in (due - DAY, due, due + DAY)]
    assert late == [False, False, True], one.case.because
    assert _running(one, due).working_days_left == 0


@pytest.mark.parametrize(
    "one", [one for one in _all("clocks") if one.case.left or one.case.late], ids=str
)
def test_what_the_case_says_of_single_days(one: One) -> None:
    for day, left in one.case.left.items():
        found = _running(one, dt.date.fromisoformat(day)).working_days_left
        assert found == left, f"{day}: {one.case.because}"
    for day, late in one.case.late.items():
        found_late = _running(one, dt.date.fromisoformat(day)).is_late
        assert found_late == late, f"{day}: {one.case.because}"


@pytest.mark.parametrize("one", _all("steps"), ids=str)
def test_the_step_is_allowed_or_refused_with_its_clause(one: One) -> None:
    case = one.case
    situation = Situation(
        state=case.in_state,
        person=PERSON,
        parties=case.as_parties,
        true=frozenset(case.true),
        taken={deed: frozenset({PERSON}) for deed in case.did},
    )
    problem = refusal(one.procedure, case.step, situation)
    assert (problem is None) == case.allowed, f"{problem}: {case.because}"
    if problem is not None:
        assert problem.code == case.refused, case.because
        assert f"({case.says})" in problem.message.en, case.because
        assert f"({case.says})" in problem.message.vi, case.because
        assert problem.cure.vi


def test_every_procedure_has_cases() -> None:
    ids = [file.procedure for file in FILES]
    assert sorted(ids) == sorted(one.id for one in load_procedures().procedures)


def test_every_step_was_allowed_once_and_refused_once() -> None:
    seen = {(one.procedure.id, one.case.step, one.case.allowed) for one in _all("steps")}
    for procedure in load_procedures().procedures:
        for step in procedure.steps:
            for allowed in (True, False):
                assert (procedure.id, step.id, allowed) in seen


def test_every_clause_a_procedure_rests_on_is_the_reason_of_a_case() -> None:
    for file in FILES:
        procedure = load_procedures().procedure(file.procedure)
        parts = [*procedure.steps, *procedure.clocks, *procedure.papers]
        clauses = {one for part in parts for one in part.rule.clause.split(", ")}
        given = " ".join(case.because for case in [*file.facts, *file.clocks, *file.steps])
        said = set(re.findall(r"\d+(?:\.\d+)?(?:\.[a-z]\b)?", given))
        said |= {one.split(".")[0] for one in said}  # 45.1 is of 45
        # A case of a clause is one of its letters too: 41.2 of 41.2.a.
        missing = {one for one in clauses - said if re.sub(r"\.[a-z]$", "", one) not in said}
        assert not missing, procedure.id


def test_every_clock_was_seen_and_every_limit_before_on_and_after() -> None:
    seen: dict[tuple[str, str], list[ClockCase]] = defaultdict(list)
    for one in _all("clocks"):
        seen[one.procedure.id, one.case.clock].append(one.case)
    for procedure in load_procedures().procedures:
        for clock in procedure.clocks:
            cases = seen[procedure.id, clock.id]
            assert cases, f"no case of {procedure.id} {clock.id}"
            open_ended = any(case.due and not case.stopped for case in cases)
            assert open_ended == (clock.days is not None), f"{procedure.id} {clock.id}"


def test_every_reading_of_a_clock_was_seen() -> None:
    default = load_bundle().defaults()
    choices = {option: one.choices for option, one in load_bundle().options.items()}
    for procedure in load_procedures().procedures:
        cases = [one.case for one in _all("clocks") if one.procedure is procedure]
        for clock in procedure.clocks:
            if clock.option:
                seen = {
                    case.options.get(clock.option, default[clock.option])
                    for case in cases
                    if case.clock == clock.id
                }
                missing = {choice.code for choice in choices[clock.option]} - seen
                if procedure.kind == "issue" or clock.option == "A6":
                    assert not missing, f"{procedure.id} {clock.id}: {missing}"
    for kind in ("park", "enterprise"):
        seen_a7 = {
            one.case.options.get("A7", default["A7"])
            for one in _all("clocks")
            if one.procedure.subject == kind and one.procedure.kind == "issue"
        }
        assert seen_a7 == {choice.code for choice in choices["A7"]}


def test_tet_is_in_the_cases_of_every_kind_of_limit() -> None:
    tet = [
        (dt.date(2026, 2, 16), dt.date(2026, 2, 22)),
        (dt.date(2027, 2, 4), dt.date(2027, 2, 10)),
    ]
    crossed = set()
    for one in _all("clocks"):
        if one.case.due:
            first, last = _running(one, _last_day(one.case)).started_on, one.case.due
            for start, end in tet:
                if first < start and last > end.isoformat():
                    crossed.add((one.procedure.subject, one.case.clock))
    assert {("park", "send_opinions"), ("park", "opinion"), ("park", "evaluate")} <= crossed
    assert {("enterprise", "opinion"), ("enterprise", "evaluate")} <= crossed
