"""What must be true before a step, worked out from the rows of a dossier.

One function a guard (an id of ``rules.procedures.Guard``); only those a step needs are asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sinhthai.accounts.models import User
from sinhthai.certification.actions.issuer import active_key
from sinhthai.certification.engine.clocks import Happened, legal_day
from sinhthai.certification.engine.findings import digests_of
from sinhthai.certification.engine.machine import Situation
from sinhthai.certification.models import (
    Certificate,
    Dossier,
    Event,
    Judgement,
    Opinion,
    Override,
    Paper,
    Snapshot,
)
from sinhthai.certification.policy import board_of, committee_of, party_of
from sinhthai.certification.readers.clocks import clocks_of, history_of, opinion_clock
from sinhthai.certification.readers.completeness import missing
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework
from sinhthai.rules.procedures import Guard, Party, Procedure
from sinhthai.rules.procedures_loading import load_procedures

MET = ("met", "not_applicable")
GROUNDS = ("a", "b", "c")  # Art 44: breach of law, criteria no longer met, own request


@dataclass(frozen=True, slots=True)
class Standing:
    """How one criterion of a dossier stands, on its current snapshot.

    ``judged`` None: no judgement has force on the finding as it is now. ``overridden``: the
    obstacles a legal override stands against.
    """

    leaf: str
    status: str
    verified: bool
    judged: bool | None
    overridden: frozenset[str]

    @property
    def is_met(self) -> bool:
        """Say whether finding and judgement are met, or an override stands."""
        return (self.status in MET and self.judged is True) or "not_met" in self.overridden

    @property
    def is_verified(self) -> bool:
        """Say whether the rule was verified, or an override stands."""
        return self.verified or "unverified" in self.overridden


class Lookup:
    """The rows the guards look at: each is read once, and what a page read is handed in."""

    def __init__(
        self,
        dossier: Dossier,
        *,
        standings: Sequence[Standing] | None = None,
        opinions: Sequence[Opinion] | None = None,
        incomplete: bool | None = None,
        asks: bool | None = None,
    ) -> None:
        """Take what is known: every opinion, whether a paper is missing, whether one is asked."""
        self.dossier = dossier
        given = {
            "standings": standings,
            "opinions": opinions,
            "incomplete": incomplete,
            "asks": asks,
        }
        self.__dict__.update({name: value for name, value in given.items() if value is not None})

    @cached_property
    def standings(self) -> Sequence[Standing]:
        """How each criterion stands."""
        return standings(self.dossier)

    @cached_property
    def opinions(self) -> Sequence[Opinion]:
        """What was asked of whom."""
        return list(self.dossier.opinions.defer("text", "positions"))

    @cached_property
    def events(self) -> Sequence[Event]:
        """What happened, oldest first."""
        return list(self.dossier.events.order_by("seq"))

    @cached_property
    def incomplete(self) -> bool:
        """Whether the applicant has to put something right."""
        return bool(missing(self.dossier))

    @cached_property
    def asks(self) -> bool:
        """Whether a supplement asked for is not answered."""
        return self.dossier.supplements.filter(answered_at=None).exists()


def situation_of(
    user: User | None,
    dossier: Dossier,
    at: dt.datetime,
    *,
    wanted: Collection[str] | None = None,
    parties: Mapping[Party, str] | None = None,
    known: Lookup | None = None,
) -> Situation:
    """Return what the machine must know before *user* acts on *dossier*; None is the system.

    Only guards of steps that leave the present state, and that are for a party of the person, are
    worked out; a page narrows them to the steps *wanted*, and hands in what it read.
    """
    procedure = load_procedures().procedure(dossier.procedure)
    if parties is None:
        parties = party_of(user, dossier) if user else {"system": "approver"}
    known = known or Lookup(dossier)
    guards = {
        guard
        for step in procedure.steps
        if dossier.state in step.from_states
        and step.party in parties
        and (wanted is None or step.id in wanted)
        for guard in step.needs
    }
    return Situation(
        state=dossier.state,
        person=str(user.pk) if user else "",
        parties=parties,
        true=frozenset(guard for guard in guards if _GUARDS[guard](known, at)),
        taken=taken_of(dossier, known.events) if parties else {},
    )


def taken_of(dossier: Dossier, events: Sequence[Event] | None = None) -> dict[str, frozenset[str]]:
    """Return who took which step, or did which work, of *dossier*: step -> persons.

    To sign and to upload the signed scan is no preparing: who approves does that.
    """
    found: dict[str, set[str]] = {}
    events = list(dossier.events.all()) if events is None else events
    withdrawn = {one.detail["override"] for one in events if one.kind == "override.withdraw"}
    for event in events:
        if event.actor_id is None:
            continue
        kind, actor, detail = event.kind, event.actor_id, event.detail
        about, _sign, name = kind.partition(".")
        if about == "step":
            found.setdefault(name, set()).add(str(actor))
        elif about == "judgement":
            found.setdefault("judge", set()).add(str(actor))
        elif kind == "override" and detail.get("override") not in withdrawn:
            found.setdefault("override", set()).add(str(actor))
        elif (
            kind in _PREPARING
            or (kind in ("paper.add", "paper.assemble") and _prepares(detail))
            or (kind == "dossier.open" and dossier.kind == Dossier.Kind.REVOKE)
        ):
            found.setdefault("draft", set()).add(str(actor))
    return {step: frozenset(persons) for step, persons in found.items()}


# A revocation is prepared by who opens it and states its ground; an application by who writes it.
_PREPARING = ("dossier.contents", "ground.state", "supplement.answer")


def _prepares(detail: Mapping[str, object]) -> bool:
    return detail.get("origin") != Paper.Origin.SIGNED and detail.get("party") == "applicant"


def standings(dossier: Dossier) -> list[Standing]:
    """Return how each criterion stands, in the order of the framework; empty without findings."""
    snapshot = current_snapshot(dossier)
    framework = framework_of(dossier)
    if snapshot is None or framework is None:
        return []
    digests = digests_of(snapshot.findings)
    statuses = {str(row["leaf"]): str(row["status"]) for row in snapshot.findings}
    judged = {
        row.leaf: row.met
        for row in Judgement.objects.filter(dossier=dossier, is_current=True)
        if digests.get(row.leaf) == row.finding_digest
    }
    overridden: dict[str, set[str]] = {}
    for row in Override.objects.filter(dossier=dossier, withdrawn_at=None):
        if digests.get(row.leaf) == row.finding_digest:
            overridden.setdefault(row.leaf, set()).add(row.obstacle)
    return [
        Standing(
            leaf=leaf.id,
            status=statuses.get(leaf.id, "undetermined"),
            verified=leaf.verified,
            judged=judged.get(leaf.id),
            overridden=frozenset(overridden.get(leaf.id, ())),
        )
        for leaf in framework.leaves
    ]


def current_snapshot(dossier: Dossier) -> Snapshot | None:
    """Return the findings the dossier rests on now."""
    return dossier.snapshots.filter(is_current=True).first()


def framework_of(dossier: Dossier) -> Framework | None:
    """Return the criteria the dossier is held against: those of its day."""
    procedure = load_procedures().procedure(dossier.procedure)
    return load_bundle().framework_on(procedure.family, dossier.on)


def bodies_asked(dossier: Dossier, procedure: Procedure) -> dict[str, str]:
    """Return the bodies the law wants asked, under the dossier's readings: authority -> party."""
    option = procedure.consult_option
    asks = not (option and procedure.consult_when) or (
        dossier.options.get(option, load_bundle().defaults().get(option)) in procedure.consult_when
    )
    consulted = procedure.parties.get("consulted", ()) if asks else ()
    found = dict.fromkeys(consulted, "consulted")
    return found | dict.fromkeys(procedure.parties.get("expert", ()), "expert")


