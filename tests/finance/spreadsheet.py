"""A spreadsheet that only knows what our workbooks use: it recomputes them, formula by formula.

A second opinion: it reads the written file and nothing of the program.
"""

from __future__ import annotations

import io
import re

import numpy as np
import openpyxl
import pyxirr
from openpyxl.utils import range_boundaries

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<text>\"[^\"]*\")"
    r"|(?P<cell>(?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<op><=|>=|<>|[-+*/^(),<>=]))"
)


class Missing(Exception):
    """What a spreadsheet shows as an error."""


class Spreadsheet:
    """Cells by sheet and name; ``value`` computes what a formula gives, from nothing but cells."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.names = {name: one.attr_text for name, one in self.book.defined_names.items()}
        self.known: dict[tuple[str, int, int], object] = {}

    def value(self, sheet: str, row: int, column: int) -> object:
        key = (sheet, row, column)
        if key not in self.known:
            raw = self.book[sheet].cell(row, column).value
            is_formula = isinstance(raw, str) and raw.startswith("=")
            self.known[key] = _Formula(self, sheet, raw[1:]).result() if is_formula else raw
        return self.known[key]

    def area(self, said: str, sheet: str) -> object:
        if "!" in said:
            sheet, said = said.rsplit("!", 1)
            sheet = sheet.strip("'")
        left, top, right, bottom = range_boundaries(said.replace("$", ""))
        if ":" not in said:
            return self.value(sheet, top, left)
        rows = [
            [self.value(sheet, row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        return np.array(
            [[0.0 if isinstance(one, str) or one is None else one for one in row] for row in rows]
        ).ravel()

    def formulas(self):
        for sheet in self.book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        yield sheet.title, cell.row, cell.column


class _Formula:
    def __init__(self, book: Spreadsheet, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens = [(m.lastgroup, m[m.lastgroup]) for m in _TOKEN.finditer(text)]
        assert "".join(t for _, t in self.tokens).replace(" ", "") == text.replace(" ", ""), text
        self.at = 0

    def result(self) -> object:
        found = self.compare()
        assert self.at == len(self.tokens)
        return 0.0 if found is None else found  # as spreadsheets take an empty cell

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *ops: str) -> str:
        if self.peek() in ops and self.tokens[self.at][0] == "op":
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def compare(self):
        left = self.sum()
        while op := self.take("<=", ">=", "<>", "<", ">", "="):
            right = self.sum()
            left = {
                "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "<>": lambda a, b: a != b,
                "<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b,
            }[op](_number(left), _number(right))  # fmt: skip
        return left

    def sum(self):
        left = self.product()
        while op := self.take("+", "-"):
            right = _number(self.product())
            left = _number(left) + (right if op == "+" else -right)
        return left

    def product(self):
        left = self.power()
        while op := self.take("*", "/"):
            right = _number(self.power())
            with np.errstate(divide="ignore"):
                if op == "/" and np.ndim(right) == 0 and right == 0:
                    raise Missing
                left = _number(left) * right if op == "*" else _number(left) / np.asarray(right)
        return left

    def power(self):
        left = self.unary()
        while self.take("^"):
            left = _number(left) ** _number(self.unary())
        return left

    def unary(self):
        if self.take("-"):
            return -_number(self.unary())
        return self.atom()

    def atom(self):
        kind, token = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(token)
        if kind == "text":
            return token[1:-1]
        if kind == "cell":
            return self.book.area(token, self.sheet)
        if kind == "word":
            if self.peek() == "(":
                return self.call(token)
            return self.book.area(self.book.names[token], self.sheet)
        assert token == "(", token
        found = self.compare()
        assert self.take(")")
        return found

    def call(self, name: str):
        assert self.take("(")
        if name in ("IF", "IFERROR"):  # what is not chosen is not computed
            return self.lazy(name)
        arguments = [self.compare()]
        while self.take(","):
            arguments.append(self.compare())
        assert self.take(")")
        return _CALLS[name](*arguments)

    def lazy(self, name: str):
        spans, depth, start = [], 0, self.at
        while depth or self.peek() != ")":
            token = self.peek()
            depth += {"(": 1, ")": -1}.get(token, 0)
            if token == "," and not depth:
                spans.append((start, self.at))
                start = self.at + 1
            self.at += 1
        spans.append((start, self.at))
        self.at += 1
        after = self.at
        try:
            if name == "IF":
                return self.span(spans[1] if self.span(spans[0]) else spans[2])
            try:
                return self.span(spans[0])
            except Missing:
                return self.span(spans[1])
        finally:
            self.at = after

    def span(self, span):
        self.at = span[0]
        found = self.compare()
        assert self.at == span[1]
        return found


def _number(value):
    return 0.0 if value is None else value


def _npv(rate, flows):
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(flows, 1))


def _lookup(_wanted, by, of):
    """The last place where *by* is a number: how spreadsheets find the last that holds."""
    places = np.flatnonzero(np.isfinite(by))
    if not len(places):
        raise Missing
    return of[places[-1]]


def _irr(flows, _guess):
    found = pyxirr.irr(flows)
    if found is None:
        raise Missing
    return found


_CALLS = {
    "MIN": min,
    "NPV": _npv,
    "SUM": lambda *areas: float(sum(np.sum(area) for area in areas)),
    "IRR": _irr,
    "SUMPRODUCT": lambda *areas: float(np.prod(np.array(areas, dtype=float), axis=0).sum()),
    "ISNUMBER": lambda value: isinstance(value, int | float),
    "INDEX": lambda area, place: area[int(place) - 1],
    "LOOKUP": _lookup,
}
