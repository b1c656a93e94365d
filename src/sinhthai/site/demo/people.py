"""Organisations and sign-ins of the demonstration: random passwords, kept beside the store only.

The store keeps hashes, so the plain passwords stand in ``demo-accounts.txt`` in the folder of
the store, readable by its owner only; every start prints them from there.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction

from sinhthai.accounts.actions import one_time_password, record_audit
from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.foundation.text import Text
from sinhthai.site.demo import names
from sinhthai.site.demo.cast import Part, parts

FILE = "demo-accounts.txt"
_MAIL = "{username}@demo.invalid"  # no mail can reach an address that ends so
# The passwords are random, of 75 bits: nobody guesses them however quick the hash. Django hashes
# a password again, the slow way, when its person first signs in.
_ROUNDS = 20_000


@dataclass(frozen=True, slots=True)
class SignIn:
    """One demonstration account, and whom it plays."""

    username: str
    password: str
    who: Text


@transaction.atomic
def create_people(home: Path, at: dt.datetime) -> list[SignIn]:
    """Create every organisation and account once; keep the passwords in a file of mode 0600."""
    sign_ins = []
    bodies: dict[str, Organisation] = {}
    for part in parts():
        bodies[part.username] = body = bodies[part.joins] if part.joins else _found(part)
        if not part.signs_in:
            continue
        password = one_time_password()
        user = User.objects.create(
            username=part.username,
            last_name=part.name.vi,
            email=_MAIL.format(username=part.username),
            password=_hashed(password),
        )
        Membership.objects.create(user=user, organisation=body, role=part.role)
        sign_ins.append(SignIn(part.username, password, part.name))
    record_audit(
        actor=None,
        action="site.create_demo_people",
        at=at,
        summary=Text(
            f"Tạo {len(sign_ins)} tài khoản trình diễn.",
            f"Created {len(sign_ins)} demonstration accounts.",
        ),
    )
    write_sign_ins(home, sign_ins)
    return sign_ins


def _found(part: Part) -> Organisation:
    """Create the organisation of *part* with what it reaches."""
    organisation = Organisation.objects.create(
        code=f"demo-{part.username}",
        kind=part.kind,
        name_vi=f"{part.name.vi} {names.MARK.vi}",
        name_en=f"{part.name.en} {names.MARK.en}",
        authority=part.authority,
        province=part.province,
        invented=True,
    )
    Scope.objects.bulk_create(
        Scope(organisation=organisation, kind=kind, code=code) for kind, code in part.scopes
    )
    return organisation


def _hashed(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=_ROUNDS)
    return make_password(password)


def write_sign_ins(home: Path, sign_ins: list[SignIn]) -> None:
    """Write the sign-ins so that only the owner of the store can read them."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [f"{s.username}\t{s.password}\t{s.who.vi}\t{s.who.en}\n" for s in sign_ins]
    path = home / FILE
    path.unlink(missing_ok=True)  # a file made anew has the mode asked for
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(lines)


def read_sign_ins(home: Path) -> list[SignIn]:
    """Return the sign-ins of an earlier start; none when the file was removed."""
    path = home / FILE
    if not path.exists():
        return []
    rows = (line.rstrip("\n").split("\t") for line in path.read_text("utf-8").splitlines())
    return [SignIn(row[0], row[1], Text(row[2], row[3])) for row in rows if len(row) == 4]
