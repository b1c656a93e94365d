"""Check the formulas of criteria (H3) against the dictionary of facts: names, types, units.

The language is a small part of SQL: columns, numbers, quoted choice codes, TRUE and FALSE,
``+ -``, ``*`` with a number, ``= <> < <= > >=``, ``IN (…)``, ``AND OR NOT`` and brackets.
Nothing that turns missing into a value (COALESCE, IS NULL, CASE, functions) is let in (H1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import sqlglot
from sqlglot import exp

from sinhthai.foundation.text import Text
from sinhthai.rules.model import Item, Leaf, Subject

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
KINDS = {
    "boolean": Text("đúng/sai", "true or false"),
    "number": Text("số", "a number"),
    "choice": Text("lựa chọn", "a choice"),
    "word": Text("chữ trong ngoặc", "a quoted word"),
}


class FormulaFault(Exception):
    """What is wrong with a formula. ``code`` names the kind of fault."""

    def __init__(self, code: str, message: Text, cure: Text) -> None:
        self.code = code
        self.message = message
        self.cure = cure
        super().__init__(f"{message.en} → {cure.en}")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part of a formula is; ``unit`` empty where a number alone fits any unit."""

    name: str
    unit: str = ""
    choices: tuple[str, ...] = ()


def check_formula(formula: str, subject: Subject, items: Mapping[str, Item]) -> Kind:
    """Return what *formula* yields over the facts of *subject*.

    Raises
    ------
    FormulaFault
        At the first part that is not of the language, not in the dictionary, or does not fit.

    Examples
    --------
    >>> land = Item("a_ha", "park", "number", "state", "s", Text("", ""), Text("", ""), "ha")
    >>> check_formula("a_ha + 0.5 * a_ha", "park", {"a_ha": land})
    Kind(name='number', unit='ha', choices=())
    """
    try:
        tree = sqlglot.parse_one(formula, read="duckdb")
    except sqlglot.errors.SqlglotError:
        raise FormulaFault(
            "rules-formula-unreadable",
            Text(f"công thức không đọc được: {formula}", f"the formula cannot be read: {formula}"),
            Text("kiểm tra ngoặc và dấu phép tính", "check the brackets and operators"),
        ) from None
    return _Checker(subject, items).kind(tree)


