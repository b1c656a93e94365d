"""What is typed into a field: units, ranges, both styles of numbers, and mistakes."""

import datetime as dt

import pytest

from sinhthai.foundation.problems import InputError, Place
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.engine.typing_in import read_typed

B4, B5, A4 = (load_forms().forms[name].by_id() for name in ("B.4", "B.5", "A.4"))


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("co2_electricity_t", "1.234,5", 1234.5),
        ("co2_electricity_t", "2500 kg", 2.5),
        ("co2_electricity_t", 3, 3),
        ("investor_kind", "Tổ chức", "organisation"),
        ("representative_born_on", "31/12/1970", "1970-12-31"),
        ("representative_born_on", dt.datetime(1970, 12, 31, tzinfo=dt.UTC), "1970-12-31"),
        ("representative_mobile", 901234567.0, "901234567"),
        ("investor", "  Công ty mẹ ", "Công ty mẹ"),
    ],
)
def test_what_people_write_is_read(field, raw, value):
    assert read_typed(B4[field], raw).value == value


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_nothing_typed_is_nothing(raw):
    assert read_typed(B4["investor"], raw) is None


def test_words_of_absence_are_no_value():
    said = read_typed(B4["co2_fuel_t"], "không áp dụng")
    assert (said.value, said.absence) == (None, "not_applicable")


@pytest.mark.parametrize(
    ("fields", "field", "raw", "code"),
    [
        (B5, "share_env_2", "120", "filing-range"),
        (B5, "share_env_2", -1, "filing-range"),
        (B5, "share_env_2", "năm mươi", "filing-number"),
        (B4, "co2_fuel_t", "3 m3", "filing-number"),
        (B4, "co2_fuel_t", "1.234", "filing-number"),
        (B4, "investor_kind", "công ty cổ phần", "filing-choice"),
        (A4, "representative_born_on", "hôm qua", "filing-date"),
        (B4, "investor", "x" * 2001, "filing-long"),
        (B5, "share_env_2", True, "filing-number"),
    ],
)
def test_a_mistake_names_the_cell_and_the_cure(fields, field, raw, code):
    with pytest.raises(InputError) as refused:
        read_typed(fields[field], raw, Place("b.xlsx", "B.4", "D12"))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert str(problem.place) == "b.xlsx · B.4 · D12"
    assert problem.cure.vi
    assert fields[field].title.vi in problem.message.vi
