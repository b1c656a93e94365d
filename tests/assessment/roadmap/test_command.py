"""``sinhthai roadmap``: exit codes, formats, and every refusal at once."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
import typer
from pypdf import PdfReader
from tests.assessment.test_commands_assess import write
from typer.testing import CliRunner, Result

from sinhthai.assessment.commands_roadmap import register
from sinhthai.registry.models import Park

app = typer.Typer()
register(app)


def roadmap(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])


AHEAD = ("--by", "2030-12-31", "--from", "2028")


def test_a_park_of_the_store_gets_its_roadmap(park: Park) -> None:
    done = roadmap(park.code, *AHEAD)
    assert done.exit_code == 0
    assert "Every criterion is met by the end of" in done.stdout
    assert "37.3.a" in done.stdout
    assert "Worst case" in done.stdout
    assert "estimated" in done.stdout


def test_not_all_can_be_met_is_a_negative_answer(park: Park) -> None:
    done = roadmap(park.code, *AHEAD, "--budget", "2028=0,2029=0,2030=0", "--goal", "cheapest")
    assert done.exit_code == 1
    assert "the budget does not reach" in " ".join(done.stdout.split())
    assert "5 % more budget" in done.stdout


def test_a_workbook_is_enough(tmp_path: Path) -> None:
    path = write(tmp_path / "hp.xlsx")
    done = roadmap(path, *AHEAD, "--format", "json", "--goal", "soonest")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert [one["goal"] for one in data["alternatives"]] == ["soonest", "worst"]
    land = next(row for row in data["alternatives"][0]["rows"] if row["leaf"] == "PARK-1")
    assert (land["missing"], land["after"]) == (pytest.approx(9.6), "met")
    assert data["input_digest"]


def test_files_of_every_kind(park: Park, tmp_path: Path) -> None:
    for form in ("xlsx", "pdf", "svg"):
        target = tmp_path / f"r.{form}"
        assert roadmap(park.code, *AHEAD, "-o", target, "--goal", "cheapest").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert "Criteria" in book.sheetnames
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "r.pdf").pages)
    assert "Roadmap of Hiệp Phước" in text
    assert "37.3.a" in text
    assert (tmp_path / "r.svg").read_text("utf-8").startswith("<svg")


def test_options_are_written_changed_and_read(park: Park, tmp_path: Path) -> None:
    path = tmp_path / "options.xlsx"
    assert roadmap(park.code, *AHEAD, "--write-options", path, "--goal", "cheapest").exit_code == 0
    book = openpyxl.load_workbook(path)
    for row in range(book.active.max_row, 3, -1):
        if str(book.active.cell(row, 1).value).startswith("land:"):
            book.active.delete_rows(row)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    done = roadmap(park.code, *AHEAD, "--options", path, "--goal", "cheapest")
    assert done.exit_code == 1
    assert "not enough options" in " ".join(done.stdout.split())


def test_everything_wrong_is_said_at_once(park: Park) -> None:
    done = roadmap(park.code, "--by", "someday", "--framework", "x", "--goal", "nicest",
                   "--budget", "2028:5", "--rate", "fast", "--seconds", "0")  # fmt: skip
    assert done.exit_code == 2
    for option in ("--by", "--framework", "--goal", "--budget", "--rate", "--seconds"):
        assert option in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "2027-06-30", "--from", "2027"), "no whole year"),
        ((*AHEAD, "--budget", "2050=1bn"), "no year 2050"),
        ((*AHEAD, "--budget", "2028=1 t"), "unclear"),
        ((*AHEAD, "--budget", "2028=1bn,2028=2bn"), "unclear"),
        ((*AHEAD, "--options", "nowhere.xlsx"), "no such file"),
    ],
)
def test_refusals(park: Park, arguments: tuple[str, ...], said: str) -> None:
    done = roadmap(park.code, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_unknown_park_is_refused(park: Park) -> None:
    assert roadmap("hiep-phuok", *AHEAD).exit_code == 2
