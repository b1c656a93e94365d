"""What a dossier holds, piece by piece, for who checks that it is complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.assessment.documents.report import Criterion
from sinhthai.certification.engine.contents import EXPLAIN, SECTIONS, Field
from sinhthai.certification.models import Dossier, Paper, Snapshot, Supplement
from sinhthai.certification.readers.evaluation import framework_of, report_of
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import PaperRule


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that can be asked for again: a paper, a text or a criterion."""

    about: str  # "paper:letter", "field:…", "leaf:ENT-3"
    title: Text
    required: bool
    asked: tuple[Supplement, ...]
    rule: PaperRule | None = None
    papers: tuple[Paper, ...] = ()
    words: str = ""
    criterion: Criterion | None = None

    @property
    def present(self) -> bool:
        """Whether something is there; a paper to be signed counts once its scan is back."""
        if self.rule is not None:
            wanted = {Paper.Origin.SIGNED, Paper.Origin.UPLOADED}
            if self.rule.made == "assembled" and not self.rule.signed:
                wanted.add(Paper.Origin.ASSEMBLED)
            return any(paper.origin in wanted for paper in self.papers)
        return bool(self.words) or self.criterion is not None

    @property
    def open_request(self) -> Supplement | None:
        """The request that still waits for the applicant's answer."""
        return next((one for one in self.asked if one.answered_at is None), None)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything of a dossier under its three headings."""

    papers: tuple[Piece, ...]
    fields: tuple[Piece, ...]
    criteria: tuple[Piece, ...]
    files: tuple[Paper, ...]
    snapshot: Snapshot | None

    @property
    def all(self) -> tuple[Piece, ...]:
        return (*self.papers, *self.fields, *self.criteria)


def read_pieces(dossier: Dossier) -> Pieces:
    """Return what *dossier* holds; three queries."""
    procedure = procedure_of(dossier)
    asked: dict[str, list[Supplement]] = {}
    for supplement in dossier.supplements.select_related("asked_by", "answered_by"):
        asked.setdefault(supplement.about, []).append(supplement)
    papers: dict[str, list[Paper]] = {}
    files = current_papers(dossier)
    for paper in files:
        papers.setdefault(paper.slot, []).append(paper)

    def said(about: str) -> tuple[Supplement, ...]:
        return tuple(asked.get(about, ()))

    of_papers = tuple(
        Piece(
            f"paper:{rule.id}", rule.title, rule.required, said(f"paper:{rule.id}"),
            rule=rule, papers=tuple(papers.get(rule.id, ())),
        )
        for rule in procedure.papers
        if rule.party == "applicant"
    )  # fmt: skip
    snapshot = dossier.snapshots.filter(is_current=True).first()
    return Pieces(
        of_papers,
        _fields(dossier, procedure.subject, asked),
        _criteria(dossier, snapshot, asked),
        tuple(files),
        snapshot,
    )


def current_papers(dossier: Dossier) -> Sequence[Paper]:
    """Return the papers in force, without those of an opinion."""
    return list(
        dossier.papers.filter(is_current=True, withdrawn_at=None, opinion=None)
        .select_related("by")
        .order_by("slot", "id")
    )


def _fields(
    dossier: Dossier, subject: str, asked: dict[str, list[Supplement]]
) -> tuple[Piece, ...]:
    fields: list[Field] = [
        field for section in SECTIONS for field in section.fields if subject in field.subjects
    ]
    return tuple(
        Piece(
            f"field:{field.id}", field.title, field.required,
            tuple(asked.get(f"field:{field.id}", ())),
            words=str(dossier.contents.get(field.id, "")),
        )
        for field in fields
    )  # fmt: skip


def _criteria(
    dossier: Dossier, snapshot: Snapshot | None, asked: dict[str, list[Supplement]]
) -> tuple[Piece, ...]:
    framework = framework_of(snapshot) if snapshot else None
    if snapshot is None or framework is None:
        return ()
    return tuple(
        Piece(
            f"leaf:{criterion.leaf.id}", criterion.leaf.title, True,
            tuple(asked.get(f"leaf:{criterion.leaf.id}", ())),
            words=str(dossier.contents.get(EXPLAIN + criterion.leaf.id, "")),
            criterion=criterion,
        )
        for criterion in report_of(dossier, snapshot, framework).criteria
    )  # fmt: skip
