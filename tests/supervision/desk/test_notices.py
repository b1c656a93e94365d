"""Mail: one a person a day, in their language; nothing lost, nothing twice, nothing to strangers."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from tests.supervision.desk.owing import NOW, TODAY, owe

from sinhthai.accounts.models import Membership, User
from sinhthai.certification.models import Duty
from sinhthai.supervision.actions import notices
from sinhthai.supervision.actions.notices import SHOWN, Sent, send_notices, write_notices
from sinhthai.supervision.models import Notice
from sinhthai.supervision.readers.desk import the_calendar

pytestmark = pytest.mark.django_db


def write(today=TODAY):
    duties = Duty.objects.filter(closed_at=None).select_related("park", "enterprise")
    return write_notices(list(duties), today=today, at=NOW, calendar=the_calendar())


def give_address(*people, language="vi"):
    for person in people:
        User.objects.filter(pk=person.pk).update(
            email=f"{person.username}@example.vn", language=language
        )


def told():
    return sorted(to for message in mail.outbox for to in message.to)


def test_a_digest_says_what_is_late_first_in_the_language_of_the_reader(world):
    give_address(world.judge)
    give_address(world.head, language="en")
    owe("a", due=-3, park=world.park)
    owe("b", due=2)
    owe("c", due=0)
    owe("d", due=60)
    owe("e")
    write()
    assert send_notices(at=NOW) == Sent(mails=2, notices=10, failed=0)
    by_reader = {message.to[0]: message for message in mail.outbox}
    vi, en = (by_reader[f"{name}@example.vn"] for name in ("judge", "head"))
    assert vi.subject == "Sinh Thái: 5 việc cần làm"
    assert en.subject == "Sinh Thái: 5 things to do"
    headings = ["QUÁ HẠN (1)", "Đến hạn hôm nay (1)", "Sắp đến hạn (1)", "Mới (2)"]
    assert sorted(headings, key=vi.body.index) == headings
    assert "- Việc a · KCN Hiệp Phước · hạn 17/11/2026\n  http://127.0.0.1:8000/inspect" in vi.body
    assert "- Duty a · Hiệp Phước IP · due 17 Nov 2026" in en.body
    assert "pháp luật không quy định ngày" in vi.body
    assert vi.body.rstrip().endswith("http://127.0.0.1:8000/desk/")


def test_each_stage_is_told_once(world):
    give_address(world.judge)
    owe("a", due=7)
    for day in range(12):
        for _twice in range(2):
            write(TODAY + dt.timedelta(days=day))
            send_notices(at=NOW)
    stages = Notice.objects.filter(user=world.judge).order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["opened", "soon", "due", "late"]
    assert len(mail.outbox) == 4


def test_it_is_for_whom_the_duty_waits_and_who_may_act(world):
    people = (
        "judge",
        "head",
        "writer",
        "reader",
        "clerk",
        "chair",
        "stranger",
        "rival",
        "overseer",
    )
    give_address(*(world.people[name] for name in people))
    owe("board")
    owe("office", holder="operator", party="applicant", park=world.park)
    owe("firm", holder="enterprise", party="applicant", park=world.park, enterprise=world.firm)
    owe("body", holder="", organisation=world.bodies["committee"])
    write()
    send_notices(at=NOW)
    wanted = {"judge", "head", "writer", "clerk", "chair"}  # not the office's mere reader
    assert set(told()) == {f"{name}@example.vn" for name in wanted}
    assert all(message.subject == "Sinh Thái: 1 việc cần làm" for message in mail.outbox)


def test_who_has_left_or_has_no_address_or_has_nothing_to_do_any_more_is_not_written_to(world):
    give_address(world.judge, world.head, world.deputy)
    duty = owe("a")
    write()
    Membership.objects.filter(user=world.judge).delete()
    User.objects.filter(pk=world.deputy.pk).update(is_active=False)
    send_notices(at=NOW)
    assert told() == ["head@example.vn"]
    owe("b")
    write()
    Duty.objects.update(closed_at=NOW)
    assert send_notices(at=NOW) == Sent(0, 0, 0)
    assert duty.notices.filter(user=world.judge, sent_at=None).exists()


class Post(locmem.EmailBackend):
    """A mail server that refuses."""

    refuse = staticmethod(lambda _message: None)

    def send_messages(self, messages):
        for message in messages:
            type(self).refuse(message)
        return super().send_messages(messages)


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Post"
    yield Post
    Post.refuse = staticmethod(lambda _message: None)


def test_a_server_that_is_away_loses_nothing_and_is_tried_again(world, refusing):
    people = [world.people[name] for name in ("judge", "head", "deputy", "writer", "chair")]
    give_address(*people)
    owe("a")
    owe("b", holder="operator", party="applicant", park=world.park)
    owe("c", holder="peoples_committee")
    write()
    asked = []

    def away(message):
        asked.append(message)
        raise smtplib.SMTPServerDisconnected("gone")

    refusing.refuse = staticmethod(away)
    assert send_notices(at=NOW) == Sent(0, 0, 5)
    assert len(asked) == notices.GIVE_UP  # the others did not wait for it too
    assert not Notice.objects.exclude(sent_at=None).exists()
    refusing.refuse = staticmethod(lambda _message: None)
    assert write() == 0
    assert send_notices(at=NOW).mails == 5
    assert send_notices(at=NOW) == Sent(0, 0, 0)


def test_an_address_nobody_can_write_to_keeps_no_mail_from_the_others(world, refusing):
    give_address(*(world.people[name] for name in ("judge", "head", "deputy")))
    owe("a")
    write()

    def only_deputy(message):
        if message.to != ["deputy@example.vn"]:
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user")})

    refusing.refuse = staticmethod(only_deputy)
    assert send_notices(at=NOW) == Sent(1, 1, 2)
    assert told() == ["deputy@example.vn"]


def test_a_mail_that_was_sent_but_not_noted_comes_again_under_the_same_name(world, monkeypatch):
    give_address(world.judge)
    owe("a")
    write()
    sent = []
    for _twice in range(2):  # killed after sending: nothing was noted
        send_notices(at=NOW)
        sent.append(mail.outbox.pop().extra_headers["Message-ID"])
        Notice.objects.update(sent_at=None)
    assert sent[0] == sent[1]


def test_a_long_list_is_cut_and_counted(world):
    give_address(world.judge)
    for n in range(SHOWN + 5):
        owe(f"n{n}")
    write()
    send_notices(at=NOW)
    [message] = mail.outbox
    assert message.body.count("\n- Việc") == SHOWN
    assert "… và 5 việc khác" in message.body
    assert Notice.objects.filter(user=world.judge, sent_at=None).count() == 0


def test_after_a_restored_backup_mail_can_be_written_to_files_and_counts_as_sent(
    world, settings, tmp_path
):
    give_address(world.judge)
    owe("a")
    write()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    assert send_notices(at=NOW).mails == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_notices(at=NOW) == Sent(0, 0, 0)
    [kept] = tmp_path.iterdir()
    assert "judge@example.vn" in kept.read_text()
