"""A consultant carries an audit from its baseline to a verified result; the classes stay apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.efficiency.web.conftest import make_enterprise, make_person
from tests.journeys.test_accessibility import complaints, walk
from tests.journeys.test_accessibility import sign_in as enter_session
from tests.journeys.test_story import NOW, sign_in, words

from sinhthai.accounts.models import User
from sinhthai.efficiency.models import Audit, AuditMeasure
from sinhthai.registry.models import Enterprise, Park, Province
from sinhthai.site.demo.cast import FACILITATOR, LEAD_MINISTRY
from sinhthai.site.demo.efficiency import load_audits
from sinhthai.site.demo.load import load_country
from sinhthai.site.demo.people import create_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "x" * 12


@pytest.fixture
def mill(db: None) -> Enterprise:
    """A textile mill with its own people, and the adviser of its park."""
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    park = Park.objects.create(
        code="hiep-phuoc", name_vi="Hiệp Phước", name_en="Hiep Phuoc", search="hiep phuoc",
        province=province, province_now=province,
    )  # fmt: skip
    mill = make_enterprise(park, "0300000001", "Dệt nhuộm Sông Hậu")
    for user in (
        make_person("adviser", "adviser", "park", park.code),
        make_person("own", "enterprise", "enterprise", mill.code),
    ):
        user.set_password(PASSWORD)
        user.save()
    return mill


def main(page: Any) -> str:
    return words(page.locator("main"))


def enter(page: Any, what: str, quantity: str) -> None:
    page.select_option("#id_what", what)
    page.fill("#id_quantity", quantity)
    page.fill("#id_source", "hóa đơn 2024")
    page.click("main button:text-is('Enter')")
    page.wait_for_selector("text=The baseline was entered")


def choose_and_size(page: Any, audit: str, name: str, share: str, investment: str) -> str:
    page.goto(audit + "measures/")
    page.click(f"button[aria-label='Choose {name}']")
    page.wait_for_selector("text=The measure was chosen")
    page.select_option("#id_method", "share")
    page.fill("#id_share", share)
    page.fill("#id_investment_vnd", investment)
    page.click("button:has-text('Record the sizing')")
    page.wait_for_selector("text=The saving was sized")
    return str(page.url.partition("#")[0])


def step(page: Any, measure: str, name: str) -> None:
    page.goto(measure)
    page.click(f"summary:has-text('On to “{name}”')")
    page.click(f"button:has-text('Move to “{name}”')")
    page.wait_for_load_state()


def test_from_the_baseline_to_a_verified_result(
    open_page: Callable[..., Any], mill: Enterprise
) -> None:
    page = open_page(language="en")
    sign_in(page, "adviser", PASSWORD)
    page.goto(f"/enterprises/{mill.code}/efficiency/")
    page.click("text=Open an audit")
    page.fill("#id_year", "2024")
    page.click("button:has-text('Open the audit')")
    page.wait_for_selector("ol.track")
    audit = page.url

    # The baseline: the whole and one use, drawn as it stands.
    page.click("nav.sections >> text=Baseline")
    enter(page, "electricity|", "4200")
    enter(page, "electricity|electricity.compressed_air", "700")
    assert page.locator("main svg").count() == 1

    # The walk-through moves what is suggested.
    page.click("nav.sections >> text=Walk-through")
    page.select_option("#id_a_leak-programme", "possible")
    page.fill("#id_n_leak-programme", "hissing at the looms")
    page.click("main button:text-is('Record')")
    page.wait_for_selector("text=Recorded: 1.")

    # Two measures on one use: together 28 %, not 30.
    leaks = choose_and_size(page, audit, "Compressed-air leak programme", "20", "45000000")
    choose_and_size(page, audit, "Lower compressed-air pressure", "10", "0")
    page.goto(audit)
    row = page.locator("main tr:has(th:has-text('Electricity (MWh)'))").first
    assert words(row).split()[-4:] == ["196", "—", "—", "—"]

    # Plan, carry out with evidence, measure.
    page.goto(leaks)
    page.click("summary:has-text('Plan it')")
    page.fill("#id_plan-responsible", "Maintenance")
    page.fill("#id_plan-due_on", "2026-12-01")
    page.click("button:has-text('Record the plan')")
    page.wait_for_selector("text=The plan was recorded")
    step(page, leaks, "planned")
    step(page, leaks, "in implementation")
    step(page, leaks, "implemented")
    assert "There is no evidence that it was implemented" in main(page)
    page.goto(leaks)
    page.click("summary:has-text('Add evidence')")
    page.set_input_files(
        "#id_file-file",
        {"name": "record.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 record"},
    )
    page.click("button:has-text('Add evidence')")
    page.wait_for_selector("text=The evidence was added.")
    step(page, leaks, "implemented")
    page.goto(leaks)
    page.click("summary:has-text('Enter a result')")
    page.fill("#id_result-after", "590")
    page.fill("#id_result-source", "sub-meter")
    page.click("button:has-text('Record the result')")
    page.wait_for_selector("text=The result was recorded")

    # Who did it may not verify it; the enterprise does.
    step(page, leaks, "verified")
    assert "may not verify it" in main(page)
    theirs = open_page(language="en")
    sign_in(theirs, "own", PASSWORD)
    step(theirs, leaks, "verified")
    assert AuditMeasure.objects.get(measure="leak-programme").status == "verified"

    # The totals stand side by side: 70 of the one still only possible, 110 measured.
    page.goto(audit)
    row = page.locator("main tr:has(th:has-text('Electricity (MWh)'))").first
    assert words(row).split()[-4:] == ["70", "—", "—", "110"]

    # Handed to the report, and accepted by the enterprise.
    page.goto(audit + "report/")
    page.click("button:has-text('Propose them')")
    page.wait_for_selector("text=waits for an answer")
    theirs.goto(audit + "report/")
    theirs.click("button:text-is('Accept')")
    theirs.wait_for_selector("text=The figures are in the report of the year.")
    with page.expect_download() as download:
        page.goto(audit + "measures/")
        page.click("text=Export Excel")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_of_audits_are_accessible(
    open_page: Callable[..., Any], client: Client, tmp_path: Path, language: str
) -> None:
    load_country(NOW)
    create_people(tmp_path, NOW)
    load_audits()
    audit = Audit.objects.get(phase=5)
    row = AuditMeasure.objects.filter(audit=audit, status="verified")[0]
    firm = f"/enterprises/{audit.enterprise.code}/efficiency/"
    at = f"/audits/{audit.pk}/"
    adviser = User.objects.get(username=FACILITATOR)
    ministry = User.objects.get(username=LEAD_MINISTRY)
    wrong = []
    for user, addresses in (
        (
            adviser,
            [
                firm, firm + "new/", at, at + "baseline/", at + "walk/steam/", at + "measures/",
                f"{at}measures/{row.pk}/", at + "report/",
                f"/parks/{audit.enterprise.park.code}/efficiency/",
            ],
        ),
        (ministry, ["/efficiency/"]),
    ):  # fmt: skip
        client.force_login(user)
        page = open_page(language=language)
        enter_session(page, client)
        wrong += complaints(page, addresses, language, (1440, 390))
    wrong += walk(page, addresses[-1], 1440, 30)
    assert not wrong, "\n".join(["", *wrong])
