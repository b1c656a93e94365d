"""The pages of the procedures and of the days off: public, dated, with what is not verified."""

from __future__ import annotations

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinhthai.rules.procedures_loading import load_procedures


def page(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    client.cookies["language"] = language
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_every_procedure_is_listed_with_its_clause(db: None, client: Client) -> None:
    html = page(client, "/rules/procedures/")
    for one in load_procedures().procedures:
        assert f'href="/rules/procedures/{one.id}/"' in html
        assert one.title.en in html
    assert "Article 41 of Decree 35/2022/ND-CP" in html
    assert "National code 2.002728" in html


def test_the_list_leads_to_the_days_off_of_every_known_year(db: None, client: Client) -> None:
    html = page(client, "/rules/procedures/")
    for year in load_procedures().holidays:
        assert f'href="/rules/holidays/{year}/"' in html


def test_the_rules_lead_to_the_procedures(db: None, client: Client) -> None:
    assert 'href="/rules/procedures/"' in page(client, "/rules/")


def test_a_procedure_tells_its_limits_and_what_starts_them(db: None, client: Client) -> None:
    html = page(client, "/rules/procedures/vn-eip-issue-d35/")
    row = re.search(r'<tr id="clock-opinion">(.*?)</tr>', html)
    assert row
    for said in ("15 days", "The body received the dossier", "A5", "Article 41.4"):
        assert said in row[1]
    still = re.search(r'<tr id="clock-evaluate">(.*?)</tr>', html)
    assert still
    assert "40 days" in still[1]
    assert "stands still while: Waiting for explanations" in still[1]
    # The forty days were read in the decree; that they stand still was not.
    assert "our inference" in still[1]
    assert "against the text" in still[1]
    no_limit = re.search(r'<tr id="clock-issue">(.*?)</tr>', html)
    assert no_limit
    assert "the law states no limit" in no_limit[1]
    assert "<svg" not in no_limit[1]


def test_steps_stand_under_the_state_they_leave(db: None, client: Client) -> None:
    html = page(client, "/rules/procedures/vn-eip-issue-d35/")
    parts = re.split(r'<li id="state-', html)
    proposed = next(part for part in parts if part.startswith("proposed"))
    assert "Issue the certificate" in proposed
    assert "not by who judged a criterion" in proposed
    assert 'href="#state-certified"' in proposed
    assert "<b>Sign the evaluation report" not in proposed
    assert "Withdraw the dossier" not in proposed
    assert html.count("<b>Withdraw the dossier</b>") == 1  # open in every state: told once
    final = next(part for part in parts if part.startswith("certified"))
    assert "end" in final
    assert "Waits for" not in final.split("</li>")[0]


def test_bodies_carry_the_name_of_the_day_asked(db: None, client: Client) -> None:
    def consulted(day: str) -> str:
        html = page(client, f"/rules/procedures/vn-eip-issue-d35/?on={day}")
        found = re.search(r'<dl class="bodies">(.*?)</dl>', html)
        assert found
        return found[1]

    assert "<dd>Ministry of Planning and Investment" in consulted("2025-02-28")
    on = consulted("2025-03-01")
    assert "<dd>Ministry of Finance" in on
    assert "Ministry of Planning and Investment (until the day before 1 Mar 2025)" in on


def test_before_the_decree_the_page_says_so(db: None, client: Client) -> None:
    said = "This procedure was not in force on 14 Jul 2022."
    url = "/rules/procedures/vn-eip-issue-d35/"
    assert said in page(client, f"{url}?on=2022-07-14")
    assert "was not in force" not in page(client, f"{url}?on=2022-07-15")


def test_what_the_decree_does_not_say_is_marked(db: None, client: Client) -> None:
    review = page(client, "/rules/procedures/vn-eco-review-d35/")
    assert "The decree does not state this procedure" in review
    issue = page(client, "/rules/procedures/vn-eip-issue-d35/")
    assert "The decree does not state this procedure" not in issue
    assert "our inference" in issue
    assert "against the text, 5 Jul 2026" in issue


def test_an_unknown_procedure_is_not_found(db: None, client: Client) -> None:
    assert client.get("/rules/procedures/vn-none/").status_code == 404


def test_the_days_off_name_their_decision_and_their_doubt(db: None, client: Client) -> None:
    html = page(client, "/rules/holidays/2026/")
    assert "9441/TB-BNV" in html
    assert "Taken from a secondary source" in html
    worked = re.search(r"<tr><td>22 Aug 2026</td>(.*?)</tr>", html)
    assert worked
    assert "Saturday" in worked[1]
    assert "worked" in worked[1]


def test_a_year_that_is_not_known_says_so_and_is_not_found(db: None, client: Client) -> None:
    html = page(client, "/rules/holidays/2031/", status=404)
    assert "The days off of 2031 are not known here." in html
    assert "holidays.yaml" in html


def test_the_pages_speak_vietnamese(db: None, client: Client) -> None:
    html = page(client, "/rules/procedures/vn-eco-issue-d35/", "vi")
    for said in ("Các thời hạn", "7 ngày làm việc", "suy luận của hệ thống", "5 bộ hồ sơ"):
        assert said in html
    assert "Thứ" in page(client, "/rules/holidays/2025/", "vi")


def test_the_pages_ask_the_store_for_nothing(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for url in (
        "/rules/procedures/",
        "/rules/procedures/vn-eip-issue-d35/",
        "/rules/holidays/2026/",
    ):
        with django_assert_num_queries(0):
            assert client.get(url).status_code == 200
