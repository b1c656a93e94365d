"""Who would finance a project: dates, three answers, and that learning never overturns a verdict."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.finance.engine.eligibility import Facts, judge, section_of
from sinhthai.finance.engine.funds import RECORDABLE, Fund, funds_on, load_funds, read_funds
from sinhthai.finance.engine.stages import STAGES, Standing, lacking, standing_path, steps_from
from sinhthai.finance.engine.taxonomy import check, load_taxonomy
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
KINDS = sorted(load_taxonomy().kinds)
GROUPS = sorted(load_taxonomy().groups)
SHARES = st.floats(0, 1, allow_nan=False)
A_DAY = dt.timedelta(days=1)


def fund(**changes):
    plain = Fund("x", "loan", Text("x", "x"), Text("y", "y"), "open", None, None)
    return dataclasses.replace(plain, **changes)


FUNDS = st.builds(
    fund,
    status=st.sampled_from(["open", "draft", "closed"]),
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
    sectors=st.frozensets(st.sampled_from("ABCDE"), max_size=3),
    sizes=st.frozensets(st.sampled_from(["small", "large"]), max_size=2),
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=3),
    groups=st.frozensets(st.sampled_from([*GROUPS, "any"]), max_size=2),
    confirmed=st.booleans(),
    minimum_saving=st.none() | SHARES,
    ceiling_share=st.none() | SHARES,
    tenor_years=st.none() | st.integers(1, 20),
    unrecorded=st.frozensets(st.sampled_from(sorted(RECORDABLE)), max_size=2),
)
KNOWN = {
    "applicant": st.sampled_from(["enterprise", "esco", "park"]),
    "sector": st.sampled_from("ABCDE"),
    "size": st.sampled_from(["micro", "small", "medium", "large"]),
    "kind": st.sampled_from(KINDS),
    "groups": st.frozensets(st.sampled_from(GROUPS), max_size=2),
    "confirmed": st.booleans(),
    "saving": SHARES,
    "asked_share": SHARES,
    "asked_years": st.integers(1, 30),
}
FACTS = st.builds(Facts, **{name: st.none() | known for name, known in KNOWN.items()})


@given(FUNDS, FACTS, DAYS, st.data())
def test_learning_a_fact_never_overturns_a_verdict(rule, facts, on, data):
    before = judge(rule, facts, on)
    blank = [name for name in KNOWN if getattr(facts, name) is None]
    if not blank:
        assert {one.name for one in before.missing} <= {"dates", *rule.unrecorded}
        return
    name = data.draw(st.sampled_from(blank))
    after = judge(rule, dataclasses.replace(facts, **{name: data.draw(KNOWN[name])}), on)
    if before.outcome != "undetermined":
        assert after.outcome == before.outcome
    assert len(after.missing) <= len(before.missing)


@given(FUNDS, FACTS, DAYS)
def test_the_verdict_is_the_least_of_its_conditions(rule, facts, on):
    found = judge(rule, facts, on)
    expected = "not" if found.unmet else "undetermined" if found.missing else "eligible"
    assert found.outcome == expected
    assert all(one.why.vi and one.why.en for one in found.conditions)


@given(DAYS, st.integers(0, 3000), FACTS)
def test_both_ends_of_the_dates_belong_to_them(start, length, facts):
    end = start + dt.timedelta(days=length)
    rule = fund(valid_from=start, valid_to=end)
    assert [judge(rule, facts, on).outcome for on in (start - A_DAY, end + A_DAY)] == ["not"] * 2
    assert [judge(rule, facts, on).outcome for on in (start, end)] == ["eligible"] * 2


@given(DAYS)
def test_of_two_versions_the_one_in_force_is_taken(change):
    old = fund(valid_from=change - 400 * A_DAY, valid_to=change - A_DAY, rate=0.05)
    new = fund(valid_from=change, rate=0.03)
    for on, rate in ((change - A_DAY, 0.05), (change, 0.03), (change + A_DAY, 0.03)):
        [taken] = funds_on([old, new], on)
        assert (taken.rate, judge(taken, Facts(), on).outcome) == (rate, "eligible")
    [early] = funds_on([old, new], change - 500 * A_DAY)
    assert judge(early, Facts(), change - 500 * A_DAY).outcome == "not"


@pytest.mark.parametrize("amount", [0.0, 0.69999, 0.7, 0.70001, 1.0])
def test_the_ceiling_is_a_limit_one_may_reach(amount):
    found = judge(fund(ceiling_share=0.7), Facts(asked_share=amount), dt.date(2026, 1, 1))
    assert found.outcome == ("eligible" if amount <= 0.7 else "not")


def test_a_draft_is_never_eligible_and_closed_never_open():
    on = dt.date(2026, 7, 1)
    assert judge(fund(status="draft"), Facts(), on).outcome == "undetermined"
    assert judge(fund(status="closed"), Facts(), on).outcome == "not"


def test_every_shipped_fund_says_where_it_is_from_and_none_claims_to_be_checked():
    funds = load_funds()
    assert len({one.id for one in funds}) == len(funds) >= 10
    for one in funds:
        assert one.source
        assert one.name.vi and one.name.en and one.provider.vi
        assert one.checked_on < one.next_review
        assert not one.verified  # of all of them the fact sheet asks to look again
        assert one.kinds <= set(KINDS)
        assert one.groups <= {*GROUPS, "any"}


@given(st.sampled_from(KINDS), st.frozensets(st.sampled_from(sorted(load_taxonomy().evidence))))
def test_the_taxonomy_never_confirms(kind, on_file):
    found = check(kind, on_file, dt.date(2026, 7, 1))
    assert found.state in ("no_group", "incomplete", "ready_to_ask")
    assert "là dự án xanh." not in found.says.vi
    assert (found.state == "ready_to_ask") <= (not found.missing)
    assert check(kind, on_file, dt.date(2025, 8, 21)).state in ("no_group", "not_in_force")


def test_the_day_the_taxonomy_comes_into_force_counts():
    assert check("rooftop-solar", [], dt.date(2025, 8, 21)).state == "not_in_force"
    assert check("rooftop-solar", [], dt.date(2025, 8, 22)).state == "incomplete"
    assert check("", [], dt.date(2026, 1, 1)).state == "no_kind"


def test_a_table_that_cannot_be_read_names_every_line(tmp_path):
    shipped = (load_funds.__wrapped__.__globals__["DATA"] / "funds.csv").read_text("utf-8")
    head, first, *_rest = shipped.splitlines()
    wrong = first.replace(",loan,", ",gift,", 1)
    late = first.replace("0.70,10", "7,10", 1)
    (tmp_path / "funds.csv").write_text("\n".join([head, first, wrong, late, first]), "utf-8")
    with pytest.raises(InputError) as refused:
        read_funds(tmp_path / "funds.csv")
    found = [(problem.code, problem.place.line) for problem in refused.value.problems]
    assert found == [("finance-table", 3), ("finance-table", 4), ("finance-overlap", 5)]


@pytest.mark.parametrize(
    ("vsic", "section"),
    [
        ("0510", "B"),
        ("10", "C"),
        ("3312", "C"),
        ("35", "D"),
        ("3600", "E"),
        ("4", None),
        ("34", None),
    ],
)
def test_sections_of_vsic(vsic, section):
    assert section_of(vsic) == section


def test_a_project_goes_step_by_step_and_says_all_that_is_missing():
    for at, stage in enumerate(STAGES):
        offered = steps_from(STAGES[: at + 1])
        forward = [to for to, way in offered.items() if way == "forward"]
        assert forward == list(STAGES[at + 1 : at + 2])
        assert ("dropped" in offered) == (stage != "verified")
    bare = Standing(None, False, False, frozenset())
    wanted = {"screened": 2, "pre_feasibility": 1, "bankable": 3, "applied": 2, "approved": 1,
              "disbursed": 1, "verified": 1}  # fmt: skip
    assert {stage: len(lacking(stage, bare)) for stage in wanted} == wanted
    assert standing_path(["idea", "screened", "dropped", "screened", "idea"]) == ("idea",)