def _papers_complete(known: Lookup, at: dt.datetime) -> bool:
    return not known.incomplete


def _supplements_answered(known: Lookup, at: dt.datetime) -> bool:
    return not known.asks


def _consulted_asked(known: Lookup, at: dt.datetime) -> bool:
    return not _unasked(known)


def _bodies_to_ask(known: Lookup, at: dt.datetime) -> bool:
    return bool(_unasked(known))


def _unasked(known: Lookup) -> set[str]:
    procedure = load_procedures().procedure(known.dossier.procedure)
    asked = {opinion.authority for opinion in known.opinions}
    return set(bodies_asked(known.dossier, procedure)) - asked


def _opinions_in(known: Lookup, at: dt.datetime) -> bool:
    """Say whether each consulted body answered, or its time has run out."""
    today = legal_day(at)
    waiting = [
        one for one in known.opinions if one.party == "consulted" and one.answered_at is None
    ]
    history = history_of(known.dossier, known.events) if waiting else []
    return all(_has_run_out(one, known.dossier, history, today) for one in waiting)


def _has_run_out(
    opinion: Opinion, dossier: Dossier, history: list[Happened], today: dt.date
) -> bool:
    clock = opinion_clock(opinion, dossier, history, today)
    return clock is not None and clock.is_late


