"""``sinhthai board-report``: the periodic report of a Management Board as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sinhthai.foundation.text import Text

BAD_INPUT = 2
_NO_PROVINCE = Text(
    "Không có tỉnh, thành phố nào hiện nay mang mã “{code}”.",
    "No province of today has the code “{code}”.",
)
_NO_PERIOD = Text(
    "“{period}” không phải kỳ báo cáo; ghi 2026-Q3 hoặc 2026.",
    "“{period}” is no period; write 2026-Q3 or 2026.",
)
_NOT_ENDED = Text(
    "Kỳ {period} chưa kết thúc: số liệu còn thay đổi.",
    "{period} has not ended: the figures still move.",
)


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
    app.command("board-report")(board_report)


def board_report(
    province: Annotated[str, typer.Argument(help="Code of the province of today, e.g. 31.")],
    period: Annotated[str, typer.Option(help="2026-Q3 for a quarter, 2026 for a year.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it (.xlsx).")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="vi or en")] = "vi",
) -> None:
    """Fill the quarterly or yearly report of a Management Board from the records."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.certification.engine.clocks import legal_day
    from sinhthai.supervision.engine.obligations import period_named
    from sinhthai.supervision.readers.board import provinces_named
    from sinhthai.supervision.readers.board_report import board_figures
    from sinhthai.supervision.workbooks.board import write_board_report

    found = provinces_named([province])
    if not found:
        _stop(_NO_PROVINCE.format(code=province), lang)
    asked = period_named(period)
    if asked is None:
        _stop(_NO_PERIOD.format(period=period), lang)
    at = timezone.now()
    figures = board_figures(found[0].code, found[0].name, asked)
    target = output or Path(f"board-{found[0].code}-{asked.code}.xlsx")
    target.write_bytes(write_board_report(figures, made_at=at, language=lang))
    typer.echo(f"{target} · {found[0].name} · {asked.name.get(lang)}")
    for name, number in figures.counts:
        typer.echo(f"  {name.get(lang)}: {number}")
    if asked.last >= legal_day(at):
        typer.echo(_NOT_ENDED.format(period=asked.name).get(lang), err=True)


def _stop(message: Text, lang: str) -> NoReturn:
    typer.echo(message.get(lang), err=True)
    raise typer.Exit(BAD_INPUT)
