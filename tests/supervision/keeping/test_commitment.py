"""The eight years of a new eco-industrial park, step by step."""

import datetime as dt

import pytest
from tests.supervision.keeping.holdings import codes, later

from sinhthai.certification.models import Duty, Event
from sinhthai.foundation.problems import InputError
from sinhthai.rules.commitments import commitment_on, load_commitments
from sinhthai.supervision.actions import milestones
from sinhthai.supervision.models import Milestone
from sinhthai.supervision.readers.commitment import read_roadmap

pytestmark = pytest.mark.django_db
FOUNDED = dt.date(2024, 3, 15)


@pytest.fixture
def new_park(world):
    world.park.registered_as_new_eip, world.park.established_on = True, FOUNDED
    world.park.save()
    return world.park


def add(world, **given):
    asked = {"title": "Trạm tái sử dụng nước", "due_on": dt.date(2027, 6, 30)} | given
    return milestones.add_milestone(
        user=asked.pop("user", world.writer), park=world.park, at=later(), **asked
    )


@pytest.mark.parametrize(
    ("founded", "last"),
    [(FOUNDED, dt.date(2032, 3, 15)), (dt.date(2024, 2, 29), dt.date(2032, 2, 29))],
)
def test_the_commitment_ends_eight_years_after_establishment(founded, last):
    """38.2.a; both founding days are in force of the decree."""
    commitment = commitment_on(dt.date(2026, 5, 5))
    assert (commitment.years, commitment.rule.clause) == (8, "38.2.a")
    assert commitment.due_on(founded) == last


def test_there_was_no_such_commitment_before_the_decree():
    [only] = load_commitments()
    assert commitment_on(only.valid_from - dt.timedelta(days=1)) is None
    assert commitment_on(only.valid_from) is only


def test_a_founding_day_without_its_like_ends_on_the_last_of_february(monkeypatch):
    from dataclasses import replace

    [only] = load_commitments()
    assert replace(only, years=7).due_on(dt.date(2024, 2, 29)) == dt.date(2031, 2, 28)


def test_the_office_lays_the_roadmap_and_its_steps_are_duties(world, new_park):
    made = add(world, leaf="PARK-1")
    duty = Duty.objects.get(key=f"milestone:{made.pk}")
    assert (duty.holder, duty.due_on, duty.clause) == ("operator", made.due_on, "38.2.a")
    page = read_roadmap(new_park, today=dt.date(2028, 1, 1))
    assert page.last == dt.date(2032, 3, 15) and page.late == 1 and page.days_left == 1535
    assert 0.4 < page.elapsed < 0.5
    milestones.reach_milestone(
        user=world.signer, milestone=made, done_on=dt.date(2026, 5, 4), at=later()
    )
    duty.refresh_from_db()
    assert duty.closed_at is not None
    assert read_roadmap(new_park, today=dt.date(2028, 1, 1)).late == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "text-missing"),
        ({"leaf": "NO-1"}, "unknown-criterion"),
        ({"due_on": dt.date(2032, 3, 16)}, "outside-commitment"),
        ({"due_on": FOUNDED}, "outside-commitment"),
    ],
)
def test_what_does_not_fit_is_refused(world, new_park, given, code):
    with pytest.raises(InputError) as refused:
        add(world, **given)
    assert codes(refused) == [code]
    assert not Milestone.objects.exists() and not Duty.objects.filter(kind="milestone").exists()


@pytest.mark.parametrize("who", ["head", "chair", "rival", "reader", "overseer", "clerk"])
def test_only_the_office_writes_it(world, new_park, who):
    with pytest.raises(InputError) as refused:
        add(world, user=world.people[who])
    assert codes(refused) == ["no-right"]


def test_a_park_without_commitment_or_founding_day_has_no_roadmap(world):
    with pytest.raises(InputError) as refused:
        add(world)
    assert codes(refused) == ["not-new-park"]
    world.park.registered_as_new_eip = True
    world.park.save()
    with pytest.raises(InputError) as refused:
        add(world)
    assert codes(refused) == ["no-founding-day"]
    page = read_roadmap(world.park, today=dt.date(2026, 5, 5))
    assert page.commitment is not None and page.last is None and page.days_left is None


def test_a_step_is_reached_once_or_withdrawn_with_its_reason(world, new_park):
    made = add(world)
    with pytest.raises(InputError) as refused:
        milestones.reach_milestone(
            user=world.writer, milestone=made, done_on=dt.date(2027, 1, 1), at=later()
        )
    assert codes(refused) == ["in-the-future"]
    with pytest.raises(InputError) as refused:
        milestones.withdraw_milestone(user=world.writer, milestone=made, reason="", at=later())
    assert codes(refused) == ["reason-missing"]
    milestones.withdraw_milestone(user=world.writer, milestone=made, reason="Đổi", at=later())
    with pytest.raises(InputError) as refused:
        milestones.reach_milestone(
            user=world.writer, milestone=made, done_on=dt.date(2026, 5, 4), at=later()
        )
    assert codes(refused) == ["milestone-closed"]
    assert Event.objects.filter(kind="milestone.withdraw", reason="Đổi").exists()
