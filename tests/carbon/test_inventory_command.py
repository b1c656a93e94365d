"""``sinhthai inventory``: exit codes, formats, parks, and the words of every refusal."""

from __future__ import annotations

import io
import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from sinhthai.carbon.commands.inventory import register
from sinhthai.carbon.documents.as_pdf import as_pdf
from sinhthai.carbon.documents.as_xlsx import as_xlsx
from sinhthai.carbon.documents.report import study
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.workbook import write_template
from sinhthai.carbon.workbook.example import PARK, example_activities
from sinhthai.factors.loading import load_factors

FACTORS = load_factors()
ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "enterprise.xlsx"
app = typer.Typer()
register(app)
app.command("other")(lambda: None)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["inventory", *(str(one) for one in arguments)])


def data(*arguments: object) -> dict[str, object]:
    found = run(*arguments, "--format", "json")
    assert found.exit_code == 0, found.stderr
    return json.loads(found.stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    lines = [
        Activity("A", 2023, "1", "stationary", "anthracite", 10.0, "TJ"),
        Activity("A", 2023, "2", "electricity", "electricity", 1000.0, "MWh", scope=2),
        Activity("A", 2023, "3", "stationary", "wood", 10.0, "t"),
        Activity("A", 2023, "4", "refrigerant", "hcfc-22", 10.0, "kg"),
    ]
    return written(tmp_path, lines)


def written(folder: Path, lines: list[Activity]) -> Path:
    path = folder / "small.xlsx"
    path.write_bytes(write_template(FACTORS, "vi", activities=lines))
    return path


def test_scopes_sources_gases_and_what_stands_apart_are_printed(small: Path) -> None:
    found = run(small, "--year", 2023, "--lang", "en", "--trace")
    assert found.exit_code == 0
    flat = " ".join(found.stdout.split())
    for words in (
        "Scope 1: direct", "Scope 2: power and steam bought", "Scopes 1 + 2", "Biogenic CO2",
        "HCFC-22 (Montreal Protocol) 0.010 17.6", "below every threshold", "Decree 06/2022",
        "98300 kg CO2/TJ", "vn-grid/electricity/emission/CO2/2023 = 0.6592 t/MWh", "AR5",
    ):  # fmt: skip
        assert words in flat
    assert "HCFC" not in flat.split("Apart")[0]  # counts nowhere


def test_the_json_holds_every_figure_and_its_pins(small: Path) -> None:
    found = data(small, "--lang", "en")
    (report,) = found["reports"]
    totals = {one["scope"]: one for one in report["totals"]}
    co2, other = 983.0, (0.1 * 28 + 0.015 * 265)
    wood = 10 * 15.6 * (30 * 28 + 4 * 265) / 1e6
    assert totals["1"]["co2e_t"] == pytest.approx(co2 + other + wood)
    assert totals["2"]["co2e_t"] == pytest.approx(659.2)
    assert totals["1+2"]["low_t"] < totals["1+2"]["co2e_t"] < totals["1+2"]["high_t"]
    assert report["biogenic_co2"]["co2e_t"] == pytest.approx(17.472)
    assert [one["gas"] for one in report["outside_totals"]] == ["HCFC-22"]
    assert found["schema"] == "sinhthai-inventory/1"
    assert found["pins"]["factors_hash"] == FACTORS.hash
    assert set(found["factors"]) == {id_ for line in report["lines"] for id_ in line["factors"]}
    assert report["duty"]["outcome"] == "need_not"


def test_options_change_what_they_say(small: Path) -> None:
    ar4, ar6 = (
        next(t for t in data(small, "--gwp", gwp)["reports"][0]["by_gas"] if t["gas"] == "CH4")
        for gwp in ("AR4", "AR6")
    )
    assert ar6["co2e_t"] / ar4["co2e_t"] == pytest.approx(27.9 / 25)
    drawn = [data(small, "--draws", 2000, "--seed", seed)["reports"][0]["monte_carlo"]
             for seed in (1, 1, 2)]  # fmt: skip
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0]["p2_5_t"] < drawn[0]["p50_t"] < drawn[0]["p97_5_t"]


