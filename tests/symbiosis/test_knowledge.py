"""Reading a knowledge base: every broken file is named in both languages, with its line."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.knowledge import (
    FOLDER,
    Limit,
    check_folder,
    load_knowledge,
    read_knowledge,
)
from sinhthai.symbiosis.engine.knowledge_check import (
    COLUMNS,
    check,
    contents_of,
)
from sinhthai.symbiosis.engine.knowledge_problems import KINDS
from sinhthai.symbiosis.engine.knowledge_table import read_rows

BROKEN = Path(__file__).parent / "broken_knowledge"
SOUND = contents_of(BROKEN / "sound")


def with_file(name: str, old: str, new: str) -> dict[str, bytes]:
    text = SOUND[name].decode()
    assert old in text
    return SOUND | {name: text.replace(old, new, 1).encode()}


# --- broken files: one folder per problem, its words beside it


@pytest.mark.parametrize("code", KINDS)
def test_a_broken_file_is_told_in_both_languages(code: str) -> None:
    folder = BROKEN / code
    files = SOUND | contents_of(folder)
    if code == "file-missing":
        del files["parameters.csv"]
    found = check(files).problems
    assert [one.code for one in found] == [code]
    said = [one.say(language) for one in found for language in ("en", "vi")]
    assert said == (folder / "problems.txt").read_text(encoding="utf-8").splitlines()
    with pytest.raises(InputError) as refused:
        read_knowledge(files)
    assert refused.value.problems == found


def test_every_broken_folder_is_of_a_problem_that_exists() -> None:
    assert {path.name for path in BROKEN.iterdir()} == {"sound", *KINDS}


def test_the_sound_folder_is_sound() -> None:
    assert check_folder(BROKEN / "sound") == []
    knowledge = read_knowledge(BROKEN / "sound")
    assert list(knowledge.substitutions) == ["ash-to-cement", "water-to-trees"]
    rule = knowledge.substitutions["water-to-trees"]
    assert rule.limits == (Limit("ph", 6, 9),)
    assert rule.co2 is None  # not stated is not zero
    assert rule.value is not None
    assert (rule.value.low, rule.value.mid, rule.value.high) == (3000, 7000, 11000)
    assert rule.verified
    assert knowledge.by_offer["treated-effluent"] == (rule,)
    assert knowledge.by_need["irrigation-water"] == (rule,)


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines() -> None:
    files = dict(SOUND)
    for name, old, new in (
        ("substitutions.csv", "high,no", "sure,perhaps"),
        ("substitutions.csv", "0.95,1,1", "-1,1,1"),
        ("materials.csv", "2530", "253"),
        ("parameters.csv", "MJ/kg", "BTU"),
    ):
        files[name] = files[name].decode().replace(old, new, 1).encode()
    found = [(p.place.file, p.place.line, p.place.cell, p.code) for p in check(files).problems]
    assert found == [
        ("parameters.csv", 4, "unit", "parameter-unit"),
        ("materials.csv", 3, "hs", "code-bad"),
        ("substitutions.csv", 2, "verified", "flag-bad"),
        ("substitutions.csv", 2, "confidence", "word-unknown"),
        ("substitutions.csv", 3, "ratio_low", "ratio-not-positive"),
    ]


def test_an_empty_folder_lacks_three_files(tmp_path: Path) -> None:
    assert [one.place.file for one in check_folder(tmp_path)] == list(COLUMNS)


def test_a_row_that_cannot_be_read_does_not_make_its_id_unknown() -> None:
    files = with_file("materials.csv", "coal-fly-ash,Tro bay than", "coal-fly-ash,Tro, bay than")
    assert [one.code for one in check(files).problems] == ["row-width"]


def test_a_problem_stands_at_the_line_where_its_row_begins() -> None:
    files = with_file("substitutions.csv", ",Khử trùng,", ',"Khử\ntrùng",')
    files["substitutions.csv"] = files["substitutions.csv"].replace(b"medium,yes", b"medium,ok")
    assert [(one.code, one.place.line) for one in check(files).problems] == [("flag-bad", 3)]


# --- numbers and limits


@pytest.mark.parametrize(
    ("written", "decimal_comma", "expected"),
    [
        ("0.95", False, 0.95),
        ("-3", False, -3.0),
        ("1.200", False, 1.2),
        ("1e3", False, 1000.0),
        (".5", False, 0.5),
        ("0,95", True, 0.95),
        ("1200", True, 1200.0),
        ("0.125", True, 0.125),
        ("0,95", False, "number-ambiguous"),
        ("1.200", True, "number-ambiguous"),
        ("1,200", True, "number-ambiguous"),
        ("1.200,5", True, "number-ambiguous"),
        ("1 200", False, "number-ambiguous"),
        ("1,200,000", False, "number-ambiguous"),
        ("nan", False, "number-bad"),
        ("inf", False, "number-bad"),
        ("1e999", False, "number-bad"),
        ("12 %", False, "number-bad"),
        ("1_000", False, "number-bad"),
    ],
)
def test_a_number_is_read_only_where_it_can_mean_one_thing(
    written: str, decimal_comma: bool, expected: float | str
) -> None:
    line = f'"{written}";x' if decimal_comma else f'"{written}",x'
    head = "share;id" if decimal_comma else "share,id"
    table = read_rows("a.csv", f"{head}\n{line}\n".encode(), ("share", "id"))
    number = table.rows[0].number("share")
    if isinstance(expected, str):
        assert number is None
        assert [one.code for one in table.problems] == [expected]
    else:
        assert (number, table.problems) == (expected, [])


def test_an_empty_number_is_not_zero() -> None:
    table = read_rows("a.csv", b"share,id\n,x\n", ("share", "id"))
    assert table.rows[0].number("share") is None
    assert table.problems == []


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("loi<=12", Limit("loi", None, 12)),
        ("loi ≤ 12 %", Limit("loi", None, 12)),
        ("loi>=2", Limit("loi", 2, None)),
        ("2 <= loi <= 12", Limit("loi", 2, 12)),
        ("calorific>=12000 kJ/kg", Limit("calorific", 12, None)),
        ("calorific>=3000 kcal/kg", Limit("calorific", 12.552, None)),
    ],
)
def test_a_limit_is_kept_in_the_unit_of_its_parameter(written: str, limit: Limit) -> None:
    knowledge = read_knowledge(with_file("substitutions.csv", "loi<=12", written))
    assert knowledge.substitutions["ash-to-cement"].limits == (limit,)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("12<=loi<=2", "range-upside-down"),
        ("loi<12", "limit-bad"),
        ("loi<=twelve", "limit-bad"),
        ("loi=12", "limit-bad"),
        ("<=12", "limit-bad"),
        ("loi<=1.2.3", "number-bad"),
        ("calorific<=12 bar", "limit-unit"),
        ("calorific<=12 foo", "limit-unit"),
        ("-1<=loi<=12", "limit-impossible"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(written: str, code: str) -> None:
    found = check(with_file("substitutions.csv", "loi<=12", written)).problems
    assert [one.code for one in found] == [code]


# --- what Excel makes of the files


def rewritten(name: str, content: bytes, delimiter: str, prefix: str = "") -> bytes:
    """Return the file as Excel saves it in Viet Nam: its own delimiter, comma, TRUE and FALSE."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    flags = {"yes": "TRUE", "no": "FALSE"}
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    numeric = {
        at
        for at, column in enumerate(rows[0])
        if column.startswith(("ratio", "co2", "value")) or column in ("low", "high", "reach_km")
    }
    for number, row in enumerate(rows):
        said = [
            flags.get(cell, cell) if rows[0][at] == "verified" else cell
            for at, cell in enumerate(row)
        ]
        if number:
            said = [c.replace(".", ",") if at in numeric else c for at, c in enumerate(said)]
        writer.writerow(said)
    return (prefix + target.getvalue()).encode("utf-8-sig")


