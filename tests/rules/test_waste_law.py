"""The decision table of the waste law: what can be wrong with its file, and the compiled one."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from itertools import product
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from sinhthai.foundation.problems import InputError
from sinhthai.rules.bundle import DATA, BundleError
from sinhthai.rules.commands import register
from sinhthai.rules.waste_law import FACTS, LAW, MEDIA, USES, load_waste_law
from sinhthai.rules.waste_law_files import (
    FILE,
    compile_waste_law,
    overdue_waste_law,
    write_waste_law,
)
from sinhthai.rules.waste_law_wording import cite

TEXT = (DATA / FILE).read_text(encoding="utf-8")

# What is replaced once in the shipped file, by what; the problem's code, row, words and cure.
BROKEN = {
    "fact": (
        "- {hazard: [NH], receiver_licensed: [true]}",
        "- {hazard: [NH], receiver_permitted: [true]}",
        ("waste-law-fact", "hazardous-licensed", "no such fact: 'receiver_permitted'", "use one"),
    ),
    "value": (
        "- {hazard: [NH], receiver_licensed: [true]}",
        "- {hazard: [NHS], receiver_licensed: [true]}",
        ("waste-law-value", "hazardous-licensed", "'hazard' has no value 'NHS'", "NH, TT, TT-R"),
    ),
    "yes in quotes": (
        "- {hazard: [NH], receiver_licensed: [true]}",
        '- {hazard: [NH], receiver_licensed: ["true"]}',
        ("waste-law-value", "hazardous-licensed", "has no value 'true'", "true, false"),
    ),
    "paper": (
        "papers: [classification, hazardous-declaration,",
        "papers: [clasification, hazardous-declaration,",
        ("waste-law-paper", "hazardous-licensed", "no such paper: 'clasification'", "mend"),
    ),
    "paper nobody asks for": (
        "  - id: pressure-equipment\n",
        '  - id: old-form\n    clause: "D08 1"\n    title: {vi: "Mẫu cũ", en: "Old form"}\n'
        "  - id: pressure-equipment\n",
        ("waste-law-paper-unused", "old-form", "no rule asks for this paper", "delete it"),
    ),
    "question absent": (
        "fact: same_park\n    clause",
        "fact: group\n    clause",
        ("waste-law-question", "same_park", "no question asks about 'same_park'", "add one"),
    ),
    "instrument": (
        'clause: "D08 65.1"',
        'clause: "D80 65.1"',
        ("waste-law-instrument", "goods-contract", "no such instrument: 'D80'", "use one of: LEP"),
    ),
    "dates overlap": (
        'clause: "LEP 83.3 (L146), 83.4"\n    valid_from: "2026-01-01"',
        'clause: "LEP 83.3 (L146), 83.4"\n    valid_from: "2025-12-01"',
        ("waste-law-dates", "hazardous-vehicle", "stands twice on 2025-12-01", "mend valid_from"),
    ),
    "gap": (
        'clause: "D08 74.3, 74.4.a-d"\n    valid_until: "2025-01-06"',
        'clause: "D08 74.3, 74.4.a-d"\n    valid_until: "2025-01-01"',
        (
            "waste-law-gap",
            "",
            "on 2025-01-01 no rule holds for: water, process_water",
            "add a rule",
        ),
    ),
    "overlap": (
        "- {hazard: [TT, TT-R], is_sorted: [true], group: [b]}",
        "- {hazard: [TT, TT-R], is_sorted: [true], group: [a, b]}",
        ("waste-law-overlap", "ordinary-goods", "all hold for: solid, raw_material", "narrow"),
    ),
    "day out of the calendar": (
        'valid_from: "2026-01-29"',
        'valid_from: "2026-02-30"',
        ("rules-shape-value-error", "receiver-planning", "is not a day of the calendar", "mend"),
    ),
    "status": (
        "status: permitted",
        "status: allowed",
        ("rules-shape-literal-error", "hazardous-licensed", "status", "mend"),
    ),
    "verified but not read": (
        '    source: "suy luận từ Nghị định 35/2022/NĐ-CP, khoản 7 Điều 2"\n'
        '    checked_on: "2026-11-22"\n    verified: false',
        '    source: "suy luận từ Nghị định 35/2022/NĐ-CP, khoản 7 Điều 2"\n'
        '    checked_on: "2026-11-22"\n    verified: true',
        ("rules-shape-value-error", "product", "verified needs confidence T", "mend"),
    ),
    "key misspelt": (
        "uses: [treatment]\n",
        "use: [treatment]\n",
        ("rules-shape-extra-forbidden", "liquid-treatment", "use", "keys allowed"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_told_with_place_and_cure(tmp_path: Path, name: str) -> None:
    old, new, (code, row, says, cure) = BROKEN[name]
    assert old in TEXT
    (tmp_path / FILE).write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    target = tmp_path / "waste-law.json"
    with pytest.raises(InputError) as caught:
        write_waste_law(tmp_path, target)
    found = [
        problem
        for problem in caught.value.problems
        if problem.code == code
        and says in problem.message.en
        and cure in problem.cure.en
        and problem.place.cell == row
    ]
    assert found, str(caught.value)
    assert found[0].place.file == FILE
    assert found[0].message.vi
    assert found[0].cure.vi
    assert not target.exists()


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"waste-law\.yaml: this file is absent"):
        compile_waste_law(tmp_path)


def test_the_shipped_table_is_what_its_file_says() -> None:
    assert compile_waste_law().hash == load_waste_law().hash


def test_exactly_one_rule_holds_for_everything_on_every_day_of_change() -> None:
    law = load_waste_law()
    for day in law.days:
        rules = law.rules_on(day)
        for medium, use, values in product(MEDIA, USES, product(*FACTS.values())):
            facts = dict(zip(FACTS, values, strict=True))
            holding = [rule.id for rule in rules if rule.holds(medium, use, facts)]
            assert len(holding) == 1, (day, medium, use, facts, holding)


def test_every_rule_has_its_words_clause_and_source() -> None:
    law = load_waste_law()
    for row in (*law.rules, *law.questions):
        assert all((row.title.vi, row.title.en, row.why.vi, row.why.en, row.clause, row.source))
        assert row.verified == (row.confidence == "T"), row.id


def test_every_clause_is_cited_in_words() -> None:
    law = load_waste_law()
    for row in (*law.rules, *law.questions, *law.papers):
        said = cite(row.clause, law.instruments)
        if not row.clause.startswith("QCVN"):
            assert "Điều" in said.vi, row.clause
            assert "Article" in said.en, row.clause
        assert not any(f"{letters} " in said.vi for letters in law.instruments), said.vi


def test_a_law_changed_by_hand_is_refused(tmp_path: Path) -> None:
    document = json.loads(LAW.read_text(encoding="utf-8"))
    document["content"]["rules"][0]["status"] = "goods"
    path = tmp_path / "law.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BundleError, match="changed by hand"):
        load_waste_law(path)
    with pytest.raises(BundleError, match="cannot be read"):
        load_waste_law(tmp_path / "none.json")


def test_a_clause_read_too_long_ago_is_warned_of() -> None:
    law = load_waste_law()
    read = max(rule.checked_on for rule in law.rules if rule.checked_on)
    assert overdue_waste_law(law, read) == []
    late = overdue_waste_law(law, read + dt.timedelta(days=600))
    assert {problem.severity for problem in late} == {"warning"}
    assert "ordinary-goods" in {problem.place.cell for problem in late}
    assert "product" not in {problem.place.cell for problem in late}


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "waste-law.json"
    assert write_waste_law(DATA, target) is True
    assert write_waste_law(DATA, target) is False
    assert load_waste_law(target).hash == load_waste_law().hash


def rules(*words: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["rules", *words])


def test_the_check_of_the_rules_covers_the_waste_law(tmp_path: Path) -> None:
    assert "no gap and no overlap" in rules("check", "--lang", "en").output
    shutil.copytree(DATA, tmp_path / "data")
    old, new, (_, _, says, _) = BROKEN["overlap"]
    (tmp_path / "data" / FILE).write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    done = rules("check", str(tmp_path / "data"), "--lang", "en")
    assert done.exit_code == 1
    assert says in done.output
