"""Saving and pinning, as known then, computing again, following changed facts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinhthai.accounts.models import AuditEntry, User
from sinhthai.assessment import actions, readers, signals
from sinhthai.assessment.actions import NotOfParks, assess_parks, reassess, recompute
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.readers import (
    explain_live,
    findings_for,
    freeze,
    saved_findings,
    stale,
)
from sinhthai.registry.actions import record_status
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.actions import facts_changed
from sinhthai.reporting.actions.signals import announce
from sinhthai.reporting.models import Record
from sinhthai.reporting.readers import read_records, read_roster, years_reported
from sinhthai.rules.bundle import load_bundle

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DAY = dt.date(2025, 12, 31)
MONDAY = dt.datetime(2026, 2, 2, 8, tzinfo=dt.UTC)
TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + dt.timedelta(days=days) for days in (1, 2, 4))


@pytest.fixture
def land(db):
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="TP.HCM", search="tphcm"
    )
    return [
        Park.objects.create(
            code=code,
            name_vi=code,
            name_en=code,
            search=code,
            province=province,
            province_now=province,
        )
        for code in ("first", "second")
    ]


@pytest.fixture
def first(land):
    return land[0]


def add_firms(park, count, since=dt.date(2019, 1, 1)):
    made = []
    for at in range(count):
        firm = Enterprise.objects.create(
            park=park, code=f"{park.code}-{at}", name_vi=f"Firm {at}", search=f"firm {at}"
        )
        EnterpriseStatus.objects.create(enterprise=firm, status="operating", valid_from=since)
        made.append(firm)
    return made


def say(park, year, values, at=MONDAY, enterprise=None, **rest):
    return Record.objects.create(
        park=park, enterprise=enterprise, year=year, values=values, recorded_at=at, **rest
    )


def recp(park, **at):
    live = findings_for(park, "vn-eip", DAY, 2025, **at)
    return live.finding("ENT-3")


# -- reading -----------------------------------------------------------------------------------


def test_records_are_read_as_known_at_an_instant(first):
    say(first, 2025, {"plan_area_ha": 100}, MONDAY)
    say(first, 2025, {"plan_area_ha": 200}, TUESDAY, reverted_at=FRIDAY)
    say(first, 2025, {"plan_area_ha": 300}, FRIDAY)

    def known(at):
        return read_records(["first"], known_at=at)["values"].to_pylist()

    assert len(known(MONDAY)) == 1
    assert len(known(WEDNESDAY)) == 2
    assert len(known(FRIDAY)) == 2  # the second was undone on Friday, the third came
    assert len(known(None)) == 2
    assert read_records(["second"]).num_rows == 0
    assert read_records().num_rows == 2


def test_quarterly_records_are_no_part_of_the_year(first):
    say(first, 2025, {"electricity_saved_kwh": 1}, quarter=2)
    assert read_records().num_rows == 0
    assert years_reported() == {}


def test_the_roster_has_the_status_of_the_last_day_of_each_year(first):
    firm, newcomer = add_firms(first, 2, since=dt.date(2023, 12, 31))
    EnterpriseStatus.objects.create(
        enterprise=firm, status="closed", valid_from=dt.date(2024, 5, 1)
    )
    newcomer.statuses.all().delete()
    rows = {
        (r["enterprise"], r["year"]): r["status"]
        for r in read_roster(["first"], [2022, 2023, 2024]).to_pylist()
    }
    assert rows == {
        ("first-0", 2023): "operating",
        ("first-0", 2024): "closed",
        ("first-1", 2022): None,
        ("first-1", 2023): None,
        ("first-1", 2024): None,
    }


# -- assessing now -----------------------------------------------------------------------------


def test_a_status_of_new_years_day_does_not_count_the_year_before(first):
    (firm,) = add_firms(first, 1)
    EnterpriseStatus.objects.create(
        enterprise=firm, status="closed", valid_from=dt.date(2026, 1, 1)
    )
    EnterpriseStatus.objects.create(
        enterprise=firm, status="suspended", valid_from=dt.date(2024, 12, 31)
    )
    found = read_roster(["first"], [2023, 2024, 2025, 2026]).to_pylist()
    status = {row["year"]: row["status"] for row in found}
    assert status == {2023: "operating", 2024: "suspended", 2025: "suspended", 2026: "closed"}


def test_the_year_is_the_latest_reported_up_to_the_day(first):
    assert findings_for(first, "vn-eip", DAY).year == 2025
    say(first, 2023, {"plan_area_ha": 100})
    say(first, 2026, {"plan_area_ha": 100})
    assert findings_for(first, "vn-eip", DAY).year == 2023
    assert findings_for(first, "vn-eip", dt.date(2026, 6, 30)).year == 2026


def test_no_version_in_force_gives_none(first):
    assert findings_for(first, "vn-eip", dt.date(2015, 1, 1)) is None
    assert assess_parks([first], family="vn-eip", on=dt.date(2015, 1, 1), at=MONDAY) == []


def test_an_assessment_in_2020_uses_the_older_rules(first):
    assert findings_for(first, "vn-eip", dt.date(2020, 6, 30)).framework.id == "vn-eip.d82-2018"
    assert findings_for(first, "vn-eip", dt.date(2022, 7, 14)).framework.id == "vn-eip.d82-2018"
    assert findings_for(first, "vn-eip", dt.date(2022, 7, 15)).framework.id == "vn-eip.d35-2022"


def test_facts_as_known_then_and_after_an_undo(first):
    before = say(first, 2025, {"recp_enterprises": 10, "operating_enterprises": 100}, MONDAY)
    wrong = say(first, 2025, {"recp_enterprises": 50}, TUESDAY)
    assert recp(first).status == "met"
    assert recp(first, known_at=MONDAY).status == "not_met"
    Record.objects.filter(pk=wrong.pk).update(reverted_at=FRIDAY)
    assert recp(first).status == "not_met"
    assert recp(first, known_at=WEDNESDAY).status == "met"
    assert before.pk < wrong.pk


def test_the_reading_of_the_law_changes_the_denominator(first):
    say(
        first,
        2025,
        {"recp_enterprises": 10, "operating_enterprises": 40, "registered_enterprises": 60},
    )
    assert recp(first).lower == 0.25
    other = findings_for(first, "vn-eip", DAY, 2025, {"A2": "registered"})
    assert other.finding("ENT-3").lower == pytest.approx(1 / 6)
    assert other.options["A2"] == "registered"


def test_enterprises_of_a_park_are_assessed_one_by_one(first):
    good, bad = add_firms(first, 2)
    say(first, 2025, {"recp_applied": True, "recp_result_measured": True}, enterprise=good)
    say(first, 2025, {"recp_applied": False}, enterprise=bad)
    live = findings_for(first, "vn-eco-enterprise", DAY, 2025)
    leaf = next(
        one.id for one in live.framework.leaves if "recp_applied" in one.numerator.cases.get("", "")
    )
    assert live.finding(leaf, good.code).status == "met"
    assert live.finding(leaf, bad.code).status == "not_met"
    with pytest.raises(KeyError):
        live.finding(leaf)


def test_one_park_takes_few_queries(first):
    add_firms(first, 3)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        findings_for(first, "vn-eip", DAY, 2025)
    assert len(queries) == 3


# -- saving ------------------------------------------------------------------------------------


def test_an_assessment_is_saved_with_its_pins(first):
    say(first, 2025, {"plan_area_ha": 100, "greenery_ha": 30})
    person = User.objects.create_user("inspector")
    (saved,) = assess_parks([first], family="vn-eip", on=DAY, at=TUESDAY, by=person)
    bundle = load_bundle()
    assert (saved.framework, saved.year, saved.on) == ("vn-eip.d35-2022", 2025, DAY)
    assert (saved.rules_hash, saved.known_at, saved.by) == (bundle.hash, TUESDAY, person)
    assert saved.options == {"A1": "all", "A2": "operating", "A3": "iso-9001-14001"}
    assert len(saved.input_digest) == 64
    assert saved.met + saved.not_met + saved.undetermined + saved.not_applicable == 12
    assert AuditEntry.objects.get().object_code == str(saved.pk)


def test_saved_findings_come_back_as_they_were(first):
    say(
        first,
        2025,
        {"recp_enterprises": 30, "operating_enterprises": 189},
        qualifiers={"recp_enterprises": "at_least"},
    )
    (saved,) = assess_parks([first], family="vn-eip", on=DAY, at=TUESDAY)
    saved.refresh_from_db()
    live = findings_for(first, "vn-eip", DAY, known_at=TUESDAY)
    assert saved_findings(saved) == list(live.findings)
    assert saved.input_digest == live.digest


def test_many_parks_at_once_are_found_as_each_alone(land):
    first, second = land
    say(first, 2025, {"recp_enterprises": 30, "operating_enterprises": 189})
    for firm in add_firms(second, 3):
        say(second, 2024, {"recp_applied": True, "recp_result_measured": True}, enterprise=firm)
    together = assess_parks(land, family="vn-eip", on=DAY, at=TUESDAY)
    for saved, park in zip(together, land, strict=True):
        live = findings_for(park, "vn-eip", DAY, known_at=TUESDAY)
        assert (saved.park, saved.year) == (park, live.year)
        assert saved.input_digest == live.digest
        assert saved.findings == [freeze(one) for one in live.findings]


def test_there_is_one_current_assessment_a_park_and_family(land):
    old = assess_parks(land, family="vn-eip", on=DAY, at=MONDAY)
    assess_parks(land, family="vn-indicators", on=DAY, at=MONDAY)
    new = assess_parks(land[:1], family="vn-eip", on=DAY, at=TUESDAY)
    current = Assessment.objects.filter(family="vn-eip", is_current=True)
    assert {one.pk for one in current} == {new[0].pk, old[1].pk}
    assert Assessment.objects.count() == 5


def test_criteria_of_enterprises_are_not_saved_for_a_park(first):
    with pytest.raises(NotOfParks):
        assess_parks([first], family="vn-eco-enterprise", on=DAY, at=MONDAY)
    assert Assessment.objects.count() == 0


# -- computing again ---------------------------------------------------------------------------


@pytest.fixture
def saved(first):
    firms = add_firms(first, 4)
    say(first, 2025, {"plan_area_ha": 100, "greenery_ha": 30})
    say(first, 2025, {"recp_applied": True, "recp_result_measured": True}, enterprise=firms[0])
    (saved,) = assess_parks([first], family="vn-eip", on=DAY, at=TUESDAY)
    saved.refresh_from_db()
    return saved


def test_the_same_pins_give_the_same_bytes(saved, first):
    say(first, 2025, {"greenery_ha": 1}, FRIDAY)  # later facts do not matter
    again = recompute(saved)
    assert again.same
    frozen = [freeze(one) for one in again.findings]
    assert actions.canonical(frozen) == actions.canonical(saved.findings)


def test_it_is_computed_again_by_the_reading_it_was_saved_with(first):
    totals = {"recp_enterprises": 10, "operating_enterprises": 40, "registered_enterprises": 60}
    say(first, 2025, totals)
    for reading in ("operating", "registered"):
        (one,) = assess_parks([first], family="vn-eip", on=DAY, options={"A2": reading}, at=TUESDAY)
        assert recompute(one).same


def test_changed_facts_are_named_with_the_criteria_they_move(saved):
    Record.objects.filter(values__has_key="greenery_ha").update(
        values={"plan_area_ha": 100, "greenery_ha": 3}
    )
    said = [one.en for one in recompute(saved).differences]
    assert said[0].startswith("The facts as known on 2026-02-03 08:00 UTC are not those")
    assert said[1:] == ["Criterion PARK-1: met [0.3; 1.0], now undetermined [0.03; 1.0]."]


def test_other_rules_and_another_engine_are_named(saved, monkeypatch):
    bundle = load_bundle()
    other = dataclasses.replace(bundle, hash="f" * 64)
    for module in (actions, readers):
        monkeypatch.setattr(module, "load_bundle", lambda: other)
    saved.engine_version = "0.0.1"
    said = [one.en for one in recompute(saved).differences]
    assert said == ["Engine: 0.0.1, now 0.1.0.", f"Rules: {bundle.hash[:12]}…, now ffffffffffff…."]
    without = replace(bundle, frameworks=())
    monkeypatch.setattr(actions, "load_bundle", lambda: without)
    gone = recompute(saved)
    assert gone.findings == ()
    assert gone.differences[-1].en == "Framework vn-eip.d35-2022 is no longer among the rules."


def test_it_is_stale_once_facts_or_rules_changed(saved, first):
    assert not stale(saved)
    record = say(first, 2025, {"greenery_ha": 1}, FRIDAY)
    assert stale(saved)
    record.delete()
    saved.rules_hash = "0" * 64
    assert stale(saved)


# -- following ---------------------------------------------------------------------------------


def test_changed_facts_assess_their_park_again(first, land):
    say(first, 2025, {"plan_area_ha": 100, "greenery_ha": 30})
    facts_changed.send(sender=Park, park=first)
    made = Assessment.objects.filter(is_current=True)
    assert {one.park_id for one in made} == {first.pk}
    assert {"vn-eip", "vn-indicators", "eip-international"} <= {one.family for one in made}


def test_again_keeps_the_readings_and_moves_to_a_newer_year(first):
    say(first, 2024, {"plan_area_ha": 100})
    options = {"A2": "leased"}
    end = dt.date(2024, 12, 31)
    assess_parks([first], family="vn-eip", on=end, at=MONDAY, options=options)
    today = dt.date(2026, 2, 6)

    def again():
        saved = reassess(first, at=FRIDAY, today=today)
        return next(one for one in saved if one.family == "vn-eip")

    assert (again().on, again().year, again().options["A2"]) == (end, 2024, "leased")
    say(first, 2025, {"plan_area_ha": 100})
    assert (again().on, again().year) == (DAY, 2025)


# -- why? --------------------------------------------------------------------------------------


def test_why_names_record_cell_year_and_person(first):
    clerk = User.objects.create_user("clerk", first_name="Lan", last_name="Trần")
    say(
        first,
        2023,
        {"plan_area_ha": 100, "greenery_ha": 12},
        author=clerk,
        source="Sổ báo cáo 2023",
        cells={"greenery_ha": "KCN!C12"},
    )
    say(first, 2025, {"roads_ha": 20}, qualifiers={"roads_ha": "about"})
    live = findings_for(first, "vn-eip", DAY, 2025)
    trace = explain_live(live, "PARK-1")
    inputs = {one.item: one for one in trace.inputs}
    green = inputs["greenery_ha"]
    assert (green.value.en, green.year, green.said_year) == ("12\u00a0ha", 2025, 2023)
    assert (green.origin.cell, green.origin.source) == ("KCN!C12", "Sổ báo cáo 2023")
    assert (green.origin.author, green.origin.recorded_at) == (clerk.get_full_name(), MONDAY)
    assert inputs["social_ha"].value.en == "not reported"
    assert inputs["social_ha"].origin is None
    assert "±10%" in inputs["roads_ha"].note.en
    assert (live.finding("PARK-1").numerator, trace.finding.status) == ((30.0, None), "met")
    assert trace.formula == "(greenery_ha + roads_ha + technical_ha + social_ha) / (plan_area_ha)"
    assert "37.3.a" in trace.rule.en


def test_why_shows_the_other_readings_with_their_results(first):
    say(
        first,
        2025,
        {"recp_enterprises": 10, "operating_enterprises": 40, "registered_enterprises": 60},
    )
    trace = explain_live(findings_for(first, "vn-eip", DAY, 2025), "ENT-3")
    (reading,) = trace.readings
    found = [(one.is_chosen, one.status, one.value.en) for one in reading.readings]
    assert reading.option == "A2"
    assert found == [
        (True, "met", "25\u00a0%"),
        (False, "undetermined", "—"),
        (False, "not_met", "16.7\u00a0%"),
    ]


def test_why_lists_the_enterprises(first):
    firms = add_firms(first, 3)
    say(first, 2025, {"recp_applied": True, "recp_result_measured": True}, enterprise=firms[0])
    trace = explain_live(findings_for(first, "vn-eip", DAY, 2025), "ENT-3")
    assert [(one.enterprise, one.standing) for one in trace.members] == [
        ("first-0", "yes"), ("first-1", "unknown"), ("first-2", "unknown")
    ]  # fmt: skip
    assert (
        trace.working[0].words.en
        == "1/3 = 33.3\u00a0% if the unknown is no; 3/3 = 100\u00a0% if it is yes"
    )


# -- what may go wrong after a change ------------------------------------------------------------


def test_an_assessment_that_fails_does_not_fail_the_change_before_it(
    first, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(*_args, **_named):
        raise RuntimeError("the engine is out of order")

    monkeypatch.setattr(signals, "reassess", broken)
    [firm] = add_firms(first, 1)
    with django_capture_on_commit_callbacks(execute=True):
        announce(first)
    with django_capture_on_commit_callbacks(execute=True):
        record_status(firm, "suspended", valid_from=dt.date(2025, 5, 1), at=FRIDAY)
    assert firm.statuses.count() == 2


def test_a_changed_list_of_enterprises_makes_a_saved_result_stale(first):
    [firm] = add_firms(first, 1)
    [saved] = assess_parks([first], family="vn-eip", on=DAY, at=TUESDAY)
    assert not stale(saved)
    record_status(firm, "closed", valid_from=dt.date(2025, 5, 1), at=FRIDAY)
    assert stale(saved)


def test_what_was_computed_on_older_facts_does_not_displace_the_newer(land):
    assess_parks(land[:1], family="vn-eip", on=DAY, at=FRIDAY)
    late = assess_parks(land, family="vn-eip", on=DAY, at=TUESDAY)
    assert [one.is_current for one in late] == [False, True]
    current = Assessment.objects.filter(park__in=land, is_current=True).order_by("park")
    assert list(current.values_list("known_at", flat=True)) == [FRIDAY, TUESDAY]
