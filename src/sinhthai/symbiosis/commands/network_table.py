"""A design in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.commands.network_workbook import SUMMARY
from sinhthai.symbiosis.commands.tables import table_of
from sinhthai.symbiosis.engine.network.design import Design
from sinhthai.symbiosis.engine.network.pareto import Front

_BINDINGS_SHOWN = 12
_FRONT = Text("Các phương án không bị trội (tiền và CO2)", "Networks none of which beats another")
_LINKS = Text("Liên kết nên lập", "Links to build")
_UNITS = Text("Đơn vị xử lý nên xây", "Treatment units to build")
_BINDING = Text(
    "Giới hạn đang chặn, và thêm một đơn vị thì được gì",
    "Limits that bind, and what one more earns",
)
_NOTHING = Text("Không lập liên kết nào là tốt nhất.", "Building nothing is best.")
_PROPOSAL = Text("Kết quả máy tính để xem xét; quyết định là của con người.",
                      "A computed proposal; people decide.")  # fmt: skip


def print_front(console: Console, front: Front, language: str) -> None:
    """Print the designs of *front*; a single one with all its parts."""
    if len(front.designs) > 1:
        _print_front(console, front, language)
    for number, design in enumerate(front.designs, 1):
        if len(front.designs) > 1:
            console.print(f"\n[bold]— {number} —[/]")
        _print_design(console, design, language)


def _print_front(console: Console, front: Front, language: str) -> None:
    shown_columns = [pair for pair in SUMMARY if pair[0] not in ("benefit", "cost")]
    headings = [Text("#", "#"), *(heading for _, heading in shown_columns)]
    table = table_of(headings, language, words=0)
    table.title, table.title_justify = _FRONT.get(language), "left"
    for number, design in enumerate(front.designs, 1):
        shown = [_value(key, getattr(design, key), language) for key, _ in shown_columns]
        table.add_row(str(number), *shown)
    console.print(table)


def _print_design(console: Console, design: Design, language: str) -> None:
    status = Text("Tình trạng", "Status").get(language)
    console.print(f"[bold]{status}:[/] {design.status_text.get(language)} ({design.solver})")
    if design.status in ("optimal", "stopped"):
        for key, heading in SUMMARY:
            value = _value(key, getattr(design, key), language)
            console.print(f"  {heading.get(language)}: [bold]{value}[/]")
        _tables(console, design, language)
    for sentence in design.why:
        console.print(f"✕ {sentence.get(language)}", markup=False)
    for sentence in design.notes:
        console.print(f"! {sentence.get(language)}", markup=False)
    counts = Text(
        "{arcs} liên kết xem xét, {kept} sau khi rút gọn, {parts} phần độc lập.",
        "{arcs} links considered, {kept} after the exact reduction, {parts} independent parts.",
    ).format(arcs=design.arcs, kept=design.arcs_kept, parts=design.parts)
    console.print(f"[dim]{counts.get(language)}\n{_PROPOSAL.get(language)}[/]")


def _tables(console: Console, design: Design, language: str) -> None:
    if not design.links:
        console.print(_NOTHING.get(language))
        return
    _table(
        console,
        _LINKS.get(language),
        [
            Text("Từ → đến", "From → to"),
            Text("Vật liệu, vận chuyển", "Material, mode"),
            Text("km", "km"),
            Text("Lượng/năm", "Flow/year"),
            Text("Lời trước vốn (triệu đồng/năm)", "Earns before capital (M VND/y)"),
            Text("Đầu tư (triệu đồng)", "Investment (M VND)"),
            Text("CO2 (tấn/năm)", "CO2 (t/year)"),
        ],
        [
            (
                " → ".join(link.said[part] for part in (link.tail, link.via, link.head) if part),
                f"{link.said[link.material]}, {link.said[link.mode]}",
                format_number(link.distance / 1000, language, 1),
                f"{format_number(link.flow, language, 0)} {unit_label(link.unit, language)}",
                _millions(link.saving - link.expense - link.fixed, language),
                _millions(link.investment, language),
                format_number(link.co2, language, 0),
            )
            for link in design.links
        ],
        language,
        words=2,
    )
    if design.units:
        _table(
            console,
            _UNITS.get(language),
            [
                Text("Đơn vị", "Unit"),
                Text("Xử lý/năm", "Treated/year"),
                Text("Công suất/năm", "Capacity/year"),
                Text("Đầu tư (triệu đồng)", "Investment (M VND)"),
            ],
            [
                (
                    unit.name or unit.id,
                    format_number(unit.treated, language, 0),
                    format_number(unit.capacity, language, 0),
                    _millions(unit.investment, language),
                )
                for unit in design.units
            ],
            language,
        )
    if design.binding:
        _table(
            console,
            _BINDING.get(language),
            [
                Text("Giới hạn", "Limit"),
                Text("Mức", "Level"),
                Text("đồng/năm mỗi đơn vị", "VND/year per unit"),
            ],
            [
                (
                    one.about.get(language),
                    f"{format_number(one.limit, language, 0)} {unit_label(one.unit, language)}",
                    format_number(one.price, language, 2 if one.price < 100 else 0),
                )
                for one in design.binding[:_BINDINGS_SHOWN]
            ],
            language,
        )


def _millions(dong: float, language: str) -> str:
    """Money as a terminal has room for it; the other formats give every dong."""
    return format_number(dong / 1e6, language, 0)


def _table(
    console: Console,
    title: str,
    headings: Sequence[Text],
    rows: Sequence[Sequence[str]],
    language: str,
    *,
    words: int = 1,
) -> None:
    table = table_of(headings, language, words=words)
    table.title, table.title_justify = title, "left"
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)


def _value(key: str, value: Any, language: str) -> str:
    if value is None:
        return "–"
    if key == "gap":
        return f"{format_number(value * 100, language, 2)} %"
    return format_number(value, language, 1 if key in ("co2", "payback") else 0)
