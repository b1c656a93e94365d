"""The exchanges that are best together: in a terminal, as data, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.foundation.console.sheets import Cell, Workbook
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.assignment import Plan
from sinhthai.symbiosis.engine.writing import LEGAL_STATUS

Streams = Mapping[str, Mapping[str, Any]]
"""Stream id -> the stream, as ``engine.streams`` has it."""

_MILLION = 1e6
_SHOWN_UNSERVED = 15
_TITLE = Text(
    "{count} trao đổi tốt nhất cùng nhau: {value} triệu đồng/năm, tránh {co2} t CO2/năm ({status})",
    "{count} exchanges that are best together: {value} million VND, {co2} t CO2 avoided a year "
    "({status})",
)
_OPTIMAL = Text("đã chứng minh là tốt nhất", "proven best")
_LATE = Text(
    "hết thời gian; không thể quá {bound} triệu đồng/năm",
    "out of time; no more than {bound} million",
)
_GIVER, _OFFER = Text("Bên cung", "Giver"), Text("Dòng cung", "Offer")
_TAKER, _NEED = Text("Bên nhận", "Receiver"), Text("Dòng cầu", "Need")
_QUANTITY, _UNIT = Text("Lượng/năm", "Quantity/year"), Text("Đơn vị", "Unit")
_KM, _CO2 = Text("km", "km"), Text("t CO2/năm", "t CO2/yr")
_VALUE, _LAW = Text("tr.đ/năm", "M VND/yr"), Text("Pháp lý", "Law")
_CLAUSE, _RULE = Text("Điều khoản", "Clause"), Text("Quy tắc", "Rule")
_LEFT = Text("Còn lại chưa có nơi dùng hoặc chưa được đáp ứng:", "Still without a use or a source:")
_OF = Text("{left} trên {all} {unit}/năm", "{left} of {all} {unit}/year")
_MORE = Text("… và {more} dòng nữa (--format xlsx).", "… and {more} more (--format xlsx).")
_NOTHING = Text(
    "Không có trao đổi nào được phép mà sinh lợi trong số đã xét.",
    "No allowed exchange among those considered is worth anything.",
)
_NOT_A_DECISION = Text(
    "Máy tìm, người quyết định. Giá trị gồm cả hai bên, sau xử lý và vận chuyển; chưa kể đầu tư "
    "(dùng sinhthai network).",
    "Engines find, people decide. Value is both sides together, after treatment and transport, "
    "before any investment (see sinhthai network).",
)


def notes(plan: Plan) -> Iterator[Text]:
    """Yield what was left out of the plan, and why."""
    yield Text(
        f"Đã xét {format_number(plan.pairs, 'vi')} cặp.",
        f"{format_number(plan.pairs, 'en')} pairs were considered.",
    )
    if plan.unknown:
        yield Text(
            f"Bỏ qua {format_number(plan.unknown, 'vi')} cặp chưa biết giá trị hoặc lượng.",
            f"{format_number(plan.unknown, 'en')} pairs of unknown value or quantity are left out.",
        )
    if plan.forbidden:
        yield Text(
            f"Bỏ qua {format_number(plan.forbidden, 'vi')} cặp pháp luật cấm.",
            f"{format_number(plan.forbidden, 'en')} pairs the law forbids are left out.",
        )
    undecided = sum(1 for one in plan.exchanges if one.legal in ("", "undetermined"))
    if undecided:
        yield Text(
            f"{undecided} trao đổi chưa rõ pháp luật cho phép hay không: hỏi trước khi làm.",
            f"The law of {undecided} exchanges is undecided: ask before acting.",
        )
    unclear = sum(1 for one in plan.exchanges if one.co2 is None)
    if unclear:
        yield Text(
            f"{unclear} trao đổi chưa biết CO2, không tính vào tổng.",
            f"The CO2 of {unclear} exchanges is unknown and not in the sum.",
        )


def print_plan(console: Console, plan: Plan, streams: Streams, language: str) -> None:
    """Print the exchanges, what stays unserved, and what was left out."""
    if not plan.exchanges:
        console.print(Styled(_NOTHING.get(language)))
    else:
        console.print(Styled(_title(plan).get(language), style="bold"))
        console.print(_table(plan, streams, language))
    if plan.unserved:
        console.print(Styled(_LEFT.get(language)))
        for one in plan.unserved[:_SHOWN_UNSERVED]:
            said = _OF.format(
                left=_number(one.left), all=_number(one.quantity), unit=_unit(one.unit)
            )
            stream = streams[one.stream]
            name = f"{stream['enterprise']} · {stream['name']}"
            console.print(Styled(f"  {name}: {said.get(language)}"))
        more = len(plan.unserved) - _SHOWN_UNSERVED
        if more > 0:
            console.print(Styled(_MORE.format(more=more).get(language), style="dim"))
    for note in (*notes(plan), _NOT_A_DECISION):
        console.print(Styled(note.get(language), style="dim"))


def as_data(plan: Plan, streams: Streams, language: str) -> dict[str, Any]:
    """Return the plan as dictionaries and lists; unknown is null."""

    def stream(name: str) -> dict[str, Any]:
        return {key: streams[name][key] for key in ("id", "enterprise", "park", "name", "unit")}

    return {
        "status": plan.status,
        "value_vnd": plan.value,
        "bound_vnd": plan.bound,
        "co2_t": plan.co2,
        "exchanges": [
            {
                "offer": stream(one.offer),
                "need": stream(one.need),
                "quantity": one.quantity,
                "unit": one.unit,
                "distance_m": one.distance,
                "value_vnd": one.value,
                "co2_t": one.co2,
                "legal": {"status": one.legal or None, "clause": one.clause},
                "rule": one.substitution or None,
                "estimated": one.estimated,
            }
            for one in plan.exchanges
        ],
        "unserved": [
            {
                "stream": stream(one.stream),
                "direction": one.direction,
                "quantity": one.quantity,
                "left": one.left,
            }
            for one in plan.unserved
        ],
        "considered": plan.pairs,
        "left_out": {"unknown": plan.unknown, "forbidden": plan.forbidden},
        "notes": [note.get(language) for note in notes(plan)],
    }


def workbook(plan: Plan, streams: Streams, language: str) -> bytes:
    """Return the plan as an .xlsx file; an unknown figure is an empty cell."""
    with Workbook(language) as book:
        rows: list[list[Cell]] = [
            [
                streams[one.offer]["enterprise"],
                streams[one.offer]["name"],
                streams[one.need]["enterprise"],
                streams[one.need]["name"],
                one.quantity,
                unit_label(one.unit, language),
                one.distance / 1000,
                one.value / _MILLION,
                one.co2,
                book.say(LEGAL_STATUS[one.legal]),
                one.clause,
                one.substitution,
            ]
            for one in plan.exchanges
        ]
        headings = [_GIVER, _OFFER, _TAKER, _NEED, _QUANTITY, _UNIT, _KM, _VALUE, _CO2, _LAW]
        headings += [_CLAUSE, _RULE]
        book.sheet(Text("Trao đổi", "Exchanges"), headings, rows, title=_title(plan))
        left: list[list[Cell]] = [
            [
                streams[one.stream]["enterprise"],
                streams[one.stream]["name"],
                one.quantity,
                one.left,
                unit_label(one.unit, language),
            ]
            for one in plan.unserved
        ]
        headings = [Text("Doanh nghiệp", "Enterprise"), Text("Dòng", "Stream"), _QUANTITY]
        headings += [Text("Còn lại", "Left"), _UNIT]
        book.sheet(Text("Còn lại", "Left over"), headings, left)
        said: list[list[Cell]] = [[book.say(note)] for note in (*notes(plan), _NOT_A_DECISION)]
        book.sheet(Text("Nhận xét", "Notes"), [Text("Nhận xét", "Notes")], said)
    return book.data


def _title(plan: Plan) -> Text:
    status = _OPTIMAL
    if plan.status != "optimal":
        status = _LATE.format(bound=_number(plan.bound / _MILLION))
    return _TITLE.format(
        count=len(plan.exchanges),
        value=_number(plan.value / _MILLION),
        co2=_number(plan.co2),
        status=status,
    )


def _table(plan: Plan, streams: Streams, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, padding=(0, 1))
    table.add_column(_GIVER.get(language), ratio=1)
    table.add_column(_TAKER.get(language), ratio=1)
    for heading in (_QUANTITY, _KM, _VALUE, _CO2):
        table.add_column(heading.get(language), justify="right", no_wrap=True)
    table.add_column(_LAW.get(language), no_wrap=True)
    for one in plan.exchanges:
        offer, need = streams[one.offer], streams[one.need]
        table.add_row(
            escape(f"{offer['enterprise']} · {offer['name']}"),
            escape(f"{need['enterprise']} · {need['name']}"),
            f"{_number(one.quantity).get(language)} {unit_label(one.unit, language)}",
            format_number(one.distance / 1000, language, 1),
            _number(one.value / _MILLION).get(language),
            "?" if one.co2 is None else _number(one.co2).get(language),
            LEGAL_STATUS[one.legal].get(language),
        )
    return table


def _unit(unit: str) -> Text:
    return Text(unit_label(unit, "vi"), unit_label(unit, "en"))


def _number(value: float) -> Text:
    digits = 0 if abs(value) >= 10 or value == 0 else 1
    return Text(*(format_number(value, one, digits) for one in ("vi", "en")))
