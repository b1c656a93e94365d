"""Assessments over the API: the same reads as the pages, for the same people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.assessment.conftest import DAY, NOW

from sinhthai.accounts.models import User
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.models import Assessment
from sinhthai.registry.models import Park

SignIn = Callable[..., Client]
PARK = "/api/parks/hiep-phuoc"


@pytest.fixture
def saved(park: Park) -> Assessment:
    return assess_parks([park], family="vn-eip", on=DAY, at=NOW)[0]


@pytest.mark.parametrize(
    "url", [f"{PARK}/assessment", f"{PARK}/assessment/PARK-1", f"{PARK}/assessments"]
)
def test_reads_are_for_those_who_see_the_park(
    url: str, saved: Assessment, owner: User, inspector: User, stranger: User, sign_in: SignIn
) -> None:
    assert [sign_in(who).get(url).status_code for who in (owner, inspector)] == [200] * 2
    assert [sign_in(who).get(url).status_code for who in (stranger, None)] == [404] * 2


def test_the_answer_has_the_keys_of_the_file_and_says_what_is_saved(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    answer = sign_in(owner).get(f"{PARK}/assessment").json()
    assert answer["schema"] == "sinhthai.assessment/1"
    assert answer["saved"] == saved.pk
    assert answer["stale"] is False
    assert answer["counts"]["not_met"] == saved.not_met
    land = next(c for c in answer["criteria"] if c["id"] == "PARK-1")
    assert land["lower"] == pytest.approx(0.21)
    assert land["gap_text"]["en"].startswith("At least 9.6")


def test_another_day_and_reading_are_computed(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    old = client.get(f"{PARK}/assessment?on=2020-12-31&year=2025").json()
    assert old["framework"]["id"] == "vn-eip.d82-2018"
    assert old["saved"] is None
    read = client.get(f"{PARK}/assessment?on=2025-12-31&options=A2=registered").json()
    assert read["pins"]["options"]["A2"] == "registered"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("framework=nope", "vn-eip"),
        ("options=A9=x", "No such option: A9"),
        ("options=A2=x", "operating"),
    ],
)
def test_a_wrong_question_is_answered_with_the_choices(
    query: str, word: str, park: Park, owner: User, sign_in: SignIn
) -> None:
    answer = sign_in(owner).get(f"{PARK}/assessment?{query}")
    assert answer.status_code == 422
    assert word in answer.content.decode()


def test_why_gives_facts_arithmetic_readings_and_enterprises(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    land = client.get(f"{PARK}/assessment/PARK-1").json()
    greenery = next(fact for fact in land["facts"] if fact["item"] == "greenery_ha")
    assert greenery["cell"] == "KCN · Park!E12"
    assert greenery["source"] == "Báo cáo A.4"
    share = client.get(f"{PARK}/assessment/ENT-3?standing=unknown").json()
    assert share["counts"] == {"unknown": 1, "no": 1, "yes": 1}
    assert [row["code"] for row in share["enterprises"]] == ["0300000003"]
    assert set(share["enterprises"][0]["missing"]) == {"recp_applied", "recp_result_measured"}
    assert share["readings"][0]["option"] == "A2"
    assert client.get(f"{PARK}/assessment/NOPE").status_code == 404


def test_an_assessment_is_run_by_those_who_may_write_and_kept(
    park: Park, owner: User, viewer: User, stranger: User, sign_in: SignIn
) -> None:
    def run(who: User | None) -> int:
        body = '{"on": "2025-12-31", "options": {"A2": "leased"}}'
        client = sign_in(who)
        return client.post(f"{PARK}/assessments", body, content_type="application/json").status_code

    assert [run(who) for who in (viewer, stranger)] == [404] * 2
    assert run(None) in (401, 404)
    assert not Assessment.objects.exists()
    assert run(owner) == 201
    made = Assessment.objects.get()
    assert made.options["A2"] == "leased"
    listed = sign_in(owner).get(f"{PARK}/assessments").json()
    assert [row["id"] for row in listed] == [made.pk]
    assert sign_in(owner).get(f"/api/assessments/{made.pk}").json()["saved"] == made.pk
    assert sign_in(stranger).get(f"/api/assessments/{made.pk}").status_code == 404


def test_a_day_before_any_criteria_cannot_be_run(park: Park, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner)
    answer = client.post(
        f"{PARK}/assessments", '{"on": "2005-01-01"}', content_type="application/json"
    )
    assert answer.status_code == 422
    assert client.get(f"{PARK}/assessment?on=2005-01-01").status_code == 404
