"""Units are converted at the border, or refused with both names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.foundation.units import UnitError, convert, unit_label, unit_of


@pytest.mark.parametrize(
    ("value", "written", "unit", "expected"),
    [
        (12.5, "ha", "ha", 12.5),
        (12500, "m²", "ha", 1.25),
        (1.5, "km2", "ha", 150),
        (3, "MWh", "kWh", 3000),
        (2.5, "tấn", "kg", 2500),
        (500, "kg", "t", 0.5),
        (7, "tCO2e", "t", 7),
        (1.2, "tỷ đồng", "MVND", 1200),
        (5, "tr.đ", "MVND", 5),
        (25, "%", "percent", 25),
        (12, "người", "1", 12),
        (2, "triệu đồng", "VND", 2_000_000),
    ],
)
def test_the_same_dimension_is_converted(
    value: float, written: str, unit: str, expected: float
) -> None:
    assert convert(value, written, unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("kg", "ha"),
        ("ha", "kWh"),
        ("%", "1"),
        ("%", "ha"),
        ("con", "1"),
        ("USD", "MVND"),
        ("người", "percent"),
    ],
)
def test_another_dimension_is_refused_naming_both(written: str, unit: str) -> None:
    with pytest.raises(UnitError) as caught:
        convert(1, written, unit)
    assert written in caught.value.message.vi
    assert (unit_label(unit, "en") or "count") in caught.value.message.en
    assert caught.value.cure.vi


def test_labels_are_what_people_read() -> None:
    assert unit_label("t", "vi") == "tấn"
    assert unit_label("m**2", "en") == "m²"
    assert unit_label("", "vi") == ""


def test_an_unknown_unit_is_told_from_a_known_one() -> None:
    assert unit_of("furlong") is None
    assert unit_of("m3") is not None


@given(st.floats(0.001, 1e9))
def test_converting_there_and_back_gives_the_same_value(value: float) -> None:
    assert convert(convert(value, "m2", "ha"), "ha", "m**2") == pytest.approx(value)
