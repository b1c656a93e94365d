"""Inspections, corrective actions, answers and their verification."""

import datetime as dt

import pytest
from tests.supervision.keeping.holdings import PDF, codes, later

from sinhthai.accounts.models import Membership, User
from sinhthai.certification.models import Duty, Event
from sinhthai.foundation.problems import InputError
from sinhthai.supervision.actions import corrective, inspections
from sinhthai.supervision.models import (
    Attachment,
    CorrectiveAction,
    Inspection,
    Observation,
    Remedy,
)

pytestmark = pytest.mark.django_db
PLANNED = dt.date(2026, 5, 20)
AT = later(days=20)  # after the visit


@pytest.fixture
def visit(world, held):
    return inspections.plan_inspection(
        user=world.judge, park=world.park, purpose="Đo lại cây xanh", team="Tổ 1",
        planned_on=PLANNED, at=later(days=1),
    )  # fmt: skip


@pytest.fixture
def held_visit(world, visit):
    return inspections.hold_inspection(
        user=world.judge, inspection=visit, held_on=PLANNED, files=[("biên bản.pdf", PDF)], at=AT
    )


@pytest.fixture
def observation(world, held_visit):
    return inspections.observe(
        user=world.judge, inspection=held_visit, severity="major", leaf="PARK-1",
        text="Cây xanh thiếu 29 ha", at=AT,
    )  # fmt: skip


@pytest.fixture
def action(world, observation):
    return corrective.require_action(
        user=world.judge, observation=observation, what="Trồng lại cây xanh",
        due_on=dt.date(2026, 6, 13), at=AT,
    )  # fmt: skip


def answer(world, action, at=AT, **more):
    return corrective.answer_action(
        user=world.writer, action=action, text="Đã trồng 30 ha", at=at, **more
    )


def test_a_visit_is_planned_held_and_tells_the_board_what_to_do(world, held, visit):
    assert visit.certificate == held
    [duty] = Duty.objects.filter(kind="inspection", closed_at=None)
    assert (duty.due_on, duty.holder) == (PLANNED, "management_board")
    inspections.hold_inspection(user=world.judge, inspection=visit, held_on=PLANNED, at=AT)
    [duty] = Duty.objects.filter(kind="inspection", closed_at=None)
    assert duty.key == f"inspection:{visit.pk}:conclude"


@pytest.mark.parametrize("who", ["writer", "signer", "rival", "stranger", "chair", "overseer"])
def test_only_the_board_of_the_province_plans(world, held, who):
    with pytest.raises(InputError) as refused:
        inspections.plan_inspection(
            user=world.people[who], park=world.park, purpose="x", planned_on=PLANNED, at=later()
        )
    assert codes(refused) == ["no-right"]
    assert not Inspection.objects.exists() and not Event.objects.filter(kind="inspection.plan")


@pytest.mark.parametrize(
    ("given", "code"),
    [({"purpose": "  "}, "text-missing"), ({"planned_on": dt.date(2026, 5, 1)}, "in-the-past")],
)
def test_what_makes_no_sense_is_refused(world, held, given, code):
    asked = {"purpose": "Đo", "planned_on": PLANNED} | given
    with pytest.raises(InputError) as refused:
        inspections.plan_inspection(user=world.judge, park=world.park, at=later(), **asked)
    assert codes(refused) == [code] and not Inspection.objects.exists()


def test_two_at_once_hold_it_once(world, visit):
    first, second = Inspection.objects.get(pk=visit.pk), Inspection.objects.get(pk=visit.pk)
    inspections.hold_inspection(user=world.judge, inspection=first, held_on=PLANNED, at=AT)
    with pytest.raises(InputError) as refused:
        inspections.cancel_inspection(user=world.head, inspection=second, reason="Mưa", at=AT)
    assert codes(refused) == ["moved-meanwhile"]
    visit.refresh_from_db()
    assert visit.state == "held"


