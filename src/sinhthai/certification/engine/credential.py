"""A certificate as a W3C Verifiable Credential: written from a statement, read back as facts.

Source: W3C Recommendation "Verifiable Credentials Data Model v2.0" (15 May 2025). The terms of the
data model's own context are used as they are; ours live under ``urn:sinhthai:certificate#``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sinhthai.foundation.text import Text

CONTEXT: tuple[object, ...] = (
    "https://www.w3.org/ns/credentials/v2",
    {"@vocab": "urn:sinhthai:certificate#"},
)
TYPES = {"park": "EcoIndustrialParkCertificate", "enterprise": "EcoEnterpriseCertificate"}
PURPOSES = ("revocation", "suspension")
_LEGAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
Subject = Literal["park", "enterprise"]


@dataclass(frozen=True, slots=True)
class Overridden:
    """A legal override the certificate rests on. ``obstacle``: unverified or not_met."""

    leaf: str
    obstacle: str
    clause: str  # the legal basis the person named
    reason: str
    by: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Statement:
    """What an issuing authority says.

    ``valid_until`` is the first day the certificate no longer holds. ``criteria`` are the leaves
    it rests on. ``digests`` are SHA-256 in hex. ``base`` is the public address of the register.
    """

    subject: Subject
    number: str
    public_id: str
    holder: Text
    holder_code: str
    park_code: str
    park: Text
    place: Text
    issuer: Text
    issuer_code: str
    framework: str
    instrument: Text
    criteria: tuple[str, ...]
    assessed_on: dt.date
    year: int
    issued_at: dt.datetime
    issued_on: dt.date
    valid_until: dt.date
    dossier: str
    dossier_digest: str
    assessment_digest: str
    input_digest: str
    rules_hash: str
    engine_version: str
    base: str
    status_index: int
    overrides: tuple[Overridden, ...] = ()
    replaces: str = ""
    invented: bool = False

    @property
    def url(self) -> str:
        """Return the page of the register that the QR code leads to."""
        return f"{self.base}/certificates/{self.public_id}/"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a credential says, read back. ``last_day`` is the last day it holds."""

    subject: Subject
    number: str
    holder: Text
    holder_code: str
    park: Text
    place: Text
    issuer: Text
    issuer_did: str
    issued_on: dt.date
    signed_at: dt.datetime
    last_day: dt.date
    url: str
    status_index: int
    assessment_digest: str
    dossier_digest: str
    overrides: tuple[Overridden, ...]
    replaces: str
    invented: bool


def compose(statement: Statement, did: str) -> dict[str, Any]:
    """Return the credential of *statement*, not signed yet, to be signed by the key *did*."""
    said = statement
    last_second = dt.datetime.combine(said.valid_until, dt.time(), _LEGAL_TIME) - dt.timedelta(
        seconds=1
    )
    subject: dict[str, Any] = {
        "id": f"urn:sinhthai:{said.subject}:{said.holder_code}",
        "name": _pair(said.holder),
        "code": said.holder_code,
        "park": {"code": said.park_code, "name": _pair(said.park)},
        "place": _pair(said.place),
        "certificate": {
            "number": said.number,
            "issuedOn": said.issued_on.isoformat(),
            "lastDay": (said.valid_until - dt.timedelta(days=1)).isoformat(),
            "framework": said.framework,
            "instrument": _pair(said.instrument),
            "criteria": list(said.criteria),
            "overrides": [_override(one) for one in said.overrides],
            "replaces": said.replaces,
            "invented": said.invented,
        },
        "basis": {
            "dossier": said.dossier,
            "dossierDigest": said.dossier_digest,
            "assessmentDigest": said.assessment_digest,
            "assessedOn": said.assessed_on.isoformat(),
            "year": said.year,
            "inputDigest": said.input_digest,
            "rulesHash": said.rules_hash,
            "engineVersion": said.engine_version,
        },
    }
    return {
        "@context": list(CONTEXT),
        "id": said.url,
        "type": ["VerifiableCredential", TYPES[said.subject]],
        "issuer": {"id": did, "name": _pair(said.issuer), "code": said.issuer_code},
        "validFrom": moment(said.issued_at),
        "validUntil": last_second.isoformat(),
        "credentialSubject": subject,
        "credentialStatus": [
            {
                "id": f"{said.base}/certificates/status/{purpose}.json#{said.status_index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(said.status_index),
                "statusListCredential": f"{said.base}/certificates/status/{purpose}.json",
            }
            for purpose in PURPOSES
        ],
    }


