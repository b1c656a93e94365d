"""Duties as the slices open them, written straight into the store; a person at the site."""

import datetime as dt

from django.test import Client
from tests.certification.core.world import PROVINCE, T

from sinhthai.certification.models import Duty

TODAY = dt.date(2026, 11, 20)  # a Friday; no day off of Viet Nam is near
NOW = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)


def owe(key, kind="inspection", *, holder="management_board", due=None, **more):
    fields = {
        "party": "receiver", "province": PROVINCE, "title_vi": f"Việc {key}", "since": T,
        "title_en": f"Duty {key}", "url": "/inspections/1/", "clause": "44.1",
    }  # fmt: skip
    day = due if due is None or isinstance(due, dt.date) else TODAY + dt.timedelta(days=due)
    return Duty.objects.create(key=key, kind=kind, holder=holder, due_on=day, **(fields | more))


def as_user(user, language="vi"):
    client = Client()
    client.cookies["language"] = language
    client.force_login(user)
    return client
