"""Evidence held against the threshold: status, bounds, and what is still missing.

A leaf is decided only when the whole interval is on one side (H1), in every year it looks at, and
only when the denominator is surely not zero. Comparisons multiply out: ``n >= t * d`` in decimals,
never the rounded quotient, so exactly 20 of 100 meets "at least 20 %".
"""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.assessment.engine.formulas import product
from sinhthai.rules.model import Leaf

# How the smallest (l) and the greatest (h) value decide, t being the target times the denominator.
_MET = {
    "at_least": "low_num >= worst_target",
    "more_than": "low_num > worst_target",
    "at_most": "high_num <= best_target",
    "less_than": "high_num < best_target",
    "equal": "low_num >= worst_target AND high_num <= best_target",
}
_NOT_MET = {
    "at_least": "high_num < best_target",
    "more_than": "high_num <= best_target",
    "at_most": "low_num > worst_target",
    "less_than": "low_num >= worst_target",
    "equal": "high_num < best_target OR low_num > worst_target",
}
# How much more (or less) of the numerator is needed; enterprises come whole.
_SHORT = {
    "at_least": ("worst_target - low_num", "best_target - high_num"),
    "more_than": ("worst_target - low_num", "best_target - high_num"),
    "at_most": ("high_num - best_target", "low_num - worst_target"),
    "less_than": ("high_num - best_target", "low_num - worst_target"),
    "equal": (
        "greatest(worst_target - low_num, high_num - best_target)",
        "greatest(best_target - high_num, low_num - worst_target)",
    ),
}


def _sense(leaf: Leaf) -> str:
    return "at_least" if leaf.sense == "is_true" else leaf.sense


def _by_sense(table: dict[str, str]) -> str:
    cases = " ".join(f"WHEN '{sense}' THEN {sql}" for sense, sql in table.items())
    return f"CASE sense {cases} END"


def _whole(sql: str) -> str:
    """Return SQL that rounds a shortfall up to whole enterprises, one more if it must be passed."""
    strict = "sense IN ('more_than', 'less_than')"
    # as doubles: one branch of whole numbers would round the others
    return (
        f"CASE WHEN kind <> 'share' THEN CAST({sql} AS DOUBLE)"
        f" WHEN {strict} THEN CAST(floor({sql}) AS DOUBLE) + 1 ELSE CAST(ceil({sql}) AS DOUBLE) END"
    )


def _target(target: str, denominator: str) -> str:
    # 0 % of an unbounded whole is still 0
    return f"CASE WHEN {target} = 0 THEN 0 ELSE {product(target, denominator)} END"


def _quotient(top: str, bottom: str) -> str:
    return f"CASE WHEN {bottom} <> 0 THEN CAST({top} AS DOUBLE) / CAST({bottom} AS DOUBLE) END"


def judge(leaves: Sequence[Leaf]) -> list[str]:
    """Return the last common table expressions of the query; ``findings`` is the result."""
    values = ", ".join(
        f"({at}, '{leaf.kind}', '{_sense(leaf)}', {leaf.years})" for at, leaf in enumerate(leaves)
    )
    short = {sense: worst for sense, (worst, _) in _SHORT.items()}
    certain = {sense: best for sense, (_, best) in _SHORT.items()}
    rules = f"rules(leaf, kind, sense, years) AS (VALUES {values})"
    targets = (
        "targets AS (SELECT e.*, r.kind, r.sense, r.years,"
        # a high target is the hardest for "at least", a low one for "at most"
        f" {_target('t_high', 'low_den')} AS worst_target,"
        f" {_target('t_low', 'high_den')} AS best_target"
        " FROM evidence e JOIN rules r USING (leaf))"
    )
    judged = (
        "judged AS (SELECT idx, k, leaf, kind, sense, years, clash, n_low, n_high, d_low, d_high,"
        " yes, no, unknown, maybe, totals, missing,"
        f" CASE WHEN clash THEN 'undetermined' WHEN empty THEN 'not_applicable'"
        " WHEN NOT certain THEN 'undetermined'"
        f" WHEN {_by_sense(_MET)} THEN 'met' WHEN {_by_sense(_NOT_MET)} THEN 'not_met'"
        " ELSE 'undetermined' END AS status,"
        " CASE WHEN low_den IS NULL AND low_num >= 0 THEN 0"
        f" ELSE {_quotient('low_num', 'low_den')} END AS lower,"
        f" {_quotient('high_num', 'high_den')} AS upper,"
        " CASE WHEN kind <> 'condition' AND t_low = t_high THEN CAST(t_low AS DOUBLE) END"
        " AS threshold,"
        f" {_by_sense(short)} AS worst_short, {_by_sense(certain)} AS best_short"
        " FROM targets)"
    )
    rounded = (
        f"rounded AS (SELECT *, {_whole('worst_short')} AS short,"
        f" {_whole('best_short')} AS surely_short FROM judged)"
    )
    return [rules, targets, judged, rounded, _over_years()]


