"""Keys of the issuing authorities and of the register: create, rotate, revoke, open.

A key is never deleted: what it signed must stay verifiable.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.engine.issuers import ISSUES
from sinhthai.certification.engine.keys import lock, private_did, unlock
from sinhthai.certification.models import IssuerKey
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

VARIABLE = "SINHTHAI_ISSUER_PASSPHRASE"
_FILE = "issuer-passphrase"
_OTHERS = 0o077  # bits of a file's mode that let others in
Purpose = IssuerKey.Purpose


def passphrase(*, create: bool = False) -> str:
    """Return the passphrase of the keys, from the environment or from a file beside the store.

    With *create*, a file that is not there yet is written with a random one, for its owner only.
    """
    if said := os.environ.get(VARIABLE):
        return said
    path = Path(settings.HOME) / _FILE
    if create and not path.exists():
        _write_once(path, secrets.token_urlsafe(32))
    try:
        is_open = path.stat().st_mode & _OTHERS
        said = path.read_text().strip()
    except OSError:
        raise InputError([_no_passphrase()]) from None
    if is_open:
        raise InputError([_readable_by_others(path)])
    return said


@transaction.atomic
def create_key(
    organisation: Organisation | None, *, at: dt.datetime, by: User | None = None
) -> IssuerKey:
    """Create the key of *organisation*; None: of the register, which signs how certificates stand.

    The first key of an authority brings the key of the register with it, where there is none.
    """
    if organisation is not None and organisation.kind not in ISSUES.values():
        raise InputError([_not_an_issuer(organisation)])
    if active_key(organisation) is not None:
        raise InputError([_has_one(organisation)])
    if organisation is not None and active_key(None) is None:
        _make(None, at=at, by=by)
    return _make(organisation, at=at, by=by)


@transaction.atomic
def rotate_key(
    organisation: Organisation | None, *, at: dt.datetime, by: User | None = None
) -> IssuerKey:
    """Retire the key in use and create the next; what the old one signed stays valid."""
    old = _lock(organisation)
    old.retired_at = at
    old.save(update_fields=["retired_at"])
    record(
        kind="issuer.retire", at=at, actor=by, organisation=organisation, detail={"did": old.did}
    )
    return _make(organisation, at=at, by=by)


@transaction.atomic
def revoke_key(did: str, *, reason: str, at: dt.datetime, by: User | None = None) -> IssuerKey:
    """Hold a key to be stolen: from now on only what the register lists counts as signed by it."""
    key = IssuerKey.objects.select_for_update().filter(did=did).first()
    if key is None:
        raise InputError([_no_key(did)])
    if key.revoked_at is not None:
        raise InputError([_revoked_before(did)])
    if not reason.strip():
        raise InputError([_no_reason()])
    key.revoked_at, key.revoked_reason = at, reason.strip()
    key.save(update_fields=["revoked_at", "revoked_reason"])
    record(
        kind="issuer.revoke",
        at=at,
        actor=by,
        organisation=key.organisation,
        reason=key.revoked_reason,
        detail={"did": did},
    )
    return key


def active_key(organisation: Organisation | None) -> IssuerKey | None:
    """Return the key that signs for *organisation* now (None: for the register), or None."""
    purpose = Purpose.REGISTER if organisation is None else Purpose.CERTIFICATES
    return IssuerKey.objects.filter(
        purpose=purpose, organisation=organisation, retired_at=None, revoked_at=None
    ).first()


def open_key(key: IssuerKey) -> Ed25519PrivateKey:
    """Return the private half, or raise InputError: no passphrase, or another one."""
    return unlock(key.private_pem, passphrase(), key.did)


def _make(organisation: Organisation | None, *, at: dt.datetime, by: User | None) -> IssuerKey:
    private = Ed25519PrivateKey.generate()
    key = IssuerKey.objects.create(
        purpose=Purpose.REGISTER if organisation is None else Purpose.CERTIFICATES,
        organisation=organisation,
        did=private_did(private),
        private_pem=lock(private, passphrase(create=True)),
        created_at=at,
    )
    record(
        kind="issuer.create", at=at, actor=by, organisation=organisation, detail={"did": key.did}
    )
    return key


def _lock(organisation: Organisation | None) -> IssuerKey:
    key = active_key(organisation)
    if key is None:
        raise InputError([no_key_of(organisation)])
    return IssuerKey.objects.select_for_update().get(pk=key.pk)


def _write_once(path: Path, content: str) -> None:
    """Write a file for its owner only; of two first starts at once one wins."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(content + "\n")


def no_key_of(organisation: Organisation | None) -> Problem:
    """Say that *organisation* (None: the register) has no key that may sign."""
    name = (
        Text(organisation.name_vi, organisation.name_en or organisation.name_vi)
        if organisation
        else Text("Sổ đăng ký", "The register")
    )
    code = organisation.code if organisation else "--register"
    return Problem(
        "no_signing_key",
        Text("{name} chưa có khóa ký.", "{name} has no key that may sign.").format(name=name),
        Text(
            "Người quản trị chạy: sinhthai issuer create {code}",
            "The administrator runs: sinhthai issuer create {code}",
        ).format(code=code),
    )


def _not_an_issuer(organisation: Organisation) -> Problem:
    return Problem(
        "not_an_issuer",
        Text(
            "{name} không có thẩm quyền cấp giấy chứng nhận (khoản 6 Điều 41, khoản 6 Điều 42).",
            "{name} does not issue certificates (Articles 41.6 and 42.6).",
        ).format(name=organisation.name_vi),
        Text(
            "Chọn Ủy ban nhân dân cấp tỉnh hoặc Ban quản lý.",
            "Choose a provincial People's Committee or a Management Board.",
        ),
    )


def _has_one(organisation: Organisation | None) -> Problem:
    code = organisation.code if organisation else "--register"
    return Problem(
        "key_in_use",
        Text("Đã có khóa đang dùng.", "There is a key in use."),
        Text(
            "Thay khóa: sinhthai issuer rotate {code}", "Rotate it: sinhthai issuer rotate {code}"
        ).format(code=code),
    )


def _no_key(did: str) -> Problem:
    return Problem(
        "no_such_key",
        Text("Không có khóa {did}.", "There is no key {did}.").format(did=did),
        Text("Xem: sinhthai issuer list", "See: sinhthai issuer list"),
    )


def _revoked_before(did: str) -> Problem:
    return Problem(
        "key_revoked_before",
        Text("Khóa {did} đã bị hủy.", "The key {did} is revoked already.").format(did=did),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    )


def _no_reason() -> Problem:
    return Problem(
        "no_reason",
        Text("Chưa nêu lý do.", "No reason is given."),
        Text("Nêu lý do, ví dụ: máy ký bị mất.", "Give one, e.g.: the signing machine was stolen."),
    )


def _no_passphrase() -> Problem:
    return Problem(
        "no_passphrase",
        Text("Không có mật khẩu của khóa.", "There is no passphrase for the keys."),
        Text(
            "Đặt {name}, hoặc đặt tệp {file} (chỉ chủ sở hữu đọc được) cạnh kho dữ liệu.",
            "Set {name}, or put the file {file} (readable by its owner only) beside the store.",
        ).format(name=VARIABLE, file=_FILE),
    )


def _readable_by_others(path: Path) -> Problem:
    return Problem(
        "passphrase_open",
        Text(
            "Người khác đọc được tệp mật khẩu {file}.", "Others can read the passphrase in {file}."
        ).format(file=path.name),
        Text("Chạy: chmod 600 {file}", "Run: chmod 600 {file}").format(file=path),
    )
