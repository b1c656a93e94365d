"""A project from a measure of an audit to a bank's desk: each person at their own screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.journeys.climate_world import BANK_NAME, DYER, DYER_NAME, World, make_world
from tests.journeys.test_story import words

from sinhthai.factors.loading import load_factors
from sinhthai.finance.engine.assumptions import (
    Assumptions,
    electricity_price,
    proposal_of,
    scenario_of,
)
from sinhthai.finance.engine.flows import appraise
from sinhthai.finance.engine.model import Appraisal
from sinhthai.finance.templatetags.finance import money
from sinhthai.foundation.numbers import format_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

START = "/accounts/login/"
TITLE = "Biến tần cho bơm và quạt"
TYPED = {
    "running_cost": "12.000.000", "rate": "11", "horizon": "12", "life": "12",
    "escalation": "3", "inflation": "3", "asked_share": "70", "asked_years": "5",
    "loan_rate": "8,5",
}  # fmt: skip


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
        page.locator("main button:visible", has_text=button).first.click()


def download(page: Any, link: str) -> bytes:
    with page.expect_download() as fetched:
        page.locator("main a", has_text=link).click()
    return Path(fetched.value.path()).read_bytes()


def fact(page: Any, name: str) -> str:
    """Return what stands beside *name* in the appraisal."""
    return re.sub(r"\s+", " ", words(page.locator(f"dt:text-is('{name}') + dd").last))


def expected(saved_mwh: float) -> Appraisal:
    """Return what the engine makes of the same assumptions."""
    today = timezone.localdate()
    given = Assumptions(
        investment=620e6, life=12, rate=0.11, horizon=12, first_year=today.year + 1,
        running_cost=12e6, electricity_mwh=saved_mwh, voltage="22kV", starts="06:00",
        ends="22:00", escalation=0.03, inflation=0.03,
    )  # fmt: skip
    price = electricity_price(given, load_factors(), today)
    return appraise(proposal_of("project", TITLE, given), scenario_of(given, price))


def test_a_measure_becomes_a_project_a_bank_can_read(
    open_page: Callable[..., Any], world: World
) -> None:
    editor, approver, banker, other_banker, stranger = (
        world.enter(open_page(START), who)
        for who in ("editor", "approver", "banker", "other_banker", "stranger")
    )
    open_it(editor)
    path = editor.url.split("#")[0]
    appraise_it(editor, world)
    assert_hidden(path, banker, other_banker, stranger)
    share(editor, approver, path)
    read_as_a_bank(banker, path, world)
    assert_hidden(path, other_banker, stranger)
    withdraw(approver, path)
    assert_hidden(path, banker, other_banker, stranger)
    banker.goto("/projects/")
    assert TITLE not in main(banker)
    attach(editor, path)


def open_it(page: Any) -> None:
    """From the measure of the audit; what is not known stays blank."""
    page.goto(f"/enterprises/{DYER}/")
    follow(page, "Dự án")
    assert "Chưa có dự án" in main(page)
    follow(page, "Mở dự án")
    press(page, "Bắt đầu từ giải pháp này")
    assert page.input_value("#id_title") == TITLE
    assert page.input_value("#id_investment_vnd") == "620000000"
    page.fill("#id_energy_share", "rất nhiều")
    press(page, "Mở dự án này")
    assert "rất nhiều" in words(page.locator(".error-summary"))
    page.select_option("#id_kind", "equipment-upgrade")
    page.fill("#id_energy_share", "24")
    page.select_option("#id_size", "medium")
    press(page, "Mở dự án này")
    seen = main(page)
    assert "từ giải pháp của kiểm toán" in seen and "620 triệu đồng" in seen
    assert "Chưa có thẩm định." in seen


def appraise_it(page: Any, world: World) -> None:
    """What the page shows is what the engine makes of what was typed."""
    saved = world.measure.electricity_mwh
    assert saved == pytest.approx(216.0)
    follow(page, "Lập thẩm định")
    assert page.input_value("#id_electricity_mwh") == "216"
    for name, value in TYPED.items():
        page.fill(f"#id_{name}", value)
    page.fill("#id_starts", "06:00")
    page.fill("#id_ends", "22:00")
    press(page, "Thẩm định và lưu")
    figures(page, expected(216.0))
    seen = main(page)
    assert "Chế biến, chế tạo" in seen and "Còn thiếu tài liệu" in seen
    fund = page.locator("details.fund", has_text="Tín dụng xanh của ngân hàng thương mại")
    assert "chưa xác định" in words(fund.locator("summary"))
    fund.locator("summary").click()
    assert "chưa" in words(fund.locator("li.unknown").first)
    refused = page.locator("details.fund", has_text="EDGE")
    assert "không đủ điều kiện" in words(refused.locator("summary"))


def figures(page: Any, found: Appraisal) -> None:
    """Compare the figures of the page with *found*."""
    plain = {
        "NPV trước thuế": money(found.npv), "NPV sau thuế": money(found.npv_after_tax),
        "IRR sau thuế": f"{format_number((found.irr_after_tax.value or 0) * 100, 'vi', 1)} %",
        "Thời gian hoàn vốn": f"{format_number(found.payback or 0, 'vi', 1)} năm",
    }  # fmt: skip
    for name, value in plain.items():
        assert fact(page, name) == value.replace("\u00a0", " "), name


def assert_hidden(path: str, *pages: Any) -> None:
    """To them the project does not exist."""
    for page in pages:
        for end in ("", "term-sheet.pdf", "term-sheet.xlsx", "cash-flow.svg"):
            assert page.request.get(path + end).status == 404, end


def share(editor: Any, approver: Any, path: str) -> None:
    """The editor carries it on; only the approver lets a bank read it."""
    editor.goto(path)
    assert "Người có quyền phê duyệt của doanh nghiệp thực hiện việc chia sẻ." in main(editor)
    editor.click("summary >> text=Sang “đã sàng lọc”")
    press(editor, "Ghi bước")
    assert "ý tưởng → ◔ đã sàng lọc" in main(editor)
    approver.goto(path)
    approver.click("summary >> text=Chia sẻ với ngân hàng hoặc quỹ")
    approver.select_option("#share-organisation", label=BANK_NAME)
    press(approver, "Chia sẻ dự án")
    assert BANK_NAME in words(approver.locator("h2#shares ~ table").first)


def read_as_a_bank(page: Any, path: str, world: World) -> None:
    """The bank finds it in its list, reads it, and takes the term sheet in both forms."""
    page.goto("/projects/")
    assert DYER_NAME in main(page)
    follow(page, TITLE)
    assert page.url == path
    assert world.measure.electricity_mwh
    found = expected(world.measure.electricity_mwh)
    figures(page, found)
    seen = main(page)
    assert "Trần Thị Lan" not in seen and "Đã chia sẻ với ngân hàng" not in seen

    pdf = PdfReader(BytesIO(download(page, "Bản chào vốn (PDF)")))
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pdf.pages))
    assert TITLE in text and DYER_NAME in text
    npv = format_number(round(found.npv_after_tax), "vi", 0)
    assert npv in text
    sent = download(page, "Bản chào vốn (Excel")
    assert sum(str(one).startswith("=") for one in cells_of(sent)) > 100  # it computes itself
    values = [one for one in cells_of(sent, data_only=True) if isinstance(one, float)]
    assert any(one == pytest.approx(found.npv_after_tax) for one in values)


def cells_of(sent: bytes, *, data_only: bool = False) -> list[object]:
    """Return every cell of a workbook: its formula, or (*data_only*) the value beside it."""
    book = openpyxl.load_workbook(BytesIO(sent), data_only=data_only)
    return [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]


def withdraw(page: Any, path: str) -> None:
    """Who looked is known; taken back, the bank reads it no longer."""
    page.goto(path)
    page.click("summary >> text=Ai đã xem")
    assert "Cao Thị Vân" in main(page)
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.locator("h2#shares ~ table button", has_text="Rút chia sẻ").click()
    assert "Đã rút chia sẻ: họ không xem được dự án nữa." in main(page)


def attach(page: Any, path: str) -> None:
    """A paper of the taxonomy is ticked off once it is there."""
    page.goto(path)
    page.click("summary >> text=Thêm tài liệu")
    page.select_option("#document-item", "baseline")
    page.set_input_files(
        "#document-file",
        {"name": "hoa-don.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% bills"},
    )
    press(page, "Thêm tài liệu")
    line = page.locator("ul.papers li", has_text="Số liệu nền và phương pháp đo")
    assert "✓" in words(line) and "hoa-don" in words(line)
