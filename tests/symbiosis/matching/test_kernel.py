"""Machine code: kept where that is possible, never stale, and not needed to be kept."""

from __future__ import annotations

from typing import Any

import numba
import pytest

from sinhthai.symbiosis.engine.matching import kernel
from sinhthai.symbiosis.engine.matching.pick import pick


def test_where_no_folder_can_be_written_it_is_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    real = numba.njit

    def njit(*given: Any, **options: Any) -> Any:
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return real(*given, **options)

    monkeypatch.setattr(numba, "njit", njit)

    def double(number: int) -> int:
        return 2 * number

    assert kernel.compiled(double)(21) == 42
    assert [options.get("cache", False) for options in asked[:2]] == [True, False]


def test_kept_code_is_named_after_every_file_it_comes_from() -> None:
    """Numba knows the date of a function's own file only, and these call across files."""
    assert pick.py_func.__qualname__ == f"pick_{kernel._DIGEST}"
    names = {source.name for source in kernel._SOURCES}
    assert names == {"score.py", "kernel.py", "pick.py"}
    for source in kernel._SOURCES:
        assert source.exists()


def test_one_specialisation_serves_every_problem() -> None:
    """Whatever tables come, the kernel sees the same types, so it is compiled once."""
    from sinhthai.symbiosis.engine.matching.run import run
    from tests.symbiosis.matching.cases import link, problem, stream

    run(problem([], [], []))
    run(problem([stream(owner=1)], [stream()], [link()], [(0, 1, 0.0, 1.0)], [(0, 1, 0.0, 1.0)]))
    run(problem([stream(owner=1)] * 9, [stream()] * 9, [link(forbidden=True)], within_m=0))
    assert len(pick.signatures) == 1
    assert len(kernel.fill.signatures) == 1  # type: ignore[attr-defined]
    assert len(kernel.sort_by_place.signatures) == 1  # type: ignore[attr-defined]
