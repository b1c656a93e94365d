"""Entries of the knowledge base in writing: on a terminal in one language, as data in both."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.families import MEDIA, USES, family_name
from sinhthai.symbiosis.engine.knowledge import (
    Knowledge,
    Limit,
    Material,
    Parameter,
    Span,
    Substitution,
)

Entry = Material | Substitution | Parameter
FORMATS = ("table", "json", "csv")
_PIPED_WIDTH = 160
_KINDS: Mapping[type, str] = {
    Material: "material",
    Substitution: "substitution",
    Parameter: "parameter",
}
_UNKNOWN = "?"
_WORDS: Mapping[str, Callable[[str], Text]] = {
    "use": USES.__getitem__,
    "medium": MEDIA.__getitem__,
    "family": family_name,
    "confidence": lambda level: _CONFIDENCE[level],
}
_CONFIDENCE: Mapping[str, Text] = {
    "high": Text("cao", "high"),
    "medium": Text("vừa", "medium"),
    "low": Text("thấp", "low"),
}
_YES, _NO = Text("có", "yes"), Text("không", "no")
_LABELS: Mapping[str, Text] = {
    "id": Text("Mã", "Id"),
    "code": Text("Mã", "Code"),
    "name": Text("Tên", "Name"),
    "unit": Text("Đơn vị", "Unit"),
    "family": Text("Họ", "Family"),
    "medium": Text("Dạng", "Medium"),
    "synonyms_vi": Text("Tên khác (tiếng Việt)", "Also called (Vietnamese)"),
    "synonyms_en": Text("Tên khác (tiếng Anh)", "Also called (English)"),
    "ewc": Text("Mã châu Âu (EWC)", "European codes (EWC)"),
    "vn": Text("Mã TT 02/2022", "Codes of Circular 02/2022"),
    "codes": Text("Mã chất thải", "Waste codes"),
    "group": Text("Nhóm", "Group"),
    "hazard": Text("Phân định", "Class"),
    "hs": Text("Mã HS", "HS heading"),
    "offer": Text("Bên cho có", "Offered"),
    "need": Text("Bên nhận cần", "Needed"),
    "use": Text("Dùng làm", "Use"),
    "receivers": Text("Ngành nhận (VSIC)", "Receivers (VSIC)"),
    "givers": Text("Ngành cho (VSIC)", "Givers (VSIC)"),
    "treatment": Text("Xử lý", "Treatment"),
    "treatment_cost": Text("Chi phí xử lý (đ/đơn vị)", "Cost of treatment (VND/unit)"),
    "limits": Text("Giới hạn chất lượng", "Quality limits"),
    "replaces": Text("Thay cho", "Replaces"),
    "ratio": Text("Tỷ lệ thay thế", "Ratio"),
    "ratio_low": Text("Tỷ lệ thấp", "Ratio, low"),
    "ratio_high": Text("Tỷ lệ cao", "Ratio, high"),
    "co2": Text("CO2 tránh được (t/đơn vị)", "CO2 saved (t/unit)"),
    "value": Text("Lợi ích (đ/đơn vị)", "Value (VND/unit)"),
    "reach_km": Text("Tầm xa (km)", "Reach (km)"),
    "source": Text("Nguồn", "Source"),
    "confidence": Text("Độ tin cậy", "Confidence"),
    "verified": Text("Đã kiểm chứng", "Verified"),
    "note": Text("Ghi chú", "Note"),
    "low": Text("Thấp nhất có thể", "Least possible"),
    "high": Text("Cao nhất có thể", "Most possible"),
}
_COLUMNS: Mapping[type, tuple[str, ...]] = {
    Material: ("id", "name", "unit", "codes", "group", "hazard", "source", "verified"),
    Substitution: (
        *("offer", "need", "use", "ratio", "co2", "value", "reach_km"),
        *("source", "confidence", "verified"),
    ),
    Parameter: ("code", "name", "unit", "low", "high"),
}


def record(entry: Entry) -> dict[str, object]:
    """Return every field of an entry, names in both languages, unknown as None.

    >>> from sinhthai.symbiosis.engine.knowledge import load_knowledge
    >>> row = record(load_knowledge().materials["coal-fly-ash"])
    >>> row["kind"], row["name_en"], row["ewc"], row["verified"]
    ('material', 'Coal fly ash', ['100102'], False)
    """
    row: dict[str, object] = {"kind": _KINDS[type(entry)]}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, Text):
            row |= {f"{field.name}_vi": value.vi, f"{field.name}_en": value.en}
        elif field.name in ("co2", "value"):
            for end in ("low", "mid", "high"):
                row[f"{field.name}_{end}"] = None if value is None else getattr(value, end)
        elif isinstance(value, tuple):
            row[field.name] = [_plain(one) for one in value]
        else:
            row[field.name] = value
    return row


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value


def as_json(entries: Sequence[Entry]) -> str:
    """Return the entries as a JSON list."""
    return json.dumps([record(one) for one in entries], ensure_ascii=False, indent=1) + "\n"


def as_csv(entries: Sequence[Entry]) -> str:
    """Return the entries as CSV; lists in a cell are separated by semicolons.

    Entries of several kinds share one heading; what a kind does not have is empty.
    """
    rows = [
        record(one) | ({"limits": _limits(one.limits)} if isinstance(one, Substitution) else {})
        for one in entries
    ]
    heading = list(dict.fromkeys(key for row in rows for key in row))
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([_cell(row.get(key)) for key in heading] for row in rows)
    return target.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else value


def print_list(entries: Sequence[Entry], knowledge: Knowledge, language: str) -> None:
    """Print a table of the entries of each kind."""
    console = _console()
    for kind, columns in _COLUMNS.items():
        of_kind = [one for one in entries if type(one) is kind]
        if not of_kind:
            continue
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            table.add_column(_LABELS[column].get(language), overflow="fold")
        for one in of_kind:
            said = (_said(one, column, knowledge, language) for column in columns)
            table.add_row(*(escape(cell) for cell in said))
        console.print(table)


def print_whole(entry: Entry, knowledge: Knowledge, language: str) -> None:
    """Print every field of one entry, a line each; a name in both languages."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for field in fields(entry):
        if field.name not in _LABELS:  # the state: the medium says it, and more
            continue
        value = getattr(entry, field.name)
        if isinstance(value, Text):
            said = " · ".join(part for part in dict.fromkeys((value.vi, value.en)) if part)
        else:
            said = _said(entry, field.name, knowledge, language)
        grid.add_row(_LABELS[field.name].get(language), escape(said or "–"))
    _console().print(grid)


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def _said(entry: Entry, column: str, knowledge: Knowledge, language: str) -> str:
    if column == "codes" and isinstance(entry, Material):
        return ", ".join([f"ewc:{one}" for one in entry.ewc] + [f"vn:{one}" for one in entry.vn])
    value = getattr(entry, column)
    if column in ("offer", "need"):
        return f"{knowledge.materials[value].name.get(language)} ({value})"
    if column == "unit":
        return unit_label(value, language)
    if column == "limits":
        return _limits(value)
    if column in _WORDS:
        return _WORDS[column](value).get(language)
    if value is None:
        return _UNKNOWN
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value, language)
    return str(value)


def _span(value: Span, language: str) -> str:
    low, mid, high = (_number(one, language) for one in (value.low, value.mid, value.high))
    return f"{mid} ({low} – {high})"


def _number(value: float, language: str) -> str:
    return format_number(value, language, 0 if abs(value) >= 1000 else None)


def _limits(limits: Sequence[Limit]) -> str:
    """Return the limits as they are written in the file.

    >>> _limits([Limit("ph", 6, 9), Limit("moisture", None, 65)])
    '6<=ph<=9; moisture<=65'
    """
    return "; ".join(map(_limit, limits))


def _limit(limit: Limit) -> str:
    if limit.low is None:
        return f"{limit.parameter}<={limit.high:g}"
    if limit.high is None:
        return f"{limit.parameter}>={limit.low:g}"
    return f"{limit.low:g}<={limit.parameter}<={limit.high:g}"


# A bool is an int too, so it stands first.
_WRITERS: Mapping[type | tuple[type, ...], Callable[..., str]] = {
    bool: lambda value, language: (_YES if value else _NO).get(language),
    (int, float): _number,
    Span: _span,
    Text: lambda value, language: value.get(language),
    tuple: lambda value, language: ", ".join(value),
}