def _over_years() -> str:
    """Return the step that makes one finding of the years a leaf looks at.

    Not met in one year is not met. Of several years the bounds are those of the worst, the counts
    those of the year asked.
    """
    rising = "sense IN ('at_least', 'more_than')"

    def bound(name: str) -> str:
        known = f"count({name}) = count(*)"
        return (
            f"CASE WHEN NOT ({known}) THEN NULL WHEN any_value({rising}) THEN min({name})"
            f" ELSE max({name}) END AS {name}"
        )

    def asked(name: str) -> str:
        return f"arg_min_null({name}, k) AS {name}"

    status = (
        "CASE WHEN bool_or(status = 'not_met') THEN 'not_met'"
        " WHEN bool_or(status = 'undetermined') THEN 'undetermined'"
        " WHEN bool_or(status = 'met') THEN 'met' ELSE 'not_applicable' END"
    )
    shown = ("n_low", "n_high", "d_low", "d_high")
    several = ", ".join(
        [
            f"{status} AS status",
            bound("lower"),
            bound("upper"),
            asked("threshold"),
            *(asked(name) for name in ("yes", "no", "unknown", "maybe", *shown)),
            asked("totals"),
            "CASE WHEN count(short) = count(*) THEN max(short) END AS short",
            "CASE WHEN count(surely_short) = count(*) THEN max(surely_short) END AS surely_short",
            "string_agg(missing, ',' ORDER BY k) FILTER (missing <> '') AS missing",
        ]
    )
    one = (
        "status, lower, upper, threshold, yes, no, unknown, maybe, n_low, n_high, d_low, d_high,"
        " totals, short, surely_short, missing"
    )

    def pair(low: str, high: str) -> str:
        bounds = f"[CAST({low} AS DOUBLE), CAST({high} AS DOUBLE)]"
        return f"CASE WHEN {low} IS NOT NULL OR {high} IS NOT NULL THEN {bounds} END"

    gap = "CASE WHEN status IN ('not_met', 'undetermined') AND kind <> 'condition' THEN"
    return (
        "findings AS (SELECT idx, leaf, status, lower, upper, threshold,"
        f" {pair('n_low', 'n_high')} AS numerator, {pair('d_low', 'd_high')} AS denominator,"
        " yes, no, unknown, maybe, totals AS from_aggregate,"
        f" {gap} CAST(greatest(short, 0) AS DOUBLE) END AS gap,"
        f" {gap} CAST(greatest(surely_short, 0) AS DOUBLE) END AS gap_certain,"
        " CASE WHEN coalesce(missing, '') <> ''"
        " THEN list_sort(list_distinct(string_split(missing, ','))) ELSE [] END AS missing"
        f" FROM (SELECT idx, leaf, kind, {one} FROM rounded WHERE years = 1 UNION ALL"
        f" SELECT idx, leaf, any_value(kind), {several} FROM rounded WHERE years > 1"
        " GROUP BY idx, leaf))"
    )
