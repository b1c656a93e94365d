"""A workbook alone decides what must hold three years running: nothing but the file is needed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sinhthai.assessment.commands import register
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook import EnterpriseRow, Stated, WorkbookSpec, write_workbook
from sinhthai.reporting.engine.workbook.earlier import questions
from sinhthai.rules.bundle import load_bundle

app = typer.Typer()
register(app)

FIGURES = {
    "plan_area_ha": 200.0, "greenery_ha": 30.0, "roads_ha": 20.0, "technical_ha": 4.0,
    "social_ha": 4.0, "symbiosis_count": 2.0,
}  # fmt: skip
LAW = "compliance_labour"


def assess(path: Path, own: dict[str, Stated], each: list[dict[str, Stated]], *more: str) -> Result:
    """Write a workbook in which all is yes but what *own* and *each* say, and assess it."""
    bundle = load_bundle()
    park, enterprise = questions(bundle, 2025, "park"), questions(bundle, 2025, "enterprise")
    yes = {item.code: Stated(True) for item in (*park, *enterprise) if item.kind == "boolean"}
    spec = WorkbookSpec(
        park_code="gia-dinh",
        park_name=Text("Khu giả định", "Invented park"),
        year=2025,
        exported_at=dt.datetime(2026, 1, 20, tzinfo=dt.UTC),
        items=(*park, *enterprise),
        park_values={**yes, **{code: Stated(v) for code, v in FIGURES.items()}, **own},
        enterprises=tuple(
            EnterpriseRow(f"e{n}", f"Công ty {n}", "", "", "operating", {**yes, **said})
            for n, said in enumerate(each)
        ),
        invented=True,
    )
    path.write_bytes(write_workbook(spec))
    return CliRunner().invoke(app, ["assess", str(path), "--format", "json", *more])


def statuses(result: Result) -> dict[str, str]:
    (one,) = json.loads(result.stdout)["assessments"]
    return {criterion["id"]: criterion["status"] for criterion in one["criteria"]}


def test_a_workbook_in_which_all_is_met_leaves_with_zero(tmp_path: Path) -> None:
    result = assess(tmp_path / "a.xlsx", {}, [{}, {}])
    assert result.exit_code == 0, result.output
    assert list(statuses(result).values()) == ["met"] * 12
    assert "năm liền" not in result.stderr


@pytest.mark.parametrize("year", [2024, 2023])
def test_one_bad_year_of_the_park_is_not_met(tmp_path: Path, year: int) -> None:
    bad = {f"investor_{LAW}@{year}": Stated(False)}
    result = assess(tmp_path / "a.xlsx", bad, [{}])
    assert result.exit_code == 1
    assert statuses(result)["INV-1"] == "not_met"
    (one,) = json.loads(result.stdout)["assessments"]
    inputs = next(c["inputs"] for c in one["criteria"] if c["id"] == "INV-1")
    assert [i["value"] for i in inputs if i["item"] == f"investor_{LAW}@{year}"] == [False]
    assert len(inputs) == 18


@pytest.mark.parametrize("year", [2024, 2023])
def test_one_bad_year_of_one_enterprise_is_not_met(tmp_path: Path, year: int) -> None:
    result = assess(tmp_path / "a.xlsx", {}, [{}, {f"{LAW}@{year}": Stated(False)}])
    found = statuses(result)
    assert (found["ENT-1"], found["INV-1"]) == ("not_met", "met")


def test_a_year_left_blank_stays_undetermined_and_says_where_to_fill_in(tmp_path: Path) -> None:
    result = assess(tmp_path / "a.xlsx", {f"investor_{LAW}@2023": Stated()}, [{}])
    assert statuses(result)["INV-1"] == "undetermined"
    assert "37.1.a phải đạt trong 3 năm liền đến 2025" in result.stderr
    assert "“Các năm trước”" in result.stderr


def test_an_enterprise_that_was_not_there_yet_does_not_count_in_that_year(tmp_path: Path) -> None:
    laws = [code for code in load_bundle().items if code.startswith("compliance_")]
    young = {
        f"{code}@{year}": Stated(absence="not_applicable") for code in laws for year in (2024, 2023)
    }
    result = assess(tmp_path / "a.xlsx", {}, [{}, young])
    assert statuses(result)["ENT-1"] == "met"


def test_an_eco_enterprise_is_decided_over_three_years_too(tmp_path: Path) -> None:
    each = [{}, {f"{LAW}@2024": Stated(False)}]
    result = assess(tmp_path / "a.xlsx", {}, each, "--framework", "vn-eco-enterprise")
    found = {
        one["subject"]["code"]: {c["id"]: c["status"] for c in one["criteria"]}["ECO-2"]
        for one in json.loads(result.stdout)["assessments"]
    }
    assert found == {"e0": "met", "e1": "not_met"}
