"""The facilitator finds an exchange, carries it to verified, and the criterion of the law follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.journeys.test_accessibility import complaints, walk
from tests.journeys.test_accessibility import sign_in as enter
from tests.journeys.test_story import NOW, sign_in, words
from tests.symbiosis.web.conftest import (
    make_enterprise,
    make_park,
    make_person,
    need_of_ash,
    put,
)

from sinhthai.accounts.models import User
from sinhthai.registry.models import EnterpriseStatus, Park, Province
from sinhthai.reporting.models import Record
from sinhthai.site.demo.cast import FACILITATOR
from sinhthai.site.demo.load import load_country
from sinhthai.site.demo.people import create_people
from sinhthai.site.demo.symbiosis import load_symbiosis
from sinhthai.symbiosis.models import Exchange, Match

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "x" * 12
HOME = "/parks/hiep-phuoc/symbiosis/"


@pytest.fixture
def country(db: None) -> Park:
    """A park whose power plant has ash; a brick maker in it and a cement maker elsewhere ask for it."""
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    park = make_park("hiep-phuoc", "Hiệp Phước", province, 10.634, 106.758)
    north = make_park("cat-lai", "Cát Lái", province, 10.765, 106.785)
    power = make_enterprise(park, "0300000001", "Nhiệt điện Ánh Dương", "3511", 10.637, 106.760)
    brick = make_enterprise(park, "0300000003", "Gạch Hòa Bình", "2392", 10.630, 106.754)
    cement = make_enterprise(north, "0300000002", "Xi măng Bình Minh", "2394")
    for enterprise in (power, brick):
        EnterpriseStatus.objects.create(
            enterprise=enterprise, status="operating", valid_from=dt.date(2019, 1, 1)
        )
    put(power)
    need_of_ash(brick, name="Tro cho gạch", quantity=2000.0)
    need_of_ash(cement)
    make_person("office", "operator", "park", park.code)
    make_person("colleague", "adviser", "park", park.code)
    return park


def main(page: Any) -> str:
    return words(page.locator("main"))


def step(page: Any, summary: str, button: str, on: str, reason: str = "") -> None:
    """Open a step, say when it happened, and take it."""
    page.click(f"summary:has-text('{summary}')")
    form = page.locator(f"details[open]:has(summary:has-text('{summary}'))")
    form.locator("input[name=on]").fill(on)
    if reason:
        form.locator("textarea").fill(reason)
    form.locator(f"button:has-text('{button}')").click()
    page.wait_for_load_state()


def test_from_an_idea_to_the_criterion_of_the_law(
    open_page: Callable[..., Any], country: Park
) -> None:
    page = open_page(language="en")
    sign_in(page, "office", PASSWORD)

    # The tab leads to the workbench of the own park, which says what to do next.
    page.click("nav >> text=Symbiosis")
    assert page.url.endswith(HOME)
    assert "Next: find exchanges" in main(page)
    page.click("main >> a:has-text('Find exchanges')")
    page.fill("#id_within_km", "50")
    page.click("main >> button:has-text('Find exchanges')")
    page.wait_for_selector("text=2 ideas were found.")

    # The partner of the other park has no name; the one in the park has.
    ideas = main(page)
    assert "Gạch Hòa Bình" in ideas and "Xi măng Bình Minh" not in ideas
    assert "enterprise of another park, not named" in ideas
    with page.expect_download() as download:
        page.click("text=Export Excel")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")

    # Why, and the start.
    page.locator("tr:has-text('Gạch Hòa Bình') >> text=Why").click()
    reasons = main(page)
    assert "Share of the need covered" in reasons and "Legal path" in reasons
    page.click("button:has-text('Start an exchange')")
    page.wait_for_selector("ol.track")
    exchange = page.url
    title = page.inner_text("h1")

    # Somebody else steps meanwhile: the second learns of it, and nothing is written.
    theirs = open_page(language="en")
    sign_in(theirs, "colleague", PASSWORD)
    theirs.goto(exchange)
    today = dt.date.today().isoformat()  # noqa: DTZ011
    step(page, "On to “contact”", "Move to", today)
    step(theirs, "Drop it", "Drop it", today, "no interest")
    assert "moved this exchange to “contact”" in main(theirs)

    # Readiness, a task, a note, an agreement.
    page.click("summary:has-text('Judge an axis')")
    page.select_option("#id_readiness-axis", "legal")
    page.select_option("#id_readiness-level", "4")
    page.click("button:has-text('Record the level')")
    page.wait_for_selector("text=The level was recorded")
    page.click("summary:has-text('Add a document')")
    page.select_option("#id_document-kind", "agreement")
    page.set_input_files(
        "#id_document-file",
        {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 contract"},
    )
    page.click("button:has-text('Add a document')")
    page.wait_for_selector("text=The document was added.")

    # It cannot be implemented before the parties joined.
    step(page, "On to “feasibility”", "Move to", today)
    step(page, "On to “agreement”", "Move to", today)
    step(page, "On to “implemented”", "Move to", today)
    assert "needs two parties with the day they joined" in main(page)
    page.goto(exchange)
    for number in range(2):
        form = page.locator("form.days").nth(number)
        form.locator("[name=joined_on]").fill(today)
        form.locator("button").click()
        page.wait_for_selector("text=The days were recorded.")
    step(page, "On to “implemented”", "Move to", today)
    assert "●" in page.inner_text("ol.track [aria-current]")

    # A result; who entered it may not verify it, the colleague may.
    page.click("summary:has-text('Enter a result')")
    page.select_option("#id_result-year", today[:4])
    page.fill("#id_result-source", "weighbridge slips")
    page.fill("#id_result-m_waste_reused_t", "1850.5")
    page.click("button:has-text('Record the result')")
    page.wait_for_selector("text=The result was recorded")
    step(page, "On to “verified”", "Move to", today)
    assert "may not verify" in main(page)
    theirs.goto(exchange)
    step(theirs, "On to “verified”", "Move to", today)
    assert "✓" in theirs.inner_text("ol.track [aria-current]")

    # Pictures and their tables.
    page.goto(HOME)
    for picture in ("map", "sankey", "graph"):
        page.wait_for_selector(f"#{picture} canvas")
    assert title in main(page)

    # Into the report: the preview, the tick, the record.
    page.goto(f"{HOME}report/{today[:4]}/")
    row = page.locator("tr:has-text('symbiosis_count')")
    assert row.locator("input[type=checkbox]").is_checked()
    page.click("text=Put the ticked figures into the report")
    page.wait_for_selector("text=figures were put into the report")
    assert Record.objects.filter(values__symbiosis_count=1).exists()

    # The criterion of Article 37.2.b follows.
    page.goto(f"/parks/hiep-phuoc/assessment/?on={today}&year={today[:4]}")
    criterion = words(page.locator("#ENT-2a"))
    assert "Met" in criterion and "Not met" not in criterion


PAGES = (
    "",
    "ideas/",
    "ideas/?q=zzz",
    "pipeline/",
    "pipeline/?view=list",
    "split/?show=planned",
    "split/?show=running",
    "split/?q=zzz",
    "exchanges/new/",
    "report/2025/",
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_workbench_can_be_read_by_everybody(
    open_page: Callable[..., Any], client: Client, tmp_path: Path, language: str
) -> None:
    load_country(NOW)
    create_people(tmp_path, NOW)
    load_symbiosis(NOW)
    client.force_login(User.objects.get(username=FACILITATOR))
    home = "/parks/gia-dinh-song-xanh/symbiosis/"
    numbers = Exchange.objects.order_by("pk").values_list("pk", flat=True)
    own = [f"{home}exchanges/{number}/" for number in numbers[:4]]
    own += [f"{own[0]}edit/", f"{home}ideas/{Match.objects.order_by('pk')[0].pk}/"]
    page = open_page(language=language)
    enter(page, client)
    widths = (1440, 720, 390, 320) if language == "vi" else (1440, 390)
    found = complaints(page, [*(home + path for path in PAGES), *own], language, widths)
    for path in (home, own[0]):
        found += walk(page, path, 1440, 40) + walk(page, path, 390, 40)
    assert not found, "\n".join(["", *found])
