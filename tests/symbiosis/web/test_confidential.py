"""What nobody may learn of another's streams: by the trail, by acts of others, by old answers."""

import dataclasses
import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.actions import dossier, imports
from sinhthai.symbiosis.actions.consent import answer_partner, is_open
from sinhthai.symbiosis.actions.pipeline import change_plan
from sinhthai.symbiosis.actions.plans import Plan, plan_digest
from sinhthai.symbiosis.actions.search import search_matches, start_exchange
from sinhthai.symbiosis.actions.streams import change_stream, given_of, withdraw_stream
from sinhthai.symbiosis.models import Consent, Exchange, Look, StreamVersion
from sinhthai.symbiosis.policy import log_looks
from sinhthai.symbiosis.readers.pairs import pair_token
from sinhthai.symbiosis.readers.partners import find_partners

from .conftest import AT, make_enterprise
from .workbench_cast import agree, carry, open_one, refused, result

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def agreed(owner, partner, ash, wish):
    """Both said yes; returns the pair as the owner of the ash names it."""
    for one, other, person in ((ash, wish, owner), (wish, ash, partner)):
        Consent.objects.create(
            stream=one, partner_stream=other, answer="yes", by=person, at=timezone.now()
        )
    return pair_token(owner, ash.pk, wish.pk)


def named(client, enterprise, token):
    return client.get(f"/enterprises/{enterprise.code}/partners/{token}/").status_code == 200


def test_the_trail_says_neither_what_moves_nor_between_whom(
    sign_in, facilitator, inspector, ministry, park, power, brick
):
    exchange = open_one(facilitator, park, power, brick, title="Tro bay làm gạch")
    carry(facilitator, exchange, "implemented")
    agree(facilitator, exchange, b"%PDF-1.7 one more")
    result(facilitator, exchange, co2_cut_t=12.5)
    dossier.add_task(
        user=facilitator, exchange=exchange, title="Gọi Hòa Bình", assignee="", due_on=None, at=AT
    )
    said = "\n".join(
        f"{entry.summary_vi} {entry.summary_en} {entry.object_code}"
        for entry in AuditEntry.objects.filter(action__startswith="symbiosis.")
    )
    assert f"trao đổi số {exchange.pk}" in said and f"exchange no. {exchange.pk}" in said
    for secret in ("Tro bay", "gạch", "Hòa Bình", "Ánh Dương", "Hợp đồng", "Gọi", power.code):
        assert secret not in said, secret
    for reader in (inspector, ministry):
        body = sign_in(reader).get("/audit/").content.decode()
        assert f"exchange no. {exchange.pk}" in body
        assert "Hòa Bình" not in body and "Tro bay" not in body


def test_a_withdrawal_takes_the_yes_back_so_that_no_facilitator_opens_the_pair_again(
    sign_in, owner, facilitator, power, cement, ash, agreed
):
    own, office = sign_in(owner), sign_in(facilitator)
    assert named(own, power, agreed)
    base = f"/enterprises/{power.code}/streams/{ash.pk}/"
    own.post(f"{base}withdraw/")
    office.post(f"{base}restore/")
    assert not named(own, power, agreed)
    last = Consent.objects.filter(stream=ash).latest("pk")
    assert (last.answer, last.by) == ("withdrawn", owner)
    own.post(f"/enterprises/{power.code}/partners/consent/", {"pair": agreed, "answer": "yes"})
    assert named(own, power, agreed)  # its own people open it again


def test_withdrawing_twice_adds_one_answer(owner, ash, agreed):
    withdraw_stream(ash, at=AT, by=owner)
    withdraw_stream(ash, at=AT, by=owner)
    assert Consent.objects.count() == 3


