"""The bundle: made from the YAML files of today, quick to load, refused when tampered with."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sinhthai.foundation.units import unit_label, unit_of
from sinhthai.rules.bundle import BUNDLE, BundleError, load_bundle
from sinhthai.rules.check import overdue
from sinhthai.rules.compile import compile_text, write_bundle
from sinhthai.rules.formulas import items_of
from sinhthai.rules.schema import UNITS

# Codes that other slices, the demonstration country and the seed facts are written against.
PARK = [
    "plan_area_ha",
    "greenery_ha",
    "roads_ha",
    "technical_ha",
    "social_ha",
    "worker_housing_solution",
    "operating_enterprises",
    "leased_enterprises",
    "registered_enterprises",
    "recp_enterprises",
    "symbiosis_count",
    "symbiosis_participants",
    "symbiosis_participants_iso",
    "investor_compliance_investment",
    "investor_compliance_enterprise",
    "investor_compliance_construction",
    "investor_compliance_land",
    "investor_compliance_environment",
    "investor_compliance_labour",
    "service_electricity",
    "service_water",
    "service_information",
    "service_fire",
    "service_wastewater",
    "service_other",
    "symbiosis_support_service",
    "io_monitoring",
    "recp_report_sent",
    "env_social_report_sent",
    "env_social_report_posted",
]
ENTERPRISE = [
    "status",
    "employees",
    "compliance_investment",
    "compliance_enterprise",
    "compliance_construction",
    "compliance_land",
    "compliance_environment",
    "compliance_labour",
    "recp_applied",
    "recp_result_measured",
    "in_symbiosis",
    "iso_production_system",
    "iso_environment_system",
    "electricity_saved_kwh",
    "water_saved_m3",
    "wastewater_cut_m3",
    "co2_cut_t",
    "cost_saved_mvnd",
    "discloses_information",
    "grievance_rules",
    "gender_equality_policy",
    "anti_harassment_rules",
]


def test_the_bundle_is_what_the_yaml_files_say() -> None:
    assert BUNDLE.read_text(encoding="utf-8") == compile_text(), "run: sinhthai rules compile"


def test_compiling_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    target = tmp_path / "bundle.json"
    assert write_bundle(target=target) is True
    assert write_bundle(target=target) is False
    assert target.read_bytes() == BUNDLE.read_bytes()


def test_the_bundle_loads_in_well_under_a_fifth_of_a_second() -> None:
    load_bundle.cache_clear()
    start = time.process_time()
    load_bundle()
    assert time.process_time() - start < 0.2


def test_loading_needs_neither_yaml_nor_a_parser() -> None:
    script = (
        "import sys; from sinhthai.rules.bundle import load_bundle; load_bundle();"
        "sys.exit(any(name in sys.modules for name in ('yaml', 'sqlglot', 'pydantic', 'django')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_bundle_changed_by_hand_is_refused(tmp_path: Path) -> None:
    document = json.loads(BUNDLE.read_text(encoding="utf-8"))
    document["content"]["frameworks"][1]["leaves"][9]["thresholds"][0]["value"] = 0.1
    forged = tmp_path / "bundle.json"
    forged.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BundleError, match="changed by hand; run: sinhthai rules compile"):
        load_bundle(forged)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"hash": "x"'])
def test_an_unreadable_bundle_says_what_to_run(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "bundle.json"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match="sinhthai rules compile"):
        load_bundle(broken)


def test_an_absent_bundle_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="sinhthai rules compile"):
        load_bundle(tmp_path / "none.json")


def test_every_framework_has_the_number_of_criteria_its_source_counts() -> None:
    counted = {framework.id: len(framework.leaves) for framework in load_bundle().frameworks}
    assert counted["vn-eip.d35-2022"] == 12
    assert counted["vn-indicators.c05-2025"] == 23
    assert counted["eip-international.v1"] == 51


def test_the_international_framework_has_9_20_13_and_9_criteria() -> None:
    framework = next(f for f in load_bundle().frameworks if f.id == "eip-international.v1")
    counts = [
        sum(leaf.group == group.id for leaf in framework.leaves) for group in framework.groups
    ]
    assert counts == [9, 20, 13, 9]
    assert sum("-P" in leaf.id for leaf in framework.leaves) == 18
    assert not any(leaf.verified for leaf in framework.leaves)


def test_every_group_is_an_axis_with_criteria() -> None:
    for framework in load_bundle().frameworks:
        used = {leaf.group for leaf in framework.leaves}
        assert {group.id for group in framework.groups} == used, framework.id


@pytest.mark.parametrize(("codes", "subject"), [(PARK, "park"), (ENTERPRISE, "enterprise")])
def test_the_agreed_codes_exist(codes: list[str], subject: str) -> None:
    items = load_bundle().items
    assert {code: items[code].subject for code in codes} == dict.fromkeys(codes, subject)


def test_sections_stand_in_workbook_order_with_the_optional_ones_last() -> None:
    bundle = load_bundle()
    for subject in ("park", "enterprise"):
        optional = [section.optional for section in bundle.sections if section.subject == subject]
        assert optional == sorted(optional)
    order = [section.id for section in bundle.sections]
    places = [order.index(item.section) for item in bundle.items.values()]
    assert places == sorted(places)


def test_a_vietnamese_assessment_asks_for_no_optional_section() -> None:
    bundle = load_bundle()
    optional = {section.id for section in bundle.sections if section.optional}
    for framework in bundle.frameworks:
        if framework.family in ("vn-eip", "vn-eco-enterprise", "vn-indicators"):
            for leaf in framework.leaves:
                asked = {bundle.items[code].section for code in items_of(leaf)}
                assert not asked & optional, leaf.id


def test_texts_are_complete_in_both_languages_and_hold_no_stray_spaces() -> None:
    bundle = load_bundle()
    texts = [text for item in bundle.items.values() for text in (item.name, item.help)]
    texts += [leaf.title for framework in bundle.frameworks for leaf in framework.leaves]
    texts += [choice.name for option in bundle.options.values() for choice in option.choices]
    for text in texts:
        assert text.vi == " ".join(text.vi.split()) != ""
        assert text.en == " ".join(text.en.split()) != ""


def test_names_within_a_section_are_different() -> None:
    for language in ("vi", "en"):
        names = [(i.subject, i.section, i.name.get(language)) for i in load_bundle().items.values()]
        assert len(names) == len(set(names))


def test_the_readings_chosen_pick_the_totals_that_fit() -> None:
    bundle = load_bundle()
    leaf = bundle.frameworks[1].leaf("ENT-3")
    assert leaf.aggregate_chosen(bundle.defaults()) == ("recp_enterprises", "operating_enterprises")
    leased = bundle.defaults() | {"A2": "leased"}
    assert leaf.aggregate_chosen(leased) == ("recp_enterprises", "leased_enterprises")


def test_a_criterion_nobody_checked_for_18_months_is_overdue() -> None:
    bundle = load_bundle()
    checked = max(leaf.checked_on for leaf in bundle.frameworks[1].leaves)
    assert overdue(bundle, checked + dt.timedelta(days=548)) == []
    late = overdue(bundle, checked + dt.timedelta(days=549))
    assert {problem.severity for problem in late} == {"warning"}
    assert any(problem.place.cell == "ENT-3" for problem in late)


@pytest.mark.parametrize("unit", sorted(UNITS - {"1"}))
def test_a_unit_is_read_back_as_it_is_shown(unit: str) -> None:
    for language in ("vi", "en"):
        assert unit_of(unit_label(unit, language)) == unit
