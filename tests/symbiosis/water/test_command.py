"""``sinhthai water`` as people run it: every format, every exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from sinhthai.symbiosis.commands.water import register

EXAMPLES = Path(__file__).parents[3] / "examples"
SVG = "{http://www.w3.org/2000/svg}"
Run = Callable[..., Result]
TAPS = """name,kind,flow (t/h),concentration (ppm),company
s1,source,50,50,X
s2,source,100,100,X
s3,source,70,150,Y
s4,source,60,250,Y
d1,sink,50,20,X
d2,sink,100,50,Y
d3,sink,1920 m3/ngày,100,X
d4,sink,70,200,Y
"""
TWO = """name,contaminant,limiting flow,cin (mg/L),cout
1,salt,40,0,100
1,acid,40,25,75
2,salt,35,80,240
2,acid,35,30,90
"""


@pytest.fixture
def run() -> Run:
    app = typer.Typer()
    register(app)

    @app.callback()
    def main() -> None:
        """Keep the verb, as beside others."""

    return lambda *words: CliRunner().invoke(app, ["water", *map(str, words)])


def lines(done: Result) -> list[str]:
    return [re.sub(r"\s+", " ", line).strip() for line in done.output.splitlines()]


def test_the_table_tells_target_pinch_and_saving(run: Run) -> None:
    """Wang & Smith 1994: 112.5 without re-use, 90 with, pinch at 100."""
    done = run(EXAMPLES / "water.csv")
    assert done.exit_code == 0
    said = lines(done)
    assert "Không tái sử dụng 112,5 t/h 900.000 m³/năm" in said
    assert "Nước cấp ít nhất khi tái sử dụng 90 t/h 720.000 m³/năm" in said
    assert "Pinch 100 mg/L" in said
    assert "Tiết kiệm 22,5 t/h 180.000 m³/năm" in said
    assert "Đáng giá" not in done.output  # no price, no money


def test_cleaning_is_asked_for(run: Run) -> None:
    """The same: cleaned to 5 once 46.2 (9000/195), recycled 20."""
    done = run(EXAMPLES / "water.csv", "--regeneration", "5", "--format", "json")
    data = json.loads(done.stdout)["regeneration"]
    assert data["reuse"]["fresh"] == pytest.approx(9000 / 195)
    assert data["recycling"]["fresh"] == pytest.approx(20)
    assert data["network"]["fresh"] == pytest.approx(20)


def test_three_companies_alone_and_together(run: Run) -> None:
    """Chew 2008: 98.33, 54.64 and 186.67 alone, 314.36 together."""
    done = run(EXAMPLES / "water-park.csv", "--format", "json", "--price", "12000 đồng/m3")
    data = json.loads(done.stdout)
    alone = {one["enterprise"]: round(one["fresh"], 2) for one in data["enterprises"]}
    assert alone == {"A": 98.33, "B": 54.64, "C": 186.67}
    assert round(data["fresh"], 2) == 314.36
    assert data["each_alone"] == pytest.approx(98.3333 + 54.6429 + 186.6667, abs=1e-3)
    assert any(pipe["between_enterprises"] for pipe in data["network"]["pipes"])
    assert data["saving"] == pytest.approx(474 - 314.355, abs=1e-3)
    assert data["saving_vnd_a_year"] == pytest.approx(data["saving"] * 8000 * 12000)


def test_hours_scale_the_year_only(run: Run) -> None:
    year, half = (
        json.loads(run(EXAMPLES / "water.csv", "--hours", hours, "--format", "json").stdout)
        for hours in ("8000", "4000")
    )
    assert half["fresh"] == year["fresh"]
    assert half["saving_m3_a_year"] == pytest.approx(year["saving_m3_a_year"] / 2)


def test_the_park_table_marks_pipes_between_enterprises(run: Run) -> None:
    done = run(EXAMPLES / "water-park.csv", "--lang", "en")
    assert "Between" in done.output  # the heading may fold
    assert done.output.count("yes") == 3
    assert "Each enterprise" in done.output
    assert any(line.startswith("A · 3 C · 5 56.67 100 yes") for line in lines(done))


def test_sources_and_sinks(run: Run, tmp_path: Path) -> None:
    """Polley & Polley 2000: fresh 70, waste 50."""
    path = tmp_path / "taps.csv"
    path.write_text(TAPS)
    data = json.loads(run(path, "--format", "json").stdout)
    assert (data["fresh"], data["waste"], data["without_reuse"]) == (70.0, 50.0, 300.0)
    assert min(capacity for capacity, _ in data["curves"]["cascade"]) == pytest.approx(0, abs=1e-9)


def test_a_sink_nothing_is_clean_enough_for_has_no_network(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "taps.csv"
    path.write_text(TAPS)
    done = run(path, "--fresh", "30", "--lang", "en")
    assert done.exit_code == 1
    said = " ".join(lines(done))
    assert "“X · d1” may take 20 mg/L at most, cleaner than fresh water (30 mg/L)" in said
    assert json.loads(run(path, "--fresh", "30", "--format", "json").stdout)["fresh"] is None


def test_several_contaminants_come_with_their_bound(run: Run, tmp_path: Path) -> None:
    """Wang & Smith 1994: two processes, two contaminants, 54 t/h."""
    path = tmp_path / "two.csv"
    path.write_text(TWO)
    data = json.loads(run(path, "--format", "json", "--regeneration", "salt=10; acid=10").stdout)
    assert data["fresh"] == pytest.approx(54, abs=1e-3)
    assert data["bound"] == pytest.approx(54, abs=1e-2)
    assert data["contaminants"] == ["salt", "acid"]
    assert data["network"]["proven"]
    assert data["regeneration"]["network"]["fresh"] < 54
    refused = run(path, "--format", "svg", "--lang", "en")
    assert refused.exit_code == 2
    assert "There is no curve to draw" in refused.output


def test_nothing_to_save_is_a_negative_answer(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "clean.csv"
    path.write_text("name,load,cin,cout\nrinse,2,0,100\nwash,5,0,100\n")
    done = run(path, "--lang", "en")
    assert done.exit_code == 1
    assert "Re-use saves nothing" in done.output


def test_json_is_the_same_every_time(run: Run) -> None:
    first, second = (run(EXAMPLES / "water-park.csv", "--format", "json").stdout for _ in "ab")
    assert first == second


def test_the_workbook_opens(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "nuoc.xlsx"
    assert run(EXAMPLES / "water-park.csv", "-o", target, "--regeneration", "5").exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [
        "Mục tiêu", "Doanh nghiệp", "Đường ống", "Đường ống khi có trạm xử lý", "Đường giới hạn"
    ]  # fmt: skip
    rows = {row[0]: row[1] for row in book["Mục tiêu"].iter_rows(values_only=True)}
    assert rows["Nước cấp ít nhất khi tái sử dụng"] == pytest.approx(314.355, abs=1e-3)
    assert book["Đường giới hạn"]._charts


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_picture_touches_at_the_pinch(run: Run, language: str) -> None:
    done = run(EXAMPLES / "water.csv", "--format", "svg", "--lang", language)
    root = ElementTree.fromstring(done.stdout)
    curve, fresh = (
        [tuple(map(float, point.split(","))) for point in one.attrib["points"].split()]
        for one in root.iter(f"{SVG}polyline")
    )
    assert len(curve) == 5  # levels 0, 50, 100, 400, 800
    # the line of fresh water is nowhere above the curve, and touches it at 100 mg/L
    (x0, y0), (x1, y1) = fresh
    gaps = [(y0 + (x - x0) * (y1 - y0) / (x1 - x0)) - y for x, y in curve]
    assert min(gaps) == pytest.approx(0, abs=0.05)
    assert gaps[2] == min(gaps[1:])
    words = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
    assert "pinch 100 mg/L" in words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--hours", "9000"], "--hours: 9,000 hours a year: it has to be above 0, at most 8784."),
        (["--price", "-3"], "--price has to be above 0 (-3)."),
        (["--price", "5 kWh"], "“kWh”"),
        (["--seconds", "0"], "--seconds"),
        (["--fresh", "dirty"], "--fresh “dirty” is not understood"),
        (["--fresh", "COD=3"], "no contaminant “COD”"),
        (["--fresh", "10%"], "--fresh “10%” is not understood"),
        (["--fresh=-1"], "it is negative"),
        (["--regeneration", "0"], "is no dirtier than fresh water"),
        (["--format", "pdf"], "“pdf”"),
    ],
)
def test_wrong_options_are_told(run: Run, words: list[str], said: str) -> None:
    done = run(EXAMPLES / "water.csv", *words, "--lang", "en")
    assert done.exit_code == 2
    assert said in " ".join(lines(done))


def test_cleaning_is_not_for_sources_and_sinks(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "taps.csv"
    path.write_text(TAPS)
    done = run(path, "--regeneration", "5", "--lang", "en")
    assert done.exit_code == 2
    assert "--regeneration is for processes" in done.output


def test_a_file_that_is_not_there(run: Run) -> None:
    done = run("nowhere.csv", "--lang", "en")
    assert done.exit_code == 2
    assert "There is no such file." in done.output
