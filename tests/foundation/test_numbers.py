"""Numbers and dates in both styles: read, written, and refused when two readings are possible."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.foundation.numbers import (
    AmbiguousNumber,
    Amount,
    NotADate,
    NotANumber,
    format_date,
    format_number,
    parse_amount,
    parse_date,
    parse_number,
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("1 234 567", 1234567.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        ("1,2340", 1.234),
        (".5", 0.5),
        ("-3", -3.0),
        ("−3,5", -3.5),
        ("+7", 7.0),
        ("１２，５", 12.5),
        ("  42  ", 42.0),
        ("1e6", 1e6),
        ("1,5E3", 1500.0),
        (7, 7.0),
        (7.25, 7.25),
    ],
)
def test_both_styles_are_read(raw: object, value: float) -> None:
    assert parse_number(raw) == value


@pytest.mark.parametrize("raw", ["1.234", "1,234", "12.500", "999,999", "-1.234"])
def test_a_mark_before_three_digits_is_ambiguous_and_the_error_shows_both_ways(raw: str) -> None:
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number(raw)
    big = raw.lstrip("-").replace(".", "").replace(",", "")
    assert big in caught.value.message.vi
    assert big in caught.value.cure.en
    assert parse_number(big) == float(big)
    assert parse_number(f"{raw}0") == pytest.approx(float(raw.replace(",", ".")))


@pytest.mark.parametrize(
    "raw",
    ["", " ", "abc", "12 ha", "25%", "1.23.4", "1,2,3", "12,", "1.234,5,6", "1.2,3.4", "1 23", "--1", "12'", "nan", None, True, float("nan"), float("inf"), "1e999", "1'234 567.8"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(raw: object) -> None:
    with pytest.raises(NotANumber):
        parse_number(raw)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("12,5 ha", Amount(12.5, "ha")),
        ("12,5ha", Amount(12.5, "ha")),
        ("25%", Amount(25.0, "%")),
        ("25 %", Amount(25.0, "%")),
        (">= 30", Amount(30.0, "", "at_least")),
        ("≥30", Amount(30.0, "", "at_least")),
        ("ít nhất 30", Amount(30.0, "", "at_least")),
        ("Tối đa 1.200,5 kWh", Amount(1200.5, "kWh", "at_most")),
        ("khoảng 140", Amount(140.0, "", "about")),
        ("1.234,5 tấn CO2", Amount(1234.5, "tấn CO2")),
        ("12 500 m²", Amount(12500.0, "m2")),
    ],
)
def test_a_unit_and_a_bounding_word_are_kept_apart(raw: str, amount: Amount) -> None:
    assert parse_amount(raw) == amount


@pytest.mark.parametrize(
    "raw",
    ["31/12/2025", "31-12-2025", "31.12.2025", "2025-12-31", "2025-12-31T00:00:00", "31 Dec 2025", "31 December 2025", "31-Dec-2025", "ngày 31 tháng 12 năm 2025", dt.date(2025, 12, 31), dt.datetime(2025, 12, 31, 8, tzinfo=dt.UTC)],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(raw: object) -> None:
    assert parse_date(raw) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "raw", ["12/31/2025", "31/02/2025", "31/12/25", "2025", "", "tomorrow", 45000, None]
)
def test_what_is_not_a_day_is_refused(raw: object) -> None:
    with pytest.raises(NotADate) as caught:
        parse_date(raw)
    assert "31/12/2025" in caught.value.cure.vi


def test_numbers_are_written_in_the_style_of_the_language() -> None:
    assert format_number(1234567.891, "vi") == "1.234.567,891"
    assert format_number(1234567.891, "en", 1) == "1,234,567.9"
    assert format_number(-0.00001, "vi") == "0"
    assert format_number(100, "vi") == "100"
    assert format_number(0.25, "vi", 2) == "0,25"
    with pytest.raises(ValueError, match="finite"):
        format_number(float("nan"), "vi")


@given(st.integers(-(10**9), 10**9), st.integers(0, 9999), st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back_as_the_same_number_or_is_called_ambiguous(
    whole: int, tenthousandths: int, language: str
) -> None:
    value = whole + tenthousandths / 10_000
    text = format_number(value, language)
    try:
        assert parse_number(text) == pytest.approx(value, abs=1e-4)
    except AmbiguousNumber:
        assert len(text.lstrip("-").replace(".", ",").split(",")[-1]) == 3


@given(st.floats(-1e9, 1e9), st.sampled_from(["vi", "en"]), st.sampled_from([1, 2, 4]))
def test_with_any_fixed_number_of_decimals_but_three_both_styles_read_back(
    value: float, language: str, digits: int
) -> None:
    assert parse_number(format_number(value, language, digits)) == pytest.approx(
        round(value, digits)
    )


@given(st.dates(), st.sampled_from(["vi", "en"]))
def test_a_day_reads_back(day: dt.date, language: str) -> None:
    if day.year >= 1000:
        assert parse_date(format_date(day, language)) == day


@pytest.mark.parametrize("raw", ["10²", "5 ³", "10⁶", "1½", "3₂", 10**400])
def test_a_raised_digit_is_not_read_as_one_more_digit(raw: object) -> None:
    with pytest.raises(NotANumber):
        parse_number(raw)


def test_a_raised_digit_of_a_unit_stays_one() -> None:
    assert parse_amount("5 m²").unit == "m2"
