"""Signatures against what the W3C published; keys at rest."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.certification.engine import proof
from sinhthai.certification.engine.keys import (
    base58_decode,
    base58_encode,
    did_of,
    lock,
    private_did,
    public_key,
    unlock,
)
from sinhthai.foundation.problems import InputError

# W3C Recommendation "Data Integrity EdDSA Cryptosuites v1.0", Appendix B.3: eddsa-jcs-2022.
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
METHOD = f"https://vc.example/issuers/5678#{PUBLIC}"
DOCUMENT = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/examples/v2",
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
DOCUMENT_HASH = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
VALUE = "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
CREATED = "2023-02-24T23:36:38Z"


@pytest.fixture
def published_key():
    return Ed25519PrivateKey.from_private_bytes(base58_decode(SECRET[1:])[2:])


def test_the_published_key_has_the_published_name(published_key):
    assert private_did(published_key) == f"did:key:{PUBLIC}"


def test_the_published_credential_gets_the_published_signature(published_key):
    signed = proof.sign(DOCUMENT, published_key, created=CREATED, method=METHOD)
    assert signed["proof"]["proofValue"] == VALUE
    options = {name: said for name, said in signed["proof"].items() if name != "proofValue"}
    assert proof.hash_data(DOCUMENT, options).hex().endswith(DOCUMENT_HASH)


def test_the_published_signature_holds_and_names_no_key_of_ours(published_key):
    signed = proof.sign(DOCUMENT, published_key, created=CREATED, method=METHOD)
    assert proof.has_proof_of(signed, f"did:key:{PUBLIC}")
    assert proof.signer(signed) is None  # its method is a web address, not a did:key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("type", "Ed25519Signature2020"),
        ("cryptosuite", "eddsa-rdfc-2022"),
        ("proofPurpose", "authentication"),
        ("created", "2023-02-24T23:36:39Z"),
        ("@context", ["https://www.w3.org/ns/credentials/v2"]),
        ("proofValue", "z" + "1" * 64),
        ("proofValue", "z0"),
        ("proofValue", None),
        ("verificationMethod", f"did:key:{PUBLIC}#other"),
    ],
)
def test_a_proof_changed_in_any_part_does_not_hold(published_key, name, said):
    signed = proof.sign(DOCUMENT, published_key, created=CREATED)
    assert proof.signer(signed) == f"did:key:{PUBLIC}"
    assert proof.signer({**signed, "proof": {**signed["proof"], name: said}}) is None


@given(st.binary(max_size=80))
def test_base_58_reads_back_what_it_wrote(content):
    assert base58_decode(base58_encode(content)) == content


@given(st.binary(min_size=32, max_size=32))
def test_a_did_says_its_key(content):
    assert public_key(did_of(content)) == content


@pytest.mark.parametrize(
    "did", ["", "did:web:example", "did:key:", "did:key:u12", f"did:key:{PUBLIC}1", "did:key:z0OIl"]
)
def test_what_is_no_did_key_of_ed25519_is_refused(did):
    with pytest.raises(ValueError, match=r"\w"):
        public_key(did)


def test_a_key_opens_with_its_passphrase_only(published_key):
    pem = lock(published_key, "đá mòn nhưng dạ chẳng mòn")
    did = private_did(published_key)
    assert "ENCRYPTED" in pem
    assert private_did(unlock(pem, "đá mòn nhưng dạ chẳng mòn", did)) == did
    with pytest.raises(InputError) as refused:
        unlock(pem, "đá mòn nhưng dạ chẳng mờn", did)
    assert refused.value.problems[0].code == "passphrase_wrong"


def test_a_short_passphrase_is_refused(published_key):
    with pytest.raises(InputError) as refused:
        lock(published_key, "ngắn")
    assert "12" in refused.value.problems[0].message.vi
