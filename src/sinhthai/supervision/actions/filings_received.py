"""Receive a yearly form, or ask for a revision of some of its fields.

A fact corrected after a form was sent does not change what was sent: the difference is shown,
and a revision is asked of exactly the fields that moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.models import Duty
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.rules.forms import COMPUTED, load_forms
from sinhthai.supervision.actions.filings import lock_filing, name_of, note_filing
from sinhthai.supervision.actions.refusals_filings import refusal, refuse
from sinhthai.supervision.engine.filling import differences
from sinhthai.supervision.models import Filing
from sinhthai.supervision.policy_filings import may_fill, may_receive
from sinhthai.supervision.readers.filings import fill_filing

State = Filing.State
MOST_WORDS = 1_000
CORRECTED = Text(
    "Số liệu đã được đính chính sau khi gửi",
    "The figure was corrected in the records after the form was sent",
)
_RECEIVED = Text("Tiếp nhận {what}.", "Received {what}.")
_ASKED = Text("Đề nghị chỉnh sửa {what}.", "Asked to revise {what}.")
_REVISE = Text("Chỉnh sửa {what}", "Revise {what}")


@transaction.atomic
def receive_filing(*, user: User, filing: Filing, at: dt.datetime) -> Filing:
    """Receive what was sent, for the Management Board."""
    locked = lock_filing(filing, State.SENT)
    if not may_receive(user, locked.park):
        raise refuse("no-right")
    _decide(locked, user, at, State.RECEIVED, {}, "")
    note_filing(locked, "filing.receive", user, at, State.SENT, _RECEIVED)
    return locked


@transaction.atomic
def ask_revision(
    *, user: User, filing: Filing, asked: Mapping[str, str], remark: str = "", at: dt.datetime
) -> Filing:
    """Ask the filer to revise some fields, each with what is asked of it.

    Raises
    ------
    InputError
        Nothing was asked, or a field is unknown or computed; every problem at once.
    """
    locked = lock_filing(filing, State.SENT, State.RECEIVED)
    if not may_receive(user, locked.park):
        raise refuse("no-right")
    wanted = {name: text.strip()[:MOST_WORDS] for name, text in asked.items() if text.strip()}
    fields = load_forms().forms[locked.form].by_id()
    problems = [
        refusal("filing-no-field", title=name[:60])
        if name not in fields
        else refusal("filing-computed", title=fields[name].title)
        for name in wanted
        if name not in fields or fields[name].kind in COMPUTED
    ]
    if not wanted:
        problems.append(refusal("filing-nothing-asked"))
    if problems:
        raise InputError(problems)
    before = locked.state
    _decide(locked, user, at, State.REVISION, wanted, remark.strip()[:MOST_WORDS])
    _owe(locked, at)
    note_filing(locked, "filing.ask_revision", user, at, before, _ASKED, locked.note)
    return locked


@transaction.atomic
def revise_changed(*, user: User, filing: Filing, at: dt.datetime) -> Filing:
    """Open for revision exactly the fields whose facts were corrected since the sending.

    The Board may ask for it, and the filer may do so unasked.
    """
    locked = lock_filing(filing, State.SENT, State.RECEIVED)
    if not (may_receive(user, locked.park) or may_fill(user, locked.park, locked.enterprise)):
        raise refuse("no-right")
    form = load_forms().forms[locked.form]
    fields = form.by_id()
    changed = [name for name in changed_fields(locked) if fields[name].kind not in COMPUTED]
    if not changed:
        raise refuse("filing-same")
    before = locked.state
    reason = f"{CORRECTED.vi} / {CORRECTED.en}"
    _decide(locked, user, at, State.REVISION, dict.fromkeys(changed, reason), "")
    _owe(locked, at)
    note_filing(locked, "filing.ask_revision", user, at, before, _ASKED, reason)
    return locked


def changed_fields(filing: Filing) -> tuple[str, ...]:
    """Return the fields that would say something else if the form were sent today."""
    last = filing.sendings.first()
    if last is None:
        return ()
    form = load_forms().forms[filing.form]
    return differences(form, last.values, fill_filing(filing).content())


def _decide(
    filing: Filing, user: User, at: dt.datetime, state: str, asked: Mapping[str, str], remark: str
) -> None:
    filing.state, filing.asked, filing.note = state, dict(asked), remark
    filing.decided_by, filing.decided_at = user, at
    filing.save()
    last = filing.sendings.first()
    if last is not None:
        last.outcome, last.asked, last.note = state, dict(asked), remark
        last.decided_by, last.decided_at = user, at
        last.save()
        close_duties(at, key=f"filing:{filing.pk}:receive:{last.number}")


def _owe(filing: Filing, at: dt.datetime) -> None:
    """Give the filer the duty to revise; one closed before opens again."""
    key = f"filing:{filing.pk}:revise"
    Duty.objects.filter(key=key, closed_at__isnull=False).update(closed_at=None, since=at)
    open_duty(
        key=key,
        kind="filing.revise",
        title=_REVISE.format(what=name_of(filing)),
        url=reverse("filing", args=[filing.pk]),
        since=at,
        party="applicant",
        holder="operator" if filing.enterprise is None else "enterprise",
        province=filing.park.province_now.code,
        park=filing.park,
        enterprise=filing.enterprise,
        clause="43.1" if filing.enterprise is None else "43.2",
    )