def _expert_answered(known: Lookup, at: dt.datetime) -> bool:
    """Say whether the qualified body answered, or the Board has no day left to wait for it.

    41.5 lets the Board consult it and sets it no time, but binds the Board: on the last day of the
    evaluation the Board may conclude without the answer of who was asked (our inference).
    """
    if all(one.answered_at for one in known.opinions if one.party == "expert"):
        return True
    today = legal_day(at)
    procedure = load_procedures().procedure(known.dossier.procedure)
    waits = {step.id for step in procedure.steps if "expert_answered" in step.needs}
    days = [
        clock.due_on
        for clock in clocks_of(known.dossier, today, known.events)
        if waits & set(clock.rule.ends)
    ]
    return any(day is not None and day <= today for day in days)


def _all_judged(known: Lookup, at: dt.datetime) -> bool:
    rows = known.standings
    return bool(rows) and all(row.judged is not None for row in rows)


def _criteria_met(known: Lookup, at: dt.datetime) -> bool:
    rows = known.standings
    return bool(rows) and all(row.is_met for row in rows)


def _criteria_failed(known: Lookup, at: dt.datetime) -> bool:
    return any(row.judged is False for row in known.standings)


def _rules_verified(known: Lookup, at: dt.datetime) -> bool:
    rows = known.standings
    return bool(rows) and all(row.is_verified for row in rows)


def _key_ready(known: Lookup, at: dt.datetime) -> bool:
    dossier = known.dossier
    issuer = board_of(dossier.park) if dossier.enterprise_id else committee_of(dossier.park)
    return issuer is not None and active_key(issuer) is not None


def _park_certified(known: Lookup, at: dt.datetime) -> bool:
    """Say whether the park holds a certificate that is valid: a suspended one is none."""
    return Certificate.objects.filter(
        park=known.dossier.park_id,
        enterprise=None,
        state=Certificate.State.VALID,
        valid_until__gt=legal_day(at),
    ).exists()


def _ground_stated(known: Lookup, at: dt.datetime) -> bool:
    """Say whether a ground of Article 44 and the facts it rests on are written in the case."""
    contents = known.dossier.contents
    return str(contents.get("ground", "")) in GROUNDS and bool(
        str(contents.get("ground_reason", "")).strip()
    )


_GUARDS: Mapping[Guard, Callable[[Lookup, dt.datetime], bool]] = {
    "papers_complete": _papers_complete,
    "supplements_answered": _supplements_answered,
    "consulted_asked": _consulted_asked,
    "bodies_to_ask": _bodies_to_ask,
    "opinions_in": _opinions_in,
    "expert_answered": _expert_answered,
    "all_judged": _all_judged,
    "criteria_met": _criteria_met,
    "criteria_failed": _criteria_failed,
    "rules_verified": _rules_verified,
    "key_ready": _key_ready,
    "park_certified": _park_certified,
    "ground_stated": _ground_stated,
}
