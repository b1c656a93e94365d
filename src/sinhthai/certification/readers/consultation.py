"""Whom a dossier goes to for an opinion: the bodies the law names, and who stands for them here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sinhthai.accounts.models import Organisation
from sinhthai.certification.actions.duties import waits_for_receipt
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.guards import bodies_asked
from sinhthai.certification.models import Dossier, Opinion, Paper
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_loading import load_procedures


@dataclass(frozen=True, slots=True)
class Body:
    """A body the procedure asks. ``organisation`` None: nobody stands for it in the system yet."""

    authority: str
    name: Text  # in use on the day asked
    party: str  # consulted, expert
    choices: tuple[Organisation, ...]  # who may be asked; several for a qualified body
    opinion: Opinion | None
    attached: tuple[Paper, ...]
    today: dt.date
    unconfirmed: bool = False  # its time stands still: nobody confirmed the receipt

    @property
    def days_late(self) -> int:
        """Calendar days past the day due; 0 once answered, or while there is time."""
        said = self.opinion
        if said is None or said.answered_at or said.due_on is None:
            return 0
        return max((self.today - said.due_on).days, 0)


def read_bodies(dossier: Dossier, opinions: Iterable[Opinion], *, today: dt.date) -> list[Body]:
    """Return the bodies of the procedure in its order; two queries."""
    procedures, procedure = load_procedures(), procedure_of(dossier)
    wanted = [(party, id) for id, party in bodies_asked(dossier, procedure).items()]
    standing: dict[str, list[Organisation]] = {}
    here = dossier.park.province_now.code
    ids = [id for _party, id in wanted]
    for organisation in Organisation.objects.filter(authority__in=ids).order_by("name_vi"):
        if organisation.province in ("", here):
            standing.setdefault(organisation.authority, []).append(organisation)
    asked = {opinion.authority: opinion for opinion in opinions}
    attached: dict[int | None, list[Paper]] = {}
    for paper in Paper.objects.filter(
        opinion__in=[one.pk for one in asked.values() if one.answered_at], withdrawn_at=None
    ).order_by("id"):
        attached.setdefault(paper.opinion_id, []).append(paper)
    return [
        Body(
            authority=id,
            name=procedures.authorities[id].name_on(
                legal_day(asked[id].sent_at) if id in asked else today
            ),
            party=party,
            choices=tuple(standing.get(id, ())),
            opinion=asked.get(id),
            attached=tuple(attached.get(asked[id].pk, ())) if id in asked else (),
            today=today,
            unconfirmed=id in asked and waits_for_receipt(asked[id], dossier, today),
        )
        for party, id in wanted
    ]
