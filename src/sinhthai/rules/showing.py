"""One rule on the terminal: everything its file says, and how it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.formulas import items_of
from sinhthai.rules.listing import SUBJECTS, YES_NO, leaves_table
from sinhthai.rules.model import Bundle, Framework, Item, Leaf, Option
from sinhthai.rules.wording import say_clause, say_formula, say_threshold

_LABELS = {
    "clause": Text("Điều khoản", "Clause"),
    "framework": Text("Bộ tiêu chí", "Framework"),
    "instrument": Text("Văn bản", "Instrument"),
    "in_force": Text("Hiệu lực", "In force"),
    "threshold": Text("Ngưỡng", "Threshold"),
    "formula": Text("Công thức", "Formula"),
    "numerator": Text("Tử số", "Numerator"),
    "denominator": Text("Mẫu số", "Denominator"),
    "aggregate": Text("Không có danh sách", "Without a list"),
    "facts": Text("Số liệu dùng", "Facts used"),
    "evidence": Text("Minh chứng", "Evidence"),
    "option": Text("Lựa chọn", "Option"),
    "note": Text("Ghi chú", "Note"),
    "source": Text("Nguồn", "Source"),
    "verified": Text("Đã đối chiếu", "Verified"),
    "code": Text("Mã", "Code"),
    "kind": Text("Loại", "Kind"),
    "unit": Text("Đơn vị", "Unit"),
    "help": Text("Cách khai", "How to fill in"),
    "choices": Text("Các lựa chọn", "Choices"),
    "forms": Text("Biểu mẫu", "Forms"),
    "used": Text("Dùng cho", "Used by"),
    "default": Text("Mặc định", "Default"),
}
_KINDS = {
    "boolean": Text("có hoặc không", "yes or no"),
    "integer": Text("số nguyên", "whole number"),
    "number": Text("số", "number"),
    "choice": Text("lựa chọn", "choice"),
    "text": Text("chữ", "text"),
    "date": Text("ngày", "day"),
}
_NATURES = {
    "state": Text("giữ nguyên đến khi khai lại", "holds until reported again"),
    "flow": Text("của riêng từng năm", "belongs to its year"),
    "registry": Text("lấy từ sổ đăng ký", "kept by the registry"),
}
_BASES = {
    "T": Text("đã đọc điều khoản trong văn bản", "the clause was read in the text"),
    "S": Text("theo nguồn thứ cấp", "from a secondary source"),
    "SPEC": Text("theo đặc tả phần mềm", "from a software specification"),
    "I": Text("suy luận của hệ thống", "inferred"),
    "from memory": Text("ghi theo trí nhớ", "from memory"),
}
_SPAN = Text("từ {a} đến trước {b}", "from {a} until {b}")
_OPEN = Text("từ {a}", "from {a}")
_NOT_YET = Text("Chưa hoặc không còn hiệu lực ngày {day}.", "Not in force on {day}.")
_PARTIAL = Text("Chỉ biết một phần nội dung.", "Only part of the text is known.")


def _span(first: dt.date, end: dt.date | None, language: str) -> str:
    words = _SPAN if end else _OPEN
    last = format_date(end, language) if end else ""
    return words.format(a=format_date(first, language), b=last).get(language)


def _fields(rows: Sequence[tuple[str, str]], language: str) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    shown = ""
    for key, value in rows:
        table.add_row("" if key == shown else _LABELS[key].get(language), Line(value))
        shown = key
    return table


def _titled(code: str, title: Text, language: str, *parts: RenderableType) -> RenderableType:
    head = Line.assemble((code, "bold"), "  ", title.get(language))
    return Group(head, *(Padding(part, (0, 0, 1, 2), expand=False) for part in parts))


def show_framework(framework: Framework, day: dt.date, language: str) -> RenderableType:
    """Return the framework's card and its criteria."""
    rows = [
        (
            "instrument",
            f"{framework.instrument.get(language)}, {say_clause(framework.clause, language)}",
        ),
        ("in_force", _span(framework.valid_from, framework.valid_until, language)),
        ("source", framework.source),
    ]
    if framework.note:
        rows.append(("note", framework.note.get(language)))
    elif not framework.complete:
        rows.append(("note", _PARTIAL.get(language)))
    return _titled(
        framework.id,
        framework.title,
        language,
        _fields(rows, language),
        leaves_table(framework, _within(framework, day), language),
    )


def _within(framework: Framework, day: dt.date) -> dt.date:
    """Return the day of force nearest to *day*: a repealed text is shown as it last stood."""
    if framework.valid_until is not None:
        day = min(day, framework.valid_until - dt.timedelta(days=1))
    return max(day, framework.valid_from)


