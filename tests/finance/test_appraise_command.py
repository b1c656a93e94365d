"""``sinhthai appraise`` as people run it: every format, every exit code, nothing half-written."""

from __future__ import annotations

import io
import json
import re
import shlex
import struct
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
import typer
from typer.testing import CliRunner

from sinhthai.factors.loading import load_factors
from sinhthai.finance.commands.appraise import register
from sinhthai.finance.documents.appraisal import Answer
from sinhthai.finance.documents.appraisal.as_xlsx import to_xlsx
from sinhthai.finance.documents.appraisal.pictures import cash, curve
from sinhthai.finance.engine.study import study
from sinhthai.finance.workbook import read_measures
from tests.finance.measure_books import GOOD, book
from tests.finance.spreadsheet import Spreadsheet

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "measures.xlsx"
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def run():
    app = typer.Typer()
    register(app)

    @app.callback()
    def main() -> None:
        """Keep the verb, as beside others."""

    def invoke(*words: object):
        return CliRunner().invoke(app, ["appraise", *map(str, words)])

    return invoke


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.xlsx"
    path.write_bytes(book())
    return path


def answer(content: bytes, draws: int = 0) -> Answer:
    file = read_measures(content, "m.xlsx", load_factors())
    found = study(file.measures, file.scenario, spread=file.spread, draws=draws)
    return Answer(file, found, "test")


def test_the_worked_example_to_the_digits_printed(run, good):
    data = json.loads(run(good, "--format", "json").stdout)
    (one,) = data["measures"]
    assert round(one["yearly_saving"]) == 109_980_000
    assert round(one["npv"]) == 475_779_490
    assert round(one["irr"]["value"], 6) == 0.542698
    assert round(one["payback"], 4) == 1.8185
    assert round(one["co2e"], 3) == 39.552
    assert round(one["abatement_cost"]) == -1_957_699
    assert data["pins"]["factors"] == load_factors().hash


def test_the_table_says_it_in_both_languages(run, good):
    lines = [re.sub(r"\s+", " ", line).strip() for line in run(good).stdout.splitlines()]
    said = "VSD 200,0 110,0 475,8 365,2 54,3 % 44,9 % 1,8 2,1"
    assert said in lines
    english = run(good, "--lang", "en").stdout
    assert "What each measure is worth" in english
    assert not re.search("[ạảấầậắẳệịọồộợụ]", english.replace("kWh", ""))


def test_the_example_runs_and_says_that_it_is_invented(run):
    done = run(EXAMPLE, "--draws", "500")
    assert done.exit_code == 0
    assert "Số liệu giả định" in done.stdout
    assert "Nồi hơi điện: không cộng vào tổng" in done.stdout
    assert "CO2e chưa rõ vì xút vảy" in done.stdout
    assert "Tuổi thọ 20 năm dài hơn" in done.stderr


def test_the_example_is_the_template(run, tmp_path):
    assert run("--template", tmp_path / "t.xlsx").exit_code == 0
    assert (tmp_path / "t.xlsx").read_bytes() == EXAMPLE.read_bytes()


def test_exit_codes(run, tmp_path):
    poor = tmp_path / "poor.xlsx"
    poor.write_bytes(book([{**GOOD, "investment": 9e9}]))
    assert run(poor).exit_code == 1
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(book(rate=10))
    done = run(wrong, "--lang", "en")
    assert done.exit_code == 2
    assert "Assumptions · B1: Is 10 meant as 10 % or as 1,000 %? → Write 10% or 0.1." in done.stderr
    assert run(tmp_path / "none.xlsx").exit_code == 2
    assert run().exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "doc"),
        ("--draws", "-1"),
        ("--curve", "c.gif"),
        ("--cash", "no such measure"),
        ("--template", "t.csv"),
    ],
)
def test_an_option_that_cannot_be(run, good, words):
    done = run(good, *words)
    assert done.exit_code == 2
    assert "→" in done.stderr


def test_nothing_is_half_written(run, tmp_path, good):
    """A wrong name of a measure is found before the curve is drawn."""
    curve_file, old = tmp_path / "c.svg", tmp_path / "out.xlsx"
    old.write_bytes(b"as it was")
    run(good, "--curve", curve_file, "--cash", "nobody", "-o", old)
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(book(rate=10))
    run(wrong, "--curve", curve_file, "-o", old)
    assert not curve_file.exists()
    assert old.read_bytes() == b"as it was"


def test_the_seed_decides_the_draws(run, good):
    def spread(*words):
        return json.loads(run(good, "--format", "json", *words).stdout)["measures"][0]["risk"]

    assert spread("--seed", "4", "--draws", "300") == spread("--seed", "4", "--draws", "300")
    assert spread("--seed", "4", "--draws", "300") != spread("--seed", "5", "--draws", "300")
    assert spread("--draws", "0") is None


def test_the_curve_is_a_picture_of_those_that_count():
    drawn = ElementTree.fromstring(curve(answer(EXAMPLE.read_bytes()), "vi"))
    said = [element.text or "" for element in drawn.iter(f"{_SVG}text")]
    assert any("Số liệu giả định" in one for one in said)
    listed = [one for one in said if re.match(r"\d+\. ", one)]
    assert len(listed) == 12
    assert listed[0].startswith("1. NPV 5,73 tỷ")  # worth most, not the cheapest tonne
    assert listed[-1].startswith("12. 3,37 triệu đ/t")
    assert not any("Nồi hơi điện" in one for one in listed)


