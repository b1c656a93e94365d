"""Is a certificate shown to me genuine, and does it hold on this day? Pure: no clock, no network.

The order matters. What is damaged is said to be damaged before anything it says is believed; what
an unknown key signed is not read further than its signature.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sinhthai.certification.engine import verify_words as words
from sinhthai.certification.engine.canonical import canonical, digest, parse
from sinhthai.certification.engine.credential import Facts, moment, read_facts
from sinhthai.certification.engine.issuers import ISSUES, Issuers, Key
from sinhthai.certification.engine.proof import signer
from sinhthai.certification.engine.seal import has_seal, sealed_by
from sinhthai.certification.engine.status import Entry, Register
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

ATTACHMENT = "credential.json"  # the name of the credential inside the PDF
Outcome = Literal[
    "valid",
    "suspended",
    "revoked",
    "replaced",
    "expired",
    "not_yet",  # it holds from a later day on
    "altered",
    "unknown_issuer",
    "not_registered",  # genuine signature, but the register did not issue this content
]
# What every spelling of a credential of ours holds, more than once: one changed byte leaves one.
_TRACES = (b"VerifiableCredential", b"eddsa-jcs-2022", b"DataIntegrityProof")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found.

    ``facts`` is None where nothing in the file can be believed. ``status_at`` is the moment of the
    register that was asked, None where none was: then a revocation is not seen.
    """

    outcome: Outcome
    reasons: tuple[Text, ...]
    facts: Facts | None = None
    digest: str = ""
    key: Key | None = None
    status_at: dt.datetime | None = None
    entry: Entry | None = None

    @property
    def is_valid(self) -> bool:
        """Say whether the certificate holds, as far as was asked."""
        return self.outcome == "valid"

    @property
    def questioned_since(self) -> dt.date | None:
        """Return the day a criterion broke, where the register says so and it still holds."""
        return self.entry.questioned_since if self.entry and self.is_valid else None


def verify(
    content: bytes, *, issuers: Issuers, register: Register | None, today: dt.date
) -> Verdict:
    """Return what *content*, a certificate as PDF or JSON, is worth on the legal day *today*.

    Parameters
    ----------
    content
        The file, byte for byte.
    issuers
        Whose keys are trusted.
    register
        The register as it stood at some moment; None where it cannot be asked: the verdict then
        says that a suspension or revocation was not seen.

    Raises
    ------
    InputError
        For a file that is no certificate at all.
    """
    if content.startswith(b"%PDF-") or has_seal(content):
        return _verify_pdf(content, issuers, register, today)
    try:
        credential = parse(content)
    except InputError:
        if any(trace in content for trace in _TRACES):
            return Verdict("altered", (words.NOT_READABLE,))
        raise
    if not isinstance(credential, Mapping) or not any(trace in content for trace in _TRACES):
        raise InputError([_no_certificate()])
    if canonical(credential) != content:
        return Verdict("altered", (words.REWRITTEN,))
    return _verify_credential(credential, issuers, register, today)


def _verify_pdf(
    content: bytes, issuers: Issuers, register: Register | None, today: dt.date
) -> Verdict:
    if not has_seal(content):
        return Verdict("altered", (words.NO_SEAL,))
    did = sealed_by(content)
    if did is None:
        return Verdict("altered", (words.SEAL_BROKEN,))
    if did not in issuers.keys:  # a stranger's PDF is not opened
        return Verdict("unknown_issuer", (words.UNKNOWN_KEY.format(did=did),))
    credential = _attached(content)
    if credential is None:
        return Verdict("altered", (words.NO_CREDENTIAL,))
    if signer(credential) != did:
        return Verdict("altered", (words.TWO_SIGNERS,))
    return _verify_credential(credential, issuers, register, today)


