"""An exchange on its way: steps, reasons, days, two people at once, and the trail."""

import datetime as dt

import pytest
from tests.symbiosis.web.conftest import AT
from tests.symbiosis.web.workbench_cast import (
    DAY,
    agree,
    carry,
    join,
    last_change,
    open_one,
    refused,
    result,
    step,
)

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.actions import dossier, participants, pipeline
from sinhthai.symbiosis.actions.plans import Plan, plan_digest
from sinhthai.symbiosis.models import Document, Exchange, Readiness, StageChange

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def exchange(facilitator, park, power, brick):
    return open_one(facilitator, park, power, brick)


def stages(exchange):
    return list(exchange.changes.order_by("pk").values_list("before", "after"))


def test_an_exchange_goes_all_the_way(facilitator, colleague, exchange):
    carry(facilitator, exchange, "implemented")
    result(facilitator, exchange, waste_reused_t=2900.0)
    step(colleague, exchange, "verified", dt.date(2026, 2, 1))
    exchange.refresh_from_db()
    assert exchange.stage == "verified" and exchange.stage_since == dt.date(2026, 2, 1)
    assert [after for _, after in stages(exchange)] == list(Exchange.Stage.values)[:6]
    moved = AuditEntry.objects.filter(action="symbiosis.move_exchange")
    assert moved.count() == 5
    assert moved.first().park_code == "hiep-phuoc"


@pytest.mark.parametrize(
    "to", ["feasibility", "implemented", "verified", "ended", "idea", "nonsense"]
)
def test_steps_are_taken_one_at_a_time(facilitator, exchange, to):
    with refused("no-such-step"):
        step(facilitator, exchange, to, TODAY, "vì sao không")
    assert stages(exchange) == [("", "idea")]


def test_dropping_and_going_back_need_a_reason(facilitator, exchange):
    step(facilitator, exchange, "contact", DAY)
    for to in ("idea", "dropped"):
        with refused("reason-missing"):
            step(facilitator, exchange, to, TODAY, "  ")
    step(facilitator, exchange, "idea", TODAY, "nhầm trao đổi")
    exchange.refresh_from_db()
    assert exchange.stage == "idea"
    assert exchange.stage_since == DAY  # since the idea, not since the undoing


def test_an_undone_step_may_be_taken_again_on_its_real_day(facilitator, exchange):
    step(facilitator, exchange, "contact", TODAY)
    step(facilitator, exchange, "idea", TODAY, "sai ngày")
    step(facilitator, exchange, "contact", dt.date(2025, 6, 1))
    exchange.refresh_from_db()
    assert exchange.stage_since == dt.date(2025, 6, 1)
    assert len(stages(exchange)) == 4  # nothing is taken out of the history


def test_what_was_dropped_comes_back_to_where_it_was(facilitator, exchange):
    step(facilitator, exchange, "contact", DAY)
    step(facilitator, exchange, "dropped", TODAY, "bên nhận đổi ý")
    with refused("no-such-step"):
        step(facilitator, exchange, "idea", TODAY, "lại từ đầu")
    step(facilitator, exchange, "contact", TODAY, "bên nhận quay lại")
    exchange.refresh_from_db()
    assert (exchange.stage, exchange.stage_since) == ("contact", DAY)


@pytest.mark.parametrize(
    ("on", "code"),
    [(TODAY + dt.timedelta(days=1), "in-the-future"), (dt.date(2025, 2, 28), "before-last-step")],
)
def test_the_day_is_one_on_which_it_can_have_happened(facilitator, exchange, on, code):
    with refused(code):
        step(facilitator, exchange, "contact", on)
    assert stages(exchange) == [("", "idea")]


def test_the_second_of_two_people_learns_who_was_first(facilitator, colleague, exchange):
    seen = last_change(exchange)
    step(facilitator, exchange, "contact", DAY, seen=seen)
    with pytest.raises(InputError) as error:
        step(colleague, exchange, "dropped", TODAY, "không khả thi", seen=seen)
    [problem] = error.value.problems
    assert problem.code == "moved-meanwhile"
    assert "Người office" in problem.message.vi and "liên hệ" in problem.message.vi
    assert exchange.changes.count() == 2


def test_implemented_needs_two_parties_that_joined(facilitator, exchange):
    for number, stage in enumerate(("contact", "feasibility", "agreement")):
        step(facilitator, exchange, stage, DAY + dt.timedelta(days=number))
    agree(facilitator, exchange)
    with refused("too-few-participants"):
        step(facilitator, exchange, "implemented", TODAY)
    join(facilitator, exchange, TODAY)
    with refused("joined-later"):
        step(facilitator, exchange, "implemented", DAY + dt.timedelta(days=9))
    step(facilitator, exchange, "implemented", TODAY)
    assert exchange.changes.count() == 5


def test_implemented_needs_an_agreement_or_the_reason_why_not(facilitator, exchange):
    join(facilitator, exchange, DAY)
    for number, stage in enumerate(("contact", "feasibility", "agreement")):
        step(facilitator, exchange, stage, DAY + dt.timedelta(days=number))
    with refused("no-agreement"):
        step(facilitator, exchange, "implemented", TODAY)
    agree(facilitator, exchange)
    dossier.withdraw_document(user=facilitator, document=Document.objects.get(), at=AT)
    with refused("no-agreement"):
        step(facilitator, exchange, "implemented", TODAY)
    step(facilitator, exchange, "implemented", TODAY, "Thỏa thuận miệng, giao hằng ngày")
    assert exchange.changes.last().reason.startswith("Thỏa thuận miệng")