def test_the_cash_flow_is_drawn_from_the_year_before_the_savings():
    drawn = cash(answer(book(), 200), "VSD", "en")
    assert "2022" in drawn
    assert "2032" in drawn
    assert "P10 to P90" in drawn


def test_without_draws_the_band_is_a_line():
    drawn = ElementTree.fromstring(cash(answer(book(), 0), "VSD", "en"))
    area, line = (path.attrib["d"] for path in drawn.iter(f"{_SVG}path"))
    points = line[1:].split(" L")
    assert area[1:-2].split(" L") == [*points, *reversed(points)]


def test_a_curve_without_measures_says_so():
    used = {**GOOD, "electricity": -5, "other_saving": 9e9}  # it pays, and emits more
    drawn = curve(answer(book([used])), "en")
    assert "No measure avoids CO2e." in drawn


def test_pictures_of_the_command(run, tmp_path, good):
    done = run(good, "--curve", tmp_path / "macc.svg", "--draws", "200")
    assert done.exit_code == 0
    assert (tmp_path / "macc.svg").read_text().startswith("<svg")
    assert run(good, "--cash", "vsd", "--draws", "200", "-o", tmp_path / "c.png").exit_code == 0
    data = (tmp_path / "c.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data[1:4] == b"PNG"
    assert width > height > 300


def test_the_paper_is_tagged_pinned_and_always_the_same(run, tmp_path):
    for name in ("a.pdf", "b.pdf"):
        assert run(EXAMPLE, "--draws", "200", "-o", tmp_path / name).exit_code == 0
    content = (tmp_path / "a.pdf").read_bytes()
    assert content == (tmp_path / "b.pdf").read_bytes()
    paper = pypdf.PdfReader(io.BytesIO(content))
    text = "".join(page.extract_text() for page in paper.pages)
    assert load_factors().hash[:20] in re.sub(r"\s", "", text)
    assert "Số liệu giả định" in text
    assert "quyết định đầu tư" in text
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(
    "content",
    [
        EXAMPLE.read_bytes(),
        book(money_kind="real", inflation=0.04, depreciation_years=4, horizon=6, tax=0.17),
        book([{**GOOD, "life": 1, "salvage": 5e6}, {**GOOD, "name": "no", "investment": 9e9}]),
        book([{**GOOD, "investment": 0}], rate=0),
    ],
    ids=["example", "real", "ends", "free"],
)
def test_every_formula_of_the_workbook_gives_what_the_engine_gave(content):
    """A spreadsheet that knows nothing of us computes the same figures from the inputs."""
    made = to_xlsx(answer(content), "en")
    sheet, kept = Spreadsheet(made), openpyxl.load_workbook(io.BytesIO(made), data_only=True)
    count = 0
    for name, row, column in sheet.formulas():
        found, said = sheet.value(name, row, column), kept[name].cell(row, column).value
        where = f"{name} {row},{column}"
        if isinstance(said, str):
            assert found == said, where
        else:
            assert found == pytest.approx(said, rel=1e-6, abs=1e-3), where
        count += 1
    assert count > 45


def test_changing_an_assumption_in_the_workbook_changes_the_worth():
    made = Spreadsheet(to_xlsx(answer(book()), "en"))
    before = made.value("Results", 4, 5)
    made.known.clear()
    made.book["Assumptions"].cell(1, 2).value = 0.2
    after = made.value("Results", 4, 5)
    assert after == pytest.approx(answer(book(rate=0.2)).study.results[0].appraisal.npv, rel=1e-9)
    assert after < before


def test_the_workbook_pins_what_it_rests_on():
    one = answer(book())
    kept = openpyxl.load_workbook(io.BytesIO(to_xlsx(one, "vi")), data_only=True)
    said = " ".join(str(cell.value) for row in kept["Căn cứ"].iter_rows() for cell in row)
    assert one.file.sha256 in said
    assert one.file.factors_hash in said
    assert "sinhthai test" in said
    assert to_xlsx(one, "vi") == to_xlsx(one, "vi")


@pytest.mark.parametrize("page", ["how-to/appraise-measures.md", "explanation/abatement-curves.md"])
def test_the_pages_run_as_written(run, tmp_path, monkeypatch, page):
    """Every command of a page runs, and prints the lines the page shows below it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)  # as wide as a page, wherever it is run
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    text = (ROOT / "docs" / page).read_text("utf-8")
    blocks = re.findall(r"^```\n(\$ sinhthai appraise .*?)^```", text, re.M | re.S)
    assert blocks or page.startswith("explanation")
    for block in blocks:
        command, *shown = block.splitlines()
        done = run(*shlex.split(command)[3:])
        assert done.exit_code in (0, 2), done.output
        printed = re.sub(r"\s+", " ", done.output)
        for line in shown:
            if line.strip(" …"):
                assert re.sub(r"\s+", " ", line).strip() in printed, line