@pytest.mark.parametrize(("delimiter", "prefix"), [(";", ""), ("\t", ""), (";", "sep=;\r\n")])
def test_a_file_saved_by_excel_says_the_same(delimiter: str, prefix: str) -> None:
    saved = {
        name: rewritten(name, content, delimiter, prefix)
        for name, content in contents_of(FOLDER).items()
    }
    assert check(saved).problems == ()
    again, shipped = read_knowledge(saved), load_knowledge()
    assert dict(again.materials) == dict(shipped.materials)
    assert dict(again.parameters) == dict(shipped.parameters)
    assert dict(again.substitutions) == dict(shipped.substitutions)


def test_lines_may_end_as_on_any_machine() -> None:
    for end in (b"\r\n", b"\r"):
        files = {name: content.replace(b"\n", end) for name, content in SOUND.items()}
        assert check(files).problems == ()
        assert check(files).knowledge.hash == check(SOUND).knowledge.hash


@given(st.randoms(use_true_random=False))
def test_the_hash_does_not_depend_on_the_order_of_rows_or_columns(dice: random.Random) -> None:
    shuffled = {}
    for name, content in SOUND.items():
        head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        order = list(range(len(head)))
        dice.shuffle(order)
        dice.shuffle(rows)
        target = io.StringIO(newline="")
        csv.writer(target).writerows([[row[at] for at in order] for row in (head, *rows)])
        shuffled[name] = target.getvalue().encode()
    assert read_knowledge(shuffled).hash == read_knowledge(SOUND).hash


def test_the_hash_changes_with_any_cell() -> None:
    hashes = {
        check(files).knowledge.hash
        for files in (
            SOUND,
            with_file("parameters.csv", "0,145", "0,144"),
            with_file("materials.csv", "fly ash;PFA", "fly ash"),
            with_file("substitutions.csv", "0.9,1,1.1", "0.9,1,1.2"),
            with_file("substitutions.csv", "0.9,1,1.1", "0.91,1,1.1"),
        )
    }
    assert len(hashes) == 5
