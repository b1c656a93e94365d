"""The park of the example workbook: below the criteria, two enterprises, and who has a say.

Everything is invented and says so (H11). Names and codes are those of ``examples/enterprise.xlsx``,
so that a person can load the example as it is.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.efficiency.actions.audits import open_audit
from sinhthai.efficiency.actions.baseline import Given, enter_baseline
from sinhthai.efficiency.actions.measures import SizeGiven, choose_measure, size_measure
from sinhthai.efficiency.models import AuditMeasure
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.models import Record

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "enterprise.xlsx"
PARK, DYER, FISH = "khu-minh-hoa", "9900000021", "9900000022"
DYER_NAME = "Dệt nhuộm Minh Họa (hư cấu)"
FISH_NAME = "Thủy sản Minh Họa (hư cấu)"
PARK_NAME = "Khu công nghiệp Minh Họa (hư cấu)"
BANK_NAME = "Ngân hàng Minh Họa (hư cấu)"
AT = dt.datetime(2026, 2, 14, 3, 0, tzinfo=dt.UTC)
ROLE = Membership.Role
_KINDS = Organisation.Kind


@dataclasses.dataclass
class World:
    """The park, its enterprises, the cast by name, and a measure of an audit of the dyer."""

    park: Park
    dyer: Enterprise
    fish: Enterprise
    measure: AuditMeasure
    people: dict[str, User]

    def enter(self, page: Any, name: str) -> Any:
        """Let the browser of *page* go on as *name*; the sign-in page has its own tests."""
        client = Client()
        client.force_login(self.people[name])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        site = "/".join(page.url.split("/")[:3])
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
        )
        return page


def make_world() -> World:
    """Build the world; nothing of the climate pages is in it but one measure that was sized."""
    cache.clear()
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    park = Park.objects.create(
        code=PARK, name_vi=PARK_NAME, name_en="Minh Hoa Industrial Park (invented)",
        search=fold(PARK_NAME), province=province, province_now=province,
        lat=10.6, lon=106.7, invented=True,
    )  # fmt: skip
    Record.objects.create(
        park=park, year=2025, recorded_at=AT, source="Báo cáo A.4 (giả định)",
        values={
            "plan_area_ha": 240, "greenery_ha": 22.6, "roads_ha": 20.3, "technical_ha": 4.9,
            "social_ha": 2.6, "symbiosis_count": 2, "io_monitoring": True,
        },
    )  # fmt: skip
    dyer = _enterprise(park, DYER, DYER_NAME, "1313", {"recp_applied": True})
    fish = _enterprise(park, FISH, FISH_NAME, "1020", {"recp_applied": False})
    people = _people()
    return World(park, dyer, fish, _measure(dyer, people["editor"]), people)


def _enterprise(
    park: Park, code: str, name: str, vsic: str, values: dict[str, object]
) -> Enterprise:
    made = Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name), vsic=vsic,
        invented=True,
    )  # fmt: skip
    EnterpriseStatus.objects.create(
        enterprise=made, status="operating", valid_from=dt.date(2019, 1, 1)
    )
    Record.objects.create(park=park, enterprise=made, year=2025, recorded_at=AT, values=values)
    return made


def _people() -> dict[str, User]:
    bodies = {
        "dyer": _body("det-nhuom", _KINDS.ENTERPRISE, DYER_NAME, "enterprise", DYER),
        "fish": _body("thuy-san", _KINDS.ENTERPRISE, FISH_NAME, "enterprise", FISH),
        "office": _body("ha-tang", _KINDS.OPERATOR, "Hạ tầng Minh Họa (hư cấu)", "park", PARK),
        "bank": _body("ngan-hang", _KINDS.BANK, BANK_NAME),
        "other_bank": _body("quy-khac", _KINDS.BANK, "Quỹ Khác (hư cấu)"),
    }
    cast = {
        "editor": ("Trần Thị Lan", "dyer", ROLE.EDITOR),
        "approver": ("Nguyễn Văn Minh", "dyer", ROLE.APPROVER),
        "office": ("Đặng Gia Phúc", "office", ROLE.EDITOR),
        "stranger": ("Ngô Bá Thành", "fish", ROLE.ADMIN),
        "banker": ("Cao Thị Vân", "bank", ROLE.EDITOR),
        "other_banker": ("Hồ Quốc Khánh", "other_bank", ROLE.EDITOR),
    }
    people = {}
    for name, (full_name, body, role) in cast.items():
        people[name] = User.objects.create_user(name, last_name=full_name, password="x" * 12)
        Membership.objects.create(user=people[name], organisation=bodies[body], role=role)
    return people


def _body(code: str, kind: str, name: str, *scope: str) -> Organisation:
    made = Organisation.objects.create(code=code, kind=kind, name_vi=name, invented=True)
    if scope:
        Scope.objects.create(organisation=made, kind=scope[0], code=scope[1])
    return made


def _measure(dyer: Enterprise, editor: User) -> AuditMeasure:
    """Return the measure an audit of the dyer found and sized: a drive that follows the load."""
    audit = open_audit(user=editor, enterprise=dyer, year=2024, lead="Trần Thị Lan", aim="", at=AT)
    for use, quantity in (("", 4200.0), ("electricity.pumps_fans", 900.0)):
        given = Given(
            "electricity", use, quantity, 1_980_000.0 if not use else None, "measured",
            "Hóa đơn, đồng hồ đo (giả định)",
        )  # fmt: skip
        enter_baseline(user=editor, audit=audit, given=given, at=AT)
    row = choose_measure(user=editor, audit=audit, measure="variable-speed-drive", at=AT)
    size_measure(
        user=editor, row=row, at=AT,
        given=SizeGiven("share", share=0.24, investment_vnd=620e6, source="Khảo sát (giả định)"),
    )  # fmt: skip
    row.refresh_from_db()
    return row


def own_lines(subject: str, *, year: int) -> bytes:
    """Return the example workbook as a person leaves it who keeps their own lines of *year*."""
    book = openpyxl.load_workbook(EXAMPLE)
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1]]
        if headings[:2] != ["Doanh nghiệp", "Năm"]:
            continue
        for row in range(sheet.max_row, 1, -1):
            if (sheet.cell(row, 1).value, sheet.cell(row, 2).value) != (subject, year):
                sheet.delete_rows(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
