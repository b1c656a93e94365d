"""The procedures as pages show them: states with the steps out of them, clocks, bodies by date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.rules.model import Bundle, Option
from sinhthai.rules.procedures import (
    Authority,
    ClockRule,
    DayOff,
    HolidayYear,
    PaperRule,
    Procedure,
    Procedures,
    Sourced,
    State,
    Step,
)
from sinhthai.rules.procedures_wording import (
    GUARDS,
    LEVELS,
    PARTIES,
    say_doer,
    say_event,
    say_limit,
    say_where,
)

# A working day takes this many calendar days in a week of five; only to draw lengths.
CALENDAR_PER_WORKING_DAY = 7 / 5
MOST = 0.75  # of the states that are not final


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure in the list, with how many of its parts were checked against the text."""

    procedure: Procedure
    where: Text
    verified: int
    total: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step out of a state, in words."""

    step: Step
    to: State
    who: Text
    level: Text
    needs: tuple[Text, ...]
    not_by: tuple[Text, ...]
    goes_back: bool


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state with the steps out of it; ``clocks``: those that start on the way into it."""

    state: State
    waits_for: Text | None
    steps: tuple[StepRow, ...]
    clocks: tuple[ClockRule, ...]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock in words; ``share``: its length as a share of the longest, to draw it."""

    clock: ClockRule
    party: Text
    limit: Text
    starts: tuple[Text, ...]
    ends: tuple[Text, ...]
    pauses: tuple[Text, ...]
    pauses_verified: bool  # every step that makes it stand still was read in the law
    by_choice: tuple[tuple[Text, Text], ...]  # the reading's words, what starts it then
    share: float


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party, and its bodies as named on the day, each with the names it had."""

    party: str
    name: Text
    bodies: tuple[tuple[Authority, Text], ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper, and the party that brings it."""

    paper: PaperRule
    party: Text


def rows_on(law: Procedures, on: dt.date) -> list[ProcedureRow]:
    """Return one row a procedure, in the order of the file."""
    rows = []
    for one in law.procedures:
        parts = _parts(one)
        rows.append(
            ProcedureRow(
                procedure=one,
                where=say_where(one.rule.clause, law.instruments),
                verified=sum(rule.verified for rule in parts),
                total=len(parts),
                in_force=is_in_force(one, on),
            )
        )
    return rows


def find(law: Procedures, id: str) -> Procedure | None:
    return next((one for one in law.procedures if one.id == id), None)


def is_in_force(one: Procedure, on: dt.date) -> bool:
    return one.valid_from <= on and (one.valid_until is None or on < one.valid_until)


def anywhere(one: Procedure) -> list[StepRow]:
    """Return the steps open in most states: told once, not under each."""
    return [_step(one, step, goes_back=False) for step in one.steps if _is_anywhere(one, step)]


def _is_anywhere(one: Procedure, step: Step) -> bool:
    return len(step.from_states) > MOST * sum(not state.final for state in one.states)


def states(one: Procedure) -> list[StateRow]:
    """Return the states in order, each with the steps out of it that are not open anywhere."""
    order = [state.id for state in one.states]
    rows = []
    for place, state in enumerate(one.states):
        leading = {step.id for step in one.steps if step.to == state.id}
        rows.append(
            StateRow(
                state=state,
                waits_for=PARTIES[state.waits_for] if state.waits_for else None,
                steps=tuple(
                    _step(one, step, goes_back=order.index(step.to) < place)
                    for step in one.steps
                    if state.id in step.from_states and not _is_anywhere(one, step)
                ),
                clocks=tuple(
                    clock
                    for clock in one.clocks
                    if clock.of == "dossier" and leading.intersection(clock.starts)
                ),
            )
        )
    return rows


def clocks(bundle: Bundle, one: Procedure) -> list[ClockRow]:
    """Return the clocks in words, longest limits drawn longest."""
    longest = max((_length(clock) for clock in one.clocks), default=0.0)
    rows = []
    for clock in one.clocks:
        option = bundle.options.get(clock.option)
        names = {choice.code: choice.name for choice in option.choices} if option else {}
        rows.append(
            ClockRow(
                clock=clock,
                party=PARTIES[clock.party],
                limit=say_limit(clock),
                starts=tuple(say_event(one, id) for id in clock.starts),
                ends=tuple(say_event(one, id) for id in clock.ends),
                pauses=tuple(one.state(id).title for id in clock.pauses),
                pauses_verified=all(
                    step.rule.verified for step in one.steps if step.to in clock.pauses
                ),
                by_choice=tuple(
                    (names[code], say_event(one, id))
                    for code, id in clock.starts_by_choice.items()
                    if code in names
                ),
                share=_length(clock) / longest if longest else 0.0,
            )
        )
    return rows


def parties(law: Procedures, one: Procedure, on: dt.date) -> list[PartyRow]:
    """Return the parties that have bodies, with their names on the day."""
    return [
        PartyRow(
            party,
            _party(party),
            tuple((law.authorities[id], law.authorities[id].name_on(on)) for id in ids),
        )
        for party, ids in one.parties.items()
        if ids
    ]


def papers(one: Procedure) -> list[PaperRow]:
    """Return the papers in the order of the dossier."""
    return [PaperRow(paper, PARTIES[paper.party]) for paper in one.papers]


def options(bundle: Bundle, one: Procedure) -> list[Option]:
    """Return the readings the procedure depends on."""
    return [bundle.options[id] for id in one.options]


def days_by_month(year: HolidayYear) -> list[tuple[dt.date, list[DayOff]]]:
    """Return the days of *year* under the first day of their month."""
    months: dict[dt.date, list[DayOff]] = {}
    for one in year.days:
        months.setdefault(one.day.replace(day=1), []).append(one)
    return sorted(months.items())


def cited(rule: Sourced, instruments: Mapping[str, Text]) -> Text:
    """Return where *rule* stands, as a lawyer cites it."""
    return say_where(rule.clause, instruments)


def _step(one: Procedure, step: Step, *, goes_back: bool) -> StepRow:
    return StepRow(
        step=step,
        to=one.state(step.to),
        who=PARTIES[step.party],
        level=LEVELS[step.level],
        needs=tuple(GUARDS[guard] for guard in step.needs),
        not_by=tuple(say_doer(one, deed) for deed in step.not_by),
        goes_back=goes_back,
    )


def _party(party: str) -> Text:
    known: Mapping[str, Text] = {str(id): said for id, said in PARTIES.items()}
    return known[party]


def _length(clock: ClockRule) -> float:
    days = float(clock.days or 0)
    return days * CALENDAR_PER_WORKING_DAY if clock.unit == "working" else days


def _parts(one: Procedure) -> list[Sourced]:
    return [part.rule for part in _all_parts(one)]


def _all_parts(one: Procedure) -> list[Step | ClockRule | PaperRule]:
    return [*one.steps, *one.clocks, *one.papers]
