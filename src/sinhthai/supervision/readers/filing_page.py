"""The page of a yearly form: its rows by block, what is missing, what moved, who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sinhthai.accounts.models import User
from sinhthai.foundation.problems import Problem
from sinhthai.registry.policy import Person
from sinhthai.rules.forms import COMPUTED, Form, FormField, load_forms
from sinhthai.supervision.actions.filings import content_of, entered_by
from sinhthai.supervision.engine.filling import Answer, Content, differences
from sinhthai.supervision.engine.saying import say_content, say_origin, say_unit
from sinhthai.supervision.models import Filing, Sending
from sinhthai.supervision.policy_filings import is_own, may_fill, may_receive, may_send
from sinhthai.supervision.readers.filings import fill_filing

State = Filing.State


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the page shows it.

    ``typed`` and ``raw``: an input stands there, with what it holds. ``asks_reason``: it may be
    said why nothing stands. ``report_year``: the year's report in which to correct it.
    """

    field: FormField
    title: str
    unit: str
    said: str
    origin: str
    differs: str
    required: bool
    missing: bool
    typed: bool
    raw: str
    asks_reason: bool
    reason: str
    asked: str
    may_ask: bool
    report_year: int | None
    error: str = ""
    reason_error: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that says something else now than in what was sent or prepared."""

    field: str
    title: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class FilingPage:
    """Everything the page of a form shows."""

    form: Form
    blocks: tuple[tuple[str, str, tuple[Row, ...]], ...]  # id, title, rows
    missing: tuple[Row, ...]
    answered: int
    of: int
    changed: tuple[Changed, ...]
    sendings: tuple[Sending, ...]
    editable: bool
    may_prepare: bool
    may_send: bool
    may_take_back: bool
    may_receive: bool
    own_hands: bool  # the person typed or prepared it, and so may not send it
    digest: str


def page_of_filing(
    filing: Filing, user: Person, language: str, *, kept: Mapping[str, object] | None = None
) -> FilingPage:
    """Return the page of *filing* for *user*; *kept* is what they typed and was refused."""
    form = load_forms().forms[filing.form]
    filled = fill_filing(filing)
    sendings = tuple(
        filing.sendings.select_related("prepared_by", "sent_by", "decided_by").order_by("-number")
    )
    now = filled.content()
    shown = _shown(filing, now, sendings)
    fills = may_fill(user, filing.park, filing.enterprise)
    editable = fills and filing.state in (State.DRAFT, State.REVISION)
    receives = may_receive(user, filing.park)
    asks = receives and filing.state in (State.SENT, State.RECEIVED)
    own = is_own(user, filing)
    missing = {answer.field.id for answer in filled.missing}
    rows = {
        one.id: _row(
            filing, filled.answers[one.id], shown, language,
            missing=one.id in missing and filing.state in (State.DRAFT, State.REVISION),
            editable=editable, asks=asks, own=own, kept=kept or {},
        )
        for one in form.fields
    }  # fmt: skip
    by_hand = isinstance(user, User) and user.pk in entered_by(filing)
    sends = may_send(user, filing.park, filing.enterprise)
    pending = filing.state == State.PENDING
    return FilingPage(
        form=form,
        blocks=tuple(
            (
                block.id,
                block.title.get(language),
                tuple(rows[one.id] for one in form.of_block(block.id)),
            )
            for block in form.blocks
        ),
        missing=tuple(row for row in rows.values() if row.missing),
        answered=sum(said.get("value") is not None for said in shown.values()),
        of=len(form.fields),
        changed=_changes(filing, form, now, sendings, language),
        sendings=sendings,
        editable=editable,
        may_prepare=editable,
        may_send=sends and pending and not by_hand,
        may_take_back=fills and pending,
        may_receive=receives,
        own_hands=sends and pending and by_hand,
        digest=filing.digest,
    )


def with_errors(page: FilingPage, problems: Mapping[str, Problem], language: str) -> FilingPage:
    """Return the page with each problem beside the field ("id", or "id?" for its reason)."""

    def told(row: Row) -> Row:
        answer, reason = problems.get(row.field.id), problems.get(f"{row.field.id}?")
        return replace(
            row,
            error=_words(answer, language),
            reason_error=_words(reason, language),
        )

    blocks = tuple((id_, title, tuple(map(told, rows))) for id_, title, rows in page.blocks)
    return replace(page, blocks=blocks)


def _words(problem: Problem | None, language: str) -> str:
    if problem is None:
        return ""
    return f"{problem.message.get(language)} {problem.cure.get(language)}"


def _shown(filing: Filing, now: Content, sendings: tuple[Sending, ...]) -> Content:
    """Return what the form says to the reader: as sent, as prepared, or as it is now."""
    if filing.state in (State.SENT, State.RECEIVED) and sendings:
        return sendings[0].values
    if filing.state == State.PENDING:
        return filing.values
    return content_of(filing, now)


def _row(
    filing: Filing,
    answer: Answer,
    shown: Content,
    language: str,
    *,
    missing: bool,
    editable: bool,
    asks: bool,
    own: bool,
    kept: Mapping[str, object],
) -> Row:
    field = answer.field
    said = shown.get(field.id, answer.content())
    current = said == answer.content()
    opened = editable and (not filing.asked or field.id in filing.asked)
    typed = opened and field.is_typed
    raw = say_content(field, answer.content(), language) if answer.origin == "typed" else ""
    reason = answer.reason
    explains = opened and not field.parts and answer.value is None and answer.origin == "nowhere"
    return Row(
        field=field,
        title=field.title.get(language),
        unit=say_unit(field, language),
        said=say_content(field, said, language),
        origin=say_origin(answer, language) if current else "",
        differs=answer.differs.get(language) if answer.differs else "",
        required=field.required,
        missing=missing,
        typed=typed,
        raw=str(kept.get(field.id, raw)),
        asks_reason=explains,
        reason=str(kept.get(f"{field.id}?", reason)),
        asked=str(filing.asked.get(field.id, "")),
        may_ask=asks and field.kind not in COMPUTED,
        report_year=filing.year - field.years_back if own and field.item else None,
    )


def _changes(
    filing: Filing, form: Form, now: Content, sendings: tuple[Sending, ...], language: str
) -> tuple[Changed, ...]:
    """Return what moved since the form was prepared (pending) or sent (sent, received)."""
    if filing.state == State.PENDING:
        before, after = filing.values, content_of(filing, now)
    elif filing.state in (State.SENT, State.RECEIVED) and sendings:
        before, after = sendings[0].values, now
    else:
        return ()
    fields = form.by_id()
    return tuple(
        Changed(
            name,
            fields[name].title.get(language),
            say_content(fields[name], before.get(name, {}), language),
            say_content(fields[name], after[name], language),
        )
        for name in differences(form, before, after)
    )
