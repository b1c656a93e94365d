"""Why? Everything behind one finding, ready to show (H4). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from sinhthai.assessment.documents.saying import say_reported
from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.members import Member, members
from sinhthai.assessment.engine.query import leaf_columns
from sinhthai.assessment.wording import round_beside, say_threshold, say_value
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import Facts
from sinhthai.reporting.engine.merge import ABOUT, Stated, winners
from sinhthai.rules.model import Bundle, Formula, Framework, Leaf, Threshold
from sinhthai.rules.wording import say_clause

ABOUT_NOTE = Text(
    f"«khoảng» được hiểu là trong phạm vi ±{ABOUT:.0%}",
    f"“about” is read as within ±{ABOUT:.0%}",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The record a value came in."""

    source: str
    cell: str
    author: str
    recorded_at: dt.datetime | None
    file_name: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class TracedInput:
    """A fact the formula asked for, in one year: what was said, by whom, of which year.

    ``year`` is the year it was asked for and ``said_year`` the one it was reported for: a state
    of an earlier year still stands. None: nobody ever said anything.
    """

    item: str
    name: Text
    unit: str
    value: Text
    year: int
    said_year: int | None
    origin: Origin | None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """How the same facts come out under another reading of the law."""

    choice: Text
    is_chosen: bool
    status: str
    value: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """An ambiguity the finding depends on, the reading chosen and the others, each with result."""

    option: str
    title: Text
    clause: str
    readings: tuple[OtherReading, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the working."""

    label: Text
    words: Text


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole answer to "why?"."""

    leaf: Leaf
    finding: Finding
    formula: str
    working: tuple[Line, ...]
    inputs: tuple[TracedInput, ...]
    members: tuple[Member, ...]
    readings: tuple[Reading, ...]
    threshold: Threshold | None
    rule: Text  # instrument, clause, source, verified or not


def explain(
    bundle: Bundle,
    framework: Framework,
    leaf: Leaf,
    finding: Finding,
    facts: Facts,
    *,
    options: Mapping[str, str],
    stated: Mapping[tuple[str, str, int, str], Stated] | None = None,
    origins: Mapping[int, Mapping[str, Origin]] | None = None,
) -> Trace:
    """Explain one finding.

    Parameters
    ----------
    facts
        The fact tables the finding was computed from.
    options
        The readings chosen.
    stated
        What won for each item (`stated_for`); without it the inputs are left out.
    origins
        Record number -> item -> where it came from; ``""`` stands for any item of the record.
    """
    readings = bundle.defaults() | dict(options)
    is_enterprise = framework.subject == "enterprise"
    return Trace(
        leaf=leaf,
        finding=finding,
        formula=formula_text(leaf, readings),
        working=working(leaf, finding),
        inputs=_inputs(bundle, leaf, finding, readings, is_enterprise, stated, origins or {}),
        members=tuple(members(leaf, facts, finding.subject, finding.year, readings, bundle.items)),
        readings=_readings(bundle, framework, leaf, finding, facts, readings),
        threshold=leaf.threshold_on(finding.on),
        rule=_rule(framework, leaf),
    )


def formula_text(leaf: Leaf, options: Mapping[str, str]) -> str:
    """Return the formula as it is computed, under the readings chosen."""
    top = leaf.numerator.chosen(options)
    if leaf.denominator is None:
        return top
    return f"({top}) / ({leaf.denominator.chosen(options)})"


def stated_for(
    bundle: Bundle, records: pa.Table, leaf: Leaf, finding: Finding, options: Mapping[str, str]
) -> dict[tuple[str, str, int, str], Stated]:
    """Return what won for each item of a leaf in each year it looks at; see `merge.winners`."""
    readings = bundle.defaults() | dict(options)
    own, _ = leaf_columns(leaf, readings)
    items = [bundle.items[code] for code in own if code in bundle.items]
    return winners(records, _years(leaf, finding), items)


def working(leaf: Leaf, finding: Finding) -> tuple[Line, ...]:
    """Return the arithmetic of both bounds, and the threshold with its day.

    >>> from sinhthai.rules.model import Formula
    >>> no = Text("", "")
    >>> rule = Threshold(dt.date(2022, 7, 15), None, 0.2, clause="37.2.c")
    >>> leaf = Leaf("l", "37.2.c", "g", no, "park", "share", "at_least", "percent", (rule,),
    ...             Formula({"": "a"}), Formula({"": "b"}))
    >>> found = Finding("p", "l", dt.date(2025, 12, 31), 2025, "undetermined", 30/189, 71/189, 0.2,
    ...                 (30.0, 71.0), (189.0, 189.0), 30, 118, 41, 0)
    >>> working(leaf, found)[0].words.vi
    '30/189 = 15,9\xa0% nếu chưa khai là không; 71/189 = 37,6\xa0% nếu là có'
    """
    lines = []
    if leaf.kind in ("ratio", "share") and finding.lower is not None:
        lines.append(Line(Text("Khoảng", "Range"), _arithmetic(finding)))
    threshold = leaf.threshold_on(finding.on)
    said = say_threshold(leaf, finding)
    if threshold is not None and said.vi:
        clause = f" ({threshold.clause})" if threshold.clause else ""
        lines.append(
            Line(
                Text("Ngưỡng", "Threshold"),
                Text(
                    f"{said.vi} từ {format_date(threshold.valid_from, 'vi')}{clause}",
                    f"{said.en} since {format_date(threshold.valid_from, 'en')}{clause}",
                ),
            )
        )
    if leaf.years > 1:
        years = _years(leaf, finding)
        lines.append(
            Line(
                Text("Năm xét", "Years looked at"),
                Text(
                    f"{years[0]}–{years[-1]}: năm nào cũng phải đạt",
                    f"{years[0]}–{years[-1]}: to be met in every one",
                ),
            )
        )
    if finding.from_aggregate:
        lines.append(
            Line(
                Text("Cách đếm", "How counted"),
                Text(
                    "theo tổng số khu công nghiệp khai, không có danh sách đầy đủ",
                    "from the totals the park reported, without a complete list",
                ),
            )
        )
    return tuple(lines)


def _arithmetic(finding: Finding) -> Text:
    """Return both bounds as fractions with their quotients."""

    def say(language: str, words: tuple[str, str]) -> str:
        low, high = finding.lower, finding.upper
        (n_low, n_high), (d_low, d_high) = (
            finding.numerator or (None, None),
            finding.denominator or (None, None),
        )
        first = _fraction(n_low, d_high, low, finding.threshold, language)
        last = _fraction(n_high, d_low, high, finding.threshold, language)
        if low == high:
            return first
        return f"{first} {words[0]}; {last} {words[1]}"

    return Text(
        say("vi", ("nếu chưa khai là không", "nếu là có")),
        say("en", ("if the unknown is no", "if it is yes")),
    )


def _fraction(
    top: float | None,
    bottom: float | None,
    value: float | None,
    threshold: float | None,
    language: str,
) -> str:
    """Return ``30/189 = 15,9 %``, the fraction only where it is the value.

    1997/10000 against 20 % is 19,97 %, not 20 %.
    """
    if value is None:
        return Text("không giới hạn", "unbounded").get(language)
    shown = round_beside(value * 100, None if threshold is None else threshold * 100)
    percent = f"{format_number(shown, language)}\u00a0%"
    if top is None or not bottom or abs(top / bottom - value) > 1e-9:
        return percent
    return f"{format_number(top, language)}/{format_number(bottom, language)} = {percent}"


def _years(leaf: Leaf, finding: Finding) -> list[int]:
    return list(range(finding.year - leaf.years + 1, finding.year + 1))


def _inputs(
    bundle: Bundle,
    leaf: Leaf,
    finding: Finding,
    options: Mapping[str, str],
    is_enterprise: bool,
    stated: Mapping[tuple[str, str, int, str], Stated] | None,
    origins: Mapping[int, Mapping[str, Origin]],
) -> tuple[TracedInput, ...]:
    if stated is None:
        return ()
    own, _ = leaf_columns(leaf, options)
    subject = ("", finding.subject) if is_enterprise else (finding.subject, "")
    found = []
    for code in own:
        item = bundle.items.get(code)
        if item is None:
            continue
        for year in reversed(_years(leaf, finding)):
            said = stated.get((*subject, year, code))
            origin = None
            if said is not None:
                of_record = origins.get(said.seq, {})
                origin = of_record.get(code) or of_record.get("")
            found.append(
                TracedInput(
                    item=code,
                    name=item.name,
                    unit=item.unit,
                    value=say_reported(item, said.value, said.qualifier, said.absence)
                    if said
                    else say_reported(item, None),
                    year=year,
                    said_year=said.year if said else None,
                    origin=origin,
                    note=ABOUT_NOTE if said and said.qualifier == "about" else None,
                )
            )
    return tuple(found)


def _readings(
    bundle: Bundle,
    framework: Framework,
    leaf: Leaf,
    finding: Finding,
    facts: Facts,
    options: Mapping[str, str],
) -> tuple[Reading, ...]:
    """Return the options of the leaf; of each reading what would be found under it."""
    formulas: Sequence[Formula | None] = (leaf.numerator, leaf.denominator)
    names = dict.fromkeys(f.option for f in formulas if f is not None and f.option)
    alone = _only(framework, leaf)
    asked = [Asked(finding.subject, finding.on, finding.year)]
    readings = []
    for name in names:
        option = bundle.options[name]
        results = []
        for choice in option.choices:
            other = dict(options) | {name: choice.code}
            found = finding
            if options.get(name) != choice.code:
                found = to_findings(assess(alone, facts, asked, other, bundle.items))[0]
            results.append(
                OtherReading(
                    choice.name,
                    options.get(name) == choice.code,
                    found.status,
                    Text(say_value(leaf, found, "vi"), say_value(leaf, found, "en")),
                )
            )
        readings.append(Reading(name, option.title, option.clause, tuple(results)))
    return tuple(readings)


def _only(framework: Framework, leaf: Leaf) -> Framework:
    return replace(framework, leaves=(leaf,))


def _rule(framework: Framework, leaf: Leaf) -> Text:
    checked = Text("đã đối chiếu văn bản", "checked against the text")
    unchecked = Text("chưa đối chiếu văn bản", "not yet checked against the text")
    state = checked if leaf.verified else unchecked
    clause = Text(say_clause(leaf.clause, "vi"), say_clause(leaf.clause, "en"))
    # Most sources begin with what is said here anyway.
    rest = leaf.source.removeprefix(f"{framework.instrument.vi}, {clause.vi}").lstrip("; ")
    source = f" · {rest}" if rest else ""
    return Text(
        f"{framework.instrument.vi}, {clause.vi}{source} · {state.vi}",
        f"{framework.instrument.en}, {clause.en}{source} · {state.en}",
    )
