"""A park with figures reported and not, an enterprise, and a dossier of each."""

import datetime as dt

import pytest

from sinhthai.accounts.models import Organisation, Scope, User
from sinhthai.certification.actions.snapshots import take_snapshot
from sinhthai.certification.models import Dossier
from sinhthai.registry.models import (
    Enterprise,
    EnterpriseStatus,
    Operator,
    Park,
    Plot,
    Province,
    ProvinceTitle,
)
from sinhthai.reporting.models import Record
from sinhthai.rules.procedures_loading import load_procedures

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 5, 4)
LONG = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu "
    "Thiết bị Điện tử Công nghệ cao Việt Nam - Nhật Bản"
)
WORDS = {
    "representative": "Nguyễn Thị Ánh Nguyệt",
    "position": "Tổng Giám đốc",
    "address": "Số 12 đường Nguyễn Văn Linh",
    "operation": "Hoạt động ổn định.\nĐã mở rộng nhà máy xử lý nước thải.",
    "explain:INV-1": "Có kết luận thanh tra năm 2024.",
}


@pytest.fixture
def park(db):
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Hồ Chí Minh", search="ho chi minh"
    )
    ProvinceTitle.objects.create(
        province=province, valid_from=dt.date(2025, 7, 1),
        title_vi="Thành phố Hồ Chí Minh", title_en="Ho Chi Minh City",
    )  # fmt: skip
    operator = Operator.objects.create(code="ha-tang", name_vi="Công ty Hạ tầng Ưu Việt")
    made = Park.objects.create(
        code="hiep-phuoc", name_vi="Khu công nghiệp Hiệp Phước", name_en="Hiep Phuoc Park",
        search="hiep phuoc", province=province, province_now=province, operator=operator,
    )  # fmt: skip
    Record.objects.create(
        park=made, year=2025, recorded_at=AT, source="Báo cáo năm 2025",
        values={"plan_area_ha": 1234.5, "greenery_ha": 0, "service_electricity": True},
        qualifiers={"plan_area_ha": "at_least"}, absences={"investor_phone": "confidential"},
    )  # fmt: skip
    return made


@pytest.fixture
def enterprise(park):
    made = Enterprise.objects.create(
        code="0300588569", tax_code="0300588569", name_vi=LONG, search="x", park=park,
        vsic="2011", employees=120,
    )  # fmt: skip
    other = Enterprise.objects.create(
        code="0300588570", name_vi="Sữa Đại Phát", search="sua", park=park, vsic="2011"
    )
    for one in (made, other):
        EnterpriseStatus.objects.create(
            enterprise=one, status="operating", valid_from=dt.date(2020, 1, 1)
        )
    Plot.objects.create(park=park, code="A1", use="industrial", area_ha="30", enterprise=made)
    Plot.objects.create(park=park, code="A2", use="industrial", area_ha="10")
    return made


@pytest.fixture
def board(park):
    made = Organisation.objects.create(
        code="bql", kind="management_board", name_vi="Ban Quản lý các khu công nghiệp",
        name_en="Management Board", province="79",
    )  # fmt: skip
    Scope.objects.create(organisation=made, kind="province", code="79")
    return made


@pytest.fixture
def person(db):
    return User.objects.create_user("judge", last_name="Trần", first_name="Quốc Bảo")


def open_dossier(park, enterprise=None, kind="issue", **more):
    subject = "enterprise" if enterprise else "park"
    procedure = load_procedures().procedure_on(kind, subject, ON)
    given = {
        "public_id": f"d{kind}{subject}"[:16], "procedure": procedure.id,
        "procedure_hash": "0" * 64, "kind": kind, "park": park, "enterprise": enterprise,
        "state": procedure.start, "on": ON, "year": 2025, "contents": WORDS,
        "created_at": AT, "changed_at": AT,
    }  # fmt: skip
    made = Dossier.objects.create(**(given | more))
    if kind in ("issue", "recertify"):
        take_snapshot(made, AT)
    return made


@pytest.fixture
def dossier(park, enterprise):
    return open_dossier(park)


@pytest.fixture
def firm_dossier(enterprise):
    return open_dossier(enterprise.park, enterprise)
