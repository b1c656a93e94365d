"""The verbs of the register on the command line: parks and enterprises, list, export, import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.foundation.problems import Problem
    from sinhthai.registry.engine.preview import Preview
    from sinhthai.registry.models import Park

BAD_INPUT = 2
Lang = Annotated[str, typer.Option("--lang", help="vi or en")]
Search = Annotated[str, typer.Option("--search", help="Words to find; diacritics not needed.")]
Format = Annotated[
    str | None, typer.Option("--format", help="xlsx, csv or geojson; else by the file's ending.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
Source = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The list to read.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
ParkCode = Annotated[str | None, typer.Option("--park", help="Code of one park.")]
FORMS = ("xlsx", "csv", "geojson")


def register(app: typer.Typer) -> None:
    """Add ``parks`` and ``enterprises`` to *app*."""
    parks = typer.Typer(help="The register of parks.", no_args_is_help=True)
    parks.command("list")(parks_list)
    parks.command("export")(parks_export)
    parks.command("import")(parks_import)
    app.add_typer(parks, name="parks")
    enterprises = typer.Typer(help="The enterprises of parks.", no_args_is_help=True)
    enterprises.command("list")(enterprises_list)
    enterprises.command("export")(enterprises_export)
    enterprises.command("import")(enterprises_import)
    app.add_typer(enterprises, name="enterprises")


def parks_list(
    search: Search = "",
    province: Annotated[str, typer.Option(help="Name or code, in the borders of --on.")] = "",
    on: Annotated[str, typer.Option("--on", help="Borders of this day (YYYY-MM-DD).")] = "",
    lang: Lang = "vi",
) -> None:
    """Print the parks, their provinces in the borders of a day, area and enterprises."""
    _setup()
    from sinhthai.foundation.numbers import format_number
    from sinhthai.registry import readers
    from sinhthai.registry.engine.territory import find_units, title_on

    day = _day(on, lang)
    units = find_units(province, on=day) if province else ()
    if province and not units:
        _stop(Text(f"không có tỉnh “{province}”", f"no province is called “{province}”").get(lang))
    code = units[0].code if units else ""
    rows = []
    for park in readers.find_parks(words=search, province=code, on=day):
        unit = readers.park_province_on(park, day)
        area = park.area_ha  # type: ignore[attr-defined]
        rows.append(
            (
                park.code,
                _mark(park, lang),
                title_on(unit, day).get(lang) if unit else "?",
                "—" if area is None else format_number(area, lang),
                str(park.enterprise_count),  # type: ignore[attr-defined]
            )
        )
    _table(
        [
            Text("Mã", "Code").get(lang),
            Text("Khu công nghiệp", "Park").get(lang),
            Text("Tỉnh, thành phố", "Province").get(lang),
            Text("Diện tích (ha)", "Area (ha)").get(lang),
            Text("Doanh nghiệp", "Enterprises").get(lang),
        ],
        rows,
        numbers=2,
    )


def parks_export(
    output: Output,
    search: Search = "",
    form: Format = None,
    lang: Lang = "vi",
) -> None:
    """Write the list of parks as Excel, CSV or GeoJSON."""
    chosen = _form(output, form, lang)
    _setup()
    from django.utils import timezone

    from sinhthai.registry import readers
    from sinhthai.registry.list_readers import export_parks

    today = timezone.localdate()
    rows = readers.find_parks(words=search, on=today)
    output.write_bytes(export_parks(rows, chosen, on=today, language=lang))
    typer.echo(str(output))


def parks_import(file: Source, dry_run: DryRun = False, lang: Lang = "vi") -> None:
    """Read a list of parks; exit code 2 and nothing written when a line is refused."""
    _setup()
    _import("parks", file, None, dry_run, lang)


def enterprises_list(park: ParkCode = None, search: Search = "", lang: Lang = "vi") -> None:
    """Print the enterprises of a park, or of all parks, with their status of today."""
    _setup()
    from django.utils import timezone

    from sinhthai.registry import readers
    from sinhthai.registry.engine.statuses import STATUS_NAMES

    rows = readers.find_enterprises(
        on=timezone.localdate(), park=_park(park, lang), words=search
    ).select_related("park")
    _table(
        [
            Text("Mã", "Code").get(lang),
            Text("Doanh nghiệp", "Enterprise").get(lang),
            Text("Khu", "Park").get(lang),
            "VSIC",
            Text("Tình trạng", "Status").get(lang),
            Text("Lao động", "Employees").get(lang),
        ],
        [
            (
                row.code,
                _mark(row, lang),
                row.park.code,
                row.vsic or "—",
                STATUS_NAMES[row.status].get(lang) if row.status else "?",
                "—" if row.employees is None else str(row.employees),
            )
            for row in rows
        ],
        numbers=1,
    )


def enterprises_export(
    output: Output, park: ParkCode = None, form: Format = None, lang: Lang = "vi"
) -> None:
    """Write the enterprises of a park, or of all parks, as Excel, CSV or GeoJSON."""
    chosen = _form(output, form, lang)
    _setup()
    from django.utils import timezone

    from sinhthai.registry import readers
    from sinhthai.registry.list_readers import export_enterprises

    today = timezone.localdate()
    rows = readers.find_enterprises(on=today, park=_park(park, lang))
    output.write_bytes(export_enterprises(rows, chosen, on=today, language=lang))
    typer.echo(str(output))


def enterprises_import(
    file: Source, park: ParkCode = None, dry_run: DryRun = False, lang: Lang = "vi"
) -> None:
    """Read a list of enterprises; exit code 2 and nothing written when a line is refused."""
    _setup()
    _import("enterprises", file, _park(park, lang), dry_run, lang)


def _import(kind: str, file: Path, park: Park | None, dry_run: bool, lang: str) -> None:
    from django.utils import timezone

    from sinhthai.foundation.problems import InputError
    from sinhthai.registry import actions

    try:
        preview = actions.import_list(
            kind,
            file_name=file.name,
            data=file.read_bytes(),
            at=timezone.now(),
            park=park,
            dry_run=dry_run,
        )
    except InputError as error:
        _tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    _show(preview, lang)
    if not preview.is_clean:
        typer.echo(Text("Không ghi gì.", "Nothing was written.").get(lang), err=True)
        raise typer.Exit(BAD_INPUT)
    if dry_run:
        typer.echo(Text("Chạy thử: không ghi gì.", "Dry run: nothing was written.").get(lang))


def _show(preview: Preview, lang: str) -> None:
    counts = preview.counts
    names = {
        "new": Text("mới", "new").get(lang),
        "changed": Text("thay đổi", "changed").get(lang),
        "same": Text("giữ nguyên", "same").get(lang),
        "refused": Text("bị từ chối", "refused").get(lang),
    }
    typer.echo(" · ".join(f"{counts[kind]} {name}" for kind, name in names.items()))
    _tell(preview.warnings, lang)
    for entry in preview.entries:
        _tell(entry.problems, lang)


def _tell(problems: tuple[Problem, ...], lang: str) -> None:
    for problem in problems:
        typer.echo(problem.say(lang), err=True)


def _form(output: Path, form: str | None, lang: str) -> str:
    chosen = (form or output.suffix.removeprefix(".")).lower()
    if chosen not in FORMS:
        _stop(Text("chọn xlsx, csv hoặc geojson", "choose xlsx, csv or geojson").get(lang))
    return chosen


def _park(code: str | None, lang: str) -> Park | None:
    from sinhthai.foundation.problems import InputError
    from sinhthai.registry import readers

    try:
        return readers.named_park(code) if code is not None else None
    except InputError as error:
        _tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None


def _day(text: str, lang: str) -> dt.date:
    from django.utils import timezone

    from sinhthai.foundation.numbers import NumberError, parse_date

    try:
        return parse_date(text) if text else timezone.localdate()
    except NumberError as error:
        _stop(f"{error.message.get(lang)} {error.cure.get(lang)}")


def _table(headings: list[str], rows: Sequence[tuple[str, ...]], *, numbers: int) -> None:
    """Print a table; the last *numbers* columns to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        right = at >= len(headings) - numbers
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _mark(row: Any, lang: str) -> str:
    name = row.name_en if lang.startswith("en") and row.name_en else row.name_vi
    return f"{name} *{Text('giả định', 'invented').get(lang)}*" if row.invented else str(name)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def _setup() -> None:
    import django

    django.setup()
