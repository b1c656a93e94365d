"""``sinhthai factors``: list, show and check, with their exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from sinhthai.factors.commands import register
from sinhthai.factors.loading import DATA

app = typer.Typer()
register(app)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["factors", *arguments])


def test_a_list_is_searched_without_diacritics_and_filtered() -> None:
    found = run("list", "than", "--group", "fuel", "--format", "json", "--lang", "en")
    assert found.exit_code == 0
    rows = json.loads(found.stdout)
    assert {row["group"] for row in rows} == {"fuel"}
    assert "anthracite" in {row["id"] for row in rows}
    assert "diesel" not in {row["id"] for row in rows}


def test_nothing_found_is_one_and_a_bad_word_is_two() -> None:
    assert run("list", "kryptonit").exit_code == 1
    assert run("list", "--group", "fuels").exit_code == 2
    assert "fuel" in run("list", "--group", "fuels").stderr
    assert run("list", "--format", "pdf").exit_code == 2


def test_the_list_goes_into_files(tmp_path: Path) -> None:
    for name in ("f.csv", "f.xlsx"):
        assert run("list", "diesel", "-o", str(tmp_path / name)).exit_code == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_text("utf-8-sig"))))
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").active
    assert rows[1][0] == sheet.cell(2, 1).value == "diesel"


def test_tables_stand_side_by_side_and_the_picked_one_is_marked() -> None:
    found = run("show", "nước thải", "--format", "json")
    panels = json.loads(found.stdout)["quantities"]
    aerobic = next(p for p in panels if (p["quantity"], p["category"]) == ("mcf", "aerobic"))
    assert [(row["value"], row["verified"], row["chosen"]) for row in aerobic["rows"]] == [
        (0.0, True, True), (0.03, True, False), (0.3, False, False),
    ]  # fmt: skip
    printed = " ".join(
        run("show", "nước thải", "--policy", "ipcc2019", "--lang", "en").stdout.split()
    )
    assert "→ 0.03 1 (0.003 – 0.09)" in printed
    assert "NOT verified" in printed
    assert "2019 Refinement first" in printed


def test_a_year_without_a_factor_says_so() -> None:
    found = run("show", "điện", "--year", "2013", "--lang", "en")
    assert "no factor of this year" in found.stdout
    assert found.exit_code == 0  # its TOE is known


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "dieselll"], "Dầu điêzen"),
        (["show", "diesel", "--policy", "mine"], "ipcc2006"),
        (["show", "diesel", "--year", "3000"], "2100"),
        (["check", "/nowhere/at/all"], "thư mục"),
    ],
)
def test_what_is_wrong_is_told_with_its_cure(arguments: list[str], told: str) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert told in found.stderr


def test_check_counts_rows_and_tells_faults(tmp_path: Path) -> None:
    assert "583 rows" in run("check", "--lang", "en").stdout
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    grid = folder / "vn-grid.csv"
    grid.write_text(grid.read_text("utf-8").replace("0.6612", "x", 1), encoding="utf-8")
    broken = run("check", str(folder), "--lang", "en")
    assert broken.exit_code == 2
    assert "vn-grid.csv · 2" in broken.stderr
