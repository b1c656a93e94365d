"""What people read: values, thresholds, gaps, conclusions, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.assessment.making import DAY, T, facts, find, framework, leaf

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.gaps import say_gap, say_missing
from sinhthai.assessment.trace import working
from sinhthai.assessment.wording import (
    say_threshold,
    say_value,
    verdict_sentence,
)
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Choice, Formula, Item, Option

SPACE = "\u00a0"
ITEMS = {
    code: Item(code, "park", "number", "state", "s", Text(vi, en), T, unit=unit)
    for code, vi, en, unit in [
        ("green", "Đất cây xanh", "Greenery", "ha"),
        ("roads", "Đất giao thông", "Roads", "ha"),
        ("social", "Đất xã hội", "Social land", "ha"),
        ("technical", "Khu kỹ thuật", "Technical areas", "ha"),
        ("plan", "Diện tích quy hoạch", "Planned area", "ha"),
        ("recp", "Áp dụng RECP", "RECP applied", ""),
        ("days", "Số ngày", "Days", "day"),
        ("a", "Số doanh nghiệp RECP", "Number with RECP", "1"),
    ]
}
RECP = replace(
    leaf("share", "recp", "status = 'operating'", 0.2),
    title=Text("Doanh nghiệp áp dụng RECP", "RECP results"),
    need=Text("phải có kết quả RECP", "must show RECP results"),
)
LAND = replace(
    leaf("ratio", "green + roads", "plan", 0.25, part_of_whole=True),
    title=Text("Đất dùng chung", "Land in common"),
    need=Text("đất dùng chung", "shared land"),
)


def firms(yes=0, no=0, unknown=0):
    rows = [{"recp": True}] * yes + [{"recp": False}] * no + [{"recp": None}] * unknown
    return facts([{}], [{"status": "operating", **row} for row in rows])


def gap(one, given):
    return say_gap(one, find(one, given), ITEMS, {})


# -- values ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        (firms(30, 118, 41), f"15,9–37,6{SPACE}%", f"15.9–37.6{SPACE}%"),
        (firms(30, 159), f"15,9{SPACE}%", f"15.9{SPACE}%"),
        (firms(unknown=4), "—", "—"),
        (firms(), "—", "—"),
        (firms(1997, 8003), f"19,97{SPACE}%", f"19.97{SPACE}%"),  # not "20 %"
        (firms(1, 4), f"20{SPACE}%", f"20{SPACE}%"),
    ],
)
def test_a_share_reads_as_a_range_and_never_rounds_across_its_threshold(given, vi, en):
    found = find(RECP, given)
    assert (say_value(RECP, found, "vi"), say_value(RECP, found, "en")) == (vi, en)


def test_the_working_does_not_round_across_the_threshold_either():
    [range_line, *_] = working(RECP, find(RECP, firms(1997, 8003)))
    assert range_line.words.en == f"1,997/10,000 = 19.97{SPACE}%"


@pytest.mark.parametrize(
    ("given", "vi"),
    [
        ({"n": 3.0}, "3"),
        ({}, "—"),
        ({"n__lo": 3.0}, "≥ 3"),
        ({"n__lo": 1234.5, "n__hi": 2000.0}, "1.234,5–2.000"),
    ],
)
def test_a_quantity_reads_with_what_bounds_it(given, vi):
    one = leaf("quantity", "n", None, 5000)
    assert say_value(one, find(one, facts([{"n": None} | given])), "vi") == vi


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(True, "có", "yes"), (False, "không", "no"), (None, "—", "—")]
)
def test_a_condition_reads_yes_no_or_a_dash(value, vi, en):
    one = leaf("condition", "ok")
    found = find(one, facts([{"ok": value}]))
    assert (say_value(one, found, "vi"), say_value(one, found, "en")) == (vi, en)


def test_a_threshold_reads_with_its_sign_and_unit():
    assert say_threshold(RECP, find(RECP, firms(1))) == Text(f"≥ 20{SPACE}%", f"≥ 20{SPACE}%")
    one = replace(leaf("quantity", "days", None, 182.5, "less_than"), unit="day")
    assert say_threshold(one, find(one, facts([{}]))).vi.startswith("< 182,5")
    one = leaf("condition", "ok")
    assert say_threshold(one, find(one, facts([{}]))).vi == ""


# -- what is missing ---------------------------------------------------------------------------


def test_the_enterprises_still_needed_are_counted_by_the_day():
    said = gap(RECP, firms(yes=6, no=57))
    assert (
        said.en == "7 more of the 63 operating enterprises must show RECP results by 31 Dec 2025."
    )
    assert said.vi == (
        "Thêm 7 trong 63 doanh nghiệp đang hoạt động phải có kết quả RECP,"
        " chậm nhất ngày 31/12/2025."
    )


def test_the_unknown_comes_first():
    said = gap(RECP, firms(30, 118, 41))
    assert said.en == (
        "41 enterprises have not said; if none of them does, 8 more of the 189 operating"
        " enterprises must show RECP results by 31 Dec 2025."
    )
    assert said.vi == (
        "41 doanh nghiệp chưa khai; nếu không doanh nghiệp nào trong số đó đạt thì thêm 8 trong 189"
        " doanh nghiệp đang hoạt động phải có kết quả RECP, chậm nhất ngày 31/12/2025."
    )


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ((0, 4, 1), "1 of the 5 operating enterprises has not said; it must show"),
        ((0, 8, 2), "2 of the 10 operating enterprises have not said; all of them must show"),
    ],
)
def test_one_or_all_of_the_unknown_are_said_so(given, start):
    assert gap(RECP, firms(*given)).en.startswith(start)


def test_what_even_the_best_case_lacks_is_said_as_at_least():
    one = replace(RECP, thresholds=(replace(RECP.thresholds[0], value=1.0),))
    said = gap(one, firms(yes=1, no=2, unknown=3))
    assert said.en == (
        "At least 2 more of the 6 operating enterprises must show RECP results by 31 Dec 2025;"
        " 5 if none of the 3 that have not said does."
    )
    assert said.vi == (
        "Ít nhất 2 trong 6 doanh nghiệp đang hoạt động còn phải có kết quả RECP, chậm nhất ngày"
        " 31/12/2025; là 5 nếu 3 doanh nghiệp chưa khai đều không đạt."
    )


def test_a_total_known_only_as_at_least_is_taken_at_its_word():
    one = replace(RECP, aggregate=("a", "b"))
    said = gap(one, facts([{"a": None, "a__lo": 30.0, "b": 189.0}]))
    assert "If only 30 do, 8 more of the 189 operating enterprises must" in said.en
    assert "Nếu chỉ có 30 doanh nghiệp đạt thì thêm 8 trong 189" in said.vi
    nothing = gap(one, facts([{"a": None, "b": 189.0}]))
    assert nothing.en == "To report: Number with RECP."


def test_a_duty_of_several_years_names_the_years_and_no_day_to_mend_it_by():
    one = replace(RECP, years=3, need=Text("phải tuân thủ pháp luật", "must comply with the law"))
    rows = [
        {"year": year, "subject": f"e{at}", "status": "operating", "recp": at > 0}
        for year in (2023, 2024, 2025)
        for at in range(2)
    ]
    whole = replace(one, thresholds=(replace(one.thresholds[0], value=1.0),))
    said = gap(whole, facts([{}], rows))
    assert said.en == (
        "1 more of the 2 operating enterprises must comply with the law in each year from 2023 to"
        " 2025."
    )
    assert said.vi.endswith("phải tuân thủ pháp luật trong từng năm 2023–2025.")


def test_years_not_reported_are_asked_for_as_years():
    one = replace(leaf("condition", "recp"), years=3, title=Text("Tuân thủ", "Compliance"))
    assert gap(one, facts([{"recp": True}])).en == (
        "To report for every year from 2023 to 2025: RECP applied."
    )
    broken = gap(one, facts([{"recp": False}]))
    assert broken.vi == "Phải đáp ứng: Tuân thủ trong từng năm 2023–2025."


def test_who_counts_is_called_as_the_reading_of_the_law_calls_it():
    cases = {"operating": "status = 'operating'", "leased": "status <> 'closed'"}
    one = replace(RECP, denominator=Formula(cases, "A2"))
    choices = tuple(Choice(code, Text(code, f"{code} ones")) for code in cases)
    options = {"A2": Option("A2", T, choices, "operating", "1", "s")}

    def said(reading, leaf=one):
        found = find(leaf, firms(yes=1, no=9), options={"A2": reading})
        return say_gap(leaf, found, ITEMS, {"A2": reading}, options).en

    assert said("operating").startswith("1 more of the 10 operating enterprises must")
    assert said("leased").startswith("1 more of the 10 leased ones must")
    assert "10 big ones must" in said("leased", replace(one, among=Text("lớn", "big ones")))


def test_a_criterion_without_words_for_its_gap_says_its_title():
    said = gap(replace(RECP, need=None), firms(yes=6, no=57))
    assert said.en.endswith("operating enterprises must meet “RECP results” by 31 Dec 2025.")
    assert "phải đạt «Doanh nghiệp áp dụng RECP», chậm nhất" in said.vi
    land = gap(replace(LAND, need=None), facts([{"green": 20.8, "roads": 0.0, "plan": 100.0}]))
    assert land.en == f"At least 4.2{SPACE}ha more: Land in common."
    assert land.vi == f"Cần thêm ít nhất 4,2{SPACE}ha: Đất dùng chung."


def test_every_counted_criterion_of_the_rules_has_words_for_its_gap():
    for version in load_bundle().frameworks:
        for one in version.leaves:
            if one.kind == "condition":
                continue
            assert one.need is not None, f"{version.id} {one.id}"
            assert one.need.vi.startswith("phải ") == (one.kind == "share"), one.id
            assert one.need.en.startswith("must ") == (one.kind == "share"), one.id


def test_land_is_missing_in_hectares():
    said = gap(LAND, facts([{"green": 20.8, "roads": 0.0, "plan": 100.0}]))
    assert said.en == f"At least 4.2{SPACE}ha more shared land."
    assert said.vi == f"Cần thêm ít nhất 4,2{SPACE}ha đất dùng chung."


def test_what_is_announced_is_enough():
    said = gap(LAND, facts([{"green": 0.0, "roads": 0.0, "plan": 1.00003}]))
    assert f"0.2501{SPACE}ha" in said.en  # 0.2500075 rounded up


def test_items_to_report_are_named():
    said = gap(LAND, facts([{"green": 10.0, "plan": 100.0}]))
    assert said.en == (
        f"To report: Roads. If what is not reported is zero, 15{SPACE}ha more shared land is"
        " needed."
    )
    assert said.vi == (
        f"Cần khai: Đất giao thông. Nếu phần chưa khai bằng 0 thì cần thêm 15{SPACE}ha đất dùng"
        " chung."
    )
    many = say_missing(["green", "roads", "social", "technical", "plan"], ITEMS)
    assert many.en == "Greenery; Roads; Social land; and 2 more"


def test_where_nothing_is_reported_the_whole_target_is_no_news():
    assert gap(LAND, facts([{"plan": 100.0}])).en == "To report: Greenery; Roads."


def test_less_is_asked_where_less_is_better():
    one = replace(
        leaf("quantity", "days", None, 10, "at_most"),
        unit="day",
        need=Text("giữa hai báo cáo", "between two reports"),
    )
    said = gap(one, facts([{"days": 12.0}]))
    assert said.en == f"At least 2{SPACE}days less between two reports."
    assert said.vi == f"Phải giảm ít nhất 2{SPACE}ngày giữa hai báo cáo."


def test_a_limit_hit_exactly_where_it_must_be_passed_is_said_as_the_limit():
    one = replace(LAND, sense="more_than")
    said = gap(one, facts([{"green": 25.0, "roads": 0.0, "plan": 100.0}]))
    assert said == Text(
        f"Phải đạt mức > 25{SPACE}%: đất dùng chung.", f"Must be > 25{SPACE}%: shared land."
    )


def test_percentages_differ_by_points():
    one = replace(leaf("quantity", "days", None, 50), unit="percent", need=Text("lấp đầy", "full"))
    assert "10 percentage points" in gap(one, facts([{"days": 40.0}])).en


def test_a_part_greater_than_its_whole_is_to_be_checked():
    said = gap(LAND, facts([{"green": 120.0, "roads": 1.0, "plan": 100.0}]))
    assert said.en == "Check the data, the part is greater than the whole: Land in common."


def test_conditions_ask_for_the_report_or_the_deed():
    one = replace(leaf("condition", "recp"), title=Text("Có nhà ở", "Housing"))
    assert gap(one, facts([{"recp": None}])).en == "To report: RECP applied."
    assert gap(one, facts([{"recp": None}])).vi == "Cần khai: Áp dụng RECP."
    assert gap(one, facts([{"recp": False}])) == Text("Phải có nhà ở.", "Needed: Housing.")
    assert gap(one, facts([{"recp": True}])) == Text("", "")
    own = replace(one, need=Text("khu phải có nhà ở", "the park must have housing"))
    assert gap(own, facts([{"recp": False}])) == Text(
        "Khu phải có nhà ở.", "The park must have housing."
    )


def test_the_rules_at_hand_are_the_default():
    one = leaf("condition", "worker_housing_solution")
    assert say_gap(one, find(one, facts([{}]))).en.startswith("To report: ")


# -- conclusions -------------------------------------------------------------------------------


def conclusion(*statuses, **rest):
    findings = [Finding("p", "l", DAY, 2025, status, None, None, None) for status in statuses]
    return verdict_sentence(framework(**rest), findings)


def test_the_conclusion_counts_the_criteria():
    said = conclusion(*["met"] * 7, "not_met", *["undetermined"] * 4)
    assert said.vi == (
        "Chưa đáp ứng bộ tiêu chí: 7 tiêu chí đạt, 1 không đạt,"
        " 4 chưa xác định được vì thiếu số liệu, trên 12 tiêu chí."
    )
    assert said.en == (
        "The criteria are not all met: 7 met, 1 not met, 4 undetermined for want of data,"
        " of 12 criteria."
    )


@pytest.mark.parametrize(
    ("statuses", "rest", "start"),
    [
        (["met", "undetermined"], {}, "Not enough is known to apply for the certificate: 1 met"),
        (["met", "undetermined"], {"legal": False}, "Not enough is known to conclude"),
        (["met", "not_applicable"], {}, "Every criterion that applies is met: 1 met, 1 not app"),
        (["met"], {"complete": False}, "The known criteria are met, but the text was only partly"),
        ([], {}, "Not enough is known to apply for the certificate."),
    ],
)
def test_the_conclusion_says_what_may_be_concluded(statuses, rest, start):
    assert conclusion(*statuses, **rest).en.startswith(start)


def test_the_working_shows_both_fractions_and_the_years():
    one = replace(RECP, years=3)
    rows = [
        {"year": year, "subject": f"e{year}{at}", "status": "operating", "recp": recp}
        for year in (2023, 2024, 2025)
        for at, recp in enumerate([True, False, None, None])
    ]
    lines = working(one, find(one, facts([{}], rows)))
    assert (
        lines[0].words.vi == f"1/4 = 25{SPACE}% nếu chưa khai là không; 3/4 = 75{SPACE}% nếu là có"
    )
    assert lines[1].words.en == f"≥ 20{SPACE}% since 1 Jan 2020"
    assert lines[2].words.en == "2023–2025: to be met in every one"


def test_the_working_says_when_totals_were_used():
    one = replace(RECP, aggregate=("a", "b"))
    lines = working(one, find(one, facts([{"a__lo": 30.0, "b": 189.0}])))
    assert lines[0].words.en.startswith(f"30/189 = 15.9{SPACE}% if the unknown is no")
    assert "without a complete list" in lines[-1].words.en
