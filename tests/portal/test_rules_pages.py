"""The pages of the rules: public, as of any day, and who sees where a criterion is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinhthai.rules.bundle import load_bundle

SignIn = Callable[[Any], Client]


def page(client: Client, path: str, language: str = "en") -> str:
    client.cookies["language"] = language
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_rules_of_today_name_version_and_how_well_they_are_known(
    db: None, client: Client
) -> None:
    html = page(client, "/rules/?on=2025-12-31")
    assert "Decree 35/2022/ND-CP" in html
    assert "12 / 12" in html
    assert "0 / 51" in html
    assert "Some criteria were not yet checked against the text." in html


def test_on_an_earlier_day_the_repealed_decree_is_in_force(db: None, client: Client) -> None:
    day_before = page(client, "/rules/vn-eip/?on=2022-07-14")
    assert re.search(r"Decree 82/2018/ND-CP[^<]* · as in force on 14 Jul 2022", day_before)
    assert "only partly seen" in day_before
    day_of = page(client, "/rules/vn-eip/?on=2022-07-15")
    assert re.search(r"Decree 35/2022/ND-CP[^<]* · as in force on 15 Jul 2022", day_of)


def test_before_any_version_the_page_says_so_and_offers_versions(db: None, client: Client) -> None:
    html = page(client, "/rules/vn-eip/?on=2010-01-01")
    assert "No version of these rules was in force on this day." in html
    assert "?on=2018-07-10" in html


def test_a_criterion_shows_formula_readings_items_forms_and_history(
    db: None, client: Client
) -> None:
    html = page(client, "/rules/vn-eip/ENT-3/?on=2025-12-31")
    assert "recp_applied AND recp_result_measured" in html
    assert "enterprises that lease land or premises" in html
    assert "B.5 ENV.2" in html
    assert "≥ 20" in html
    assert "15 Jul 2022 – today" in html
    assert "Verified: checked against this source on 5 Jul 2026." in html
    assert "Doanh nghiệp áp dụng RECP có kết quả" in html  # the other language too


def test_a_criterion_that_was_never_verified_says_so(db: None, client: Client) -> None:
    html = page(client, "/rules/eip-international/EN-08/")
    assert "No certificate may rest on it" in html


def test_it_speaks_vietnamese(db: None, client: Client) -> None:
    html = page(client, "/rules/vn-eip/PARK-1/?on=2025-12-31", "vi")
    assert "Đất cây xanh, giao thông, kỹ thuật, hạ tầng xã hội dùng chung" in html
    assert "Ngưỡng qua các thời kỳ" in html
    assert "31/12/2025" in page(client, "/rules/?on=2025-12-31", "vi")


@pytest.mark.parametrize(
    "path", ["/rules/no-such/", "/rules/vn-eip/NO-1/", "/rules/no-such/ENT-3/"]
)
def test_what_does_not_exist_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_day_that_is_none_means_today(db: None, client: Client) -> None:
    assert "Decree 35/2022" in page(client, "/rules/vn-eip/?on=yesterday")


def test_every_criterion_of_every_version_has_a_page(db: None, client: Client) -> None:
    for framework in load_bundle().frameworks:
        for leaf in framework.leaves:
            path = f"/rules/{framework.family}/{leaf.id}/?on={framework.valid_from}"
            assert leaf.title.en in page(client, path).replace("&#x27;", "'"), path


@pytest.mark.parametrize(
    ("who", "seen"),
    [(None, 0), ("owner", 1), ("inspector", 1), ("stranger", 1), ("ministry", 3)],
)
def test_only_assessments_one_may_see_are_named(
    country: SimpleNamespace, sign_in: SignIn, who: str | None, seen: int
) -> None:
    html = page(sign_in(getattr(country, who) if who else None), "/rules/vn-eip/ENT-3/")
    assert len(re.findall(r'href="/assessments/\d+/"', html)) == seen
    assert ("Findings are shown to those who may look into the park." in html) == (who is None)


def test_the_page_of_a_criterion_used_436_times_asks_few_questions(
    many_parks: SimpleNamespace,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = sign_in(many_parks.ministry)
    client.get("/rules/vn-eip/ENT-3/")
    with django_assert_max_num_queries(8):
        html = page(client, "/rules/vn-eip/ENT-3/?page=2")
    assert len(re.findall(r'href="/assessments/\d+/"', html)) == 50
    assert "Page 2 of 9" in html
