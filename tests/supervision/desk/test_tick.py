"""The work of a day: done once, however often, whoever kills it, whoever else runs it."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.certification.core.world import ON, PROVINCE, consulting, make_world
from tests.supervision.desk.owing import NOW, TODAY, owe
from tests.supervision.keeping.holdings import hold, lose_land
from typer import Typer
from typer.testing import CliRunner

from sinhthai.accounts.models import User
from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Certificate, Dossier, Duty, Event
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision import commands
from sinhthai.supervision.actions import daily
from sinhthai.supervision.actions.daily import do_day
from sinhthai.supervision.models import Alert, BoardReport, Filing, Notice

END = dt.date(2031, 5, 6)  # of the certificates held: the first day they no longer hold
DAY = dt.timedelta(days=1)


def tick(today=TODAY, **more):
    at = dt.datetime.combine(today, dt.time(1), dt.UTC)
    return do_day(today=today, at=at, **more)


def store():
    """Everything the day's work writes, but for numbers and times."""
    return (
        list(Duty.objects.order_by("key").values_list("key", "due_on", "closed_at")),
        list(Certificate.objects.order_by("pk").values_list("pk", "state")),
        sorted(Notice.objects.values_list("duty__key", "user__username", "stage")),
        list(Alert.objects.order_by("pk").values_list("certificate", "leaf", "closed_at")),
        Event.objects.count(),
        [(message.to, message.subject) for message in mail.outbox],
    )


@pytest.mark.django_db
def test_a_year_is_asked_for_once_and_closed_by_what_was_sent(world, held):
    assert tick(dt.date(2027, 1, 4)).obligations > 0
    owed = Duty.objects.filter(kind__startswith="filing.", closed_at=None)
    assert {duty.kind for duty in owed} == {"filing.A.4", "filing.A.5"}
    assert {duty.key for duty in owed} == {f"filing:{f}:2026:hiep-phuoc:" for f in ("A.4", "A.5")}
    boards = Duty.objects.filter(kind="obligation", closed_at=None)
    assert {duty.organisation.code for duty in boards} == {"board", "far"}
    # "before the 15th", and counted by due_of as the Board's own calendar says it
    quarter = boards.get(key="obligation:board-quarter-investment-report:2026-Q4:board")
    assert quarter.due_on == dt.date(2027, 1, 14)
    assert tick(dt.date(2027, 1, 5)).obligations == 0


@pytest.mark.django_db
def test_what_was_filed_before_is_not_asked_for_again(world, held):
    Filing.objects.create(form="A.4", year=2026, park=world.park, state="sent")
    BoardReport.objects.create(
        province=PROVINCE, period="2026-Q4", sent_on=TODAY, digest="0", at=NOW
    )
    tick(dt.date(2027, 1, 4))
    keys = set(Duty.objects.values_list("key", flat=True))
    assert "filing:A.5:2026:hiep-phuoc:" in keys and "filing:A.4:2026:hiep-phuoc:" not in keys
    assert not any(":2026-Q4:board" in key for key in keys)


@pytest.mark.django_db
def test_a_renewed_certificate_still_owes_the_year_of_the_one_before(world, held):
    Certificate.objects.filter(pk=held.pk).update(state="replaced")
    newer = hold(world, firm=True, number="new")
    Certificate.objects.filter(pk=newer.pk).update(enterprise=None, issued_on=dt.date(2027, 1, 2))
    tick(dt.date(2027, 1, 4))
    assert Duty.objects.filter(kind="filing.A.4", certificate=newer).count() == 1


@pytest.mark.django_db
def test_a_certificate_ends_on_its_day_and_with_it_what_was_owed_for_it(world, held):
    assert tick(END - 182 * DAY).renewals == 0
    assert tick(END - 181 * DAY).renewals == 1  # 180 days before its last one: it may be renewed
    [renew] = Duty.objects.filter(kind="certificate.renew")
    assert (renew.due_on, renew.holder, renew.closed_at) == (END - DAY, "operator", None)
    tick(END - DAY)
    held.refresh_from_db()
    assert held.state == "valid"
    assert tick(END).expired == 1
    held.refresh_from_db()
    assert held.state == "expired"
    owed = Duty.objects.filter(park=world.park, party="applicant", dossier=None)
    assert owed.exists() and not owed.filter(closed_at=None).exists()
    assert Event.objects.filter(kind="certificate.expired", certificate=held).count() == 1


