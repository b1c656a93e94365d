"""``sinhthai rules``: list, show, check and compile the rules."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import BUNDLE, DATA, BundleError, load_bundle
from sinhthai.rules.check import overdue
from sinhthai.rules.compile import compile_bundle, write_bundle
from sinhthai.rules.forms import FORMS, Forms, load_forms
from sinhthai.rules.forms_files import FILE as FORMS_FILE
from sinhthai.rules.forms_files import compile_forms, write_forms
from sinhthai.rules.listing import families_table, items_table, leaves_table
from sinhthai.rules.model import Bundle
from sinhthai.rules.showing import show_framework, show_item, show_leaf, show_option
from sinhthai.rules.waste_law import LAW, WasteLaw, load_waste_law
from sinhthai.rules.waste_law_files import FILE as WASTE_LAW_FILE
from sinhthai.rules.waste_law_files import (
    compile_waste_law,
    overdue_waste_law,
    write_waste_law,
)

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
_GOOD = Text(
    "Quy định {version}: {frameworks} bộ tiêu chí, {leaves} tiêu chí, {items} mục số liệu, "
    "không lỗi.",
    "Rules {version}: {frameworks} frameworks, {leaves} criteria, {items} items, no problem.",
)
_GOOD_LAW = Text(
    "Luật về chất thải: {rules} quy định, {papers} giấy tờ, không thiếu, không chồng chéo.",
    "Waste law: {rules} rules, {papers} papers, no gap and no overlap.",
)
_GOOD_FORMS = Text(
    "Mẫu báo cáo năm: {forms} mẫu, {fields} trường, không thiếu mục nào của từ điển.",
    "Yearly forms: {forms} forms, {fields} fields, no item of the dictionary left out.",
)
_STALE_FORMS = Text(
    "forms.json cũ hơn forms.yaml; chạy: sinhthai rules compile",
    "forms.json is older than forms.yaml; run: sinhthai rules compile",
)
_STALE = Text(
    "bundle.json, waste-law.json cũ hơn các tệp YAML; chạy: sinhthai rules compile",
    "bundle.json or waste-law.json is older than the YAML files; run: sinhthai rules compile",
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
    try:
        bundle = compile_bundle(folder)
        problems = overdue(bundle, day)
    except InputError as error:
        bundle, problems = None, list(error.problems)
    law, more = _waste_law(folder, day)
    problems += more
    forms, more = _forms(folder)
    problems += more
    for problem in problems:
        colour = "red" if problem.severity == "error" else "yellow"
        console.print(problem.say(language), style=colour, markup=False)
    errors = sum(problem.severity == "error" for problem in problems)
    if problems:
        counted = _COUNT.format(errors=errors, warnings=len(problems) - errors)
        console.print(counted.get(language))
    if bundle is None or errors:
        raise typer.Exit(1)
    good = _GOOD.format(
        version=bundle.version,
        frameworks=len(bundle.frameworks),
        leaves=sum(len(framework.leaves) for framework in bundle.frameworks),
        items=len(bundle.items),
    )
    console.print(good.get(language), markup=False)
    if law is not None:
        said = _GOOD_LAW.format(rules=len(law.rules), papers=len(law.papers))
        console.print(said.get(language), markup=False)
    if forms is not None:
        fields = sum(len(form.fields) for form in forms.forms.values())
        said = _GOOD_FORMS.format(forms=len(forms.forms), fields=fields)
        console.print(said.get(language), markup=False)
    if folder == DATA and _shipped_forms_are_stale(forms):
        console.print(_STALE_FORMS.get(language), style="red", markup=False)
        raise typer.Exit(1)
    if folder == DATA and (_shipped_hash() != bundle.hash or _shipped_law_is_stale(law)):
        console.print(_STALE.get(language), style="red", markup=False)
        raise typer.Exit(1)


def compile_rules(lang: _Lang = "vi") -> None:
    """Rewrite bundle.json, waste-law.json and forms.json from the YAML files."""
    language = _language(lang)
    try:
        changed = write_bundle()
        law_changed = write_waste_law()
        load_bundle.cache_clear()  # the forms are checked against the items just compiled
        forms_changed = write_forms()
    except InputError as error:
        console = _console()
        for problem in error.problems:
            console.print(problem.say(language), style="red", markup=False)
        raise typer.Exit(1) from None
    load_bundle.cache_clear()
    load_waste_law.cache_clear()
    load_forms.cache_clear()
    written = (
        (changed, BUNDLE.name, load_bundle().hash),
        (law_changed, LAW.name, load_waste_law().hash),
        (forms_changed, FORMS.name, load_forms().hash),
    )
    for new, name, found in written:
        said = (_WRITTEN if new else _SAME).format(file=name, hash=found[:12])
        _console().print(said.get(language), markup=False)


def _waste_law(folder: Path, day: dt.date) -> tuple[WasteLaw | None, list[Problem]]:
    """Return the waste law of *folder* and what is wrong with it; nothing where there is none."""
    if not (folder / WASTE_LAW_FILE).exists():
        return None, []
    try:
        law = compile_waste_law(folder)
    except InputError as error:
        return None, list(error.problems)
    return law, overdue_waste_law(law, day)


def _forms(folder: Path) -> tuple[Forms | None, list[Problem]]:
    """Return the yearly forms of *folder* and what is wrong with them; nothing without any."""
    if not (folder / FORMS_FILE).exists():
        return None, []
    try:
        return compile_forms(folder), []
    except InputError as error:
        return None, list(error.problems)


def _shipped_forms_are_stale(forms: Forms | None) -> bool:
    try:
        return forms is None or load_forms().hash != forms.hash
    except BundleError:
        return True


def _shipped_law_is_stale(law: WasteLaw | None) -> bool:
    try:
        return law is None or load_waste_law().hash != law.hash
    except BundleError:
        return True


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


def _shipped_hash() -> str:
    try:
        return load_bundle().hash
    except BundleError:
        return ""


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
