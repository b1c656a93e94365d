"""Typical streams of industries: strict on load, wide and marked estimated, never a false zero."""

from __future__ import annotations

import pyarrow as pa
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.codes import shipped
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.profile_files import COLUMNS, FILE, read_profiles
from sinhthai.symbiosis.engine.profiles import TypicalStream, load_profiles, typical_streams
from sinhthai.symbiosis.engine.streams import ALL_YEAR, STREAM_SCHEMA

MATERIALS = load_knowledge().materials
HEAD = ",".join(COLUMNS) + "\n"
ROW = "1103,offer,spent-yeast,2,8,20,,yes,bia,beer,from memory,low,no\n"


def stream(vsic: str, material: str, employees: int | None = 100) -> TypicalStream:
    return next(one for one in typical_streams(vsic, employees) if one.material == material)


# --- the shipped table


def test_there_are_enough_profiles_of_enough_industries() -> None:
    rows = [row for rows in load_profiles().values() for row in rows]
    assert len(rows) >= 60
    assert len({vsic[:2] for vsic in load_profiles() if vsic[0].isdigit()}) >= 20
    assert {row.direction for row in rows} == {"offer", "need"}


def test_every_profile_is_an_honest_guess() -> None:
    for rows in load_profiles().values():
        for row in rows:
            assert row.confidence == "low"
            assert row.verified is False
            assert row.high / row.low >= 3, row  # nobody knows it closer than that
            assert row.basis.vi
            assert row.basis.en
            assert row.basis.vi != row.basis.en
            assert row.material in MATERIALS


def test_what_only_some_have_says_so_in_its_basis() -> None:
    for rows in load_profiles().values():
        for row in rows:
            if "only" in row.basis.en.split():
                assert row.usual is False, row


# --- typical streams


def test_the_narrower_industry_speaks_for_the_wider() -> None:
    electronics = {one.material: one for one in typical_streams("2611", 100)}
    assert electronics["e-waste"].quantity == 1.0  # of division 26
    assert electronics["demineralised-water"].quantity == 20_000.0  # of group 261
    assert electronics["paper-board-waste"].quantity == 5.0  # of section C
    assert stream("1313", "fresh-water").quantity == 110_000.0  # class over section
    assert stream("1312", "fresh-water").quantity == 2_000.0


def test_quantities_grow_with_the_employees_and_stay_in_order() -> None:
    for vsic in ("1020", "1313", "2410", "2592", "3101"):
        for small, large in zip(
            typical_streams(vsic, 50), typical_streams(vsic, 5_000), strict=True
        ):
            assert small.material == large.material
            assert small.quantity_min is not None
            assert small.quantity is not None
            assert small.quantity_max is not None
            assert large.quantity is not None
            assert 0 < small.quantity_min < small.quantity < small.quantity_max
            assert large.quantity == pytest.approx(100 * small.quantity)


@pytest.mark.parametrize("employees", [None, 0, -3])
def test_without_employees_there_is_no_quantity_and_no_zero(employees: int | None) -> None:
    found = typical_streams("1103", employees)
    assert found
    assert {(one.quantity, one.quantity_min, one.quantity_max) for one in found} == {
        (None, None, None)
    }


def test_two_figures_are_told_and_no_more() -> None:
    assert stream("1103", "brewers-grains", 123).quantity == 7_400.0
    assert stream("1520", "adhesive-waste", 7).quantity == 0.021


def test_everything_is_estimated_and_usual_streams_come_first() -> None:
    found = typical_streams("2410", 300)
    assert all(one.estimated for one in found)
    assert [one.usual for one in found] == sorted((one.usual for one in found), reverse=True)
    assert {one.usual for one in found} == {True, False}


def test_a_season_is_kept() -> None:
    months = stream("1072", "bagasse").months
    assert [month for month in range(1, 13) if months >> (month - 1) & 1] == [1, 2, 3, 4, 11, 12]
    assert stream("1103", "spent-yeast").months == ALL_YEAR


