"""``sinhthai appraise``: what the measures of a workbook are worth, and what a tonne costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, read_bytes, show, tell
from sinhthai.foundation.console.messages import needs_file, not_in_range, not_one_of
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold

if TYPE_CHECKING:
    from sinhthai.finance.documents.appraisal import Answer

FORMATS = ("table", "json", "xlsx", "pdf", "svg", "png")
_PICTURES = ("svg", "png")
_ON_SCREEN = ("table", "json", "svg")
NOTHING_PAYS, BAD_INPUT = 1, 2
_MOST_DRAWS = 1_000_000


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("appraise")(appraise)


def appraise(
    measures: Annotated[
        Path | None, typer.Argument(help="Workbook of measures and assumptions: .xlsx.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Write a workbook to fill in, and stop.")
    ] = None,
    curve: Annotated[
        Path | None, typer.Option(help="Draw the abatement curve: .svg or .png.")
    ] = None,
    cash: Annotated[
        str, typer.Option(help="Name of a measure whose cash flow --format svg or png draws.")
    ] = "",
    draws: Annotated[int, typer.Option(help="Monte-Carlo draws; 0: none.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 1,
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx, pdf, svg or png.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Appraise measures: NPV, IRR, payback, savings, CO2e, abatement cost, risk.

    Exit code 0: some measure pays; 1: none does; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        if template is not None:
            _write_template(template, language)
            return
        if measures is None:
            raise InputError([_no_file()])
        chosen = _format(form, output, curve, draws)
        answer = _answer(measures, draws, seed)
        # All is made before anything is written: nothing is left half done.
        picture = _picture(answer, "", curve.suffix[1:].lower(), language) if curve else b""
        named = _measure(answer, cash) if cash else ""
        made = b"" if chosen == "table" else _document(answer, chosen, named, language)
        tell(answer.file.remarks, language)
        if curve is not None:
            put(picture, curve)
        if chosen == "table":
            from sinhthai.finance.documents.appraisal.as_table import print_answer

            show(lambda console: print_answer(console, answer, language), output)
        else:
            put(made, output)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if answer.study.totals.paying else NOTHING_PAYS)


def _format(form: str, output: Path | None, curve: Path | None, draws: int) -> str:
    chosen = chosen_format(form, output, FORMATS)
    if output is None and chosen not in _ON_SCREEN:
        import sys

        if sys.stdout.isatty():
            raise InputError([needs_file(chosen)])
    if curve is not None and curve.suffix[1:].lower() not in _PICTURES:
        raise InputError([not_one_of("--curve", curve.suffix, [f".{one}" for one in _PICTURES])])
    if not 0 <= draws <= _MOST_DRAWS:
        raise InputError([not_in_range("--draws", draws, 0, _MOST_DRAWS)])
    return chosen


def _write_template(path: Path, language: str) -> None:
    from sinhthai.finance.workbook import write_template

    if path.suffix.lower() != ".xlsx":
        raise InputError([not_one_of("--template", path.suffix, [".xlsx"])])
    put(write_template(language), path)


def _answer(path: Path, draws: int, seed: int) -> Answer:
    from sinhthai import __version__
    from sinhthai.factors.loading import load_factors
    from sinhthai.finance.documents.appraisal import Answer
    from sinhthai.finance.engine.study import study
    from sinhthai.finance.workbook import read_measures

    file = read_measures(read_bytes(path), path.name, load_factors())
    found = study(file.measures, file.scenario, spread=file.spread, draws=draws, seed=seed)
    return Answer(file, found, __version__)


def _document(answer: Answer, form: str, name: str, language: str) -> bytes:
    if form == "json":
        from sinhthai.finance.documents.appraisal.as_data import as_data

        return as_json(as_data(answer, language))
    if form in _PICTURES:
        return _picture(answer, name, form, language)
    if form == "xlsx":
        from sinhthai.finance.documents.appraisal.as_xlsx import to_xlsx

        return to_xlsx(answer, language)
    from sinhthai.finance.documents.appraisal.as_pdf import to_pdf

    return to_pdf(answer, language)


def _picture(answer: Answer, name: str, form: str, language: str) -> bytes:
    from sinhthai.finance.documents.appraisal import pictures

    svg = pictures.cash(answer, name, language) if name else pictures.curve(answer, language)
    return pictures.png(svg) if form == "png" else svg.encode()


def _measure(answer: Answer, said: str) -> str:
    """Return the name of the measure meant, however it is spelt.

    Raises
    ------
    InputError : there is none; the nearest are proposed.
    """
    import difflib

    names = {fold(r.measure.proposal.name): r.measure.proposal.name for r in answer.study.results}
    if fold(said) in names:
        return names[fold(said)]
    near = [names[one] for one in difflib.get_close_matches(fold(said), names, n=3, cutoff=0.4)]
    listed = "; ".join(near or list(names.values())[:3])
    raise InputError(
        [
            Problem(
                "appraise-no-measure",
                Text(f"Không có giải pháp “{said}”.", f"There is no measure “{said}”."),
                Text(f"Có phải: {listed}?", f"Did you mean: {listed}?"),
                Place("--cash"),
            )
        ]
    )


def _no_file() -> Problem:
    return Problem(
        "appraise-no-file",
        Text("Chưa nêu sổ giải pháp.", "No workbook of measures is named."),
        Text(
            "sinhthai appraise TEP.xlsx; tạo tệp mẫu bằng --template TEP.xlsx",
            "sinhthai appraise FILE.xlsx; make one with --template FILE.xlsx",
        ),
    )
