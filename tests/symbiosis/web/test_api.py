"""The API says and does what the pages do: bands, conflicts, tokens, 404 for strangers."""

import json

import pytest
from django.test import Client

from sinhthai.symbiosis.models import Look, Stream

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BODY = {
    "direction": "offer",
    "name": "Tro bay",
    "unit": "t",
    "quantity": 10.0,
    "code": "EWC 10 01 02",
}


def test_a_program_enters_reads_and_changes_a_stream(by_token, owner, power):
    url = f"/enterprises/{power.code}/streams"
    made = by_token(owner, "post", url, BODY)
    assert made.status_code == 201, made.content
    stream = made.json()
    assert stream["material"] == "coal-fly-ash"
    one = f"{url}/{stream['id']}"
    read = by_token(owner, "get", one)
    assert read.headers["ETag"] == f'"{stream["version"]}"'
    changed = by_token(owner, "put", one, {**BODY, "quantity": 20.0, "version": stream["version"]})
    assert changed.json()["quantity"] == 20.0
    late = by_token(owner, "put", one, {**BODY, "quantity": 30.0, "version": stream["version"]})
    assert late.status_code == 409
    assert str(changed.json()["version"]) in late.json()["title"]
    assert by_token(owner, "post", f"{one}/withdraw").json()["withdrawn_at"]
    assert by_token(owner, "get", url).json()["total"] == 0
    assert by_token(owner, "post", f"{one}/restore").json()["withdrawn_at"] is None


def test_bad_input_is_told_in_both_languages(by_token, owner, power):
    url = f"/enterprises/{power.code}/streams"
    answer = by_token(owner, "post", url, BODY | {"code": "ewc:999999", "quantity": -1.0})
    assert answer.status_code == 422
    said = answer.json()["problems"]
    assert {one["code"] for one in said} == {"stream_code_unknown", "stream_quantity_negative"}
    assert all(one["message"]["vi"] and one["cure"]["en"] for one in said)
    assert not Stream.objects.exists()


def test_partners_come_by_band_and_by_name_once_both_agreed(
    by_token, owner, partner, power, cement, ash, wish
):
    [one] = by_token(owner, "get", f"/enterprises/{power.code}/partners").json()["partners"]
    assert (one["distance"], one["coverage"], one["is_open"]) == ("10-20-km", "10-50", False)
    assert cement.code not in json.dumps(one) and "8000" not in json.dumps(one)
    say = f"/enterprises/{power.code}/partners/{one['pair']}/consent"
    assert by_token(owner, "post", say, {"answer": "yes"}).status_code == 204
    [back] = by_token(partner, "get", f"/enterprises/{cement.code}/partners").json()["partners"]
    assert back["theirs"] == "yes"
    say = f"/enterprises/{cement.code}/partners/{back['pair']}/consent"
    by_token(partner, "post", say, {"answer": "yes"})
    [agreed] = by_token(owner, "get", f"/enterprises/{power.code}/partners").json()["agreed"]
    assert agreed["name_vi"] == "Xi măng Bình Minh"
    assert Look.objects.filter(stream=wish, viewer=owner, page="api").count() == 1


def test_strangers_get_404_and_nobody_is_asked_who_they_are(
    by_token, stranger, inspector, ministry, partner, power, ash
):
    for person in (stranger, inspector, ministry, partner):
        for url in ("streams", f"streams/{ash.pk}", "partners"):
            answer = by_token(person, "get", f"/enterprises/{power.code}/{url}")
            assert answer.status_code == 404, (person, url)
        assert (
            by_token(person, "post", f"/enterprises/{power.code}/streams", BODY).status_code == 404
        )
    assert Client().post(f"/api/enterprises/{power.code}/streams").status_code == 401
    assert Client().get(f"/api/enterprises/{power.code}/streams").status_code == 404


def test_a_facilitators_program_leaves_a_trace(by_token, facilitator, power, ash):
    assert by_token(facilitator, "get", f"/enterprises/{power.code}/streams").json()["total"] == 1
    assert Look.objects.get().page == "api"


def test_materials_are_open_to_everybody():
    found = Client().get("/api/symbiosis/materials", {"q": "tro bay than"}).json()
    assert "coal-fly-ash" in {one["id"] for one in found}
