"""The one query that assesses a framework: from fact tables to evidence, leaf by leaf.

Common table expressions, in order::

    span      every asked subject in every year its leaves look at (k years back)
    facts     the subject's own row, with the numbers as bounds
    members   the enterprises of those parks and years           (frameworks with shares only)
    classes   per enterprise: is it in the denominator, does it meet the numerator?
    counts    per park and year: how many enterprises are of each class
    evidence  one row per subject, year back and leaf: the extremes of its value
    judged    evidence held against the threshold                        (see `judging`)

The extremes of a value are two fractions: ``low_num / low_den`` counts the unknown as no,
``high_num / high_den`` as yes. A quantity has denominator 1, a condition is 0 or 1 of 1.

Shares. Of each enterprise both the denominator and the numerator formula say true, false or
unknown; ``tu`` counts those in the denominator that may meet the numerator, and so on. Those not
in the denominator do not matter, so six counts say everything, and the exact extremes are::

    tt / (tt + tf + tu + uf + uu)          unknown membership: in, unless it would help
    (tt + tu + ut + uu) / (tt + tf + tu + ut + uu)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.assessment.engine.extremes import EXTREMES
from sinhthai.assessment.engine.formulas import (
    DECIMAL,
    Compiler,
    FormulaError,
    Interval,
    columns_of,
    literal,
)
from sinhthai.assessment.engine.judging import judge
from sinhthai.rules.model import Framework, Item, Leaf

# the number of a class is its place here, from 1
CLASSES = ("tt", "tf", "tu", "ut", "uf", "uu")


@dataclass(frozen=True)
class Tables:
    """The columns the fact tables at hand really have."""

    park: frozenset[str]
    enterprise: frozenset[str]


def columns_used(framework: Framework, options: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the item codes a framework asks for, by table: ``park`` and ``enterprise``."""
    used: dict[str, set[str]] = {"park": set(), "enterprise": set()}
    for leaf in framework.leaves:
        own, members = leaf_columns(leaf, options)
        used[framework.subject] |= set(own)
        used["enterprise"] |= set(members)
    return used


def columns_of_any_reading(framework: Framework) -> set[str]:
    """Return the item codes a framework asks for under whatever reading of the law."""
    used: set[str] = set()
    for leaf in framework.leaves:
        formulas = [f for f in (leaf.numerator, leaf.denominator) if f is not None]
        texts = [text for formula in formulas for text in formula.cases.values()]
        texts += [threshold.formula for threshold in leaf.thresholds if threshold.formula]
        used.update(code for text in texts for code in columns_of(text))
        for pair in (leaf.aggregate, *leaf.aggregate_cases.values()):
            used.update(pair or ())
    return used


