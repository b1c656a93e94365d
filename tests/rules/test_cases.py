"""Rule cases a lawyer can read: given, expected, because. The last test wants every leaf tried."""

from __future__ import annotations

from collections import defaultdict

import pytest
from tests.rules.reading import Case, read_cases, run

from sinhthai.rules.bundle import load_bundle

CASES = read_cases()


@pytest.mark.parametrize(
    ("family", "case"), [pytest.param(f, c, id=f"{f}: {c.name}") for f, c in CASES]
)
def test_the_rules_say_what_the_case_expects(family: str, case: Case) -> None:
    done = run(family, case)
    if case.version is not None:
        assert (done.framework.id if done.framework else "none") == case.version, case.because
    if done.framework is None:
        assert case.expected == {}
        return
    for leaf, expected in done.expected().items():
        found = done.findings[leaf]
        assert found.status == expected.status, f"{leaf}: {case.because} ({found})"
        for side in ("lower", "upper"):
            bound = getattr(expected, side)
            if bound is not None:
                assert getattr(found, side) == pytest.approx(bound, abs=1e-5), (
                    f"{leaf} {side}: {found}"
                )


def test_cases_of_one_family_have_different_names() -> None:
    names = [(family, case.name) for family, case in CASES]
    assert len(names) == len(set(names))


def test_every_change_of_the_rules_has_a_case_before_on_and_after_it() -> None:
    tried = {(family, case.day) for family, case in CASES}
    for framework in load_bundle().frameworks:
        days = {framework.valid_from}
        days |= {threshold.valid_from for leaf in framework.leaves for threshold in leaf.thresholds}
        for day in days:
            for shift in (-1, 0, 1):
                on = day.fromordinal(day.toordinal() + shift).isoformat()
                assert (framework.family, on) in tried, f"{framework.id}: no case on {on}"


def test_every_leaf_was_seen_met_not_met_and_undetermined() -> None:
    seen = defaultdict(set)
    for family, case in CASES:
        done = run(family, case)
        if done.framework is not None:
            for leaf in done.expected():
                seen[done.framework.id, leaf].add(done.findings[leaf].status)
    for framework in load_bundle().frameworks:
        for leaf in framework.leaves:
            absent = {"met", "not_met", "undetermined"} - seen[framework.id, leaf.id]
            assert not absent, f"{framework.id} {leaf.id} was never {', '.join(sorted(absent))}"
