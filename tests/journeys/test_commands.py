"""The commands of a consultant on the example workbooks: every form says the same figures."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import typer
from pypdf import PdfReader
from tests.journeys.climate_world import DYER_NAME, ROOT
from typer.testing import CliRunner

from sinhthai.carbon.commands import register as register_inventory
from sinhthai.carbon.engine.inventory import compute
from sinhthai.carbon.engine.model import Settings
from sinhthai.carbon.workbook.example import example_activities
from sinhthai.factors.loading import load_factors
from sinhthai.finance.commands import register as register_appraise
from sinhthai.foundation.numbers import format_number

FORMATS = ("table", "json", "xlsx", "pdf")

program = typer.Typer()
register_inventory(program)
register_appraise(program)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the two workbooks of the examples, as a person has them before them."""
    for name in ("enterprise.xlsx", "measures.xlsx"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def in_every_form(desk: Path, *command: str) -> dict[str, bytes]:
    """Run *command* once for each form, into a file, and return what the files hold."""
    for form in FORMATS:
        done = CliRunner().invoke(program, [*command, "--format", form, "-o", f"out.{form}"])
        assert done.exit_code == 0, done.output
    return {form: (desk / f"out.{form}").read_bytes() for form in FORMATS}


def printed(file: bytes) -> str:
    """Return the text of a PDF, each run of white space as one blank."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(file)).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def values_of(file: bytes) -> list[float]:
    """Return the numbers a viewer shows of a workbook, formulas by the value beside them."""
    book = openpyxl.load_workbook(BytesIO(file), data_only=True)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return [cell for cell in cells if isinstance(cell, float)]


def test_an_inventory_says_the_same_in_every_form(desk: Path) -> None:
    files = in_every_form(desk, "inventory", "enterprise.xlsx", "--year", "2023", "--gwp", "AR5")
    lines = [one for one in example_activities() if one.year == 2023]
    whole = compute(lines, load_factors(), Settings(gwp="AR5")).total(DYER_NAME, 2023)
    assert whole.co2e_t is not None

    report = json.loads(files["json"])["reports"][0]
    told = {one["scope"]: one for one in report["totals"]}["1+2"]
    assert report["subject"] == DYER_NAME
    assert (told["co2e_t"], told["low_t"], told["high_t"]) == pytest.approx(
        (whole.co2e_t, whole.low_t, whole.high_t)
    )
    rounded = format_number(round(whole.co2e_t), "vi", 0)
    table = files["table"].decode()
    assert rounded in table and "khoảng 95 %" in table and "CO2 sinh học" in table
    assert "đạt ngưỡng phải kiểm kê (Nghị định 06/2022/NĐ-CP, Điều 6)" in table
    assert rounded in printed(files["pdf"]) and DYER_NAME in printed(files["pdf"])
    assert any(value == pytest.approx(whole.co2e_t) for value in values_of(files["xlsx"]))


def test_measures_say_the_same_in_every_form_and_the_curve_is_drawn(desk: Path) -> None:
    files = in_every_form(desk, "appraise", "measures.xlsx", "--draws", "300")
    values, texts = values_of(files["xlsx"]), (files["table"].decode(), printed(files["pdf"]))
    for measure in json.loads(files["json"])["measures"]:
        assert any(value == pytest.approx(measure["npv_after_tax"]) for value in values)
        assert all(measure["name"].split()[0] in text for text in texts)
    first = json.loads(files["json"])["measures"][0]
    assert first["risk"]["p10"] < first["risk"]["p50"] < first["risk"]["p90"]
    for name, start in (("curve.svg", b"<svg"), ("curve.png", b"\x89PNG")):
        done = CliRunner().invoke(
            program, ["appraise", "measures.xlsx", "--draws", "300", "--curve", name]
        )
        assert done.exit_code == 0, done.output
        assert (desk / name).read_bytes().startswith(start)


def test_a_year_nobody_wrote_is_told_with_those_there_are() -> None:
    done = CliRunner().invoke(program, ["inventory", "enterprise.xlsx", "--year", "2024"])
    assert done.exit_code == 2
    assert "Không có dòng nào của năm 2024" in done.stderr
    assert "2022, 2023" in done.stderr
