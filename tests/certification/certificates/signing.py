"""Keys, statements and registers for the tests of the pure engine. No Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sinhthai.certification.engine.canonical import canonical, digest
from sinhthai.certification.engine.credential import Overridden, Statement, compose, moment
from sinhthai.certification.engine.issuers import Issuers, Key, issuers_of
from sinhthai.certification.engine.keys import private_did
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.status import Entry, Register
from sinhthai.foundation.text import Text

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=30)
TODAY = dt.date(2026, 6, 3)
COMMITTEE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BOARD = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEEPER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
THIEF = Ed25519PrivateKey.from_private_bytes(bytes(range(3, 35)))
OVERRIDE = Overridden(
    "ENT-3", "not_met", "Điều 44", "Số liệu quý IV đang chờ", "Nguyễn Văn An", dt.date(2026, 5, 3)
)
STATEMENT = Statement(
    subject="park",
    number="0001/2026/GCN-KCNST/UBND-79",
    public_id="k3m9pq7x2v4w",
    holder=Text("Khu công nghiệp Hiệp Phước", "Hiep Phuoc Industrial Park"),
    holder_code="hiep-phuoc",
    park_code="hiep-phuoc",
    park=Text("Khu công nghiệp Hiệp Phước", "Hiep Phuoc Industrial Park"),
    place=Text("Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
    issuer=Text("Ủy ban nhân dân Thành phố Hồ Chí Minh", "People's Committee of Ho Chi Minh City"),
    issuer_code="ubnd-79",
    framework="vn-eip.d35-2022",
    instrument=Text("Nghị định 35/2022/NĐ-CP", "Decree 35/2022/ND-CP"),
    criteria=("INV-1", "ENT-3"),
    assessed_on=dt.date(2026, 4, 1),
    year=2025,
    issued_at=AT,
    issued_on=dt.date(2026, 5, 4),
    valid_until=dt.date(2031, 5, 5),
    dossier="0123456789abcdef",
    dossier_digest="1" * 64,
    assessment_digest="2" * 64,
    input_digest="3" * 64,
    rules_hash="4" * 64,
    engine_version="0.1.0",
    base="https://sinhthai.example",
    status_index=94_321,
)


def key_of(private: Ed25519PrivateKey, kind: str = "peoples_committee", **changes: Any) -> Key:
    """A key of an authority of *kind*, in use since the start of 2026; "": of the register."""
    made = Key(
        private_did(private),
        "certificates" if kind else "register",
        Text("Ủy ban nhân dân", "People's Committee"),
        "ubnd-79",
        kind,
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    return replace(made, **changes)


def issuers(**of_committee: Any) -> Issuers:
    """The committee, the board and the register."""
    return issuers_of(
        [key_of(COMMITTEE, **of_committee), key_of(BOARD, "management_board"), key_of(KEEPER, "")],
        LATER,
    )


def credential(key: Ed25519PrivateKey = COMMITTEE, **changes: Any) -> dict[str, Any]:
    """A signed credential of the usual statement with *changes*."""
    said = replace(STATEMENT, **changes)
    return sign(compose(said, private_did(key)), key, created=moment(said.issued_at))


def content(key: Ed25519PrivateKey = COMMITTEE, **changes: Any) -> bytes:
    """The file of such a credential."""
    return canonical(credential(key, **changes))


def register(*entries: Entry, at: dt.datetime = LATER) -> Register:
    """A register of *entries*."""
    return Register(at, {entry.digest: entry for entry in entries})


def entry(state: str = "valid", of: dict[str, Any] | None = None, **changes: Any) -> Entry:
    """How the usual credential (or another) stands since the middle of May."""
    made = Entry(
        STATEMENT.status_index,
        STATEMENT.number,
        digest(of if of is not None else credential()),
        state,
        dt.date(2026, 5, 15),
    )
    return replace(made, **changes)
