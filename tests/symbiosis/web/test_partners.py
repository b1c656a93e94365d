"""Possible partners by band: nothing exact leaves, however often and cleverly one asks."""

import dataclasses
import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinhthai.symbiosis.engine import legal
from sinhthai.symbiosis.engine.bands import coarse_place, coarse_quantity
from sinhthai.symbiosis.readers.pairs import pair_token
from sinhthai.symbiosis.readers.partners import find_partners, pair_of, warm_up

from .conftest import AT, make_enterprise, need_of_ash, put

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = dt.date(2026, 5, 4)


def found(power, owner, **asked):
    return find_partners(power, owner, at=AT, day=DAY, **asked)


def page(client, enterprise):
    return client.get(f"/enterprises/{enterprise.code}/partners/")


def test_a_partner_is_shown_by_band_and_distance_only(sign_in, owner, power, cement, ash, wish):
    answer = page(sign_in(owner), power)
    body = answer.content.decode()
    [partner] = answer.context["page"]
    assert partner.distance.code == "10-20-km"
    assert partner.coverage.code == "10-50"  # 3,150 of a need known as 10,000
    assert partner.path is not None and not partner.forbidden
    main = body.split("<main")[1]
    for secret in ("Bình Minh", cement.code, "8,000", "8000", "10.765", "Cát Lái", f"/{wish.pk}/"):
        assert secret not in main, secret
    assert "An enterprise, 10–20 km" in main
    assert partner.token in main


def test_the_industry_is_named_where_three_of_its_kind_are_near(owner, power, cement, ash, wish):
    [partner] = found(power, owner).partners
    assert partner.who.en == "an enterprise"
    for number in range(2):
        make_enterprise(cement.park, f"040000000{number}", f"Xi măng {number}", "2394")
    [partner] = found(power, owner).partners
    assert partner.who.en == "building materials and other minerals"


def test_no_probing_with_own_quantities_finds_the_exact_need(owner, power, cement, ash, wish):
    """Bisecting the edge of a band finds the coarse quantity, never the one entered."""
    low, high = 1.0, 1e6
    stream = ash.versions.get()
    for _ in range(40):
        middle = (low + high) / 2
        type(stream).objects.filter(pk=stream.pk).update(quantity=middle)
        [partner] = found(power, owner).partners
        if partner.coverage.code in ("50-100", "all"):
            high = middle
        else:
            low = middle
    assert high / 0.5 == pytest.approx(coarse_quantity(8000.0), rel=1e-5)
    assert high / 0.5 != pytest.approx(8000.0, rel=1e-2)


@pytest.mark.parametrize("other", [7200.0, 9000.0, 12_000.0])
def test_partners_alike_but_for_what_is_coarse_look_the_same(
    owner, power, cement, ash, wish, other
):
    [before] = found(power, owner).partners
    version = wish.versions.get()
    type(version).objects.filter(pk=version.pk).update(
        quantity=other, name="Tên khác hẳn", note="bí mật", price=5.0, months=0b1,
        quality={"moisture": [None, 0.1]},
    )  # fmt: skip
    type(cement.park).objects.filter(pk=cement.park_id).update(lat=10.71, lon=10.0 + 96.72)
    [after] = found(power, owner).partners
    assert coarse_place(10.71, 106.72) == coarse_place(10.765, 106.785)
    assert before == after  # score and order too


def test_a_pair_is_named_by_a_token_of_one_viewer(owner, reader, partner, power, cement, ash, wish):
    token = pair_token(owner, ash.pk, wish.pk)
    assert pair_of(power, owner, token, at=AT) == (ash.pk, wish.pk)
    assert token != pair_token(reader, ash.pk, wish.pk)
    assert pair_of(power, reader, token, at=AT) is None
    assert pair_of(cement, partner, token, at=AT) is None
    assert re.fullmatch("[0-9a-f]{40}", token)


def test_a_stream_changed_too_often_shows_no_partners_that_day(sign_in, owner, power, ash, wish):
    version = ash.versions.get()
    for _ in range(21):
        version.pk, version.is_current, version.recorded_at = None, False, timezone.now()
        version.save()
    answer = page(sign_in(owner), power)
    assert not answer.context["found"].partners
    assert "changed very often today" in answer.content.decode()


def test_what_is_farther_than_the_radius_or_withdrawn_is_no_partner(
    owner, power, cement, ash, wish
):
    assert found(power, owner).partners
    cement.lat, cement.lon = 11.9, 106.7
    cement.save()
    assert not found(power, owner).partners
    cement.lat, cement.lon = None, None
    cement.save()
    type(wish).objects.filter(pk=wish.pk).update(withdrawn_at=AT)
    assert not found(power, owner).partners


def test_own_streams_are_no_partners_of_each_other(owner, power, ash):
    need_of_ash(power)
    assert not found(power, owner).partners


def test_both_directions_are_found(partner, cement, wish, ash):
    [one] = found(cement, partner).partners
    assert not one.own_is_offer
    assert one.coverage.code == "10-50"


def test_what_the_law_forbids_is_shown_as_forbidden_with_its_clause(
    sign_in, owner, power, ash, wish, monkeypatch
):
    told = legal.legal_path

    def strict(*given, **facts):
        return dataclasses.replace(told(*given, **facts), status="forbidden", clause="LEP 83.1.c")

    monkeypatch.setattr(legal, "legal_path", strict)
    client = sign_in(owner)
    listed = page(client, power)
    assert not listed.context["page"].object_list
    assert "Show the one the law forbids" in listed.content.decode()
    everything = client.get(f"/enterprises/{power.code}/partners/", {"law": "all"})
    [partner] = everything.context["page"]
    assert partner.forbidden
    body = everything.content.decode().split("<main")[1]
    assert "forbidden" in body and "LEP 83.1.c" in body
    assert "I agree to be named" not in body


def test_an_unknown_stream_and_an_empty_list_say_what_to_do(sign_in, owner, power):
    client = sign_in(owner)
    assert "Enter your streams first." in page(client, power).content.decode()
    put(power, name="Thứ gì đó", material="", code="")
    assert "does not know what it is" in page(client, power).content.decode()


def test_warming_up_asks_no_store(django_assert_num_queries):
    with django_assert_num_queries(0):
        warm_up()


def test_a_page_of_partners_takes_few_queries(sign_in, owner, power, other_park, ash):
    for number in range(30):
        neighbour = make_enterprise(other_park, f"05000000{number:02}", f"XM {number}", "2394")
        need_of_ash(neighbour, quantity=100.0 + number)
    put(power, name="Xỉ", material="coal-bottom-ash", code="")
    client = sign_in(owner)
    page(client, power)
    with CaptureQueriesContext(connection) as queries:
        answer = page(client, power)
    assert answer.context["page"].paginator.count >= 20
    assert len(queries) <= 10, [q["sql"][:90] for q in queries]
