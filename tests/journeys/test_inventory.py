"""An inventory from the first bill to the sum of the park: each person at their own screen.

The editor enters and loads, the approver locks, the office adds the park up, and what every page
shows is what ``carbon.engine`` computes of the same activities.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.journeys.climate_world import (
    DYER,
    DYER_NAME,
    EXAMPLE,
    FISH_NAME,
    PARK,
    World,
    make_world,
    own_lines,
)
from tests.journeys.test_story import words

from sinhthai.carbon.engine.inventory import Inventory, compute
from sinhthai.carbon.engine.model import Activity, Scope, Settings
from sinhthai.carbon.engine.parks import split_park
from sinhthai.carbon.workbook.example import example_activities
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import format_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = 2023
START = "/accounts/login/"
HOME = f"/enterprises/{DYER}/carbon/"


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def main(page: Any) -> str:
    """Return what stands in the page, each run of white space as one blank."""
    return re.sub(r"\s+", " ", words(page.locator("main")))


def follow(page: Any, link: str) -> None:
    with page.expect_navigation():
        page.locator("main a", has_text=link).first.click()


def press(page: Any, button: str) -> None:
    with page.expect_navigation():
        page.locator("main button", has_text=button).first.click()


def total(page: Any, name: str) -> str:
    """Return what the box *name* above the table says."""
    box = page.locator("ul.totals li", has=page.locator(".name", has_text=name)).first
    return re.sub(r"\s+", " ", words(box))


def of(*lines: Activity) -> Inventory:
    return compute(lines, load_factors(), Settings())


def lines_of(subject: str) -> list[Activity]:
    return [a for a in example_activities() if (a.subject, a.year) == (subject, YEAR)]


def said(value: float | None, digits: int = 1) -> str:
    assert value is not None
    return format_number(round(value, digits), "vi", digits=digits)


def test_an_enterprise_makes_its_inventory_and_the_park_its_sum(
    open_page: Callable[..., Any], world: World
) -> None:
    editor, approver, office, stranger = (
        world.enter(open_page(START), who) for who in ("editor", "approver", "office", "stranger")
    )
    enter_by_hand(editor)
    load_the_example(editor)
    read_it(editor)
    lock(editor, approver)
    recalculate(editor, approver)
    sum_the_park(office)
    keep_out(stranger)


def enter_by_hand(page: Any) -> None:
    """The first bill; a typing error that loses nothing; a quantity nobody knows."""
    page.goto(f"/enterprises/{DYER}/")
    follow(page, "Kiểm kê khí nhà kính")
    assert "Chưa có hoạt động nào." in main(page)
    follow(page, "Nhập một hoạt động")
    follow(page, "Điện mua")
    page.fill("#id_year", str(YEAR))
    page.fill("#id_quantity", "nhiều")
    page.fill("#id_note", "Hóa đơn điện")
    page.click("summary >> text=Sai số và trị số cơ sở tự đo")
    page.fill("#id_uncertainty", "1")
    press(page, "Ghi hoạt động")
    assert "nhiều" in words(page.locator(".error-summary"))
    assert page.input_value("#id_note") == "Hóa đơn điện"  # nothing typed is lost
    page.fill("#id_quantity", "9.030.000")
    press(page, "Ghi hoạt động")
    power = of(Activity("", YEAR, "1", "electricity", "electricity", 9030.0, "MWh", scope=2,
                        uncertainty=1.0)).total("", YEAR)  # fmt: skip
    assert f"{said(power.co2e_t)} {said(power.low_t)} – {said(power.high_t)}" in total(
        page, "Phạm vi 1 và 2"
    )

    follow(page, "Nhập hoạt động")
    follow(page, "Môi chất lạnh")
    page.fill("#id_year", str(YEAR))
    page.select_option("#id_what", "r-410a")
    press(page, "Ghi hoạt động")
    assert f"chưa rõ phần đã biết: {said(power.co2e_t)}" in total(page, "Phạm vi 1 và 2")
    assert "chưa rõ" in words(page.locator("tr", has_text="R-410A").first)


def send(page: Any, content: bytes) -> None:
    """Send a workbook from the page that takes one."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "[type=file]", {"name": "vi-du.xlsx", "mimeType": sheet, "buffer": content}
    )
    press(page, "Tải lên và xem trước")


