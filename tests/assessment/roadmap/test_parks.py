"""From a real park to a plan: what is missing, what is offered for it, and what is guessed."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from tests.assessment.conftest import NOW, make_record

from sinhthai.assessment.engine.roadmap.model import Need, Option, Problem
from sinhthai.assessment.engine.roadmap.solve import solve
from sinhthai.assessment.roadmap.candidates import candidates_of, timed
from sinhthai.assessment.roadmap.document import Roadmap, freeze, thaw
from sinhthai.assessment.roadmap.measures import measures_of
from sinhthai.assessment.roadmap.model import Asked, Candidate, Firm, Ground, Trade, Want
from sinhthai.assessment.roadmap.needs import wants_of
from sinhthai.assessment.roadmap.options_file import read_options, write_options
from sinhthai.assessment.roadmap.reading import ground_of_park
from sinhthai.assessment.roadmap.sayings import headline, more_said, summary
from sinhthai.assessment.roadmap.study import study
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.bundle import load_bundle

BY = dt.date(2028, 12, 31)
ASKED = Asked(BY, 2026, seconds=10.0)
Found = tuple[Ground, tuple[Want, ...], tuple[Candidate, ...]]


@pytest.fixture
def found(park: Park) -> Found:
    return find(park)


def find(park: Park, asked: Asked = ASKED) -> Found:
    framework = load_bundle().framework_on("vn-eip", BY)
    assert framework is not None
    ground = ground_of_park(park, framework, BY, known_at=NOW + dt.timedelta(days=1))
    wants = wants_of(ground)
    return ground, wants, candidates_of(ground, wants, asked)


def want(wants: tuple[Want, ...], leaf: str) -> Want:
    return next(one for one in wants if one.leaf.id == leaf)


def test_the_gap_is_known_for_certain_and_at_worst(found: Found) -> None:
    _, wants, _ = found
    land = want(wants, "PARK-1")
    assert (land.need.missing, land.sure) == (pytest.approx(9.6), pytest.approx(9.6))
    assert not land.is_open
    # reported, and met; of three enterprises one has results, 33 % where 20 % are asked
    assert not {"INV-3a", "ENT-3"} & {one.leaf.id for one in wants}
    service = want(wants, "INV-2b")
    assert (service.sure, service.need.missing, service.is_open) == (0.0, 1.0, True)


def test_reporting_comes_first_and_costs_nothing(found: Found) -> None:
    ground, wants, candidates = found
    roadmap = study(ground, wants, candidates, ASKED)
    reports = [line for line in roadmap.main.lines if line.kind == "report"]
    assert reports
    assert {line.start for line in reports} == {2026}
    assert all(line.investment == 0 and not line.estimated for line in reports)
    after = {row.leaf: row.after for row in roadmap.main.rows}
    assert (after["INV-2b"], after["PARK-1"]) == ("reported", "met")
    assert "turns out well" in headline(roadmap, roadmap.main).en


def test_the_worst_case_does_what_a_bad_report_would_ask(found: Found) -> None:
    ground, wants, candidates = found
    roadmap = study(ground, wants, candidates, ASKED)
    worst = roadmap.worst
    assert worst is not None
    assert not any(line.kind == "report" for line in worst.lines)
    assert "step:symbiosis-service" in {line.id for line in worst.lines}
    assert worst.investment > roadmap.main.investment
    assert worst.cost >= roadmap.main.cost


def test_saved_and_read_again_it_is_the_same(found: Found) -> None:
    import json

    roadmap = study(*found, ASKED)
    assert thaw(json.loads(json.dumps(freeze(roadmap)))) == roadmap
    assert study(*found, ASKED) == roadmap
    assert isinstance(roadmap, Roadmap)


def test_the_digest_follows_facts_and_costs(found: Found) -> None:
    ground, wants, candidates = found
    first = study(ground, wants, candidates, replace(ASKED, goals=("cheapest",)))
    dearer = tuple(
        replace(one, option=replace(one.option, investment=one.option.investment + 1))
        for one in candidates
    )
    second = study(ground, wants, dearer, replace(ASKED, goals=("cheapest",)))
    assert first.input_digest != second.input_digest


def test_a_breach_of_last_year_counts_three_years(park: Park) -> None:
    fields = [f"investor_compliance_{name}" for name in
              ("investment", "enterprise", "construction", "land", "environment", "labour")]  # fmt: skip
    for year in (2023, 2024, 2025):
        make_record(park, year=year, values=dict.fromkeys(fields, year != 2025))
    _, wants, candidates = find(park)
    investor = want(wants, "INV-1")
    assert (investor.sure, investor.clear_from) == (1.0, 2028)
    step = next(c for c in candidates if c.option.id == "step:comply-investor")
    assert step.option.earliest + step.option.lead == 2
    early = Asked(dt.date(2027, 12, 31), 2026, ("cheapest",))
    ground, wants, candidates = find(park, early)
    roadmap = study(ground, wants, candidates, early)
    [row] = [row for row in roadmap.main.unmet if row.leaf == "INV-1"]
    assert "2028 at the earliest" in row.reason.en
    assert any("2028" in said.en for said in summary(roadmap, roadmap.main))


def test_a_new_symbiosis_needs_the_certificates_of_its_partners(park: Park) -> None:
    make_record(park, values={"symbiosis_count": 0}, recorded_at=NOW + dt.timedelta(hours=1))
    ground, wants, _ = find(park)
    codes = tuple(Enterprise.objects.filter(park=park).values_list("code", flat=True)[:2])
    trade = Trade("exchange:1", Text("Tro", "Ash"), codes, None, 5e8, 10.0, "contact")
    ground = replace(ground, trades=(trade,))
    candidates = {one.option.id: one for one in candidates_of(ground, wants, ASKED)}
    exchange = candidates["exchange:1"]
    assert set(exchange.option.requires) == {f"step:iso-9001-14001:{code}" for code in codes}
    assert exchange.estimated
    assert "nobody said" in exchange.source.en
    assert set(exchange.option.requires) < candidates.keys()


def test_a_measure_is_sized_from_the_reported_use() -> None:
    firm = Firm("e1", Text("A", "A"), "1010", {"electricity": 1000.0})
    offered = {one.option.id: one for one in measures_of(firm, "ENT-3", ASKED)}
    led = offered["measure:led:e1"].option
    mwh = 1000.0 * 0.07 * led.share
    tariff = load_factors().tariff(dt.date(2026, 12, 31), "22kV")
    assert led.saving == pytest.approx(mwh * 1000 * tariff.normal)
    assert led.co2e == pytest.approx(mwh * 0.65, rel=0.1)
    assert all(one.estimated and "estimated" in one.source.en for one in offered.values())
    assert measures_of(Firm("e2", Text("B", "B"), "1010"), "ENT-3", ASKED) == []


def test_a_cubic_metre_of_gas_is_two_kilograms_of_co2() -> None:
    firm = Firm("e1", Text("A", "A"), "1010", {"natural-gas": 1e6})
    best = measures_of(firm, "ENT-3", ASKED)[0].option
    gas = best.saving / 14_000
    assert best.co2e / gas == pytest.approx(1.9e-3, rel=0.05)


def test_what_does_not_fit_into_this_year_begins_in_the_next() -> None:
    option = Option("a", "A", "step", 1.0)
    november = replace(ASKED, months=1)
    assert (timed(option, 6, november).earliest, timed(option, 6, november).lead) == (1, 0)
    assert (timed(option, 1, november).earliest, timed(option, 18, ASKED).lead) == (0, 1)


def test_a_day_within_a_year_does_not_count_on_that_year() -> None:
    assert Asked(dt.date(2028, 6, 30), 2026).years == (2026, 2027)


def test_more_budget_is_told_only_where_there_is_a_limit(found: Found) -> None:
    ground, wants, candidates = found
    asked = replace(ASKED, goals=("cheapest",))
    assert study(ground, wants, candidates, asked).more is None
    short = replace(asked, budget={2026: 0.0, 2027: 1e11, 2028: 0.0})
    told = more_said(study(ground, wants, candidates, short))
    assert len(told) == 1
    assert told[0].en.startswith("5 % more budget")


def test_a_budget_of_nothing_is_named_as_the_obstacle(found: Found) -> None:
    ground, wants, candidates = found
    asked = replace(ASKED, goals=("cheapest",), budget=dict.fromkeys(ASKED.years, 0.0))
    roadmap = study(ground, wants, candidates, asked)
    assert [row.leaf for row in roadmap.main.unmet] == ["PARK-1"]
    assert "budget" in roadmap.main.unmet[0].reason.en
    assert not roadmap.main.is_met


# -- the options as a workbook ---------------------------------------------------------------------


def changed(data: bytes, cells: dict[str, object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, value in cells.items():
        book.active[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_options_go_out_and_come_back(found: Found, language: str) -> None:
    ground, wants, candidates = found
    data = write_options(candidates, language)
    again = read_options(data, "o.xlsx", candidates, wants, ground, ASKED)
    before = sorted(candidates, key=lambda one: one.option.id)
    assert [one.option.id for one in again] == [one.option.id for one in before]
    for new, old in zip(again, before, strict=True):
        assert new.option.investment == pytest.approx(old.option.investment)
        assert (new.option.gives, new.option.lead) == (old.option.gives, old.option.lead)
        assert new.estimated == old.estimated


def test_a_cost_of_ones_own_is_no_longer_an_estimate(found: Found) -> None:
    ground, wants, candidates = found
    data = write_options(candidates, "vi")
    row = 4 + sorted(one.option.id for one in candidates).index("land:PARK-1:1")
    mine = changed(data, {f"F{row}": 500, "C60": "Mua đất", "B60": "Đất", "E60": "PARK-1=9.6",
                          "F60": 100, "K60": 6})  # fmt: skip
    again = {one.option.id: one for one in
             read_options(mine, "o.xlsx", candidates, wants, ground, ASKED)}  # fmt: skip
    assert again["land:PARK-1:1"].option.investment == 5e8
    assert not again["land:PARK-1:1"].estimated
    assert again["own:60"].option.gives == {"PARK-1": 9.6}
    roadmap = study(ground, wants, tuple(again.values()), replace(ASKED, goals=("cheapest",)))
    assert "own:60" in {line.id for line in roadmap.main.lines}


def test_every_bad_cell_is_named(found: Found) -> None:
    ground, wants, candidates = found
    bad = changed(
        write_options(candidates, "vi"),
        {"F4": None, "B5": "ma thuật", "E6": "NO-1=2", "F7": "-3", "N8": 1.5, "P9": "gone"},
    )
    with pytest.raises(InputError) as caught:
        read_options(bad, "o.xlsx", candidates, wants, ground, ASKED)
    cells = {problem.place.cell for problem in caught.value.problems}
    assert {"F4", "B5", "E6", "F7", "N8"} <= cells
    assert any("empty is not zero" in problem.message.en for problem in caught.value.problems)


@pytest.mark.parametrize("data", [b"no workbook", b""])
def test_what_is_no_workbook_is_refused(found: Found, data: bytes) -> None:
    ground, wants, candidates = found
    with pytest.raises(InputError, match="cannot be read"):
        read_options(data, "o.xlsx", candidates, wants, ground, ASKED)


# -- the engine with money of this size ------------------------------------------------------------


def test_a_prerequisite_is_done_before_what_needs_it() -> None:
    first = Option("iso", "ISO", "step", 1.0, lead=1)
    then = Option("x", "X", "exchange", 1.0, gives={"A": 1.0}, requires=("iso",))
    plan = solve(Problem((first, then), (Need("A", "a", "amount", 1.0),), (2026, 2027), 0.1, 5))
    assert {one.option.id: one.year for one in plan.chosen} == {"iso": 2026, "x": 2027}


def test_billions_and_millions_are_solved_together() -> None:
    options = tuple(
        Option(f"l{n}", "L", "land", 3e10 + n, -5e7, gives={"A": 1.9}, life=50) for n in range(4)
    ) + tuple(
        Option(f"m{n}", "M", "measure", 4e7 + n, 2e7, gives={"B": 1}, enterprises=(f"e{n}",),
               use=f"e{n}/x", share=0.1)
        for n in range(300)
    )  # fmt: skip
    needs = (Need("A", "a", "amount", 7.45), Need("B", "b", "count", 3.0))
    plan = solve(Problem(options, needs, (2026, 2027, 2028), 0.1, 10, (1e9, 2e11, 1e9)))
    assert plan.status == "optimal"
    assert plan.binding is not None
    assert plan.binding.need.leaf == "A"


def test_without_time_nothing_is_called_impossible() -> None:
    options = tuple(
        Option(f"m{n}", "M", "measure", 40.0 + n % 7, gives={"B": 1}, enterprises=(f"e{n % 90}",),
               use=f"e{n % 90}/x", share=0.1, saving=n % 5)
        for n in range(900)
    )  # fmt: skip
    needs = (Need("B", "b", "count", 80.0),)
    plan = solve(Problem(options, needs, (2026, 2027), 0.1, 10), seconds=1e-6)
    assert plan.status in ("stopped", "optimal")
    assert all(obstacle.reason == "unproven" for obstacle in plan.obstacles)
