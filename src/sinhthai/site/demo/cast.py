"""Who plays in the demonstration: every party of every procedure, two people where two must act.

Nobody approves what they entered, so an office has a colleague ``-cb`` who prepares and judges,
and an authority that signs after its own judgement a third one, ``-tp``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sinhthai.accounts.models import Membership, Organisation, Scope
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.site.demo.invented import DESIGNS, Design

FACILITATOR = "dieu-phoi"
# The Management Boards and People's Committees of the demonstration, by province of today.
BOARDS = {
    "31": "bql-hai-phong",
    "79": "bql-ho-chi-minh",
    "19": "bql-thai-nguyen",
    "92": "bql-can-tho",
    "80": "bql-tay-ninh",
    "46": "bql-hue",
}
COMMITTEES = {"31": "ubnd-hai-phong", "80": "ubnd-tay-ninh", "46": "ubnd-hue"}
ENTERPRISE = "doanh-nghiep"
OTHERS = "cac-doanh-nghiep"  # one organisation stands for every other enterprise with a dossier
LEAD_MINISTRY, RECP = "bo", "recp"
BANK, OTHER_BANK = "ngan-hang", "quy-xanh"
COLLEAGUE, HEAD = "-cb", "-tp"
# Sign-ins of the bodies asked for an opinion: of the ministry, of the department of a province.
_MINISTRIES = {
    "environment_ministry": "bo-nong-nghiep-moi-truong",
    "science_ministry": "bo-khoa-hoc",
    "industry_trade_ministry": "bo-cong-thuong",
    "construction_ministry": "bo-xay-dung",
}
_DEPARTMENTS = {
    "environment_dept": "so-nong-nghiep-moi-truong",
    "science_dept": "so-khoa-hoc",
    "industry_trade_dept": "so-cong-thuong",
    "construction_dept": "so-xay-dung",
}
_NAMED_ON = dt.date(2026, 1, 1)  # the bodies bear their names of that day
# Each province as its bodies name it, and as the law titles its committee.
PLACES = {
    "31": Text("Hải Phòng", "Hai Phong"),
    "79": Text("TP. Hồ Chí Minh", "Ho Chi Minh City"),
    "19": Text("Thái Nguyên", "Thai Nguyen"),
    "92": Text("Cần Thơ", "Can Tho"),
    "80": Text("Tây Ninh", "Tay Ninh"),
    "46": Text("Huế", "Hue"),
}
_CITIES = ("31", "79", "92", "46")
_Kind, _Reach, _Role = Organisation.Kind, Scope.Kind, Membership.Role


@dataclass(frozen=True, slots=True)
class Part:
    """A sign-in, and the organisation it acts for; ``joins`` one that is there already.

    ``authority`` is the organisation's function in procedures, ``province`` where it has it. Of an
    organisation that does not sign in nobody answers: its time runs out.
    """

    username: str
    name: Text
    kind: str = ""
    scopes: tuple[tuple[str, str], ...] = ()
    role: str = _Role.ADMIN
    authority: str = ""
    province: str = ""
    joins: str = ""
    signs_in: bool = True


def office_of(design: Design) -> str:
    """Return the sign-in name of the office of an invented park."""
    return design.code.replace("gia-dinh", "kcn")


def department_of(authority: str, province: str) -> str:
    """Return the sign-in name of a department asked for its opinion.

    >>> department_of("science_dept", "31"), department_of("science_dept", "80")
    ('so-khoa-hoc', 'so-khoa-hoc-80')
    """
    return _DEPARTMENTS[authority] + ("" if province == DESIGNS[0].province else f"-{province}")


def parts() -> list[Part]:
    """Return the cast, in the order it is printed: offices, authorities, advisers, enterprises."""
    return [*_offices(), *_boards(), *_committees(), *_ministries(), *_departments(), *_others()]


def _offices() -> Iterator[Part]:
    yield Part(
        "kcn-hiep-phuoc",
        Text("Văn phòng KCN Hiệp Phước", "Park office of Hiep Phuoc"),
        _Kind.OPERATOR,
        ((_Reach.PARK, "hiep-phuoc"),),
    )
    for design in DESIGNS:
        part = Part(
            office_of(design),
            Text(f"Văn phòng KCN {design.place.vi}", f"Park office of {design.place.en}"),
            _Kind.OPERATOR,
            ((_Reach.PARK, design.code),),
        )
        yield part
        yield _colleague(part)


def _boards() -> Iterator[Part]:
    for code, username in BOARDS.items():
        place = PLACES[code]
        part = Part(
            username,
            Text(f"Ban quản lý các KCN {place.vi}", f"Management Board of {place.en}"),
            _Kind.MANAGEMENT_BOARD,
            ((_Reach.PROVINCE, code),),
            authority="management_board",
            province=code,
        )
        yield part
        if code in {design.province for design in DESIGNS}:
            yield _colleague(part)
        if code == DESIGNS[0].province:
            yield _colleague(part, HEAD)


def _committees() -> Iterator[Part]:
    for code, username in COMMITTEES.items():
        kind, place = "thành phố" if code in _CITIES else "tỉnh", PLACES[code]
        yield Part(
            username,
            Text(f"Ủy ban nhân dân {kind} {place.vi}", f"People's Committee of {place.en}"),
            _Kind.PEOPLES_COMMITTEE,
            ((_Reach.PROVINCE, code),),
            _Role.APPROVER,
            "peoples_committee",
            code,
        )


def _ministries() -> Iterator[Part]:
    yield Part(
        LEAD_MINISTRY,
        _named("lead_investment_ministry"),
        _Kind.MINISTRY,
        ((_Reach.COUNTRY, ""),),
        authority="lead_investment_ministry",
    )
    for authority, username in _MINISTRIES.items():
        yield Part(
            username,
            _named(authority),
            _Kind.MINISTRY,
            role=_Role.APPROVER,
            authority=authority,
        )


def _departments() -> Iterator[Part]:
    """Yield the departments of the provinces whose enterprises apply."""
    for province in (DESIGNS[0].province, DESIGNS[3].province):
        for authority in _DEPARTMENTS:
            name, place = _named(authority), PLACES[province]
            yield Part(
                department_of(authority, province),
                Text(f"{name.vi} {place.vi}", f"{name.en}, {place.en}"),
                _Kind.DEPARTMENT,
                role=_Role.APPROVER,
                authority=authority,
                province=province,
                signs_in=province == DESIGNS[0].province,
            )


def _others() -> Iterator[Part]:
    yield Part(
        RECP,
        Text("Tổ chức tư vấn RECP", "RECP-qualified body"),
        _Kind.RECP_BODY,
        role=_Role.APPROVER,
        authority="recp_body",
    )
    for username, name in (
        (BANK, Text("Ngân hàng", "Bank")),
        (OTHER_BANK, Text("Quỹ đầu tư xanh", "Green investment fund")),
    ):
        yield Part(username, name, _Kind.BANK, role=_Role.EDITOR)
    yield Part(
        "tu-van",
        Text("Đơn vị tư vấn", "Adviser"),
        _Kind.ADVISER,
        tuple((_Reach.PARK, design.code) for design in DESIGNS[:3]),
        _Role.VIEWER,
    )
    yield Part(
        FACILITATOR,
        Text("Người điều phối cộng sinh", "Symbiosis facilitator"),
        _Kind.ADVISER,
        ((_Reach.PARK, DESIGNS[0].code),),
        _Role.EDITOR,
    )
    first, *more = Enterprise.objects.filter(park__code=DESIGNS[0].code).order_by("code")
    own = Part(
        ENTERPRISE,
        Text("Một doanh nghiệp của KCN Sông Xanh", "An enterprise of Song Xanh"),
        _Kind.ENTERPRISE,
        ((_Reach.ENTERPRISE, first.code),),
    )
    far = Enterprise.objects.filter(park__code=DESIGNS[3].code).order_by("code")
    others = Part(
        OTHERS,
        Text("Các doanh nghiệp khác có hồ sơ (dùng chung)", "The other enterprises with a dossier"),
        _Kind.ENTERPRISE,
        tuple((_Reach.ENTERPRISE, firm.code) for firm in (*more, *far)),
    )
    for part in (own, others):
        yield part
        yield _colleague(part)


def _colleague(part: Part, suffix: str = COLLEAGUE) -> Part:
    """Return a second person of an organisation: who prepares, or (``-tp``) who signs."""
    said = {
        COLLEAGUE: (Text("{name}, cán bộ", "{name}, officer"), _Role.EDITOR),
        HEAD: (Text("{name}, trưởng phòng", "{name}, head of division"), _Role.APPROVER),
    }[suffix]
    name = Text(said[0].vi.format(name=part.name.vi), said[0].en.format(name=part.name.en))
    return Part(part.username + suffix, name, role=said[1], joins=part.username)


def _named(authority: str) -> Text:
    return load_procedures().authorities[authority].name_on(_NAMED_ON)