def load_the_example(page: Any) -> None:
    """Lines of others are refused; the own ones are previewed, applied, undone, applied again."""
    follow(page, "Nạp Excel")
    send(page, EXAMPLE.read_bytes())
    seen = main(page)
    assert "bị từ chối nên chưa ghi gì" in seen and FISH_NAME in seen
    assert page.locator("main button", has_text="Áp dụng").count() == 0

    for is_first in (True, False):
        follow(page, "Nạp Excel")
        send(page, own_lines(DYER_NAME, year=YEAR))
        seen = main(page)
        assert "3 mới" in seen and "1 thay đổi" in seen and "1 giữ nguyên" in seen
        assert page.locator("del").all_inner_texts() != []
        press(page, "Áp dụng 4 dòng")
        if is_first:
            follow(page, "Nạp Excel")
            follow(page, "vi-du.xlsx")
            press(page, "Hoàn tác cả tệp")
            assert "chưa rõ" in words(page.locator("tr", has_text="R-410A").first)
            assert page.locator("tr", has_text="Hơi nước mua").count() == 0


def read_it(page: Any) -> None:
    """Scopes with intervals, the duty by law, and why a line is what it is."""
    page.goto(f"{HOME}?year={YEAR}")
    seen = main(page)
    found = of(*lines_of(DYER_NAME))
    scopes: dict[str, Scope | None] = {"Phạm vi 1 và 2": None, "Phạm vi 1:": 1, "Phạm vi 2:": 2}
    for name, scope in scopes.items():
        one = found.total(DYER_NAME, YEAR, scope)
        assert f"{said(one.co2e_t)} {said(one.low_t)} – {said(one.high_t)}" in total(page, name)
    biomass = sum(line.mass_t or 0.0 for line in found.lines if line.is_biogenic)
    assert said(biomass) in total(page, "CO2 sinh khối, tính riêng")
    assert "Tổng của khu" not in seen  # the sum is not the enterprise's to read
    assert "Đạt ngưỡng phải kiểm kê." in seen
    assert f"{said(found.total(DYER_NAME, YEAR).co2e_t)} t CO2e 3.000 t CO2e" in seen
    assert page.locator("main figure svg, main .picture svg").count() == 2  # scopes, energy

    follow(page, "Hơi nước mua")
    seen = main(page)
    assert "Vì sao: cách tính từng khí" in seen and "Q = 32.550 t" in seen
    assert "2006 IPCC Guidelines" in seen and "94.600 kg/TJ 89.500 – 99.700" in seen
    assert "Q (t) × 2777 kJ/kg ÷ 1000 ÷ 0,82 × 94600 kg CO2/TJ ÷ 10⁶" in seen
    assert "Hiệu suất lò hơi bên bán 0,82" in seen and "Hơi mua của khu" in seen


def lock(editor: Any, approver: Any) -> None:
    """Who entered it cannot lock it; the approver does, and nothing moves it any more."""
    editor.goto(f"{HOME}?year={YEAR}")
    assert editor.locator("main a", has_text="Khóa").count() == 0
    assert editor.goto(f"{HOME}{YEAR}/lock/").status == 404

    approver.goto(f"{HOME}?year={YEAR}")
    follow(approver, "Khóa")
    assert "Phiên bản đã khóa giữ nguyên cùng các hệ số" in main(approver)
    press(approver, "Khóa và công bố")
    seen = main(approver)
    assert "đã công bố, phiên bản 1" in seen and "Nguyễn Văn Minh" in seen
    assert "Đã gỡ" not in seen  # what was undone before belongs to the draft