def test_a_yes_lapses_when_either_stream_becomes_something_else(
    sign_in, owner, partner, power, cement, ash, wish, agreed
):
    """A yes is said of two things; a new quantity keeps it, another material does not."""
    own, other = sign_in(owner), sign_in(partner)
    now = timezone.now()
    StreamVersion.objects.update(recorded_at=now - dt.timedelta(days=2))
    Consent.objects.update(at=now - dt.timedelta(days=1))
    later = {"at": now - dt.timedelta(hours=1), "by": partner}
    version = wish.versions.get()
    more = dataclasses.replace(given_of(version), quantity=9000.0)
    version = change_stream(wish, more, expected=version.pk, **later)
    assert named(own, power, agreed) and is_open(ash.pk, wish.pk)
    changed = dataclasses.replace(given_of(version), material="natural-gypsum", name="Thạch cao")
    change_stream(wish, changed, expected=version.pk, **later)
    assert not named(own, power, agreed) and not is_open(wish.pk, ash.pk)
    assert "Bình Minh" not in own.get(f"/enterprises/{power.code}/partners/").content.decode()
    for client, firm, who, pair in (
        (other, cement, partner, (wish.pk, ash.pk)),
        (own, power, owner, (ash.pk, wish.pk)),
    ):
        assert not is_open(*pair)
        said = {"pair": pair_token(who, *pair), "answer": "yes"}
        assert client.post(f"/enterprises/{firm.code}/partners/consent/", said).status_code == 302
    assert is_open(ash.pk, wish.pk)


def test_a_refusal_looks_like_no_answer_to_the_other_side(owner, partner, power, ash, wish):
    def theirs():
        [one] = find_partners(power, owner, at=AT, day=AT.date()).partners
        return one.theirs

    for answer, seen in (("yes", "yes"), ("withdrawn", ""), ("no", "")):
        Consent.objects.create(stream=wish, partner_stream=ash, answer=answer, by=partner, at=AT)
        assert theirs() == seen


def test_every_answer_of_the_api_that_tells_a_stream_is_a_look(by_token, facilitator, power, ash):
    url = f"/enterprises/{power.code}/streams/{ash.pk}"
    assert by_token(facilitator, "post", f"{url}/withdraw").json()["quantity"] == 3150.0
    assert Look.objects.filter(stream=ash, viewer=facilitator, page="api").count() == 1


def test_a_list_does_not_overwrite_what_was_written_after_it_was_compared(
    monkeypatch, owner, power, ash
):
    content = b"direction,name,unit,quantity\noffer,Tro bay,t,1\n"
    content = content.replace(b"Tro bay", "Tro bay nồi hơi".encode())
    preview = imports.preview_list(power, "x.csv", content)
    version = ash.versions.get()
    other = dataclasses.replace(given_of(version), quantity=77.0)
    change_stream(ash, other, expected=version.pk, at=AT, by=owner)
    monkeypatch.setattr(imports, "preview_list", lambda *_given: preview)
    with pytest.raises(InputError, match="changed since the preview"):
        imports.import_list(power, file_name="x.csv", data=content, by=owner, at=AT)
    assert ash.versions.get(is_current=True).quantity == 77.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"quality": {"moisture": [float("nan"), 1.0]}},
        {"quality": {"moisture": [None, float("inf")]}},
        {"quantity": 1e308},
        {"quantity_max": 1e308},
        {"price": -1e308},
        {"name": "a\0b"},
        {"note": "\0"},
        {"code": "hs:\0"},
    ],
)
def test_numbers_and_signs_no_store_can_hold_are_refused(by_token, owner, power, wrong):
    body = {"direction": "offer", "name": "Tro", "unit": "t"} | wrong
    answer = by_token(owner, "post", f"/enterprises/{power.code}/streams", body)
    assert answer.status_code == 422, answer.content
    assert not power.streams.exists()


@pytest.mark.parametrize("address", ["ideas/?family=%00", "ideas/?q=%00", "pipeline/?q=%00"])
def test_signs_no_store_can_hold_in_an_address_find_nothing(
    sign_in, facilitator, owner, park, power, ash, wish, address
):
    search_matches(user=facilitator, park=park, within_km=50, at=AT)
    url = f"/parks/{park.code}/symbiosis/{address}"
    assert sign_in(facilitator).get(url).status_code == 200
    assert sign_in(owner).get(f"/enterprises/{power.code}/looks/?q=%00").status_code == 200


