"""A park or an enterprise of the demonstration that holds a certificate, and what is done there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sinhthai.accounts.models import User
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.models import Certificate, Dossier
from sinhthai.site.demo.invented import Design
from sinhthai.site.demo.paper import one_page
from sinhthai.site.demo.stories import Players
from sinhthai.supervision.actions import inspections
from sinhthai.supervision.actions.cases import open_revocation
from sinhthai.supervision.actions.files import File
from sinhthai.supervision.models import Alert, Inspection, Observation

# The enterprises of the certified park that hold, or held, a certificate, by their place in it.
HELD, AMBER, SUSPENDED, RENOUNCED, ACCUSED, CLEARED, STEADY = range(7)
# Those of the park whose certificate is revoked; their own is then reviewed, and kept or not.
REVIEWED, KEPT, DOUBTED = range(3)
LAW = "Luật Bảo vệ môi trường 2020, Điều 72"
BREACH = "Chất thải nguy hại lưu giữ quá thời hạn, khu lưu giữ không có mái che (giả định)."
_TEAM = "Tổ kiểm tra số 2 (giả định)"


class Holder:
    """A park (*position* None) or an enterprise, who acts for it, and what is done about it."""

    def __init__(self, players: Players, design: Design, position: int | None = None) -> None:
        self.park = players.park(design)
        self.firm = None if position is None else players.firm(design, position)
        self.writer = players.writer(design, position)
        self.officer, self.head = players.officer(design), players.head(design)
        self.issuer = players.issuer(design, position)
        self.case: Dossier

    @property
    def certificate(self) -> Certificate:
        """Return the certificate that holds."""
        rows = Certificate.objects.filter(park=self.park, enterprise=self.firm)
        return rows.get(state__in=("valid", "suspended"))

    def plan(self, purpose: str, day: dt.date, at: dt.datetime) -> Inspection:
        return inspections.plan_inspection(
            user=self.officer, park=self.park, enterprise=self.firm, purpose=purpose, team=_TEAM,
            planned_on=day, at=at,
        )  # fmt: skip

    def hold(self, visit: Inspection, day: dt.date, at: dt.datetime) -> None:
        minutes = one_page(f"Invented minutes of inspection {visit.pk}")
        inspections.hold_inspection(
            user=self.officer, inspection=visit, held_on=day, at=at,
            files=[("bien-ban-kiem-tra.pdf", minutes)],
        )  # fmt: skip

    def find(
        self, visit: Inspection, severity: str, text: str, at: dt.datetime, **on: str
    ) -> Observation:
        return inspections.observe(
            user=self.officer, inspection=visit, severity=severity, text=text, at=at, **on
        )

    def open_case(
        self,
        letter: str,
        facts: str,
        at: dt.datetime,
        *,
        alert: Alert | None = None,
        inspection: Inspection | None = None,
        request: Sequence[File] = (),
    ) -> None:
        self.case = open_revocation(
            user=self.writer if request else self.officer, certificate=self.certificate,
            letter=letter, facts=facts, at=at, alert=alert, inspection=inspection, request=request,
        )  # fmt: skip

    def step(self, user: User, name: str, at: dt.datetime, reason: str = "") -> None:
        self.case = take_step(user=user, dossier=self.case, step=name, at=at, reason=reason)
