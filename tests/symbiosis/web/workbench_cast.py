"""Exchanges on their way, for the tests of the facilitator's workbench."""

import datetime as dt

import pytest
from tests.symbiosis.web.conftest import AT

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.actions import dossier, participants, pipeline, results
from sinhthai.symbiosis.actions.plans import Plan

PDF = b"%PDF-1.7 an agreement"
DAY = dt.date(2025, 3, 1)
STEPS = ("contact", "feasibility", "agreement", "implemented", "verified")


def refused(code):
    return pytest.raises(InputError, check=lambda error: error.problems[0].code == code)


def open_one(user, park, giver, taker=None, *, words="", title="Tro bay", kind="a", at=None):
    """An exchange that began on the first of March 2025."""
    return pipeline.create_exchange(
        user=user,
        park=park,
        title=title,
        kind=kind,
        giver=giver,
        taker=taker,
        taker_in_words=words,
        plan=Plan(3000.0, "t", 4e8, None, 120.0),
        at=at or dt.datetime(2025, 3, 1, 8, 0, tzinfo=dt.UTC),
    )


def last_change(exchange):
    return exchange.changes.order_by("-pk").first().pk


def step(user, exchange, to, on, reason="", *, seen=None, at=AT):
    return pipeline.move(
        user=user,
        exchange=exchange,
        to=to,
        on=on,
        reason=reason,
        seen=last_change(exchange) if seen is None else seen,
        at=at,
    )


def join(user, exchange, on):
    """Everybody takes part since a day."""
    for part in exchange.participants.all():
        participants.date_participant(
            user=user, participant=part, joined_on=on, left_on=None, at=AT
        )


def agree(user, exchange, content=PDF):
    dossier.attach_document(
        user=user,
        exchange=exchange,
        kind="agreement",
        title="Hợp đồng",
        file_name="hop-dong.pdf",
        content=content + str(exchange.pk).encode(),
        at=AT,
    )


def carry(user, exchange, to, on=DAY):
    """Carry an exchange up to a stage, one day a step."""
    join(user, exchange, on)
    agree(user, exchange)
    for number, stage in enumerate(STEPS[: STEPS.index(to) + 1]):
        step(user, exchange, stage, on + dt.timedelta(days=number))


def result(user, exchange, year=2025, *, part=0, source="phiếu cân", **values):
    return results.record_result(
        user=user,
        participant=exchange.participants.order_by("pk")[part],
        year=year,
        values=values,
        source=source,
        at=AT,
    )