def test_a_visit_cannot_be_held_tomorrow(world, visit):
    with pytest.raises(InputError) as refused:
        inspections.hold_inspection(
            user=world.judge, inspection=visit, held_on=dt.date(2026, 12, 1), at=AT
        )
    assert codes(refused) == ["in-the-future"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bien-ban.pdf", b"MZ an executable", "file-type"),
        ("bien-ban.exe", PDF, "file-type"),
        ("bien-ban.pdf", b"", "empty-file"),
    ],
)
def test_a_file_that_is_no_document_is_refused_and_nothing_is_written(
    world, visit, name, content, code
):
    with pytest.raises(InputError) as refused:
        inspections.hold_inspection(
            user=world.judge, inspection=visit, held_on=PLANNED, files=[(name, content)], at=AT
        )
    visit.refresh_from_db()
    assert codes(refused) == [code] and visit.state == "planned"
    assert not Attachment.objects.exists()


def test_a_scan_past_the_limit_is_refused(world, visit, settings):
    settings.SINHTHAI_UPLOAD_MAX_BYTES = 10
    with pytest.raises(InputError) as refused:
        inspections.hold_inspection(
            user=world.judge, inspection=visit, held_on=PLANNED, files=[("a.pdf", PDF)], at=AT
        )
    assert codes(refused) == ["too-large"]


def test_an_observation_is_held_against_a_criterion_or_a_clause(world, held_visit):
    for given, code in (
        ({"text": "x"}, "criterion-or-clause"),
        ({"text": " ", "leaf": "PARK-1"}, "text-missing"),
        ({"text": "x", "leaf": "NO-1"}, "unknown-criterion"),
    ):
        with pytest.raises(InputError) as refused:
            inspections.observe(
                user=world.judge, inspection=held_visit, severity="minor", at=AT, **given
            )
        assert codes(refused) == [code]
    assert not Observation.objects.exists()


def test_nothing_is_observed_before_the_visit(world, visit):
    with pytest.raises(InputError) as refused:
        inspections.observe(
            user=world.judge, inspection=visit, severity="minor", text="x", clause="LEP 72", at=AT
        )
    assert codes(refused) == ["not-held"]


def test_a_due_day_on_a_day_off_moves_to_the_next_working_day(action):
    assert action.named_on == dt.date(2026, 6, 13)  # a Saturday
    assert action.due_on == dt.date(2026, 6, 15)
    [duty] = Duty.objects.filter(kind="corrective.answer", closed_at=None)
    assert (duty.holder, duty.due_on) == ("operator", dt.date(2026, 6, 15))


def test_a_due_day_at_tet_moves_past_it_and_an_unknown_year_is_an_error(world, observation):
    tet = corrective.require_action(
        user=world.judge, observation=observation, what="x", due_on=dt.date(2027, 2, 6), at=AT
    )
    assert tet.due_on > dt.date(2027, 2, 8)
    with pytest.raises(InputError) as refused:
        corrective.require_action(
            user=world.judge, observation=observation, what="x", due_on=dt.date(2039, 2, 6), at=AT
        )
    assert codes(refused) == ["no-holidays"] and CorrectiveAction.objects.count() == 1


def test_the_holder_answers_and_another_person_of_the_board_verifies(world, action):
    made = answer(world, action, files=[("ảnh.png", b"\x89PNG\r\n\x1a\n...")])
    assert made.attachments.get().file_name == "ảnh.png"
    assert not Duty.objects.filter(kind="corrective.answer", closed_at=None).exists()
    [duty] = Duty.objects.filter(kind="corrective.verify", closed_at=None)
    assert duty.holder == "management_board"
    done = corrective.verify_action(
        user=world.head, action=action, accepted=True, verdict="Đủ", at=AT
    )
    assert done.state == "verified" and not Duty.objects.filter(
        kind__startswith="corrective", closed_at=None
    )


def test_whoever_answered_may_not_verify_even_with_a_seat_on_the_board(world, action):
    Membership.objects.create(
        user=world.writer, organisation=world.bodies["board"], role="approver"
    )
    answer(world, action)
    again = User.objects.get(pk=world.writer.pk)
    with pytest.raises(InputError) as refused:
        corrective.verify_action(user=again, action=action, accepted=True, verdict="Đủ", at=AT)
    assert codes(refused) == ["answered-it"]
    action.refresh_from_db()
    assert action.state == "answered"


def test_an_editor_of_the_board_does_not_verify_nor_the_holder(world, action):
    answer(world, action)
    for user in (world.judge, world.signer, world.stranger, world.overseer, world.chair):
        with pytest.raises(InputError) as refused:
            corrective.verify_action(user=user, action=action, accepted=True, verdict="Đủ", at=AT)
        assert codes(refused) == ["no-right"]
    assert Remedy.objects.get().accepted is None


