"""Certificates as issued, written straight into the store: how they are issued is tested there."""

import datetime as dt

from tests.certification.core.world import DAY, T, open_issue

from sinhthai.certification.models import Certificate, IssuerKey
from sinhthai.reporting.actions import set_value

ISSUED = T + DAY
PDF = b"%PDF-1.7\n% minutes\n"


def later(**passed):
    return ISSUED + dt.timedelta(**passed)


def hold(world, *, firm=False, number="", at=ISSUED, state="valid"):
    """A certificate on a dossier with the findings of the facts as they are."""
    issuer = world.bodies["board" if firm else "committee"]
    key, _ = IssuerKey.objects.get_or_create(
        organisation=issuer, did=f"did:key:{issuer.code}", created_at=T
    )
    dossier = open_issue(world, firm=firm)
    dossier.state, dossier.is_open, dossier.submitted_digest = "certified", False, "0" * 64
    dossier.save()
    count = Certificate.objects.count()
    return Certificate.objects.create(
        public_id=f"held{count:04d}", number=number or f"000{count}/2026/{issuer.code}",
        dossier=dossier, park=world.park, enterprise=world.firm if firm else None, issuer=issuer,
        key=key, issued_on=dt.date(2026, 5, 5), valid_until=dt.date(2031, 5, 6), credential={},
        digest=f"{count:064d}", status_index=count, state=state, state_since=at,
    )  # fmt: skip


def lose_land(world, *, at, greenery=1, year=2025, user=None):
    """Correct the greenery of the park, so that PARK-1 is not met any more."""
    return set_value(
        user=user or world.writer, park=world.park, year=year, item="greenery_ha",
        value=greenery, at=at, source="Đo lại",
    )  # fmt: skip


def codes(refused):
    return [problem.code for problem in refused.value.problems]