def test_a_number_no_exchange_can_have_is_refused(facilitator, park, power, brick):
    exchange = open_one(facilitator, park, power, brick)
    for plan in (Plan(1e308, "t"), Plan(value_vnd=-1e308), Plan(co2_t=float("nan"))):
        with refused("number-too-large"):
            change_plan(
                user=facilitator, exchange=exchange, title="x", kind="a", plan=plan,
                seen=plan_digest(exchange), at=AT,
            )  # fmt: skip
    carry(facilitator, exchange, "implemented")
    with refused("number-too-large"):
        result(facilitator, exchange, co2_cut_t=1e300)
    exchange.refresh_from_db()
    assert (exchange.quantity, exchange.value_vnd, exchange.co2_t) == (3000.0, 4e8, 120.0)
    assert not exchange.results.exists()


@pytest.fixture
def started(facilitator, park, ash, wish):
    """An exchange of the ash with the partner of another park, opened from an idea."""
    run = search_matches(user=facilitator, park=park, within_km=50, at=AT)
    return start_exchange(user=facilitator, match=run.pairs.get(offer=ash), at=AT)


def test_the_workbench_leaves_a_look_wherever_it_tells_what_moves(
    sign_in, facilitator, park, ash, started
):
    office = sign_in(facilitator)
    home = f"/parks/{park.code}/symbiosis/"
    for address, page in (
        ("", "workbench"), ("pipeline/", "pipeline"), ("pipeline.csv", "export"),
        ("pictures/flows.csv", "export"), ("split/?show=planned", "split"),
        ("split.csv?show=planned", "export"), (f"exchanges/{started.pk}/edit/", "exchange"),
        (f"exchanges/{started.pk}/", "exchange"),
    ):  # fmt: skip
        Look.objects.all().delete()
        cache.clear()
        assert office.get(home + address).status_code == 200
        assert set(Look.objects.values_list("page", flat=True)) == {page}, address
        assert set(Look.objects.values_list("stream", flat=True)) == {ash.pk}, address


def test_the_same_look_of_the_same_day_is_logged_once_even_when_the_note_is_lost(
    facilitator, ash, django_assert_num_queries
):
    assert log_looks(facilitator, [ash], "facilitator", "ideas", AT) == 1
    with django_assert_num_queries(0):
        assert log_looks(facilitator, [ash], "facilitator", "ideas", AT) == 0
    cache.clear()
    assert log_looks(facilitator, [ash], "facilitator", "ideas", AT) == 0
    assert log_looks(facilitator, [ash], "facilitator", "ideas", AT + dt.timedelta(days=1)) == 1


def test_who_takes_its_yes_back_before_anything_runs_is_named_no_more(
    sign_in, facilitator, partner, park, wish, ash, agreed, started
):
    office = sign_in(facilitator)
    home = f"/parks/{park.code}/symbiosis/"
    pages = [
        home, f"{home}pipeline/", f"{home}pipeline/?view=list", f"{home}pipeline.csv",
        f"{home}pictures/network.csv", f"{home}exchanges/{started.pk}/",
    ]  # fmt: skip

    def naming():
        return [page for page in pages if "Bình Minh" in office.get(page).content.decode()]

    assert naming() == pages
    answer_partner(wish, ash, "withdrawn", by=partner, at=timezone.now())
    assert naming() == []
    Exchange.objects.update(stage="implemented")  # then it is a fact of both
    assert naming() == pages


def test_own_plants_and_plants_of_one_firm_are_no_crowd_to_hide_in(owner, power, cement, ash, wish):
    """Three of the industry in the register; for who asks, only two firms it could be."""
    power.vsic, power.lat, power.lon = "2394", cement.park.lat, cement.park.lon
    power.save()
    make_enterprise(cement.park, "0400000001", "Xi măng Một", "2394")
    make_enterprise(cement.park, "0400000001-1", "Xi măng Một, nhánh", "2394")

    def who():
        [one] = find_partners(power, owner, at=AT, day=AT.date()).partners
        return one.who.en

    assert who() == "an enterprise"
    make_enterprise(cement.park, "0400000002", "Xi măng Hai", "2394")
    assert who() == "building materials and other minerals"
