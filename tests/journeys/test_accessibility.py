"""Every page for every eye and hand (WCAG 2.2 AA), measured in a real Chromium.

The checks run in the page itself, in `accessibility.js`, and answer with sentences; a page without
a sentence passes. What only a person can judge (whether an alternative text is a good one) is not
here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.journeys.test_story import DAY, NOW, OFFICE, PARK, fill

from sinhthai.accounts.models import User
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.models import Assessment, Roadmap
from sinhthai.carbon.actions.activities import Given, add_activity
from sinhthai.carbon.actions.inventories import lock_inventory
from sinhthai.carbon.readers.inventory import open_book
from sinhthai.carbon.subject import Subject
from sinhthai.finance.models import Project
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.actions.imports import upload_workbook
from sinhthai.site.demo.finance import load_projects
from sinhthai.site.demo.load import load_country
from sinhthai.site.demo.people import create_people
from sinhthai.site.demo.roadmap import load_roadmap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHECKS = (Path(__file__).parent / "accessibility.js").read_text("utf-8")
PUBLIC = (
    "/",
    "/?q=hiep+phuoc",
    "/parks/",
    "/parks/?q=zzz",
    "/parks/hiep-phuoc/",
    "/rules/",
    "/rules/vn-eip/",
    "/rules/vn-eip/ENT-3/",
    "/rules/procedures/",
    "/rules/procedures/vn-eip-issue-d35/",
    "/rules/holidays/2026/",
    "/factors/",
    "/factors/electricity/",
    "/symbiosis/materials/",
    "/symbiosis/materials/?q=zzz",
    "/symbiosis/materials/coal-fly-ash/",
    "/symbiosis/codes/?q=tro+bay",
    "/finance/funds/",
    "/finance/funds/?q=zzz",
    "/certificates/",
    "/certificates/?q=zzz",
    "/certificates/verify/",
    "/accounts/login/",
    "/no-such-page/",
)
TAB_STOPS = 15
COAL = Given("stationary", "anthracite", 500.0, "t", category="manufacturing")
POWER = Given("electricity", "electricity", None, "kWh", scope=2)


@pytest.fixture
def office(tmp_path: Path, client: Client) -> list[str]:
    """Load the demonstration country and sign the park office in; return the pages it works on."""
    load_country(NOW)
    create_people(tmp_path, NOW)
    assess_parks(Park.objects.all(), family="vn-eip", on=DAY, at=NOW)
    user = User.objects.get(username=OFFICE)
    client.force_login(user)
    park = Park.objects.get(code=PARK)
    workbook = client.get(f"/parks/{PARK}/reports/2025/workbook.xlsx").getvalue()
    batches = [
        upload_workbook(
            user=user, park=park, year=2025, file_name="2025.xlsx", content=content, at=NOW
        )
        for content in (fill(workbook, "greenery_ha", "32,6"), fill(workbook, "greenery_ha", "ít"))
    ]
    enterprise = Enterprise.objects.filter(park=park).order_by("code")[0]
    load_roadmap(NOW)
    roadmap = Roadmap.objects.get()
    Roadmap.objects.filter(pk=roadmap.pk).update(park=park)
    for subject in (Subject(park), Subject(park, enterprise)):
        for given in (COAL, POWER):
            add_activity(subject, 2023, given, at=NOW, by=None)
    digest = open_book(Subject(park), drafts=True).drafts[2023].digest
    lock_inventory(Subject(park), 2023, expected=digest, at=NOW, by=None)
    add_activity(Subject(park), 2023, POWER, at=NOW, by=None)
    load_projects()
    # The office reads what stands in its park: two stages, one with everything, one bare.
    Project.objects.update(enterprise=enterprise)
    projects = [Project.objects.filter(stage=stage)[0].pk for stage in ("verified", "idea")]
    saved = Assessment.objects.get(park=park, family="vn-eip", is_current=True)
    inventory = f"/enterprises/{enterprise.code}/carbon"
    inside = f"/parks/{PARK}"
    return [
        "/",
        f"{inside}/",
        f"{inside}/enterprises/",
        f"{inside}/enterprises/import/",
        f"/enterprises/{enterprise.code}/",
        f"/enterprises/{enterprise.code}/streams/",
        f"/enterprises/{enterprise.code}/streams/new/",
        f"/enterprises/{enterprise.code}/streams/import/",
        f"/enterprises/{enterprise.code}/streams/profile/",
        f"/enterprises/{enterprise.code}/streams/reported/",
        "/symbiosis/aggregates/",
        f"{inside}/reports/",
        f"{inside}/reports/2025/",
        f"{inside}/reports/2025/values/greenery_ha/",
        f"{inside}/reports/upload/?year=2025",
        f"{inside}/imports/",
        *(f"{inside}/imports/{batch.pk}/" for batch in batches),
        f"{inside}/assessment/?on=2025-12-31&year=2025",
        f"{inside}/assessment/ENT-3/?on=2025-12-31&year=2025",
        f"{inside}/assessment/history/",
        f"/assessments/{saved.pk}/",
        f"{inside}/carbon/",
        f"{inside}/carbon/operation/?year=2023&version=1",
        f"{inside}/carbon/operation/2023/lock/",
        f"{inventory}/",
        f"{inventory}/new/?kind=wastewater",
        f"{inventory}/2023/lines/1/",
        f"{inventory}/reported/",
        f"/enterprises/{enterprise.code}/projects/",
        "/projects/",
        *(f"/projects/{pk}/" for pk in projects),
        f"{inside}/roadmap/",
        f"{inside}/roadmap/compare/?pk={roadmap.pk}&pk={roadmap.pk}",
        f"/roadmaps/{roadmap.pk}/",
        f"/roadmaps/{roadmap.pk}/?plan=worst",
        "/desk/",
        "/audit/",
        "/account/",
        "/account/tokens/",
        f"/organisations/demo-{OFFICE}/people/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/logout/",
    ]


def sign_in(page: Any, client: Client) -> None:
    """Let the browser go on as the person *client* is signed in as."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}]
    )


