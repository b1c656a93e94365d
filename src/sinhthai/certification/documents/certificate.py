"""The certificate on paper: one dignified A4 page in both languages. Pure; it signs nothing.

The official layout (Article 40.3 of Decree 35/2022) was not seen: this is the project's own, and
the page says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sinhthai.certification.documents.typesetting import typeset
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.rules.wording import say_clause

ATTACHMENT = "credential.json"  # the file inside the PDF that holds the credential


@dataclass(frozen=True, slots=True)
class ShownOverride:
    """A legal override the certificate rests on: what it sets aside, on what basis, why."""

    clause: str  # of the criterion, "37.2.c"
    title: Text
    obstacle: Text
    basis: str  # the legal basis the person named
    reason: str
    by: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the certificate says.

    ``holder`` is the park or the enterprise; ``operator`` the infrastructure investor ("" where
    not known). ``park`` stands only on the certificate of an enterprise. ``valid_until`` is the
    first day it no longer holds. ``made_at`` dates the file. ``digests`` are SHA-256 in hex.
    """

    subject: Literal["park", "enterprise"]
    number: str
    holder: Text
    holder_code: str
    operator: Text
    park: Text | None
    place: Text  # the province under its title of that day
    issuer: Text
    framework: Text
    instrument: Text
    criteria: int  # how many the certificate rests on
    issued_on: dt.date
    valid_until: dt.date
    dossier_digest: str
    assessment_digest: str
    key: str  # did:key of the issuer
    url: str  # the public page, also in the QR code
    made_at: dt.datetime
    overrides: tuple[ShownOverride, ...] = ()
    replaces: str = ""  # number of the certificate before
    is_recertified: bool = False
    invented: bool = False


def certificate_pdf(facts: CertificateFacts, qr_svg: str, attachment: bytes) -> bytes:
    """Return the certificate as a tagged PDF that carries *attachment* (the credential, UTF-8).

    *qr_svg* is the QR code of ``facts.url`` as SVG. The same arguments give the same bytes.
    """
    return typeset(
        "certificate",
        _as_object(facts),
        timestamp=int(facts.made_at.timestamp()),
        texts={"qr": qr_svg, "attachment": attachment.decode("utf-8"), "name": ATTACHMENT},
    )


_TITLES = {
    "park": Text("Khu công nghiệp sinh thái", "Eco-Industrial Park"),
    "enterprise": Text("Doanh nghiệp sinh thái", "Eco-Enterprise"),
}


def _as_object(facts: CertificateFacts) -> dict[str, object]:
    last_day = facts.valid_until - dt.timedelta(days=1)
    title = _TITLES[facts.subject]
    return {
        "title": f"Giấy chứng nhận {title.vi.lower()} {facts.number} · {facts.holder.vi}",
        "kind": _pair(title),
        "subject": facts.subject,
        "number": facts.number,
        "holder": _pair(facts.holder),
        "code": facts.holder_code,
        "operator": _pair(facts.operator),
        "park": _pair(facts.park) if facts.park else None,
        "place": _pair(facts.place),
        "issuer": _pair(facts.issuer),
        "framework": _pair(facts.framework),
        "instrument": _pair(facts.instrument),
        "criteria": facts.criteria,
        "issued": _pair(_long_day(facts.issued_on)),
        "until": _pair(_long_day(last_day)),
        "dossier_digest": facts.dossier_digest,
        "assessment_digest": facts.assessment_digest,
        "key": facts.key,
        "url": facts.url,
        "overrides": [
            {
                "clause": _pair(Text(say_clause(o.clause, "vi"), say_clause(o.clause, "en"))),
                "title": _pair(o.title),
                "obstacle": _pair(o.obstacle),
                "basis": o.basis,
                "reason": o.reason,
                "by": o.by,
                "on": _pair(Text(format_date(o.on, "vi"), format_date(o.on, "en"))),
            }
            for o in facts.overrides
        ],
        "replaces": facts.replaces,
        "recertified": facts.is_recertified,
        "invented": facts.invented,
    }


def _long_day(day: dt.date) -> Text:
    return Text(f"ngày {day:%d} tháng {day:%m} năm {day.year}", format_date(day, "en"))


def _pair(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en or text.vi}
