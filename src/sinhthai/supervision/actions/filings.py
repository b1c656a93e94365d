"""Fill in a yearly form, prepare it, approve and send it: two people, one digest.

What is prepared is frozen with its SHA-256, and exactly that is sent: a fact corrected in between
stops the sending and is shown. Nobody sends what they typed in or prepared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.forms import Form, load_forms
from sinhthai.supervision.actions.refusals_filings import refusal, refuse
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.engine.filling import Content, differences, digest, revised
from sinhthai.supervision.engine.typing_in import MAX_TEXT, read_typed
from sinhthai.supervision.models import Filing, Sending
from sinhthai.supervision.policy_filings import may_fill, may_send
from sinhthai.supervision.readers.filings import FIRST_YEAR, STATES, fill_filing

State = Filing.State
_OPEN = (State.DRAFT, State.REVISION)
REASON = "?"  # "field?" carries why a field has no value
_ADDRESSES = ("http://", "https://")


def open_filing(
    *,
    user: User,
    form: Form,
    year: int,
    park: Park,
    enterprise: Enterprise | None = None,
    at: dt.datetime,
) -> Filing:
    """Begin the form of a year, or return the one begun before."""
    if not may_fill(user, park, enterprise):
        raise refuse("no-right")
    last = legal_day(at).year
    if not FIRST_YEAR <= year <= last:
        raise refuse("filing-year", year=year, first=FIRST_YEAR, last=last)
    filing, _made = Filing.objects.get_or_create(
        form=form.id, year=year, park=park, enterprise=enterprise
    )
    return filing


class WordsRefused(InputError):
    """What was typed cannot be kept: every problem, and beside which answer each stands."""

    def __init__(self, problems: Sequence[Problem], by_answer: Mapping[str, Problem]) -> None:
        self.by_answer = dict(by_answer)  # "field" or "field?" -> its problem
        super().__init__(problems)


@transaction.atomic
def write_words(
    *,
    user: User,
    filing: Filing,
    words: Mapping[str, object],
    at: dt.datetime,
    places: Mapping[str, Place] | None = None,
    published_at: str | None = None,
) -> Filing:
    """Keep what a person types; a blank answer takes back what was typed.

    Parameters
    ----------
    words
        field -> what was typed; "field?" -> why that field has no value.
    places
        Where in an uploaded file each stands, for the problems found.

    Raises
    ------
    WordsRefused
        With every problem at once; then nothing is written.
    """
    locked = lock_filing(filing, *_OPEN)
    if not may_fill(user, locked.park, locked.enterprise):
        raise refuse("no-right")
    kept, problems = dict(locked.words), list[Problem]()
    by_answer: dict[str, Problem] = {}
    for key, raw in words.items():
        try:
            said = _said(locked, key, raw, (places or {}).get(key, Place()))
        except InputError as error:
            problems += error.problems
            by_answer[key] = error.problems[0]
            continue
        _put(kept, key.removesuffix(REASON), said, user, at, reason=key.endswith(REASON))
    address = locked.published_at if published_at is None else published_at.strip()
    if address and not address.startswith(_ADDRESSES):
        problems.append(refusal("filing-address", title=address[:80]))
    if problems:
        raise WordsRefused(problems, by_answer)
    locked.words, locked.published_at = kept, address
    locked.save(update_fields=["words", "published_at"])
    return locked


@transaction.atomic
def prepare_filing(*, user: User, filing: Filing, at: dt.datetime) -> Filing:
    """Freeze what the form says now, for somebody else to approve and send."""
    locked = lock_filing(filing, *_OPEN)
    if not may_fill(user, locked.park, locked.enterprise):
        raise refuse("no-right")
    filled = fill_filing(locked)
    missing = filled.missing
    if missing:
        raise InputError([refusal("filing-missing", title=one.field.title) for one in missing])
    locked.values = content_of(locked)
    locked.digest = digest(locked.form, locked.year, locked.values)
    before, locked.state = locked.state, State.PENDING
    locked.prepared_by, locked.prepared_at = user, at
    locked.save()
    note_filing(locked, "filing.prepare", user, at, before, _PREPARED)
    return locked


@transaction.atomic
def take_back_filing(*, user: User, filing: Filing, reason: str, at: dt.datetime) -> Filing:
    """Open a prepared form again, before it is sent."""
    locked = lock_filing(filing, State.PENDING)
    if not may_fill(user, locked.park, locked.enterprise):
        raise refuse("no-right")
    locked.state = State.REVISION if locked.asked else State.DRAFT
    locked.save(update_fields=["state"])
    note_filing(locked, "filing.take_back", user, at, State.PENDING, _TAKEN_BACK, reason)
    return locked


@transaction.atomic
def send_filing(*, user: User, filing: Filing, digest_seen: str, at: dt.datetime) -> Sending:
    """Approve exactly what was prepared and send it to the Management Board.

    *digest_seen* is that of what the person looked at.
    """
    locked = lock_filing(filing, State.PENDING)
    if not may_send(user, locked.park, locked.enterprise):
        raise refuse("no-right")
    if user.pk in entered_by(locked):
        raise refuse("filing-own")
    if digest_seen != locked.digest:
        raise refuse("filing-other-digest")
    form = load_forms().forms[locked.form]
    changed = differences(form, locked.values, content_of(locked))
    if changed:
        raise refuse("filing-changed", titles=titles_of(form, changed))
    sending = Sending.objects.create(
        filing=locked,
        number=locked.sendings.count() + 1,
        values=locked.values,
        digest=locked.digest,
        forms_hash=load_forms().hash,
        prepared_by=locked.prepared_by,
        sent_by=user,
        sent_at=at,
    )
    locked.state, locked.asked, locked.note = State.SENT, {}, ""
    locked.sent_by, locked.sent_at = user, at
    locked.decided_by, locked.decided_at = None, None
    locked.save()
    close_duties(at, key=owed_key(locked))
    close_duties(at, key=f"filing:{locked.pk}:revise")
    title = Text("Nhận {what}", "Receive {what}").format(what=name_of(locked))
    open_duty(
        key=f"filing:{locked.pk}:receive:{sending.number}",
        kind="filing.receive",
        title=title,
        url=reverse("filing", args=[locked.pk]),
        since=at,
        party="receiver",
        holder="management_board",
        province=locked.park.province_now.code,
        park=locked.park,
        enterprise=locked.enterprise,
        clause="43.1" if locked.enterprise is None else "43.2",
    )
    note_filing(locked, "filing.send", user, at, State.PENDING, _SENT)
    return sending


def content_of(filing: Filing, now: Content | None = None) -> Content:
    """Return what the form says now; in a revision only the fields asked about may have moved.

    *now* is what fills it from the records and words, where that was already read.
    """
    said = fill_filing(filing).content() if now is None else now
    last = filing.sendings.first() if filing.asked else None
    if last is None:
        return said
    return revised(load_forms().forms[filing.form], last.values, said, filing.asked)


def entered_by(filing: Filing) -> set[int]:
    """Return the people who typed something into this form, or prepared it."""
    people = {one for said in filing.words.values() for one in _authors(said)}
    return people | ({filing.prepared_by_id} if filing.prepared_by_id else set())


def _authors(said: Mapping[str, Any]) -> set[int]:
    """Return who typed an answer, or the part of it another did not touch."""
    return {one for one in (said.get("by"), *said.get("with", ())) if one}


def owed_key(filing: Filing) -> str:
    """Return the key of the duty to file, as the daily work opens it."""
    enterprise = filing.enterprise_id or ""
    return f"filing:{filing.form}:{filing.year}:{filing.park.code}:{enterprise}"[:120]


def name_of(filing: Filing) -> Text:
    """Return how a form is called: its number, year and filer."""
    who = filing.enterprise or filing.park
    return Text(
        f"mẫu {filing.form} năm {filing.year} của {who.name_vi}",
        f"form {filing.form} of {filing.year} of {who.name_en or who.name_vi}",
    )


def titles_of(form: Form, fields: Collection[str]) -> Text:
    """Return the titles of some fields, the first five of them."""
    titles = [one.title for one in form.fields if one.id in fields]
    more = "" if len(titles) <= 5 else f" … (+{len(titles) - 5})"
    return Text(
        "; ".join(one.vi for one in titles[:5]) + more,
        "; ".join(one.en for one in titles[:5]) + more,
    )


def _said(filing: Filing, key: str, raw: object, place: Place) -> dict[str, object] | None:
    """Return what to keep of one answer, None for nothing, or raise InputError."""
    field = load_forms().forms[filing.form].by_id().get(key.removesuffix(REASON))
    if field is None:
        raise refuse("filing-no-field", title=key[:60])
    if key.endswith(REASON):
        text = str(raw or "").strip()[:MAX_TEXT]
        said: dict[str, object] | None = {"reason": text} if text else None
    elif field.is_typed:
        typed = read_typed(field, raw, place)
        said = None
        if typed is not None:
            said = {"absence": typed.absence} if typed.absence else {"value": typed.value}
    elif raw is None or not str(raw).strip():
        said = None
    else:
        raise _at(refusal("filing-from-records", title=field.title), place)
    if filing.asked and field.id not in filing.asked:
        parts = ("reason",) if key.endswith(REASON) else ("value", "absence")
        old = filing.words.get(field.id, {})
        if any((said or {}).get(part) != old.get(part) for part in parts):
            raise _at(refusal("filing-closed-field", title=field.title), place)
    return said


def _put(
    kept: dict[str, dict[str, object]],
    field: str,
    said: dict[str, object] | None,
    user: User,
    at: dt.datetime,
    *,
    reason: bool,
) -> None:
    """Put one answer among the words, with who typed it; the same answer keeps its author."""
    old = kept.get(field, {})
    parts = {"reason"} if reason else {"value", "absence"}
    now = {name: part for name, part in old.items() if name not in parts}
    now |= {name: part for name, part in (said or {}).items() if name in parts}
    content = ("value", "absence", "reason")
    if all(now.get(name) == old.get(name) for name in content):
        return
    if not any(name in now for name in content):
        kept.pop(field, None)
        return
    said_by = {"by": user.pk, "by_name": display_name(user), "at": at.isoformat()}
    # Who writes beside another's answer does not take it over: neither may approve it.
    stays = any(name in now and now[name] == old.get(name) for name in content)
    others = sorted(_authors(old) - {user.pk}) if stays else []
    kept[field] = {
        **{name: now[name] for name in content if name in now},
        **said_by,
        **({"with": others} if others else {}),
    }


def _at(problem: Problem, place: Place) -> InputError:
    return InputError([Problem(problem.code, problem.message, problem.cure, place)])


def lock_filing(filing: Filing, *states: str) -> Filing:
    """Lock the row and refuse unless it is in one of *states*."""
    locked = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("park__province_now", "enterprise", "prepared_by")
        .get(pk=filing.pk)
    )
    if locked.state not in states:
        said = STATES[State(locked.state)]
        raise refuse("filing-state", state_vi=said.vi, state_en=said.en)
    return locked


def note_filing(
    filing: Filing,
    kind: str,
    user: User,
    at: dt.datetime,
    before: str,
    summary: Text,
    reason: str = "",
) -> None:
    note(
        kind=kind,
        at=at,
        actor=user,
        summary=summary.format(what=name_of(filing)),
        park=filing.park,
        enterprise=filing.enterprise,
        before=before,
        after=filing.state,
        reason=reason.strip(),
        detail={"filing": filing.pk, "digest": filing.digest, "asked": filing.asked},
    )


_PREPARED = Text("Chuẩn bị {what}.", "Prepared {what}.")
_TAKEN_BACK = Text("Mở lại {what} trước khi gửi.", "Opened {what} again before sending.")
_SENT = Text("Duyệt và gửi {what}.", "Approved and sent {what}.")
