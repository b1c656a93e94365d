"""The inside page of a certificate: does it hold, what is open about it, what happened to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.wording import say_threshold, say_value
from sinhthai.certification.models import Certificate, Dossier, Duty, Event, Snapshot
from sinhthai.certification.wording import state_of
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Leaf
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.actions.alerts import leaf_of
from sinhthai.supervision.engine.holding import Row
from sinhthai.supervision.models import Alert, CorrectiveAction, Inspection
from sinhthai.supervision.readers.standing import standings

_FIELDS = {field.name for field in fields(Finding)} - {"on", "year"}
_PAIRS = ("numerator", "denominator", "missing")
SHOWN_EVENTS = 60
_PENDING = (CorrectiveAction.State.OPEN, CorrectiveAction.State.REJECTED)


@dataclass(frozen=True, slots=True)
class Side:
    """A finding as said on the page: status, value, threshold, year of the facts."""

    status: str
    value: Text
    threshold: Text
    year: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion the certificate rests on: as found at issue, and as found now."""

    leaf: str
    clause: str
    title: Text
    before: Side
    now: Side | None
    broken: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier about the certificate, as a line of the page."""

    dossier: Dossier
    state: Text


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the timeline."""

    event: Event
    said: Text


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert in words: the finding at issue and the one that broke it."""

    alert: Alert
    clause: str
    title: Text
    before: Side
    now: Side


@dataclass(frozen=True, slots=True)
class Holding:
    """Everything the inside page of a certificate shows."""

    criteria: Sequence[Criterion]
    alerts: Sequence[AlertLine]
    past: Sequence[AlertLine]
    inspections: Sequence[Inspection]
    duties: Sequence[Duty]
    cases: Sequence[Case]
    events: Sequence[Happened]

    @property
    def holding(self) -> int:
        """How many criteria hold."""
        return sum(not one.broken for one in self.criteria)

    @property
    def late(self) -> int:
        """How many corrective actions are late."""
        return sum(getattr(one, "late", 0) for one in self.inspections)


def read_holding(
    certificate: Certificate, *, today: dt.date, snapshot: Snapshot | None = None
) -> Holding:
    """Return what the page shows; the criteria are assessed now, from the facts.

    *snapshot* is what the certificate rests on, where it was read before.
    """
    at_issue = {certificate.pk: snapshot} if snapshot else None
    found = standings([certificate], today=today, at_issue=at_issue).get(certificate.pk, ())
    rows = [_line(certificate, alert, today) for alert in certificate.alerts.all()]
    events = _events(certificate)
    return Holding(
        criteria=[
            Criterion(
                one.leaf,
                leaf.clause if leaf else "",
                leaf.title if leaf else Text(one.leaf, one.leaf),
                say_row(leaf, one.before, today),
                say_row(leaf, one.now, today) if one.now else None,
                one.broken,
                one.changed,
            )
            for one in found
            for leaf in (leaf_of(certificate, one.leaf),)
        ],
        alerts=[row for row in rows if row.alert.closed_at is None],
        past=[row for row in rows if row.alert.closed_at is not None],
        inspections=list(with_counts(_inspections(certificate), today)),
        duties=list(
            Duty.objects.filter(_about(certificate), closed_at=None).order_by("due_on", "id")
        ),
        cases=_cases(events, certificate),
        events=[Happened(event, event_words(event)) for event in events[:SHOWN_EVENTS]],
    )


def say_row(leaf: Leaf | None, row: Row, today: dt.date) -> Side:
    """Return a saved finding in words."""
    finding = thaw(row, today)
    nothing = Text("—", "—")
    if leaf is None:
        return Side(finding.status, nothing, Text("", ""), finding.year)
    value = Text(say_value(leaf, finding, "vi"), say_value(leaf, finding, "en"))
    return Side(finding.status, value, say_threshold(leaf, finding), finding.year)


def thaw(row: Row, on: dt.date) -> Finding:
    """Return a finding from the row it was saved as."""
    values: dict[str, Any] = {name: row[name] for name in _FIELDS if name in row}
    for name in _PAIRS:
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])
    return Finding(**values, on=on, year=int(str(row["year"])))


def event_words(event: Event) -> Text:
    """Return what an event says of itself: its own words, else its step's, else its kind."""
    told: Mapping[str, Any] = event.detail or {}
    if told.get("vi"):
        return Text(str(told["vi"]), str(told.get("en", told["vi"])))
    if event.kind.startswith("step.") and event.dossier is not None:
        procedure = load_procedures().procedure(event.dossier.procedure)
        for step in procedure.steps:
            if f"step.{step.id}" == event.kind:
                return Text(
                    f"{procedure.title.vi}: {step.done.vi}", f"{procedure.title.en}: {step.done.en}"
                )
    return EVENT_NAMES.get(event.kind, Text(event.kind, event.kind))


EVENT_NAMES: Mapping[str, Text] = {
    "dossier.open": Text("Mở hồ sơ", "Dossier opened"),
    "certificate.issue": Text("Cấp giấy chứng nhận", "Certificate issued"),
    "certificate.revoke": Text("Thu hồi giấy chứng nhận", "Certificate revoked"),
    "certificate.revoked": Text("Thu hồi giấy chứng nhận", "Certificate revoked"),
    "certificate.expired": Text("Giấy chứng nhận hết hạn", "Certificate expired"),
    "certificate.suspended": Text("Tạm đình chỉ giấy chứng nhận", "Certificate suspended"),
    "certificate.replaced": Text("Giấy chứng nhận được thay thế", "Certificate replaced"),
    "certificate.valid": Text("Giấy chứng nhận có hiệu lực trở lại", "Certificate valid again"),
}


def with_counts(rows: Any, today: dt.date) -> Any:
    """Return inspections with how much each found, what is open and what is late."""
    pending = Q(observations__actions__state__in=_PENDING)
    return rows.annotate(
        found=Count("observations", distinct=True),
        asked=Count("observations__actions", distinct=True),
        pending=Count("observations__actions", filter=pending, distinct=True),
        late=Count(
            "observations__actions",
            filter=pending & Q(observations__actions__due_on__lt=today),
            distinct=True,
        ),
    )


def _line(certificate: Certificate, alert: Alert, today: dt.date) -> AlertLine:
    alert.certificate = certificate
    leaf = leaf_of(certificate, alert.leaf)
    return AlertLine(
        alert,
        leaf.clause if leaf else "",
        leaf.title if leaf else Text(alert.leaf, alert.leaf),
        say_row(leaf, alert.before, today),
        say_row(leaf, alert.now, today),
    )


def _inspections(certificate: Certificate) -> Any:
    return Inspection.objects.filter(park=certificate.park, enterprise=certificate.enterprise)


def _about(certificate: Certificate) -> Q:
    return Q(certificate=certificate) | Q(dossier__about=certificate)


def _events(certificate: Certificate) -> list[Event]:
    own = Q(dossier=certificate.dossier_id) | Q(dossier__about=certificate)
    steps = own & (Q(kind__startswith="step.") | Q(kind="dossier.open"))
    rows = Event.objects.filter(Q(certificate=certificate) | steps)
    return list(rows.select_related("dossier", "organisation").order_by("-seq"))


def _cases(events: Iterable[Event], certificate: Certificate) -> list[Case]:
    seen: dict[int, Dossier] = {}
    for event in events:
        if event.dossier is not None and event.dossier.about_id == certificate.pk:
            seen.setdefault(event.dossier.pk, event.dossier)
    return [Case(one, state_of(one).title) for one in seen.values()]
