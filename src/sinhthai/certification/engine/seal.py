"""The seal at the end of a PDF: a signature over every byte before it.

It stands after the end of the file as PDF counts it, in a comment; readers of PDF do not show it.
So any changed, added or cut byte is found without asking anybody.
"""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sinhthai.certification.engine.keys import (
    SIGNATURE_BYTES,
    base58_encode,
    is_signed,
    multibase_decode,
    private_did,
)

_MARK = b"\n%sinhthai-seal-1 "
# Readers of PDF look for the end of the file in its last kilobyte; the seal is a fifth of one.
_SEAL = re.compile(rb"\n%sinhthai-seal-1 (did:key:z[1-9A-Za-z]{40,60}) (z[1-9A-Za-z]{60,90})\Z")
_LONGEST = 256


def seal(pdf: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return *pdf* followed by its seal. ValueError for a file that has one, or is no PDF."""
    if not pdf.startswith(b"%PDF-") or has_seal(pdf):
        raise ValueError("not a PDF without a seal")
    content = pdf + _MARK + private_did(key).encode() + b" "
    return content + b"z" + base58_encode(key.sign(content)).encode()


def has_seal(content: bytes) -> bool:
    """Say whether *content* ends with a seal, whether it holds or not."""
    return _found(content) is not None


def sealed_by(content: bytes) -> str | None:
    """Return the ``did:key`` whose seal holds over all of *content*, or None."""
    found = _found(content)
    if found is None:
        return None
    did = found[1].decode()
    signed = content[: len(content) - len(found[2])]
    try:
        signature = multibase_decode(found[2].decode(), SIGNATURE_BYTES)
    except ValueError:
        return None
    return did if is_signed(signed, signature, did) else None


def _found(content: bytes) -> re.Match[bytes] | None:
    return _SEAL.search(content[-_LONGEST:])
