"""``sinhthai streams``: the streams of an enterprise in the store, as a named person.

Streams are private: every verb that touches the store names who acts, asks what they may, logs a
facilitator's look and writes the author of a change, as the pages do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sinhthai.foundation.console.files import tell
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.accounts.models import User
    from sinhthai.registry.models import Enterprise

NOTHING_FOUND, BAD_INPUT = 1, 2
FORMS = ("xlsx", "csv")
Lang = Annotated[str, typer.Option("--lang", help="vi or en.")]
Who = Annotated[str, typer.Option("--as", help="Who acts: a user name.")]
Code = Annotated[str, typer.Argument(metavar="ENTERPRISE", help="Code of an enterprise.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
_NO_USER = Text(
    "✕ --as: Không có người dùng “{name}”. → Xem tên: sinhthai users list.",
    "✕ --as: There is no user “{name}”. → See the names: sinhthai users list.",
)
_NOT_FOUND = Text(
    "✕ Không có doanh nghiệp “{code}”, hoặc người này không được phép. → Kiểm tra mã; hỏi người "
    "của doanh nghiệp hoặc người điều phối của khu.",
    "✕ There is no enterprise “{code}”, or this person may not. → Check the code; ask somebody of "
    "the enterprise, or the facilitator of its park.",
)
_NOTHING = Text("Chưa khai dòng vật chất nào.", "No stream is entered yet.")
_NOT_WRITTEN = Text("Không ghi gì.", "Nothing was written.")
_DRY = Text("Chạy thử: không ghi gì.", "Dry run: nothing was written.")


def register(app: typer.Typer) -> None:
    """Add ``streams`` to *app*."""
    streams = typer.Typer(
        help="Streams of an enterprise: list, export, load.",
        no_args_is_help=True,
    )
    streams.command("list")(list_streams)
    streams.command("export")(export)
    streams.command("import")(load)
    streams.command("template")(template)
    app.add_typer(streams, name="streams")


def list_streams(
    enterprise: Code,
    username: Who,
    search: Annotated[str, typer.Option("--search", help="Words; diacritics not needed.")] = "",
    lang: Lang = "vi",
) -> None:
    """Print the streams of an enterprise. Exit code 1 when there is none."""
    user, found = _asked(enterprise, username, lang)
    from django.utils.translation import override
    from rich.console import Console
    from rich.table import Table

    from sinhthai.foundation.numbers import format_number
    from sinhthai.symbiosis.readers.enterprise import StreamFilter, find_streams
    from sinhthai.symbiosis.readers.wording import say_stream

    rows = list(find_streams(found, StreamFilter(words=search)))
    _look(user, found, [row.stream_id for row in rows])
    if not rows:
        typer.echo(_NOTHING.get(lang), err=True)
        raise typer.Exit(NOTHING_FOUND)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, side in (
        (Text("Số", "No."), "right"), (Text("Chiều", "Direction"), "left"),
        (Text("Dòng", "Stream"), "left"), (Text("Vật chất", "Material"), "left"),
        (Text("Lượng mỗi năm", "Quantity a year"), "right"), (Text("Nguồn", "From"), "left"),
    ):  # fmt: skip
        table.add_column(heading.get(lang), justify="right" if side == "right" else "left")
    with override(lang):
        for said in (say_stream(row, lang) for row in rows):
            amount = "—" if said.quantity is None else format_number(said.quantity, lang)
            material = said.material_name.get(lang) if said.material_name else "?"
            table.add_row(
                str(said.pk), said.direction, said.name, material,
                f"{amount} {said.unit}", said.origin_name,
            )  # fmt: skip
    Console().print(table)


def export(
    enterprise: Code,
    username: Who,
    output: Output,
    lang: Lang = "vi",
) -> None:
    """Write the streams of an enterprise as Excel or CSV, ready to be loaded again."""
    form = output.suffix.removeprefix(".").lower()
    if form not in FORMS:
        _stop(Text("Chọn tệp .xlsx hoặc .csv.", "Choose a .xlsx or .csv file.").get(lang))
    user, found = _asked(enterprise, username, lang)
    from sinhthai.symbiosis.exports import streams_file
    from sinhthai.symbiosis.readers.enterprise import StreamFilter, find_streams

    rows = list(find_streams(found, StreamFilter()))
    _look(user, found, [row.stream_id for row in rows])
    output.write_bytes(streams_file(found, rows, fmt=form, language=lang))
    typer.echo(str(output))


def load(
    enterprise: Code,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The list to read.")],
    username: Who,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    lang: Lang = "vi",
) -> None:
    """Load a list of streams whole or not at all; exit code 2 when a line is refused."""
    user, found = _asked(enterprise, username, lang, write=True)
    from django.utils import timezone

    from sinhthai.symbiosis.actions.imports import import_list

    try:
        preview = import_list(
            found,
            file_name=file.name,
            data=file.read_bytes(),
            by=user,
            at=timezone.now(),
            dry_run=dry_run,
        )
    except InputError as error:
        tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    names = {
        "new": Text("mới", "new"),
        "changed": Text("thay đổi", "changed"),
        "same": Text("giữ nguyên", "same"),
        "refused": Text("bị từ chối", "refused"),
    }
    counts = preview.counts
    typer.echo(" · ".join(f"{counts[kind]} {name.get(lang)}" for kind, name in names.items()))
    tell(preview.warnings, lang)
    tell(preview.errors, lang)
    if not preview.is_clean:
        typer.echo(_NOT_WRITTEN.get(lang), err=True)
        raise typer.Exit(BAD_INPUT)
    if dry_run:
        typer.echo(_DRY.get(lang))


def template(output: Output, lang: Lang = "vi") -> None:
    """Write the empty Excel template of a list of streams; needs no store."""
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.stream_template import write_stream_template

    output.write_bytes(write_stream_template(lang, load_knowledge(), ()))
    typer.echo(str(output))


def _asked(code: str, username: str, lang: str, *, write: bool = False) -> tuple[User, Enterprise]:
    """Return who acts and the enterprise, if they may; else stop with exit code 2."""
    import django

    django.setup()
    from django.http import Http404

    from sinhthai.accounts.models import User
    from sinhthai.symbiosis.policy import enterprise_with_streams

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        _stop(_NO_USER.format(name=username).get(lang))
    try:
        return user, enterprise_with_streams(user, code, write=write)
    except Http404:
        _stop(_NOT_FOUND.format(code=code).get(lang))


def _look(user: User, enterprise: Enterprise, streams: list[int]) -> None:
    from django.utils import timezone

    from sinhthai.symbiosis import policy

    if policy.standing_with(user, enterprise) == "facilitator":
        policy.log_looks(user, streams, "facilitator", "export", timezone.now())


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)
