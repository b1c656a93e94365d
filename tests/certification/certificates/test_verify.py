"""What a certificate shown is worth: every outcome, every byte, every day that matters."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from tests.certification.certificates import signing
from tests.certification.certificates.signing import (
    AT,
    BOARD,
    COMMITTEE,
    KEEPER,
    LATER,
    OVERRIDE,
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
from sinhthai.certification.engine.credential import moment
from sinhthai.certification.engine.issuers import compose_issuers, issuers_of, read_issuers
from sinhthai.certification.engine.keys import private_did
from sinhthai.certification.engine.proof import sign
from sinhthai.certification.engine.seal import seal
from sinhthai.certification.engine.status import (
    ENTRIES,
    compose_list,
    compose_register,
    encode_list,
    read_bit,
    read_register,
)
from sinhthai.certification.engine.verify import ATTACHMENT, verify
from sinhthai.foundation.problems import InputError


def look(shown, *, register=None, today=TODAY, **of_committee):
    return verify(shown, issuers=issuers(**of_committee), register=register, today=today)


def pdf(attached, key=COMMITTEE):
    """A small PDF with a credential inside, sealed."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment(ATTACHMENT, attached)
    out = io.BytesIO()
    writer.write(out)
    return seal(out.getvalue(), key)


PDF = pdf(content())


@pytest.mark.parametrize("shown", [content(), PDF], ids=["json", "pdf"])
def test_a_certificate_in_force_is_valid_and_says_what_it_is(shown):
    verdict = look(shown, register=register(entry()))
    assert verdict.outcome == "valid"
    assert verdict.is_valid
    assert verdict.facts.number == STATEMENT.number
    assert verdict.facts.holder == STATEMENT.holder
    assert verdict.status_at == LATER
    assert "04/05/2031" in verdict.reasons[0].vi
    assert len(verdict.reasons) == 1


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        ("suspended", "suspended", "15/05/2026"),
        ("revoked", "revoked", "15/05/2026"),
        ("replaced", "replaced", "0009/2031"),
        ("expired", "valid", "04/05/2031"),  # the day decides, not who forgot to write it down
    ],
)
@pytest.mark.parametrize("shown", [content(), PDF], ids=["json", "pdf"])
def test_the_register_says_how_it_stands(shown, state, outcome, said):
    verdict = look(shown, register=register(entry(state, replaced_by="0009/2031/GCN")))
    assert verdict.outcome == outcome
    assert said in verdict.reasons[0].vi


@pytest.mark.parametrize(
    ("today", "outcome"),
    [
        (dt.date(2026, 5, 3), "not_yet"),
        (dt.date(2026, 5, 4), "valid"),
        (dt.date(2031, 5, 4), "valid"),
        (dt.date(2031, 5, 5), "expired"),
    ],
)
def test_it_holds_from_its_first_to_its_last_legal_day(today, outcome):
    assert look(content(), register=register(entry()), today=today).outcome == outcome


def test_what_is_revoked_stays_revoked_after_its_last_day():
    gone = register(entry("revoked"))
    assert look(content(), register=gone, today=dt.date(2032, 1, 1)).outcome == "revoked"


def test_without_the_register_valid_says_that_nothing_later_was_seen():
    verdict = look(content())
    assert verdict.is_valid
    assert verdict.status_at is None
    assert any("not asked" in reason.en for reason in verdict.reasons)


def test_a_register_older_than_the_certificate_is_said_to_be_older():
    verdict = look(content(), register=register(at=AT - dt.timedelta(days=1)))
    assert verdict.is_valid
    assert any("older" in reason.en for reason in verdict.reasons)


def test_a_criterion_that_broke_is_said_with_its_day():
    broken = register(entry(questioned_since=dt.date(2026, 5, 20)))
    verdict = look(content(), register=broken)
    assert verdict.is_valid
    assert verdict.questioned_since == dt.date(2026, 5, 20)
    assert any("20/05/2026" in reason.vi for reason in verdict.reasons)


def test_overrides_and_invented_data_are_said():
    shown = credential(overrides=(OVERRIDE,), invented=True)
    verdict = look(canonical(shown), register=register(entry(of=shown)))
    assert verdict.facts.overrides == (OVERRIDE,)
    assert any("override" in reason.en for reason in verdict.reasons)
    assert any("no legal effect" in reason.en for reason in verdict.reasons)


