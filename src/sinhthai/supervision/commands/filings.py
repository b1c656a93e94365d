"""``sinhthai filing``: a yearly form of a park or an enterprise, filled in from the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.registry.models import Enterprise, Park
    from sinhthai.rules.forms import Form
    from sinhthai.supervision.engine.filling import Filled

BAD_INPUT = 2
_FORMATS = ("table", "xlsx", "docx", "pdf")
_UNKNOWN = Text(
    "Không có khu công nghiệp hay doanh nghiệp “{code}”. Xem mã: sinhthai parks list",
    "There is no park or enterprise “{code}”. See the codes: sinhthai parks list",
)
_NO_FORM = Text(
    "“{form}” không phải mẫu của đối tượng này; chọn {forms}.",
    "“{form}” is no form of this filer; choose {forms}.",
)
_NO_FORMAT = Text("“{fmt}” không có; chọn {formats}.", "There is no “{fmt}”; choose {formats}.")
_NO_YEAR = Text("Năm {year} nằm ngoài {first}–{last}.", "Year {year} is outside {first}–{last}.")
_NEEDS_FILE = Text("Thêm -o TÊN_TỆP.{fmt}", "Add -o FILE.{fmt}")
_MISSING = Text("Còn thiếu {n} trường bắt buộc.", "{n} required fields are missing.")
_COMPLETE = Text("Đủ các trường bắt buộc.", "Every required field is there.")


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
    app.command("filing")(filing)


def filing(
    filer: Annotated[str, typer.Argument(help="Code of the park, or of the enterprise.")],
    form: Annotated[str, typer.Argument(help="A.4 or A.5 of a park, B.4 or B.5 of an enterprise.")],
    year: Annotated[int, typer.Option(help="Report year N.")],
    fmt: Annotated[str, typer.Option("--format", help="table, xlsx, docx or pdf.")] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="vi or en")] = "vi",
) -> None:
    """Fill in a yearly form; exit code 1 when a required field is missing."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.certification.engine.clocks import legal_day
    from sinhthai.supervision import exports_filings
    from sinhthai.supervision.models import Filing
    from sinhthai.supervision.readers.filings import (
        FIRST_YEAR,
        fill_filing,
        fill_form,
        form_named,
    )

    if output is not None and fmt == "table":
        fmt = output.suffix.lstrip(".").lower() or fmt
    if fmt not in _FORMATS:
        _stop(_NO_FORMAT.format(fmt=fmt, formats=", ".join(_FORMATS)), lang)
    park, enterprise = _filer(filer, lang)
    found = form_named(form, of_enterprise=enterprise is not None)
    if found is None:
        asked = "B.4, B.5" if enterprise else "A.4, A.5"
        _stop(_NO_FORM.format(form=form, forms=asked), lang)
    at = timezone.now()
    if not FIRST_YEAR <= year <= legal_day(at).year:
        _stop(_NO_YEAR.format(year=year, first=FIRST_YEAR, last=legal_day(at).year), lang)
    kept = (
        Filing.objects.select_related("park__province_now", "park__operator", "enterprise")
        .filter(form=found.id, year=year, park=park, enterprise=enterprise)
        .first()
    )
    filled = fill_filing(kept) if kept else fill_form(found, year, park, enterprise, {})
    if fmt == "table":
        _show(found, filled, lang)
    else:
        if output is None:
            _stop(_NEEDS_FILE.format(fmt=fmt), lang)
        content = (
            exports_filings.filing_file(kept, fmt, at=at, language=lang)
            if kept
            else exports_filings.blank_file(
                found, year, park, enterprise, fmt, at=at, language=lang
            )
        )
        output.write_bytes(content)
        typer.echo(str(output))
    missing = len(filled.missing)
    said = _MISSING.format(n=missing) if missing else _COMPLETE
    typer.echo(said.get(lang), err=True)
    raise typer.Exit(1 if missing else 0)


def _filer(code: str, lang: str) -> tuple[Park, Enterprise | None]:
    from django.db.models import Q

    from sinhthai.registry.models import Enterprise, Park

    park = Park.objects.select_related("province_now", "operator").filter(code=code).first()
    if park is not None:
        return park, None
    enterprise = (
        Enterprise.objects.select_related("park__province_now", "park__operator")
        .filter(Q(code=code) | Q(tax_code=code))
        .first()
    )
    if enterprise is None:
        _stop(_UNKNOWN.format(code=code), lang)
    return enterprise.park, enterprise


def _show(form: Form, filled: Filled, lang: str) -> None:
    """Print the form as a table: field, answer, unit, where it comes from."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from sinhthai.supervision.engine.saying import say_content, say_origin, say_unit

    heads = (
        Text("Nội dung", "What is asked"), Text("Trả lời", "Answer"), Text("Đơn vị", "Unit"),
        Text("Nguồn", "Source"),
    )  # fmt: skip
    table = Table(title=f"{form.id} {filled.year} · {form.title.get(lang)}")
    for head in heads:
        table.add_column(head.get(lang))
    for block in form.blocks:
        table.add_row(f"[bold]{block.title.get(lang)}[/bold]")
        for field in form.of_block(block.id):
            answer = filled.answers[field.id]
            mark = " *" if field.required and answer.is_missing else ""
            table.add_row(
                f"  {field.title.get(lang)}{mark}",
                escape(say_content(field, answer.content(), lang)),
                say_unit(field, lang),
                escape(say_origin(answer, lang)),
            )
    console = Console(soft_wrap=True)
    if not console.is_terminal:
        console = Console(soft_wrap=True, width=220)
    console.print(table)


def _stop(message: Text, lang: str) -> NoReturn:
    typer.echo(message.get(lang), err=True)
    raise typer.Exit(BAD_INPUT)
