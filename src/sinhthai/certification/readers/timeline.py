"""What happened to a dossier, in words, as much of it as a person may know."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sinhthai.accounts.models import Organisation
from sinhthai.certification.engine.contents import SECTIONS
from sinhthai.certification.models import Event
from sinhthai.certification.readers.papers_shown import AUTHORITIES, Sight
from sinhthai.certification.wording import organisation_name
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures import Procedure

# What is no step of the procedure. Kinds begin with what they are about.
EVENT_NAMES: Mapping[str, Text] = {
    "dossier.open": Text("Mở hồ sơ", "The dossier was opened"),
    "dossier.contents": Text("Ghi nội dung hồ sơ", "The contents were written"),
    "dossier.snapshot": Text("Lấy kết quả đánh giá", "The findings were taken"),
    "dossier.refresh": Text(
        "Lấy lại kết quả đánh giá từ số liệu mới", "The findings were taken again from the records"
    ),
    "dossier.ground": Text("Nêu căn cứ thu hồi", "The ground of the revocation was stated"),
    "ground.state": Text("Nêu căn cứ thu hồi", "The ground of the revocation was stated"),
    "review.open": Text("Mở việc rà soát", "A review was opened"),
    "paper.add": Text("Thêm tài liệu", "A paper was added"),
    "paper.assemble": Text("Lập tài liệu từ số liệu", "A paper was assembled from the records"),
    "paper.withdraw": Text("Rút tài liệu", "A paper was withdrawn"),
    "opinion.send": Text("Gửi lấy ý kiến", "Sent for opinion"),
    "opinion.receive": Text("Cơ quan đã nhận hồ sơ", "A body received the dossier"),
    "opinion.draft": Text("Soạn ý kiến", "An opinion was drafted"),
    "opinion.answer": Text("Cơ quan đã trả lời ý kiến", "A body gave its opinion"),
    "supplement.ask": Text("Yêu cầu bổ sung", "A supplement was asked for"),
    "supplement.answer": Text("Trả lời yêu cầu bổ sung", "A request was answered"),
    "judgement": Text("Nhận định tiêu chí", "A criterion was judged"),
    "override": Text("Đã ghi ngoại lệ pháp lý", "A legal override was recorded"),
    "override.withdraw": Text("Đã rút ngoại lệ pháp lý", "A legal override was withdrawn"),
    "opinion.deliver": Text(
        "Ban quản lý ghi nhận việc giao hồ sơ cho cơ quan",
        "The Board recorded that a body was handed the dossier",
    ),
    "certificate.issue": Text("Cấp giấy chứng nhận", "The certificate was issued"),
}
NOBODY = Text("", "")
_APPLICANTS = (Organisation.Kind.OPERATOR, Organisation.Kind.ENTERPRISE)
MET, NOT_MET = Text(", đạt", ", met"), Text(", không đạt", ", not met")
SOMETHING = Text("Có thay đổi", "Something changed")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. ``who`` is the body; ``person`` only for those within it."""

    at: dt.datetime
    what: Text
    who: Text
    person: str
    reason: str
    step: str  # id of the step, "" for what is no step
    hash: str
    after: str = ""  # the state it led to
    is_decision: bool = False  # an authority's, taken by somebody who may approve


def moments(procedure: Procedure, events: Sequence[Event], sight: Sight) -> list[Moment]:
    """Return the *events* whoever has *sight* may know, newest first."""
    known = [event for event in events if _known(event, sight)]
    return [
        _moment(procedure, list(group), sight) for _same, group in groupby(known, key=_together)
    ][::-1]


def public_moments(procedure: Procedure, events: Sequence[Event]) -> list[Moment]:
    """Return the steps taken since the dossier was first sent, without names, reasons, content."""
    return [
        Moment(event.at, _named(procedure, event.kind), NOBODY, "", "", event.kind[5:], "")
        for event in events
        if event.kind.startswith("step.")
    ][::-1]


def _known(event: Event, sight: Sight) -> bool:
    """Say whether an event may be known: what authorities do among themselves is theirs."""
    if sight.overseer or event.kind.startswith(("step.", "dossier.", "supplement.")):
        return True
    if event.kind.startswith("opinion."):
        return sight.opinions_shown and "applicant" in sight.parties
    return event.kind.startswith("paper.") and "applicant" in sight.parties and _filed(event)


