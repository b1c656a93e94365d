"""Data Integrity proofs with the cryptosuite eddsa-jcs-2022.

Source: W3C Recommendations "Verifiable Credential Data Integrity 1.0" and "Data Integrity EdDSA
Cryptosuites v1.0", section 3.3 (15 May 2025).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sinhthai.certification.engine.canonical import canonical
from sinhthai.certification.engine.keys import (
    SIGNATURE_BYTES,
    base58_encode,
    is_signed,
    method_of,
    multibase_decode,
    private_did,
)

SUITE = "eddsa-jcs-2022"


def hash_data(document: Mapping[str, Any], configuration: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that are signed: SHA-256 of the proof's options, then of the document.

    Source: section 3.3.4. Neither holds the proof itself or its value.
    """
    options = hashlib.sha256(canonical(configuration)).digest()
    return options + hashlib.sha256(canonical(document)).digest()


def sign(
    document: Mapping[str, Any], key: Ed25519PrivateKey, *, created: str, method: str = ""
) -> dict[str, Any]:
    """Return *document* with a proof by *key*.

    Parameters
    ----------
    created
        When it is signed, an XML Schema date and time with its zone.
    method
        The verification method to name; the key's ``did:key`` where none is given.
    """
    configuration: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method or method_of(private_did(key)),
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        configuration["@context"] = document["@context"]
    value = f"z{base58_encode(key.sign(hash_data(document, configuration)))}"
    return {**document, "proof": {**configuration, "proofValue": value}}


def signer(secured: Mapping[str, Any]) -> str | None:
    """Return the ``did:key`` that signed *secured*, or None where its proof does not hold.

    None as well for a proof of another suite or purpose, a method that is not a ``did:key``, and
    a proof whose context is not the one of the document (section 3.3.2, step 4).
    """
    proof = secured.get("proof")
    if not isinstance(proof, Mapping):
        return None
    method, value = proof.get("verificationMethod"), proof.get("proofValue")
    if not isinstance(method, str) or not isinstance(value, str):
        return None
    did = method.partition("#")[0]
    if method != method_of(did) or not has_proof_of(secured, did):
        return None
    return did


def has_proof_of(secured: Mapping[str, Any], did: str) -> bool:
    """Say whether the proof of *secured* was made with the key of *did*, whatever it is called."""
    proof = secured.get("proof")
    if not isinstance(proof, Mapping):
        return False
    expected = ("DataIntegrityProof", SUITE, "assertionMethod")
    if tuple(proof.get(name) for name in ("type", "cryptosuite", "proofPurpose")) != expected:
        return False
    document = {name: value for name, value in secured.items() if name != "proof"}
    if proof.get("@context") != document.get("@context"):
        return False
    configuration = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = multibase_decode(str(proof.get("proofValue")), SIGNATURE_BYTES)
    except ValueError:
        return False
    return is_signed(hash_data(document, configuration), signature, did)
