"""Everything the papers of one dossier are written from, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.accounts.models import Organisation
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.documents.report import Input
from sinhthai.assessment.inputs import inputs_of
from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import Header
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate, Dossier, Event, Opinion
from sinhthai.certification.policy import board_of, committee_of
from sinhthai.certification.readers.evaluation import Evaluation, read_evaluation
from sinhthai.certification.wording import (
    enterprise_name,
    organisation_name,
    park_name,
    procedure_of,
    subject_name,
)
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.registry.models import ProvinceTitle
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures import PaperRule, Procedure
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.rules.wording import say_clause


@dataclass(frozen=True, slots=True, eq=False)
class PaperFacts:
    """A dossier as its papers say it, in one language.

    ``values`` are what stood of the subject in the dossier's year, as known when its snapshot was
    taken (before there is one: at ``at``), so that a paper can be made again. ``place`` is the
    province under its title of the day, ``province`` its bare name.
    """

    dossier: Dossier
    procedure: Procedure
    language: str
    at: dt.datetime
    subject: Text
    park: Text
    operator: Text | None
    place: Text
    province: str
    board: Text
    committee: Text
    values: Mapping[str, Input]
    evaluation: Evaluation | None
    opinions: tuple[Opinion, ...]
    events: tuple[Event, ...]
    about: Certificate | None

    @property
    def is_park(self) -> bool:
        return self.dossier.enterprise_id is None

    @property
    def applicant(self) -> Text:
        """Who files: the infrastructure investor, or the enterprise itself."""
        if not self.is_park:
            return self.subject
        if self.operator is not None:
            return self.operator
        named = self.values.get("investor_name")
        said = str(named.raw) if named and named.raw else ""
        if said:
            return Text(said, said)
        filed = next((one.organisation for one in self.events if one.kind == "dossier.open"), None)
        if filed is not None and filed.kind == Organisation.Kind.OPERATOR:
            return organisation_name(filed)
        return self.park

    @property
    def issuer(self) -> Text:
        """The People's Committee for a park, the Management Board for an enterprise."""
        return self.committee if self.is_park else self.board

    @property
    def invented(self) -> bool:
        """Whether anything the papers rest on is made up for demonstration (H11)."""
        enterprise, operator = self.dossier.enterprise, self.dossier.park.operator
        return (
            self.dossier.park.invented
            or bool(enterprise and enterprise.invented)
            or bool(operator and operator.invented)
        )

    @property
    def title_of_certificate(self) -> Text:
        """What is asked for, issued or revoked."""
        if self.is_park:
            return Text("khu công nghiệp sinh thái", "eco-industrial park")
        return Text("doanh nghiệp sinh thái", "eco-enterprise")

    def say(self, text: Text) -> str:
        """Return *text* in the language of the papers."""
        return text.get(self.language)

    def day(self, at: dt.datetime | dt.date | None) -> str | None:
        """Return the legal day of an instant; None where it has not come."""
        if at is None:
            return None
        day = legal_day(at) if isinstance(at, dt.datetime) else at
        return format_date(day, self.language)

    def clause(self, clause: str) -> str:
        return say_clause(clause, self.language)

    def written(self, field: str) -> str | None:
        """Return what the applicant wrote, None where nothing."""
        return str(self.dossier.contents.get(field, "")).strip() or None

    def value(self, item: str) -> str | None:
        """Return a reported value in words, None where nobody reported it."""
        found = self.values.get(item)
        return self.say(found.value) if found else None

    def step_at(self, *steps: str) -> dt.datetime | None:
        """Return when the first of *steps* was last taken."""
        wanted = {f"step.{step}" for step in steps}
        return next((e.at for e in reversed(self.events) if e.kind in wanted), None)

    def step_reason(self, *steps: str) -> str:
        """Return the reason given with the last of *steps*."""
        wanted = {f"step.{step}" for step in steps}
        return next((e.reason for e in reversed(self.events) if e.kind in wanted), "")

    def rule(self, slot: str) -> PaperRule | None:
        return next((paper for paper in self.procedure.papers if paper.id == slot), None)

    def header(self, body: Text, symbol: str = "", *, place: str | None = None) -> Header:
        """Return the head of a paper of *body*, with room for its number and its day."""
        where = self.province if place is None else place
        return Header(body=self.say(body), symbol=symbol, place=where)

    def pins(self) -> tuple[tuple[str, str], ...]:
        """Return how to get the same paper again (H6)."""
        lines = [(self.say(Text("Hồ sơ", "Dossier")), self.dossier.public_id)]
        if self.evaluation is not None:
            lines += pin_lines(self.evaluation.report, self.language)
            label = Text("Mã băm kết quả", "Digest of the findings")
            lines.append((self.say(label), self.evaluation.snapshot.digest[:16]))
        if self.dossier.submitted_digest:
            label = Text("Mã băm hồ sơ đã nộp", "Digest of the dossier as sent")
            lines.append((self.say(label), self.dossier.submitted_digest[:16]))
        return tuple(lines)

    def notes(self) -> tuple[str, ...]:
        """Return what every paper says of itself."""
        said = (words.OWN_LAYOUT, words.TRANSLATION)
        return tuple(filter(None, (text.get(self.language) for text in said)))


