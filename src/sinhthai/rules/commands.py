"""``sinhthai rules``: list, show, check and compile the rules."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, BundleError, load_bundle
from sinhthai.rules.listing import families_table, items_table, leaves_table
from sinhthai.rules.model import Bundle
from sinhthai.rules.parts import check_parts, compile_parts
from sinhthai.rules.procedures import Procedures
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.rules.procedures_showing import procedures_table, show_holidays, show_procedure
from sinhthai.rules.showing import show_framework, show_item, show_leaf, show_option

_On = Annotated[
    str | None, typer.Option("--on", help="Day asked about, YYYY-MM-DD; today if none.")
]
_Lang = Annotated[str, typer.Option("--lang", help="vi or en.")]

_UNKNOWN = Text("Không có '{id}' trong bộ quy định.", "There is no '{id}' in the rules.")
_CLOSE = Text("Có phải: {ids}?", "Did you mean: {ids}?")
_SEE_LIST = Text("Xem danh sách: sinhthai rules list", "See the list: sinhthai rules list")
_BAD_DAY = Text(
    "'{day}' không phải là ngày; viết năm-tháng-ngày, ví dụ 2025-12-31.",
    "'{day}' is not a day; write year-month-day, for example 2025-12-31.",
)
_BAD_LANGUAGE = Text(
    "'{lang}' không phải là ngôn ngữ; viết vi hoặc en.",
    "'{lang}' is no language here; write vi or en.",
)
_TOO_EARLY = Text(
    "Ngày {day} chưa có quy định nào có hiệu lực; quy định đầu tiên từ {first}.",
    "No rule was in force on {day}; the first one starts on {first}.",
)
_STALE = Text(
    "{file} cũ hơn các tệp YAML; chạy: sinhthai rules compile",
    "{file} is older than the YAML files; run: sinhthai rules compile",
)
_NO_YEAR = Text(
    "Chưa có ngày nghỉ của năm {year}; có các năm {known}. "
    "Thêm vào holidays.yaml cùng văn bản quyết định.",
    "The days off of {year} are not known; those of {known} are. "
    "Add them to holidays.yaml with the decision that fixed them.",
)
_COUNT = Text("{errors} lỗi, {warnings} cảnh báo.", "{errors} errors, {warnings} warnings.")
_WRITTEN = Text("Đã ghi {file} ({hash}).", "Wrote {file} ({hash}).")
_SAME = Text("{file} đã đúng ({hash}).", "{file} is up to date ({hash}).")


def register(app: typer.Typer) -> None:
    """Add ``sinhthai rules`` to *app*."""
    rules = typer.Typer(help="Read, check and compile the rules.", no_args_is_help=True)
    rules.command("list")(list_rules)
    rules.command("show")(show_rule)
    rules.command("check")(check_rules)
    rules.command("compile")(compile_rules)
    rules.command("procedure")(show_one_procedure)
    rules.command("holidays")(show_days_off)
    app.add_typer(rules, name="rules")


def list_rules(
    on: _On = None,
    family: Annotated[str | None, typer.Option(help="Only the criteria of this family.")] = None,
    items: Annotated[bool, typer.Option("--items", help="List the dictionary of facts.")] = False,
    lang: _Lang = "vi",
) -> None:
    """List the frameworks in force, the criteria of one family, or the dictionary of facts."""
    language = _language(lang)
    bundle = _bundle(language)
    day = _day(on, language)
    console = _console()
    if items:
        console.print(items_table(bundle, language))
        return
    if family is None:
        _in_force_or_fail(bundle, day, language)
        console.print(families_table(bundle, day, language))
        return
    if family not in bundle.families:
        _unknown(family, list(bundle.families), language)
    framework = bundle.framework_on(family, day)
    if framework is None:
        first = min(f.valid_from for f in bundle.frameworks if f.family == family)
        _fail(_TOO_EARLY.format(day=day, first=first), language)
    console.print(leaves_table(framework, day, language))


def show_rule(
    rule: Annotated[
        str, typer.Argument(metavar="ID", help="A criterion, framework, family, item or option.")
    ],
    on: _On = None,
    lang: _Lang = "vi",
) -> None:
    """Show one rule: words, clause, formula, thresholds over time, readings, evidence, source."""
    language = _language(lang)
    bundle = _bundle(language)
    day = _day(on, language)
    console = _console()
    if rule in bundle.items:
        console.print(show_item(bundle, bundle.items[rule], language))
        return
    if rule in bundle.options:
        console.print(show_option(bundle.options[rule], language))
        return
    _in_force_or_fail(bundle, day, language)
    chosen = [f for f in bundle.frameworks if rule in (f.id, f.family)]
    if chosen:
        if rule in bundle.families:
            chosen = [f for f in chosen if f is bundle.framework_on(rule, day)]
            if not chosen:
                first = min(f.valid_from for f in bundle.frameworks if f.family == rule)
                _fail(_TOO_EARLY.format(day=day, first=first), language)
        console.print(show_framework(chosen[0], day, language))
        return
    family, _, name = rule.rpartition("/")
    holding = [
        framework
        for framework in bundle.frameworks
        if (not family or family in (framework.family, framework.id))
        and any(leaf.id.casefold() == name.casefold() for leaf in framework.leaves)
    ]
    if not holding:
        ids = [leaf.id for framework in bundle.frameworks for leaf in framework.leaves]
        frameworks = [framework.id for framework in bundle.frameworks]
        _unknown(rule, [*ids, *frameworks, *bundle.families, *bundle.items], language)
    for found in dict.fromkeys(framework.family for framework in holding):
        versions = [framework for framework in holding if framework.family == found]
        console.print(show_leaf(bundle, versions, name, day, language))


def check_rules(
    folder: Annotated[
        Path, typer.Argument(metavar="PATH", help="Folder of the YAML files.")
    ] = DATA,
    on: _On = None,
    lang: _Lang = "vi",
) -> None:
    """Say everything that is wrong with the rules: file, line, criterion, cure (exit code 1)."""
    language = _language(lang)
    day = _day(on, language)
    console = _console()
    good, problems = check_parts(folder, day)
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        console.print(problem.say(language), style=colour, markup=False)
    errors = sum(problem.severity == "error" for problem in problems)
    if problems:
        counted = _COUNT.format(errors=errors, warnings=len(problems) - errors)
        console.print(counted.get(language))
    if errors:
        raise typer.Exit(1)
    for _, read in good:
        console.print(read.said.get(language), markup=False)
    stale = [part for part, read in good if part.shipped_hash() != read.hash]
    if folder == DATA and stale:
        for part in stale:
            said = _STALE.format(file=part.target.name)
            console.print(said.get(language), style="red", markup=False)
        raise typer.Exit(1)


def compile_rules(lang: _Lang = "vi") -> None:
    """Rewrite the compiled JSON files from the YAML files."""
    language = _language(lang)
    try:
        written = compile_parts()
    except InputError as error:
        console = _console()
        for problem in error.problems:
            console.print(problem.say(language), style="red", markup=False)
        raise typer.Exit(1) from None
    for part, changed in written:
        said = (_WRITTEN if changed else _SAME).format(
            file=part.target.name, hash=part.load_hash()[:12]
        )
        _console().print(said.get(language), markup=False)


def show_one_procedure(
    procedure: Annotated[
        str | None, typer.Argument(metavar="ID", help="A procedure; all are listed if none.")
    ] = None,
    on: _On = None,
    lang: _Lang = "vi",
) -> None:
    """Show one procedure: bodies, steps, clocks, papers, clauses; or list them all."""
    language = _language(lang)
    day = _day(on, language)
    law = _procedures_or_fail(language)
    if procedure is None:
        _console().print(procedures_table(law, language))
        return
    ids = {one.id.casefold(): one for one in law.procedures}
    found = ids.get(procedure.casefold())
    if found is None:
        _unknown(procedure, [one.id for one in law.procedures], language)
    _console().print(show_procedure(law, found, day, language))


def show_days_off(
    year: Annotated[int, typer.Argument(help="A year, for example 2026.")],
    lang: _Lang = "vi",
) -> None:
    """Show the days off of a year, the days worked in exchange, and the decision."""
    language = _language(lang)
    law = _procedures_or_fail(language)
    found = law.holidays.get(year)
    if found is None:
        known = ", ".join(str(one) for one in law.holidays)
        _fail(_NO_YEAR.format(year=year, known=known), language)
    _console().print(show_holidays(found, language))


def _procedures_or_fail(language: str) -> Procedures:
    try:
        return load_procedures()
    except BundleError as error:
        _fail(Text(str(error), str(error)), language)


def _console() -> Console:
    """Return a console that never cuts a line: piped, it is as wide as what it prints."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(highlight=False, soft_wrap=True, width=10_000)
    return console


