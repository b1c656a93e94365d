"""Signing keys: Ed25519, named by ``did:key``, encrypted with a passphrase where they are kept.

A ``did:key`` says the public key itself, so a signature can be checked without asking anybody;
whose key it is says the list of issuers.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

FEWEST_CHARACTERS = 12  # of a passphrase
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_ED25519 = b"\xed\x01"  # multicodec ed25519-pub, as varint
_DID = "did:key:"
_KEY_BYTES, SIGNATURE_BYTES = 32, 64
# scrypt of the passphrase: 64 MB and a tenth of a second for each guess (RFC 7914).
_SCRYPT = {"n": 2**16, "r": 8, "p": 1, "maxmem": 2**27, "dklen": 32}


def base58_encode(content: bytes) -> str:
    """Return *content* in base 58 of Bitcoin (multibase ``z`` without its letter).

    >>> base58_encode(b"Hello World!")
    '2NEpo7TZRRrLZSi2U'
    >>> base58_encode(b"")
    ''
    """
    value = int.from_bytes(content, "big")
    characters = []
    while value:
        value, rest = divmod(value, 58)
        characters.append(_ALPHABET[rest])
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(characters))


def base58_decode(text: str) -> bytes:
    """Return the bytes *text* spells; ValueError for a character that is not of base 58.

    >>> base58_decode("11233QC4").hex()
    '0000287fb4cd'
    """
    value = 0
    for character in text:
        if character not in _VALUES:
            raise ValueError(f"not base 58: {character!r}")
        value = value * 58 + _VALUES[character]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + value.to_bytes((value.bit_length() + 7) // 8, "big")


def multibase_decode(text: str, size: int) -> bytes:
    """Return the *size* bytes a multibase text in base 58 spells, or raise ValueError."""
    if not text.startswith("z") or len(text) > 2 * size:
        raise ValueError("not multibase in base 58")
    content = base58_decode(text[1:])
    if len(content) != size:
        raise ValueError(f"{len(content)} bytes, not {size}")
    return content


def did_of(public: bytes) -> str:
    """Return the ``did:key`` of a public key of 32 bytes.

    Source: W3C CCG, The did:key Method, section 3.1.1.

    >>> did_of(bytes(32))
    'did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'
    """
    return f"{_DID}z{base58_encode(_ED25519 + public)}"


def public_key(did: str) -> bytes:
    """Return the 32 bytes of the public key a ``did:key`` says; ValueError where it says none.

    >>> public_key(did_of(bytes(32))) == bytes(32)
    True
    """
    if not did.startswith(_DID):
        raise ValueError("not a did:key")
    content = multibase_decode(did.removeprefix(_DID), len(_ED25519) + _KEY_BYTES)
    if not content.startswith(_ED25519):
        raise ValueError("not an Ed25519 key")
    return content[len(_ED25519) :]


def method_of(did: str) -> str:
    """Return the ``verificationMethod`` of a ``did:key``: its one key."""
    return f"{did}#{did.removeprefix(_DID)}"


def is_signed(content: bytes, signature: bytes, did: str) -> bool:
    """Say whether *signature* over *content* was made with the key of *did*."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key(did)).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def private_did(key: Ed25519PrivateKey) -> str:
    """Return the ``did:key`` of the public half of *key*."""
    return did_of(key.public_key().public_bytes_raw())


def lock(key: Ed25519PrivateKey, passphrase: str) -> str:
    """Return *key* as PKCS 8 in PEM, encrypted with the scrypt of *passphrase*.

    Raises InputError for a passphrase of fewer than 12 characters.
    """
    if len(passphrase) < FEWEST_CHARACTERS:
        raise InputError([_short()])
    secret = _stretched(passphrase, private_did(key))
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret),
    ).decode()


def unlock(pem: str, passphrase: str, did: str) -> Ed25519PrivateKey:
    """Return the key of *did* kept in *pem*, or raise InputError: the passphrase is another."""
    try:
        key = serialization.load_pem_private_key(pem.encode(), _stretched(passphrase, did))
    except (ValueError, TypeError):
        raise InputError([_wrong(did)]) from None
    if not isinstance(key, Ed25519PrivateKey) or private_did(key) != did:
        raise InputError([_wrong(did)])
    return key


@lru_cache(maxsize=64)
def _stretched(passphrase: str, did: str) -> bytes:
    """Return the secret a key is encrypted with; its salt is the key's own name."""
    salt = hashlib.sha256(did.encode()).digest()
    return hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT).hex().encode()


def _short() -> Problem:
    return Problem(
        "passphrase_short",
        Text(
            "Mật khẩu của khóa ngắn hơn {n} ký tự.",
            "The passphrase of the key has fewer than {n} characters.",
        ).format(n=FEWEST_CHARACTERS),
        Text(
            "Dùng một câu dài, ví dụ bốn từ ngẫu nhiên.",
            "Use a long sentence, four random words for example.",
        ),
    )


def _wrong(did: str) -> Problem:
    return Problem(
        "passphrase_wrong",
        Text(
            "Mật khẩu không mở được khóa {did}.", "The passphrase does not open the key {did}."
        ).format(did=did),
        Text(
            "Đặt SINHTHAI_ISSUER_PASSPHRASE, hoặc tệp issuer-passphrase, là mật khẩu đã dùng khi "
            "tạo khóa.",
            "Set SINHTHAI_ISSUER_PASSPHRASE, or the file issuer-passphrase, to the passphrase the "
            "key was created with.",
        ),
    )