def read_paper_facts(dossier: Dossier, at: dt.datetime, language: str) -> PaperFacts:
    """Read what the papers of *dossier* say, at an instant, in ``vi`` or ``en``."""
    park, enterprise = dossier.park, dossier.enterprise
    opinions = tuple(
        dossier.opinions.filter(answered_at__isnull=False)
        .select_related("organisation")
        .order_by("id")
    )
    evaluation = read_evaluation(dossier, opinions=opinions)
    known_at = evaluation.snapshot.known_at if evaluation else at
    inputs = inputs_of(load_bundle(), park, dossier.year, known_at, enterprise=enterprise)
    place = place_on(dossier, legal_day(at))
    operator = park.operator
    return PaperFacts(
        dossier=dossier,
        procedure=procedure_of(dossier),
        language=language,
        at=at,
        subject=subject_name(dossier),
        park=park_name(park),
        operator=Text(operator.name_vi, operator.name_en or operator.name_vi) if operator else None,
        place=place,
        province=park.province_now.name,
        board=_body(board_of(park), "management_board", place, at),
        committee=_body(committee_of(park), "peoples_committee", place, at),
        values=inputs.get(enterprise.code if enterprise else "", {}),
        evaluation=evaluation,
        opinions=opinions,
        events=tuple(dossier.events.select_related("organisation").order_by("seq")),
        about=Certificate.objects.filter(pk=dossier.about_id).defer("credential").first()
        if dossier.about_id
        else None,
    )


def place_on(dossier: Dossier, day: dt.date) -> Text:
    """Return the province of the park under its title of *day*."""
    province = dossier.park.province_now
    titles: Sequence[ProvinceTitle] = list(
        ProvinceTitle.objects.filter(province=province).order_by("valid_from")
    )
    standing = [title for title in titles if title.valid_from <= day] or titles[:1]
    if not standing:
        return Text(province.name, province.name)
    return Text(standing[-1].title_vi, standing[-1].title_en)


def holder_of(certificate: Certificate) -> Text:
    """Return whom *certificate* names."""
    enterprise = certificate.enterprise
    return enterprise_name(enterprise) if enterprise else park_name(certificate.park)


def _body(organisation: Organisation | None, authority: str, place: Text, at: dt.datetime) -> Text:
    """Return the name of a body; where nobody stands for it, that of its function here."""
    if organisation is not None:
        return organisation_name(organisation)
    name = load_procedures().authorities[authority].name_on(legal_day(at))
    where = place.vi[:1].lower() + place.vi[1:]
    if authority == "peoples_committee":
        return Text(f"Ủy ban nhân dân {where}", f"People's Committee of {place.en}")
    return Text(f"{name.vi} {where}", f"{name.en} of {place.en}")
