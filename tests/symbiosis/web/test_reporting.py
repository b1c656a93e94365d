"""Exchanges feed the report of the year, and with it the criterion of Article 37.2.b."""

import datetime as dt

import pytest
from tests.symbiosis.web.conftest import AT, make_enterprise
from tests.symbiosis.web.workbench_cast import carry, join, open_one, refused, result, step

from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.models import Assessment
from sinhthai.foundation.text import Text
from sinhthai.registry.models import EnterpriseStatus
from sinhthai.reporting.actions import Computed, record_values, set_value
from sinhthai.reporting.models import Record, Report
from sinhthai.reporting.standing import standing
from sinhthai.symbiosis.actions.reporting import put_into_report
from sinhthai.symbiosis.readers.year_report import read_preview

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PARK_ITEMS = {"symbiosis_count", "symbiosis_participants", "symbiosis_type_a"}


@pytest.fixture
def exchange(facilitator, park, power, brick):
    return open_one(facilitator, park, power, brick)


@pytest.fixture
def running(facilitator, exchange):
    carry(facilitator, exchange, "implemented")
    result(facilitator, exchange, waste_reused_t=2900.0, co2_cut_t=110.0)
    return exchange


def line(preview, item, code=""):
    return next(
        one
        for one in preview.lines()
        if one.item.code == item and (one.enterprise.code if one.enterprise else "") == code
    )


def put(user, park, *keys, year=2025, seen=None, at=AT):
    preview = read_preview(park, year)
    chosen = keys or [one.key for one in preview.lines() if one.proposed]
    return put_into_report(
        user=user, park=park, year=year, chosen=set(chosen),
        seen=preview.digest if seen is None else seen, language="en", at=at,
    )  # fmt: skip


def test_the_preview_says_what_differs_and_what_is_missing(
    facilitator, park, power, brick, running
):
    preview = read_preview(park, 2025)
    assert line(preview, "symbiosis_count").figure.value == 1
    assert line(preview, "symbiosis_participants").figure.value == 2
    iso = line(preview, "symbiosis_participants_iso")
    assert (iso.figure.value, iso.figure.at_least, iso.can_be_put) == (0, True, False)
    waste = line(preview, "symbiosis_waste_reused_t")
    assert (waste.figure.value, waste.qualifier) == (2900.0, "at_least")  # the taker is silent
    assert set(preview.yearly.iso_unknown) == {power.code, brick.code}
    assert not Record.objects.exists()


def test_what_is_put_in_names_its_exchanges_and_is_not_put_in_twice(
    facilitator, park, power, running
):
    put(facilitator, park)
    known = standing(park, 2025)
    count = known[""]["symbiosis_count"]
    assert count.value == 1
    assert count.origin.source == f"Symbiosis workbench: exchanges #{running.pk}"
    assert known[""]["symbiosis_waste_reused_t"].qualifier == "at_least"
    assert known[power.code]["in_symbiosis"].value is True
    assert known[power.code]["exchange_co2_cut_t"].value == 110.0
    assert "symbiosis_participants_iso" not in known[""]
    preview = read_preview(park, 2025)
    assert not [one for one in preview.lines() if one.proposed]
    with refused("nothing-new"):
        put(facilitator, park, "|symbiosis_count")


def test_a_count_that_would_fall_is_not_ticked(facilitator, park, running):
    set_value(user=facilitator, park=park, year=2025, item="symbiosis_count", value=4, at=AT)
    one = line(read_preview(park, 2025), "symbiosis_count")
    assert one.lowers and not one.proposed and one.can_be_put
    put(facilitator, park, one.key)
    assert standing(park, 2025)[""]["symbiosis_count"].value == 1


def test_a_state_carried_from_an_earlier_year_is_shown_as_such(facilitator, park, running):
    set_value(user=facilitator, park=park, year=2024, item="symbiosis_count", value=1, at=AT)
    one = line(read_preview(park, 2025), "symbiosis_count")
    assert one.carried and not one.same and one.proposed


def test_iso_of_participants_comes_from_what_they_report(facilitator, park, power, brick, running):
    for enterprise, both in ((power, (True, True)), (brick, (True, False))):
        said = zip(("iso_production_system", "iso_environment_system"), both, strict=True)
        record_values(
            user=facilitator, park=park, year=2025, what=Text("x", "x"), at=AT,
            values=[Computed(item, value, enterprise=enterprise) for item, value in said],
        )  # fmt: skip
    figure = line(read_preview(park, 2025), "symbiosis_participants_iso").figure
    assert (figure.value, figure.at_least) == (1, False)


def test_an_outdated_preview_is_not_applied(facilitator, park, running):
    seen = read_preview(park, 2025).digest
    result(facilitator, running, part=1, materials_received_t=2900.0)
    with refused("preview-moved"):
        put(facilitator, park, "|symbiosis_count", seen=seen)
    with refused("nothing-chosen"):
        put(facilitator, park, "|no_such_item")
    assert not Record.objects.exists()


def test_only_who_reports_for_the_park_may(park, running, stranger, inspector, owner, ministry):
    for person in (stranger, inspector, owner, ministry):
        with refused("no-right"):
            put(person, park)
    assert not Record.objects.exists()


def test_an_approved_report_is_opened_again(facilitator, park, running):
    Report.objects.create(park=park, year=2025, state=Report.State.APPROVED)
    put(facilitator, park)
    assert Report.objects.get().state == Report.State.DRAFT


@pytest.mark.django_db(transaction=True)
def test_the_criterion_of_the_law_changes_with_the_exchange(facilitator, park, running, settings):
    for enterprise in park.enterprises.all():
        EnterpriseStatus.objects.create(
            enterprise=enterprise, status="operating", valid_from=dt.date(2019, 1, 1)
        )
    day = dt.date(2025, 12, 31)
    assess_parks([park], family="vn-eip", on=day, at=AT)

    def finding():
        saved = Assessment.objects.get(park=park, family="vn-eip", is_current=True)
        return {found["leaf"]: found["status"] for found in saved.findings}["ENT-2a"]

    assert finding() == "undetermined"
    put(facilitator, park)
    assert finding() == "met"


def test_a_year_before_anything_ran_says_zero_not_nothing(facilitator, park, running):
    preview = read_preview(park, 2024)
    assert line(preview, "symbiosis_count").figure.value == 0
    assert not preview.enterprise_lines


def test_who_left_no_longer_takes_part(facilitator, park, power, running, province):
    dyer = make_enterprise(park, "0300000004", "Dệt Nhuộm Sông", "1313")
    second = open_one(facilitator, park, dyer, words="Xã bên", title="Nước ấm")
    carry(facilitator, second, "implemented")
    assert line(read_preview(park, 2025), "symbiosis_partners").figure.value is None
    step(facilitator, second, "ended", dt.date(2025, 11, 1), "hết hợp đồng")
    preview = read_preview(park, 2025)
    assert line(preview, "in_symbiosis", dyer.code).figure.value is False
    assert line(preview, "symbiosis_partners").figure.value == "same_park"
    join(facilitator, running, dt.date(2025, 3, 2))
    assert line(preview, "symbiosis_count").figure.value == 1
