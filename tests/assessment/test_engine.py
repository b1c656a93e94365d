"""The engine: thresholds, years, options, totals, absences, and what does not matter."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from tests.assessment.making import DAY, T, facts, find, framework, leaf, number

from sinhthai.assessment.engine import session
from sinhthai.assessment.engine.assess import FINDINGS, Asked, assess, assess_family, to_findings
from sinhthai.assessment.engine.digest import digest, digests
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.formulas import FormulaError, columns_of
from sinhthai.assessment.engine.members import members
from sinhthai.assessment.engine.query import columns_of_any_reading, columns_used
from sinhthai.assessment.engine.session import FEW_ROWS
from sinhthai.assessment.engine.verdicts import count_statuses, verdict_of
from sinhthai.rules.model import Bundle, Choice, Formula, Option, Threshold

SHARE = leaf("share", "recp", "status = 'operating'", 0.2, aggregate=("with_recp", "operating"))


def firms(yes=0, no=0, unknown=0, **extra):
    rows = [{"recp": True}] * yes + [{"recp": False}] * no + [{"recp": None}] * unknown
    return [{"status": "operating", **extra, **row} for row in rows]


# -- thresholds, exactly -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "whole", "target", "status"),
    [
        (20, 100, 0.2, "met"),
        (19, 100, 0.2, "not_met"),
        (7, 100, 0.07, "met"),  # 0.07 * 100 is 7.000000000000001 in floating point
        (0.1 + 0.2, 1, 0.3, "not_met"),  # what was reported is 0.30000000000000004: see below
        (1, 3, 0.333333333, "met"),
        (33.3, 100, 0.333, "met"),
        (0.29, 1, 0.29, "met"),
        (57.1 / 100, 1, 0.571, "met"),
        (4.35 * 100, 1000, 0.435, "met"),
    ],
)
def test_a_ratio_meets_its_threshold_exactly(top, whole, target, status):
    found = find(leaf("ratio", "a", "b", target), facts([{"a": top, "b": whole}]))
    if top == 0.1 + 0.2:
        status = "met"  # nine decimals are kept, so it is 0.3 again
    assert found.status == status


def test_a_sum_of_decimals_is_exact():
    one = leaf("ratio", "a + b + c", "d", 0.3)
    assert find(one, facts([{"a": 0.1, "b": 0.1, "c": 0.1, "d": 1.0}])).status == "met"


@pytest.mark.parametrize(
    ("sense", "below", "at", "above"),
    [
        ("at_least", "not_met", "met", "met"),
        ("more_than", "not_met", "not_met", "met"),
        ("at_most", "met", "met", "not_met"),
        ("less_than", "met", "not_met", "not_met"),
        ("equal", "not_met", "met", "not_met"),
    ],
)
def test_each_sense_below_at_and_above_the_threshold(sense, below, at, above):
    one = leaf("quantity", "x", None, 0.7, sense)
    found = [find(one, facts([{"x": x}])).status for x in (0.6999, 0.7, 0.7001)]
    assert found == [below, at, above]


@pytest.mark.parametrize(
    ("sense", "from_the_target_up", "up_to_the_target"),
    [
        ("at_least", "met", "undetermined"),
        ("more_than", "undetermined", "not_met"),
        ("at_most", "undetermined", "met"),
        ("less_than", "not_met", "undetermined"),
        ("equal", "undetermined", "undetermined"),
    ],
)
def test_an_interval_that_touches_the_threshold(sense, from_the_target_up, up_to_the_target):
    one = leaf("quantity", "x", None, 7, sense)
    up = find(one, facts([{"x__lo": 7.0, "x__hi": 9.0}]))
    down = find(one, facts([{"x__lo": 5.0, "x__hi": 7.0}]))
    assert (up.status, down.status) == (from_the_target_up, up_to_the_target)


def test_one_enterprise_decides_at_the_threshold():
    assert find(SHARE, facts([{}], firms(yes=38, no=151))).status == "met"  # 38 of 189: 20.1 %
    assert find(SHARE, facts([{}], firms(yes=37, no=152))).status == "not_met"
    assert find(SHARE, facts([{}], firms(yes=1, no=4))).status == "met"


def test_the_threshold_is_the_one_in_force_on_the_day():
    change = dt.date(2025, 7, 1)
    one = replace(
        leaf("quantity", "x"),
        thresholds=(Threshold(dt.date(2020, 1, 1), change, 10), Threshold(change, None, 20)),
    )
    given = facts([{"x": 15.0}])
    days = [dt.date(2025, 6, 30), change, dt.date(2025, 7, 2)]
    assert [find(one, given, on=day).status for day in days] == ["met", "not_met", "not_met"]
    assert [find(one, given, on=day).threshold for day in days] == [10, 20, 20]
    before = find(one, given, on=dt.date(2019, 12, 31))
    assert (before.status, before.threshold) == ("undetermined", None)


def test_a_target_may_itself_be_reported():
    one = leaf("ratio", "renewable", "energy", "0.01 * national")
    known = {"renewable": 20.0, "energy": 100.0}
    assert find(one, facts([known | {"national": 20.0}])).status == "met"
    assert find(one, facts([known | {"national": 21.0}])).status == "not_met"
    assert find(one, facts([known])).status == "undetermined"
    assert find(one, facts([known])).missing == ("national",)


# -- the unknown -------------------------------------------------------------------------------


def test_nothing_reported_is_undetermined_and_names_what_is_missing():
    found = find(leaf("ratio", "a + b", "c", 0.25, part_of_whole=True), facts([{}]))
    assert found.status == "undetermined"
    assert (found.lower, found.upper) == (0.0, 1.0)
    assert found.missing == ("a", "b", "c")


def test_a_part_that_suffices_needs_no_more():
    given = facts([{"a": 30.0, "c": 100.0}])
    found = find(leaf("ratio", "a + b", "c", 0.25, part_of_whole=True), given)
    assert (found.status, found.lower, found.upper) == ("met", 0.3, 1.0)


def test_a_part_cannot_exceed_its_whole():
    one = leaf("ratio", "a", "b", 0.25, part_of_whole=True)
    found = find(one, facts([{"a": 120.0, "b": 100.0}]))
    assert found.status == "undetermined"  # the facts contradict each other
    assert found.lower == pytest.approx(1.2)


def test_the_limits_of_an_item_bound_its_unknown_value():
    one = leaf("quantity", "x", None, 100, "at_most")
    assert find(one, facts([{}])).status == "undetermined"
    assert find(one, facts([{}]), items={"x": number("x", 0, 100)}).status == "met"
    assert find(one, facts([{}]), items={"x": number("x", 101)}).status == "not_met"


def test_a_number_no_park_can_have_is_unknown():
    found = find(leaf("quantity", "x * x", None, 1), facts([{"x": 1e30}]))
    assert found.status == "undetermined"


def test_a_subject_without_facts_is_undetermined_not_left_out():
    found = to_findings(assess(framework(SHARE), facts(), [Asked("ghost", DAY, 2025)], {}))
    assert [one.status for one in found] == ["undetermined"]


def test_declared_not_applicable_counts_only_for_all_of_a_formula():
    both = leaf("condition", "a AND b")
    assert find(both, facts([{"a": None, "a__na": True, "b__na": True}])).status == "not_applicable"
    # one service out of six declared "not applicable" does not make the criterion go away
    assert find(both, facts([{"a": True, "b__na": True}])).status == "undetermined"
    ratio = leaf("ratio", "a", "b", 0.5)
    assert find(ratio, facts([{"a": 3.0, "b__na": True}])).status == "not_applicable"


def test_a_denominator_of_zero_is_not_applicable():
    assert (
        find(leaf("ratio", "a", "b", 0.5), facts([{"a": 0.0, "b": 0.0}])).status == "not_applicable"
    )
    nobody = firms(yes=1)
    nobody[0]["status"] = "closed"
    assert find(SHARE, facts([{}], nobody)).status == "not_applicable"


# -- years -------------------------------------------------------------------------------------

YEARS = leaf("condition", "a", years=3)


def years(**by_year):
    return facts([{"year": int(year[1:]), "a": value} for year, value in by_year.items()])


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (years(y2023=True, y2024=True, y2025=True), "met"),
        (years(y2023=True, y2024=False, y2025=True), "not_met"),
        (years(y2023=True, y2024=True), "undetermined"),
        (years(y2024=True, y2025=True), "undetermined"),
        (years(y2024=False, y2025=None), "not_met"),
        (years(y2022=False, y2023=True, y2024=True, y2025=True), "met"),
    ],
)
def test_three_years_must_all_hold_and_a_missing_year_is_unknown(given, status):
    assert find(YEARS, given).status == status


def test_a_share_over_years_has_the_bounds_of_the_worst():
    rows = [{"year": y, **firm} for y in (2024, 2025) for firm in firms(yes=2, no=y - 2024)]
    one = replace(SHARE, years=2)
    found = find(
        one, facts([{"year": 2024}, {}], [{**r, "subject": f"e{i}"} for i, r in enumerate(rows)])
    )
    assert found.status == "met"
    assert found.lower == pytest.approx(2 / 3)
    assert (found.yes, found.no) == (2, 1)


# -- options -----------------------------------------------------------------------------------


def test_the_reading_chosen_chooses_the_formula_and_its_totals():
    one = replace(
        SHARE,
        denominator=Formula(
            {"operating": "status = 'operating'", "all": "status <> 'closed'"}, "A2"
        ),
        aggregate_cases={"operating": ("with_recp", "operating"), "all": ("with_recp", "all")},
    )
    rows = [*firms(yes=1), {"status": "leased", "recp": False}]
    listed = facts([{}], rows)
    assert find(one, listed, options={"A2": "operating"}).lower == 1.0
    assert find(one, listed, options={"A2": "all"}).lower == 0.5
    totals = facts([{"with_recp": 30.0, "operating": 60.0, "all": 120.0}])
    assert find(one, totals, options={"A2": "operating"}).lower == 0.5
    assert find(one, totals, options={"A2": "all"}).lower == 0.25
    assert columns_used(framework(one), {"A2": "all"})["park"] == {"with_recp", "all"}
    assert columns_of_any_reading(framework(one)) == {
        "with_recp", "operating", "all", "recp", "status"
    }  # fmt: skip


# -- totals and lists --------------------------------------------------------------------------


def test_totals_stand_where_there_is_no_list():
    found = find(SHARE, facts([{"with_recp": 30.0, "operating": 189.0}]))
    assert (found.status, found.from_aggregate) == ("not_met", True)
    assert found.lower == found.upper == pytest.approx(30 / 189)
    assert (found.yes, found.no, found.unknown, found.gap) == (30, 159, 0, 8)


def test_at_least_thirty_of_a_known_total_is_an_interval():
    given = facts(
        [{"with_recp": None, "with_recp__lo": 30.0, "with_recp__hi": None, "operating": 189.0}]
    )
    found = find(SHARE, given)
    assert (found.status, found.upper) == ("undetermined", 1.0)
    assert found.lower == pytest.approx(30 / 189)
    assert find(SHARE, facts([{"with_recp__lo": 38.0, "operating": 189.0}])).status == "met"


def test_the_list_goes_before_the_totals():
    found = find(SHARE, facts([{"with_recp": 30.0, "operating": 4.0}], firms(yes=0, no=4)))
    assert (found.status, found.from_aggregate, found.lower) == ("not_met", False, 0.0)


def test_a_total_greater_than_the_list_makes_the_rest_unknown():
    found = find(SHARE, facts([{"operating": 189.0}], firms(yes=30, no=118)))
    assert found.status == "undetermined"
    assert (found.lower, found.upper) == (pytest.approx(30 / 189), pytest.approx(71 / 189))
    assert (found.yes, found.no, found.unknown, found.gap, found.gap_certain) == (30, 118, 41, 8, 0)


def test_totals_say_of_the_unlisted_what_the_list_does_not():
    given = facts([{"operating": 189.0, "with_recp": 38.0}], firms(yes=3, no=2))
    found = find(SHARE, given)
    assert (found.status, found.from_aggregate) == ("met", True)
    assert found.lower == found.upper == pytest.approx(38 / 189)


def test_totals_that_contradict_the_list_are_set_aside():
    found = find(SHARE, facts([{"operating": 10.0, "with_recp": 9.0}], firms(yes=0, no=4)))
    assert (found.lower, found.upper, found.from_aggregate) == (0.0, 0.6, False)


def test_more_with_results_than_enterprises_is_a_contradiction():
    found = find(SHARE, facts([{"operating": 10.0, "with_recp": 12.0}]))
    assert found.status == "undetermined"


# -- what is missing ---------------------------------------------------------------------------


def test_the_gap_of_a_ratio_is_in_the_unit_of_its_numerator():
    found = find(leaf("ratio", "a + b", "c", 0.25), facts([{"a": 20.8, "b": 0.0, "c": 100.0}]))
    assert (found.gap, found.gap_certain) == (pytest.approx(4.2), pytest.approx(4.2))


def test_the_gap_of_an_open_quantity_has_a_worst_and_a_best_case():
    given = facts([{"x": None, "x__lo": 3.0, "x__hi": 9.0}])
    found = find(leaf("quantity", "x", None, 5), given)
    assert (found.gap, found.gap_certain) == (2.0, 0.0)
    less = find(leaf("quantity", "x", None, 5, "at_most"), given)
    assert (less.gap, less.gap_certain) == (4.0, 0.0)


def test_more_than_needs_one_enterprise_more():
    at_least = find(leaf("share", "recp", "status = 'operating'", 0.5), facts([{}], firms(1, 3)))
    more = find(
        leaf("share", "recp", "status = 'operating'", 0.5, "more_than"), facts([{}], firms(1, 3))
    )
    assert (at_least.gap, more.gap) == (1, 2)


def test_a_met_leaf_has_no_gap():
    assert find(SHARE, facts([{}], firms(yes=2))).gap is None


def test_the_list_behind_the_counts():
    rows = [*firms(yes=1, no=1, unknown=1), {"status": None, "recp": True}, {"status": "closed"}]
    listed = members(SHARE, facts([{}], rows), "p", 2025, {})
    assert [(one.enterprise, one.standing) for one in listed] == [
        ("e0", "yes"), ("e1", "no"), ("e2", "unknown"), ("e3", "maybe"), ("e4", "out")
    ]  # fmt: skip
    assert [one.missing for one in listed][2:4] == [("recp",), ("status",)]


# -- what does not matter ----------------------------------------------------------------------


def country(seed, parks=40):
    """Facts of some parks; the order of rows depends on *seed*, the facts do not."""
    rng = random.Random(7)
    own = [
        {
            "subject": f"p{at}",
            "a": rng.choice([None, 20.0, 30.0]),
            "b": 100.0,
            "ok": rng.choice([None, True, False]),
        }
        for at in range(parks)
    ]
    theirs = [
        {"subject": f"e{at}", "park": f"p{rng.randrange(parks)}", "status": rng.choice(["operating", "leased", None]), "recp": rng.choice([None, True, False])}
        for at in range(parks * 12)
    ]  # fmt: skip
    if seed:
        random.Random(seed).shuffle(own)
        random.Random(seed).shuffle(theirs)
    return facts(own, theirs)


RULES = framework(
    SHARE,
    replace(leaf("ratio", "a", "b", 0.25), id="land"),
    replace(leaf("condition", "ok"), id="housing"),
)


def test_the_order_of_facts_and_questions_does_not_matter():
    asked = [Asked(f"p{at}", DAY, 2025) for at in range(40)]
    plain = to_findings(assess(RULES, country(0), asked, {}))
    other = to_findings(assess(RULES, country(5), asked[::-1], {}))
    assert {(f.subject, f.leaf): f for f in plain} == {(f.subject, f.leaf): f for f in other}
    assert [f.subject for f in plain[:3]] == ["p0"] * 3
    assert [f.leaf for f in plain[:3]] == ["l", "land", "housing"]
    assert len({f.status for f in plain}) == 3


def test_the_unit_does_not_matter():
    one = leaf("ratio", "a + b", "c", 0.25)
    in_ha = {"a": 10.3, "b": 4.7, "c": 60.0}
    in_m2 = {name: value * 10_000 for name, value in in_ha.items()}
    first, second = find(one, facts([in_ha])), find(one, facts([in_m2]))
    assert first.status == second.status == "met"
    assert (first.lower, first.upper) == (second.lower, second.upper) == (0.25, 0.25)


def test_one_park_alone_is_found_as_among_all():
    """The kept plan of one park and the query over the country are the same text."""
    asked = [Asked(f"p{at}", DAY, 2025) for at in range(40)]
    many = country(0, parks=600)  # over the limit: planned afresh
    assert many.enterprise.num_rows > FEW_ROWS
    together = to_findings(assess(RULES, many, asked, {}))
    for at in (0, 3, 17):
        alone = facts(
            [r for r in many.park.to_pylist() if r["subject"] == f"p{at}"],
            [r for r in many.enterprise.to_pylist() if r["park"] == f"p{at}"],
        )
        found = to_findings(assess(RULES, alone, [Asked(f"p{at}", DAY, 2025)], {}))
        assert found == [f for f in together if f.subject == f"p{at}"]


def test_enterprises_have_frameworks_too():
    rules = framework(leaf("condition", "recp", subject="enterprise"), subject="enterprise")
    asked = [Asked(f"e{at}", DAY, 2025) for at in range(3)]
    found = to_findings(assess(rules, facts([{}], firms(1, 1, 1)), asked, {}))
    assert [one.status for one in found] == ["met", "not_met", "undetermined"]


def test_the_version_in_force_answers_and_a_day_without_one_is_named():
    change = dt.date(2022, 7, 15)
    old = framework(
        replace(leaf("quantity", "x", None, 1), id="old"), id="f.old", valid_until=change
    )
    new = framework(
        replace(leaf("quantity", "x", None, 9), id="new"), id="f.new", valid_from=change
    )
    bundle = Bundle("h", "1", {}, {}, (old, new))
    days = [change - dt.timedelta(days=1), change, dt.date(2019, 1, 1)]
    asked = [Asked("p", day, 2025) for day in days]
    answer = assess_family(bundle, "fam", facts([{"x": 5.0}]), asked)
    assert {(f.leaf, f.status) for f in to_findings(answer.findings)} == {
        ("old", "met"), ("new", "not_met")
    }  # fmt: skip
    assert answer.versions == {asked[0]: "f.old", asked[1]: "f.new"}
    assert answer.without == (asked[2],)
    assert assess_family(bundle, "fam", facts(), asked[2:]).findings.schema == FINDINGS


def test_a_family_is_read_by_default_unless_another_reading_is_chosen():
    one = leaf("quantity", Formula({"low": "x", "high": "10 * x"}, "A9"), None, 9)
    choices = (Choice("low", T), Choice("high", T))
    bundle = Bundle(
        "h", "1", {}, {"A9": Option("A9", T, choices, "low", "1", "s")}, (framework(one),)
    )
    asked, given = [Asked("p", DAY, 2025)], facts([{"x": 1.0}])
    status = [
        to_findings(assess_family(bundle, "fam", given, asked, options).findings)[0].status
        for options in (None, {"A9": "low"}, {"A9": "high"}, {})
    ]
    assert status == ["not_met", "not_met", "met", "not_met"]


# -- formulas that are refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "formula", "why"),
    [
        ("condition", "a IS NULL", "not a condition"),
        ("condition", "coalesce(a, TRUE)", "not a condition"),
        ("quantity", "coalesce(a, 0)", "not a number"),
        ("quantity", "a + ", "not an SQL expression"),
        ("quantity", "(a - b) / c", "cannot be negative"),
        ("quantity", "CASE WHEN a > 1 THEN 2 END", "without ELSE"),
        ("condition", "status > 'x'", "no order"),
        ("quantity", "(SELECT 1)", "not a number"),
    ],
)
def test_a_formula_that_would_hide_the_unknown_is_refused_by_name(kind, formula, why):
    with pytest.raises(FormulaError, match=rf"f l: .*{why}"):
        find(leaf(kind, formula, None, 1), facts([{}]))


def test_an_item_of_another_kind_is_refused():
    with pytest.raises(FormulaError, match="x is not true or false"):
        find(leaf("condition", "x"), facts([{}]), items={"x": number("x")})


def test_the_columns_of_a_formula_come_in_order():
    assert columns_of("b AND (a OR b)") == ("b", "a")


# -- verdict and digest ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        (["met", "met"], "all_met"),
        (["met", "not_applicable"], "all_met"),
        (["met", "undetermined"], "undetermined"),
        (["undetermined", "not_met"], "not_met"),
        (["not_applicable"], "undetermined"),
    ],
)
def test_the_verdict_follows_from_the_counts(statuses, verdict):
    assert verdict_of(framework(), count_statuses(statuses)) == verdict


def test_rules_partly_seen_never_say_all_met():
    assert verdict_of(framework(complete=False), count_statuses(["met"])) == "incomplete_rules"


def test_the_digest_is_of_the_facts_not_of_their_order():
    assert digests(country(0), ["p1", "p2"]) == digests(country(9), ["p1", "p2"])


def test_the_digest_changes_with_a_fact_of_the_park_or_of_an_enterprise():
    plain = digest(facts([{"a": 1.0}], firms(1)), "p")
    assert digest(facts([{"a": 2.0}], firms(1)), "p") != plain
    assert digest(facts([{"a": 1.0}], firms(0, 1)), "p") != plain
    assert digest(facts([{"a": 1.0}], firms(2)), "p") != plain
    assert digest(facts([{"a": 1.0, "z": None}], firms(1)), "p") == plain
    narrowed = {"park": ["a"], "enterprise": ["status"]}
    both = [
        digests(facts([{"a": 1.0}], rows), ["p"], narrowed, [2025])["p"]
        for rows in (firms(1), firms(0, 1))
    ]
    assert both[0] == both[1]


# -- purity ------------------------------------------------------------------------------------

WITHOUT_DJANGO = """
import importlib.abc, sys

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "ninja", "allauth"}:
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, ".")
from tests.assessment.making import facts, find, leaf
from sinhthai.reporting.engine.facts import RECORDS, ROSTER, build_facts

