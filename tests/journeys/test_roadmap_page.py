"""The office of a park below the criteria finds out what to do, by when and for how much."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from tests.journeys.climate_world import PARK, PARK_NAME, World, make_world
from tests.journeys.test_story import words

from sinhthai.assessment.models import Roadmap as Saved
from sinhthai.assessment.roadmap.document import Roadmap, thaw
from sinhthai.assessment.roadmap.wording import amount, money

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

START = "/accounts/login/"
HOME = f"/parks/{PARK}/roadmap/"


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def said(part: Any) -> str:
    """Return what a person reads, each run of white space as one blank."""
    return re.sub(r"\s+", " ", words(part))


def row(page: Any, table: str, start: str) -> str:
    """Return the row of the table after the heading *table* that holds *start*."""
    after = page.locator(f"h2#{table} ~ table").first
    return said(after.locator("tbody tr", has_text=start).first)


def find(page: Any, **asked: str) -> None:
    """Ask for a roadmap and wait until it is found and saved."""
    for name, value in asked.items():
        page.fill(f"#id_{name}", value)
    with page.expect_navigation(timeout=40_000):
        page.locator("main button", has_text="Tìm lộ trình").click()


def kept(page: Any) -> Roadmap:
    """Return the roadmap the page shows, as it is kept."""
    number = re.search(r"/roadmaps/(\d+)/", page.url)
    assert number
    return thaw(Saved.objects.get(pk=number[1]).result)


def test_a_park_below_the_criteria_gets_its_roadmap(
    open_page: Callable[..., Any], world: World
) -> None:
    office = world.enter(open_page(START), "office")
    year = timezone.localdate().year
    ask(office, year)
    first = office.url
    read(office)
    alternatives(office)
    take_home(office, year)
    without_money(office, year)
    history(office, first)
    keep_out(world.enter(open_page(START), "stranger"), first)


def ask(page: Any, year: int) -> None:
    """A day that is over is told, and what was typed stays."""
    page.goto(HOME)
    assert "Chưa có lộ trình nào được lưu." in said(page.locator("main"))
    find(page, by_day=f"{year - 2}-12-31", **{f"budget_{year + 1}": "120000"})
    assert "Chọn ngày 31/12" in said(page.locator(".error-summary"))
    assert page.input_value(f"#id_budget_{year + 1}") == "120000"
    page.fill("#id_by_day", f"{year + 2}-12-31")
    find(page)


def read(page: Any) -> None:
    """What it costs, what binds, what is done when, and what it would take at worst."""
    seen, found = said(page.locator("main")), kept(page)
    plan = found.main
    assert f"Lộ trình của {PARK_NAME} đến 31/12/" in seen
    assert f"chi phí ròng hiện tại {money(plan.cost, 'vi')} VND" in seen
    assert f"Vốn đầu tư {money(plan.investment, 'vi')} VND" in seen
    assert f"CO2e giảm mỗi năm {amount(plan.co2e, 'vi')} t" in seen
    assert "tối ưu đã chứng minh" in seen
    assert "Tiêu chí ràng buộc: 37.3.a" in seen and "thêm 1 ha tốn" in seen
    assert "5 % ngân sách" in seen
    land = row(page, "criteria", "37.3.a")
    assert "Không đạt" in land and "9,6 ha" in land and "✓ Đạt" in land
    assert "Đạt nếu số liệu khai tốt" in row(page, "criteria", "37.2.c")
    assert page.locator("figure.drawing svg").count() == 1
    assert "ước tính" in row(page, "what", "thành đất dùng chung")
    for at, when in enumerate(found.years):
        budget = found.budget[at]
        line = row(page, "years", str(when))
        assert money(plan.invested[at], "vi") in line
        assert budget is None or plan.invested[at] <= budget + 1.0
    assert plan.saving < 0  # shared land is kept green and saves nothing
    assert f"Tiết kiệm mỗi năm khi đã làm hết {money(plan.saving, 'vi')} VND" in seen


def alternatives(page: Any) -> None:
    """The plans stand side by side, and each can be opened."""
    names = ("Rẻ nhất", "Giảm nhiều CO2 nhất trên mỗi đồng", "Sớm nhất", "Trường hợp xấu nhất")
    plans = {one.goal: one for one in kept(page).alternatives}
    for name, goal in zip(names, ("cheapest", "carbon", "soonest", "worst"), strict=True):
        assert money(plans[goal].investment, "vi") in row(page, "plans", name)
    with page.expect_navigation():
        page.locator(".subnav a", has_text="Trường hợp xấu nhất").click()
    assert "mọi điều chưa khai đều không đạt" in said(page.locator("main"))
    assert page.locator(".subnav a[aria-current]").inner_text() == "Trường hợp xấu nhất"
    page.go_back()


def take_home(page: Any, year: int) -> None:
    """The workbook holds the same plan; the same pins give the same roadmap again."""
    with page.expect_download() as fetched:
        page.locator("main .tools a", has_text="Excel").click()
    book = openpyxl.load_workbook(BytesIO(Path(fetched.value.path()).read_bytes()))
    cells = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True)
             for cell in line if cell is not None]  # fmt: skip
    assert any("thành đất dùng chung" in cell for cell in cells)
    assert str(year + 2) in " ".join(cells)
    with page.expect_navigation():
        page.locator("main button", has_text="Tính lại").click()
    assert "Kết quả tính lại giống hoàn toàn." in said(page.locator("main"))


def without_money(page: Any, year: int) -> None:
    """Without a budget one criterion cannot be met: which, by how much, and why."""
    page.goto(HOME)
    find(page, **{f"budget_{year + ahead}": "0" for ahead in range(3)})
    seen = said(page.locator("main"))
    assert "Không đạt được 1 trong 10 tiêu chí còn thiếu." in seen
    land = row(page, "criteria", "37.3.a")
    assert "Không đạt được ngân sách không đủ (tối đa 0 trên 9,6 cần thêm)" in land


def history(page: Any, first: str) -> None:
    """Both stay, the newest first, and are compared side by side."""
    page.goto(HOME)
    rows = [said(one) for one in page.locator("h2#saved ~ table tbody tr").all()]
    assert ["không đạt được tất cả" in one for one in rows] == [True, False]
    assert all("Đặng Gia Phúc" in one for one in rows)
    with page.expect_navigation():
        page.locator("h2#saved ~ table a").nth(1).click()
    assert page.url == first


def keep_out(page: Any, first: str) -> None:
    """A tenant finds neither the page nor what is saved."""
    path = first[first.index("/roadmaps/") :]
    for one in (HOME, path, f"{HOME}options.xlsx", path.rstrip("/") + ".pdf"):
        assert page.request.get(one).status == 404, one
