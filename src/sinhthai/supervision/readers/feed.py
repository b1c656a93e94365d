"""Duties as a calendar (RFC 5545): one whole-day entry for each that has a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event

from sinhthai.certification.models import Duty
from sinhthai.foundation.text import Text

_NAME = Text("Sinh Thái: việc đến hạn", "Sinh Thái: what is due")
_BEFORE = dt.timedelta(days=-1)


def to_calendar(duties: Iterable[Duty], *, language: str, address: str) -> bytes:
    """Return the duties with a day as an iCalendar file; *address* is where the site answers."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sinh Thai//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _NAME.get(language))
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for duty in duties:
        if duty.due_on is not None:
            calendar.add_component(_entry(duty, duty.due_on, language, address))
    return bytes(calendar.to_ical())


def _entry(duty: Duty, due: dt.date, language: str, address: str) -> Event:
    title = Text(duty.title_vi, duty.title_en).get(language)
    about = duty.enterprise or duty.park
    entry = Event()
    entry.add("uid", f"duty-{duty.pk}@sinhthai")
    entry.add("dtstamp", duty.since)
    entry.add("dtstart", due)
    entry.add("dtend", due + dt.timedelta(days=1))
    entry.add("summary", f"{title} · {about.name_vi}" if about else title)
    entry.add("url", f"{address}{duty.url}")
    entry.add("description", "\n".join(part for part in (duty.clause, address + duty.url) if part))
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _BEFORE)
    entry.add_component(alarm)
    return entry
