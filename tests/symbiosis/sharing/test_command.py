"""``sinhthai share`` as people run it, and every message of a list that is not sound."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.commands.share import register
from sinhthai.symbiosis.engine.network import (
    Accept,
    Link,
    Material,
    Mode,
    Network,
    Sink,
    Source,
)
from sinhthai.symbiosis.engine.network.workbook import write_park
from sinhthai.symbiosis.engine.sharing.partner_files import read_agreements

EXAMPLES = Path(__file__).parents[3] / "examples"
Run = Callable[..., Result]
HEAD = "Partners,Benefit (VND/year)\n"


@pytest.fixture
def run() -> Run:
    app = typer.Typer()
    register(app)

    @app.callback()
    def main() -> None:
        """Keep the verb, as beside others."""

    return lambda *words: CliRunner().invoke(app, ["share", *map(str, words)])


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[str], Path]:
    def write(rows: str) -> Path:
        path = tmp_path / "share.csv"
        path.write_text(HEAD + rows)
        return path

    return write


def said(done: Result) -> str:
    return re.sub(r"\s+", " ", done.output)


def test_the_example_in_both_languages(run: Run) -> None:
    done = run(EXAMPLES / "partners.csv")
    assert done.exit_code == 0
    assert "Chia lợi ích chung 7.800 triệu đồng/năm" in done.output
    assert "Có cách chia bền vững" in done.output
    assert "Tệp ghi 5 nhóm; 21 nhóm khác" in said(done)
    english = run(EXAMPLES / "partners.csv", "--lang", "en")
    assert "A stable split exists" in english.output
    assert "bền vững" not in english.output


def test_json_gives_out_everything(run: Run) -> None:
    data = json.loads(run(EXAMPLES / "partners.csv", "--format", "json").stdout)
    for rule in ("shapley", "nucleolus"):
        assert sum(one[rule] for one in data["partners"]) == pytest.approx(7.8e9)
    gone = {one["partner"]: one for one in data["departures"]}
    assert gone["Điện Bình Minh (ví dụ)"]["others_earn"] == pytest.approx(0.9e9)
    assert sum(gone["Dệt Hòa An (ví dụ)"]["shares_then"].values()) == pytest.approx(6.3e9)
    again = run(EXAMPLES / "partners.csv", "--format", "json").stdout
    assert json.loads(again) == data


def test_no_stable_split_says_who_cannot_be_content(run: Run, listed: Callable) -> None:
    done = run(listed("A + B,100e6\nB + C,100e6\nA + C,100e6\n"), "--lang", "en")
    assert done.exit_code == 1
    assert "It takes at least 50 million VND a year from outside." in said(done)
    groups = re.search(r"Groups that cannot all be content: (.*?)\.", said(done))
    assert groups is not None
    assert sorted(groups[1].split("; ")) == ["A + B", "A + C", "B + C"]


def test_who_objects_to_shapley_is_named(run: Run, listed: Callable) -> None:
    done = run(listed("left + right,6e8\nleft + other,6e8\n"), "--lang", "en")
    assert done.exit_code == 0
    assert "left + right would earn 100 million VND a year more alone" in said(done)


def test_nothing_earned_together_is_a_negative_answer(run: Run, listed: Callable) -> None:
    assert run(listed("A,100\nB,50\nA + B,120\n")).exit_code == 1


def test_many_partners_are_sampled_by_the_seed(run: Run, listed: Callable) -> None:
    path = listed("".join(f"p{i} + p{i + 1},{100 + i}e6\n" for i in range(13)))
    words = (path, "--format", "json", "--orders", "200")
    one, same, other = (run(*words, "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert one == same != other
    data = json.loads(one)
    assert data["exact"] is False
    assert data["partners"][0]["nucleolus"] is None
    assert max(partner["standard_error"] for partner in data["partners"]) > 0
    table = run(path, "--orders", "20", "--lang", "en")
    assert "sampled" in table.output


def test_the_workbook_opens(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "chia.xlsx"
    assert run(EXAMPLES / "partners.csv", "-o", target).exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Phần chia", "Khi rút lui", "Nhận xét"]
    rows = list(book["Phần chia"].iter_rows(min_row=4, values_only=True))
    assert sum(row[2] for row in rows) == pytest.approx(7.8e9)


def test_a_parks_workbook(run: Run, tmp_path: Path) -> None:
    ash = Network(
        materials=(Material("fly-ash", "t"),),
        sources=(Source("power", "fly-ash", 100.0, disposal=50.0, owner="P"),),
        sinks=(Sink("cement", (Accept("fly-ash"),), 80.0, purchase=200.0, owner="C"),),
        modes=(Mode("truck", unit_km=2.0),),
        links=(Link("power", "cement", "truck", distance=10_000.0, fixed=1_000.0),),
    )
    path = tmp_path / "park.xlsx"
    path.write_bytes(write_park(ash))
    done = run(path, "--format", "json", "--lang", "en")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert data["total"] == pytest.approx(17_400)
    assert [one["shapley"] for one in data["partners"]] == pytest.approx([8_700, 8_700])
    assert any("networks were solved" in note for note in data["notes"])


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ("A + B,\n", "missing_value", "The benefit of this group is missing."),
        ("A + B,much\n", "not_a_number", "“much” is not a number"),
        ("A + B,5 t\n", "unit_wrong", "The unit “t” cannot be converted"),
        ("A + B,5 %\n", "percentage", "is a percentage, not the Benefit"),
        (",5e6\n", "no_partners", "names no partner"),
        ("A + a,5e6\nA + B,5e6\n", "partner_twice", "“A” is twice in one group"),
        ("A + B,5e6\nB + A,6e6\n", "group_twice", "stands there already, at share.csv · 2"),
        ("A,5e6\nB,5e6\n", "no_agreement", "There is no group of two partners"),
        ("", "no_agreement", "There is no group of two partners"),
        ("; ".join(f"p{i}" for i in range(41)) + ",5e6\n", "too_many", "41 partners are too many"),
    ],
)
def test_lists_that_are_not_sound(rows: str, code: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_agreements("share.csv", (HEAD + rows).encode())
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in problem.say("en")
    assert problem.cure.vi


def test_a_group_that_loses_counts_as_no_agreement() -> None:
    read = read_agreements("s.csv", f"{HEAD}A + B,-5e6\nA + C,4e6\n".encode())
    assert read.benefits == {frozenset("AC"): 4e6}
    assert [one.code for one in read.warnings] == ["loses"]


def test_names_are_split_by_any_of_three_marks() -> None:
    rows = f'{HEAD}A; B,5e6\nA + C,4e6\n"B, C",3e6\n'
    assert set(read_agreements("s.csv", rows.encode()).benefits) == {
        frozenset("AB"), frozenset("AC"), frozenset("BC")
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", [["--orders", "2"], ["--seed=-1"], ["--seconds", "0"], ["--format", "svg"]]
)
def test_wrong_options_are_told(run: Run, words: list[str]) -> None:
    done = run(EXAMPLES / "partners.csv", *words, "--lang", "en")
    assert done.exit_code == 2
    assert done.output.startswith("✕ ")


def test_a_list_without_its_headings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    done = run(path, "--lang", "en")
    assert done.exit_code == 2
    assert "There is no heading row with all the columns: Partners, Benefit." in said(done)