def read_facts(credential: Mapping[str, Any]) -> Facts:
    """Return what a credential says; ValueError where it is not a certificate of this kind."""
    try:
        return _read(credential)
    except (KeyError, TypeError, IndexError, AttributeError, StopIteration) as error:
        raise ValueError(f"not a certificate: {error!r}") from None


def moment(at: dt.datetime) -> str:
    """Return a moment in the legal time of Viet Nam, to the second.

    >>> moment(dt.datetime(2026, 1, 1, 17, tzinfo=dt.UTC))
    '2026-01-02T00:00:00+07:00'
    """
    return at.astimezone(_LEGAL_TIME).isoformat(timespec="seconds")


def read_moment(text: str) -> dt.datetime:
    """Return the moment *text* says; ValueError for one without a zone."""
    at = dt.datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    return at


def first_day_after(issued_on: dt.date, years: int) -> dt.date:
    """Return the first day a certificate of *years* years no longer holds.

    A period in years ends when the same day of the last year ends, or the month does where it has
    no such day (Civil Code 91/2015/QH13, Articles 147 and 148 [from memory]).

    >>> first_day_after(dt.date(2026, 11, 22), 5), first_day_after(dt.date(2028, 2, 29), 5)
    (datetime.date(2031, 11, 23), datetime.date(2033, 3, 1))
    """
    year = issued_on.year + years
    try:
        last = issued_on.replace(year=year)
    except ValueError:
        last = dt.date(year, 2, 28)
    return last + dt.timedelta(days=1)


def _read(credential: Mapping[str, Any]) -> Facts:
    kinds: dict[str, Subject] = {TYPES["park"]: "park", TYPES["enterprise"]: "enterprise"}
    subject = next(kinds[kind] for kind in credential["type"] if kind in kinds)
    said = credential["credentialSubject"]
    certificate, basis = said["certificate"], said["basis"]
    return Facts(
        subject=subject,
        number=_text(certificate["number"]),
        holder=_names(said["name"]),
        holder_code=_text(said["code"]),
        park=_names(said["park"]["name"]),
        place=_names(said["place"]),
        issuer=_names(credential["issuer"]["name"]),
        issuer_did=_text(credential["issuer"]["id"]),
        issued_on=dt.date.fromisoformat(certificate["issuedOn"]),
        signed_at=read_moment(credential["proof"]["created"]),
        last_day=dt.date.fromisoformat(certificate["lastDay"]),
        url=_text(credential["id"]),
        status_index=int(credential["credentialStatus"][0]["statusListIndex"]),
        assessment_digest=_text(basis["assessmentDigest"]),
        dossier_digest=_text(basis["dossierDigest"]),
        overrides=tuple(
            Overridden(
                _text(one["leaf"]),
                _text(one["obstacle"]),
                _text(one["clause"]),
                _text(one["reason"]),
                _text(one["by"]),
                dt.date.fromisoformat(one["on"]),
            )
            for one in certificate["overrides"]
        ),
        replaces=_text(certificate["replaces"]),
        invented=certificate["invented"] is True,
    )


def _override(one: Overridden) -> dict[str, str]:
    return {
        "leaf": one.leaf,
        "obstacle": one.obstacle,
        "clause": one.clause,
        "reason": one.reason,
        "by": one.by,
        "on": one.on.isoformat(),
    }


def _pair(text: Text) -> list[dict[str, str]]:
    """Return both languages as JSON-LD language values, as the data model writes names."""
    return [
        {"@value": said, "@language": language}
        for language, said in (("vi", text.vi), ("en", text.en))
        if said
    ]


def _names(values: Any) -> Text:
    by_language = {one["@language"]: _text(one["@value"]) for one in values}
    vi = by_language["vi"]
    return Text(vi, by_language.get("en", vi))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not text: {value!r}")
    return value
