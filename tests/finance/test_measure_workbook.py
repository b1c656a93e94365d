"""The workbook of measures: what it says, and what each mistake is answered with, cell by cell."""

from __future__ import annotations

import pytest

from sinhthai.factors.loading import load_factors
from sinhthai.finance.workbook import read_measures, write_template
from sinhthai.foundation.problems import InputError
from tests.finance.measure_books import GOOD, book

FACTORS = load_factors()


def read(content: bytes):
    return read_measures(content, "m.xlsx", FACTORS)


def faults(content: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as refused:
        read(content)
    errors = [p for p in refused.value.problems if p.severity == "error"]
    assert all(p.message.vi and p.message.en and p.cure.vi and p.cure.en for p in errors)
    assert all("{" not in p.say("vi") + p.say("en") for p in errors)
    return [(p.code.removeprefix("measures-"), p.place.sheet, p.place.cell) for p in errors]


def remarked(content: bytes) -> list[str]:
    return [p.code.removeprefix("measures-") for p in read(content).remarks]


def test_the_worked_example_comes_out_of_a_workbook():
    file = read(book())
    assert file.scenario.prices == {"electricity": pytest.approx(1_833_000)}
    assert file.scenario.co2_factors == {"electricity": 0.6592}
    assert file.measures[0].proposal.savings == {"electricity": 60.0}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_is_a_workbook_that_can_be_read(language):
    content = write_template(language)
    assert content == write_template(language)  # no clock in it
    file = read(content)
    assert file.is_invented
    assert len(file.measures) == 15
    shares = {m.proposal.name: m.share for m in file.measures if m.use}
    assert len(shares) == 7
    swap = file.measures[6].proposal
    assert swap.savings["anthracite"] == 700
    assert swap.savings["solid-biomass"] == -1310  # from the line without a name below it


def test_an_empty_template_asks_for_what_is_needed():
    found = faults(write_template("en", with_example=False))
    assert [code for code, *_ in found] == ["empty", "empty", "empty"]


@pytest.mark.parametrize(
    ("said", "unit", "tonnes"),
    [(2, "t", 2.0), (500, "kg", 0.5), (1000, "lít", 0.84), (43, "GJ", 1.0), (1, "tấn", 1.0)],
)
def test_a_fuel_is_taken_in_the_unit_people_have(said, unit, tonnes):
    row = {**GOOD, "fuel": "dầu DO", "fuel_quantity": said, "fuel_unit": unit}
    price = {"carrier": "diesel", "price": 22_000, "per": "kg", "escalation": "4%"}
    file = read(book([row], prices=[price]))
    assert file.measures[0].proposal.savings["diesel"] == pytest.approx(tonnes, rel=0.01)
    assert file.scenario.prices["diesel"] == pytest.approx(22e6)
    assert file.scenario.escalation["diesel"] == 0.04


@pytest.mark.parametrize(
    ("written", "money"),
    [("200 triệu", 200e6), ("0,2 tỷ", 200e6), (200e6, 200e6), ("200.000.000", 200e6)],
)
def test_money_is_taken_as_people_write_it(written, money):
    file = read(book([{**GOOD, "investment": written}]))
    assert file.measures[0].proposal.investment == money


def test_a_unit_may_stand_in_the_heading():
    heads = {
        "electricity": "Electricity saved (MWh/year)",
        "investment": "Investment (million VND)",
    }
    row = {**GOOD, "electricity": 60, "investment": 200}
    proposal = read(book([row], heads=heads)).measures[0].proposal
    assert (proposal.savings["electricity"], proposal.investment) == (60.0, 200e6)


def test_a_price_may_be_told_in_money_a_unit():
    row = {**GOOD, "water": 100}
    price = {"carrier": "nước", "price": 12, "per": "nghìn đồng/m3"}
    file = read(book([row], prices=[price]))
    assert file.scenario.prices["water"] == pytest.approx(12_000)


def test_own_price_of_electricity_goes_before_the_tariff():
    price = {"carrier": "Điện", "price": 2500, "per": "kWh"}
    file = read(book(prices=[price], voltage=None, start=None))
    assert file.scenario.prices["electricity"] == pytest.approx(2.5e6)


@pytest.mark.parametrize(
    ("days", "start", "end", "price"),
    [
        (6, "4:00", "9:30", 1833.0),
        (6, "9:30", "11:30", 3398.0),
        (7, "9:30", "11:30", (6 * 3398 + 1833) / 7),  # Sundays have no peak
        (6, "0:00", "24:00", (13 * 1833 + 6 * 1190 + 5 * 3398) / 24),
        (6, 0.4, "11h30", (6 * 1833 / 60 + 2 * 3398 - 0.1 * 3398 + 0.1 * 3398) / 1.9),
    ],
)
def test_the_price_of_electricity_is_the_mean_over_the_hours_it_runs(days, start, end, price):
    file = read(book(days=days, start=start, end=end))
    if start == 0.4:  # 9:36, all of it peak
        price = 3398.0
    assert file.scenario.prices["electricity"] == pytest.approx(price * 1000)


def test_a_year_without_factor_is_flagged_or_refused():
    assert "remark" in remarked(book(first_year=2030, factor_year=None))
    assert faults(book(factor_year=2030)) == [("cell", "Assumptions", "B13")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"rate": 10}, ("share_or_percent", "Assumptions", "B1")),
        ({"rate": "ten"}, ("cell", "Assumptions", "B1")),
        ({"rate": None}, ("empty", "Assumptions", "B1")),
        ({"tax": 1}, ("share_out", "Assumptions", "B6")),
        ({"horizon": 7.5}, ("not_whole", "Assumptions", "B4")),
        ({"horizon": 0}, ("out_of_range", "Assumptions", "B4")),
        ({"voltage": "35 kV"}, ("not_in_list", "Assumptions", "B8")),
        ({"voltage": None}, ("no_tariff_inputs", "Assumptions", "B8")),
        ({"start": "sớm"}, ("not_a_time", "Assumptions", "B9")),
        ({"tariff_on": "2001-01-01"}, ("cell", "Assumptions", "B12")),
        ({"gwp": "AR7"}, ("not_in_list", "Assumptions", "B14")),
    ],
)
def test_a_mistake_among_the_assumptions(change, expected):
    assert expected in faults(book(**change))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"investment": -5}, ("negative", "Measures", "B2")),
        ({"investment": "5 USD"}, ("not_money", "Measures", "B2")),
        ({"running_cost": -1}, ("negative", "Measures", "O2")),
        ({"grant": 300e6}, ("share_out", "Measures", "P2")),
        ({"money": "đô la"}, ("not_in_list", "Measures", "C2")),
        ({"life": 0}, ("out_of_range", "Measures", "D2")),
        ({"life": 2.5}, ("not_whole", "Measures", "D2")),
        ({"life": "10 kg"}, ("cell", "Measures", "D2")),
        ({"electricity": "60 t"}, ("cell", "Measures", "E2")),
        ({"electricity": "1.234"}, ("cell", "Measures", "E2")),
        ({"water": "5 kWh"}, ("cell", "Measures", "I2")),
        ({"water": 5}, ("no_price", "Measures", "I2")),
        ({"fuel": "than", "fuel_quantity": 5}, ("pair", "Measures", "H2")),
        ({"fuel": "thann", "fuel_quantity": 5, "fuel_unit": "t"}, ("cell", "Measures", "F2")),
        ({"fuel": "DO", "fuel_quantity": 5, "fuel_unit": "km"}, ("cell", "Measures", "H2")),
        ({"fuel": "thép lò điện", "fuel_quantity": 5, "fuel_unit": "t"}, ("cell", "Measures", "F2")),
        ({"material": "soda", "material_quantity": 5}, ("no_price", "Measures", "L2")),
        ({"material": "soda"}, ("pair", "Measures", "L2")),
        ({"share": 15, "use": "air"}, ("share_or_percent", "Measures", "T2")),
        ({"share": "150%", "use": "air"}, ("share_out", "Measures", "T2")),
        ({"use": "air"}, ("no_share", "Measures", "T2")),
        ({"excludes": "no such"}, ("unknown_measure", "Measures", "U2")),
    ],
)  # fmt: skip
def test_a_mistake_in_a_line(row, expected):
    assert faults(book([{**GOOD, **row}])) == [expected]


