"""The calendar of a person: a secret address, what stands in it, and what a stranger gets."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from tests.supervision.desk.owing import NOW, TODAY, as_user, owe

from sinhthai.accounts.models import AuditEntry, User
from sinhthai.certification.models import Duty
from sinhthai.supervision.models import Feed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def make(client):
    """Ask for an address as a person does; return its path."""
    page = client.post("/desk/calendar/", {"do": "make"}, follow=True).content.decode()
    [address] = re.findall(r'id="feed-address">http://127\.0\.0\.1:8000([^<]+)<', page)
    return address


def entries(answer):
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_duties_stand_on_their_whole_day_and_move_with_it(world):
    late = owe("a", due=-1, park=world.park)
    later = owe("b", due=30)
    owe("none")
    owe("theirs", due=1, holder="operator", park=world.park)
    path = make(as_user(world.judge))
    answer = Client().get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"] and not answer.cookies
    found = entries(answer)
    assert set(found) == {f"duty-{late.pk}@127.0.0.1", f"duty-{later.pk}@127.0.0.1"}
    entry = found[f"duty-{late.pk}@127.0.0.1"]
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (TODAY - dt.timedelta(days=1), TODAY)
    assert str(entry["summary"]) == "QUÁ HẠN: Việc a · KCN Hiệp Phước"
    assert str(entry["url"]) == "http://127.0.0.1:8000/inspections/1/"
    lines = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261119" in lines and "DTSTAMP:20260504T020000Z" in lines
    assert "METHOD:PUBLISH" in lines and "TRIGGER:-PT15H" in lines
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    Duty.objects.filter(pk=later.pk).update(due_on=TODAY)
    Duty.objects.filter(pk=late.pk).update(closed_at=NOW)
    [(uid, entry)] = entries(Client().get(path)).items()
    assert (uid, entry["dtstart"].dt) == (f"duty-{later.pk}@127.0.0.1", TODAY)


def test_the_calendar_speaks_the_language_of_its_owner(world):
    User.objects.filter(pk=world.judge.pk).update(language="en")
    owe("a", due=-1)
    [entry] = entries(Client().get(make(as_user(world.judge)))).values()
    assert str(entry["summary"]) == "LATE: Duty a"


def test_only_the_secret_opens_it_and_only_as_long_as_it_is_the_one(world):
    client = as_user(world.judge)
    first = make(client)
    assert "feed-address" not in client.get("/desk/").content.decode()  # shown once
    assert not Feed.objects.filter(digest__in=first.split("/")).exists()
    assert Client().head(first).status_code == 200
    assert Client().post(first).status_code == 405
    second = make(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    for wrong in ("x", Feed.objects.get().digest, second.split("/")[-1][:-5]):
        assert Client().get(f"/desk/calendar/{wrong}.ics").status_code == 404
    assert AuditEntry.objects.filter(action="supervision.make_feed").count() == 2
    User.objects.filter(pk=world.judge.pk).update(is_active=False)
    assert Client().get(second).status_code == 404


def test_it_can_be_closed(world):
    client = as_user(world.judge)
    path = make(client)
    page = client.post("/desk/calendar/", {"do": "stop"}, follow=True).content.decode()
    assert "Đã đóng lịch" in page
    assert Client().get(path).status_code == 404
    assert client.get("/desk/calendar/").status_code == 405
    assert Client().post("/desk/calendar/", {"do": "make"}).headers["Location"].startswith("/acc")


def test_the_secret_is_in_no_line_of_the_log(world, capfd):
    path = make(as_user(world.judge))
    capfd.readouterr()
    Client().get(path)
    said = capfd.readouterr()
    assert path.split("/")[-1].removesuffix(".ics") not in said.out + said.err
