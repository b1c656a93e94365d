"""One invented park and one enterprise on their way to a certificate, and everybody who has a say.

The cast is that of ``tests.certification.core.world``, here with names as a page should show them.
Days pass when a journey says so: the server's clock is the one here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.test import Client
from tests.certification.core.world import ON, T, World, make_world

from sinhthai.accounts.models import Organisation, Scope, User
from sinhthai.assessment.actions import assess_parks
from sinhthai.certification.engine import keys as key_room
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.procedures_loading import load_procedures

PARK = "gia-dinh-suoi-ngoc"
FIRM = "9900000011"

# Whom everybody of the cast plays.
PEOPLE = {
    "writer": "Trần Thị Lan", "signer": "Nguyễn Văn Minh", "reader": "Đỗ Thu Hà",
    "rival": "Hồ Quốc Khánh", "clerk": "Lý Mỹ Duyên", "owner": "Đặng Gia Phúc",
    "judge": "Lê Hoàng Nam", "head": "Phạm Quốc Hùng", "deputy": "Bùi Thị Ngọc",
    "chair": "Võ Thị Mai", "vice": "Huỳnh Tấn Lộc", "overseer": "Vũ Đình Trọng",
    "stranger": "Ngô Bá Thành", "industry_trade_ministry": "Cao Thị Vân",
    "recp_body": "Tạ Minh Khôi",
}  # fmt: skip
# What the bodies are called, by their key in the cast: code, Vietnamese, English.
BODIES = {
    "office": ("ha-tang-suoi-ngoc", "Công ty Hạ tầng Suối Ngọc", "Suoi Ngoc Infrastructure"),
    "other": ("ha-tang-doi-cat", "Công ty Hạ tầng Đồi Cát", "Doi Cat Infrastructure"),
    "firm": ("vat-lieu-binh-minh", "Công ty Vật liệu Bình Minh", "Binh Minh Materials"),
    "board": (
        "bql-hcm", "Ban quản lý các khu công nghiệp Thành phố Hồ Chí Minh",
        "Management Board of Ho Chi Minh City",
    ),
    "committee": (
        "ubnd-hcm", "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "People's Committee of Ho Chi Minh City",
    ),
    "country": ("vu-kkt", "Vụ Quản lý các khu kinh tế", "Department of Economic Zones"),
    "far": ("bql-can-tho", "Ban quản lý các khu công nghiệp Cần Thơ", "Board of Can Tho"),
    "recp_body": ("vien-san-xuat-sach", "Viện Sản xuất sạch Minh Khôi", "Minh Khoi Institute"),
}  # fmt: skip


class Clock:
    """The hour of the server: it goes with real time, and leaps when a journey says so."""

    def __init__(self, start: dt.datetime) -> None:
        self._from, self._real = start, time.monotonic()

    def now(self) -> dt.datetime:
        return self._from + dt.timedelta(seconds=time.monotonic() - self._real)

    def leap(self, days: float = 0, hours: float = 0) -> dt.datetime:
        """Let days pass, and return the hour it is then."""
        self._from += dt.timedelta(days=days, hours=hours)
        return self.now()

    def leap_to(self, day: dt.date, hour: int = 9) -> dt.datetime:
        """Go on to *hour* o'clock of *day* in Viet Nam."""
        there = dt.datetime.combine(day, dt.time(hour - 7), dt.UTC)
        assert there > self.now(), "a clock does not go back"
        self._from += there - self.now()
        return self.now()


@dataclasses.dataclass
class Country:
    """The cast, the clock, and a way to sit somebody of the cast before a browser."""

    cast: World
    clock: Clock

    @property
    def park(self) -> Park:
        return self.cast.park

    @property
    def firm(self) -> Enterprise:
        return self.cast.firm

    def person(self, name: str) -> User:
        return self.cast.people[name]

    def body(self, name: str) -> Organisation:
        return self.cast.bodies[name]

    def enter(self, page: Any, name: str) -> Any:
        """Let the browser of *page* go on as *name*; the sign-in page has its own tests."""
        client = Client()
        client.force_login(self.cast.people[name])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        site = "/".join(page.url.split("/")[:3])
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
        )
        return page


def _name_everybody(cast: World) -> None:
    authorities = load_procedures().authorities
    for key, body in cast.bodies.items():
        if key in BODIES:
            body.code, body.name_vi, body.name_en = BODIES[key]
        else:  # a ministry or a department, by its name of the day
            name = authorities[key].name_on(ON)
            at_home = " Thành phố Hồ Chí Minh" if body.kind == "department" else ""
            body.name_vi, body.name_en = f"{name.vi}{at_home}", name.en
        body.invented = True
        body.save()
    for key, user in cast.people.items():
        user.last_name = PEOPLE.get(key) or f"Chuyên viên {cast.bodies[key].name_vi}"
        user.save()


def _name_places(cast: World) -> None:
    """Give the park and the enterprise names that say they are invented (H11)."""
    before, firm_before = cast.park.code, cast.firm.code
    cast.park.code, cast.park.name_en = PARK, "Suoi Ngoc Industrial Park (invented)"
    cast.park.name_vi = "Khu công nghiệp Suối Ngọc (giả định)"
    cast.park.search = fold(f"{cast.park.name_vi} {cast.park.name_en}")
    cast.park.save()
    cast.firm.code = cast.firm.tax_code = FIRM
    cast.firm.name_vi = "Công ty Vật liệu Bình Minh (giả định)"
    cast.firm.name_en = "Binh Minh Materials (invented)"
    cast.firm.search, cast.firm.invented = fold(cast.firm.name_vi), True
    cast.firm.save()
    Scope.objects.filter(kind="park", code=before).update(code=PARK)
    Scope.objects.filter(kind="enterprise", code=firm_before).update(code=FIRM)


def make_country(monkeypatch: Any, settings: Any, *, address: str) -> Country:
    """Build it on a Monday, 9 o'clock in Viet Nam; *address* is where the public finds the site."""
    clock = Clock(T)
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    monkeypatch.setenv("SINHTHAI_ISSUER_PASSPHRASE", "một câu dài chỉ để thử")
    # Guessing need not be dear here; test_proof locks and opens at the real price.
    monkeypatch.setitem(key_room._SCRYPT, "n", 2**4)
    key_room._stretched.cache_clear()
    settings.SINHTHAI_PUBLIC_URL = address
    settings.SESSION_COOKIE_AGE = 365 * 24 * 60 * 60  # a journey of months, signed in once
    cast = make_world(keys=True)
    _name_places(cast)
    _name_everybody(cast)
    assess_parks(Park.objects.filter(pk=cast.park.pk), family="vn-eip", on=ON, at=clock.now())
    return Country(cast, clock)