def _attached(content: bytes) -> Mapping[str, Any] | None:
    """Return the credential inside a PDF that its issuer sealed."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        [attached] = PdfReader(io.BytesIO(content)).attachments[ATTACHMENT]
        credential = parse(attached)
        is_spelled = canonical(credential) == attached
    except (PyPdfError, InputError, KeyError, ValueError):
        return None
    return credential if is_spelled and isinstance(credential, Mapping) else None


def _verify_credential(
    credential: Mapping[str, Any], issuers: Issuers, register: Register | None, today: dt.date
) -> Verdict:
    did = signer(credential)
    if did is None:
        return Verdict("altered", (words.SIGNATURE_BROKEN,))
    key = issuers.keys.get(did)
    if key is None:
        return Verdict("unknown_issuer", (words.UNKNOWN_KEY.format(did=did),))
    try:
        facts = read_facts(credential)
    except ValueError:
        return Verdict("altered", (words.OTHER_KIND,), key=key)
    found = digest(credential)
    entry = register.entries.get(found) if register else None
    refusal = _of_key(facts, key, entry, register)
    outcome, reasons = refusal or _of_standing(facts, found, entry, register, today)
    if outcome == "valid":
        reasons = (*reasons, *_notes(facts, entry, register, today))
    at = register.at if register else None
    return Verdict(outcome, reasons, facts, found, key, at, entry)


Finding = tuple[Outcome, tuple[Text, ...]]


def _of_key(
    facts: Facts, key: Key, entry: Entry | None, register: Register | None
) -> Finding | None:
    """Say why the key may not have signed this certificate, or None."""
    if key.purpose != "certificates" or facts.issuer_did != key.did:
        return "unknown_issuer", (words.OTHER_SIGNER,)
    if key.kind != ISSUES[facts.subject]:
        return "unknown_issuer", (words.NOT_ITS_OFFICE.format(name=key.name),)
    if key.revoked_at is not None and entry is None:
        said = words.STOLEN if register else words.STOLEN_NOT_ASKED
        return "unknown_issuer", (said.format(day=_day(key.revoked_at)),)
    if entry is None and not key.may_have_signed(facts.signed_at):
        return "unknown_issuer", (words.NOT_IN_USE,)
    # Whoever signs dates it on a day to come, so that no register of today can deny it.
    if entry is None and facts.issued_on.isoformat() != moment(facts.signed_at)[:10]:
        return "not_registered", (words.OTHER_DAY,)
    return None


def _of_standing(
    facts: Facts, found: str, entry: Entry | None, register: Register | None, today: dt.date
) -> Finding:
    """Say how a genuine certificate stands."""
    if register and entry is None:
        other = register.other_content(facts.number, facts.status_index, found)
        if other is not None:
            return "not_registered", (words.OTHER_CONTENT.format(number=facts.number),)
        if register.is_live or facts.signed_at < register.at:
            return "not_registered", (words.NOT_LISTED,)
    if entry and entry.state == "revoked":
        return "revoked", (words.REVOKED.format(day=_date(entry.since)),)
    if entry and entry.state == "replaced":
        return "replaced", (
            words.REPLACED.format(day=_date(entry.since), number=entry.replaced_by),
        )
    if today > facts.last_day:
        return "expired", (words.EXPIRED.format(day=_date(facts.last_day)),)
    if today < facts.issued_on:
        return "not_yet", (words.NOT_YET.format(day=_date(facts.issued_on)),)
    if entry and entry.state == "suspended":
        return "suspended", (words.SUSPENDED.format(day=_date(entry.since)),)
    return "valid", (words.VALID.format(day=_date(facts.last_day)),)


def _notes(
    facts: Facts, entry: Entry | None, register: Register | None, today: dt.date
) -> tuple[Text, ...]:
    """Return what a reader must know of a certificate that holds."""
    notes = []
    if register is None:
        notes.append(words.STATUS_UNKNOWN)
    elif entry is None:
        notes.append(words.STATUS_OLDER)
    elif moment(register.at)[:10] < today.isoformat():
        notes.append(words.STATUS_OLD.format(day=_day(register.at)))
    if entry and entry.questioned_since:
        notes.append(words.QUESTIONED.format(day=_date(entry.questioned_since)))
    if facts.overrides:
        notes.append(words.OVERRIDES.format(n=len(facts.overrides)))
    if facts.invented:
        notes.append(words.INVENTED)
    return tuple(notes)


def _date(day: dt.date) -> Text:
    return Text(format_date(day, "vi"), format_date(day, "en"))


def _day(at: dt.datetime) -> Text:
    return _date(dt.date.fromisoformat(moment(at)[:10]))


def _no_certificate() -> Problem:
    return Problem(
        "no_certificate",
        Text(
            "Tệp này không phải là giấy chứng nhận của hệ thống: không phải PDF, cũng không phải "
            "chứng nhận điện tử JSON.",
            "This file is no certificate of this system: neither PDF nor a credential in JSON.",
        ),
        Text(
            "Chọn tệp PDF hoặc JSON tải từ trang công khai của giấy chứng nhận.",
            "Choose the PDF or JSON taken from the public page of the certificate.",
        ),
    )
