"""``sinhthai codes``, and the lists an office keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis import office_codes
from sinhthai.symbiosis.commands.codes import register

GOOD = "Mã,Tên,Ngưỡng\n12 06 05,Bùn vi sinh,**\n12 99 01,Bùn mới,*\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.HOME = tmp_path / "home"
    yield settings.HOME


def codes(*words: str) -> Result:
    app = typer.Typer()
    register(app)
    app.command("other")(lambda: None)  # one verb alone would swallow the group's name
    return CliRunner().invoke(app, ["codes", *words])


def a_list(folder: Path, text: str = GOOD, name: str = "vn-2027.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_code_is_shown_with_its_class_and_partner() -> None:
    done = codes("find", "vn:120605", "--lang", "en")
    assert done.exit_code == 0
    assert "vn:120605*" in done.output
    assert "KS Waste to" in done.output
    assert "ewc:190811" in done.output


def test_words_find_codes_without_their_marks() -> None:
    done = codes("find", "bun", "xi", "ma")
    assert done.exit_code == 0
    assert "vn:070105**" in done.output
    assert "NH Chất thải" in done.output


def test_a_subgroup_shows_what_lies_under_it() -> None:
    output = codes("find", "vn:1801").output
    assert all(digits in output for digits in ("180101", "180102", "180103", "180104"))


def test_many_answers_are_cut_and_counted() -> None:
    assert "more; ask more narrowly" in codes("find", "waste", "--lang", "en").output


def test_nothing_found_is_exit_code_1() -> None:
    done = codes("find", "kryptonite", "--lang", "en")
    assert done.exit_code == 1
    assert "Found no “kryptonite”" in done.output


def test_a_good_list_is_checked_and_nothing_is_kept(tmp_path: Path, home: Path) -> None:
    done = codes("check", a_list(tmp_path), "--lang", "en")
    assert (done.exit_code, done.output) == (0, "vn-2027.csv: 2 rows, no problem.\n")
    assert not home.exists()


def test_a_bad_list_is_told_and_nothing_is_kept(tmp_path: Path, home: Path) -> None:
    bad = a_list(tmp_path, GOOD.replace("**", "***"))
    for verb in ("check", "add"):
        done = codes(verb, bad, "--lang", "en")
        assert done.exit_code == 2
        assert "vn-2027.csv · Ngưỡng · 2: no such threshold mark: “***”" in done.output
        assert "1 problem(s)." in done.output
    assert not home.exists()
    assert codes("check", str(tmp_path / "none.csv"), "--lang", "en").exit_code == 2


def test_a_list_taken_into_use_counts_at_once(tmp_path: Path) -> None:
    assert codes("find", "vn:129901").exit_code == 1
    assert codes("add", a_list(tmp_path)).output == "Đã nhận vn-2027.csv (2 dòng).\n"
    assert "Bùn mới" in codes("find", "vn:129901").output
    found = office_codes.load_codes().find("vn:120605")
    assert found is not None
    assert (found.hazard, found.source) == ("NH", "vn-2027.csv")


def test_a_list_of_the_same_name_is_replaced_only_when_asked(tmp_path: Path) -> None:
    assert codes("add", a_list(tmp_path)).exit_code == 0
    again = a_list(tmp_path, GOOD.replace("Bùn mới", "Bùn khác"))
    refused = codes("add", again, "--lang", "en")
    assert refused.exit_code == 2
    assert "is kept already → add --replace" in refused.output
    assert codes("add", again, "--replace").exit_code == 0
    found = office_codes.load_codes().find("vn:129901")
    assert found is not None
    assert found.name.vi == "Bùn khác"


def test_a_spoilt_list_among_those_kept_is_told(tmp_path: Path, home: Path) -> None:
    codes("add", a_list(tmp_path))
    a_list(home / "waste-lists", "Mã,Tên,Ngưỡng\n1,A,*\n", "vn-spoilt.csv")
    with pytest.raises(InputError, match="vn-spoilt"):
        office_codes.load_codes()
    assert codes("find", "vn:120605").exit_code == 2
