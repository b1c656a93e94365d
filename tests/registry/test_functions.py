"""The pure rooms of the registry: tax codes, industries, facts, land, statuses, cells, search."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.cells import BadCell, parse_cell, say_cell
from sinhthai.registry.engine.columns import ENTERPRISE_COLUMNS, PARK_COLUMNS, Column
from sinhthai.registry.engine.facts import Statement, choose_current
from sinhthai.registry.engine.land import Parcel, land_use
from sinhthai.registry.engine.search import search_text, search_words
from sinhthai.registry.engine.statuses import check_status, parse_status, status_on
from sinhthai.registry.engine.tax_code import BadTaxCode, check_digit, is_tax_code, parse_tax_code
from sinhthai.registry.engine.vsic import check_vsic, industries, industry_name

TODAY = dt.date(2026, 11, 21)


def column(kind, key="x"):
    return Column(key, Text("x", "x"), kind)


# Codes of large companies, as their own papers show them; both halves of the country.
@pytest.mark.parametrize(
    "code",
    [
        "0300588569",
        "0100109106",
        "0101248141",
        "2300325764",
        "2500150543",
        "3600239719",
        "4601124536",
    ],
)
def test_the_tax_codes_of_known_companies_fit_their_check_digit(code):
    assert parse_tax_code(code) == code


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 9))
def test_exactly_one_tenth_digit_or_none_fits(nine, digit):
    right = check_digit(nine)
    assert is_tax_code(f"{nine}{digit}") == (digit == right)


@pytest.mark.parametrize("at", range(10))
def test_one_wrong_digit_never_passes(at):
    code = "0300588569"
    for digit in "0123456789":
        if digit != code[at]:
            assert not is_tax_code(code[:at] + digit + code[at + 1 :])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("300588569", "dropped the leading 0"),
        ("079085001234", "12 digits"),
        ("abc", "is not a tax code"),
        ("0300588569-01", "is not a tax code"),
        ("0300588568", "check digit of 0300588568 is 8, should be 9"),
        ("", "is not a tax code"),
    ],
)
def test_a_wrong_tax_code_says_why(raw, says):
    with pytest.raises(BadTaxCode, match=says):
        parse_tax_code(raw)


def test_nine_digits_that_can_have_no_check_digit_are_never_a_code():
    none = next(f"{n:09d}" for n in range(1000) if check_digit(f"{n:09d}") is None)
    with pytest.raises(BadTaxCode, match="cannot be the first nine digits"):
        parse_tax_code(none + "0")


def test_the_classes_of_industry_are_all_there_by_section():
    sections = [industry.section for industry in industries().values()]
    assert {name: sections.count(name) for name in "BCDE"} == {"B": 15, "C": 143, "D": 6, "E": 8}
    assert industry_name("10500") == industry_name("1050")


@pytest.mark.parametrize(
    ("raw", "kept", "severity", "cure"),
    [
        ("1050", "1050", None, ""),
        ("C1050", "1050", None, ""),
        ("510", "0510", None, ""),
        ("1051", "1051", "error", "did you mean 1050"),
        ("4669", "4669", "warning", "registration papers"),
        ("10", "10", "error", "four digits"),
        ("sữa", "sữa", "error", "four digits"),
    ],
)
def test_a_class_of_industry_is_checked_where_it_can_be(raw, kept, severity, cure):
    code, problem = check_vsic(raw)
    assert code == kept
    assert (problem.severity if problem else None) == severity
    assert cure in (problem.cure.en if problem else "")


def test_the_current_fact_is_the_most_trusted_then_the_newest_then_the_last():
    facts = [
        Statement("2011", "high", order=1),
        Statement("2024", "low", order=2),
        Statement("2022-05", "high", order=3),
        Statement("2022", "high", order=4),  # the end of 2022
        Statement("", "high", order=5),
    ]
    assert choose_current(facts) == 3
    assert choose_current([*facts, Statement("2001", "low", chosen=True)]) == 5
    assert (
        choose_current([Statement("2020", "low", order=1), Statement("2020", "low", order=2)]) == 1
    )
    assert choose_current([]) is None


def test_occupancy_counts_only_leased_industrial_and_service_land():
    use = land_use(
        [
            Parcel("industrial", Decimal("60"), leased=True),
            Parcel("industrial", Decimal("20")),
            Parcel("service", Decimal("20"), leased=True),
            Parcel("greenery", Decimal("30"), leased=True),
            Parcel("roads", Decimal("10")),
        ]
    )
    assert use.occupancy == Decimal("0.8")
    assert use.shared_ha == 40
    assert use.total_ha == 140
    assert use.share("roads") == Decimal(10) / 140


def test_a_park_without_plots_has_no_occupancy_rather_than_zero():
    use = land_use([])
    assert use.occupancy is None
    assert use.share("roads") is None


@pytest.mark.parametrize("parcel", [Parcel("moon", Decimal(1)), Parcel("roads", Decimal(-1))])
def test_a_plot_that_cannot_be_is_refused(parcel):
    with pytest.raises(ValueError, match=r"unknown land use|negative area"):
        land_use([parcel])


def test_the_status_of_a_day_is_the_last_that_began():
    history = [(dt.date(2021, 6, 1), "operating"), (dt.date(2020, 1, 1), "leased")]
    assert status_on(history, dt.date(2019, 12, 31)) is None
    assert status_on(history, dt.date(2021, 6, 1)) == "operating"


@pytest.mark.parametrize(
    ("status", "day", "code"),
    [
        ("closed", dt.date(2020, 5, 31), "closed-before-opened"),
        ("operating", dt.date(2026, 11, 22), "status-in-future"),
        ("sleeping", dt.date(2022, 1, 1), "status-unknown"),
    ],
)
def test_a_status_that_cannot_be_says_why(status, day, code):
    history = [(dt.date(2020, 6, 1), "operating")]
    assert [p.code for p in check_status(history, status, day, today=TODAY)] == [code]
    assert not list(check_status(history, "closed", dt.date(2020, 6, 2), today=TODAY))


def test_statuses_are_understood_in_both_languages():
    assert parse_status("Tạm ngừng") == "suspended"
    assert parse_status("LAND LEASED") == "leased"
    assert parse_status("closed") == "closed"
    assert parse_status("dang hoat dong") == "operating"


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("number", "1.234,5", 1234.5),
        ("number", "1,234.5", 1234.5),
        ("integer", 320.0, 320),
        ("integer", "1.200", None),  # 1200 or 1.2: refused, not guessed
        ("date", "31/12/2025", dt.date(2025, 12, 31)),
        ("date", "2025-12-31", dt.date(2025, 12, 31)),
        ("date", "13/13/2025", None),
        ("boolean", "có", True),
        ("boolean", 0.0, False),
        ("boolean", "perhaps", None),
        ("text", 300588569.0, "300588569"),
        ("text", "  Công   ty ", "Công ty"),
        ("confidence", "trung bình", "medium"),
        ("number", "#DIV/0!", None),
        ("integer", "-3", None),
        ("integer", "2,5", None),
    ],
)
def test_a_cell_is_read_or_refused(kind, raw, value):
    if value is None:
        with pytest.raises(BadCell):
            parse_cell(raw, column(kind))
    else:
        assert parse_cell(raw, column(kind)) == value


def test_a_degree_has_one_decimal_mark_and_is_never_ambiguous():
    assert parse_cell("10.629", column("number", "lat")) == 10.629
    assert parse_cell("106,755", column("number", "lon")) == 106.755


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 6)))
def test_a_number_written_is_the_number_read(value):
    assert parse_cell(say_cell(value, column("number"), "vi"), column("number")) == pytest.approx(
        value
    )


def test_no_heading_means_two_columns():
    for columns in (PARK_COLUMNS, ENTERPRISE_COLUMNS):
        headings = [heading for each in columns for heading in each.headings]
        assert len(headings) == len(set(headings))


def test_searching_knows_abbreviations_and_ignores_marks():
    text = search_text(["Công ty Cổ phần Thép–Việt", "CTCP"], limit=200)
    assert "ctcp" in text.split()
    assert search_words("Thép-Việt!") == ["thep", "viet"]
    assert len(search_text(["a" * 50, "b" * 60], limit=100)) <= 100
