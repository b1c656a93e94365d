"""Which papers of a dossier a person may read.

What the applicant filed goes to every party. What an authority wrote stays with the authorities
until the step that sends it out was taken; what belongs to an opinion follows the opinion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.models import Dossier, Event, Opinion, Paper
from sinhthai.certification.policy import (
    opinions_shown,
    opinions_visible,
    party_of,
    seats_of,
    was_sent,
)
from sinhthai.certification.wording import procedure_of
from sinhthai.registry.policy import Person
from sinhthai.rules.procedures import PaperRule, Party, Procedure

AUTHORITIES: tuple[Party, ...] = ("receiver", "issuer")
# Papers of an authority that are written to be sent out, not to be discussed.
ADDRESSED = ("certificate", "decision", "failure_notice", "revocation_notice")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person may see of one dossier."""

    parties: Mapping[Party, str]  # as what the person takes part, with the level
    overseer: bool  # an authority of the case, or one that reads the whole country
    opinions: Sequence[Opinion]
    opinions_shown: bool
    taken: frozenset[str]  # ids of the steps taken

    bodies: frozenset[int] = frozenset()  # the organisations the person acts for

    @property
    def own_opinions(self) -> frozenset[int]:
        """Return the opinions whose files the person may read: answered, or their own body's."""
        return frozenset(
            one.pk
            for one in self.opinions
            if one.answered_at is not None or one.organisation_id in self.bodies
        )


def sight_of(user: Person, dossier: Dossier, events: Sequence[Event] | None = None) -> Sight:
    """Return what *user* may see; pass the *events* where they were read already."""
    parties = party_of(user, dossier)
    kinds = (
        [event.kind for event in events]
        if events is not None
        else dossier.events.filter(kind__startswith="step.").values_list("kind", flat=True)
    )
    return Sight(
        parties=parties,
        overseer=any(party in parties for party in AUTHORITIES)
        or (scopes_of(user).country and was_sent(dossier)),
        opinions=opinions_visible(user, dossier, parties=parties),
        opinions_shown=opinions_shown(dossier),
        taken=frozenset(kind.removeprefix("step.") for kind in kinds if kind.startswith("step.")),
        bodies=frozenset(seat.organisation.pk for seat in seats_of(user)),
    )


def is_shown(paper: Paper, dossier: Dossier, sight: Sight) -> bool:
    """Say whether *paper* may be read by whoever has *sight* of the dossier.

    What was taken back stays with those who filed it: it may have been the wrong file.
    """
    if paper.withdrawn_at is not None:
        if paper.opinion is not None:
            return paper.opinion.organisation_id in sight.bodies
        rule = rule_of(paper.slot, procedure_of(dossier))
        return rule is not None and rule.party in sight.parties
    if paper.opinion_id is not None:
        return paper.opinion_id in sight.own_opinions
    return slot_shown(paper.slot, procedure_of(dossier), sight)


def slot_shown(slot: str, procedure: Procedure, sight: Sight) -> bool:
    """Say whether papers of *slot* may be read by whoever has *sight* of the dossier."""
    rule = rule_of(slot, procedure)
    if sight.overseer or (rule is not None and rule.party == "applicant"):
        return True
    if rule is None:
        return False
    if slot in ADDRESSED:
        makers = {step.id for step in procedure.steps if step.makes == slot}
        return bool(makers & sight.taken)
    return "applicant" in sight.parties and sight.opinions_shown


def rule_of(slot: str, procedure: Procedure) -> PaperRule | None:
    """Return the paper of *procedure* a slot stands for, or None."""
    return next((paper for paper in procedure.papers if paper.id == slot), None)
