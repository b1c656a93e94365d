"""Ranked partners on a terminal of 100 columns: a table per offer, then why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.explain import reasons
from sinhthai.symbiosis.engine.matches import Matches
from sinhthai.symbiosis.engine.writing import LEGAL_STATUS, stream_rows

# The table says these already, or they are for whoever wants to know more.
_SAID_BRIEFLY = frozenset({"rule", "quality", "legal", "unknown", "estimated"})
_UNKNOWN = "?"
_MOST_WITHOUT = 20
_NOTE = Text(
    "Máy tìm, người quyết định: điểm chỉ xếp thứ tự. “?” là chưa biết, không phải 0. "
    "Tiền và CO2 tính cho cả hai bên cộng lại, mỗi năm, sau xử lý và vận chuyển.",
    "Engines find, people decide: the score only ranks. “?” is unknown, not 0. Money and CO2 are "
    "for both sides together, a year, after treatment and transport.",
)


def print_matches(console: Console, found: Matches, why: str, language: str) -> None:
    """Print the partners of every offer; *why* is short, all or none."""
    if found.nothing is not None:
        nothing = Text("Không tìm thấy đối tác. ", "No partner was found. ").get(language)
        console.print(nothing + found.nothing.get(language), markup=False)
        return
    streams = stream_rows(found)
    rows = found.table.to_pylist()
    starts = [at for at, row in enumerate(rows) if at == 0 or rows[at - 1]["offer"] != row["offer"]]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        offer = streams[rows[start]["offer"]]
        console.print(Styled(_heading(offer, language), style="bold"))
        console.print(_table(rows[start:end], streams, language))
        if why != "none":
            for number in range(start, end):
                _print_reasons(console, found, number, rows[number]["rank"], why, language)
        console.print()
    _print_without(console, found, language)
    console.print(Styled(_NOTE.get(language), style="dim"))


def _print_without(console: Console, found: Matches, language: str) -> None:
    """Name the offers nobody was found for: their silence is an answer too."""
    matched = set(found.table["offer"].to_pylist())
    without = [
        f"{enterprise}: {name}"
        for stream, enterprise, name in zip(
            *(found.streams.offers[key].to_pylist() for key in ("id", "enterprise", "name")),
            strict=True,
        )
        if stream not in matched
    ]
    if not without:
        return
    shown = "; ".join(without[:_MOST_WITHOUT])
    more = len(without) - _MOST_WITHOUT
    if more > 0:
        shown += Text(f"; và {more} dòng nữa", f"; and {more} more").get(language)
    heading = Text("Chưa có đối tác nào cho: ", "No partner yet for: ").get(language)
    console.print(Styled(f"{heading}{shown}."))
    console.print()


def _heading(stream: Mapping[str, Any], language: str) -> str:
    parts = [stream["enterprise"], stream["name"]]
    if stream["quantity"] is not None:
        year = Text("năm", "year").get(language)
        amount = format_number(stream["quantity"], language, _digits(stream["quantity"]))
        parts.append(f"{amount} {unit_label(stream['unit'], language)}/{year}")
    if stream["estimated"]:
        parts.append(Text("ước tính", "estimated").get(language))
    return " · ".join(parts)


def _table(
    rows: Sequence[Mapping[str, Any]], streams: Mapping[str, Mapping[str, Any]], language: str
) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, padding=(0, 1, 0, 0))
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(Text("Bên nhận · cần", "Receiver · needs").get(language), ratio=1)
    for name in (
        Text("Điểm", "Score"),
        Text("km", "km"),
        Text("Đáp\nứng", "Covers"),
        Text("tr.đ\n/năm", "M VND\n/year"),
        Text("t CO2\n/năm", "t CO2\n/year"),
    ):
        table.add_column(name.get(language), justify="right", no_wrap=True)
    table.add_column(Text("Pháp lý", "Law").get(language), no_wrap=True)
    for row in rows:
        need = streams[row["need"]]
        partner = f"{need['enterprise']} · {need['name']}"
        if row["estimated"]:
            partner += " " + Text("(ước tính)", "(estimated)").get(language)
        table.add_row(
            str(row["rank"]),
            escape(partner),
            format_number(row["score"], language, 2),
            format_number(row["distance_m"] / 1000, language, 1),
            _number(_times(row["coverage"], 100), language, " %"),
            _number(_times(row["value_vnd"], 1e-6), language),
            _number(row["co2_t"], language),
            LEGAL_STATUS[row["legal_status"]].get(language),
            style="red" if row["forbidden"] else "",
        )
    return table


def _print_reasons(
    console: Console, found: Matches, number: int, rank: int, why: str, language: str
) -> None:
    said = [
        reason.text.get(language)
        for reason in reasons(found, number)
        if why == "all" or reason.topic in _SAID_BRIEFLY
    ]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", width=3)
    grid.add_column()
    for at, line in enumerate(said):
        grid.add_row("" if at else f"{rank}.", Styled(line))
    console.print(Padding(grid, (0, 0, 0, 1)), style="dim" if why == "short" else "")


def _number(value: float | None, language: str, unit: str = "") -> str:
    if value is None:
        return _UNKNOWN
    return format_number(value, language, _digits(value)) + unit


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _digits(value: float) -> int:
    return 0 if abs(value) >= 10 or value == 0 else 1