def test_nobody_verifies_what_they_entered(facilitator, colleague, exchange):
    carry(facilitator, exchange, "implemented")
    with refused("no-result"):
        step(colleague, exchange, "verified", TODAY)
    result(facilitator, exchange, waste_reused_t=2900.0)
    with refused("own-result"):
        step(facilitator, exchange, "verified", TODAY)
    step(colleague, exchange, "verified", TODAY)
    assert Exchange.objects.get().stage == "verified"


def test_only_the_facilitator_of_the_park_may(
    exchange, stranger, inspector, ministry, owner, power, park
):
    for person in (stranger, inspector, ministry, owner):
        with refused("no-right"):
            step(person, exchange, "contact", TODAY)
        with refused("no-right"):
            open_one(person, park, power, words="Trang trại")
        with refused("no-right"):
            dossier.add_note(user=person, exchange=exchange, text="x", at=AT)
    assert StageChange.objects.count() == 1


def test_a_changed_plan_leaves_the_earlier_one_in_the_trail(facilitator, exchange):
    def change(quantity, seen):
        return pipeline.change_plan(
            user=facilitator, exchange=exchange, title="Tro bay", kind="a",
            plan=Plan(quantity, "t", 4e8, 9e8, 120.0), seen=seen, at=AT,
        )  # fmt: skip

    before = plan_digest(exchange)
    now = plan_digest(change(2500.0, before))
    detail = AuditEntry.objects.get(action="symbiosis.change_plan").detail
    assert detail["before"] == {"quantity": 3000.0, "investment_vnd": None}
    with refused("nothing-new"):
        change(2500.0, now)
    with refused("reload"):  # somebody else's form was older
        change(9999.0, before)
    exchange.refresh_from_db()
    assert exchange.quantity == 2500.0


def test_parties_are_of_the_park_or_named_in_words(facilitator, exchange, cement, power, brick):
    add = {"user": facilitator, "exchange": exchange, "at": AT}
    with refused("unknown-enterprise"):
        participants.add_participant(**add, role="taker", enterprise=cement)
    with refused("participant-unnamed"):
        participants.add_participant(**add, role="taker", enterprise=brick, other="và ai đó")
    with refused("participant-unnamed"):
        participants.add_participant(**add, role="taker")
    with refused("participant-twice"):
        participants.add_participant(**add, role="giver", enterprise=power)
    part = participants.add_participant(**add, role="treater", other="HTX Vận tải")
    with refused("left-before-joined"):
        participants.date_participant(
            user=facilitator, participant=part, joined_on=TODAY, left_on=DAY, at=AT
        )
    part.refresh_from_db()
    assert (part.joined_on, part.left_on) == (None, None)
    assert exchange.participants.filter(role="treater").count() == 1


def test_readiness_is_added_to_never_overwritten(facilitator, exchange):
    judge = {"user": facilitator, "exchange": exchange, "axis": "legal", "at": AT}
    dossier.judge_readiness(**judge, level=2, reason="đã biết mã")
    dossier.judge_readiness(**judge, level=4, reason="sở đã trả lời")
    with refused("nothing-new"):
        dossier.judge_readiness(**judge, level=4, reason="sở đã trả lời")
    for level in (0, 6):
        with refused("level-out-of-range"):
            dossier.judge_readiness(**judge, level=level, reason="")
    assert list(Readiness.objects.order_by("pk").values_list("level", flat=True)) == [2, 4]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("hop-dong.pdf", b"", "empty-file"),
        ("hop-dong.pdf", b"MZ\x90\x00 program", "file-type"),
        ("hop-dong.docx", b"%PDF-1.7", "file-name"),
        ("hop-dong.pdf", b"%PDF-1.7" + b"0" * (10 * 2**20), "too-large"),
    ],
)
def test_a_document_is_what_it_says(facilitator, exchange, name, content, code):
    with refused(code):
        dossier.attach_document(
            user=facilitator, exchange=exchange, kind="study", title="", file_name=name,
            content=content, at=AT,
        )  # fmt: skip
    assert not Document.objects.exists()


def test_the_same_file_is_not_added_twice_and_withdrawing_keeps_it(facilitator, exchange):
    agree(facilitator, exchange)
    with refused("file-twice"):
        agree(facilitator, exchange)
    document = Document.objects.get()
    dossier.withdraw_document(user=facilitator, document=document, at=AT)
    with refused("document-withdrawn"):
        dossier.withdraw_document(user=facilitator, document=document, at=AT)
    document.refresh_from_db()
    with document.file.open("rb") as kept:
        assert kept.read().startswith(b"%PDF")
    agree(facilitator, exchange)  # withdrawn, it may come back


def test_a_task_is_done_once(facilitator, exchange):
    task = dossier.add_task(
        user=facilitator, exchange=exchange, title="Lấy mẫu", assignee="Lan", due_on=DAY, at=AT
    )
    dossier.finish_task(user=facilitator, task=task, at=AT)
    with refused("task-done"):
        dossier.finish_task(user=facilitator, task=task, at=AT)
    with refused("text-missing"):
        dossier.add_note(user=facilitator, exchange=exchange, text=" \n", at=AT)
    assert exchange.tasks.get().done_by == facilitator
    assert not exchange.notes.exists()