def show_leaf(
    bundle: Bundle, versions: Sequence[Framework], name: str, day: dt.date, language: str
) -> RenderableType:
    """Return the criterion as in force on *day* (else its last version) with its history."""
    leaves = [
        (framework, leaf)
        for framework in versions
        for leaf in framework.leaves
        if leaf.id.casefold() == name.casefold()
    ]
    current = bundle.framework_on(versions[0].family, day)
    framework, leaf = next((pair for pair in leaves if pair[0] is current), leaves[-1])
    rows = [
        ("framework", f"{framework.title.get(language)} ({framework.id})"),
        ("clause", f"{framework.instrument.get(language)}, {say_clause(leaf.clause, language)}"),
        *_history(leaves, language),
        *_formulas(leaf),
        *(("facts", f"{code}: {bundle.items[code].name.get(language)}") for code in items_of(leaf)),
        *(("evidence", text.get(language)) for text in leaf.evidence),
        *_options(bundle, leaf, language),
    ]
    if leaf.note:
        rows.append(("note", leaf.note.get(language)))
    rows += [
        ("source", leaf.source),
        ("verified", _verified(leaf, language)),
    ]
    if framework is not current:
        rows.insert(0, ("in_force", _NOT_YET.format(day=format_date(day, language)).get(language)))
    return _titled(leaf.id, leaf.title, language, _fields(rows, language))


def _verified(leaf: Leaf, language: str) -> str:
    said = [YES_NO[leaf.verified].get(language)]
    if leaf.confidence in _BASES:
        said.append(_BASES[leaf.confidence].get(language))
    if leaf.checked_on:
        seen = Text("xem ngày {day}", "looked at on {day}")
        said.append(seen.format(day=format_date(leaf.checked_on, language)).get(language))
    return "; ".join(said)


def _history(leaves: Sequence[tuple[Framework, Leaf]], language: str) -> list[tuple[str, str]]:
    rows = []
    for framework, leaf in leaves:
        for threshold in leaf.thresholds:
            until = threshold.valid_until or framework.valid_until
            said = say_threshold(leaf, threshold, language)
            span = _span(threshold.valid_from, until, language)
            where = (
                f"{framework.instrument.get(language)}, {say_clause(threshold.clause, language)}"
            )
            comma = "," if leaf.years > 1 else ""
            rows.append(("threshold", f"{said}{comma} {span} ({where})"))
    return rows


def _formulas(leaf: Leaf) -> list[tuple[str, str]]:
    top = "numerator" if leaf.denominator else "formula"
    rows = [(top, line) for line in say_formula(leaf.numerator)]
    if leaf.denominator:
        rows += [("denominator", line) for line in say_formula(leaf.denominator)]
    option = leaf.denominator.option if leaf.denominator else ""
    named = {f"{option} = {choice}: ": pair for choice, pair in leaf.aggregate_cases.items()}
    pairs = named or ({"": leaf.aggregate} if leaf.aggregate else {})
    return rows + [("aggregate", f"{name}{top} / {low}") for name, (top, low) in pairs.items()]


def _options(bundle: Bundle, leaf: Leaf, language: str) -> list[tuple[str, str]]:
    formulas = [leaf.numerator, *([leaf.denominator] if leaf.denominator else [])]
    rows = []
    for option in (bundle.options[one.option] for one in formulas if one.option):
        chosen = next(choice for choice in option.choices if choice.code == option.default)
        title, name = option.title.get(language), chosen.name.get(language)
        default = _LABELS["default"].get(language).lower()
        rows.append(("option", f"{option.id} {title}; {default}: {option.default}, {name}"))
    return rows


def show_item(bundle: Bundle, item: Item, language: str) -> RenderableType:
    """Return one entry of the dictionary of facts."""
    users = [
        f"{framework.id} {leaf.id}"
        for framework in bundle.frameworks
        for leaf in framework.leaves
        if item.code in items_of(leaf)
    ]
    section = next(section for section in bundle.sections if section.id == item.section)
    rows = [
        ("kind", f"{SUBJECTS[item.subject].get(language)}, {section.name.get(language)}"),
        ("kind", f"{_KINDS[item.kind].get(language)}; {_NATURES[item.nature].get(language)}"),
        ("unit", unit_label(item.unit, language) if item.unit not in ("", "1") else "–"),
        ("help", item.help.get(language)),
        *(("choices", f"{one.code}: {one.name.get(language)}") for one in item.choices),
        ("forms", ", ".join(item.forms) or "–"),
        *(("used", user) for user in users),
        ("source", item.source),
        ("verified", YES_NO[item.verified].get(language)),
    ]
    return _titled(item.code, item.name, language, _fields(rows, language))


def show_option(option: Option, language: str) -> RenderableType:
    """Return an ambiguity of the law and its readings."""
    rows = [
        ("clause", say_clause(option.clause, language)),
        *(("choices", f"{one.code}: {one.name.get(language)}") for one in option.choices),
        ("default", option.default),
        ("source", option.source),
    ]
    return _titled(option.id, option.title, language, _fields(rows, language))
