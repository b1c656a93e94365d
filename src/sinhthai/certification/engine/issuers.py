"""Who may sign certificates: the public keys of the issuing authorities and of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sinhthai.certification.engine.credential import CONTEXT, moment, read_moment
from sinhthai.certification.engine.proof import signer
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

LIST_TYPE = "IssuerList"
Purpose = Literal["certificates", "register"]
# Who issues what: Articles 41.6 and 42.6 of Decree 35/2022.
ISSUES = {"park": "peoples_committee", "enterprise": "management_board"}


@dataclass(frozen=True, slots=True)
class Key:
    """A public key. ``revoked_at``: from then on it is taken to be in a thief's hands."""

    did: str
    purpose: Purpose
    name: Text  # of the authority; of the register
    code: str
    kind: str  # of organisation; "" for the register
    created_at: dt.datetime
    retired_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None
    invented: bool = False

    def may_have_signed(self, at: dt.datetime) -> bool:
        """Say whether the key was in use at a moment, to the second."""
        first = self.created_at.replace(microsecond=0)
        ends = [end for end in (self.retired_at, self.revoked_at) if end is not None]
        return first <= at and all(at <= end for end in ends)


@dataclass(frozen=True, slots=True, eq=False)
class Issuers:
    """The keys by ``did``, as they stood at ``at``."""

    at: dt.datetime
    keys: Mapping[str, Key]


def issuers_of(keys: Iterable[Key], at: dt.datetime) -> Issuers:
    """Return the list of *keys*."""
    return Issuers(at, {key.did: key for key in keys})


def compose_issuers(keys: Iterable[Key], *, did: str, base: str, at: dt.datetime) -> dict[str, Any]:
    """Return the list of issuers as a credential of the register, not signed yet."""
    return {
        "@context": list(CONTEXT),
        "id": f"{base}/certificates/issuers.json",
        "type": ["VerifiableCredential", LIST_TYPE],
        "issuer": did,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{base}/certificates/",
            "keys": [_as_object(key) for key in keys],
        },
    }


def read_issuers(credential: Mapping[str, Any]) -> Issuers:
    """Return the list of issuers, or raise InputError: damaged.

    It is signed by a key of the register that it lists itself. So a damaged list is found; that
    the list is the right one is known only from where it was taken.
    """
    did = signer(credential)
    try:
        if did is None or LIST_TYPE not in credential["type"] or credential["issuer"] != did:
            raise ValueError("not a list of issuers")
        at = read_moment(credential["validFrom"])
        made = issuers_of((_key(one) for one in credential["credentialSubject"]["keys"]), at)
        own = made.keys[did]
        if own.purpose != "register" or own.revoked_at or not own.may_have_signed(at):
            raise ValueError("not signed by the register")
    except (KeyError, TypeError, ValueError):
        raise InputError([_damaged()]) from None
    return made


def _as_object(key: Key) -> dict[str, Any]:
    return {
        "id": key.did,
        "purpose": key.purpose,
        "nameVi": key.name.vi,
        "nameEn": key.name.en,
        "code": key.code,
        "kind": key.kind,
        "created": moment(key.created_at),
        "retired": moment(key.retired_at) if key.retired_at else None,
        "revoked": moment(key.revoked_at) if key.revoked_at else None,
        "invented": key.invented,
    }


def _key(one: Mapping[str, Any]) -> Key:
    if one["purpose"] not in ("certificates", "register"):
        raise ValueError(f"no such purpose: {one['purpose']}")
    return Key(
        str(one["id"]),
        one["purpose"],
        Text(str(one["nameVi"]), str(one["nameEn"])),
        str(one["code"]),
        str(one["kind"]),
        read_moment(one["created"]),
        read_moment(one["retired"]) if one["retired"] else None,
        read_moment(one["revoked"]) if one["revoked"] else None,
        one["invented"] is True,
    )


def _damaged() -> Problem:
    return Problem(
        "issuers_damaged",
        Text(
            "Danh sách cơ quan cấp bị sửa đổi hoặc không phải là danh sách cơ quan cấp.",
            "The list of issuers was changed, or is none.",
        ),
        Text(
            "Tải lại /certificates/issuers.json từ sổ đăng ký.",
            "Take /certificates/issuers.json from the register again.",
        ),
    )
