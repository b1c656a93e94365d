"""One dossier as its page shows it: by party, with what is next, its papers, clocks, timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.certification.engine.contents import fields_of, unwritten
from sinhthai.certification.models import Dossier, Event, Opinion, Paper, Snapshot, Supplement
from sinhthai.certification.policy import reaches
from sinhthai.certification.readers.completeness import Known
from sinhthai.certification.readers.papers_shown import Sight, is_shown, sight_of, slot_shown
from sinhthai.certification.readers.timeline import Moment, moments
from sinhthai.certification.readers.track import Stop, track_of
from sinhthai.certification.wording import procedure_of
from sinhthai.registry.policy import Person
from sinhthai.rules.procedures import PaperRule, Party, Procedure, Step

# States in which the applicant works on the dossier.
WITH_APPLICANT = ("draft", "supplement", "supplement_evaluation")


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper of the procedure with its files: the newest of each origin, and those before."""

    rule: PaperRule
    assembled: Paper | None
    signed: Paper | None
    uploaded: Sequence[Paper]
    older: Sequence[Paper]

    @property
    def state(self) -> str:
        """Return "done", "sign" (assembled, to be signed), "todo" or "none" (not required)."""
        if self.rule.signed:
            if self.signed:
                return "done"
            return "sign" if self.assembled else "todo"
        if self.assembled or self.uploaded or self.signed:
            return "done"
        return "todo" if self.rule.required else "none"

    @property
    def outdated(self) -> bool:
        """Say whether the paper was assembled anew after it was signed."""
        return bool(self.assembled and self.signed and self.signed.at < self.assembled.at)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step the person's party may take from here, and whether the person may."""

    step: Step
    page: str  # name of the page where it is taken
    allowed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How the findings of a snapshot stand."""

    met: int
    not_met: int
    undetermined: int
    not_applicable: int

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.undetermined + self.not_applicable


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything the page of a dossier shows to one person."""

    sight: Sight
    events: Sequence[Event]  # all of them, oldest first: for clocks, not for the page
    levels: Mapping[Party, str]
    steps: Sequence[NextStep]
    slots: Sequence[Slot]
    supplements: Sequence[Supplement]
    opinions: Sequence[Opinion]
    moments: Sequence[Moment]
    track: Sequence[Stop]
    snapshot: Snapshot | None
    counted: Counted | None
    to_write: int  # required fields not yet written
    fields: int

    @property
    def is_applicant(self) -> bool:
        return "applicant" in self.levels

    @property
    def may_write(self) -> bool:
        return reaches(self.levels.get("applicant", ""), "editor")

    @property
    def decisions(self) -> list[Moment]:
        """Return what authorities decided, newest first."""
        return [one for one in self.moments if one.is_decision]

    @property
    def open_supplements(self) -> list[Supplement]:
        return [one for one in self.supplements if one.answered_at is None]


# Where each step is taken; what is not named here is a case's own page.
STEP_PAGES: Mapping[str, str] = {
    "submit": "dossier_send",
    "resubmit": "dossier_supplements",
    "resubmit_evaluation": "dossier_supplements",
    "withdraw": "dossier_withdraw",
    "ask_supplement": "dossier_check",
    "accept": "dossier_check",
    "consult": "dossier_consult",
    "evaluate": "dossier_consult",
    "ask_supplement_evaluation": "dossier_evaluate",
    "report": "dossier_report",
    "propose": "dossier_report",
    "return_to_board": "dossier_decide",
    "issue": "dossier_decide",
    "fail": "dossier_report",
    "reopen": "dossier_report",
    "notify": "dossier_fail",
}
CASE_PAGE = "dossier_case"
CASES = ("revoke", "review")


def read_dossier(user: Person, dossier: Dossier) -> DossierPage:
    """Return the page of *dossier* as *user* may see it."""
    procedure = procedure_of(dossier)
    events = list(dossier.events.select_related("organisation").order_by("seq"))
    sight = sight_of(user, dossier, events)
    levels = sight.parties
    snapshot = current_snapshot(dossier)
    subject = "enterprise" if dossier.enterprise_id else "park"
    return DossierPage(
        sight=sight,
        events=events,
        levels=levels,
        steps=next_steps(procedure, dossier.state, levels),
        slots=read_slots(dossier, sight),
        supplements=list(dossier.supplements.all()),
        opinions=sight.opinions,
        moments=moments(procedure, events, sight),
        track=track_of(procedure, dossier.state, events),
        snapshot=snapshot,
        counted=count(snapshot),
        to_write=len(unwritten(subject, dossier.contents)),
        fields=sum(field.required for field in fields_of(subject)),
    )


def known_of(page: DossierPage) -> Known:
    """Return what the list of what is missing looks at, as *page* read it."""
    files = [
        paper
        for slot in page.slots
        for paper in (slot.assembled, slot.signed, *slot.uploaded)
        if paper is not None
    ]
    written = [event.at for event in page.events if event.kind == "dossier.contents"]
    return Known(page.snapshot, files, written[-1] if written else None)


def current_snapshot(dossier: Dossier) -> Snapshot | None:
    """Return the findings the dossier rests on now."""
    return dossier.snapshots.filter(is_current=True).first()


def count(snapshot: Snapshot | None) -> Counted | None:
    """Return how many findings of *snapshot* are met, not met, undetermined, not applicable."""
    if snapshot is None:
        return None
    statuses = [str(finding["status"]) for finding in snapshot.findings]
    return Counted(
        statuses.count("met"),
        statuses.count("not_met"),
        statuses.count("undetermined"),
        statuses.count("not_applicable"),
    )


def next_steps(
    procedure: Procedure, state: str, levels: Mapping[Party, str]
) -> tuple[NextStep, ...]:
    """Return the steps the parties in *levels* may take from *state*.

    What must be true first is checked, and said with its clause, on the page of the step.
    """
    return tuple(
        NextStep(step, page_of(procedure, step), reaches(levels[step.party], step.level))
        for step in procedure.steps
        if state in step.from_states and step.party in levels
    )


def page_of(procedure: Procedure, step: Step) -> str:
    """Return the name of the page where *step* is taken."""
    return CASE_PAGE if procedure.kind in CASES else STEP_PAGES.get(step.id, CASE_PAGE)


def read_slots(dossier: Dossier, sight: Sight) -> list[Slot]:
    """Return the papers of the procedure a person may see, in the order of the law."""
    procedure = procedure_of(dossier)
    files = [
        paper
        for paper in dossier.papers.filter(opinion=None, withdrawn_at=None).select_related("by")
        if is_shown(paper, dossier, sight)
    ]
    return [
        _slot(rule, [paper for paper in files if paper.slot == rule.id])
        for rule in procedure.papers
        if slot_shown(rule.id, procedure, sight)
    ]


def _slot(rule: PaperRule, files: Sequence[Paper]) -> Slot:
    current = [paper for paper in files if paper.is_current]
    newest = {str(paper.origin): paper for paper in current}
    return Slot(
        rule,
        newest.get(Paper.Origin.ASSEMBLED),
        newest.get(Paper.Origin.SIGNED),
        [paper for paper in current if paper.origin == Paper.Origin.UPLOADED],
        [paper for paper in files if not paper.is_current],
    )