def test_an_unknown_key_is_an_unknown_issuer_and_its_pdf_is_not_opened():
    assert look(content(THIEF)).outcome == "unknown_issuer"
    verdict = look(pdf(b"not even JSON", THIEF))
    assert verdict.outcome == "unknown_issuer"
    assert verdict.facts is None


def test_an_authority_that_may_not_issue_such_a_certificate_is_no_issuer_of_it():
    verdict = look(content(BOARD))
    assert verdict.outcome == "unknown_issuer"
    assert look(content(BOARD, subject="enterprise")).is_valid
    assert look(content(KEEPER)).outcome == "unknown_issuer"


def test_who_signs_must_be_who_it_names():
    other = sign(
        {name: said for name, said in credential().items() if name != "proof"},
        BOARD,
        created=moment(AT),
    )
    assert look(canonical(other)).outcome == "unknown_issuer"


def test_a_rotated_key_leaves_old_certificates_valid_and_signs_no_new_ones():
    retired = {"retired_at": AT + dt.timedelta(days=1)}
    assert look(content(), **retired).is_valid
    late = content(issued_at=AT + dt.timedelta(days=2))
    assert look(late, **retired).outcome == "unknown_issuer"


def test_with_a_stolen_key_only_what_the_register_lists_counts():
    stolen = {"revoked_at": AT + dt.timedelta(days=2)}
    forged = content(number="0007/2026/GCN-KCNST/UBND-79", status_index=7)  # dated back
    assert look(content(), register=register(entry()), **stolen).is_valid
    assert look(forged, register=register(entry()), **stolen).outcome == "unknown_issuer"
    assert look(content(), **stolen).outcome == "unknown_issuer"


def test_a_number_issued_twice_is_not_mistaken():
    """After a restored backup the register holds another certificate of that number."""
    again = credential(holder_code="tan-do")
    restored = register(entry(of=again))
    lost = look(content(), register=restored)
    assert lost.outcome == "not_registered"
    assert STATEMENT.number in lost.reasons[0].vi
    assert look(canonical(again), register=restored).is_valid


def test_a_certificate_the_register_never_issued_is_not_valid():
    assert look(content(), register=register()).outcome == "not_registered"


def test_a_file_written_anew_is_not_the_one_issued():
    verdict = look(json.dumps(credential(), indent=1).encode())
    assert verdict.outcome == "altered"
    assert "byte for byte" in verdict.reasons[0].en


def test_no_byte_of_the_json_can_change_unseen():
    """Every byte, each with one bit turned and replaced by a space."""
    shown, trusted = content(), issuers()
    for place in range(len(shown)):
        for other in (shown[place] ^ 1, shown[place] ^ 0x20, 0x20):
            if other == shown[place]:
                continue
            changed = shown[:place] + bytes([other]) + shown[place + 1 :]
            verdict = verify(changed, issuers=trusted, register=None, today=TODAY)
            assert verdict.outcome == "altered", (place, other)


@settings(max_examples=300)
@given(st.integers(0, len(PDF) - 1), st.integers(1, 255))
def test_no_byte_of_the_pdf_can_change_unseen(place, turned):
    changed = PDF[:place] + bytes([PDF[place] ^ turned]) + PDF[place + 1 :]
    assert look(changed).outcome == "altered"


@given(st.data())
def test_a_pdf_cut_or_lengthened_is_altered(data):
    cut = data.draw(st.integers(5, len(PDF) - 1))
    more = data.draw(st.binary(min_size=1, max_size=40))
    assert look(PDF[:cut]).outcome == "altered"
    assert look(PDF + more).outcome == "altered"


def test_a_credential_inside_must_be_signed_by_who_sealed():
    assert look(pdf(content(BOARD))).outcome == "altered"
    assert look(pdf(b"{}")).outcome == "altered"


@pytest.mark.parametrize("shown", [b"", b"PK\x03\x04", b"{}", b"[1]", b"hello", b"\xff" * 9, b"12"])
def test_what_is_no_certificate_is_bad_input(shown):
    with pytest.raises(InputError) as refused:
        look(shown)
    assert refused.value.problems[0].cure.vi


