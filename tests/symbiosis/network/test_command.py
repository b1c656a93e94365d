"""``sinhthai network`` as people run it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from sinhthai.symbiosis.commands import network
from sinhthai.symbiosis.engine.network import solve
from sinhthai.symbiosis.engine.network.workbook import write_park
from tests.symbiosis.network.parks import example_park
from tests.symbiosis.network.regenerate import EXAMPLES

PARK, INFEASIBLE = str(EXAMPLES / "park.xlsx"), str(EXAMPLES / "park-infeasible.xlsx")


@pytest.fixture
def run():
    app = typer.Typer()
    app.callback()(lambda: None)
    network.register(app)
    return lambda *words: CliRunner().invoke(app, ["network", *words])


@pytest.fixture
def bricks_first(tmp_path: Path) -> str:
    """The example with less to invest, and bricks that pay well and emit more with ash."""
    park = example_park()
    sinks = tuple(
        replace(sink, purchase_co2=-0.5) if sink.id == "gach" else sink for sink in park.sinks
    )
    path = tmp_path / "bricks.xlsx"
    path.write_bytes(write_park(replace(park, sinks=sinks, budget=30e9)))
    return str(path)


def test_table_says_what_to_build_and_what_it_is_worth(run) -> None:
    done = run(PARK, "--lang", "en")
    assert done.exit_code == 0
    for words in (
        "proven optimal",
        "Net benefit (VND/year): 33,248,675,281",
        "Links to build",
        "Trạm tuyển tro",
        "people decide",
    ):
        assert words in done.stdout


def test_a_short_budget_is_among_the_limits(run, bricks_first: str) -> None:
    assert "Investment budget" in run(bricks_first, "--lang", "en").stdout


def test_table_is_vietnamese_by_default(run) -> None:
    done = run(PARK)
    assert "đã chứng minh là tối ưu" in done.stdout
    assert "33.248.675.281" in done.stdout


def test_json_holds_the_design(run) -> None:
    done = run(PARK, "--format", "json", "--lang", "en")
    (design,) = json.loads(done.stdout)["designs"]
    expected = solve(example_park())
    assert design["net"] == pytest.approx(expected.net)
    assert design["status"] == "optimal"
    assert {link["name"] for link in design["links"]} == {link.name for link in expected.links}
    assert all(isinstance(limit["about"], str) for limit in design["binding"])


def test_workbook_holds_every_link(run, tmp_path: Path) -> None:
    out = tmp_path / "design.xlsx"
    done = run(PARK, "--format", "xlsx", "-o", str(out), "--lang", "en")
    assert done.exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Summary", "Links", "Treatment", "Limits", "Notes"]
    assert book["Links"].max_row == 1 + len(solve(example_park()).links)


def test_co2_and_front(run, bricks_first: str) -> None:
    (clean,) = json.loads(run(bricks_first, "--objective", "co2", "--format", "json").stdout)[
        "designs"
    ]
    done = run(bricks_first, "--objective", "pareto", "--format", "json")
    front = json.loads(done.stdout)["designs"]
    assert len(front) > 1
    assert front[-1]["co2"] == pytest.approx(clean["co2"], rel=3e-4)
    assert [one["net"] for one in front] == sorted((one["net"] for one in front), reverse=True)


def test_front_as_a_table(run, bricks_first: str) -> None:
    done = run(bricks_first, "--objective", "pareto", "--lang", "en")
    assert "Networks none of which" in done.stdout
    assert "— 2 —" in done.stdout


def test_infeasible_park_says_why_and_is_a_negative_answer(run) -> None:
    done = run(INFEASIBLE, "--lang", "en")
    assert done.exit_code == 1
    assert "no network meets every demand" in done.stdout
    assert "must receive at least" in done.stdout


def test_bad_input_lists_every_problem(run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_park(example_park())))
    book["Nguồn"]["F2"], book["Nơi nhận"]["F2"] = "x", "y"
    park = tmp_path / "bad.xlsx"
    book.save(park)
    done = run(str(park), "--lang", "en")
    assert done.exit_code == 2
    assert "bad.xlsx · Nguồn · F2" in done.stderr
    assert "bad.xlsx · Nơi nhận · F2" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere.xlsx",),
        (PARK, "--objective", "fame"),
        (PARK, "--format", "pdf"),
        (PARK, "--seconds", "0"),
        (PARK, "--format", "json", "-o", "/nowhere/at/all.json"),
    ],
)
def test_wrong_options_are_sentences(run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "✕" in done.stderr
    assert "→" in done.stderr


def test_template_can_be_written(run, tmp_path: Path) -> None:
    out = tmp_path / "park.xlsx"
    assert run("--template", "-o", str(out)).exit_code == 0
    assert openpyxl.load_workbook(out).sheetnames[0] == "Hướng dẫn"


def test_people_read_names_and_programs_keep_the_ids(run) -> None:
    table = run(PARK, "--lang", "vi").stdout
    assert "dien-tro" not in table
    assert "Tro bay" in table
    data = json.loads(run(PARK, "--format", "json").stdout)
    link = data["designs"][0]["links"][0]
    assert link["said"][link["tail"]] != link["tail"]
