"""Fill in a yearly form from what is recorded, registered and typed; nothing missing is zero."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.forms import Form, FormField

Value = bool | int | float | str
From = Literal["record", "register", "typed", "computed", "nowhere"]
Content = dict[str, dict[str, Value | None]]
"""What is said, without who said it: field -> value, absence, qualifier, reason."""

_UNKNOWN = Absence.NOT_REPORTED.value
_NONE_HERE = Absence.NOT_APPLICABLE.value


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source said of an item: a value in the unit of the item, or why there is none."""

    value: Value | None
    absence: str = ""
    qualifier: str = ""  # at_least, at_most, about; "" exact
    year: int | None = None
    source: str = ""
    by: str = ""
    at: str = ""  # ISO time of recording
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed for this filing only; or why a field has no value (``reason``)."""

    value: Value | None = None
    absence: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one field, with where it comes from (H4).

    ``trace`` says how a computed value came about, or which part kept it unknown.
    ``differs`` says that another field, which should say the same, says something else.
    """

    field: FormField
    value: Value | None
    absence: str
    qualifier: str
    origin: From
    fact: Fact | None = None
    reason: str = ""
    trace: Text | None = None
    differs: Text | None = None

    @property
    def is_missing(self) -> bool:
        """Whether a value is owed: none, not explained, and not one that cannot exist."""
        return self.value is None and self.absence == _UNKNOWN and not self.reason

    def content(self) -> dict[str, Value | None]:
        """Return what is said, without who said it."""
        return {
            "value": self.value,
            "absence": self.absence,
            "qualifier": self.qualifier,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with its answers, in the order of the form."""

    form: Form
    year: int
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Answer, ...]:
        """The required fields nobody answered or explained; a computed one follows its parts."""
        return tuple(
            answer
            for answer in self.answers.values()
            if answer.field.required and answer.is_missing
        )

    @property
    def answered(self) -> int:
        """How many fields have a value."""
        return sum(answer.value is not None for answer in self.answers.values())

    def content(self) -> Content:
        """Return what the form says, without who said it."""
        return {name: answer.content() for name, answer in self.answers.items()}


def fill(
    form: Form,
    year: int,
    facts: Mapping[tuple[str, int], Fact],
    register: Mapping[str, str],
    typed: Mapping[str, Typed],
) -> Filled:
    """Return *form* of report year *year*, filled in.

    Parameters
    ----------
    facts : what counts of (item, year); an item not named was not reported
    register : what the register says, e.g. "park.name"; absent or "" is not known
    typed : what people typed into this filing, and why a field has no value

    Examples
    --------
    >>> from sinhthai.rules.forms import load_forms
    >>> form = load_forms().forms["A.4"]
    >>> fill(form, 2025, {("plan_area_ha", 2025): Fact(100.0)}, {}, {}).answered
    1
    """
    answers: dict[str, Answer] = {}
    for one in form.fields:
        if not one.parts:
            answers[one.id] = _stated(one, year, facts, register, typed.get(one.id, Typed()))
    for one in form.fields:
        if one.parts:
            answers[one.id] = compute(one, [answers[part] for part in one.parts])
    for one in form.fields:
        if one.compare:
            answers[one.id] = _compared(answers[one.id], answers[one.compare])
    return Filled(form, year, {one.id: answers[one.id] for one in form.fields})


def digest(form_id: str, year: int, content: Content) -> str:
    """Return the SHA-256 of what a form says: what is prepared, approved and received.

    >>> said = {"a": {"value": 1.0}}
    >>> digest("A.4", 2025, said) == digest("A.4", 2025, {"a": {"value": 1.0}})
    True
    >>> digest("A.4", 2025, said) == digest("A.4", 2026, said)
    False
    """
    body = {"form": form_id, "year": year, "content": content}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(form: Form, before: Content, after: Content) -> tuple[str, ...]:
    """Return the fields, in order of the form, of which something else is said now."""
    return tuple(one.id for one in form.fields if before.get(one.id) != after.get(one.id))


def depending(form: Form, fields: Collection[str]) -> frozenset[str]:
    """Return *fields* with every total and share that rests on one of them."""
    return frozenset(fields) | {one.id for one in form.fields if set(one.parts) & set(fields)}


def revised(form: Form, sent: Content, now: Content, asked: Collection[str]) -> Content:
    """Return what was sent, with only the fields asked about (and their totals) as they are now.

    A revision reopens what was asked for, nothing else.
    """
    opened = depending(form, asked)
    return {
        one.id: now[one.id] if one.id in opened or one.id not in sent else sent[one.id]
        for one in form.fields
    }


def compute(one: FormField, parts: list[Answer]) -> Answer:
    """Return a total or a share. A part nobody reported makes it unknown, never smaller.

    A part that does not apply has nothing to add and is left out of a total.
    """
    counted = [part for part in parts if part.absence != _NONE_HERE]
    unknown = [part for part in counted if not _is_number(part.value)]
    if not counted:
        return Answer(one, None, _NONE_HERE, "", "computed")
    if unknown or (one.kind == "share" and len(counted) < 2):
        names = _names(unknown or parts)
        said = Text(f"Chưa tính được: thiếu {names.vi}", f"Not computed: missing {names.en}")
        return Answer(one, None, _UNKNOWN, "", "computed", trace=said)
    return _share(one, counted) if one.kind == "share" else _total(one, counted)


def _stated(
    one: FormField,
    year: int,
    facts: Mapping[tuple[str, int], Fact],
    register: Mapping[str, str],
    typed: Typed,
) -> Answer:
    if one.item:
        fact = facts.get((one.item, year - one.years_back))
        if fact is None:
            return Answer(one, None, _UNKNOWN, "", "nowhere", reason=typed.reason)
        reason = typed.reason if fact.value is None else ""
        absence = fact.absence if fact.value is None else ""
        return Answer(one, fact.value, absence, fact.qualifier, "record", fact, reason)
    if one.registry:
        name = register.get(one.registry, "")
        if name:
            return Answer(one, name, "", "", "register")
        return Answer(one, None, _UNKNOWN, "", "nowhere", reason=typed.reason)
    if typed.value is None:
        absence = typed.absence or _UNKNOWN
        origin: From = "typed" if typed.absence else "nowhere"
        return Answer(one, None, absence, "", origin, reason=typed.reason)
    said = Fact(typed.value, by=typed.by, at=typed.at)
    return Answer(one, typed.value, "", "", "typed", said)


def _total(one: FormField, parts: list[Answer]) -> Answer:
    qualifier = _bounding({part.qualifier for part in parts})
    if qualifier is None:
        said = Text(
            "Chưa tính được: có phần là “ít nhất”, có phần là “nhiều nhất”",
            "Not computed: some parts are at least, others at most",
        )
        return Answer(one, None, _UNKNOWN, "", "computed", trace=said)
    total = math.fsum(float(part.value) for part in parts if part.value is not None)
    if one.digits is not None:
        total = round(total, one.digits)
    left_out = len(one.parts) - len(parts)
    trace = Text(*(_sum_words(parts, total, one.unit, language) for language in ("vi", "en")))
    if left_out:
        trace = Text(
            f"{trace.vi} ({left_out} phần không áp dụng)",
            f"{trace.en} ({left_out} parts not applicable)",
        )
    return Answer(one, total, "", qualifier, "computed", trace=trace)


def _share(one: FormField, parts: list[Answer]) -> Answer:
    part, whole = (float(found.value) for found in parts if found.value is not None)
    if whole <= 0 or any(found.qualifier for found in parts):
        said = Text(
            "Chưa tính được: mẫu số bằng 0 hoặc số liệu chỉ là giới hạn",
            "Not computed: the whole is 0, or a figure is only a bound",
        )
        return Answer(one, None, _UNKNOWN, "", "computed", trace=said)
    share = float(f"{100 * part / whole:.12g}")  # the noise of a division is no change of a fact
    trace = Text(
        f"{format_number(part, 'vi')} / {format_number(whole, 'vi')} × 100",
        f"{format_number(part, 'en')} / {format_number(whole, 'en')} × 100",
    )
    return Answer(one, share, "", "", "computed", trace=trace)


def _compared(answer: Answer, other: Answer) -> Answer:
    if not _is_number(answer.value) or not _is_number(other.value):
        return answer
    here, there = float(answer.value or 0), float(other.value or 0)
    if math.isclose(here, there, rel_tol=1e-6, abs_tol=0.005):
        return answer
    differs = Text(
        f"“{other.field.title.vi}” ghi {format_number(there, 'vi')}, khác tổng các phần",
        f"“{other.field.title.en}” says {format_number(there, 'en')}, not the sum of the parts",
    )
    return Answer(
        answer.field, answer.value, answer.absence, answer.qualifier, answer.origin, answer.fact,
        answer.reason, answer.trace, differs,
    )  # fmt: skip


def _bounding(qualifiers: set[str]) -> str | None:
    """Return how exact a sum is; None when its parts are bounded on different sides."""
    bounds = qualifiers - {""}
    if not bounds:
        return ""
    if {"at_least", "at_most"} <= bounds:
        return None
    if len(bounds) == 1:
        return next(iter(bounds))
    return "about"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _names(answers: list[Answer]) -> Text:
    found = [answer.field.title for answer in answers if not _is_number(answer.value)]
    return Text("; ".join(one.vi for one in found), "; ".join(one.en for one in found))


def _sum_words(parts: list[Answer], total: float, unit: str, language: str) -> str:
    numbers = [
        format_number(float(part.value), language) for part in parts if part.value is not None
    ]
    return f"{' + '.join(numbers)} = {format_number(total, language)} {unit_label(unit, language)}"