def test_a_later_year_needs_leave_to_use_the_last_grid_factor(tmp_path: Path) -> None:
    power = Activity("A", 2024, "1", "electricity", "electricity", 1.0, "MWh", scope=2)
    path = written(tmp_path, [power])
    refused = run(path, "--lang", "en")
    assert refused.exit_code == 2
    assert "Power" not in refused.stdout
    assert "Điện, hơi · B2" in refused.stderr
    assert "--last-published" in refused.stderr
    allowed = run(path, "--lang", "en", "--last-published")
    assert allowed.exit_code == 0
    assert "the last one (2023) is used" in " ".join(allowed.stdout.split())


def test_something_unknown_is_one_and_the_total_is_not_a_number(tmp_path: Path) -> None:
    lines = [
        Activity("A", 2023, "1", "stationary", "anthracite", 1.0, "t"),
        Activity("A", 2023, "2", "stationary", "diesel", None, "t"),
    ]
    found = run(written(tmp_path, lines), "--format", "json")
    assert found.exit_code == 1
    (report,) = json.loads(found.stdout)["reports"]
    assert report["totals"][0]["co2e_t"] is None
    assert report["totals"][0]["known_t"] > 0
    assert report["unknown"] == ["2"]
    assert report["duty"]["outcome"] == "undetermined"
    assert "E3" in found.stderr
    assert "chưa biết hết" in " ".join(run(written(tmp_path, lines)).stdout.split())


def test_a_park_counts_once_what_it_sells_to_its_tenants() -> None:
    found = data(EXAMPLE, "--year", 2023, "--park", PARK)
    (park,) = found["parks"]
    alone = {one["subject"]: one["totals"] for one in found["reports"]}
    assert [one["line"] for one in park["inside"]] == ["d2", "t4"]
    total = next(t for t in park["totals"] if t["scope"] == "1+2")["co2e_t"]
    everybody = sum(t["co2e_t"] for totals in alone.values() for t in totals if t["scope"] == "1+2")
    steam = sum(
        line["co2e_t"] for one in found["reports"] for line in one["lines"] if line["line"] == "d2"
    )
    assert total == pytest.approx(everybody - steam)
    assert park["duty"] is None


def test_a_park_that_reports_nothing_leaves_it_at_the_buyer(tmp_path: Path) -> None:
    lines = [one for one in example_activities() if one.subject != PARK and one.year == 2023]
    (park,) = data(written(tmp_path, lines), "--park", PARK)["parks"]
    assert park["inside"] == []
    assert [one["line"] for one in park["unmatched"]] == ["d2", "t4"]


def test_every_total_of_the_workbook_is_a_formula_over_lines_that_are_formulas() -> None:
    found = study(example_activities(), FACTORS, Settings(), park=PARK, file="f.xlsx")
    content = as_xlsx(found, "en")
    assert content == as_xlsx(found, "en")
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    totals, lines = values["Totals"], values["Lines"]
    reports = [*found.reports, *(park.report for park in found.parks)]
    row = 4
    for report in reports:
        for scope, label in ((1, "1"), (2, "2"), (None, "1+2"), (3, "3")):
            total = report.scopes.get(scope)
            if total is None and label != "1+2":
                continue
            assert totals.cell(row, 4).value == label
            assert totals.cell(row, 7).value == pytest.approx(total.known_t)
            assert totals.cell(row, 8).value == pytest.approx(total.low_t)
            assert totals.cell(row, 9).value == pytest.approx(total.high_t)
            assert formulas["Totals"].cell(row, 5).value.startswith("=SUMIFS(")
            row += 1
    for at in range(2, lines.max_row + 1):
        slope = formulas["Lines"].cell(at, 14).value
        product = lines.cell(at, 10).value * math.prod(
            1 - value if rest else value for rest, value in _referred(slope, values)
        )
        assert lines.cell(at, 14).value == pytest.approx(product)
        mass = product * (lines.cell(at, 8).value or 0) + lines.cell(at, 11).value
        assert lines.cell(at, 15).value == pytest.approx(mass)
        assert lines.cell(at, 17).value == pytest.approx(mass * lines.cell(at, 16).value)


