"""The same workbook on the command line: written, previewed, applied, listed."""

import pytest
import typer
from typer.testing import CliRunner

from sinhthai.reporting import commands
from sinhthai.reporting.models import Batch, Record

from .conftest import YEAR, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    app = typer.Typer()
    commands.register(app)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_a_workbook_is_written_for_a_park_of_the_store(park, run, tmp_path):
    target = tmp_path / "hp.xlsx"
    done = run("workbook", park.code, "--year", YEAR, "-o", target)
    assert done.exit_code == 0, done.output
    assert target.read_bytes()[:2] == b"PK"


def test_an_unknown_park_names_the_nearest(park, run):
    done = run("workbook", "hiep phuok", "--year", YEAR)
    assert done.exit_code == 2
    assert "Có phải: hiep-phuoc?" in done.stderr
    assert "There is no park" in run("workbook", "x", "--year", YEAR, "--lang", "en").stderr


@pytest.mark.parametrize("year", [1987, 2999])
def test_a_year_nobody_reports_is_refused(year, park, run, tmp_path):
    done = run("workbook", park.code, "--year", year, "-o", tmp_path / "x.xlsx")
    assert done.exit_code == 2
    assert str(year) in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_a_dry_run_shows_the_preview_and_records_nothing(park, owner, fill, run, tmp_path):
    book = tmp_path / "hp.xlsx"
    book.write_bytes(fill({"greenery_ha": 41.5}))
    done = run("import", book, "--dry-run", "--as", owner.username)
    assert done.exit_code == 0, done.output
    assert "41,5" in done.stdout
    assert "mới: 1" in done.stdout
    assert Record.objects.count() == 0
    assert Batch.objects.get().state == Batch.State.DISCARDED


def test_an_import_is_applied(park, owner, fill, run, tmp_path):
    book = tmp_path / "hp.xlsx"
    book.write_bytes(fill({"greenery_ha": 41.5}))
    done = run("import", book, "--as", owner.username, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "Applied import no." in done.stdout
    assert Record.objects.get().values == {"greenery_ha": 41.5}

    target = tmp_path / "values.csv"
    assert run("values", park.code, "--year", YEAR, "-o", target).exit_code == 0
    assert "greenery_ha" in target.read_text("utf-8-sig")
    assert run("values", park.code, "--year", YEAR, "-o", "values.pdf").exit_code == 2


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_wrong_cells_are_told_with_their_place_and_a_copy(lang, park, owner, fill, run, tmp_path):
    book, copy = tmp_path / "hp.xlsx", tmp_path / "copy.xlsx"
    book.write_bytes(fill({"greenery_ha": -2.0}))
    done = run("import", book, "--as", owner.username, "--annotated", copy, "--lang", lang)
    assert done.exit_code == 2
    (kept,) = Batch.objects.get().problems
    assert kept["cell"] in done.stderr
    assert kept[lang] in done.stderr
    assert copy.read_bytes()[:2] == b"PK"
    assert Record.objects.count() == 0


def test_bad_input_stops_with_its_reason(park, owner, stranger, fill, run, tmp_path):
    scan, book = tmp_path / "scan.xlsx", tmp_path / "hp.xlsx"
    scan.write_bytes(b"%PDF-1.7")
    book.write_bytes(fill({"greenery_ha": 41.5}, at=later(minutes=1)))
    assert run("import", scan, "--as", owner.username).exit_code == 2
    assert run("import", book, "--as", "nobody").exit_code == 2
    done = run("import", book, "--as", stranger.username)
    assert done.exit_code == 2
    assert "không có quyền" in done.stderr
    assert Batch.objects.count() == 0
