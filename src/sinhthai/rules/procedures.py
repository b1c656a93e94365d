"""Administrative procedures as dated data: parties, papers, steps, clocks; and days off.

The data are ``data/procedures.yaml`` and ``data/holidays.yaml``, reviewed by people and compiled
into ``data/procedures.json`` (``sinhthai rules compile``). One state machine runs any procedure,
one engine its clocks: ``machine`` and ``clocks`` of :mod:`sinhthai.certification.engine`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

Kind = Literal["issue", "recertify", "revoke", "review"]
Subject = Literal["park", "enterprise"]
# The parties of a procedure. Who they are for a dossier is found from its park and enterprise.
Party = Literal["applicant", "receiver", "issuer", "consulted", "expert", "system"]
Level = Literal["editor", "approver"]
Unit = Literal["calendar", "working"]
# What must be true before a step; each is worked out by ``certification.guards``.
Guard = Literal[
    "papers_complete",  # every required paper of the party is there, signed where it must be
    "supplements_answered",  # nothing asked of the applicant is open
    "consulted_asked",  # every body of ``consulted`` and ``expert`` was sent the dossier
    "opinions_in",  # each consulted body answered, or its clock has run out
    "expert_answered",  # the qualified body answered, or it is the last day of the evaluation
    "all_judged",  # every criterion has a judgement on the finding as it is now
    "criteria_met",  # every finding and judgement is met, or a legal override stands
    "criteria_failed",  # at least one criterion is judged not met
    "rules_verified",  # no normative leaf is unverified, or a legal override stands
    "key_ready",  # the issuer has a key that may sign
    "bodies_to_ask",  # a body to be asked under these readings was not sent the dossier yet
    "park_certified",  # the park the enterprise is in holds a valid certificate
    "ground_stated",  # a ground of revocation with its evidence is recorded
]


@dataclass(frozen=True, slots=True)
class Sourced:
    """Where a rule stands, and how sure we are of it."""

    clause: str
    source: str
    confidence: str  # T, S, SPEC, I, from memory
    verified: bool
    checked_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Named:
    """A name in use from ``valid_from`` until the day before ``valid_until``."""

    name: Text
    valid_from: dt.date
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Authority:
    """A body of the state, or of the trade, by its function; its name changes with time."""

    id: str  # lead_investment_ministry, environment_dept, management_board, recp_body …
    kind: str  # the kind of organisation: ministry, department, management_board …
    names: tuple[Named, ...]
    rule: Sourced

    def name_on(self, day: dt.date) -> Text:
        """Return the name in use on *day* (the first one before any)."""
        for named in self.names:
            if named.valid_from <= day and (named.valid_until is None or day < named.valid_until):
                return named.name
        return self.names[0].name


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A paper of the dossier.

    ``made``: "assembled" from stored facts by the system, or "uploaded". ``signed``: a signed scan
    must come back. ``form``: the number of the official form where known.
    """

    id: str
    title: Text
    party: Party
    made: Literal["assembled", "uploaded"]
    required: bool
    signed: bool
    form: str
    rule: Sourced


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A statutory clock. ``days`` None: the law states no limit.

    It starts at the first of ``starts`` (ids of steps; for ``of == "opinion"`` also "sent" and
    "received" of that opinion) and ends at the first of ``ends``; it stands still while the
    dossier is in one of ``pauses``. ``option``: the reading that chooses among ``starts`` by
    choice code (``{"agency-receipt": "received", "board-receipt": "accept"}``) or "".
    """

    id: str
    title: Text
    of: Literal["dossier", "opinion"]
    party: Party  # who must act before it runs out
    days: int | None
    unit: Unit
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    pauses: tuple[str, ...]
    option: str
    starts_by_choice: Mapping[str, str]
    rule: Sourced


@dataclass(frozen=True, slots=True)
class State:
    """A state of a dossier. ``waits_for`` "" when nobody needs to act or it is final."""

    id: str
    title: Text
    public: Text  # what the public timeline says
    waits_for: Party | Literal[""]
    duty: Text  # what the one it waits for has to do, in the imperative; empty when nobody
    final: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A transition: who may take it, from where to where, and what must be true first.

    ``not_by``: whoever took one of these steps of the same dossier may not take this one.
    ``makes``: the paper this step produces and fixes (an id of ``papers``), or "".
    """

    id: str
    title: Text
    done: Text  # the public timeline's words once it happened
    from_states: tuple[str, ...]
    to: str
    party: Party
    level: Level
    needs: tuple[Guard, ...]
    not_by: tuple[str, ...]
    reason: bool  # a reason must be given
    makes: str
    rule: Sourced


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure in force from a day until the day before ``valid_until``."""

    id: str  # vn-eip-issue-d35
    kind: Kind
    subject: Subject
    family: str  # the criteria: vn-eip, vn-eco-enterprise
    code: str  # of the national catalogue of administrative procedures, "" if unknown
    title: Text
    valid_from: dt.date
    valid_until: dt.date | None
    sets: int  # paper sets the law asks
    certificate_years: int | None  # issue and recertify: how long the certificate holds
    renewal_opens_days: int | None  # recertify: days before its end from which one may apply
    parties: Mapping[str, tuple[str, ...]]  # party -> ids of authorities
    consult_option: str  # the reading that says whether ``consulted`` are asked, or ""
    consult_when: tuple[str, ...]  # its choices under which they are; empty: always
    opinions_shown_in: tuple[str, ...]  # states in which the applicant may read the opinions
    options: tuple[str, ...]  # A5, A6, A7: readings pinned in each dossier
    start: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    clocks: tuple[ClockRule, ...]
    papers: tuple[PaperRule, ...]
    rule: Sourced

    def opens_on(self, last_day: dt.date) -> dt.date | None:
        """Return from when what ends after *last_day* may be renewed; None: at any time."""
        if self.renewal_opens_days is None:
            return None
        return last_day - dt.timedelta(days=self.renewal_opens_days)

    def state(self, id: str) -> State:
        return next(state for state in self.states if state.id == id)

    def step(self, id: str) -> Step:
        return next(step for step in self.steps if step.id == id)

    def clock(self, id: str) -> ClockRule:
        return next(clock for clock in self.clocks if clock.id == id)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off that is not a weekend, or a weekend day worked in exchange (``works``)."""

    day: dt.date
    name: Text
    works: bool


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The days off of a year, with the decision that fixed them."""

    year: int
    days: tuple[DayOff, ...]
    decision: Text
    rule: Sourced


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that comes back: every quarter, half-year, year or two years.

    ``due``: (month, day) of each time in the year it is due before; empty when the law gives none
    (an office sets its own day). ``cycle_year``: of what comes every two years, a year in which it
    falls due; else None.
    """

    id: str
    title: Text
    party: str  # investor, enterprise, management_board, peoples_committee …
    to: str
    form: str  # A.4, B.5 … or ""
    every: Literal["quarter", "half_year", "year", "two_years"]
    due: tuple[tuple[int, int], ...]
    cycle_year: int | None
    after_working_days: int | None  # counted from another obligation's due day (``after``)
    after: str
    certified_only: bool  # only holders of a certificate owe it
    valid_from: dt.date
    valid_until: dt.date | None
    rule: Sourced


@dataclass(frozen=True, slots=True, eq=False)
class Procedures:
    """All procedures, authorities, days off and obligations, with the hash of their files."""

    hash: str
    procedures: tuple[Procedure, ...]
    authorities: Mapping[str, Authority]
    holidays: Mapping[int, HolidayYear]
    obligations: tuple[Obligation, ...]
    instruments: Mapping[str, Text]  # what the letters of a clause stand for

    def procedure(self, id: str) -> Procedure:
        return next(one for one in self.procedures if one.id == id)

    def procedure_on(self, kind: str, subject: str, day: dt.date) -> Procedure | None:
        """Return the procedure of *kind* for *subject* in force on *day*, or None."""
        for one in self.procedures:
            if (
                (one.kind, one.subject) == (kind, subject)
                and one.valid_from <= day
                and (one.valid_until is None or day < one.valid_until)
            ):
                return one
        return None
