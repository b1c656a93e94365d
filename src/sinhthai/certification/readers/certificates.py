"""Rows of the public register of certificates, for pages and exports. Nothing here writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.verify import Verdict, verify
from sinhthai.certification.models import Certificate, Event
from sinhthai.certification.readers.register import read_issuers, read_register_of
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words

SORTS = {
    "issued": "issued_on",
    "number": "number",
    "holder": "holder_search",
    "issuer": "issuer__name_vi",
    "until": "valid_until",
    "standing": "standing",
}
QUESTIONED = "questioned"  # in force, but a criterion broke
STANDINGS: Mapping[str, Text] = {
    "valid": Text("Có hiệu lực", "Valid"),
    QUESTIONED: Text("Có hiệu lực, đang xem xét", "Valid, under review"),
    "suspended": Text("Tạm đình chỉ", "Suspended"),
    "revoked": Text("Đã thu hồi", "Revoked"),
    "replaced": Text("Đã được thay thế", "Replaced"),
    "expired": Text("Hết hiệu lực", "Expired"),
}
SIGNS = {"valid": "✓", QUESTIONED: "△", "suspended": "‖", "revoked": "✕", "replaced": "→"}
_HOLDING = (Certificate.State.VALID, Certificate.State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader filters the register by; "" asks for everything."""

    q: str = ""
    kind: str = ""
    standing: str = ""
    province: str = ""

    @property
    def is_filtered(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.q or self.kind or self.standing or self.province)


def certificates_on(today: dt.date) -> QuerySet[Any]:
    """Return every certificate with its ``standing`` on *today*, whatever was written down yet."""
    standing = Case(
        When(state__in=_HOLDING, valid_until__lte=today, then=Value("expired")),
        When(state=Certificate.State.VALID, broken_since__isnull=False, then=Value(QUESTIONED)),
        default=F("state"),
        output_field=CharField(),
    )
    return (
        Certificate.objects.annotate(
            standing=standing,
            holder_search=Coalesce("enterprise__search", "park__search"),
        )
        .select_related("park__province_now", "enterprise", "issuer", "replaced_by")
        .defer("credential")
    )


def read_certificates(
    asked: Asked, today: dt.date, *, sort: str = "issued", descending: bool = True
) -> QuerySet[Certificate]:
    """Return the certificates that fit *asked*, in order."""
    rows = certificates_on(today)
    for word in search_words(asked.q):
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(holder_search__contains=word)
            | Q(park__search__contains=word)
        )
    if asked.kind:
        rows = rows.filter(enterprise__isnull=asked.kind == "park")
    if asked.standing:
        rows = rows.filter(standing=asked.standing)
    if asked.province:
        rows = rows.filter(park__province_now__code=asked.province)
    column = F(SORTS[sort])
    return rows.order_by(column.desc() if descending else column.asc(), "-id")


def read_history(certificate: Certificate) -> list[Event]:
    """Return what changed how *certificate* stands, first things first; no names of people."""
    return list(
        certificate.events.filter(kind__startswith="certificate.")
        .select_related("organisation")
        .order_by("seq")
    )


def verify_shown(content: bytes, at: dt.datetime) -> Verdict:
    """Return what a file shown is worth, as the register stands at *at*.

    Raises InputError for a file that is no certificate at all.
    """
    issuers, today = read_issuers(at), legal_day(at)
    alone = verify(content, issuers=issuers, register=None, today=today)
    if alone.facts is None:
        return alone
    facts = alone.facts
    register = read_register_of(alone.digest, facts.number, facts.status_index, at)
    return verify(content, issuers=issuers, register=register, today=today)