def test_what_is_missing_in_a_line():
    assert faults(book([{"name": "a", "electricity": 5}])) == [
        ("empty", "Measures", "B2"),
        ("empty", "Measures", "D2"),
    ]
    assert faults(book([{"name": "a", "investment": 1, "life": 1}])) == [
        ("nothing_saved", "Measures", "A2")
    ]
    assert faults(book([GOOD, {"investment": 5, "life": 3}])) == [("no_name", "Measures", "A3")]
    assert faults(book([])) == [("no_measures", "Measures", "A2")]


def test_the_same_name_twice_however_it_is_spelt():
    assert faults(book([GOOD, {**GOOD, "name": " vsd "}])) == [("name_twice", "Measures", "A3")]


def test_merged_cells_belong_to_nobody():
    def merge(made, sheet, _shared):
        sheet.merge_range("B2:B3", 200e6)

    found = faults(book([GOOD, {**GOOD, "name": "b"}], change=merge))
    assert ("cells_merged", "Measures", "B2") in found


def test_a_formula_that_fails_is_named():
    def formula(made, sheet, _shared):
        sheet.write_formula("E2", "=1/0", None, "#DIV/0!")

    assert ("formula_error", "Measures", "E2") in faults(book(change=formula))


def test_a_percentage_cell_and_a_plain_fraction_are_the_same_rate():
    assert read(book(rate=0.1)).given.rate == 0.1
    assert read(book(rate="10%")).given.rate == pytest.approx(0.1)
    assert read(book(rate=0.1, percent=[("given", "rate")])).given.rate == 0.1