def items_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the codes of all items the formulas of *leaf* may ask for, in whatever reading."""
    texts = list(leaf.numerator.cases.values())
    texts += leaf.denominator.cases.values() if leaf.denominator else []
    texts += [threshold.formula for threshold in leaf.thresholds if threshold.formula]
    codes = [
        column.name
        for text in texts
        for column in sqlglot.parse_one(text, read="duckdb").find_all(exp.Column, bfs=False)
    ]
    pairs = [*leaf.aggregate_cases.values(), *([leaf.aggregate] if leaf.aggregate else [])]
    return tuple(dict.fromkeys([*codes, *(code for pair in pairs for code in pair)]))


def nearest(word: str, known: Iterable[str]) -> Text:
    """Return a cure that names the closest known words.

    >>> nearest("greenry_ha", ["greenery_ha", "roads_ha"]).en
    'did you mean greenery_ha?'
    """
    known = list(known)
    close = get_close_matches(word, known, n=3, cutoff=0.6)
    if close:
        return Text(f"có phải {', '.join(close)}?", f"did you mean {', '.join(close)}?")
    if len(known) <= 8:
        return Text(f"dùng một trong: {', '.join(known)}", f"use one of: {', '.join(known)}")
    return Text(
        "xem danh sách: sinhthai rules list --items", "see the list: sinhthai rules list --items"
    )


@dataclass(frozen=True, slots=True)
class _Checker:
    subject: Subject
    items: Mapping[str, Item]

    def kind(self, node: exp.Expr) -> Kind:
        """Return what *node* is, having checked everything below it."""
        match node:
            case exp.Paren():
                return self.kind(node.this)
            case exp.Column():
                return self._column(node)
            case exp.Literal():
                return Kind("word") if node.is_string else Kind("number")
            case exp.Boolean():
                return Kind("boolean")
            case exp.Not():
                return self._want("boolean", node.this)
            case exp.And() | exp.Or():
                self._want("boolean", node.this)
                return self._want("boolean", node.expression)
            case exp.Neg():
                return self._want("number", node.this)
            case exp.Add() | exp.Sub():
                return self._same_unit(node)
            case exp.Mul():
                return self._product(node)
            case exp.In() if node.expressions:
                return self._in(node)
        if isinstance(node, _COMPARISONS):
            return self._comparison(node)
        raise FormulaFault(
            "rules-formula-forbidden",
            Text(
                f"không dùng được trong công thức: {node.sql('duckdb')}",
                f"not allowed in a formula: {node.sql('duckdb')}",
            ),
            Text(
                "chỉ dùng cột, số, + - *, so sánh, IN, AND, OR, NOT; thiếu không phải là giá trị",
                "use columns, numbers, + - *, comparisons, IN, AND, OR, NOT; no value for missing",
            ),
        )

    def _column(self, node: exp.Column) -> Kind:
        code = node.name
        item = self.items.get(code)
        if item is None or node.table:
            mine = [item.code for item in self.items.values() if item.subject == self.subject]
            raise FormulaFault(
                "rules-formula-unknown-column",
                Text(f"không có chỉ tiêu '{code}'", f"there is no item '{code}'"),
                nearest(code, mine),
            )
        if item.subject != self.subject:
            raise FormulaFault(
                "rules-formula-wrong-subject",
                Text(
                    f"'{code}' là số liệu của {_SUBJECTS[item.subject].vi}, "
                    f"công thức này tính trên {_SUBJECTS[self.subject].vi}",
                    f"'{code}' is a fact of {_SUBJECTS[item.subject].en}, "
                    f"this formula runs over {_SUBJECTS[self.subject].en}",
                ),
                Text(
                    f"dùng chỉ tiêu của {_SUBJECTS[self.subject].vi}",
                    f"use an item of {_SUBJECTS[self.subject].en}",
                ),
            )
        if item.kind in ("integer", "number"):
            return Kind("number", item.unit)
        if item.kind == "choice":
            return Kind("choice", choices=tuple(choice.code for choice in item.choices))
        if item.kind == "boolean":
            return Kind("boolean")
        raise FormulaFault(
            "rules-formula-type",
            Text(f"'{code}' là {item.kind}, không tính được", f"'{code}' is a {item.kind}"),
            Text(
                "dùng chỉ tiêu số, đúng/sai hoặc lựa chọn", "use a number, boolean or choice item"
            ),
        )

    def _want(self, name: str, node: exp.Expr) -> Kind:
        found = self.kind(node)
        if found.name != name:
            raise _mismatch(node, found, KINDS[name])
        return found

    def _same_unit(self, node: exp.Expr) -> Kind:
        left, right = self._want("number", node.this), self._want("number", node.expression)
        if left.unit and right.unit and left.unit != right.unit:
            raise FormulaFault(
                "rules-formula-units",
                Text(
                    f"trộn đơn vị {left.unit} và {right.unit}: {node.sql('duckdb')}",
                    f"mixes {left.unit} and {right.unit}: {node.sql('duckdb')}",
                ),
                Text(
                    "chỉ cộng, trừ, so sánh cùng đơn vị; đổi bằng cách nhân với một số",
                    "add, subtract and compare one unit only; convert by a product with a number",
                ),
            )
        return Kind("number", left.unit or right.unit)

    def _product(self, node: exp.Mul) -> Kind:
        """Check a product with a number: a conversion, so what it yields fits any unit."""
        self._want("number", node.this)
        self._want("number", node.expression)
        if not any(isinstance(one.unnest(), exp.Literal) for one in (node.this, node.expression)):
            raise FormulaFault(
                "rules-formula-forbidden",
                Text(
                    f"nhân hai chỉ tiêu: {node.sql('duckdb')}",
                    f"multiplies two items: {node.sql('duckdb')}",
                ),
                Text("chỉ nhân với một số", "multiply with a number only"),
            )
        return Kind("number")

    def _comparison(self, node: exp.Expr) -> Kind:
        left = self.kind(node.this)
        if left.name == "number":
            self._same_unit(node)
        elif left.name == "choice" and isinstance(node, exp.EQ | exp.NEQ):
            self._choice(left, node.expression)
        else:
            raise _mismatch(node.this, left, Text("số hoặc lựa chọn", "a number or a choice"))
        return Kind("boolean")

    def _in(self, node: exp.In) -> Kind:
        left = self._want("choice", node.this)
        for one in node.expressions:
            self._choice(left, one)
        return Kind("boolean")

    def _choice(self, choice: Kind, node: exp.Expr) -> None:
        found = self.kind(node)
        if found.name != "word":
            raise _mismatch(node, found, KINDS["word"])
        if node.name not in choice.choices:
            raise FormulaFault(
                "rules-formula-unknown-choice",
                Text(f"không có lựa chọn '{node.name}'", f"there is no choice '{node.name}'"),
                Text(
                    f"dùng một trong: {', '.join(choice.choices)}",
                    f"use one of: {', '.join(choice.choices)}",
                ),
            )


_SUBJECTS = {
    "park": Text("khu công nghiệp", "the park"),
    "enterprise": Text("doanh nghiệp", "the enterprise"),
}


def _mismatch(node: exp.Expr, found: Kind, wanted: Text) -> FormulaFault:
    what = KINDS[found.name]
    shown = node.sql("duckdb")
    return FormulaFault(
        "rules-formula-type",
        Text(f"'{shown}' là {what.vi}", f"'{shown}' is {what.en}"),
        Text(f"chỗ này cần {wanted.vi}", f"this place wants {wanted.en}"),
    )