def test_a_pdf_that_was_never_sealed_is_not_as_issued():
    assert look(b"%PDF-1.7\n%%EOF").outcome == "altered"


# -- the files of the register ------------------------------------------------------------------


def signed_register(*entries, key=KEEPER, at=LATER):
    made = compose_register(entries, did=private_did(key), base=STATEMENT.base, at=at)
    return sign(made, key, created=moment(at))


def test_the_register_reads_back_what_was_written():
    kept = entry("replaced", replaced_by="0009", questioned_since=dt.date(2026, 5, 20))
    assert read_register(signed_register(kept), issuers()).entries == {kept.digest: kept}


def test_a_register_changed_or_signed_by_another_is_refused():
    made = signed_register(entry())
    listed = made["credentialSubject"]["certificates"]
    tampered = {
        **made,
        "credentialSubject": {**made["credentialSubject"], "certificates": [*listed, *listed]},
    }
    for wrong, code in [
        (tampered, "status_damaged"),
        ({}, "status_damaged"),
        (credential(), "status_damaged"),
        (signed_register(entry(), key=COMMITTEE), "status_not_trusted"),
        (signed_register(entry(), key=THIEF), "status_not_trusted"),
    ]:
        with pytest.raises(InputError) as refused:
            read_register(wrong, issuers())
        assert refused.value.problems[0].code == code


def test_a_stolen_key_of_the_register_signs_no_list_however_it_is_dated():
    stolen = issuers_of([key_of(KEEPER, "", revoked_at=LATER)], LATER)
    with pytest.raises(InputError):
        read_register(signed_register(at=AT), stolen)


def test_the_list_of_issuers_reads_back_and_is_refused_when_changed():
    keys = [
        key_of(COMMITTEE, retired_at=AT, invented=True),
        key_of(BOARD, "management_board", revoked_at=AT),
        key_of(KEEPER, ""),
    ]
    made = compose_issuers(keys, did=private_did(KEEPER), base=STATEMENT.base, at=LATER)
    signed = sign(made, KEEPER, created=moment(LATER))
    read = read_issuers(signed)
    assert list(read.keys.values()) == keys
    subject = {**signed["credentialSubject"], "keys": signed["credentialSubject"]["keys"][:2]}
    for wrong in (
        {**signed, "credentialSubject": subject},
        sign(made, COMMITTEE, created=moment(LATER)),
        {},
        {"proof": 1},
    ):
        with pytest.raises(InputError) as refused:
            read_issuers(wrong)
        assert refused.value.problems[0].code == "issuers_damaged"


@given(st.sets(st.integers(0, ENTRIES - 1), max_size=30), st.integers(0, ENTRIES - 1))
def test_a_bit_is_set_exactly_for_the_listed(listed, asked):
    assert read_bit(encode_list(listed), asked) == (asked in listed)


def test_the_empty_list_is_the_one_the_standard_prints():
    """W3C Bitstring Status List v1.0, example 4: 16 kB of zeros."""
    published = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert not any(read_bit(published, place) for place in (0, 1, 94_321, ENTRIES - 1))


@pytest.mark.parametrize("wrong", ["", "zAAAA", "u!!", "uAAAA", encode_list([])[:40]])
def test_what_is_no_list_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        read_bit(wrong, 94_321)


def test_a_place_beyond_the_list_is_refused():
    with pytest.raises(ValueError, match="131072"):
        encode_list([ENTRIES])


def test_a_status_list_is_a_credential_of_the_standard():
    made = compose_list("revocation", [3], did=private_did(KEEPER), base=STATEMENT.base, at=AT)
    assert made["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert made["credentialSubject"]["statusPurpose"] == "revocation"
    assert read_bit(made["credentialSubject"]["encodedList"], 3)
    [revocation, suspension] = credential()["credentialStatus"]
    assert revocation["statusListCredential"] == made["id"]
    assert (suspension["statusPurpose"], suspension["statusListIndex"]) == ("suspension", "94321")


def test_the_statement_of_the_tests_is_what_the_credential_says():
    facts = look(content()).facts
    assert facts.last_day == replace(signing.STATEMENT).valid_until - dt.timedelta(days=1)
    assert credential()["validUntil"] == "2031-05-04T23:59:59+07:00"
