"""Forged, changed, swapped, replayed and future certificates; a key in a thief's hands."""

import dataclasses
import datetime as dt

import pytest
from tests.certification.certificates import signing
from tests.certification.certificates.signing import (
    AT,
    COMMITTEE,
    KEEPER,
    LATER,
    STATEMENT,
    THIEF,
    TODAY,
    content,
    credential,
    entry,
    issuers,
    key_of,
    register,
)

from sinhthai.certification.engine.canonical import canonical
from sinhthai.certification.engine.credential import compose, first_day_after, moment
from sinhthai.certification.engine.issuers import issuers_of
from sinhthai.certification.engine.keys import private_did
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.seal import seal
from sinhthai.certification.engine.status import compose_register, encode_list, read_register
from sinhthai.certification.engine.verify import verify
from sinhthai.foundation.problems import InputError

DAY = dt.timedelta(days=1)


def said(file, *, trusted=None, asked=None, today=TODAY):
    try:
        return verify(file, issuers=trusted or issuers(), register=asked, today=today).outcome
    except InputError:
        return "no certificate"


def test_any_changed_byte_of_the_credential_is_found():
    file = content()
    assert said(file, asked=register(entry())) == "valid"
    for place in range(0, len(file), 23):
        for other in (file[place] ^ 1, file[place] ^ 0x20, 0):
            if other != file[place]:
                changed = file[:place] + bytes([other]) + file[place + 1 :]
                assert said(changed, asked=register(entry())) in ("altered", "unknown_issuer"), (
                    place
                )
    for longer in (file + b" ", b" " + file, file[:-1], file + file, b"\xef\xbb\xbf" + file):
        assert said(longer, asked=register(entry())) == "altered"


def test_parts_of_two_certificates_make_none():
    one, two = credential(), credential(number="0002/2026/GCN-KCNST/UBND-79")
    for name in (*one, "unknown"):
        mixed = {**one, name: two.get(name, "x")}
        if mixed != one:
            assert said(canonical(mixed)) == "altered", name
    for name in one["proof"]:
        assert said(canonical({**one, "proof": {**one["proof"], name: "x"}})) == "altered", name
    stripped = {name: value for name, value in one.items() if name != "proof"}
    assert said(canonical(stripped)) == "altered"
    for proof in ([one["proof"]], [one["proof"], two["proof"]], [], None, "x", {}):
        assert said(canonical({**one, "proof": proof})) == "altered"
    more = {**one, "proof": {**one["proof"], "expires": "2099-01-01T00:00:00Z"}}
    assert said(canonical(more)) == "altered"


def test_a_key_of_ones_own_makes_nobody_an_issuer():
    thief = private_did(THIEF)
    assert said(content(THIEF)) == "unknown_issuer"
    # Signed by the thief under the name of the committee, and the other way round.
    posing = compose(STATEMENT, private_did(COMMITTEE))
    assert said(canonical(sign(posing, THIEF, created=moment(AT)))) == "unknown_issuer"
    named = sign(
        posing,
        THIEF,
        created=moment(AT),
        method=signing.credential()["proof"]["verificationMethod"],
    )
    assert said(canonical(named)) == "altered"
    fragment = f"{private_did(COMMITTEE)}#{thief.removeprefix('did:key:')}"
    assert said(canonical(sign(posing, THIEF, created=moment(AT), method=fragment))) == "altered"
    web = sign(posing, THIEF, created=moment(AT), method="did:web:e.vil#1")
    assert said(canonical(web)) == "altered"
    # The key of the register signs how certificates stand, and no certificate.
    assert said(content(KEEPER)) == "unknown_issuer"
    # The Board's key issues to enterprises only.
    assert said(content(signing.BOARD)) == "unknown_issuer"
    assert said(seal(b"%PDF-1.7\nfalse", THIEF)) == "unknown_issuer"
    assert said(seal(b"%PDF-1.7\nfalse", COMMITTEE)) == "altered"
    assert said(b"\0" + seal(b"%PDF-1.7\nfalse", COMMITTEE)) == "altered"


