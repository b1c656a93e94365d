"""Tables edited by hand: every fault is told with file and line, and nothing of them is used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sinhthai.factors.loading import DATA, load_factors, read_factors
from sinhthai.foundation.problems import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first *old*; return the line it stood in."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("vn-grid.csv", "0.6612", "0.66.12", "0.66.12"),
        ("vn-grid.csv", "2014-01-01", "1/1/2014", "1/1/2014"),
        ("vn-grid.csv", ",yes,", ",maybe,", "maybe"),
        ("tariffs.csv", "1536", "x", "x"),
        ("tariff_hours.csv", "mon-sat", "weekdays", "weekdays"),
        ("prices.csv", "209459", "", "float"),
        ("cards.csv", "2026-10-07", "soon", "soon"),
        ("activities.csv", ",no,", ",nein,", "nein"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    line = edit(folder, file, old, new)
    with pytest.raises(InputError) as caught:
        read_factors(folder)
    problem = next(one for one in caught.value.problems if one.code == "factor-row")
    assert (problem.place.file, problem.place.line) == (file, line)
    assert told in problem.message.en


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("ipcc2006-stationary.csv", "26.7,21.6,32.2", "26.7,27,32.2", "outside its range"),
        ("ipcc2006-stationary.csv", "anthracite,ncv", "anthracit,ncv", "no name"),
        ("cards.csv", "vn-grid,", "vn-gird,", "no card"),
    ],
)
def test_a_row_that_contradicts_is_told(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    edit(folder, file, old, new)
    with pytest.raises(InputError, match=told):
        read_factors(folder)


def test_a_decimal_comma_splits_the_row_and_is_told(folder: Path) -> None:
    line = edit(folder, "vn-grid.csv", "0.6612", "0,6612")
    with pytest.raises(InputError, match="another number of cells") as caught:
        read_factors(folder)
    assert caught.value.problems[0].place.line == line
    assert "point" in caught.value.problems[0].cure.en


def test_the_same_thing_twice_is_told(folder: Path) -> None:
    path = folder / "vn-grid.csv"
    last = path.read_text(encoding="utf-8").splitlines()[-1]
    path.write_text(path.read_text(encoding="utf-8") + last + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="two rows"):
        read_factors(folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    edit(folder, "vn-grid.csv", "0.6612", "a")
    edit(folder, "vn-toe.csv", "0.1543", "b")
    with pytest.raises(InputError) as caught:
        read_factors(folder)
    assert {one.place.file for one in caught.value.problems} >= {"vn-grid.csv", "vn-toe.csv"}


def test_another_content_has_another_hash(folder: Path) -> None:
    assert read_factors(folder).hash == load_factors().hash
    edit(folder, "vn-grid.csv", "0.6612", "0.6613")
    assert read_factors(folder).hash != load_factors().hash
