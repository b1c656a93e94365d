"""Formulas (H3) compiled to SQL that knows what it does not know (H1).

A formula is a SQL expression over the columns of a fact table. A boolean one stays as it is: SQL
is three-valued by itself, NULL meaning unknown. A numeric one becomes an *interval*: two SQL
expressions that bound its value whatever the unknown facts turn out to be. NULL as a bound means
that nothing bounds the value on that side.

An unknown count or quantity lies between 0 (or the item's minimum) and the item's maximum, if it
has one. Numbers are decimals read from the shortest text of what was reported, so that 20 of 100
is exactly 20 % and 0.1 + 0.2 is exactly 0.3; nine decimals are kept. A number of 1e15 or more is
taken as unknown: no park has one, and it would overflow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import sqlglot
from sqlglot import exp

from sinhthai.reporting.engine.merge import LOWER, NOT_APPLICABLE, UPPER
from sinhthai.rules.model import Item

DECIMAL = "DECIMAL(38, 9)"
# Products are computed exactly only while they fit 38 digits with 18 decimals.
_LARGEST_PRODUCT = "1e18"
_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}


class FormulaError(ValueError):
    """A formula that says something the engine will not compute."""


@dataclass(frozen=True, slots=True)
class Interval:
    """SQL for the bounds of a number; ``positive`` when the lower one can never be below 0."""

    low: str
    high: str
    positive: bool = True


@lru_cache(maxsize=4096)
def parse(formula: str) -> exp.Expr:
    """Parse one SQL expression; FormulaError shows it if it is none."""
    try:
        return sqlglot.parse_one(formula, read="duckdb")
    except sqlglot.ParseError as error:
        raise FormulaError(f"not an SQL expression: {formula!r}") from error


@lru_cache(maxsize=4096)
def columns_of(formula: str) -> tuple[str, ...]:
    """Return the item codes a formula names, in order of first appearance.

    >>> columns_of("greenery_ha + roads_ha > 2 * greenery_ha")
    ('greenery_ha', 'roads_ha')
    """
    found = parse(formula).find_all(exp.Column, bfs=False)
    return tuple(dict.fromkeys(column.name for column in found))


def product(left: str, right: str) -> str:
    """Return SQL for an exact product, NULL (unknown) where it would overflow."""
    size = f"abs(CAST({left} AS DOUBLE) * CAST({right} AS DOUBLE))"
    return f"CASE WHEN {size} < {_LARGEST_PRODUCT} THEN {left} * {right} END"


def literal(value: float | str) -> str:
    """Return SQL for an exact decimal constant."""
    return f"CAST('{value}' AS {DECIMAL})"


def _exact(column: str) -> str:
    """Return SQL that reads a reported number as the decimal a person wrote."""
    as_written = f"CAST(CAST({column} AS VARCHAR) AS {DECIMAL})"
    return f"CASE WHEN abs({column}) < 1e15 THEN {as_written} END"


def _strict(function: str, *arguments: str) -> str:
    """Return SQL for LEAST or GREATEST that is NULL if any argument is."""
    known = " AND ".join(f"{one} IS NOT NULL" for one in arguments)
    return f"CASE WHEN {known} THEN {function}({', '.join(arguments)}) END"


@dataclass
class Compiler:
    """Compiles the formulas over one fact table and gathers the columns they need.

    ``present`` names the columns the table really has; any other is unknown throughout.
    The SQL refers to columns of a common table expression named ``alias`` whose select list is
    `prepared`: the number item ``x`` as ``"x.lo"`` and ``"x.hi"``, any item as ``"x"`` itself.
    """

    alias: str
    present: frozenset[str]
    items: Mapping[str, Item]
    _numbers: dict[str, Interval] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)

    def raw(self, code: str, kind: str = "VARCHAR") -> str:
        """Return SQL for the plain column of an item (NULL: not known exactly)."""
        self._plain.setdefault(code, kind)
        return f'{self.alias}."{code}"'

    def declared_na(self, code: str) -> str:
        """Return SQL that is TRUE where the item was declared not applicable."""
        name = code + NOT_APPLICABLE
        if name not in self.present:
            return "FALSE"
        self._plain.setdefault(name, "BOOLEAN")
        return f'coalesce({self.alias}."{name}", FALSE)'

    def reported(self, code: str) -> str:
        """Return SQL that is TRUE where anything numeric is known of an item."""
        names = [n for n in (code, code + LOWER, code + UPPER) if n in self.present]
        for name in names:
            self._plain.setdefault(name, "DOUBLE")
        tests = [f'{self.alias}."{name}" IS NOT NULL' for name in names]
        return f"({' OR '.join(tests) or 'FALSE'})"

    def prepared(self, source: str) -> list[str]:
        """Return the select list, over the table *source*, that the compiled SQL refers to."""
        columns = []
        for name, kind in self._plain.items():
            value = f'{source}."{name}"' if name in self.present else f"CAST(NULL AS {kind})"
            columns.append(f'{value} AS "{name}"')
        for code in self._numbers:
            for side, suffix in (("lo", LOWER), ("hi", UPPER)):
                names = [n for n in (code, code + suffix) if n in self.present]
                values = [_exact(f'{source}."{name}"') for name in names]
                choices = ", ".join([*values, self._limit(code, side)])
                columns.append(f'coalesce({choices}) AS "{code}.{side}"')
        return columns

    def _limit(self, code: str, side: str) -> str:
        item = self.items.get(code)
        if side == "lo":
            return literal(item.minimum if item and item.minimum is not None else 0)
        if item is None or item.maximum is None:
            return f"CAST(NULL AS {DECIMAL})"
        return literal(item.maximum)

    # -- numbers -------------------------------------------------------------------------------

    def number(self, formula: str) -> Interval:
        """Compile a numeric formula."""
        return self._number(parse(formula))

    def _column(self, code: str) -> Interval:
        item = self.items.get(code)
        if item is not None and item.kind not in ("integer", "number"):
            raise FormulaError(f"{code} is not a number")
        if code not in self._numbers:
            positive = item is None or item.minimum is None or item.minimum >= 0
            low, high = (f'{self.alias}."{code}.{side}"' for side in ("lo", "hi"))
            self._numbers[code] = Interval(low, high, positive)
        return self._numbers[code]

    def _number(self, node: exp.Expr) -> Interval:
        match node:
            case exp.Paren():
                return self._number(node.this)
            case exp.Literal() if not node.is_string:
                return Interval(literal(node.this), literal(node.this))
            case exp.Column():
                return self._column(node.name)
            case exp.Neg():
                a = self._number(node.this)
                return Interval(f"(-{a.high})", f"(-{a.low})", positive=False)
            case exp.Add():
                a, b = self._pair(node)
                return Interval(
                    f"({a.low} + {b.low})", f"({a.high} + {b.high})", a.positive and b.positive
                )
            case exp.Sub():
                a, b = self._pair(node)
                return Interval(f"({a.low} - {b.high})", f"({a.high} - {b.low})", positive=False)
            case exp.Mul():
                return self._times(*self._pair(node))
            case exp.Div():
                return self._over(*self._pair(node))
            case exp.Case() | exp.If():
                return self._choice(node)
            case exp.Cast() if node.to.is_type("int", "bigint"):
                truth = self._truth(node.this)
                return self._either(truth, Interval("1", "1"), Interval("0", "0"))
            case exp.Greatest() | exp.Least():
                return self._extreme(node)
        raise FormulaError(f"not a number the engine computes: {node.sql('duckdb')}")

    def _pair(self, node: exp.Expr) -> tuple[Interval, Interval]:
        return self._number(node.args["this"]), self._number(node.args["expression"])

    def _times(self, a: Interval, b: Interval) -> Interval:
        def rounded(left: str, right: str) -> str:
            return f"CAST({product(left, right)} AS {DECIMAL})"

        if a.positive and b.positive:
            return Interval(rounded(a.low, b.low), rounded(a.high, b.high))
        corners = [rounded(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
        return Interval(_strict("least", *corners), _strict("greatest", *corners), positive=False)

    def _over(self, a: Interval, b: Interval) -> Interval:
        if not (a.positive and b.positive):
            raise FormulaError("a division needs numbers that cannot be negative")

        def quotient(left: str, right: str) -> str:
            return f"TRY_CAST(CAST({left} AS DOUBLE) / CAST({right} AS DOUBLE) AS {DECIMAL})"

        low = f"CASE WHEN {b.high} > 0 THEN {quotient(a.low, b.high)} ELSE 0 END"
        return Interval(low, f"CASE WHEN {b.low} > 0 THEN {quotient(a.high, b.low)} END")

    def _choice(self, node: exp.Expr) -> Interval:
        branches = node.args["ifs"] if isinstance(node, exp.Case) else [node]
        otherwise = node.args.get("default") or node.args.get("false")
        if otherwise is None:
            raise FormulaError("CASE without ELSE")
        if isinstance(node, exp.Case) and node.this is not None:
            raise FormulaError("CASE with an operand: write CASE WHEN … THEN … ELSE … END")
        result = self._number(otherwise)
        for branch in reversed(branches):
            result = self._either(
                self._truth(branch.this), self._number(branch.args["true"]), result
            )
        return result

    def _either(self, truth: str, yes: Interval, no: Interval) -> Interval:
        def pick(function: str, a: str, b: str) -> str:
            unknown = _strict(function, a, b)
            return f"CASE WHEN {truth} THEN {a} WHEN NOT {truth} THEN {b} ELSE {unknown} END"

        return Interval(
            pick("least", yes.low, no.low),
            pick("greatest", yes.high, no.high),
            yes.positive and no.positive,
        )

    def _extreme(self, node: exp.Expr) -> Interval:
        parts = [self._number(one) for one in (node.this, *node.expressions)]
        lows, highs = [p.low for p in parts], [p.high for p in parts]
        if isinstance(node, exp.Greatest):
            low, high = f"greatest({', '.join(lows)})", _strict("greatest", *highs)
        else:
            low, high = _strict("least", *lows), f"least({', '.join(highs)})"
        return Interval(low, high, all(p.positive for p in parts))

    # -- truths --------------------------------------------------------------------------------

    def truth(self, formula: str) -> str:
        """Compile a boolean formula: SQL that is TRUE, FALSE or NULL."""
        return self._truth(parse(formula))

    def _truth(self, node: exp.Expr) -> str:
        match node:
            case exp.Paren():
                return self._truth(node.this)
            case exp.Boolean():
                return "TRUE" if node.this else "FALSE"
            case exp.Column():
                item = self.items.get(node.name)
                if item is not None and item.kind != "boolean":
                    raise FormulaError(f"{node.name} is not true or false")
                return f"CAST({self.raw(node.name, 'BOOLEAN')} AS BOOLEAN)"
            case exp.Not():
                return f"(NOT {self._truth(node.this)})"
            case exp.And() | exp.Or():
                word = "AND" if isinstance(node, exp.And) else "OR"
                left, right = node.args["this"], node.args["expression"]
                return f"({self._truth(left)} {word} {self._truth(right)})"
            case exp.In() if not node.args.get("query"):
                words = ", ".join(self._word(one) for one in node.expressions)
                return f"({self._word(node.this)} IN ({words}))"
            case exp.Between():
                value = self._number(node.this)
                low, high = self._number(node.args["low"]), self._number(node.args["high"])
                return f"({_compare('>=', value, low)} AND {_compare('<=', value, high)})"
        if type(node) in _SIGNS:
            return self._comparison(node)
        raise FormulaError(f"not a condition the engine computes: {node.sql('duckdb')}")

    def _comparison(self, node: exp.Expr) -> str:
        left, right = node.args["this"], node.args["expression"]
        if isinstance(right, exp.Boolean) and isinstance(node, exp.EQ | exp.NEQ):
            same = bool(right.this) == isinstance(node, exp.EQ)
            return self._truth(left) if same else f"(NOT {self._truth(left)})"
        if isinstance(right, exp.Literal) and right.is_string:
            if not isinstance(node, exp.EQ | exp.NEQ):
                raise FormulaError(f"words have no order: {node.sql('duckdb')}")
            sign = "=" if isinstance(node, exp.EQ) else "<>"
            return f"({self._word(left)} {sign} {self._word(right)})"
        return _compare(_SIGNS[type(node)], self._number(left), self._number(right))

    def _word(self, node: exp.Expr) -> str:
        if isinstance(node, exp.Column):
            return self.raw(node.name)
        if isinstance(node, exp.Literal) and node.is_string:
            return node.sql("duckdb")
        raise FormulaError(f"not a choice: {node.sql('duckdb')}")


def _compare(sign: str, a: Interval, b: Interval) -> str:
    """Return SQL for a comparison of two intervals: decided only when all of both agree."""
    match sign:
        case ">":
            return f"CASE WHEN {a.low} > {b.high} THEN TRUE WHEN {a.high} <= {b.low} THEN FALSE END"
        case ">=":
            return f"CASE WHEN {a.low} >= {b.high} THEN TRUE WHEN {a.high} < {b.low} THEN FALSE END"
        case "<" | "<=":
            return _compare(">" if sign == "<" else ">=", b, a)
        case "=":
            apart = f"{a.low} > {b.high} OR {a.high} < {b.low}"
            same = f"{a.low} = {b.high} AND {a.high} = {b.low}"
            return f"CASE WHEN {apart} THEN FALSE WHEN {same} THEN TRUE END"
        case _:
            return f"(NOT {_compare('=', a, b)})"