def _bundle(language: str) -> Bundle:
    try:
        return load_bundle()
    except BundleError as error:
        _fail(Text(str(error), str(error)), language)


def _language(lang: str) -> str:
    if lang not in ("vi", "en"):
        _fail(_BAD_LANGUAGE.format(lang=lang), "vi")
    return lang


def _day(text: str | None, language: str) -> dt.date:
    """Return the day asked for; the command line is the border where the clock may be read."""
    if text is None:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _fail(_BAD_DAY.format(day=text), language)


def _in_force_or_fail(bundle: Bundle, day: dt.date, language: str) -> None:
    first = min(framework.valid_from for framework in bundle.frameworks)
    if day < first:
        _fail(_TOO_EARLY.format(day=day, first=first), language)


def _unknown(asked: str, known: list[str], language: str) -> NoReturn:
    lowered = {one.casefold(): one for one in known}
    close = [lowered[one] for one in get_close_matches(asked.casefold(), lowered, n=4, cutoff=0.5)]
    cure = _CLOSE.format(ids=", ".join(close)) if close else _SEE_LIST
    said = _UNKNOWN.format(id=asked)
    _fail(Text(f"{said.vi} {cure.vi}", f"{said.en} {cure.en}"), language)


def _fail(message: Text, language: str) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        message.get(language), style="red", markup=False
    )
    raise typer.Exit(2)