def _filed(event: Event) -> bool:
    return str(event.detail.get("party", "applicant")) == "applicant"


def _together(event: Event) -> tuple[object, ...]:
    """Return what papers added in one go have in common; every other event is its own line."""
    one_go = event.kind.startswith("paper.") or event.kind == "opinion.send"
    return (event.kind, event.actor_id, event.at) if one_go else (event.seq,)


def _moment(procedure: Procedure, events: Sequence[Event], sight: Sight) -> Moment:
    event = events[0]
    step = event.kind.removeprefix("step.") if event.kind.startswith("step.") else ""
    return Moment(
        at=event.at,
        what=_with_objects(procedure, events),
        who=organisation_name(event.organisation) if event.organisation else NOBODY,
        person=event.actor_name if _within(procedure, event, step, sight) else "",
        reason=event.reason if sight.overseer or _outward(procedure, step) else "",
        step=step,
        hash=event.hash,
        after=event.after,
        is_decision=_decides(procedure, step),
    )


def _with_objects(procedure: Procedure, events: Sequence[Event]) -> Text:
    """Return what happened, with what it happened to: papers, a field, a criterion."""
    what = _named(procedure, events[0].kind)
    if not events[0].kind.startswith(("paper.", "supplement.", "judgement", "override")):
        return what
    named = [title for event in events if (title := _object(procedure, event)) is not None]
    if not named:
        return what
    return Text(
        f"{what.vi}: {'; '.join(title.vi for title in named)}",
        f"{what.en}: {'; '.join(title.en for title in named)}",
    )


def _object(procedure: Procedure, event: Event) -> Text | None:
    """Return the name of what an event is about, None for the dossier as a whole."""
    about = str(event.detail.get("about", ""))
    kind, _sign, name = about.partition(":")
    if slot := str(event.detail.get("slot", "")) or (name if kind == "paper" else ""):
        return next((rule.title for rule in procedure.papers if rule.id == slot), None)
    if leaf := str(event.detail.get("leaf", "")) or (name if kind == "leaf" else ""):
        found = _clause(procedure.family, leaf)
        met = {True: MET, False: NOT_MET}.get(event.detail.get("met"), NOBODY)
        return Text(f"{found}{met.vi}", f"{found}{met.en}")
    fields = (field for section in SECTIONS for field in section.fields)
    return next((field.title for field in fields if kind == "field" and field.id == name), None)


@functools.lru_cache(maxsize=256)
def _clause(family: str, leaf: str) -> str:
    """Return the clause a criterion is known by; its id where no version has it."""
    frameworks = (one for one in load_bundle().frameworks if one.family == family)
    clauses = (one.clause for framework in frameworks for one in framework.leaves if one.id == leaf)
    return next(clauses, leaf)


def _named(procedure: Procedure, kind: str) -> Text:
    step = kind.removeprefix("step.")
    if kind.startswith("step."):
        return next((one.done for one in procedure.steps if one.id == step), SOMETHING)
    return EVENT_NAMES.get(kind) or EVENT_NAMES.get(kind.split(".")[0], SOMETHING)


def _within(procedure: Procedure, event: Event, step: str, sight: Sight) -> bool:
    """Say whether the person of an event is one of those who look; others see the body alone."""
    if sight.overseer:
        return True
    applies = "applicant" in sight.parties
    if step:
        return _of_applicant(procedure, step) == applies
    body = event.organisation
    return applies and body is not None and body.kind in _APPLICANTS


def _of_applicant(procedure: Procedure, step: str) -> bool:
    return any(one.party == "applicant" for one in procedure.steps if one.id == step)


def _decides(procedure: Procedure, step: str) -> bool:
    return any(
        one.party in AUTHORITIES and one.level == "approver"
        for one in procedure.steps
        if one.id == step
    )


def _outward(procedure: Procedure, step: str) -> bool:
    """Say whether the reason of a step is meant for the applicant."""
    taken = next((one for one in procedure.steps if one.id == step), None)
    if taken is None:
        return False
    after = procedure.state(taken.to)
    return taken.party == "applicant" or after.final or after.waits_for == "applicant"
