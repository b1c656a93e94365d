"""``sinhthai inventory``: what an enterprise or a park emits, from its workbook of activities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import (
    as_json,
    check_terminal,
    format_asked,
    put,
    read_bytes,
    show,
    tell,
)
from sinhthai.foundation.console.messages import not_in_range, not_one_of
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.carbon.documents.report import Study
    from sinhthai.carbon.engine.model import Settings

BAD_INPUT, UNKNOWN = 2, 1
_FORMATS = ("table", "json", "xlsx", "pdf", "svg", "png")
_GWP = ("AR4", "AR5", "AR6")
_POLICIES = ("national", "ipcc2006", "ipcc2019")
_MOST_DRAWS = 1_000_000


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("inventory")(inventory)


def inventory(
    file: Annotated[Path, typer.Argument(help="A workbook of activities (.xlsx).")],
    template: Annotated[
        bool, typer.Option("--template", help="Write an empty workbook to FILE instead.")
    ] = False,
    example: Annotated[
        bool, typer.Option("--example", help="With --template: filled with invented figures.")
    ] = False,
    year: Annotated[int | None, typer.Option(help="Only this year; else every year.")] = None,
    gwp: Annotated[str, typer.Option(help="Warming potentials: AR4, AR5 or AR6.")] = "AR5",
    policy: Annotated[
        str, typer.Option(help="Which factors come first: national, ipcc2006 or ipcc2019.")
    ] = "national",
    last_published: Annotated[
        bool,
        typer.Option("--last-published", help="Allow the last grid factor for a later year."),
    ] = False,
    park: Annotated[str, typer.Option(help="Sum this park without counting twice.")] = "",
    draws: Annotated[int, typer.Option(help="Monte-Carlo draws, such as 10000.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 1,
    trace: Annotated[
        bool, typer.Option("--trace", help="Print formula and factors of every line.")
    ] = False,
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx, pdf, svg or png.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Compute scopes 1, 2 and chosen 3 with intervals, and whether the law asks for a report.

    Exit code 0: everything is known; 1: something is unknown; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        if template:
            _write_template(output or file, language, filled=example)
            return
        chosen = format_asked(form, output)
        settings = _settings(gwp, policy, last_published, draws, seed, chosen, lang)
        check_terminal(chosen, output)
        if chosen in ("pdf", "png"):
            _check_file(chosen, output)
        study, warnings = _study(file, year, settings, park)
        tell(warnings, language)
        _write(study, chosen, output, language, trace=trace)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if study.is_known else UNKNOWN)


def _write_template(path: Path, language: str, *, filled: bool) -> None:
    from sinhthai.carbon.workbook import write_template
    from sinhthai.carbon.workbook.example import REMARK, example_activities
    from sinhthai.factors.loading import load_factors

    activities, remark = (example_activities(), REMARK) if filled else ((), None)
    content = write_template(load_factors(), language, activities=activities, remark=remark)
    put(content, path)


def _settings(
    gwp: str, policy: str, last_published: bool, draws: int, seed: int, form: str, lang: str
) -> Settings:
    from sinhthai.carbon.engine.model import Settings

    choices = (
        ("--gwp", gwp, _GWP),
        ("--policy", policy, _POLICIES),
        ("--format", form, _FORMATS),
        ("--lang", lang, ("vi", "en")),
    )
    problems = [not_one_of(*choice) for choice in choices if choice[1] not in choice[2]]
    if not 0 <= draws <= _MOST_DRAWS:
        problems.append(not_in_range("--draws", draws, 0, _MOST_DRAWS))
    if not 0 <= seed < 2**63:
        problems.append(not_in_range("--seed", seed, 0, 2**63 - 1))
    if problems:
        raise InputError(problems)
    return Settings(
        gwp=gwp,  # type: ignore[arg-type]
        policy=policy,  # type: ignore[arg-type]
        last_published=last_published,
        draws=draws,
        seed=seed,
    )


def _check_file(form: str, output: Path | None) -> None:
    """Refuse to put a paper or a picture on a terminal."""
    import sys

    from sinhthai.foundation.console.messages import needs_file

    if output is None and sys.stdout.isatty():
        raise InputError([needs_file(form)])


def _study(
    file: Path, year: int | None, settings: Settings, park: str
) -> tuple[Study, tuple[Problem, ...]]:
    import hashlib

    from sinhthai import __version__
    from sinhthai.carbon.documents.report import study
    from sinhthai.carbon.workbook import read_activities
    from sinhthai.carbon.workbook.placing import placed
    from sinhthai.factors.loading import load_factors

    content = read_bytes(file)
    factors = load_factors()
    reading = read_activities(content, file.name, factors, subject=file.stem, year=year)
    activities = [one for one in reading.activities if year in (None, one.year)]
    if not activities:
        raise InputError([_no_year(file, year, reading.years)])
    if park and not any(park in (one.subject, one.supplier) for one in activities):
        raise InputError([_no_park(park)])
    try:
        made = study(
            activities,
            factors,
            settings,
            park=park,
            engine=f"sinhthai {__version__}",
            file=file.name,
            sha256=hashlib.sha256(content).hexdigest(),
        )
    except InputError as error:
        raise InputError(_with_options(placed(error.problems, reading))) from None
    return made, reading.warnings


def _with_options(problems: list[Problem]) -> list[Problem]:
    """Return *problems*, with the option that allows the last published factor named."""
    from dataclasses import replace

    more = Text(" (--last-published)", " (--last-published)")
    return [
        replace(one, cure=Text(one.cure.vi + more.vi, one.cure.en + more.en))
        if one.code == "no-factor" and "published" in one.cure.en
        else one
        for one in problems
    ]


def _write(study: Study, form: str, output: Path | None, language: str, *, trace: bool) -> None:
    if form == "table":
        from sinhthai.carbon.documents.as_table import print_study

        show(lambda console: print_study(console, study, language, trace=trace), output)
    elif form == "json":
        from sinhthai.carbon.documents.as_data import as_data

        put(as_json(as_data(study, language)), output)
    elif form == "xlsx":
        from sinhthai.carbon.documents.as_xlsx import as_xlsx

        put(as_xlsx(study, language), output)
    elif form == "pdf":
        from sinhthai.carbon.documents.as_pdf import as_pdf

        put(as_pdf(study, language), output)
    elif form == "svg":
        from sinhthai.carbon.documents.as_picture import as_svg

        put(as_svg(study, language).encode(), output)
    else:
        from sinhthai.carbon.documents.as_picture import as_png

        put(as_png(study, language), output)


def _no_year(file: Path, year: int | None, years: tuple[int, ...]) -> Problem:
    found = ", ".join(str(one) for one in years)
    return Problem(
        "no-lines-of-year",
        Text(f"Không có dòng nào của năm {year}.", f"There is no line of {year}."),
        Text(f"Các năm trong sổ: {found}.", f"Years in the workbook: {found}."),
        Place(file.name),
    )


def _no_park(park: str) -> Problem:
    return Problem(
        "no-such-park",
        Text(
            f"Không dòng nào thuộc khu «{park}», cũng không dòng nào mua của khu này.",
            f"No line is of the park '{park}', and none is bought from it.",
        ),
        Text(
            "Ghi mã khu ở cột Doanh nghiệp (nguồn của khu) và cột Bên cung cấp.",
            "Write the park's code as the enterprise of its own sources, and as the supplier.",
        ),
        Place("--park"),
    )