def _referred(formula: str, values: openpyxl.Workbook) -> list[tuple[bool, float]]:
    cells = re.findall(r"(\(1-)?'Factors'!\$B\$(\d+)", formula)
    return [(bool(rest), values["Factors"][f"B{row}"].value) for rest, row in cells]


def test_errors_of_the_workbook_square_to_the_interval() -> None:
    found = study(example_activities(), FACTORS, Settings())
    values = openpyxl.load_workbook(io.BytesIO(as_xlsx(found, "en")), data_only=True)
    squares: dict[tuple[int, str], float] = {}
    for number, scope, _, error, square in values["Errors"].iter_rows(min_row=2, values_only=True):
        assert square == pytest.approx(error**2)
        squares[number, scope] = squares.get((number, scope), 0.0) + square
    for number, report in enumerate(found.reports, start=1):
        half = report.headline.high_t - report.headline.known_t
        assert math.sqrt(squares[number, "1+2"]) == pytest.approx(half)


def test_too_many_lines_for_excel_and_for_paper_are_told() -> None:
    one = Activity("A", 2023, "1", "stationary", "anthracite", 1.0, "t")
    many = study([replace(one, line=str(n)) for n in range(7000)], FACTORS, Settings())
    for write in (as_xlsx, as_pdf):
        with pytest.raises(Exception, match="--year") as caught:
            write(many, "en")
        assert "json" in caught.value.problems[0].cure.en


def test_paper_and_pictures_are_written_whole(tmp_path: Path) -> None:
    for name, start in (("a.pdf", b"%PDF"), ("a.svg", b"<svg"), ("a.png", b"\x89PNG"),
                        ("a.xlsx", b"PK"), ("a.json", b"{"), ("a.txt", b"Ki")):  # fmt: skip
        path = tmp_path / name
        assert run(EXAMPLE, "--year", 2023, "--park", PARK, "-o", path).exit_code == 0
        assert path.read_bytes().startswith(start)
    found = study(example_activities(), FACTORS, Settings(), park=PARK)
    assert as_pdf(found, "vi") == as_pdf(found, "vi")


def test_nothing_is_written_where_the_input_is_bad(tmp_path: Path) -> None:
    bad = written(tmp_path, [Activity("A", 2023, "1", "other", "x", 1.0, "km", scope=3)])
    out = tmp_path / "out.json"
    out.write_text("before")
    found = run(bad, "-o", out, "--lang", "en")
    assert (found.exit_code, out.read_text()) == (2, "before")
    assert "Phạm vi 3 · M2" in found.stderr  # the cell its factor is missing from


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["/no/such.xlsx"], "no such file"),
        ([EXAMPLE, "--gwp", "SAR"], "AR4, AR5, AR6"),
        ([EXAMPLE, "--policy", "mine"], "ipcc2006"),
        ([EXAMPLE, "--format", "docx"], "pdf"),
        ([EXAMPLE, "--year", "2019"], "2022, 2023"),
        ([EXAMPLE, "--park", "nowhere"], "code"),
        ([EXAMPLE, "--draws", "-1"], "between 0 and 1000000"),
    ],
)
def test_what_is_asked_wrongly_is_told(arguments: list[object], told: str) -> None:
    found = run(*arguments, "--lang", "en")
    assert found.exit_code == 2
    assert told in found.stderr
    assert found.stdout == ""


def test_a_language_nobody_speaks_here_is_told() -> None:
    assert run(EXAMPLE, "--lang", "fr").exit_code == 2


def test_the_template_is_written_and_says_where(tmp_path: Path) -> None:
    for language, name in (("vi", "Nhiên liệu"), ("en", "Fuels")):
        path = tmp_path / f"{language}.xlsx"
        assert run("--template", path, "--lang", language).exit_code == 0
        assert name in openpyxl.load_workbook(path).sheetnames


def test_the_command_needs_no_store_and_no_web_framework() -> None:
    code = (
        "import sys\n"
        "from sinhthai.carbon.commands.inventory import _study\n"
        "from sinhthai.carbon.engine.model import Settings\n"
        "from pathlib import Path\n"
        f"_study(Path({str(EXAMPLE)!r}), 2023, Settings(), '')\n"
        "assert 'django' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
