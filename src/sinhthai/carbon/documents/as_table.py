"""An inventory in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.carbon.documents import words
from sinhthai.carbon.documents.report import Park, Report, Study
from sinhthai.carbon.documents.words import tonnes
from sinhthai.carbon.engine.groups import Sum
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

_FEW = 3  # reports printed whole
_LINES = 8  # lines named in a remark


def print_study(console: Console, study: Study, language: str, *, trace: bool = False) -> None:
    """Print *study*: whole where it is one to three reports, else the totals of each."""
    console.print(Styled(words.TITLE.get(language), style="bold"))
    if len(study.reports) <= _FEW and not study.parks:
        for report in study.reports:
            _print_report(console, report, study, language, trace=trace)
    else:
        _print_totals(console, study, language)
    for park in study.parks:
        console.print()
        title = words.PARK.format(park=park.report.subject)
        console.print(Styled(f"{title.get(language)} · {park.report.year}", style="bold"))
        _print_scopes(console, park.report, language)
        _print_sources(console, park.report, study, language)
        _print_apart(console, park.report, language)
        _print_left_out(console, park, language)
    console.print()
    for label, said in words.pins(study, language):
        console.print(Styled(f"{label}: {said}", style="dim"))
    console.print(Styled(words.WHO_DECIDES.get(language), style="dim"))


def _print_report(
    console: Console, report: Report, study: Study, language: str, *, trace: bool
) -> None:
    console.print()
    console.print(Styled(words.name_of(report), style="bold"))
    _print_scopes(console, report, language)
    if report.spread is not None:
        spread = report.spread
        label = words.MONTE_CARLO.format(draws=study.settings.draws, seed=study.settings.seed)
        low, middle, high = (
            tonnes(value, language) for value in (spread.p2_5_t, spread.mean_t, spread.p97_5_t)
        )
        console.print(
            f"{label.get(language)}: {words.MEAN.get(language)} {middle} ({low} – {high}) t CO2e"
        )
    _print_sources(console, report, study, language)
    _print_gases(console, report, language)
    _print_apart(console, report, language)
    _print_duty(console, report, language)
    if trace:
        _print_trace(console, report, study, language)
    _print_remarks(console, report, language)


def _print_scopes(console: Console, report: Report, language: str) -> None:
    rows = _table(["", "t CO2e", words.INTERVAL.get(language)])
    for scope in (1, 2, None, 3):
        total = report.scopes.get(scope)
        if total is None:
            continue
        name = words.SCOPE_NAMES[scope].get(language)
        rows.add_row(name, *_said(total, language), style="bold" if scope is None else "")
    console.print(rows)


def _print_sources(console: Console, report: Report, study: Study, language: str) -> None:
    rows = _table(
        [words.BY_SOURCE.get(language), "t CO2e", words.INTERVAL.get(language), "%"],
    )
    whole = report.headline.known_t
    for source, total in report.sources.items():
        name = words.source_name(source, study.factors).get(language)
        is_part = source[0] != 3 and whole
        share = format_number(100 * total.known_t / whole, language, 1) if is_part else ""
        label = f"{words.SHORT_SCOPES[source[0]].get(language)} · {escape(name)}"
        rows.add_row(label, *_said(total, language), share)
    console.print(rows)


def _print_gases(console: Console, report: Report, language: str) -> None:
    rows = _table([words.BY_GAS.get(language), "t CO2e", words.INTERVAL.get(language)])
    for gas, total in report.gases.items():
        rows.add_row(gas, *_said(total, language))
    console.print(rows)


def _print_apart(console: Console, report: Report, language: str) -> None:
    rows = _table([words.APART.get(language), "t", "t CO2e"])
    for one in (*([report.biogenic] if report.biogenic else []), *report.outside):
        label = words.BIOGENIC if one is report.biogenic else words.MONTREAL.format(gas=one.gas)
        more = f" ({words.NOT_KNOWN.get(language)} {one.unknown})" if one.unknown else ""
        rows.add_row(
            label.get(language) + more, tonnes(one.mass_t, language), tonnes(one.co2e_t, language)
        )
    if rows.row_count:
        console.print(rows)


def _print_duty(console: Console, report: Report, language: str) -> None:
    duty = report.duty
    if duty is None:
        return
    console.print(
        Styled.assemble(
            (f"{words.DUTY.get(language)}: ", "bold"),
            (words.DUTIES[duty.outcome].get(language), "bold"),
            f" ({words.CLAUSE.get(language)})",
        )
    )
    rows = _table(["", words.FOUND.get(language), words.THRESHOLD.get(language), ""])
    for test in duty.tests:
        found = tonnes(test.low, language)
        if test.high > test.low:
            found = words.AT_LEAST.get(language).format(value=found)
        rows.add_row(
            test.name.get(language),
            f"{found} {test.unit}",
            f"{format_number(test.limit, language)} {test.unit}",
            words.DUTIES[test.outcome].get(language),
        )
    console.print(rows)
    console.print(Styled(words.DUTY_NOTE.get(language), style="dim"))


def _print_trace(console: Console, report: Report, study: Study, language: str) -> None:
    console.print(Styled(words.TRACE.get(language), style="bold"))
    for line in report.lines:
        mass = words.NOT_KNOWN.get(language) if line.mass_t is None else f"{line.mass_t:g} t"
        console.print(escape(f"{line.line} · {line.gas} {mass} = {line.formula.get(language)}"))
        for id_ in line.factors:
            console.print(Styled(f"    {factor_words(id_, study).get(language)}", style="dim"))


def factor_words(id_: str, study: Study) -> Text:
    """Return a factor with its value, source and whether it was verified."""
    factor = study.factors.by_id.get(id_)
    if factor is None:
        return Text(f"{id_}: {words.PLANT.vi}", f"{id_}: {words.PLANT.en}")
    seen = words.VERIFIED if factor.verified else words.NOT_VERIFIED
    said = f"{id_} = {factor.value:g} {factor.unit}: {factor.source}"
    return Text(f"{said} · {seen.vi}", f"{said} · {seen.en}")


def _print_remarks(console: Console, report: Report, language: str) -> None:
    if report.unknown:
        lines = ", ".join(report.unknown[:_LINES]) + ("…" if len(report.unknown) > _LINES else "")
        console.print(escape("! " + words.UNKNOWN_LINES.get(language).format(lines=lines)))
    if any(total.low_t < 0 <= total.known_t for total in report.sources.values()):
        console.print(escape(f"! {words.BELOW_ZERO.get(language)}"))
    for flag in report.flags:
        console.print(escape(f"! {flag.get(language)}"))


def _print_totals(console: Console, study: Study, language: str) -> None:
    rows = _table(
        [words.ENTERPRISE.get(language), words.YEAR.get(language),
         *(words.SHORT_SCOPES[scope].get(language) for scope in (1, 2)),
         words.SCOPE_NAMES[None].get(language), words.INTERVAL.get(language),
         words.DUTY.get(language)],
    )  # fmt: skip
    nothing = Sum(0.0, 0.0, 0.0, 0)
    for report in study.reports:
        first, second = (report.scopes.get(scope, nothing) for scope in (1, 2))
        outcome = report.duty.outcome if report.duty else "undetermined"
        rows.add_row(
            escape(report.subject), str(report.year), _said(first, language)[0],
            _said(second, language)[0], *_said(report.headline, language),
            words.DUTIES[outcome].get(language),
        )  # fmt: skip
    console.print(rows)
    if len(study.reports) > _FEW:
        console.print(Styled(words.MANY.get(language).format(count=len(study.reports)), "dim"))


def _print_left_out(console: Console, park: Park, language: str) -> None:
    for told, activities in ((words.INSIDE, park.inside), (words.UNMATCHED, park.unmatched)):
        if activities:
            named = [f"{one.subject} {one.line}" for one in activities]
            lines = ", ".join(named[:_LINES]) + ("…" if len(named) > _LINES else "")
            said = told.get(language).format(count=len(named), lines=lines)
            console.print(escape(f"! {said}"))


def _said(total: Sum, language: str) -> tuple[str, str]:
    """Return a sum and its interval; of one with an unknown part what is known of it."""
    known = tonnes(total.known_t, language)
    if total.unknown:
        return words.KNOWN_PART.get(language).format(known=known), ""
    low, high = tonnes(total.low_t, language), tonnes(total.high_t, language)
    return known, f"{low} – {high}"


def _table(headings: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="left" if at == 0 else "right")
    return table
