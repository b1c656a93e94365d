"""The verbs of this slice on the command line: workbook, import, values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.accounts.models import User
    from sinhthai.foundation.problems import Problem
    from sinhthai.registry.models import Park
    from sinhthai.reporting.models import Batch

Lang = Annotated[str, typer.Option("--lang", help="vi or en")]
BAD_INPUT = 2


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    app.command("workbook")(workbook)
    app.command("import")(import_workbook)
    app.command("values")(values)


def workbook(
    park: Annotated[str, typer.Argument(help="Code of the park, e.g. hiep-phuoc.")],
    year: Annotated[int, typer.Option(help="Year to report.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it.")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Write the pre-filled bilingual workbook of a park and year."""
    _setup()
    from django.utils import timezone

    from sinhthai.foundation.problems import InputError
    from sinhthai.reporting.actions.values import check_year
    from sinhthai.reporting.engine.workbook import write_workbook
    from sinhthai.reporting.workbooks import workbook_name, workbook_spec

    found, at = _park(park, lang), timezone.now()
    try:
        check_year(year, at=at)
    except InputError as error:
        _tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    spec = workbook_spec(found, year, at=at)
    target = output or Path(workbook_name(found, year))
    target.write_bytes(write_workbook(spec))
    typer.echo(f"{target} · {found.name_vi} · {year}")


def import_workbook(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A filled-in workbook.")
    ],
    username: Annotated[str, typer.Option("--as", help="Who reports: a user name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the preview.")] = False,
    take_conflicts: Annotated[
        bool,
        typer.Option("--take-conflicts", help="Take the file's value where the store moved on."),
    ] = False,
    annotated: Annotated[
        Path | None, typer.Option(help="Write a copy with the errors as comments.")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Preview a filled-in workbook and apply it; exit code 2 when something is wrong in it."""
    _setup()
    from django.utils import timezone
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from sinhthai.foundation.problems import InputError
    from sinhthai.reporting import actions
    from sinhthai.reporting.preview import from_json

    user = _user(username, lang)
    content = file.read_bytes()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    try:
        with Progress(*columns, transient=True) as progress:
            progress.add_task(
                Text("Đọc và kiểm tra sổ …", "Reading and checking …").get(lang), total=None
            )
            park, year = _of(content, file.name, lang)
            batch = actions.upload_workbook(
                user=user, park=park, year=year, file_name=file.name, content=content,
                at=timezone.now(),
            )  # fmt: skip
        _show(batch, lang)
        problems = [from_json(kept) for kept in batch.problems]
        _tell(problems, lang)
        if annotated is not None and problems:
            _write_copy(annotated, content, problems, lang)
        if dry_run:
            actions.discard_batch(user=user, batch=batch, at=timezone.now())
            raise typer.Exit(BAD_INPUT if batch.counts["refused"] else 0)
        with Progress(*columns, transient=True) as progress:
            progress.add_task(Text("Ghi …", "Recording …").get(lang), total=None)
            actions.apply_batch(
                user=user, batch=batch, at=timezone.now(), take_conflicts=take_conflicts
            )
    except InputError as error:
        _tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    typer.echo(
        Text(f"Đã áp dụng lần nhập số {batch.pk}.", f"Applied import no. {batch.pk}.").get(lang)
    )


def values(
    park: Annotated[str, typer.Argument(help="Code of the park.")],
    year: Annotated[int, typer.Option(help="Year of the report.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A file ending in .xlsx or .csv.")],
    lang: Lang = "vi",
) -> None:
    """Write every value that counts for a year as one list."""
    _setup()
    from sinhthai.foundation.tables import MEDIA_TYPES
    from sinhthai.reporting.exports import values_file

    fmt = output.suffix.lstrip(".").lower()
    if fmt not in MEDIA_TYPES:
        _stop(
            Text("Chọn tên tệp .xlsx hoặc .csv.", "Choose a file name in .xlsx or .csv.").get(lang)
        )
    output.write_bytes(values_file(_park(park, lang), year, fmt=fmt, language=lang))
    typer.echo(str(output))


def _setup() -> None:
    import django

    django.setup()


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def _park(code: str, lang: str) -> Park:
    from sinhthai.foundation.problems import InputError
    from sinhthai.registry.readers import named_park

    try:
        return named_park(code)
    except InputError as error:
        _tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None


def _user(username: str, lang: str) -> User:
    from sinhthai.accounts.models import User

    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        _stop(
            Text(f"Không có người dùng “{username}”.", f"There is no user “{username}”.").get(lang)
        )
    return found


def _of(content: bytes, name: str, lang: str) -> tuple[Park, int]:
    """Return the park and year a workbook says it is of."""
    from sinhthai.foundation.problems import InputError
    from sinhthai.reporting.engine.workbook import read_workbook
    from sinhthai.rules.bundle import load_bundle

    upload = read_workbook(content, load_bundle(), file_name=name)
    if not upload.park or upload.year is None:
        raise InputError(upload.problems)
    return _park(upload.park, lang), upload.year


def _show(batch: Batch, lang: str) -> None:
    """Print the counts and the first rows of the preview."""
    from rich.console import Console
    from rich.table import Table

    from sinhthai.reporting.preview import change_rows

    rows, total = change_rows(batch, kind="", page=1, language=lang)
    table = Table(title=f"{batch.file_name} · {batch.year}")
    for vi, en in (
        ("Loại", "Kind"), ("Đối tượng", "Subject"), ("Chỉ tiêu", "Item"),
        ("Đang lưu", "Stored"), ("Trong tệp", "In the file"), ("Ô", "Cell"),
    ):  # fmt: skip
        table.add_column(Text(vi, en).get(lang))
    for row in rows:
        subject = row.subject_name or batch.park.name_vi
        item = f"{row.item_name} ({row.unit})" if row.unit else row.item_name
        if row.year != batch.year:
            item = f"{row.year}: {item}"
        table.add_row(_KINDS[row.kind].get(lang), subject, item, row.stored, row.uploaded, row.cell)
    console = Console()
    if rows:
        console.print(table)
    if total > len(rows):
        console.print(
            Text(f"… và {total - len(rows)} dòng nữa", f"… {total - len(rows)} more").get(lang)
        )
    counts = batch.counts
    console.print(
        " · ".join(f"{name.get(lang)}: {counts.get(kind, 0)}" for kind, name in _KINDS.items())
    )


_KINDS = {
    "new": Text("mới", "new"),
    "changed": Text("thay đổi", "changed"),
    "conflict": Text("xung đột", "in conflict"),
    "refused": Text("không nhận", "refused"),
    "same": Text("như cũ", "unchanged"),
    "kept": Text("giữ giá trị mới hơn", "newer value kept"),
    "cleared": Text("để trống", "left blank"),
}


def _tell(problems: tuple[Problem, ...] | list[Problem], lang: str) -> None:
    for problem in problems:
        typer.echo(problem.say(lang), err=True)


def _write_copy(target: Path, content: bytes, problems: list[Problem], lang: str) -> None:
    from sinhthai.reporting.engine.workbook import annotate
    from sinhthai.rules.bundle import load_bundle

    items = load_bundle().items.values()
    target.write_bytes(annotate(content, problems, items=items, language=lang))
    typer.echo(str(target))
