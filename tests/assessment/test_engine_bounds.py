"""Bounds against brute force: every way the unknown could turn out, on tiny cases."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.assessment.making import facts, find, leaf

QUICK = settings(max_examples=30, deadline=None)
truths = st.sampled_from([True, False, None])
SENSES = {
    "at_least": lambda v, t: v >= t,
    "more_than": lambda v, t: v > t,
    "at_most": lambda v, t: v <= t,
    "less_than": lambda v, t: v < t,
    "equal": lambda v, t: v == t,
}
senses = st.sampled_from(sorted(SENSES))
# thresholds that a float cannot hold exactly are the interesting ones
targets = st.sampled_from(["0", "0.07", "0.1", "0.2", "0.25", "0.3", "0.5", "0.9", "1"])


def outcomes(value):
    return (True, False) if value is None else (value,)


def agrees(status, values, may_be_empty, sense, target):
    """Say whether the engine's status is that of all completions.

    "equal" may stay undetermined where the target lies between two values that can occur.
    """
    expected = decided(values, may_be_empty, sense, target)
    between = sense == "equal" and values and min(values) < target < max(values)
    return status == expected or (bool(between) and status == "undetermined")


def decided(values, may_be_empty, sense, target):
    """Return the status all completions agree on."""
    if not values:
        return "not_applicable" if may_be_empty else "undetermined"
    verdicts = {SENSES[sense](value, target) for value in values}
    if may_be_empty or len(verdicts) > 1:
        return "undetermined"
    return "met" if verdicts.pop() else "not_met"


@QUICK
@given(st.lists(st.tuples(truths, truths), min_size=1, max_size=5), senses, targets)
def test_a_share_is_bounded_by_its_worst_and_best_completion(firms, sense, target):
    values, may_be_empty = set(), False
    for completion in product(*[product(outcomes(d), outcomes(n)) for d, n in firms]):
        inside = [meets for counts, meets in completion if counts]
        if inside:
            values.add(Fraction(sum(inside), len(inside)))
        else:
            may_be_empty = True
    found = find(
        leaf("share", "n", "d", float(target), sense),
        facts([{}], [{"d": d, "n": n} for d, n in firms]),
    )
    assert agrees(found.status, values, may_be_empty, sense, Fraction(target)), found
    if values:
        assert found.lower == pytest.approx(float(min(values)))
        assert found.upper == pytest.approx(float(max(values)))


@QUICK
@given(
    st.lists(st.tuples(truths, truths), min_size=1, max_size=3),
    st.integers(0, 6),
    st.integers(0, 3),
    senses,
    targets,
)
def test_enterprises_not_on_the_list_may_meet_or_not(firms, low, more, sense, target):
    """The park says how many there are (perhaps as a range); the list may lack some of them."""
    high = low + more
    values, may_be_empty = set(), False
    for completion in product(*[product(outcomes(d), outcomes(n)) for d, n in firms]):
        inside = [meets for counts, meets in completion if counts]
        # a total below the list is outdated: the list itself is then complete
        for total in range(low, high + 1):
            unlisted = max(0, total - len(inside))
            for yes in range(unlisted + 1):
                count = len(inside) + unlisted
                if count:
                    values.add(Fraction(sum(inside) + yes, count))
                else:
                    may_be_empty = True
    given_facts = facts(
        [
            {
                "total": float(low) if low == high else None,
                "total__lo": float(low),
                "total__hi": float(high),
            }
        ],
        [{"d": d, "n": n} for d, n in firms],
    )
    found = find(
        leaf("share", "n", "d", float(target), sense, aggregate=("told", "total")), given_facts
    )
    assert agrees(found.status, values, may_be_empty, sense, Fraction(target)), found
    if values:
        assert found.lower == pytest.approx(float(min(values)))
        assert found.upper == pytest.approx(float(max(values)))


@st.composite
def bounded(draw, top=4):
    low = draw(st.integers(0, top))
    return low, draw(st.integers(low, top))


def column(name, low, high):
    exact = float(low) if low == high else None
    return {name: exact, f"{name}__lo": float(low), f"{name}__hi": float(high)}


@QUICK
@given(bounded(), bounded(), bounded(), st.booleans(), senses, targets)
def test_a_ratio_is_bounded_by_its_worst_and_best_completion(a, b, whole, part, sense, target):
    values, may_be_empty, possible = set(), False, False
    for x, y, d in product(*[range(low, high + 1) for low, high in (a, b, whole)]):
        if part and x + y > d:
            continue
        possible = True
        if d:
            values.add(Fraction(x + y, d))
        else:
            may_be_empty = True
    found = find(
        leaf("ratio", "a + b", "d", float(target), sense, part_of_whole=part),
        facts([{**column("a", *a), **column("b", *b), **column("d", *whole)}]),
    )
    if not possible:
        assert found.status == "undetermined"  # the part is greater than the whole
        return
    # With whole numbers only, some real values in between are never reached: statuses of the
    # engine may be weaker, never different.
    expected = decided(values, may_be_empty, sense, Fraction(target))
    assert found.status in (expected, "undetermined")
    if values:
        assert found.lower <= float(min(values)) + 1e-12
        assert found.upper is None or found.upper >= float(max(values)) - 1e-12
    if values and not may_be_empty and not part:
        assert agrees(found.status, values, may_be_empty, sense, Fraction(target)), found
        assert found.lower == pytest.approx(float(min(values)))
        assert found.upper == pytest.approx(float(max(values)))


FORMULAS = {
    "x + y": lambda x, y: x + y,
    "x - y": lambda x, y: x - y,
    "2 * x - 0.5 * y": lambda x, y: 2 * x - Fraction(1, 2) * y,
    "x * y": lambda x, y: x * y,
    "(x - 2) * y": lambda x, y: (x - 2) * y,
    "-x + 3": lambda x, y: -x + 3,
    "greatest(x, y)": max,
    "least(x, 2) + y": lambda x, y: min(x, 2) + y,
    "CASE WHEN x > 1 THEN y ELSE 0 END": lambda x, y: y if x > 1 else 0,
    "x / 4": lambda x, y: Fraction(x, 4),
}


@QUICK
@given(st.sampled_from(sorted(FORMULAS)), bounded(), bounded(), senses, st.integers(-2, 6))
def test_a_formula_is_bounded_by_its_worst_and_best_completion(text, x, y, sense, target):
    ranges = [range(low, high + 1) for low, high in (x, y)]
    values = {Fraction(FORMULAS[text](*pair)) for pair in product(*ranges)}
    found = find(
        leaf("quantity", text, None, float(target), sense),
        facts([{**column("x", *x), **column("y", *y)}]),
    )
    if text.startswith("CASE"):  # x and y are seen as independent of the condition
        assert found.lower <= min(values)
        assert found.upper >= max(values)
    else:
        assert found.lower == pytest.approx(float(min(values)))
        assert found.upper == pytest.approx(float(max(values)))
    assert found.status in (decided(values, False, sense, target), "undetermined")


CONDITIONS = {
    "a AND b": lambda a, b, x: a and b,
    "a OR NOT b": lambda a, b, x: a or not b,
    "NOT (a AND x >= 2)": lambda a, b, x: not (a and x >= 2),
    "x > 1 AND x <= 3": lambda a, b, x: 1 < x <= 3,
    "x = 2 OR a": lambda a, b, x: x == 2 or a,
    "x <> 2": lambda a, b, x: x != 2,
    "x BETWEEN 1 AND 3": lambda a, b, x: 1 <= x <= 3,
    "x < 2 AND b = FALSE": lambda a, b, x: x < 2 and not b,
}


@QUICK
@given(st.sampled_from(sorted(CONDITIONS)), truths, truths, bounded())
def test_a_condition_never_says_what_a_completion_denies(text, a, b, x):
    values = {
        CONDITIONS[text](*case) for case in product(outcomes(a), outcomes(b), range(x[0], x[1] + 1))
    }
    found = find(leaf("condition", text), facts([{"a": a, "b": b, **column("x", *x)}]))
    if found.status == "undetermined":
        assert (found.lower, found.upper) == (0.0, 1.0)
    else:
        assert values == {found.status == "met"}
    if len(values) == 1 and x[0] == x[1]:  # all else known: three-valued logic must decide
        assert a is None or b is None or found.status == ("met" if values.pop() else "not_met")


@QUICK
@given(
    st.lists(st.tuples(truths, truths), max_size=3),
    bounded(3),
    bounded(5),
    senses,
    targets,
)
def test_both_totals_never_decide_against_a_completion(firms, more, yes, sense, target):
    """The list is incomplete and the park's two totals fit it: nothing possible is excluded."""
    total = (len(firms) + 1 + more[0], len(firms) + 1 + more[1])
    values = set()
    for completion in product(*[product(outcomes(d), outcomes(n)) for d, n in firms]):
        inside = [meets for counts, meets in completion if counts]
        for count in range(max(total[0], len(inside)), total[1] + 1):
            for unlisted in range(count - len(inside) + 1):
                if yes[0] <= sum(inside) + unlisted <= yes[1]:
                    values.add(Fraction(sum(inside) + unlisted, count))
    assume(values)  # else the totals contradict the list
    found = find(
        leaf("share", "n", "d", float(target), sense, aggregate=("told", "total")),
        facts(
            [{**column("told", *yes), **column("total", *total)}],
            [{"d": d, "n": n} for d, n in firms],
        ),
    )
    assert found.from_aggregate
    assert found.lower <= float(min(values)) + 1e-12
    assert found.upper >= float(max(values)) - 1e-12
    expected = decided(values, False, sense, Fraction(target))
    assert found.status in (expected, "undetermined")
    if total[0] == total[1] and yes[0] == yes[1]:
        assert found.lower == found.upper == pytest.approx(yes[0] / total[0])
