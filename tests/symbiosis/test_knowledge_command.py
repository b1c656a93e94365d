"""``sinhthai knowledge``: what the knowledge base holds, in words and as data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from sinhthai.symbiosis.commands.knowledge import register
from sinhthai.symbiosis.engine.knowledge import FOLDER, load_knowledge

FILES = ("materials.csv", "parameters.csv", "substitutions.csv")


def knowledge(*words: str) -> Result:
    app = typer.Typer()
    register(app)
    app.command("other")(lambda: None)  # one verb alone would swallow the group's name
    return CliRunner().invoke(app, ["knowledge", *words])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    return folder


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_shipped_knowledge_base_is_sound() -> None:
    done = knowledge("check", "--lang", "en")
    assert done.exit_code == 0
    assert f"{len(load_knowledge().materials)} materials" in done.output
    assert "no problem" in done.output


def test_every_problem_of_a_folder_is_told_with_its_place(own: Path) -> None:
    replace_in(own / "materials.csv", ",t,solid,ash", ",barrel,solid,ash")
    replace_in(own / "substitutions.csv", "loi<=12", "lois<=12")
    done = knowledge("check", str(own), "--lang", "en")
    assert done.exit_code == 2
    assert "materials.csv · unit · 2" in done.stderr
    assert "substitutions.csv · limits · 2" in done.stderr
    assert "2 problem(s)" in done.stderr
    assert "2 lỗi" in knowledge("check", str(own)).stderr


def test_a_folder_that_is_not_there_lacks_its_files(tmp_path: Path) -> None:
    done = knowledge("check", str(tmp_path / "none"), "--lang", "en")
    assert done.exit_code == 2
    assert all(name in done.stderr for name in FILES)


@pytest.mark.parametrize("kind", ["materials", "substitutions", "parameters"])
def test_a_list_as_data_holds_every_entry_in_both_languages(kind: str) -> None:
    rows = json.loads(knowledge("list", kind, "--format", "json").stdout)
    assert len(rows) == len(getattr(load_knowledge(), kind))
    assert {row["kind"] for row in rows} == {kind.removesuffix("s")}
    stem = "replaces" if kind == "substitutions" else "name"
    assert all(row[f"{stem}_vi"] and row[f"{stem}_en"] for row in rows)
    if kind != "parameters":
        assert all(row["source"] and isinstance(row["verified"], bool) for row in rows)
    if kind == "substitutions":
        assert {row["confidence"] for row in rows} == {"high", "medium", "low"}


def test_unknown_is_null_in_json_and_empty_in_csv_and_never_zero() -> None:
    rule = next(one for one in load_knowledge().substitutions.values() if one.co2 is None)
    (row,) = json.loads(knowledge("show", rule.id, "--format", "json").stdout)
    assert (row["co2_low"], row["co2_mid"], row["co2_high"]) == (None, None, None)
    (cells,) = csv.DictReader(io.StringIO(knowledge("show", rule.id, "--format", "csv").stdout))
    assert (cells["co2_low"], cells["co2_mid"], cells["co2_high"]) == ("", "", "")
    assert cells["verified"] in ("yes", "no")
    assert "?" in knowledge("show", rule.id).stdout


def test_a_material_is_shown_with_the_rules_it_stands_in() -> None:
    done = knowledge("show", "coal-fly-ash", "--lang", "en")
    assert done.exit_code == 0
    assert "Tro bay than · Coal fly ash" in done.output
    assert "Cement clinker" in done.output
    rows = json.loads(knowledge("show", "coal-fly-ash", "--format", "json").stdout)
    rules = load_knowledge().by_offer["coal-fly-ash"]
    assert [row["id"] for row in rows] == ["coal-fly-ash", *(rule.id for rule in rules)]


def test_a_rule_is_shown_whole_with_its_source_and_limits() -> None:
    output = knowledge("show", "coal-fly-ash--clinker", "--lang", "en").output
    for said in ("loi<=12; moisture<=3", "TCVN 10302:2014", "high", "0.65 (0.5 – 0.8)", "no"):
        assert said in output
    assert "0,65 (0,5 – 0,8)" in knowledge("show", "coal-fly-ash--clinker").output


def test_a_parameter_is_shown() -> None:
    output = knowledge("show", "ph", "--lang", "en").output
    assert "Most possible" in output
    assert "pH" in output


def test_an_id_nobody_has_is_answered_with_the_nearest() -> None:
    done = knowledge("show", "coal-fly-ahs", "--lang", "en")
    assert done.exit_code == 1
    assert "coal-fly-ash" in done.stderr


@pytest.mark.parametrize(
    "asked", [("tro", "trau"), ("Rice husk ASH",), ("RHA",), ("rice-husk-ash",), ("EWC 10 01 03",)]
)
def test_a_material_is_found_by_any_of_its_names_and_codes(asked: tuple[str, ...]) -> None:
    done = knowledge("find", *asked, "--format", "json")
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert "rice-husk-ash" in {row["id"] for row in rows}
    assert "rice-husk-ash" in {row.get("offer") for row in rows}


def test_a_chapter_finds_what_lies_under_it() -> None:
    rows = json.loads(knowledge("find", "ewc:1001", "--format", "json").stdout)
    found = {row["id"] for row in rows if row["kind"] == "material"}
    assert {"coal-fly-ash", "coal-bottom-ash"} <= found
    assert "steel-scrap" not in found


def test_nothing_found_is_exit_code_1() -> None:
    done = knowledge("find", "quả cầu tuyết", "--lang", "en")
    assert done.exit_code == 1
    assert "Found no" in done.stderr
    assert knowledge("find", "ewc:999999").exit_code == 1


def test_a_wrong_option_is_exit_code_2_with_the_right_ones() -> None:
    done = knowledge("list", "--format", "xml", "--lang", "en")
    assert done.exit_code == 2
    assert "json" in done.stderr
    assert knowledge("list", "people").exit_code == 2


def test_ones_own_folder_is_listed_and_refused_while_it_is_wrong(own: Path) -> None:
    replace_in(own / "materials.csv", ",Coal fly ash,", ",Our ash,")
    assert "Our ash" in knowledge("show", "coal-fly-ash", "--folder", str(own)).output
    replace_in(own / "materials.csv", ",t,solid,ash", ",barrel,solid,ash")
    done = knowledge("list", "--folder", str(own), "--lang", "en")
    assert done.exit_code == 2
    assert "barrel" in done.stderr


def test_the_table_says_source_confidence_and_verified_in_the_language_asked() -> None:
    english = knowledge("list", "substitutions", "--lang", "en").output
    assert all(heading in english for heading in ("Source", "Confidence", "Verified"))
    vietnamese = knowledge("list", "substitutions").output
    assert all(heading in vietnamese for heading in ("Nguồn", "Độ tin cậy", "Đã kiểm"))