def complaints(page: Any, paths: list[str], language: str, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong on the pages, each with its address, language and width."""
    found = []
    for path in paths:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if width == widths[0]:
                status = page.goto(path).status
                found += [f"{path}: answered {status}"] if status not in (200, 404) else []
            wrong = page.evaluate(CHECKS, language)
            found += [f"{path} ({language}, {width} px): {one}" for one in wrong]
    return found


def test_the_pages_of_the_public_can_be_read_by_everybody(
    open_page: Callable[..., Any], office: list[str]
) -> None:
    # 720 px is 1440 px at a zoom of 200 %, 320 px is 1280 px at 400 %
    found = complaints(open_page(language="vi"), list(PUBLIC), "vi", (1440, 720, 390, 320))
    found += complaints(open_page(language="en"), list(PUBLIC), "en", (1440, 390))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_of_a_park_office_can_be_read_by_everybody(
    open_page: Callable[..., Any], office: list[str], client: Client, language: str
) -> None:
    page = open_page(language=language)
    sign_in(page, client)
    widths = (1440, 720, 390, 320) if language == "vi" else (1440, 390)
    found = complaints(page, office, language, widths)
    assert not found, "\n".join(["", *found])


def walk(page: Any, path: str, width: int, stops: int) -> list[str]:
    """Press Tab through a page; return what is out of order, unmarked or hidden on the way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    found, last = [], -1
    for _ in range(stops):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None or at["first"]:  # round again, by way of the browser's own controls
            break
        if at["place"] < last:
            found.append(f"{path}: {at['name']} comes after what stands behind it")
        last = at["place"]
        found += [f"{path} ({width} px): {at['name']}: {why}" for why in at["wrong"]]
    return [*found, *([] if last > 0 else [f"{path}: nothing takes the focus"])]


def test_the_keyboard_goes_in_order_and_shows_where_it_is(
    open_page: Callable[..., Any], office: list[str], client: Client
) -> None:
    page = open_page()
    sign_in(page, client)
    found = []
    for path in [*PUBLIC, *office][::2]:
        found += walk(page, path, 1440, TAB_STOPS)
    for path in [*PUBLIC, *office][1::2]:
        found += walk(page, path, 390, TAB_STOPS)
    # a whole list to its end, on both screens
    found += walk(page, "/parks/", 1440, 200) + walk(page, "/parks/", 390, 200)
    assert not found, "\n".join(["", *found])


FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect(), wrong = [];
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // the calendar button within a date field is the browser's own, and so is its mark
  if (!marked && at.type !== "date") wrong.push("no outline");
  const parts = [...at.getClientRects()].filter((part) => part.width && part.height);
  const seen = parts.some((part) => {
    const top = document.elementFromPoint(part.x + part.width / 2, part.y + part.height / 2);
    return top && (at.contains(top) || top.contains(at) || top.closest("label")?.control === at);
  });
  if (!seen) wrong.push(`hidden behind something at ${box.x}, ${box.y}`);
  const again = at.matches(".skip") && window.walked === true;
  window.walked = true;
  return {
    wrong, first: again, place: [...document.querySelectorAll("*")].indexOf(at),
    name: at.outerHTML.slice(0, 90).replace(/\\s+/g, " "),
  };
}"""


def test_skipping_to_the_content_skips_the_head_of_the_page(
    open_page: Callable[..., Any], office: list[str]
) -> None:
    page = open_page("/parks/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_page_behind_why_opens_and_closes_by_keyboard(
    open_page: Callable[..., Any], office: list[str], client: Client
) -> None:
    page = open_page()
    sign_in(page, client)
    page.goto(f"/parks/{PARK}/assessment/?on=2025-12-31&year=2025")
    why = page.locator("#PARK-1 a.why")
    why.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.why-row:not([hidden])")
    assert why.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.classList.contains('why')")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.why-row:not([hidden])", state="detached")
    assert why.get_attribute("aria-expanded") == "false"


def test_a_printed_assessment_holds_the_findings_and_no_controls(
    open_page: Callable[..., Any], office: list[str], client: Client
) -> None:
    page = open_page()
    sign_in(page, client)
    for path in office:
        page.goto(path)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 1000})  # A4 between its margins
        assert page.locator("h1").first.is_visible(), path
        controls = page.locator("button:visible, header.site nav:visible, .filters:visible")
        assert controls.count() == 0, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
        page.emulate_media(media="screen")
    page.goto(f"/parks/{PARK}/assessment/?on=2025-12-31&year=2025")
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert 1 <= printed.count(b"/Type /Page\n") <= 8
