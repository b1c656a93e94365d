"""Checked YAML of the procedures to the content of ``procedures.json``: flows are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinhthai.rules.procedures_schema import (
    FlowIn,
    HolidaysFile,
    HolidayYearIn,
    ObligationIn,
    ProcedureIn,
    ProceduresFile,
    StepIn,
    StepUseIn,
)

# What a person did to a dossier that is no transition: ``not_by`` may name it.
DEEDS = frozenset({"draft", "judge", "override"})
_SOURCED = ("clause", "source", "confidence", "verified", "checked_on")


def content_of(file: ProceduresFile, holidays: HolidaysFile) -> dict[str, Any]:
    """Return the JSON content: every procedure complete, every date a text."""
    flows = {flow.id: flow for flow in file.flows}
    return {
        "instruments": {letters: name.model_dump() for letters, name in file.instruments.items()},
        "authorities": [one.model_dump(by_alias=True) for one in file.authorities],
        "procedures": [_procedure(one, flows[one.flow]) for one in file.procedures],
        "holidays": [_year(one) for one in holidays.years],
        "obligations": [_obligation(one) for one in file.obligations],
    }


def step_of(use: StepUseIn, step: StepIn) -> StepIn:
    """Return *step* of a flow as the procedure of *use* has it."""
    given = {
        name: value
        for name, value in use.model_dump(exclude_unset=True).items()
        if name not in _SOURCED and value is not None
    }
    return step.model_copy(update=given)


def _procedure(one: ProcedureIn, flow: FlowIn) -> dict[str, Any]:
    steps = {step.id: step for step in flow.steps}
    row = one.model_dump(exclude={"flow", "in_force_from", "in_force_until"})
    return {
        **row,
        "code": one.code or "",
        "valid_from": one.in_force_from,
        "valid_until": one.in_force_until,
        "consult_option": one.consult_option or "",
        "parties": {"applicant": [], **row["parties"]},
        "states": _states(one, flow),
        "steps": [
            {**_step(step_of(use, steps[use.id]), one), **_sourced(use, one)} for use in one.steps
        ],
        "clocks": [
            {
                **clock.model_dump(),
                "unit": clock.unit or "calendar",
                "option": clock.option or "",
                **_sourced(clock, one),
            }
            for clock in one.clocks
        ],
        "papers": [
            {**paper.model_dump(), "form": paper.form or "", **_sourced(paper, one)}
            for paper in one.papers
        ],
    }


def _states(one: ProcedureIn, flow: FlowIn) -> list[dict[str, Any]]:
    states = {state.id: state.model_dump() for state in flow.states}
    rows = []
    for use in one.states:
        given = {key: value for key, value in use.model_dump().items() if value is not None}
        row = {**states[use.id], **given}
        rows.append({**row, "waits_for": row["waits_for"] or ""})
    return rows


def _step(step: StepIn, procedure: ProcedureIn) -> dict[str, Any]:
    """Return *step* with only the states and steps this procedure has of its flow."""
    states = {use.id for use in procedure.states}
    steps = {*DEEDS, *(use.id for use in procedure.steps)}
    row = step.model_dump()
    return {
        **{key: value for key, value in row.items() if key != "starts"},
        "from_states": [state for state in step.starts if state in states],
        "not_by": [deed for deed in step.not_by if deed in steps],
        "makes": step.makes or "",
    }


def _sourced(row: Any, procedure: ProcedureIn) -> Mapping[str, Any]:
    """Return the source of a part of *procedure*: its own, or that of the procedure."""
    return {
        "clause": row.clause,
        "source": row.source or procedure.source,
        "confidence": row.confidence,
        "verified": row.verified,
        # Only what was read has a day on which it was.
        "checked_on": (row.checked_on or procedure.checked_on) if row.verified else row.checked_on,
    }


def _year(one: HolidayYearIn) -> dict[str, Any]:
    days = [
        {**day.model_dump(), "works": works}
        for works, rows in ((False, one.days_off), (True, one.days_worked))
        for day in rows
    ]
    row = one.model_dump(exclude={"days_off", "days_worked"})
    return {**row, "days": sorted(days, key=lambda day: str(day["day"]))}


def _obligation(one: ObligationIn) -> dict[str, Any]:
    row = one.model_dump(exclude={"in_force_from", "in_force_until"})
    return {
        **row,
        "form": one.form or "",
        "after": one.after or "",
        "due": [[int(part) for part in day.split("-")] for day in one.due],
        "valid_from": one.in_force_from,
        "valid_until": one.in_force_until,
    }