def leaf_columns(leaf: Leaf, options: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the item codes of a leaf: on its subject's own row, and on a park's enterprises."""
    formulas = [leaf.numerator.chosen(options)]
    if leaf.denominator is not None:
        formulas.append(leaf.denominator.chosen(options))
    asked = list(dict.fromkeys(code for text in formulas for code in columns_of(text)))
    targets = [code for t in leaf.thresholds if t.formula for code in columns_of(t.formula)]
    if leaf.kind != "share":
        return list(dict.fromkeys(asked + targets)), []
    pair = leaf.aggregate_chosen(options) or ()
    return list(dict.fromkeys([*pair, *targets])), asked


def assessment_query(
    framework: Framework,
    tables: Tables,
    options: Mapping[str, str],
    items: Mapping[str, Item],
    suffix: str = "",
) -> str:
    """Return the query over ``asked`` (idx, subject, "on", year), ``park`` and ``enterprise``.

    *suffix* is added to these three names.

    FormulaError names the leaf whose formula the engine cannot compute.
    """
    own = Compiler("f", getattr(tables, framework.subject), items)
    member = Compiler("m", tables.enterprise, items)
    makers: dict[str, Callable[[Leaf], str]] = {
        "condition": lambda leaf: _condition(leaf, own, options),
        "quantity": lambda leaf: _number(leaf, own, options),
        "ratio": lambda leaf: _number(leaf, own, options),
    }
    entries: dict[str, list[str]] = {"condition": [], "number": [], "share": []}
    classes: list[str] = []
    counts: list[str] = []
    for at, leaf in enumerate(framework.leaves):
        try:
            if leaf.kind == "share":
                if framework.subject != "park":
                    raise FormulaError("only a park has a share of enterprises")
                classes += _classes(at, leaf, member, options)
                counts += _counts(at, leaf, member, options)
                entry = _share(at, leaf, own, options)
            else:
                entry = makers[leaf.kind](leaf)
        except FormulaError as error:
            raise FormulaError(f"{framework.id} {leaf.id}: {error}") from error
        kind = leaf.kind if leaf.kind in entries else "number"
        entries[kind].append(f"{{'leaf': {at}, 'years': {leaf.years}, {entry}}}")
    evidence = [_evidence(kind, found) for kind, found in entries.items() if found]
    heads = ["s.idx", 's."on"', "s.k", *(["c.*"] if counts else []), *own.prepared("p")]
    window = max((leaf.years for leaf in framework.leaves), default=1)
    joined = " LEFT JOIN counts c ON c.park = s.subject AND c.year = s.year" if counts else ""
    parts = [
        'span AS (SELECT a.idx, a.subject, a."on", CAST(k.range AS INTEGER) AS k,'
        " a.year - CAST(k.range AS INTEGER) AS year"
        f" FROM asked{suffix} a, range({window}) k)",
        f"facts AS (SELECT {', '.join(heads)} FROM span s"
        f" LEFT JOIN {framework.subject}{suffix} p ON p.subject = s.subject AND p.year = s.year"
        f"{joined})",
    ]
    if counts:
        parts[1:1] = [
            f"members AS (SELECT {', '.join(['e.park', 'e.year', *member.prepared('e')])}"
            f" FROM enterprise{suffix} e"
            " SEMI JOIN span s ON s.subject = e.park AND s.year = e.year)",
            f"classes AS (SELECT m.*, {', '.join(classes)} FROM members m)",
            f"counts AS (SELECT park, year, count(*) AS listed, {', '.join(counts)}"
            " FROM classes m GROUP BY park, year)",
        ]
    parts += [
        f"evidence AS ({' UNION ALL '.join(evidence)})",
        *judge(framework.leaves),
    ]
    return f"WITH {', '.join(parts)} SELECT * FROM findings ORDER BY idx, leaf"


def _threshold(leaf: Leaf, own: Compiler) -> tuple[str, str]:
    """Return SQL for the bounds of the threshold in force on the day; NULL if there is none."""
    if leaf.kind == "condition" and not leaf.thresholds:
        return literal(1), literal(1)
    low, high = [], []
    for threshold in leaf.thresholds:
        days = f"f.\"on\" >= DATE '{threshold.valid_from}'"
        if threshold.valid_until is not None:
            days += f" AND f.\"on\" < DATE '{threshold.valid_until}'"
        if leaf.kind == "condition":
            value = Interval(literal(1), literal(1))
        elif threshold.formula:
            value = own.number(threshold.formula)
        elif threshold.value is not None:
            value = Interval(literal(threshold.value), literal(threshold.value))
        else:
            continue
        low.append(f"WHEN {days} THEN {value.low}")
        high.append(f"WHEN {days} THEN {value.high}")
    if not low:
        return f"CAST(NULL AS {DECIMAL})", f"CAST(NULL AS {DECIMAL})"
    return f"CASE {' '.join(low)} END", f"CASE {' '.join(high)} END"


def _missing(codes: Sequence[str], own: Compiler) -> str:
    tests = [f"CASE WHEN {own.raw(code)} IS NULL THEN '{code}' END" for code in codes]
    return f"concat_ws(',', {', '.join(tests)})" if tests else "''"


def _all_na(formulas: Sequence[str], own: Compiler) -> str:
    """Return SQL that is TRUE where all items of one of *formulas* were declared n/a."""
    groups = [columns_of(formula) for formula in formulas]
    tests = [" AND ".join(own.declared_na(code) for code in group) for group in groups if group]
    return f"({' OR '.join(f'({test})' for test in tests) or 'FALSE'})"


def _condition(leaf: Leaf, own: Compiler, options: Mapping[str, str]) -> str:
    formula = leaf.numerator.chosen(options)
    codes, _ = leaf_columns(leaf, options)
    low, high = _threshold(leaf, own)
    return (
        f"'t_low': {low}, 't_high': {high}, 'v': {own.truth(formula)},"
        f" 'na': {_all_na([formula], own)}, 'missing': {_missing(codes, own)}"
    )


def _number(leaf: Leaf, own: Compiler, options: Mapping[str, str]) -> str:
    formulas = [leaf.numerator.chosen(options)]
    top, bottom = own.number(formulas[0]), Interval(literal(1), literal(1))
    if leaf.kind == "ratio":
        if leaf.denominator is None:
            raise FormulaError("a ratio needs a denominator")
        formulas.append(leaf.denominator.chosen(options))
        bottom = own.number(formulas[1])
    codes, _ = leaf_columns(leaf, options)
    low, high = _threshold(leaf, own)
    return (
        f"'t_low': {low}, 't_high': {high},"
        f" 'n_low': {_decimal(top.low)}, 'n_high': {_decimal(top.high)},"
        f" 'd_low': {_decimal(bottom.low)}, 'd_high': {_decimal(bottom.high)},"
        f" 'part': {leaf.part_of_whole and leaf.kind == 'ratio'},"
        f" 'na': {_all_na(formulas, own)}, 'missing': {_missing(codes, own)}"
    )


def _decimal(value: str) -> str:
    return f"CAST({value} AS {DECIMAL})"


def _classes(at: int, leaf: Leaf, member: Compiler, options: Mapping[str, str]) -> list[str]:
    """Return the column that numbers the class of an enterprise, 0 if surely not counted."""
    if leaf.denominator is None:
        raise FormulaError("a share needs a denominator")
    counted = member.truth(leaf.denominator.chosen(options))
    meets = member.truth(leaf.numerator.chosen(options))
    return [
        f"CASE WHEN NOT {counted} THEN 0::TINYINT WHEN {counted}"
        f" THEN CASE WHEN {meets} THEN 1::TINYINT WHEN NOT {meets} THEN 2::TINYINT"
        " ELSE 3::TINYINT END"
        f" WHEN {meets} THEN 4::TINYINT WHEN NOT {meets} THEN 5::TINYINT ELSE 6::TINYINT END"
        f" AS class{at}"
    ]


def _counts(at: int, leaf: Leaf, member: Compiler, options: Mapping[str, str]) -> list[str]:
    columns = [
        f"count(*) FILTER (class{at} = {number}) AS {name}{at}"
        for number, name in enumerate(CLASSES, start=1)
    ]
    _, codes = leaf_columns(leaf, options)
    tests = [
        # from 3 on something is unknown
        f"CASE WHEN bool_or(class{at} >= 3 AND {member.raw(code)} IS NULL) THEN '{code}' END"
        for code in codes
    ]
    return [*columns, f"concat_ws(',', {', '.join(tests)}) AS missing{at}"]


def _share(at: int, leaf: Leaf, own: Compiler, options: Mapping[str, str]) -> str:
    pair = leaf.aggregate_chosen(options)
    low, high = _threshold(leaf, own)
    nothing = f"CAST(NULL AS {DECIMAL})"
    bounds = {"n": Interval(nothing, nothing), "d": Interval(nothing, nothing)}
    told = {"n": "FALSE", "d": "FALSE"}
    na = "FALSE"
    if pair is not None:
        for side, code in zip("nd", pair, strict=True):
            bounds[side] = own.number(code)
            told[side] = own.reported(code)
        na = own.declared_na(pair[1])
    own_codes, member_codes = leaf_columns(leaf, options)
    unlisted = _missing(own_codes, own) if pair else f"'{','.join(member_codes)}'"
    counted = ", ".join(f"'{name}': f.{name}{at}" for name in CLASSES)
    return (
        f"'t_low': {low}, 't_high': {high}, 'listed': f.listed IS NOT NULL, {counted},"
        f" 'r_told': {told['n']}, 'r_low': {bounds['n'].low}, 'r_high': {bounds['n'].high},"
        f" 'w_told': {told['d']}, 'w_low': {bounds['d'].low}, 'w_high': {bounds['d'].high},"
        f" 'na': {na}, 'missing': CASE WHEN f.listed IS NULL THEN {unlisted} ELSE f.missing{at} END"
    )


def _evidence(kind: str, entries: Sequence[str]) -> str:
    """Return the select that turns the raw entries of one kind into extremes."""
    steps, columns = EXTREMES[kind]
    source = (
        'SELECT idx, k, "on", unnest([' + ", ".join(entries) + "], recursive := true) FROM facts f"
    )
    for step in steps:
        source = f"SELECT *, {step} FROM ({source})"
    return f"SELECT idx, k, leaf, t_low, t_high, {columns} FROM ({source}) WHERE k < years"
