"""``sinhthai measures`` as people type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from sinhthai.efficiency import commands

app = typer.Typer()
commands.register(app)
app.command("other")(lambda: None)  # with one command alone, typer would take its name away


def run(*arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["measures", *arguments], env={"COLUMNS": "160"})
    return found.exit_code, found.stdout, found.stderr


def test_the_whole_catalogue_is_listed() -> None:
    code, out, _ = run("--format", "json")
    listed = json.loads(out)
    assert code == 0
    assert len(listed) == 73
    assert {"low", "typical", "high", "source", "confidence"} == set(listed[0]["saving"])


def test_sector_use_and_words_narrow_it() -> None:
    code, out, _ = run("--sector", "10", "--use", "electricity", "--lang", "en")
    assert code == 0
    assert "Seafood" in out
    assert "Textile" not in out
    assert "Economizer" not in out
    code, out, _ = run("--use", "steam", "--search", "ro ri")
    assert code == 0
    assert "Sửa rò rỉ hơi" in out
    assert "khí nén" not in out


def test_what_is_from_memory_is_marked_on_the_terminal() -> None:
    _, out, _ = run("--search", "LED", "--lang", "en")
    assert "40–60 % *" in out
    assert "* from memory, no source seen" in out
    _, out, _ = run("--search", "tower drift", "--lang", "en")
    assert "13.6 %" in out
    assert "13.6 % *" not in out


def test_nothing_found_is_said_with_one() -> None:
    code, out, error = run("--search", "perpetuum mobile", "--lang", "en")
    assert (code, out) == (1, "")
    assert "no such measure" in error


def test_a_workbook_holds_sources_and_codes(tmp_path: Path) -> None:
    file = tmp_path / "measures.xlsx"
    assert run("-o", str(file), "--lang", "en")[0] == 0
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert len(rows) == 74
    assert {"Source", "Source of the payback", "ARC code"} < set(rows[0])
    led = next(row for row in rows if row[-1] == "led")
    assert "engineers' practice (from memory, no source seen)" in led


def test_measures_that_fit_a_site_are_ranked_with_what_is_missing() -> None:
    code, out, error = run(
        *("--sector", "1020", "--used", "electricity=4000", "--employees", "80"),
        *("--metered", "electricity.lighting=200", "--metered", "than antraxit:fuel.boiler=700"),
        *("--price", "electricity=1.900.000", "--year", "2023", "--format", "json"),
    )
    assert code == 0, error
    found = {one["measure"]: one for one in json.loads(out)}
    assert found["led"]["savings"]["electricity"] == {"low": 80, "typical": None, "high": 120}
    assert found["led"]["co2e_t"]["high"] == pytest.approx(120 * 0.6592)
    assert found["economizer"]["savings"]["anthracite"]["high"] == 70
    assert "white-water" not in found
    assert {one["status"] for one in found.values()} == {"potential"}
    assert "không cộng" in error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--used", "elctricity=4"), "elctricity"),
        (("--metered", "fuel.boiler=3"), "which fuel"),
        (("--metered", "electricity.lamps=3"), "no use"),
        (("--used", "electricity=many"), "--used"),
        (("--used", "water=-3"), "below 0"),
        (("--used", "electricity=4", "--price", "electricity"), "no number"),
        (("--used", "electricity=4", "--year", "2090"), "2090"),
        (("--use", "steem"), "steam"),
        (("--sector", "x"), "code of a sector"),
        (("--format", "docx"), "Choose one of"),
    ],
)
def test_bad_input_is_said_with_two(arguments: tuple[str, ...], said: str) -> None:
    code, out, error = run(*arguments, "--lang", "en")
    assert code == 2
    assert said in error
    assert not out


def test_every_wrong_option_is_said_at_once() -> None:
    _, _, error = run("--used", "nothing", "--metered", "fuel.boiler=3", "--price", "water")
    assert error.count("✕") == 3
