"""``sinhthai assign``: the exchanges that are best together, against brute force and in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import typer
from scipy.optimize import linprog
from typer.testing import CliRunner, Result

from sinhthai.symbiosis.commands.assign import register
from sinhthai.symbiosis.engine.assignment import Plan, plan_exchanges
from sinhthai.symbiosis.engine.matches import MATCH_SCHEMA
from sinhthai.symbiosis.engine.streams import ALL_YEAR, STREAM_SCHEMA

STREAMS = Path(__file__).parents[2] / "examples" / "streams.xlsx"
Run = Callable[..., Result]
Pair = tuple[str, str, float | None, float, float]  # offer, need, VND per unit, ratio, moved


@pytest.fixture
def run() -> Run:
    app = typer.Typer()
    register(app)

    @app.callback()
    def main() -> None:
        """Keep the verb, as beside others."""

    return lambda *words: CliRunner().invoke(app, ["assign", *map(str, words)])


def stream(name: str, quantity: float | None, months: int = ALL_YEAR) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(STREAM_SCHEMA.names)
    return row | {
        "id": name, "enterprise": f"E-{name}", "name": name, "code": "", "unit": "t",
        "quantity": quantity, "months": months, "estimated": False,
    }  # fmt: skip


def planned(
    offers: list[dict[str, Any]], needs: list[dict[str, Any]], pairs: list[Pair], **more: Any
) -> Plan:
    """Plan from pairs as ``match`` would give them."""
    blank: dict[str, Any] = {field.name: "" for field in MATCH_SCHEMA if field.type == pa.string()}
    blank |= {field.name: 0 for field in MATCH_SCHEMA if pa.types.is_integer(field.type)}
    blank |= {"score": 0.5, "fit": 0.5, "text": 0.5, "forbidden": False, "estimated": False}
    rows = [
        blank | {
            "offer": offer, "need": need, "unit": "t", "quantity": moved,
            "value_vnd": None if worth is None else worth * moved, "co2_t": 0.1 * moved,
        } | more
        for offer, need, worth, _, moved in pairs
    ]  # fmt: skip
    matches = SimpleNamespace(
        table=pa.Table.from_pylist(rows, schema=MATCH_SCHEMA),
        links=[SimpleNamespace(ratios=SimpleNamespace(mid=ratio)) for *_, ratio, _ in pairs],
        streams=SimpleNamespace(
            offers=pa.Table.from_pylist(offers, schema=STREAM_SCHEMA),
            needs=pa.Table.from_pylist(needs, schema=STREAM_SCHEMA),
        ),
    )
    return plan_exchanges(matches)


def test_the_best_for_each_is_not_the_best_together() -> None:
    """Both would rather have x; together one of them takes y."""
    plan = planned(
        [stream("a", 10.0), stream("b", 10.0)],
        [stream("x", 10.0), stream("y", 10.0)],
        [("a", "x", 100.0, 1, 10), ("a", "y", 90.0, 1, 10), ("b", "x", 80.0, 1, 10)],
    )
    assert [(one.offer, one.need) for one in plan.exchanges] == [("a", "y"), ("b", "x")]
    assert plan.value == pytest.approx(1_700.0)
    assert (plan.status, plan.bound) == ("optimal", pytest.approx(1_700.0))
    assert plan.unserved == ()
    assert plan.co2 == pytest.approx(2.0)


def test_ratios_and_what_is_left() -> None:
    plan = planned([stream("a", 10.0)], [stream("x", 8.0)], [("a", "x", 5.0, 2.0, 4.0)])
    assert plan.exchanges[0].quantity == pytest.approx(4.0)
    assert [(one.stream, one.direction, one.left) for one in plan.unserved] == [
        ("a", "offer", pytest.approx(6.0))
    ]


def test_seasons_meet_in_common_months_only() -> None:
    """A harvest of half a year meets half of a need of the whole year; nothing is stored."""
    half = 0b11_1111
    plan = planned(
        [stream("straw", 100.0, half), stream("chips", 100.0)],
        [stream("boiler", 100.0), stream("dryer", 30.0, ALL_YEAR ^ half)],
        [("straw", "boiler", 9.0, 1, 50), ("chips", "boiler", 5.0, 1, 100),
         ("chips", "dryer", 7.0, 1, 30)],
    )  # fmt: skip
    flows = {(one.offer, one.need): one.quantity for one in plan.exchanges}
    assert flows == pytest.approx({
        ("straw", "boiler"): 50.0, ("chips", "boiler"): 20.0, ("chips", "dryer"): 30.0
    })  # fmt: skip


def test_it_is_what_the_linear_programme_says() -> None:
    supply, demand = [7.0, 12.0, 5.0], [6.0, 9.0, 8.0]
    worth = [[4.0, 9.0, 2.0], [8.0, 7.0, 3.0], [5.0, 5.0, 6.0]]
    pairs: list[Pair] = [
        (f"o{i}", f"n{j}", worth[i][j], 1.0, min(supply[i], demand[j]))
        for i in range(3)
        for j in range(3)
    ]
    plan = planned(
        [stream(f"o{i}", amount) for i, amount in enumerate(supply)],
        [stream(f"n{j}", amount) for j, amount in enumerate(demand)],
        pairs,
    )
    rows = [[float(pair[0] == f"o{i}") for pair in pairs] for i in range(3)]
    rows += [[float(pair[1] == f"n{j}") for pair in pairs] for j in range(3)]
    best = linprog([-pair[2] for pair in pairs], A_ub=rows, b_ub=supply + demand)
    assert plan.value == pytest.approx(-best.fun)


def test_unknown_and_forbidden_pairs_are_counted_not_chosen() -> None:
    offers, needs = [stream("a", 10.0), stream("b", None)], [stream("x", 10.0)]
    plan = planned(offers, needs, [("a", "x", None, 1, 10), ("b", "x", 5.0, 1, 10)])
    assert (plan.exchanges, plan.unknown, plan.pairs) == ((), 2, 0)
    plan = planned(offers, needs, [("a", "x", 5.0, 1, 10)], forbidden=True)
    assert (plan.exchanges, plan.forbidden) == ((), 1)
    assert {one.stream for one in plan.unserved} == {"a", "x"}


def test_the_example_in_json(run: Run) -> None:
    done = run(STREAMS, "--within", "50km", "--format", "json", "--on", "2026-01-31")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert data["status"] == "optimal"
    assert data["value_vnd"] == pytest.approx(sum(one["value_vnd"] for one in data["exchanges"]))
    assert data["bound_vnd"] == pytest.approx(data["value_vnd"])
    used: dict[str, float] = {}
    for one in data["exchanges"]:
        used[one["offer"]["id"]] = used.get(one["offer"]["id"], 0.0) + one["quantity"]
    left = {one["stream"]["id"]: one for one in data["unserved"]}
    for name, amount in used.items():
        if name in left:
            assert amount + left[name]["left"] == pytest.approx(left[name]["quantity"])
    again = run(STREAMS, "--within", "50km", "--format", "json", "--on", "2026-01-31").stdout
    assert json.loads(again) == data


def test_the_example_in_words(run: Run) -> None:
    done = run(STREAMS, "--lang", "en", "--on", "2026-01-31")
    assert "that are best together" in done.output
    assert "(proven best)" in re.sub(r"\s+", " ", done.output)
    assert "Still without a use or a source:" in done.output
    assert "pairs were considered" in done.output
    assert "tốt nhất cùng nhau" in run(STREAMS, "--on", "2026-01-31").output


def test_the_workbook_opens(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    assert run(STREAMS, "-o", target, "--on", "2026-01-31").exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Trao đổi", "Còn lại", "Nhận xét"]
    assert book["Trao đổi"].max_row > 5


def test_nobody_near_is_a_negative_answer(run: Run) -> None:
    done = run(STREAMS, "--within", "100m", "--lang", "en", "--on", "2026-01-31")
    assert done.exit_code == 1
    assert "No allowed exchange" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Neither a file nor a park is named."),
        ([STREAMS, "--within", "far"], "The radius “far” is not understood."),
        ([STREAMS, "--top", "0"], "--top"),
        ([STREAMS, "--seconds", "0"], "The value must be above 0."),
        ([STREAMS, "--on", "someday"], "“someday” is not a date."),
        ([STREAMS, "--format", "svg"], "There is no “svg”."),
        (["nowhere.xlsx"], "There is no such file."),
    ],
)
def test_wrong_options_are_told(run: Run, words: list[Any], said: str) -> None:
    done = run(*words, "--lang", "en")
    assert done.exit_code == 2
    assert said in re.sub(r"\s+", " ", done.output)
