"""Duties as a calendar (RFC 5545): one whole-day entry for each that has a day.

An entry keeps its UID as long as its duty is open, so a day that moved moves the entry; a duty
that was done is not in the calendar any more. Whole days have no zone: the legal day stays the
same wherever the reader is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from sinhthai.certification.models import Duty
from sinhthai.foundation.text import Text
from sinhthai.supervision.readers.desk import subject_beside

REFRESH = dt.timedelta(hours=6)
_NAME = Text("Sinh Thái: việc đến hạn", "Sinh Thái: what is due")
_LATE = Text("QUÁ HẠN: {title}", "LATE: {title}")
_ALARM = -dt.timedelta(hours=15)  # nine in the morning of the day before


def to_calendar(duties: Iterable[Duty], *, language: str, address: str, today: dt.date) -> bytes:
    """Return the duties with a day as an iCalendar file; *address* is where the site answers."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sinh Thai//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _NAME.get(language))
    calendar.add("x-wr-calname", _NAME.get(language))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")  # the same, as Outlook reads it
    host = urlsplit(address).hostname or "localhost"
    for duty in duties:
        if duty.due_on is not None:
            calendar.add_component(_entry(duty, duty.due_on, language, address, host, today))
    return bytes(calendar.to_ical())


def _entry(
    duty: Duty, due: dt.date, language: str, address: str, host: str, today: dt.date
) -> Event:
    about = subject_beside(duty).get(language)
    title = Text(duty.title_vi, duty.title_en).get(language) + (f" · {about}" if about else "")
    entry = Event()
    entry.add("uid", f"duty-{duty.pk}@{host}")
    entry.add("dtstamp", duty.since.astimezone(dt.UTC))
    entry.add("dtstart", due)
    entry.add("dtend", due + dt.timedelta(days=1))
    entry.add("summary", _LATE.get(language).format(title=title) if due < today else title)
    entry.add("url", address + duty.url)
    entry.add("description", "\n".join(part for part in (duty.clause, address + duty.url) if part))
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _ALARM)
    entry.add_component(alarm)
    return entry
