"""Where a park or an enterprise stands: its certificate, its cases, and what it may ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.models import Certificate
from sinhthai.certification.policy import dossiers_visible
from sinhthai.certification.readers.dossier_list import DossierRow, dossier_rows
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person
from sinhthai.rules.procedures import Procedure
from sinhthai.rules.procedures_loading import load_procedures

HOLDS: tuple[str, ...] = (Certificate.State.VALID, Certificate.State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Cases:
    """``certificate`` is the newest; ``park_certificate`` that of an enterprise's park."""

    certificate: Certificate | None
    older: Sequence[Certificate]
    park_certificate: Certificate | None
    rows: Sequence[DossierRow]
    procedure: Procedure | None  # the one to apply by; None: none is in force
    today: dt.date

    @property
    def holds(self) -> bool:
        """Say whether the newest certificate is in force."""
        return in_force(self.certificate)

    @property
    def park_holds(self) -> bool:
        """Say whether the park's own certificate is valid: a suspended one is none."""
        held = self.park_certificate
        return (
            held is not None
            and held.state == Certificate.State.VALID
            and held.valid_until > self.today
        )

    @property
    def renewable_from(self) -> dt.date | None:
        """Return the day to come from which the certificate may be renewed; None: now."""
        if self.certificate is None or not self.holds or self.procedure is None:
            return None
        opens_on = self.procedure.opens_on(self.certificate.last_day)
        return opens_on if opens_on is not None and self.today < opens_on else None

    @property
    def next_kind(self) -> str:
        """Return what may be asked for: the first certificate, or its renewal."""
        return "recertify" if self.holds else "issue"

    @property
    def family(self) -> str:
        """Return the criteria an application is held against."""
        return self.procedure.family if self.procedure else ""

    @property
    def open_row(self) -> DossierRow | None:
        """Return the application under way, if there is one."""
        return next(
            (
                row
                for row in self.rows
                if row.dossier.is_open and row.dossier.kind in ("issue", "recertify")
            ),
            None,
        )


def read_cases(user: Person, park: Park, enterprise: Enterprise | None, *, today: dt.date) -> Cases:
    """Return what *user* may know of the certification of a park, or of an enterprise."""
    held = Certificate.objects.filter(park=park).select_related("issuer").defer("credential")
    certificates = list(held.filter(enterprise=enterprise))
    newest = certificates[0] if certificates else None
    of_park = held.filter(enterprise=None).first() if enterprise else newest
    dossiers = (
        dossiers_visible(user)
        .filter(park=park, enterprise=enterprise)
        .select_related("park", "enterprise")
        .defer("contents", "options")
    )
    kind = "recertify" if in_force(newest) else "issue"
    subject = "enterprise" if enterprise else "park"
    return Cases(
        certificate=newest,
        older=certificates[1:],
        park_certificate=of_park,
        rows=dossier_rows(dossiers[:50], today=today),
        procedure=load_procedures().procedure_on(kind, subject, today),
        today=today,
    )


def in_force(certificate: Certificate | None) -> bool:
    """Say whether there is a certificate and it holds, or is only suspended."""
    return certificate is not None and certificate.state in HOLDS