def test_what_is_not_accepted_is_asked_again_and_the_first_answer_stays(world, action):
    answer(world, action)
    with pytest.raises(InputError) as refused:
        corrective.verify_action(
            user=world.head, action=action, accepted=False, verdict="Chưa đủ", at=AT
        )
    assert codes(refused) == ["new-day-missing"]
    again = corrective.verify_action(
        user=world.head, action=action, accepted=False, verdict="Chưa đủ",
        due_on=dt.date(2026, 7, 1), at=AT,
    )  # fmt: skip
    assert (again.state, again.due_on) == ("rejected", dt.date(2026, 7, 1))
    [duty] = Duty.objects.filter(kind="corrective.answer", closed_at=None)
    assert duty.due_on == dt.date(2026, 7, 1)
    answer(world, action, at=AT + dt.timedelta(days=3))
    corrective.verify_action(user=world.deputy, action=action, accepted=True, verdict="Đủ", at=AT)
    assert [one.accepted for one in Remedy.objects.order_by("id")] == [False, True]


def test_a_double_click_answers_once(world, action):
    answer(world, action)
    with pytest.raises(InputError) as refused:
        answer(world, action)
    assert codes(refused) == ["not-to-answer"] and Remedy.objects.count() == 1


def test_two_of_the_board_verify_at_once_and_one_counts(world, action):
    answer(world, action)
    stale = CorrectiveAction.objects.select_related("observation__inspection").get(pk=action.pk)
    corrective.verify_action(user=world.head, action=action, accepted=True, verdict="Đủ", at=AT)
    with pytest.raises(InputError) as refused:
        corrective.verify_action(
            user=world.deputy, action=stale, accepted=False, verdict="Chưa",
            due_on=dt.date(2026, 7, 1), at=AT,
        )  # fmt: skip
    assert codes(refused) == ["not-to-verify"]
    action.refresh_from_db()
    assert action.state == "verified"


def test_a_visit_is_concluded_when_all_is_put_right_or_a_follow_up_is_planned(
    world, held_visit, action
):
    def conclude():
        return inspections.close_inspection(
            user=world.judge, inspection=held_visit, conclusion="Còn thiếu", at=AT
        )

    with pytest.raises(InputError) as refused:
        conclude()
    assert codes(refused) == ["actions-open"]
    follow = inspections.plan_inspection(
        user=world.judge, park=world.park, purpose="Kiểm tra lại", at=AT,
        planned_on=dt.date(2026, 7, 1), follow_up_of=held_visit,
    )  # fmt: skip
    assert conclude().state == "closed" and follow.follow_up_of == held_visit
    with pytest.raises(InputError) as refused:
        conclude()
    assert codes(refused) == ["not-held"]


def test_a_visit_to_an_enterprise_is_answered_by_the_enterprise(world, firm_held):
    visit = inspections.plan_inspection(
        user=world.judge, park=world.park, enterprise=world.firm, purpose="x",
        planned_on=PLANNED, at=later(),
    )  # fmt: skip
    assert visit.certificate == firm_held
    inspections.hold_inspection(user=world.judge, inspection=visit, held_on=PLANNED, at=AT)
    found = inspections.observe(
        user=world.judge, inspection=visit, severity="note", clause="LEP 72", text="x", at=AT
    )
    asked = corrective.require_action(
        user=world.judge, observation=found, what="x", due_on=dt.date(2026, 6, 15), at=AT
    )
    with pytest.raises(InputError) as refused:
        corrective.answer_action(user=world.writer, action=asked, text="x", at=AT)
    assert codes(refused) == ["no-right"]
    corrective.answer_action(user=world.clerk, action=asked, text="x", at=AT)
    assert Duty.objects.get(kind="corrective.answer").enterprise == world.firm


def test_evidence_of_another_holder_is_refused(world, held, firm_held):
    with pytest.raises(InputError) as refused:
        inspections.plan_inspection(
            user=world.judge, park=world.park, enterprise=world.firm, purpose="x",
            planned_on=PLANNED, certificate=held, at=later(),
        )  # fmt: skip
    assert codes(refused) == ["other-certificate"]