def test_a_share_under_a_heading_in_per_cent():
    heads = {"share": "Share saved (%)"}
    file = read(book([{**GOOD, "use": "air", "share": 15}], heads=heads))
    assert file.measures[0].share == pytest.approx(0.15)
    found = faults(book([{**GOOD, "use": "air", "share": 0.15}], heads=heads))
    assert found == [("share_or_percent", "Measures", "T2")]


def test_a_metered_use_gives_the_share_and_bounds_it():
    use = {"use": "Air", "carrier": "điện", "quantity": 0.3, "unit": "GWh"}
    file = read(book([{**GOOD, "use": "air"}], uses=[use]))
    assert file.measures[0].share == pytest.approx(0.2)
    assert file.measures[0].use == "Air"
    small = {**use, "quantity": 50, "unit": "MWh"}
    assert faults(book([{**GOOD, "use": "air"}], uses=[small])) == [
        ("more_than_use", "Measures", "E2")
    ]
    assert "share_differs" in remarked(book([{**GOOD, "use": "air", "share": "50%"}], uses=[use]))


def test_ranges_are_read_and_kept_in_order():
    file = read(book(ranges=[("Saving", "-30%", 0.2), ("Life (years)", -2, 1)]))
    assert file.spread.saving == (-0.3, 0.2)
    assert file.spread.life == (-2, 1)
    assert file.spread.investment == (-0.1, 0.3)  # the usual one
    assert faults(book(ranges=[("Saving", 0.2, -0.3)])) == [("share_out", "Ranges", "B2")]
    assert faults(book(ranges=[("Saving", -0.2, "")])) == [("empty", "Ranges", "C2")]


def test_remarks_do_not_refuse():
    assert "remark" in remarked(book([{**GOOD, "life": 25}]))  # longer than the horizon
    assert "more_used" in remarked(book([{**GOOD, "electricity": -60_000}]))
    extra = {**GOOD}
    assert "heading_unknown" in remarked(book([extra], heads={"salvage": "Colour"}))


def test_every_mistake_is_listed_at_once_up_to_a_limit():
    rows = [{**GOOD, "name": f"m{i}", "life": -1} for i in range(300)]
    found = faults(book(rows))
    assert len(found) == 201
    assert found[-1][0] == "more"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_not_a_workbook(content):
    with pytest.raises(InputError):
        read(content)


def test_other_sheets_and_languages():
    assert read(book(language="vi")).measures == read(book()).measures


def test_a_long_list_is_read_whole():
    rows = [{**GOOD, "name": f"m{i}"} for i in range(3_000)]
    found = read(book(rows)).measures
    assert [measure.proposal.name for measure in found] == [row["name"] for row in rows]
