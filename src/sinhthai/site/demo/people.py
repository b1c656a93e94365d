"""Organisations and sign-ins of the demonstration: random passwords, kept beside the store only.

The store keeps hashes, so the plain passwords stand in ``demo-accounts.txt`` in the folder of
the store, readable by its owner only; every start prints them from there.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from sinhthai.accounts.actions import one_time_password, record_audit
from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.site.demo import names
from sinhthai.site.demo.invented import DESIGNS, Design

FILE = "demo-accounts.txt"
FACILITATOR = "dieu-phoi"
# The Management Boards of the demonstration, by province of today.
BOARDS = {"31": "bql-hai-phong", "79": "bql-ho-chi-minh"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One demonstration account, and whom it plays."""

    username: str
    password: str
    who: Text


@dataclass(frozen=True, slots=True)
class _Part:
    username: str
    name: Text
    kind: str
    scopes: tuple[tuple[str, str], ...]
    role: str = Membership.Role.ADMIN


def office_of(design: Design) -> str:
    """Return the sign-in name of the office of an invented park."""
    return design.code.replace("gia-dinh", "kcn")


def _parts() -> list[_Part]:
    """Return the cast: an office a park, an authority a level, an adviser, an enterprise."""
    kind, scope = Organisation.Kind, Scope.Kind
    offices = [
        _Part(
            "kcn-hiep-phuoc",
            Text("Văn phòng KCN Hiệp Phước", "Park office of Hiep Phuoc"),
            kind.OPERATOR,
            ((scope.PARK, "hiep-phuoc"),),
        ),
        *(
            _Part(
                office_of(design),
                Text(f"Văn phòng KCN {design.place.vi}", f"Park office of {design.place.en}"),
                kind.OPERATOR,
                ((scope.PARK, design.code),),
            )
            for design in DESIGNS
        ),
    ]
    enterprise = Enterprise.objects.filter(park__code=DESIGNS[0].code).order_by("code").first()
    return [
        *offices,
        _Part(
            BOARDS["31"],
            Text("Ban quản lý các KCN Hải Phòng", "Management Board of Hai Phong"),
            kind.MANAGEMENT_BOARD,
            ((scope.PROVINCE, "31"),),
        ),
        _Part(
            BOARDS["79"],
            Text("Ban quản lý các KCN TP. Hồ Chí Minh", "Management Board of Ho Chi Minh City"),
            kind.MANAGEMENT_BOARD,
            ((scope.PROVINCE, "79"),),
        ),
        _Part(
            "ubnd-hai-phong",
            Text("Ủy ban nhân dân thành phố Hải Phòng", "People's Committee of Hai Phong"),
            kind.PEOPLES_COMMITTEE,
            ((scope.PROVINCE, "31"),),
            Membership.Role.APPROVER,
        ),
        _Part("bo", Text("Bộ", "Ministry"), kind.MINISTRY, ((scope.COUNTRY, ""),)),
        _Part(
            "tu-van",
            Text("Đơn vị tư vấn", "Adviser"),
            kind.ADVISER,
            tuple((scope.PARK, design.code) for design in DESIGNS[:3]),
            Membership.Role.VIEWER,
        ),
        _Part(
            FACILITATOR,
            Text("Người điều phối cộng sinh", "Symbiosis facilitator"),
            kind.ADVISER,
            ((scope.PARK, DESIGNS[0].code),),
            Membership.Role.EDITOR,
        ),
        _Part(
            "doanh-nghiep",
            Text("Một doanh nghiệp của KCN Sông Xanh", "An enterprise of Song Xanh"),
            kind.ENTERPRISE,
            ((scope.ENTERPRISE, enterprise.code),) if enterprise else (),
        ),
    ]


@transaction.atomic
def create_people(home: Path, at: dt.datetime) -> list[SignIn]:
    """Create every organisation and account once; keep the passwords in a file of mode 0600."""
    sign_ins = []
    for part in _parts():
        organisation = Organisation.objects.create(
            code=f"demo-{part.username}",
            kind=part.kind,
            name_vi=f"{part.name.vi} {names.MARK.vi}",
            name_en=f"{part.name.en} {names.MARK.en}",
            invented=True,
        )
        Scope.objects.bulk_create(
            Scope(organisation=organisation, kind=kind, code=code) for kind, code in part.scopes
        )
        password = one_time_password()
        user = User(username=part.username, last_name=part.name.vi)
        user.set_password(password)
        user.save()
        Membership.objects.create(user=user, organisation=organisation, role=part.role)
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