@pytest.mark.django_db
def test_the_task_to_renew_rests_while_the_renewal_is_asked_for(world, held):
    tick(END - 100 * DAY)
    case = Dossier.objects.create(
        public_id="again", procedure="vn-eip-recertify-d35", kind="recertify", park=world.park,
        about=held, state="submitted", submitted_digest="0" * 64, on=TODAY, year=2030,
        created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    assert tick(END - 90 * DAY).renewals == 0
    assert not Duty.objects.filter(kind="certificate.renew", closed_at=None).exists()
    Dossier.objects.filter(pk=case.pk).update(is_open=False, state="notified")
    assert tick(END - 80 * DAY).renewals == 1


@pytest.mark.django_db
def test_a_day_that_could_not_be_counted_is_counted_once_the_year_is_known(
    world, held, monkeypatch
):
    rules = load_procedures()
    monkeypatch.setattr(daily, "Calendar", lambda _known: Calendar({}))
    tick(dt.date(2027, 1, 4))
    undated = Duty.objects.filter(kind="obligation", due_on=None).exclude(due_problem="")
    assert undated.count() > 0
    monkeypatch.setattr(daily, "Calendar", lambda _known: Calendar(rules.holidays))
    assert tick(dt.date(2027, 1, 5)).days_found > 0
    assert undated.count() == 0


@pytest.mark.django_db
def test_the_day_after_a_sending_the_board_is_asked_for_receipts(world):
    dossier = consulting(world)
    asked = Duty.objects.filter(kind="receipts", dossier=dossier)
    tick(ON)
    assert not asked.exists()
    tick(ON + DAY)
    tick(ON + DAY)
    assert asked.filter(closed_at=None, holder="management_board").count() == 1


def command(*words):
    app = Typer()
    commands.register(app)
    return CliRunner().invoke(app, ["tick", *words])


class Killed(BaseException):
    """Not an error the code could catch."""


def _killed(*_given, **_more):
    raise Killed


PARTS = ("keep_true", "_renewals", "owed_for_periods", "write_notices", "send_notices")


def live(days, *, repeated, killed_at):
    """Tick on each of *days*, then undo it all; return what the store and the post held."""
    mail.outbox.clear()
    with transaction.atomic():
        for day in days:
            if killed_at:
                with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
                    patch.setattr(daily, killed_at, _killed)
                    tick(day)
            for _time in range(1 + repeated):
                tick(day)
        found = store()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_ticking_twice_is_ticking_once(world, held, firm_held):
    """On any days, killed in any part, done again: one store, and nobody is told twice."""
    for name, person in world.people.items():
        User.objects.filter(pk=person.pk).update(email=f"{name}@example.vn")
    lose_land(world, at=NOW)
    owe("due", due=2)
    owe("late", due=-3)
    owe("free")

    @settings(max_examples=5, deadline=None)
    @given(
        days=st.lists(st.integers(0, 4 * 365), min_size=1, max_size=2, unique=True).map(sorted),
        repeated=st.booleans(),
        killed_at=st.sampled_from(PARTS),
    )
    def same(days, repeated, killed_at):
        days = [TODAY + n * DAY for n in days]
        once = live(days, repeated=False, killed_at="")
        assert once == live(days, repeated=repeated, killed_at=killed_at)
        assert len(once[5]) <= len(days) * len(world.people)

    same()


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_write_to_each_person_once():
    world = make_world()
    User.objects.filter(pk=world.judge.pk).update(email="judge@example.vn")
    owe("late", due=-3)
    failed = []

    def run():
        try:
            tick()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert len(mail.outbox) == 1
    assert Notice.objects.filter(user=world.judge, sent_at=None).count() == 0


@pytest.mark.django_db
def test_the_command_says_what_it_did_and_refuses_what_is_no_day(world, held):
    first = command("--today", "2026-11-20", "--lang", "en")
    assert first.exit_code == 0, first.output
    assert "20 Nov 2026: 0 certificates expired" in first.output
    again = command("--today", "2026-11-20")
    assert "0 báo cáo định kỳ" in again.output and "gửi 0 thư" in again.output
    wrong = command("--today", "20/11/2026", "--lang", "en")
    assert wrong.exit_code == 2 and "2026-11-23" in wrong.stderr


@pytest.mark.django_db
def test_the_command_says_when_mail_did_not_leave(world, settings):
    User.objects.filter(pk=world.judge.pk).update(email="judge@example.vn")
    owe("late", due=-3)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    done = command("--today", "2026-11-20", "--lang", "en")
    assert done.exit_code == 1
    assert "Mails that could not be sent: 1" in done.stderr
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent = do_day(today=TODAY, at=NOW).sent
    assert (sent.mails, sent.failed, len(mail.outbox)) == (1, 0, 1)