def recalculate(editor: Any, approver: Any) -> None:
    """A bill was read wrongly: the new version says by how much, where and why."""
    editor.goto(f"{HOME}?year={YEAR}")
    follow(editor, "Điện lưới")
    follow(editor, "Thay đổi")
    editor.fill("#id_quantity", "9.100.000")
    press(editor, "Lưu thay đổi")
    assert "9.030.000 → 9.100.000" in main(editor)
    editor.goto(f"{HOME}?year={YEAR}")
    assert "Dự thảo khác với phiên bản 1 đã công bố." in main(editor)

    approver.goto(f"{HOME}?year={YEAR}")
    follow(approver, "Tính lại")
    before = of(*lines_of(DYER_NAME)).total(DYER_NAME, YEAR)
    after = of(*corrected()).total(DYER_NAME, YEAR)
    moved = (after.co2e_t or 0.0) - (before.co2e_t or 0.0)
    seen = main(approver)
    assert (
        f"Phiên bản 1: {said(before.co2e_t, 3)} t CO2e. Nay: {said(after.co2e_t, 3)} t CO2e."
        f" Chênh lệch: {said(moved, 3)} t CO2e" in seen
    )
    assert f"Lượng thay đổi {said(moved, 6)}" in seen
    approver.fill("#reason", "Hóa đơn tháng 12 đọc nhầm.")
    press(approver, "Khóa phiên bản mới")
    seen = main(approver)
    assert "phiên bản 2" in seen and "Lý do tính lại: Hóa đơn tháng 12 đọc nhầm." in seen
    follow(approver, "Phiên bản 1")
    whole = total(approver, "Phạm vi 1 và 2")
    assert said(before.co2e_t) in whole


def corrected() -> list[Activity]:
    """Return the dyer's lines with the bill read rightly."""
    return [
        replace(one, quantity=9_100_000.0) if one.kind == "electricity" else one
        for one in lines_of(DYER_NAME)
    ]


def sum_the_park(page: Any) -> None:
    """The steam the park sold stands once, at its boilers; who reports nothing is said."""
    page.goto(f"/parks/{PARK}/")
    follow(page, "Phát thải của khu")
    follow(page, "Hoạt động của chính khu")
    follow(page, "Nạp Excel")
    send(page, own_lines(PARK, year=YEAR))
    press(page, "Áp dụng 3 dòng")
    page.goto(f"/parks/{PARK}/carbon/?year={YEAR}")
    lines = [*lines_of(PARK), *corrected()]
    split = split_park(lines, PARK, {YEAR})
    assert [one.what for one in split.inside] == ["steam"]
    found = of(*split.counted)
    known = sum(found.total(subject, YEAR).known_t for subject in (PARK, DYER_NAME))
    twice = sum(of(*lines).total(subject, YEAR).known_t for subject in (PARK, DYER_NAME))
    seen = main(page)
    assert f"chưa rõ phần đã biết: {said(known)}" in total(page, "Phạm vi 1 và 2")
    boxes = page.locator("ul.totals li").all_inner_texts()
    assert ["chưa rõ" in box for box in boxes] == [True] * 3  # somebody is missing in each scope
    assert said(twice) not in seen and twice > known + 10_000
    assert "Chỉ tính một lần" in seen and f"{DYER_NAME}: Hơi nước mua, 32.550 t" in seen
    assert "Có 1 doanh nghiệp chưa có số liệu" in seen
    follow(page, "Xem danh sách")
    rows = page.locator("#members ~ table tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows[:1]] == [FISH_NAME]


def keep_out(page: Any) -> None:
    """To another enterprise neither the inventory nor the sum of the park exists."""
    inside = ("", "new/", "import/", f"{YEAR}/lock/", f"{YEAR}/lines/1/", "export.xlsx")
    for path in (*(f"{HOME}{one}" for one in inside), f"/parks/{PARK}/carbon/"):
        assert page.request.get(path).status == 404, path
