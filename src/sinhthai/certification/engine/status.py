"""How certificates stand: the W3C Bitstring Status List, and the signed register of all issued.

The status list says of a number in a list "revoked" or "suspended", to any verifier of credentials.
The register says more: the digest of every certificate issued. A certificate made with a stolen
key, or issued twice under one number, is not in it.

Source: W3C Recommendation "Bitstring Status List v1.0" (15 May 2025), sections 2 and 3.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sinhthai.certification.engine.credential import CONTEXT, moment, read_moment
from sinhthai.certification.engine.issuers import Issuers
from sinhthai.certification.engine.proof import signer
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

ENTRIES = 131_072  # the fewest a list may have, so that one entry hides among many (section 2.3)
REGISTER_TYPE = "CertificateRegister"
STATES = ("valid", "suspended", "revoked", "replaced", "expired")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one certificate stands. ``questioned_since``: a criterion broke on this day."""

    index: int
    number: str
    digest: str
    state: str
    since: dt.date
    replaced_by: str = ""
    questioned_since: dt.date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The register as it stood at ``at``. ``entries`` by digest.

    ``is_live``: asked of the store itself, so that what it does not list was never issued; a file
    may be older than a certificate.
    """

    at: dt.datetime
    entries: Mapping[str, Entry]
    is_live: bool = False

    def other_content(self, number: str, index: int, digest: str) -> Entry | None:
        """Return a certificate of the same number or place in the list, but another content."""
        return next(
            (
                entry
                for entry in self.entries.values()
                if (entry.number == number or entry.index == index) and entry.digest != digest
            ),
            None,
        )


def encode_list(indexes: Iterable[int]) -> str:
    """Return a bit string with *indexes* set, as a status list carries it: gzip, base64url.

    Bit 0 is the leftmost. Raises ValueError for an index beyond the list.

    >>> encode_list([])[:1], read_bit(encode_list([0, 8, 131071]), 8)
    ('u', True)
    """
    bits = bytearray(ENTRIES // 8)
    for index in indexes:
        if not 0 <= index < ENTRIES:
            raise ValueError(f"no such place in a list of {ENTRIES}: {index}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_bit(encoded: str, index: int) -> bool:
    """Say whether bit *index* is set; ValueError for what is no list, or too short for it."""
    if not encoded.startswith("u"):
        raise ValueError("not base64url")
    raw = encoded[1:]
    try:
        packed = base64.b64decode(raw + "=" * (-len(raw) % 4), altchars="-_", validate=True)
        # A list is 16 kB; a longer one is read as far as the bit, a bomb is not blown up.
        bits = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, (index >> 3) + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"not a status list: {error}") from None
    if len(bits) <= index >> 3:
        raise ValueError(f"a list shorter than {index}")
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def compose_list(
    purpose: str, indexes: Iterable[int], *, did: str, base: str, at: dt.datetime
) -> dict[str, Any]:
    """Return the status list credential for "revocation" or "suspension", not signed yet."""
    url = f"{base}/certificates/status/{purpose}.json"
    return {
        "@context": [CONTEXT[0]],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode_list(indexes),
        },
    }


def compose_register(
    entries: Iterable[Entry], *, did: str, base: str, at: dt.datetime
) -> dict[str, Any]:
    """Return the register as a credential, not signed yet."""
    return {
        "@context": list(CONTEXT),
        "id": f"{base}/certificates/status.json",
        "type": ["VerifiableCredential", REGISTER_TYPE],
        "issuer": did,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{base}/certificates/",
            "certificates": [_as_object(entry) for entry in entries],
        },
    }


def read_register(credential: Mapping[str, Any], issuers: Issuers) -> Register:
    """Return the register, or raise InputError: damaged, or *issuers* does not trust its key."""
    did = signer(credential)
    if did is None:
        raise InputError([_damaged()])
    try:
        if REGISTER_TYPE not in credential["type"] or credential["issuer"] != did:
            raise ValueError("not a register")
        at = read_moment(credential["validFrom"])
        listed = [_entry(one) for one in credential["credentialSubject"]["certificates"]]
    except (KeyError, TypeError, ValueError):
        raise InputError([_damaged()]) from None
    key = issuers.keys.get(did)
    if (
        key is None
        or key.purpose != "register"
        or key.revoked_at  # a thief dates back what he signs
        or not key.may_have_signed(at)
    ):
        raise InputError([_not_trusted(did)])
    return Register(at, {entry.digest: entry for entry in listed})


def _as_object(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "index": entry.index,
        "number": entry.number,
        "digest": entry.digest,
        "state": entry.state,
        "since": entry.since.isoformat(),
    }
    if entry.replaced_by:
        made["replacedBy"] = entry.replaced_by
    if entry.questioned_since:
        made["questionedSince"] = entry.questioned_since.isoformat()
    return made


def _entry(one: Mapping[str, Any]) -> Entry:
    if one["state"] not in STATES:
        raise ValueError(f"no such state: {one['state']}")
    questioned = one.get("questionedSince")
    return Entry(
        int(one["index"]),
        str(one["number"]),
        str(one["digest"]),
        one["state"],
        dt.date.fromisoformat(one["since"]),
        str(one.get("replacedBy", "")),
        dt.date.fromisoformat(questioned) if questioned else None,
    )


def _damaged() -> Problem:
    return Problem(
        "status_damaged",
        Text(
            "Danh sách trạng thái bị sửa đổi hoặc không phải là sổ giấy chứng nhận.",
            "The status file was changed, or is no register of certificates.",
        ),
        Text(
            "Tải lại /certificates/status.json từ sổ đăng ký.",
            "Take /certificates/status.json from the register again.",
        ),
    )


def _not_trusted(did: str) -> Problem:
    return Problem(
        "status_not_trusted",
        Text(
            "Danh sách trạng thái do khóa {did} ký; danh sách cơ quan cấp không công nhận khóa này "
            "cho sổ đăng ký.",
            "The status file is signed by {did}, which the list of issuers does not hold to be a "
            "key of the register.",
        ).format(did=did),
        Text(
            "Tải cả hai tệp issuers.json và status.json từ cùng một sổ đăng ký.",
            "Take issuers.json and status.json from the same register.",
        ),
    )
