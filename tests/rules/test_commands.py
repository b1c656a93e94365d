"""``sinhthai rules``: what it prints, and what it says to mistakes."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from sinhthai.rules import commands, parts

GOOD = Path(__file__).parent / "good"
BROKEN = Path(__file__).parent / "broken"


def rules(*words: str) -> Result:
    app = typer.Typer()
    commands.register(app)
    return CliRunner().invoke(app, ["rules", *words])


def test_list_shows_each_family_with_the_version_of_the_day() -> None:
    done = rules("list", "--on", "2022-07-14", "--lang", "en")
    assert done.exit_code == 0
    assert "vn-eip.d82-2018" in done.stdout
    assert "none in force" in done.stdout
    assert "vn-eip.d35-2022" in rules("list", "--on", "2022-07-15").stdout


def test_list_of_a_family_shows_its_criteria_whole() -> None:
    done = rules("list", "--family", "eip-international", "--on", "2025-12-31", "--lang", "en")
    assert "Firms over 250 employees with an environmental or energy system" in done.stdout
    assert "< 50 %" in done.stdout
    assert "≥ 0.01 * national_renewable_percent" in done.stdout


def test_list_of_items_shows_codes_whole() -> None:
    assert "symbiosis_waste_recycling_cost_saved_mvnd" in rules("list", "--items").stdout


def test_show_tells_everything_about_a_criterion() -> None:
    done = rules("show", "ENT-3", "--on", "2025-12-31", "--lang", "en")
    for part in (
        "37.2.c",
        "≥ 20 % from 15 Jul 2022",
        "recp_applied AND recp_result_measured",
        "A2 = leased",
        "recp_enterprises / leased_enterprises",
        "default: operating",
        "vbpl.moj.gov.vn",
        "5 Jul 2026",
    ):
        assert part in done.stdout


def test_show_follows_a_criterion_through_both_decrees() -> None:
    done = rules("show", "PARK-1", "--on", "2022-07-14", "--lang", "en")
    assert "vn-eip.d82-2018" in done.stdout
    assert "≥ 25 % from 10 Jul 2018 until 15 Jul 2022" in done.stdout
    assert "≥ 25 % from 15 Jul 2022" in done.stdout


def test_show_says_when_a_criterion_is_not_in_force() -> None:
    done = rules("show", "ENT-3", "--on", "2021-01-01", "--lang", "en")
    assert "Not in force on 1 Jan 2021." in done.stdout


def test_a_repealed_text_shows_its_last_thresholds() -> None:
    shown = rules("show", "vn-eip.d82-2018", "--on", "2025-12-31", "--lang", "en").stdout
    assert "≥ 90 %" in shown
    assert "Decree 82/2018/ND-CP, Article 42" in shown


def test_a_criterion_is_cited_and_its_facts_are_named() -> None:
    shown = rules("show", "ENT-3", "--lang", "vi").stdout
    assert "Nghị định 35/2022/NĐ-CP, điểm c khoản 2 Điều 37" in shown
    assert "recp_result_measured: Kết quả RECP đo được" in shown
    assert "A2 = leased: recp_enterprises / leased_enterprises" in shown
    assert "có; đã đọc điều khoản trong văn bản; xem ngày 05/07/2026" in shown
    assert "chưa; theo đặc tả phần mềm" in rules("show", "SOC.1", "--lang", "vi").stdout


@pytest.mark.parametrize(
    "rule", ["vn-eip", "vn-eip.d82-2018", "A2", "plan_area_ha", "ent-3", "vn-eip/PARK-1"]
)
def test_show_knows_frameworks_families_options_items_and_criteria(rule: str) -> None:
    assert rules("show", rule, "--on", "2025-12-31").exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "ENT3", "--lang", "en"], "There is no 'ENT3' in the rules. Did you mean: ENT-3"),
        (["show", "plan_area", "--lang", "en"], "plan_area_ha"),
        (["show", "qqqqqq", "--lang", "en"], "See the list: sinhthai rules list"),
        (
            ["show", "ENT-3", "--on", "31/12/2025", "--lang", "en"],
            "write year-month-day, for example 2025-12-31",
        ),
        (
            ["list", "--on", "2001-01-01", "--lang", "en"],
            "No rule was in force on 2001-01-01; the first one starts on 2017-12-01.",
        ),
        (
            ["list", "--family", "vn-indicators", "--on", "2024-01-01", "--lang", "en"],
            "the first one starts on 2025-01-24",
        ),
        (
            ["show", "vn-new-eip", "--on", "2020-01-01", "--lang", "en"],
            "the first one starts on 2022-07-15",
        ),
        (["list", "--family", "vn-eap", "--lang", "en"], "Did you mean: vn-eip"),
        (["list", "--lang", "fr"], "viết vi hoặc en"),
    ],
)
def test_mistakes_get_a_cure_and_exit_code_2(words: list[str], says: str) -> None:
    done = rules(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_check_finds_the_shipped_rules_good() -> None:
    done = rules("check", "--on", "2026-07-05", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "6 frameworks, 102 criteria" in done.stdout


def test_check_of_a_broken_folder_names_file_line_criterion_and_cure(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(GOOD, folder)
    shutil.copy(BROKEN / "several-at-once.yaml", folder / "frameworks" / "demo.yaml")
    done = rules("check", str(folder), "--lang", "en")
    assert done.exit_code == 1
    assert (
        "frameworks/demo.yaml · LAND · 17: there is no item 'grean_ha' → did you mean green_ha?"
        in done.stdout
    )
    assert "3 errors, 0 warnings." in done.stdout


def test_check_warns_of_criteria_nobody_read_for_long() -> None:
    done = rules("check", "--on", "2029-01-01", "--lang", "en")
    assert done.exit_code == 0
    assert (
        "ENT-3: last checked on 2026-07-05 → read the clause again, then renew checked_on"
        in done.stdout
    )


def test_check_says_when_the_bundle_lags_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = parts.PARTS
    older = dataclasses.replace(first, load_hash=lambda: "older")
    monkeypatch.setattr(parts, "PARTS", (older, *others))
    done = rules("check", "--on", "2026-07-05", "--lang", "en")
    assert done.exit_code == 1
    assert "bundle.json is older than the YAML files; run: sinhthai rules compile" in done.stdout
    assert "waste-law.json is older" not in done.stdout


def test_check_counts_every_part_of_the_shipped_rules() -> None:
    done = rules("check", "--on", "2026-12-01", "--lang", "en")
    assert done.exit_code == 0
    for said in ("Waste law: ", "Procedures: 7 procedures, 12 bodies", "Yearly forms: "):
        assert said in done.stdout


def test_compile_says_when_nothing_changed() -> None:
    done = rules("compile", "--lang", "en")
    assert done.exit_code == 0
    assert "bundle.json is up to date" in done.stdout


def test_what_is_piped_is_neither_cut_nor_padded() -> None:
    lines = rules("show", "INV-1", "--on", "2025-12-31").stdout.splitlines()
    assert any("investor_compliance_labour" in line for line in lines)
    assert max(len(line.rstrip()) for line in lines) > 80
    assert max(len(line) for line in lines) < 400
