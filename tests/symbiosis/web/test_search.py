"""The search of a park: what it pins, what it hides, and the exchange an idea becomes."""

import dataclasses
import datetime as dt

import pytest
from tests.symbiosis.web.conftest import AT, need_of_ash, put
from tests.symbiosis.web.workbench_cast import refused

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.actions.participants import name_partner
from sinhthai.symbiosis.actions.pipeline import move
from sinhthai.symbiosis.actions.search import search_matches, start_exchange
from sinhthai.symbiosis.actions.streams import change_stream, given_of, withdraw_stream
from sinhthai.symbiosis.engine.bands import coarse_quantity
from sinhthai.symbiosis.models import Consent, Exchange, Match, MatchRun, StreamVersion
from sinhthai.symbiosis.readers.ideas import (
    IdeaFilter,
    changed_since,
    find_ideas,
    last_run,
    say_ideas,
    with_names,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def near(brick):
    return need_of_ash(brick, name="Tro cho gạch", quantity=2000.0)


def search(user, park, km=50, at=AT):
    return search_matches(user=user, park=park, within_km=km, at=at)


def ideas_of(run, park, **asked):
    return say_ideas(with_names(find_ideas(run, IdeaFilter(**asked)), park), park)


def agree(stream, partner, user, answer="yes"):
    Consent.objects.create(stream=stream, partner_stream=partner, answer=answer, by=user, at=AT)


def test_a_search_ranks_partners_and_pins_what_it_rested_on(facilitator, park, ash, near, wish):
    run = search(facilitator, park)
    rows = {row.need_id: row for row in Match.objects.filter(run=run, offer=ash)}
    assert set(rows) == {near.pk, wish.pk}
    mine = rows[near.pk]
    assert mine.legal_status and mine.family == "ash" and mine.unit == "t"
    assert mine.reasons["versions"] == {
        "offer": ash.versions.get().pk,
        "need": near.versions.get().pk,
    }
    assert all(set(said) == {"vi", "en"} and said["vi"] for said in mine.reasons["why"])
    assert mine.reasons["path"]["clause"] and mine.reasons["path"]["papers"]
    assert not mine.other_park and rows[wish.pk].other_park
    assert len(run.knowledge_hash) == len(run.input_digest) == 64
    assert run.matches == Match.objects.filter(run=run).count()
    assert AuditEntry.objects.get(action="symbiosis.search").object_code == f"{run.pk}"


def test_the_needs_of_the_park_are_searched_too(facilitator, park, brick, near, cement):
    far = put(cement, name="Tro của bên kia")
    run = search(facilitator, park)
    assert [(row.offer_id, row.need_id) for row in Match.objects.filter(run=run)] == [
        (far.pk, near.pk)
    ]


def test_a_partner_of_another_park_has_no_name_and_no_figures(facilitator, park, ash, wish, cement):
    run = search(facilitator, park)
    [idea] = ideas_of(run, park)
    assert idea.hidden and idea.need.hidden and not idea.offer.hidden
    assert (idea.need.enterprise, idea.need.name) == (None, "")
    stored = str(idea.match.reasons) + idea.match.search
    for secret in ("Xi măng Bình Minh", "Phụ gia xi măng", "xi mang binh minh", "8000"):
        assert secret not in stored
    assert idea.match.quantity in (3150.0, coarse_quantity(8000.0))


def test_the_search_cannot_be_used_to_measure_a_partner(facilitator, park, ash, wish, cement):
    """Small moves of the partner change nothing the facilitator sees."""
    before = Match.objects.get(run=search(facilitator, park))
    cement.lat, cement.lon = 10.771, 106.781
    cement.save()
    given = given_of(wish.versions.get(is_current=True))
    change_stream(
        wish, dataclasses.replace(given, quantity=8400.0), at=AT, by=None,
        expected=wish.versions.get(is_current=True).pk,
    )  # fmt: skip
    after = Match.objects.get(run=search(facilitator, park))
    same = ("score", "distance_m", "value_vnd", "co2_t", "quantity")
    assert [getattr(before, name) for name in same] == [getattr(after, name) for name in same]


def test_once_both_agree_the_partner_is_named(facilitator, park, ash, wish, owner, partner):
    run = search(facilitator, park)
    agree(ash, wish, owner)
    assert ideas_of(run, park)[0].hidden
    agree(wish, ash, partner)
    [idea] = ideas_of(run, park)
    assert not idea.hidden and idea.need.enterprise.name_vi == "Xi măng Bình Minh"
    agree(wish, ash, partner, "withdrawn")
    assert ideas_of(run, park)[0].hidden


def test_an_exchange_begins_with_one_party_until_both_agree(
    facilitator, park, ash, wish, owner, partner, power, cement
):
    match = Match.objects.get(run=search(facilitator, park))
    exchange = start_exchange(user=facilitator, match=match, at=AT)
    assert exchange.kind == "d" and exchange.basis["match"] == match.pk
    assert [part.enterprise for part in exchange.participants.all()] == [power]
    with refused("not-agreed"):
        name_partner(user=facilitator, exchange=exchange, at=AT)
    agree(ash, wish, owner)
    agree(wish, ash, partner)
    part = name_partner(user=facilitator, exchange=exchange, at=AT)
    assert (part.enterprise, part.role) == (cement, "taker")


def test_an_idea_becomes_one_exchange_at_a_time(facilitator, park, ash, near):
    match = Match.objects.get(run=search(facilitator, park))
    exchange = start_exchange(user=facilitator, match=match, at=AT)
    assert exchange.quantity == match.quantity and exchange.value_vnd == match.value_vnd
    assert exchange.basis["knowledge_hash"] == match.run.knowledge_hash
    assert exchange.participants.count() == 2
    with refused("already-started"):
        start_exchange(user=facilitator, match=match, at=AT)
    [idea] = ideas_of(match.run, park)
    assert idea.exchange == exchange.pk
    move(
        user=facilitator, exchange=exchange, to="dropped", on=AT.date(), reason="không cần",
        seen=exchange.changes.get().pk, at=AT,
    )  # fmt: skip
    start_exchange(user=facilitator, match=match, at=AT)


def test_what_the_law_forbids_is_shown_last_and_not_started(facilitator, park, ash, near, wish):
    run = search(facilitator, park)
    best = find_ideas(run, IdeaFilter()).first()
    best.forbidden, best.legal_status = True, "forbidden"
    best.reasons["clause"] = "LEP 83.1.c"
    best.save()
    assert [idea.match.pk for idea in ideas_of(run, park)][-1] == best.pk
    assert [idea.match.pk for idea in ideas_of(run, park, legal="forbidden")] == [best.pk]
    with pytest.raises(InputError, match=r"Article 83\.1\.c of the Law"):
        start_exchange(user=facilitator, match=best, at=AT)


def test_a_withdrawn_stream_starts_nothing(facilitator, park, ash, near):
    match = Match.objects.get(run=search(facilitator, park))
    withdraw_stream(near, at=AT, by=facilitator)
    with refused("stale-idea"):
        start_exchange(user=facilitator, match=match, at=AT)
    assert not Exchange.objects.exists()


def test_the_page_knows_what_changed_since_the_search(facilitator, park, power, ash, near, cement):
    run = search(facilitator, park, at=AT + dt.timedelta(hours=1))
    assert not changed_since(run)
    withdraw_stream(near, at=AT + dt.timedelta(hours=2), by=facilitator)
    other = need_of_ash(cement)
    StreamVersion.objects.filter(stream=other).update(recorded_at=AT + dt.timedelta(hours=3))
    stale = changed_since(run)
    assert (stale.own, stale.others) == (1, 1)


def test_earlier_searches_are_kept_and_the_last_is_shown(facilitator, park, ash, near):
    first = search(facilitator, park)
    second = search(facilitator, park, km=20)
    assert last_run(park) == second
    assert MatchRun.objects.filter(pk=first.pk).exists()
    assert first.input_digest == second.input_digest


@pytest.mark.parametrize("km", [0, -5, 2001])
def test_the_radius_is_bounded(facilitator, park, ash, km):
    with refused("distance-out-of-range"):
        search(facilitator, park, km=km)
    assert not MatchRun.objects.exists()


def test_a_park_without_streams_is_told_so(facilitator, park):
    with refused("no-streams"):
        search(facilitator, park)
    assert not MatchRun.objects.exists()


def test_only_the_facilitator_searches(park, ash, near, stranger, inspector, owner, ministry):
    for person in (stranger, inspector, owner, ministry):
        with refused("no-right"):
            search(person, park)
    assert not MatchRun.objects.exists()


def test_ideas_are_filtered_and_sorted_with_the_unknown_last(facilitator, park, power, brick, wish):
    put(power, quantity=3150.0)
    put(power, name="Tro chưa cân", quantity=None)
    need_of_ash(brick, name="Tro cho gạch", quantity=2000.0, origin="profile")
    run = search(facilitator, park)
    assert len(ideas_of(run, park)) == 4
    assert {one.match.other_park for one in ideas_of(run, park, place="inside")} == {False}
    assert len(ideas_of(run, park, place="other")) == 2
    assert len(ideas_of(run, park, data="estimated")) == 2
    assert len(ideas_of(run, park, words="chua can")) == 2
    assert not ideas_of(run, park, words="binh minh")  # the hidden partner is not found by name
    assert not ideas_of(run, park, family="glass")
    nearest = ideas_of(run, park, sort="distance")
    assert [one.match.distance_m for one in nearest] == sorted(
        one.match.distance_m for one in nearest
    )
    for turned in (False, True):
        values = [one.match.value_vnd for one in ideas_of(run, park, sort="value", turned=turned)]
        assert values[-1] is None and values[0] is not None
