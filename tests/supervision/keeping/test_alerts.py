"""A certificate follows the facts: amber when a criterion is lost, green when it is met again."""

import pytest
from tests.certification.core.world import record_facts
from tests.supervision.keeping.holdings import codes, hold, later, lose_land

from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Duty, Event
from sinhthai.foundation.problems import InputError
from sinhthai.registry.actions import add_enterprise, record_status
from sinhthai.supervision.actions.alerts import check_certificates, check_park, set_aside
from sinhthai.supervision.actions.keeping import keep_true
from sinhthai.supervision.models import Alert
from sinhthai.supervision.readers.standing import held as all_held

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def open_alerts(certificate):
    return list(certificate.alerts.filter(closed_at=None))


def test_nothing_happens_while_the_facts_are_those_of_the_issue(held, world):
    checked = check_park(world.park, at=later(days=1))
    assert (checked.certificates, checked.opened, checked.closed) == (1, 0, 0)
    held.refresh_from_db()
    assert held.broken == [] and held.broken_since is None


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_breaks_a_criterion_turns_the_certificate_amber_at_once(held, world):
    lose_land(world, at=later(days=2))
    [alert] = open_alerts(held)
    assert alert.leaf == "PARK-1"
    assert (alert.before["status"], alert.now["status"]) == ("met", "not_met")
    [fact] = alert.cause["facts"]
    assert (fact["item"], fact["was_en"], fact["now_en"]) == (
        "greenery_ha",
        "30\u00a0ha",
        "1\u00a0ha",
    )
    assert fact["by"] == "Người writer" and fact["source"] == "Đo lại"
    held.refresh_from_db()
    [broken] = held.broken
    assert broken["leaf"] == "PARK-1" and broken["clause"] == "37.3.a" and broken["en"]
    assert held.broken_since is not None and held.state == "valid"
    duty = Duty.objects.get(key=f"alert:{alert.pk}")
    assert (duty.holder, duty.province, duty.closed_at) == ("management_board", "79", None)
    assert check(links(), head=head()) == []


def test_it_closes_by_itself_when_met_again_but_stays_in_the_history(held, world):
    lose_land(world, at=later(days=2))
    check_park(world.park, at=later(days=2))
    lose_land(world, at=later(days=3), greenery=30)
    checked = check_park(world.park, at=later(days=3))
    assert checked.closed == 1 and open_alerts(held) == []
    [alert] = held.alerts.all()
    assert alert.closed_at == later(days=3) and alert.closed_by is None
    held.refresh_from_db()
    assert held.broken == [] and held.broken_since is None
    assert Duty.objects.get(key=f"alert:{alert.pk}").closed_at == later(days=3)
    kinds = Event.objects.filter(certificate=held).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["alert.open", "alert.close"]


def test_looking_twice_or_two_at_once_writes_one_alert(held, world):
    lose_land(world, at=later(days=2))
    stale = list(all_held())
    check_certificates(stale, at=later(days=2))
    assert check_certificates(stale, at=later(days=2)).opened == 0
    assert Alert.objects.count() == 1 == Duty.objects.filter(kind="alert").count()


def test_a_year_only_just_opened_takes_nothing_away(held, world):
    record_facts(world.park, years=(2026,), at=later(days=4), roads_ha=25)
    assert check_park(world.park, at=later(days=5)).opened == 0


def test_a_newer_year_that_is_not_met_breaks_it(held, world):
    record_facts(world.park, years=(2026,), at=later(days=4), greenery_ha=1, io_monitoring=False)
    check_park(world.park, at=later(days=5))
    found = {alert.leaf: alert for alert in open_alerts(held)}
    assert set(found) == {"PARK-1", "INV-3a"}
    assert found["INV-3a"].now["year"] == 2026
    [fact] = found["INV-3a"].cause["facts"]
    assert (fact["year"], fact["was_en"], fact["now_en"]) == (2026, "yes", "no")


def test_the_certificate_of_an_enterprise_follows_its_own_facts(firm_held, held, world):
    record_facts(world.park, world.firm, years=(2026,), at=later(days=4), recp_applied=False)
    check_park(world.park, at=later(days=5))
    assert [alert.leaf for alert in open_alerts(firm_held)] == ["ECO-5"]
    duty = Duty.objects.get(kind="alert", enterprise=world.firm)
    assert duty.holder == "management_board"
    assert "ECO-5" not in {alert.leaf for alert in open_alerts(held)}


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_list_of_enterprises_is_followed_too(held, world):
    """An enterprise nobody reported of: whether all comply is not known any more."""
    made = add_enterprise(
        world.park, code="0301446221", tax_code="0301446221", name_vi="Thép", name_en="",
        invented=True, at=later(days=3),
    )  # fmt: skip
    record_status(
        made, "operating", valid_from=later(days=-400).date(), at=later(days=3), by=world.judge
    )
    found = {alert.leaf: alert for alert in open_alerts(held)}
    assert found["ENT-1"].now["status"] == "undetermined"
    changes = found["ENT-1"].cause["roster"]
    assert changes and all("Thép" in change["vi"] for change in changes)


def test_a_certificate_that_ended_is_not_watched_any_more(world, held):
    held.state = "revoked"
    held.save()
    lose_land(world, at=later(days=2))
    assert check_park(world.park, at=later(days=2)).certificates == 0


def test_the_board_closes_an_alert_with_its_reason_and_only_another_finding_reopens_it(held, world):
    lose_land(world, at=later(days=2))
    check_park(world.park, at=later(days=2))
    [alert] = open_alerts(held)
    for user in (world.judge, world.signer, world.chair, world.stranger, world.overseer):
        with pytest.raises(InputError) as refused:
            set_aside(user=user, alert=alert, reason="Sai số đo", at=later(days=3))
        assert codes(refused) == ["no-right"]
    with pytest.raises(InputError) as refused:
        set_aside(user=world.head, alert=alert, reason=" ", at=later(days=3))
    assert codes(refused) == ["reason-missing"] and len(open_alerts(held)) == 1
    set_aside(user=world.head, alert=alert, reason="Sai số đo", at=later(days=3))
    with pytest.raises(InputError) as refused:
        set_aside(user=world.deputy, alert=alert, reason="Cũng vậy", at=later(days=3))
    assert codes(refused) == ["alert-closed"]
    held.refresh_from_db()
    assert held.broken_since is None
    assert check_park(world.park, at=later(days=4)).opened == 0
    lose_land(world, at=later(days=5), greenery=2)
    assert check_park(world.park, at=later(days=5)).opened == 1


def test_the_days_work_makes_good_what_a_killed_process_left(held, firm_held, world):
    lose_land(world, at=later(days=2))
    Alert.objects.all().delete()
    kept = keep_true(at=later(days=3))
    assert (kept.certificates, kept.opened, kept.reviews) == (2, 1, 0)
    assert keep_true(at=later(days=3)).opened == 0


def test_one_without_findings_is_left_alone(world, held):
    other = hold(world, firm=True)
    other.dossier.snapshots.all().delete()
    lose_land(world, at=later(days=2))
    assert check_certificates([held, other], at=later(days=2)).opened == 1