@pytest.mark.parametrize("days", [-40, 0, 0.4, 3, 400])
def test_a_stolen_key_makes_nothing_that_a_register_lists(days):
    """Whatever day the thief writes: before, today, later today, in a year."""
    at = AT + (LATER - AT) + dt.timedelta(days=days)
    day = (at + dt.timedelta(hours=7)).date()
    stolen = content(
        COMMITTEE, number="0666/2026/X", status_index=7, issued_at=at, issued_on=day,
        valid_until=first_day_after(day, 5),
    )  # fmt: skip
    live = dataclasses.replace(register(entry()), is_live=True)
    assert said(stolen, asked=live) == "not_registered"
    if days < 0:
        assert said(stolen, asked=register(entry())) == "not_registered"
    # Dated to come, so that no register of today may deny it, but said to be of today.
    dated = content(
        COMMITTEE, number="0666/2026/X", status_index=7, issued_at=at + 30 * DAY, issued_on=TODAY
    )
    for asked in (None, register(entry()), live):
        assert said(dated, asked=asked) == "not_registered"
    told = issuers(revoked_at=LATER)
    assert said(stolen, trusted=told, asked=live) == "unknown_issuer"
    assert said(content(), trusted=told, asked=register(entry())) == "valid"  # it lists this one


def test_a_number_or_a_place_of_another_is_found():
    for changes in ({"holder_code": "amata"}, {"number": "0002/2026/X"}, {"status_index": 5}):
        other = content(**changes)
        assert said(other, asked=register(entry())) == "not_registered", changes


def test_a_rotated_key_signs_nothing_after_and_what_it_signed_holds():
    for end in ("retired_at", "revoked_at"):
        later = content(
            issued_at=AT + DAY, issued_on=dt.date(2026, 5, 5), number="n", status_index=1
        )
        ended = issuers(**{end: AT + dt.timedelta(hours=1)})
        assert said(later, trusted=ended) == "unknown_issuer"
        assert said(content(), trusted=ended, asked=register(entry())) == "valid"
    assert said(content(), trusted=issuers(created_at=AT + DAY)) == "unknown_issuer"


def test_an_old_register_says_how_old_it_is():
    old = register(entry(), at=LATER - 20 * DAY)
    verdict = verify(content(), issuers=issuers(), register=old, today=TODAY)
    assert (
        verdict.is_valid and "14" in verdict.reasons[1].en and "after it" in verdict.reasons[1].en
    )
    today = verify(content(), issuers=issuers(), register=register(entry()), today=TODAY)
    assert len(today.reasons) == 1
    before = verify(content(), issuers=issuers(), register=register(at=AT - DAY), today=TODAY)
    assert "older than this certificate" in before.reasons[1].en


def test_the_last_day_ends_at_midnight_in_viet_nam():
    listed = register(entry())
    assert said(content(), asked=listed, today=dt.date(2031, 5, 4)) == "valid"
    assert said(content(), asked=listed, today=dt.date(2031, 5, 5)) == "expired"
    assert said(content(), asked=listed, today=dt.date(2026, 5, 3)) == "not_yet"
    assert credential()["validUntil"] == "2031-05-04T23:59:59+07:00"


def test_a_register_of_another_key_or_changed_is_not_believed():
    base = "https://sinhthai.example"
    for key, trusted in (
        (THIEF, issuers()),
        (COMMITTEE, issuers()),
        (KEEPER, issuers_of([key_of(KEEPER, "", revoked_at=LATER)], LATER)),
        (KEEPER, issuers_of([key_of(KEEPER, "", retired_at=AT)], LATER)),
    ):
        made = sign(
            compose_register([entry()], did=private_did(key), base=base, at=LATER), key,
            created=moment(LATER),
        )  # fmt: skip
        with pytest.raises(InputError):
            read_register(made, trusted)
    good = sign(
        compose_register([entry("revoked")], did=private_did(KEEPER), base=base, at=LATER), KEEPER,
        created=moment(LATER),
    )  # fmt: skip
    assert said(content(), asked=read_register(good, issuers())) == "revoked"
    good["credentialSubject"]["certificates"][0]["state"] = "valid"
    with pytest.raises(InputError):
        read_register(good, issuers())


def test_a_bomb_in_a_status_list_is_not_blown_up():
    import base64
    import gzip

    from sinhthai.certification.engine.status import read_bit

    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(b"\xff" * 50_000_000)).decode().rstrip("=")
    assert read_bit(bomb, 3) and not read_bit(encode_list([]), 3)


@pytest.mark.parametrize(
    "file",
    [
        b"", b"{}", b"[]", b"null", b'{"type":"VerifiableCredential"}', b"[" * 100_000,
        b'{"a":' * 70 + b'"eddsa-jcs-2022"' + b"}" * 70, b'{"type":"VerifiableCredential","type":1}',
        b'{"VerifiableCredential":1e999}', b'{"VerifiableCredential":"\\ud800"}', b"%PDF-1.7\n", b"PK\3\4",
        b'{"proof":{"proofValue":"z' + b"1" * 10**6 + b'"},"x":"DataIntegrityProof"}',
    ],
)  # fmt: skip
def test_what_is_no_certificate_breaks_nothing(file):
    assert said(file) in ("altered", "no certificate")
