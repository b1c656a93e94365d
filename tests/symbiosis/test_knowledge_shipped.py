"""The shipped knowledge base: sound, large enough, and true where it can be checked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sinhthai.foundation.text import fold
from sinhthai.foundation.units import convert
from sinhthai.registry.engine.vsic import KNOWN_DIVISIONS, industries
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import (
    FOLDER,
    Knowledge,
    check_folder,
    load_knowledge,
)
from sinhthai.symbiosis.engine.knowledge_check import (
    PARAMETER_UNITS,
)

ROOT = Path(__file__).parents[2]
FULL = ROOT.parent / "shared" / "data" / "tests-only"
needs_full = pytest.mark.skipif(
    not FULL.is_dir(), reason="the full lists are not beside the project"
)


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return load_knowledge()


def test_the_shipped_knowledge_base_is_sound_and_large_enough() -> None:
    assert check_folder(FOLDER) == []
    assert len(load_knowledge().substitutions) >= 320
    assert len(load_knowledge().materials) >= 220


def test_estimates_stand_in_their_range(shipped: Knowledge) -> None:
    for rule in shipped.substitutions.values():
        assert 0 < rule.ratio_low <= rule.ratio <= rule.ratio_high, rule.id
        for span in (rule.co2, rule.value):
            if span is not None:
                assert span.low <= span.mid <= span.high, rule.id
        assert rule.reach_km is None or rule.reach_km > 0, rule.id


def test_every_rule_joins_two_materials_and_names_who_receives(shipped: Knowledge) -> None:
    for rule in shipped.substitutions.values():
        assert rule.offer in shipped.materials
        assert rule.need in shipped.materials
        assert rule.receivers, rule.id
        assert rule.givers, rule.id
        assert rule.replaces.vi, rule.id
        assert {limit.parameter for limit in rule.limits} <= set(shipped.parameters)


def test_every_material_is_in_some_rule(shipped: Knowledge) -> None:
    assert set(shipped.materials) == {*shipped.by_offer, *shipped.by_need}


def test_no_name_leads_to_two_materials(shipped: Knowledge) -> None:
    owner: dict[str, str] = {}
    for material in shipped.materials.values():
        assert material.synonyms_vi, material.id
        assert material.synonyms_en, material.id
        names = (material.name.vi, material.name.en, *material.synonyms_vi, *material.synonyms_en)
        for name in names:
            assert owner.setdefault(fold(name), material.id) == material.id, name


def test_what_is_verified_has_a_source_one_can_open(shipped: Knowledge) -> None:
    rows = (*shipped.materials.values(), *shipped.substitutions.values())
    assert any(row.verified for row in rows)
    for row in rows:
        assert len(row.source) > 10, row.id
        if row.verified:
            assert "from memory" not in row.source, row.id
            assert "recalled" not in row.source, row.id


def test_a_figure_of_practice_says_that_it_is_from_memory(shipped: Knowledge) -> None:
    for rule in shipped.substitutions.values():
        assert rule.verified or "from memory" in rule.source, rule.id


def test_always_hazardous_is_what_the_lists_call_so(shipped: Knowledge) -> None:
    """NH needs an item marked ** (always hazardous); one marked * is hazardous if tested so."""
    codes = load_codes()
    for material in shipped.materials.values():
        marks = {found.hazard for code in material.vn if (found := codes.find(f"vn:{code}"))}
        if material.hazard == "NH":
            assert material.vn, material.id
            assert material.group == "", material.id
            assert not marks or "NH" in marks, material.id
        else:
            assert marks != {"NH"} or material.hazard == "KS", material.id
        if material.hazard == "TT-R":
            assert material.group == "a", material.id


def test_hazardous_waste_is_never_an_ordinary_product(shipped: Knowledge) -> None:
    for rule in shipped.substitutions.values():
        if shipped.materials[rule.offer].hazard == "NH":
            assert rule.use not in ("irrigation", "construction", "process_water"), rule.id
            assert rule.need != "animal-feed", rule.id


def test_a_parameter_of_every_unit_can_be_converted(shipped: Knowledge) -> None:
    units = {parameter.unit for parameter in shipped.parameters.values()}
    assert units <= set(PARAMETER_UNITS)
    for unit in PARAMETER_UNITS:
        if unit != "1":  # a bare number has no other unit
            assert convert(2.5, unit, unit) == 2.5


def test_industries_are_of_the_classification(shipped: Knowledge) -> None:
    """Sections B to E are listed class by class; divisions and groups are their beginnings."""
    known = {code[:digits] for code in industries() for digits in (2, 3, 4)}
    for rule in shipped.substitutions.values():
        for code in (*rule.receivers, *rule.givers):
            if int(code[:2]) in KNOWN_DIVISIONS:
                assert code in known, (rule.id, code)


@needs_full
def test_waste_codes_are_of_the_full_lists(shipped: Knowledge) -> None:
    with (FULL / "ewc_list_of_waste.csv").open(encoding="utf-8-sig", newline="") as file:
        ewc = {row["code"] for row in csv.DictReader(file)}
    with (FULL / "vn_hazardous_waste_list.csv").open(encoding="utf-8-sig", newline="") as file:
        vn = {row["code"].replace(" ", "") for row in csv.DictReader(file)}
    for material in shipped.materials.values():
        assert set(material.ewc) <= ewc, material.id
        assert set(material.vn) <= vn, material.id


@pytest.mark.parametrize(
    ("offer", "need", "receiver"),
    [
        ("fgd-gypsum", "natural-gypsum", "2395"),  # power station -> plasterboard
        ("warm-cooling-water", "low-grade-heat-need", "03"),  # -> fish farm
        ("once-through-cooling-water", "boiler-feed-water", "35"),  # refinery -> power station
        ("steam-mp", "process-heat", "19"),  # power station -> refinery, biotechnology
        ("steam-lp", "hot-water", "55"),  # power station -> town
        ("refinery-off-gas", "natural-gas", "2395"),  # refinery -> plasterboard
        ("coal-fly-ash", "cement-additive", "2394"),  # power station -> cement
        ("coal-bottom-ash", "virgin-aggregate", "42"),  # power station -> roads
        ("wwtp-bio-sludge", "soil-conditioner", "3900"),  # wastewater plant -> soil cleaning
    ],
)
def test_the_links_of_kalundborg_are_known(
    shipped: Knowledge, offer: str, need: str, receiver: str
) -> None:
    rules = [rule for rule in shipped.by_offer[offer] if rule.need == need]
    assert any(receiver in rule.receivers for rule in rules)


def test_clinker_is_saved_as_the_chemistry_says(shipped: Knowledge) -> None:
    """One tonne of clinker emits 0.5 t from limestone alone and about 0.9 t with its fuel."""
    for rule in shipped.by_need["clinker"]:
        assert rule.co2 is not None
        assert 0.4 <= rule.co2.mid / rule.ratio <= 1.0, rule.id


def test_fuels_save_no_more_than_they_contain(shipped: Knowledge) -> None:
    """IPCC 2006 vol. 2: at most this many t CO2 per unit of the fuel replaced."""
    most = {"coal": 2.9, "fuel-oil": 3.2, "diesel": 3.3, "natural-gas": 0.21, "lpg": 3.1}
    for fuel, factor in most.items():
        for rule in shipped.by_need[fuel]:
            if rule.co2 is not None and rule.use == "fuel":
                assert rule.co2.mid <= rule.ratio * factor * 1.001, rule.id


# --- the glossary


def test_the_glossary_pairs_words_of_two_languages_once() -> None:
    with (FOLDER / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 250
    pairs = [(fold(row["vi"]), fold(row["en"])) for row in rows]
    assert len(set(pairs)) == len(pairs)
    for vi, en in pairs:
        assert vi, en
        assert en, vi
        assert vi != en
