"""Filling in a form: totals from their parts, bounds, shares, what moved since."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.rules.forms import load_forms
from sinhthai.supervision.engine.filling import (
    Fact,
    Typed,
    depending,
    differences,
    digest,
    fill,
    revised,
)

A4, B4 = load_forms().forms["A.4"], load_forms().forms["B.4"]
TOTAL = "recp_cost_saved_mvnd"
PARTS = A4.by_id()[TOTAL].parts
amounts = st.floats(0, 1e9, allow_nan=False)


def filled(facts, year=2025, form=A4, typed=None):
    return fill(form, year, facts, {}, typed or {})


def costs(values, year=2024, **more):
    return {(part, year): Fact(value, **more) for part, value in zip(PARTS, values, strict=True)}


@given(st.lists(amounts, min_size=7, max_size=7))
def test_a_total_is_the_sum_of_its_parts_and_says_so(values):
    answer = filled(costs(values)).answers[TOTAL]
    assert answer.value == pytest.approx(math.fsum(values))
    assert answer.origin == "computed"
    assert answer.trace.vi.endswith("triệu đồng")


@given(st.lists(amounts, min_size=7, max_size=7), st.integers(0, 6))
def test_a_missing_part_makes_a_total_unknown_never_smaller(values, at):
    facts = costs(values)
    del facts[PARTS[at], 2024]
    answer = filled(facts).answers[TOTAL]
    assert (answer.value, answer.absence) == (None, "not_reported")
    assert A4.by_id()[PARTS[at]].title.en in answer.trace.en


def test_zero_is_a_value():
    assert filled(costs([0.0] * 7)).answers[TOTAL].value == 0


def test_facts_of_another_year_do_not_count():
    assert filled(costs([1.0] * 7, year=2025)).answers[TOTAL].value is None


def test_what_does_not_apply_adds_nothing_and_is_told():
    facts = costs([1.0] * 7) | {(PARTS[6], 2024): Fact(None, "not_applicable")}
    answer = filled(facts).answers[TOTAL]
    assert answer.value == 6
    assert "1 parts not applicable" in answer.trace.en
    nothing = {(part, 2024): Fact(None, "not_applicable") for part in PARTS}
    assert filled(nothing).answers[TOTAL].absence == "not_applicable"


def test_what_is_confidential_keeps_the_total_unknown():
    facts = costs([1.0] * 7) | {(PARTS[0], 2024): Fact(None, "confidential")}
    assert filled(facts).answers[TOTAL].value is None


@pytest.mark.parametrize(
    ("qualifiers", "expected"),
    [
        (["at_least"] + [""] * 6, "at_least"),
        (["about", "at_least"] + [""] * 5, "about"),
        (["at_least", "at_most"] + [""] * 5, None),
    ],
)
def test_a_total_is_as_exact_as_its_parts(qualifiers, expected):
    facts = {
        (part, 2024): Fact(1.0, qualifier=qualifier)
        for part, qualifier in zip(PARTS, qualifiers, strict=True)
    }
    answer = filled(facts).answers[TOTAL]
    if expected is None:
        assert answer.value is None
        assert "at least" in answer.trace.en
    else:
        assert (answer.value, answer.qualifier) == (7, expected)


def test_a_share_is_in_percent_and_needs_both_parts():
    land = {("plan_area_ha", 2025): Fact(240.0), ("greenery_ha", 2025): Fact(30.0)}
    assert filled(land).answers["greenery_share"].value == 12.5
    assert filled(land).answers["roads_share"].value is None
    none = {("plan_area_ha", 2025): Fact(0.0), ("greenery_ha", 2025): Fact(0.0)}
    assert filled(none).answers["greenery_share"].value is None


def test_a_total_that_the_records_contradict_is_shown():
    typed = {"co2_electricity_t": Typed(10.0), "co2_fuel_t": Typed(5.126)}
    facts = {("co2_cut_t", 2025): Fact(20.0)}
    answer = filled(facts, form=B4, typed=typed).answers["co2_total_t"]
    assert answer.value == 15.13  # two decimals, as the form asks
    assert "20" in answer.differs.vi
    same = filled({("co2_cut_t", 2025): Fact(15.13)}, form=B4, typed=typed)
    assert same.answers["co2_total_t"].differs is None


def test_a_reason_or_an_absence_counts_as_an_answer_a_blank_does_not():
    assert "plan_area_ha" in [one.field.id for one in filled({}).missing]
    told = filled({}, typed={"plan_area_ha": Typed(reason="đang đo đạc lại")})
    assert "plan_area_ha" not in [one.field.id for one in told.missing]
    absent = filled({("plan_area_ha", 2025): Fact(None, "confidential")})
    assert "plan_area_ha" not in [one.field.id for one in absent.missing]


def test_what_a_person_typed_does_not_hide_a_record():
    facts = {("investor_name", 2025): Fact("Công ty A")}
    typed = {"investor_name": Typed("Công ty B", reason="x")}
    answer = filled(facts, typed=typed).answers["investor_name"]
    assert (answer.value, answer.reason) == ("Công ty A", "")


@given(st.sampled_from([one.id for one in A4.fields if not one.parts]))
def test_a_revision_moves_only_what_was_asked_and_its_totals(asked):
    before = filled(costs([1.0] * 7)).content()
    after = {name: {**said, "value": 99} for name, said in before.items()}
    now = revised(A4, before, after, {asked})
    assert set(differences(A4, before, now)) == depending(A4, {asked})


def test_the_digest_moves_with_any_answer_and_not_with_who_said_it():
    facts = costs([1.0] * 7)
    same = costs([1.0] * 7, by="Lan", source="công tơ")
    one, other = filled(facts).content(), filled(same).content()
    assert digest("A.4", 2025, one) == digest("A.4", 2025, other)
    changed = filled(facts | {(PARTS[0], 2024): Fact(1.01)}).content()
    assert digest("A.4", 2025, changed) != digest("A.4", 2025, one)
    assert differences(A4, one, changed) == (PARTS[0], TOTAL)