@pytest.mark.parametrize("vsic", ["", "6201", "99", "x", "1"])
def test_an_unknown_industry_has_no_profile(vsic: str) -> None:
    assert typical_streams(vsic, 100) == ()


def test_a_five_digit_code_is_its_class() -> None:
    assert typical_streams("11030", 10) == typical_streams("1103", 10)


def test_rows_fit_the_schema_of_streams() -> None:
    rows = [
        one.row(id=f"p{n}", enterprise="DN1", park="kcn", lat=10.8, lon=106.6)
        for n, one in enumerate(typical_streams("1020", 400))
    ]
    table = pa.Table.from_pylist(rows, schema=STREAM_SCHEMA)
    assert table.num_rows == len(rows)
    assert set(rows[0]) == set(STREAM_SCHEMA.names)
    assert table.column("estimated").to_pylist() == [True] * len(rows)
    assert table.column("sorted").null_count == len(rows)
    assert rows[0]["name"] == MATERIALS[str(rows[0]["code"]).removeprefix("material:")].name.vi


# --- the file


def told(text: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        read_profiles(text.encode(), MATERIALS)
    for problem in caught.value.problems:
        assert problem.place.file == FILE
        assert problem.message.vi
        assert problem.cure.vi
    return [(one.code, one.place.line, one.say("en")) for one in caught.value.problems]


def test_a_good_file_is_read() -> None:
    (row,) = read_profiles((HEAD + ROW).encode("utf-8-sig"), MATERIALS)
    assert (row.vsic, row.material, row.mid, row.months) == ("1103", "spent-yeast", 8.0, ALL_YEAR)


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("1103,", "9999,", "profile-vsic", "no such industry: “9999”"),
        ("1103,", ",", "profile-vsic", "write 2 to 4 digits"),
        ("spent-yeast", "yeast", "profile-material", "no such material: “yeast”"),
        ("offer", "give", "profile-word", "direction has no value “give” → write one of: offer"),
        ("yes", "always", "profile-word", "usual has no value “always”"),
        ("low,no", "sure,no", "profile-word", "confidence has no value “sure”"),
        ("2,8,20", "2,x,20", "profile-number", "must be numbers"),
        ("2,8,20", "2,30,20", "profile-range", "2, 30, 20 do not rise"),
        ("2,8,20", "0,8,20", "profile-range", "above zero"),
        ("2,8,20", "2,8,nan", "profile-range", "do not rise"),
        ("2,8,20", "2,8,inf", "profile-range", "do not rise"),
        (",,yes", ",13-04,yes", "profile-months", "no such months: “13-04”"),
        (",,yes", ",winter,yes", "profile-months", "write them like 11-04"),
        ("bia,", ",", "profile-source", "say it in both languages"),
        ("low,no", "low,yes", "profile-verified", "from memory is not verified"),
        ("low,no", "low,no,more", "profile-width", "check commas and quotes"),
    ],
)
def test_a_bad_line_is_told_with_its_cure(old: str, new: str, code: str, says: str) -> None:
    assert old in ROW
    ((found, line, said),) = told(HEAD + ROW.replace(old, new, 1))
    assert (found, line) == (code, 2)
    assert says in said


def test_a_stream_twice_and_other_faults_are_told_together() -> None:
    text = HEAD + ROW + ROW + ROW.replace("spent-yeast", "gold")
    assert [(code, line) for code, line, _ in told(text)] == [
        ("profile-twice", 3),
        ("profile-material", 4),
    ]


def test_a_missing_column_is_told() -> None:
    ((code, line, said),) = told("vsic,direction\n")
    assert (code, line) == ("profile-column", 1)
    assert "material, low, mid" in said


def test_the_shipped_file_is_read_as_it_is() -> None:
    assert len(read_profiles(shipped(FILE), MATERIALS)) == sum(map(len, load_profiles().values()))
