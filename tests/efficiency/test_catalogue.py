"""The catalogue as shipped, and what is wrong with a row that is not as it should be."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from sinhthai.efficiency.engine.catalogue import (
    DATA,
    find_measure,
    load_catalogue,
    load_whole_catalogue,
    read_catalogue,
    search,
    suits,
)
from sinhthai.foundation.problems import InputError

CALCULATORS = "sinhthai.efficiency.engine.calculators"


def test_all_seventy_three_measures_are_there_in_order_with_both_names() -> None:
    measures = load_catalogue()
    assert [one.number for one in measures] == list(range(1, 74))
    assert all(one.name.vi and one.name.en for one in measures)
    assert {len(figure.source) > 0 for one in measures for figure in (one.saving, one.life)} == {
        True
    }


def test_nothing_from_memory_passes_for_seen() -> None:
    for one in load_catalogue():
        assert one.life.confidence == one.cost_confidence == "memory"
        for figure in (one.saving, one.payback):
            assert (figure.source == "practice") == (figure.confidence == "memory"), one.id


def test_figures_the_source_does_not_give_are_missing_not_zero() -> None:
    for id in ("steam-traps", "load-shift", "biomass-fuel", "rooftop-solar", "ash-and-scrap"):
        assert not find_measure(id).saving.is_known
    assert find_measure("ash-and-scrap").payback.bounds == (None, None)
    assert find_measure("lower-steam-pressure").payback.typical == 0
    assert find_measure("lower-air-pressure").saving.bounds == (0.0578, 0.0578)


@pytest.mark.parametrize("name", sorted({one.calculator for one in load_catalogue()} - {""}))
def test_every_calculator_named_is_there(name: str) -> None:
    module, _, function = name.partition(".")
    assert callable(getattr(importlib.import_module(f"{CALCULATORS}.{module}"), function))


def test_exclusions_hold_both_ways_where_two_cannot_stand_together() -> None:
    assert find_measure("economizer").excludes == ("condensing-economizer",)
    assert find_measure("condensing-economizer").excludes == ("economizer",)


def test_parts_lie_within_uses_of_the_same_carrier() -> None:
    uses = load_whole_catalogue().uses
    for use in uses.values():
        assert not use.within or uses[use.within].carrier == use.carrier


def test_words_find_measures_without_their_diacritics() -> None:
    assert [one.id for one in search(load_catalogue(), "den LED")] == ["led"]
    assert suits(find_measure("textile-housekeeping"), "C13110")
    assert not suits(find_measure("textile-housekeeping"), "10")


def test_an_unknown_id_proposes_those_that_look_like_it() -> None:
    with pytest.raises(InputError, match="economizer"):
        find_measure("economiser")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (",0.4,,0.6,practice", ",40,,60,practice", "not a percentage"),
        (",0.4,,0.6,practice", ",0.6,,0.4,practice", "wrong way"),
        (",0.4,,0.6,practice", ",many,,0.6,practice", "could not convert"),
        ("electricity.lighting,,0.4", "electricity.lamps,,0.4", "unknown use electricity.lamps"),
        ("16,Đèn LED", "17,Đèn LED", "given twice"),
        ("0.6,practice,memory", "0.6,rumour,memory", "unknown source rumour"),
        ("0.6,practice,memory", "0.6,practice,sure", "sure?"),
        ("lamp_list;hours,,lighting", "lamp_list;moon,,lighting", "unknown need moon"),
        ("lighting,TC,electricity", "lighting,XX,electricity", "XX?"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_file_and_line(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "measures.csv"
    text = file.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("led,"))
    assert was in line
    file.write_text(text.replace(line, line.replace(was, becomes)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_catalogue(folder)
    said_all = " ".join(problem.message.en for problem in caught.value.problems)
    assert said in said_all
    assert all(one.place.file == "measures.csv" and one.place.line for one in caught.value.problems)
