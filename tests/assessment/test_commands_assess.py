"""``sinhthai assess``: exit codes, formats, words of every refusal, a file with nothing around it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import typer
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from sinhthai.assessment.commands import register
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import nearest
from sinhthai.registry.models import Park
from sinhthai.reporting.engine.workbook import EnterpriseRow, Stated, WorkbookSpec, write_workbook
from sinhthai.rules.bundle import load_bundle

app = typer.Typer()
register(app)

LAND = {"plan_area_ha": 240, "greenery_ha": 22.6, "roads_ha": 20.3, "technical_ha": 4.9}
YES = ("io_monitoring", "symbiosis_support_service", "worker_housing_solution")


def assess(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["assess", *map(str, arguments)])


def write(path: Path, *, social_ha: float = 2.6, year: int = 2025, invented: bool = False) -> Path:
    """Write a workbook as a park office would send it back: land, and three enterprises."""
    said = {code: Stated(value) for code, value in {**LAND, "social_ha": social_ha}.items()}
    said |= {code: Stated(True) for code in YES}
    answers = (
        {"recp_applied": Stated(True), "recp_result_measured": Stated(True)},
        {"recp_applied": Stated(False)},
        {},
    )
    spec = WorkbookSpec(
        park_code="hiep-phuoc",
        park_name=Text("Khu công nghiệp Hiệp Phước", "Hiệp Phước Industrial Park"),
        year=year,
        exported_at=dt.datetime(2026, 1, 20, tzinfo=dt.UTC),
        items=tuple(load_bundle().items.values()),
        park_values=said,
        enterprises=tuple(
            EnterpriseRow(f"e{n}", f"Công ty {n}", "", "", "operating", values)
            for n, values in enumerate(answers)
        ),
        invented=invented,
    )
    path.write_bytes(write_workbook(spec))
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write(tmp_path / "hp.xlsx")


def test_a_workbook_prints_its_findings_and_leaves_with_one(workbook: Path) -> None:
    result = assess(workbook)
    assert result.exit_code == 1
    flat = " ".join(result.stdout.split())
    assert "Khu công nghiệp Hiệp Phước so với tiêu chí khu công nghiệp sinh thái" in flat
    assert "theo quy định có hiệu lực ngày 31/12/2025 · số liệu năm 2025" in flat
    assert "✕ Không đạt" in flat
    assert "33,3–66,7" in flat
    assert "không phải quyết định hành chính" in flat
    assert "vn-eip.d35-2022" in flat


def test_findings_can_be_read_in_english(workbook: Path) -> None:
    result = assess(workbook, "--lang", "en")
    flat = " ".join(result.stdout.split())
    assert "Hiệp Phước Industrial Park against the eco-industrial park criteria" in flat
    assert "? Undetermined" in flat
    assert "Khu công nghiệp" not in flat


def test_it_says_that_one_workbook_cannot_prove_three_years(workbook: Path) -> None:
    result = assess(workbook)
    assert "37.1.a, 37.2.a phải đạt trong 3 năm liền" in result.stderr
    assert "phải đạt trong 3 năm liền" not in result.stdout


def test_json_is_one_document_and_nothing_else(workbook: Path) -> None:
    result = assess(workbook, "--format", "json")
    (one,) = json.loads(result.stdout)["assessments"]
    assert one["subject"]["code"] == "hiep-phuoc"
    assert one["on"] == "2025-12-31"
    land = next(c for c in one["criteria"] if c["id"] == "PARK-1")
    assert land["lower"] == pytest.approx(0.21)
    greenery = next(given for given in land["inputs"] if given["item"] == "greenery_ha")
    assert greenery["value"] == 22.6
    assert greenery["source"]["vi"].startswith("hp.xlsx · KCN · Park!")


@pytest.mark.parametrize("form", ["csv", "html", "pdf", "xlsx", "json"])
def test_every_format_is_written_to_the_file_named(
    form: str, workbook: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{form}"
    result = assess(workbook, "-o", out)
    assert result.exit_code == 1
    assert result.stdout == ""
    data = out.read_bytes()
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert {row["subject"] for row in rows} == {"hiep-phuoc"}
    elif form == "pdf":
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        assert "Đất cây xanh" in " ".join(pages)
    elif form == "xlsx":
        assert "Tiêu chí" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    elif form == "html":
        assert "Khu công nghiệp Hiệp Phước" in data.decode()
    else:
        assert json.loads(data)["schema"] == "sinhthai.assessment/1"


def test_all_frameworks_at_once(workbook: Path) -> None:
    result = assess(workbook, "--framework", "all", "--format", "json")
    families = {a["framework"]["family"] for a in json.loads(result.stdout)["assessments"]}
    assert {"vn-eip", "vn-indicators", "eip-international"} <= families


def test_the_day_chooses_the_rules(workbook: Path) -> None:
    result = assess(workbook, "--on", "31/12/2020", "--format", "json")
    (one,) = json.loads(result.stdout)["assessments"]
    assert one["framework"]["id"] == "vn-eip.d82-2018"


def test_a_reading_of_the_law_is_recorded(workbook: Path) -> None:
    result = assess(workbook, "--option", "A2=registered", "--format", "json")
    (one,) = json.loads(result.stdout)["assessments"]
    assert one["pins"]["options"]["A2"] == "registered"


def test_invented_data_say_so(tmp_path: Path) -> None:
    invented = assess(write(tmp_path / "x.xlsx", invented=True))
    assert "Số liệu giả định" in invented.stdout


def test_exit_code_is_zero_only_when_all_is_met(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from sinhthai.assessment import workbook_input

    real = workbook_input.reports_of

    def all_met(*arguments: object) -> list[object]:
        return [replace(report, verdict="all_met") for report in real(*arguments)]  # type: ignore[arg-type]

    monkeypatch.setattr(workbook_input, "reports_of", all_met)
    assert assess(workbook).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--framework", "nope"], "--framework: không có «nope». → Chọn một trong: vn-eip"),
        (["--on", "tomorrow"], "--on:"),
        (["--on", "2001-01-01"], "Ngày 2001-01-01 chưa có tiêu chí nào có hiệu lực."),
        (["--year", "25"], "--year: 25 không phải một năm."),
        (["--option", "A9=x"], "--option: không có «A9=x»."),
        (["--option", "A2"], "--option: không có «A2»."),
        (["--option", "A2=all"], "--option A2: không có «all». → Chọn một trong: operating"),
        (["--format", "docx"], "--format: không có «docx»."),
        (["--lang", "fr"], "--lang: không có «fr»."),
        (["-o", "no-such-folder/x.pdf"], "Không ghi được tệp"),
    ],
)
def test_a_wrong_question_is_refused_with_its_cure(
    arguments: list[str], words: str, workbook: Path
) -> None:
    result = assess(workbook, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr


def test_everything_wrong_is_said_at_once_in_english(workbook: Path) -> None:
    result = assess(workbook, "--framework", "x", "--format", "y", "--lang", "en")
    assert result.exit_code == 2
    assert "--framework: there is no 'x'." in result.stderr
    assert "--format: there is no 'y'." in result.stderr


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("hello")
    result = assess(bad)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "bad.xlsx" in result.stderr
    assert "→" in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = assess(tmp_path / "gone.xlsx", "--lang", "en")
    assert result.exit_code == 2
    assert "There is no such file." in result.stderr


def test_a_wrong_cell_is_named_with_sheet_cell_and_cure(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book["KCN · Park"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == 22.6)
    cell.value = "nhiều lắm"
    book.save(workbook)
    result = assess(workbook)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"hp.xlsx · KCN · Park · {cell.coordinate}" in result.stderr
    assert "→" in result.stderr


def test_a_park_of_the_store_is_assessed_by_its_code(park: Park) -> None:
    result = assess("hiep-phuoc", "--on", "2025-12-31", "--format", "json")
    assert result.exit_code == 1
    (one,) = json.loads(result.stdout)["assessments"]
    assert one["year"] == 2025
    assert one["subject"]["name"]["vi"] == "Khu công nghiệp Hiệp Phước"


def test_an_unknown_park_names_the_nearest_ones(park: Park) -> None:
    result = assess("Hiệp Phước")
    assert result.exit_code == 2
    assert "Có phải: hiep-phuoc?" in result.stderr
    assert "Did you mean: hiep-phuoc?" in assess("hiep-phuc", "--lang", "en").stderr


def test_a_park_like_no_other_is_answered_with_where_to_look(park: Park) -> None:
    result = assess("zzz")
    assert result.exit_code == 2
    assert "Tìm mã trên trang Khu công nghiệp" in result.stderr


def test_the_nearest_names_come_best_first() -> None:
    names = [("amata", "amata bien hoa"), ("hiep-phuoc", "hiep phuoc"), ("hiep-hoa", "hiep hoa")]
    assert nearest("hiep", names) == ["hiep-hoa", "hiep-phuoc"]
    assert nearest("hiep phuok", names)[0] == "hiep-phuoc"
    assert nearest("qqqq", names) == []


def test_it_needs_neither_store_nor_server_and_leaves_nothing_behind(
    workbook: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SINHTHAI", "DJANGO"))}
    code = "from sinhthai.site.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "assess", str(workbook)],
        cwd=folder,
        env=environment | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Chưa đáp ứng bộ tiêu chí" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout
    assert list(folder.iterdir()) == []


def test_a_framework_of_enterprises_gives_one_report_for_each(workbook: Path) -> None:
    result = assess(workbook, "--framework", "vn-eco-enterprise", "--format", "json")
    found = json.loads(result.stdout)["assessments"]
    assert [one["subject"]["name"]["vi"] for one in found] == [
        "Công ty 0",
        "Công ty 1",
        "Công ty 2",
    ]
    applied = [
        given["value"]
        for criterion in found[0]["criteria"]
        for given in criterion["inputs"]
        if given["item"] == "recp_applied"
    ]
    assert applied[0] is True


def test_the_enterprises_of_a_park_of_the_store_too(park: Park) -> None:
    result = assess(
        "hiep-phuoc", "--framework", "vn-eco-enterprise", "--on", "2025-12-31", "--format", "json"
    )
    found = json.loads(result.stdout)["assessments"]
    assert [one["subject"]["code"][-1] for one in found] == ["1", "2", "3"]
    assert {one["year"] for one in found} == {2025}
