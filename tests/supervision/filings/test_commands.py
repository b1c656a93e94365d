"""``sinhthai filing`` and ``sinhthai board-report``."""

import openpyxl
import pytest
from typer import Typer
from typer.testing import CliRunner

from sinhthai.supervision.commands import board, filings

app = Typer()
filings.register(app)
board.register(app)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def park(world):
    return world.park.code


def test_a_table_says_what_is_missing_and_exits_with_one(park):
    result = run("filing", park, "a.4", "--year", 2025, "--lang", "en")
    assert result.exit_code == 1
    assert "not reported" in result.stdout
    assert "required fields are missing" in result.stderr


@pytest.mark.parametrize(("fmt", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_each_format_is_written(park, tmp_path, fmt, start):
    target = tmp_path / f"a4.{fmt}"
    assert run("filing", park, "A.4", "--year", 2025, "-o", target).exit_code == 1
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere", "A.4", "--year", 2025),
        ("hiep-phuoc", "B.4", "--year", 2025),
        ("0300588569", "A.4", "--year", 2025),
        ("hiep-phuoc", "A.4", "--year", 1999),
        ("hiep-phuoc", "A.4", "--year", 2025, "--format", "odt"),
        ("hiep-phuoc", "A.4", "--year", 2025, "--format", "pdf"),
    ],
)
def test_bad_input_exits_with_two_and_says_so(park, words):
    result = run("filing", *words)
    assert result.exit_code == 2
    assert result.stderr.strip()


def test_the_boards_report_is_written(park, tmp_path):
    target = tmp_path / "board.xlsx"
    result = run("board-report", "79", "--period", "2025-Q4", "-o", target)
    assert result.exit_code == 0, result.output
    assert openpyxl.load_workbook(target).sheetnames[0] == "Tổng hợp"


@pytest.mark.parametrize("words", [("99", "2026-Q1"), ("79", "2026-Q7")])
def test_a_wrong_province_or_period_is_said(park, words):
    result = run("board-report", words[0], "--period", words[1])
    assert result.exit_code == 2
    assert words[0] in result.stderr or words[1] in result.stderr