build_facts(RECORDS.empty_table(), ROSTER.empty_table(), [2025], [])
print(find(leaf("ratio", "a", "b", 0.25), facts([{"a": 30.0, "b": 100.0}])).status)
"""


def test_the_engine_runs_where_django_is_not_installed(request):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "met", done.stderr


def test_a_finding_has_the_columns_of_the_table():
    assert FINDINGS.names == list(Finding.__dataclass_fields__)


def test_many_threads_at_once_find_the_same():
    given = facts([{}], firms(yes=38, no=151))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: find(SHARE, given), range(12)))
    assert all(one == found[0] for one in found)
    assert found[0].status == "met"


def test_an_error_leaves_nothing_behind():
    broken = facts([{"a": 1.0}])
    with pytest.raises(FormulaError):
        find(leaf("quantity", "coalesce(a, 0)", None, 1), broken)
    assert find(leaf("quantity", "a", None, 1), broken).status == "met"


def test_plans_come_and_go_without_a_trace(monkeypatch):
    monkeypatch.setattr(session, "_KEPT", 2)
    monkeypatch.setattr(session, "_USES", 2)
    monkeypatch.setattr(session, "_idle", [])
    given = facts([{}], firms(yes=1, no=3))
    for _ in range(3):
        for target in (0.2, 0.3, 0.25):
            one = replace(SHARE, thresholds=(Threshold(DAY, None, target),))
            assert find(one, given).status == ("not_met" if target == 0.3 else "met")
            assert len(members(one, given, "p", 2025, {})) == 4
    (kept,) = session._idle
    assert len(kept.plans) <= 2
    tables = kept.connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone()[0]
    assert tables == sum(len(plan.tables) for plan in kept.plans.values())
