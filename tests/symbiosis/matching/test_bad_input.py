"""What no engine could answer rightly is refused, in words, all at once, before any work."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pyarrow as pa
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.matching import compiled, duck
from sinhthai.symbiosis.engine.matching.run import run
from tests.symbiosis.matching.cases import link, problem, stream

STREAMS = {
    "key: not from 0": {"key": -1},
    "lat: not from -90 to 90 degrees": {"lat": math.nan},
    "lon: not from -180 to 180 degrees": {"lon": 181.0},
    "quantity: not above 0 and finite": {"quantity": 0.0},
    "months: not a mask of 1 to 12 months": {"months": 0},
}
LINKS = {
    "offer_key: not from 0": {"offer_key": 10_000_000},
    "need_key: not from 0": {"need_key": -1},
    "fit: not from 0 to 1": {"fit": 1.01},
    "text: not from 0 to 1": {"text": math.nan},
    "ratio: not from 1e-9 to 1e9": {"ratio": 0.0},
    "gain: not finite": {"gain": math.inf},
    "haul: not finite": {"haul": math.nan},
    "reach_m: below 0": {"reach_m": -5},
}
SETTINGS: dict[str, dict[str, Any]] = {
    "within_m is -1": {"within_m": -1},
    "top is 0": {"top": 0},
    "order is 'luck'": {"order": "luck"},
    "detour is 0.9": {"detour": 0.9},
    "detour is nan": {"detour": math.nan},
}
RANGES = {
    "low, high: no range": (0, 1, 5.0, 4.0),
    "low, high: no range: low above high, or not a number": (0, 1, math.nan, 4.0),
    "low: infinity is no lower bound": (0, 1, math.inf, math.inf),
    "high: minus infinity is no upper bound": (0, 1, -math.inf, -math.inf),
    "row is of no stream": (1, 1, 0.0, 4.0),
}


@pytest.mark.parametrize(("words", "fault"), STREAMS.items())
@pytest.mark.parametrize("engine", ["compiled", "duckdb", "spark"])
def test_streams(words: str, fault: dict[str, Any], engine: Any) -> None:
    sound = stream(owner=2)
    with pytest.raises(ValueError, match=f"offers: {words}.*in 1 rows, first in row 1"):
        run(problem([sound, sound | fault], [sound], [link()]), engine)
    with pytest.raises(ValueError, match=f"needs: {words}"):
        run(problem([sound], [sound | fault], [link()]), engine)


@pytest.mark.parametrize(("words", "fault"), LINKS.items())
def test_links(words: str, fault: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"links: {words}"):
        run(problem([stream(owner=1)], [stream()], [link() | fault]))


@pytest.mark.parametrize(("words", "fault"), SETTINGS.items())
def test_settings(words: str, fault: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=words):
        run(problem([stream(owner=1)], [stream()], [link()], **fault))


@pytest.mark.parametrize(("words", "fault"), RANGES.items())
def test_qualities(words: str, fault: tuple[int, int, float, float]) -> None:
    with pytest.raises(ValueError, match=words):
        run(problem([stream(owner=1)], [stream()], [link()], [fault]))


def test_the_same_parameter_twice() -> None:
    twice = [(0, 1, 0.0, 4.0), (0, 1, 1.0, 2.0)]
    with pytest.raises(ValueError, match="need_qualities: the same parameter stands twice"):
        run(problem([stream(owner=1)], [stream()], [link()], [], twice))


def test_a_link_that_is_not_its_rows_number() -> None:
    sound = problem([stream(owner=1)], [stream()], [link(), link()])
    shifted = dataclasses.replace(sound, links=sound.links.slice(1))
    with pytest.raises(ValueError, match="link: not the number of its row"):
        run(shifted)


def test_other_columns_types_and_nulls() -> None:
    sound = problem([stream(owner=1)], [stream()], [link()])
    for table, words in (
        (sound.offers.drop_columns(["months"]), "columns are"),
        (sound.offers.set_column(0, "key", pa.array([0], pa.int64())), "key is int64, expected"),
        (sound.offers.set_column(0, "key", pa.array([None], pa.int32())), "key has 1 nulls"),
    ):
        with pytest.raises(ValueError, match=f"offers: {words}"):
            run(dataclasses.replace(sound, offers=table))


def test_everything_wrong_is_told_at_once() -> None:
    bad = problem([stream(lat=99.0, quantity=-1.0)], [stream(months=-3)], [link(fit=2.0)], top=-1)
    with pytest.raises(ValueError, match="not sound") as refused:
        run(bad)
    assert len(str(refused.value).splitlines()) == 6


def test_an_unknown_engine() -> None:
    with pytest.raises(ValueError, match="engine is 'abacus': it is one of compiled, duckdb, sp"):
        run(problem([], [], []), "abacus")  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", [compiled, duck])
def test_work_of_hours_is_refused_before_it_starts(engine, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(engine, "MOST_PAIRS", 899.0)
    case = problem([stream(owner=1)] * 30, [stream()] * 30, [link()])
    with pytest.raises(
        InputError, match=r"60 streams make about 0 billion pairs.*Lower the radius"
    ):
        list(engine.batches(case))


def test_without_numba_the_rows_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    case = problem([stream(owner=1)], [stream(owner=2), stream(owner=3)], [link()])
    expected = run(case)
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    for name in ("kernel", "pick", "compiled"):
        monkeypatch.delitem(
            __import__("sys").modules, f"sinhthai.symbiosis.engine.matching.{name}", raising=False
        )
        monkeypatch.delattr(f"sinhthai.symbiosis.engine.matching.{name}", raising=False)
    used = []
    real = duck.batches
    monkeypatch.setattr(duck, "batches", lambda given: used.append(given) or real(given))
    assert run(case).equals(expected)
    assert used == [case]
