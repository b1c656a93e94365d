"""From streams to ranked partners: every part kept, unknown kept unknown, the law applied."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine import keys
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.explain import explain, reasons
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.matches import MATCH_SCHEMA, Matches
from sinhthai.symbiosis.engine.matching import match
from sinhthai.symbiosis.engine.matching.problem import Engine
from sinhthai.symbiosis.engine.streams import Streams
from sinhthai.symbiosis.engine.writing import as_json, as_parquet
from tests.symbiosis.streams.making import GOOD, HEADINGS, NEED, read, workbook

ROOT = Path(__file__).resolve().parents[3]
DAY = dt.date(2026, 3, 1)
BRICKS = {**NEED, "Doanh nghiệp": "Gạch C", "Tên dòng": "Tro bay", "Lượng": 3000, "Vĩ độ": 10.75, "Kinh độ": 106.6}  # fmt: skip


def find(streams: Streams, *, within_km: float = 50, engine: Engine = "compiled") -> Matches:
    return match(
        streams, load_knowledge(), load_codes(), load_waste_law(), day=DAY, within_km=within_km,
        engine=engine,
    )  # fmt: skip


def found(*rows: dict[str, object]) -> Matches:
    return find(read(workbook(list(rows))).streams)


def only(matches: Matches) -> dict[str, object]:
    rows: list[dict[str, object]] = matches.table.to_pylist()
    assert len(rows) == 1
    return rows[0]


def test_a_rule_joins_an_offer_to_what_it_replaces() -> None:
    row = only(found({**GOOD}, {**NEED, "Giá": 300_000}))
    assert (row["offer"], row["need"], row["rank"], row["kind"]) == (
        "Cung cầu!2",
        "Cung cầu!3",
        1,
        "rule",
    )
    assert (row["offer_material"], row["need_material"]) == ("coal-fly-ash", "cement-additive")
    rule = load_knowledge().substitutions[str(row["substitution"])]
    assert row["coverage"] == pytest.approx(20_000 * rule.ratio / 50_000)
    assert row["quantity"] == pytest.approx(20_000)
    assert row["distance_m"] == pytest.approx(11_050, abs=60)
    gain = 300_000 * rule.ratio - (rule.treatment_cost or 0)
    transport = 2600 * 1.3 * row["distance_m"] / 1000  # type: ignore[operator]
    assert row["value_vnd"] == pytest.approx(20_000 * (gain - transport), rel=1e-6)


def test_stated_prices_override_what_is_typical() -> None:
    typical = only(found(GOOD, NEED))
    paid = only(found({**GOOD, "Giá": -100_000}, NEED))
    assert paid["value_vnd"] == pytest.approx(typical["value_vnd"] + 20_000 * 100_000)  # type: ignore[operator]
    assert paid["substitution"] == typical["substitution"]


def test_money_is_by_the_very_prices_however_coarsely_the_ranking_knows_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prices = [281_000, 287_000, 283_000, 289_000, 40_000]  # alike to one digit, but for the last
    buyers = [
        {**NEED, "Doanh nghiệp": f"Xi măng {n}", "Giá": price} for n, price in enumerate(prices)
    ]
    streams = read(workbook([{**GOOD, "Giá": 10_000}, *buyers])).streams
    about = (load_knowledge(), load_codes(), load_waste_law())
    exact = match(streams, *about, day=DAY, order="value").table
    monkeypatch.setattr(keys, "MAX_KEYS", 1)
    coarse = match(streams, *about, day=DAY, order="value").table
    assert coarse.select(["need", "rank"]) == exact.select(["need", "rank"])
    assert exact["need"].to_pylist() == [f"Cung cầu!{row}" for row in (6, 4, 5, 3, 7)]
    values = exact["value_vnd"].to_pylist()
    assert coarse["value_vnd"].to_pylist() == pytest.approx(values, rel=1e-12)
    ratio = about[0].substitutions[exact["substitution"][0].as_py()].ratio
    assert values[0] - values[1] == pytest.approx(20_000 * 2_000 * ratio)


def test_an_unknown_quantity_stays_unknown_and_is_still_ranked() -> None:
    matches = found({**GOOD, "Lượng": None}, NEED)
    row = only(matches)
    assert [row[name] for name in ("quantity", "coverage", "value_vnd", "value_low", "co2_t")] == [
        None
    ] * 5
    assert any("quantity of the offer is not known" in said for said in explain(matches, 0, "en"))


def test_unknown_money_and_carbon_of_the_same_material_are_not_zero() -> None:
    row = only(found(GOOD, BRICKS))
    assert row["kind"] == "same"
    assert row["value_vnd"] is None and row["co2_t"] is None
    assert row["quantity"] == 3000.0


def test_likeness_of_names_alone_is_weak_and_worth_nothing_known() -> None:
    matches = found(
        {**GOOD, "Tên dòng": "Qwxz 7 Vfjk", "Mã": None},
        {**NEED, "Tên dòng": "Qwxz 7 Vfjk", "Giá": 9e6},
    )
    row = only(matches)
    assert row["kind"] == "text" and row["substitution"] == ""
    assert row["value_vnd"] is None
    assert row["fit"] <= 0.4  # type: ignore[operator]
    assert "Chưa có quy tắc" in explain(matches, 0, "vi")[0]


def test_nobody_is_its_own_partner_however_the_name_is_spelt() -> None:
    matches = found(GOOD, {**NEED, "Doanh nghiệp": "NHIỆT  điện a"})
    assert matches.table.num_rows == 0
    assert matches.nothing is not None and "one enterprise" in matches.nothing.en


def test_why_nothing_was_found_names_the_reason() -> None:
    near = read(workbook([GOOD, NEED])).streams
    assert "11.1 km away" in find(near, within_km=5).nothing.en  # type: ignore[union-attr]
    no_rule = found(GOOD, {**NEED, "Tên dòng": "Da thuộc"})
    assert "No rule joins" in no_rule.nothing.en  # type: ignore[union-attr]
    assert "both offers and needs" in found(GOOD).nothing.en  # type: ignore[union-attr]


SOLVENT = {**GOOD, "Tên dòng": "Dung môi thải", "Mã": "ewc:140603", "Lượng": 10, "Nguy hại": "NH"}
THINNER = {**NEED, "Tên dòng": "Dung môi", "Lượng": 50}
WITH_HAZARD = (*HEADINGS, "Nguy hại")


def test_what_the_law_forbids_is_shown_last_with_its_clause() -> None:
    # One may take ordinary waste only, one has a permit for hazardous waste but is farther away.
    near = {**THINNER, "Nguy hại": "TT", "Vĩ độ": 10.63}
    far = {**THINNER, "Doanh nghiệp": "Sơn E", "Nguy hại": "NH"}
    matches = find(read(workbook([SOLVENT, near, far], headings=WITH_HAZARD)).streams)
    allowed, forbidden = matches.table.to_pylist()
    assert (allowed["need"], allowed["forbidden"], allowed["rank"]) == ("Cung cầu!4", False, 1)
    assert (forbidden["need"], forbidden["forbidden"], forbidden["rank"]) == ("Cung cầu!3", True, 2)
    assert forbidden["legal_status"] == "forbidden" and forbidden["clause"]
    assert allowed["distance_m"] > forbidden["distance_m"]
    said = next(reason.text.en for reason in reasons(matches, 1) if reason.topic == "legal")
    assert "forbidden by law (" in said


def test_where_the_permit_is_not_known_the_law_is_undecided_and_says_why() -> None:
    matches = find(read(workbook([SOLVENT, THINNER], headings=WITH_HAZARD)).streams)
    assert only(matches)["legal_status"] == "undetermined"
    assert any("permit" in said for said in explain(matches, 0, "en"))


def test_ranks_run_from_one_with_the_forbidden_last() -> None:
    matches = find(read((ROOT / "examples" / "streams.xlsx").read_bytes(), "streams.xlsx").streams)
    by_offer: dict[str, list[dict[str, object]]] = {}
    for row in matches.table.to_pylist():
        by_offer.setdefault(row["offer"], []).append(row)
    for rows in by_offer.values():
        assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
        flags = [row["forbidden"] for row in rows]
        assert flags == sorted(flags)  # type: ignore[type-var]
    assert matches.table.schema.equals(MATCH_SCHEMA)


def test_a_limit_the_offer_breaks_lowers_the_fit_and_is_said() -> None:
    good = found({**GOOD, "Chất lượng": "loss on ignition 5 %"}, NEED)
    broken = found({**GOOD, "Chất lượng": "loss on ignition 40 %"}, NEED)
    assert broken.table["fit"][0].as_py() < 0.5 * good.table["fit"][0].as_py()
    assert any("does NOT fit" in said for said in explain(broken, 0, "en"))
    assert any("Mất khi nung: 5 %, đạt" in said for said in explain(good, 0, "vi"))


def test_a_unit_of_another_kind_is_not_converted_and_is_told() -> None:
    matches = found({**GOOD, "Đơn vị": "m³"}, NEED)
    assert matches.left_out.other_unit == ("Cung cầu!2",)
    assert all(row["kind"] == "text" for row in matches.table.to_pylist())


def test_streams_without_a_place_or_with_nothing_are_named() -> None:
    matches = found({**GOOD, "Vĩ độ": None, "Kinh độ": None}, {**NEED, "Lượng": 0})
    assert matches.left_out.no_place == ("Cung cầu!2",)
    assert matches.left_out.zero == ("Cung cầu!3",)


def test_estimated_streams_mark_their_matches() -> None:
    file = read((ROOT / "examples" / "streams.xlsx").read_bytes(), "streams.xlsx")
    matches = find(file.streams)
    marked = [row for row in matches.table.to_pylist() if row["estimated"]]
    assert marked
    number = matches.table.to_pylist().index(marked[0])
    assert any("typical of the industry" in said for said in explain(matches, number, "en"))


def test_every_engine_gives_the_same_partners() -> None:
    streams = read((ROOT / "examples" / "streams.xlsx").read_bytes(), "streams.xlsx").streams
    assert find(streams).table.equals(find(streams, engine="duckdb").table)


def test_the_order_of_the_lines_changes_nothing_but_the_ids() -> None:
    def shown(matches: Matches) -> list[tuple[object, ...]]:
        names = {
            row["id"]: row["name"]
            for side in (matches.streams.offers, matches.streams.needs)
            for row in side.to_pylist()
        }
        return sorted(
            (names[r["offer"]], names[r["need"]], r["score"], r["value_vnd"] or 0.0)
            for r in matches.table.to_pylist()
        )

    assert shown(found(GOOD, NEED, BRICKS)) == shown(found(BRICKS, NEED, GOOD))


def test_scaling_the_unit_changes_nothing() -> None:
    tonnes = only(found(GOOD, {**NEED, "Giá": 300_000}))
    kilos = only(found({**GOOD, "Đơn vị": "kg", "Lượng": 20_000_000}, {**NEED, "Giá": 300_000}))
    assert {k: v for k, v in tonnes.items() if k != "value_vnd"}.keys() == {
        k: v for k, v in kilos.items() if k != "value_vnd"
    }.keys()
    for name in ("score", "coverage", "quantity", "value_vnd"):
        assert kilos[name] == pytest.approx(tonnes[name])


def test_the_documents_hold_every_row_with_its_reasons() -> None:
    import json

    matches = found(GOOD, NEED, BRICKS)
    document = json.loads(as_json(matches, {"top": 10}, "en"))
    assert len(document["matches"]) == matches.table.num_rows
    first = document["matches"][0]
    assert {"rule", "text", "distance", "season", "legal"} <= {r["topic"] for r in first["reasons"]}
    assert first["offer"]["enterprise"] == "Nhiệt điện A"
    table = pq.read_table(io.BytesIO(as_parquet(matches)))
    assert table["offer_enterprise"].to_pylist() == ["Nhiệt điện A"] * matches.table.num_rows


# What a receiver of Kalundborg asks for, in its own words.
_ASKED = {
    "Gyproc": ("natural gypsum for plasterboard", "t"),
    "fish farm": ("fresh water, warm, for the fish ponds", "m³"),
    "Asnæs power station": ("boiler feed water", "m³"),
    "Statoil refinery; Novo Nordisk; Novozymes": ("process heat", "MWh"),
    "Kalundborg town": ("district heating, hot water", "MWh"),
    "cement and road makers": ("raw material for cement: clinker, fly ash", "t"),
    "Soilrem (Bioteknisk Jordrens)": ("sludge as soil conditioner nutrient", "t"),
}
_GAS = ("natural gas as fuel", "MWh")
_UNITS = {"cooling water": "m³", "steam": "MWh", "heat": "MWh", "refinery gas": "MWh"}


def test_kalundborg_finds_the_receivers_it_found() -> None:
    path = ROOT / "examples" / "kalundborg_exchanges.csv"
    with path.open(encoding="utf-8") as file:
        links = list(csv.DictReader(file))
    base = {"Vĩ độ": 55.66, "Kinh độ": 11.08, "Mã": None, "Lượng": 1000}
    offers = [
        {**base, "Doanh nghiệp": row["donor"], "Cung hoặc cầu": "offer", "Tên dòng": row["stream"],
         "Đơn vị": _UNITS.get(row["stream"], "t"), "Kinh độ": 11.08 + n / 1e4}
        for n, row in enumerate(links)
    ]  # fmt: skip
    needs = []
    for row in links:
        words, unit = _GAS if row["stream"] == "refinery gas" else _ASKED[row["receiver"]]
        needs.append(
            {
                **base,
                "Doanh nghiệp": row["receiver"],
                "Cung hoặc cầu": "need",
                "Tên dòng": words,
                "Đơn vị": unit,
            }
        )
    distinct = {(row["Doanh nghiệp"], row["Tên dòng"]): row for row in offers}
    matches = find(
        read(
            workbook(
                [
                    *distinct.values(),
                    *{(r["Doanh nghiệp"], r["Tên dòng"]): r for r in needs}.values(),
                ]
            )
        ).streams
    )
    streams = {
        r["id"]: r
        for side in (matches.streams.offers, matches.streams.needs)
        for r in side.to_pylist()
    }
    partners: dict[tuple[str, str], list[str]] = {}
    for row in matches.table.to_pylist():
        offer, need = streams[row["offer"]], streams[row["need"]]
        partners.setdefault((offer["enterprise"], offer["name"]), []).append(need["enterprise"])
    missed = [
        (row["stream"], row["receiver"])
        for row in links
        if row["receiver"] not in partners.get((row["donor"], row["stream"]), [])[:3]
    ]
    assert missed == []
