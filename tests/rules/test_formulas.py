"""The formula language: what it lets in, what each part is."""

from __future__ import annotations

import pytest
import sqlglot

from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.formulas import FormulaFault, Kind, check_formula, items_of

ITEMS = load_bundle().items


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("greenery_ha + roads_ha - social_ha", Kind("number", "ha")),
        ("(greenery_ha)", Kind("number", "ha")),
        ("-greenery_ha", Kind("number", "ha")),
        ("0.0001 * wastewater_m3 + greenery_ha", Kind("number", "ha")),
        ("wastewater_m3 * 2 + 1", Kind("number")),
        ("greenery_ha >= 0.1 * plan_area_ha", Kind("boolean")),
        ("io_monitoring AND NOT ghg_programme OR TRUE", Kind("boolean")),
        ("symbiosis_count BETWEEN 1 AND 2 OR symbiosis_count <> 3", None),
        ("symbiosis_partners = 'same_park'", Kind("boolean")),
        ("symbiosis_partners IN ('same_park', 'other_parks')", Kind("boolean")),
    ],
)
def test_the_language(formula: str, kind: Kind | None) -> None:
    if kind is None:
        with pytest.raises(FormulaFault, match="not allowed"):
            check_formula(formula, "park", ITEMS)
    else:
        assert check_formula(formula, "park", ITEMS) == kind


@pytest.mark.parametrize(
    "formula",
    [
        "greenery_ha / plan_area_ha",
        "coalesce(greenery_ha, 0)",
        "greenery_ha IS NULL",
        "CASE WHEN io_monitoring THEN 1 ELSE 0 END",
        "max(greenery_ha)",
        "read_csv('/etc/passwd')",
        "(SELECT 1)",
        "greenery_ha::VARCHAR",
        "investor_name LIKE 'a%'",
        "symbiosis_partners IN (SELECT 'same_park')",
        "symbiosis_count IN (1, 2)",
        "park.greenery_ha",
        "greenery_ha; DROP TABLE park",
        "io_monitoring = 1",
        "symbiosis_partners > 'same_park'",
        "'word'",
        "*",
        "",
    ],
)
def test_whatever_else_is_refused(formula: str) -> None:
    with pytest.raises(FormulaFault):
        kind = check_formula(formula, "park", ITEMS)
        if kind.name == "word":
            raise FormulaFault("word", *2 * [ITEMS["plan_area_ha"].name])


def test_items_of_a_criterion_cover_every_reading() -> None:
    leaf = load_bundle().frameworks[1].leaf("ENT-2b")
    assert "iso_energy_system" in items_of(leaf)
    assert "symbiosis_participants" in items_of(leaf)


def test_every_formula_reads_the_same_in_spark() -> None:
    for framework in load_bundle().frameworks:
        for leaf in framework.leaves:
            for text in leaf.numerator.cases.values():
                moved = sqlglot.transpile(text, read="duckdb", write="spark")[0]
                assert sqlglot.parse_one(moved, read="spark") == sqlglot.parse_one(
                    text, read="duckdb"
                )
