"""The register of certificates as signed files: issuers, status lists, and what was issued.

They are signed when they are asked for, by the key of the register, and anew when something
changed or an hour went by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from sinhthai.certification.actions.issuer import active_key, no_key_of, open_key
from sinhthai.certification.engine.canonical import canonical
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.credential import PURPOSES, moment
from sinhthai.certification.engine.issuers import Issuers, Key, compose_issuers, issuers_of
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.status import Entry, Register, compose_list, compose_register
from sinhthai.certification.models import Certificate, Event, IssuerKey
from sinhthai.certification.wording import organisation_name
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text

REGISTER_NAME = Text("Sổ đăng ký giấy chứng nhận", "The register of certificates")
State = Certificate.State
# States in which the W3C lists have a bit set. What was replaced no longer counts either.
_SET = {
    "revocation": frozenset({State.REVOKED, State.REPLACED}),
    "suspension": frozenset({State.SUSPENDED}),
}
FILES = ("issuers", "status", *PURPOSES)


def read_issuers(at: dt.datetime) -> Issuers:
    """Return whose keys are trusted, as the store knows at *at*."""
    return issuers_of(_keys(), at)


def read_register(at: dt.datetime) -> Register:
    """Return how every certificate stands, as the store knows at *at*."""
    rows = Certificate.objects.all()
    return Register(at, {entry.digest: entry for entry in _entries(rows)}, is_live=True)


def read_register_of(digest: str, number: str, index: int, at: dt.datetime) -> Register:
    """Return the part of the register that can say anything of one certificate shown."""
    rows = Certificate.objects.filter(Q(digest=digest) | Q(number=number) | Q(status_index=index))
    return Register(at, {entry.digest: entry for entry in _entries(rows)}, is_live=True)


def signed_file(name: str, at: dt.datetime) -> bytes:
    """Return a file of ``FILES`` in canonical JSON, signed by the register.

    Raises InputError where the register has no key, or its passphrase is not known here.
    """
    key = active_key(None)
    if key is None:
        raise InputError([no_key_of(None)])
    state = _State.now(at)
    known = _CACHE.get(name)
    if known is None or known[0] != state:
        document = _COMPOSE[name](key.did, at)
        content = canonical(sign(document, open_key(key), created=moment(at)))
        _CACHE[name] = known = (state, content)
    return known[1]


@dataclass(frozen=True, slots=True)
class _State:
    """What the signed files depend on; a file older than the hour is signed anew as well."""

    hour: dt.datetime
    certificates: int
    said: int | None  # the last link of the chain about any certificate: clocks may go back
    questions: int
    questioned: dt.date | None
    keys: tuple[tuple[Any, ...], ...]

    @classmethod
    def now(cls, at: dt.datetime) -> _State:
        seen = Certificate.objects.aggregate(
            n=Count("id"),
            questions=Count("broken_since"),
            questioned=Max("broken_since"),
        )
        said = Event.objects.filter(certificate__isnull=False).aggregate(last=Max("seq"))["last"]
        keys = IssuerKey.objects.order_by("id").values_list("did", "retired_at", "revoked_at")
        hour = at.replace(minute=0, second=0, microsecond=0)
        return cls(hour, seen["n"], said, seen["questions"], seen["questioned"], tuple(keys))


_CACHE: dict[str, tuple[_State, bytes]] = {}  # by name of the file


def _issuer_list(did: str, at: dt.datetime) -> dict[str, Any]:
    return compose_issuers(_keys(), did=did, base=settings.SINHTHAI_PUBLIC_URL, at=at)


def _whole_register(did: str, at: dt.datetime) -> dict[str, Any]:
    entries = _entries(Certificate.objects.order_by("status_index"))
    return compose_register(entries, did=did, base=settings.SINHTHAI_PUBLIC_URL, at=at)


def _list_for(purpose: str) -> Callable[[str, dt.datetime], dict[str, Any]]:
    def compose(did: str, at: dt.datetime) -> dict[str, Any]:
        indexes = Certificate.objects.filter(state__in=_SET[purpose])
        return compose_list(
            purpose,
            indexes.values_list("status_index", flat=True),
            did=did,
            base=settings.SINHTHAI_PUBLIC_URL,
            at=at,
        )

    return compose


_COMPOSE: dict[str, Callable[[str, dt.datetime], dict[str, Any]]] = {
    "issuers": _issuer_list,
    "status": _whole_register,
    **{purpose: _list_for(purpose) for purpose in PURPOSES},
}


def _keys() -> list[Key]:
    return [
        Key(
            key.did,
            "register" if key.organisation is None else "certificates",
            organisation_name(key.organisation) if key.organisation else REGISTER_NAME,
            key.organisation.code if key.organisation else "",
            key.organisation.kind if key.organisation else "",
            key.created_at,
            key.retired_at,
            key.revoked_at,
            bool(key.organisation and key.organisation.invented),
        )
        for key in IssuerKey.objects.select_related("organisation").order_by("id")
    ]


def _entries(rows: QuerySet[Certificate]) -> list[Entry]:
    return [
        Entry(index, number, digest, state, legal_day(since), replaced_by or "", broken_since)
        for index, number, digest, state, since, replaced_by, broken_since in rows.values_list(
            "status_index",
            "number",
            "digest",
            "state",
            "state_since",
            "replaced_by__number",
            "broken_since",
        )
    ]
