"""``sinhthai rules procedure`` and ``sinhthai rules holidays``."""

from __future__ import annotations

import typer
from click.testing import Result
from typer.testing import CliRunner

from sinhthai.rules import commands


def rules(*words: str) -> Result:
    app = typer.Typer()
    commands.register(app)
    return CliRunner().invoke(app, ["rules", *words])


def test_every_procedure_is_listed_with_its_clause() -> None:
    done = rules("procedure", "--lang", "en")
    assert done.exit_code == 0
    assert "vn-eco-recertify-d35" in done.stdout
    assert "Articles 45, 42 of Decree 35/2022/ND-CP" in done.stdout
    assert "no (I)" in done.stdout  # the review is our inference


def test_one_procedure_tells_bodies_steps_clocks_and_papers() -> None:
    done = rules("procedure", "vn-eip-issue-d35", "--on", "2026-11-22", "--lang", "en")
    assert done.exit_code == 0
    for said in (
        "Ministry of Finance; Ministry of Agriculture and Environment",
        "Sign the evaluation report: passed",
        "not who judged a criterion",
        "15 days",
        "The body received the dossier (by A5)",
        "3 working days",
        "the law states no limit",
        "Evaluation report (signed)",
        "41.2.a",
    ):
        assert said in done.stdout


def test_bodies_carry_the_name_of_the_day() -> None:
    before = rules("procedure", "vn-eip-issue-d35", "--on", "2025-02-28", "--lang", "en").stdout
    on = rules("procedure", "vn-eip-issue-d35", "--on", "2025-03-01", "--lang", "en").stdout
    assert "Ministry of Planning and Investment" in before
    assert "Ministry of Finance" not in before
    assert "Ministry of Finance" in on


def test_a_procedure_speaks_vietnamese_by_default() -> None:
    done = rules("procedure", "vn-eco-issue-d35")
    assert "7 ngày làm việc" in done.stdout
    assert "Sở Công Thương" in done.stdout


def test_a_misspelt_procedure_is_told_what_was_meant() -> None:
    done = rules("procedure", "vn-eip-isue-d35", "--lang", "en")
    assert done.exit_code == 2
    assert "There is no 'vn-eip-isue-d35'" in done.stderr
    assert "vn-eip-issue-d35" in done.stderr


def test_the_days_off_of_a_year_are_listed_with_their_decision() -> None:
    done = rules("holidays", "2025", "--lang", "en")
    assert done.exit_code == 0
    assert "6150/TB-BLĐTBXH" in done.stdout
    assert "Lunar New Year At Ty" in done.stdout
    assert "26 Apr 2025" in done.stdout
    assert "worked" in done.stdout
    assert "no (S)" in done.stdout


def test_a_year_without_data_is_an_error_that_says_the_cure() -> None:
    done = rules("holidays", "2031", "--lang", "en")
    assert done.exit_code == 2
    assert "The days off of 2031 are not known" in done.stderr
    assert "holidays.yaml" in done.stderr
