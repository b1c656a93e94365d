"""The three-way diff: what each verdict means, and that it is the same in one go and one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.reporting.engine.diff import VERDICTS, WRITTEN, asked_of, diff, said_of
from sinhthai.reporting.engine.workbook import Stated

ONE = ("", "greenery_ha")
ASKED = asked_of([], ["greenery_ha"], [])
NOTHING = said_of({})


def verdict(base: Stated | None, stored: Stated | None, uploaded: Stated | None) -> str | None:
    tables = [said_of({ONE: value} if value else {}) for value in (base, stored, uploaded)]
    found = diff(tables[0], tables[1], tables[2], ASKED)
    assert sum(found.counts.values()) == found.rows.num_rows
    return found.rows["verdict"][0].as_py() if found.rows.num_rows else None


A, B, C = Stated(1.0), Stated(2.0), Stated(3.0)
GONE = Stated(absence="not_reported")


@pytest.mark.parametrize(
    ("base", "stored", "uploaded", "expected"),
    [
        (None, None, A, "new"),
        (A, A, A, "same"),
        (A, A, B, "changed"),
        (A, B, B, "same"),  # both made the same correction
        (A, B, A, "kept"),  # only the store moved on
        (A, B, C, "conflict"),
        (None, A, B, "conflict"),  # first said by two people at once
        (A, None, A, "kept"),  # undone in the store, untouched in the workbook
        (A, None, B, "conflict"),
        (A, A, None, "cleared"),
        (None, A, None, "kept"),
        (None, None, None, None),
        (A, A, GONE, "changed"),  # withdrawn on purpose
        (GONE, GONE, None, None),
        (A, A, Stated(1.0, "at_least"), "changed"),
        (Stated(0.0), Stated(0.0), Stated(0.0), "same"),
        (None, None, Stated(0.0), "new"),  # zero is a value
    ],
)
def test_verdicts(
    base: Stated | None, stored: Stated | None, uploaded: Stated | None, expected: str | None
) -> None:
    assert verdict(base, stored, uploaded) == expected


def test_without_a_base_nothing_counts_as_changed_since() -> None:
    found = diff(None, said_of({ONE: A}), said_of({ONE: B}), ASKED)
    assert found.counts["changed"] == 1


def test_the_last_digit_lost_in_a_workbook_is_not_a_change() -> None:
    assert verdict(None, Stated(0.1 + 0.2), Stated(0.3)) == "same"
    assert verdict(None, Stated(1e-20), Stated(2e-20)) == "conflict"


def test_rows_carry_all_three_sides_and_the_park_comes_first() -> None:
    asked = asked_of(["b", "a"], ["greenery_ha"], ["employees"])
    stored = said_of({("a", "employees"): Stated(5.0), ONE: A})
    uploaded = said_of({("a", "employees"): Stated(6.0), ("b", "employees"): Stated("x"), ONE: A})
    found = diff(stored, stored, uploaded, asked)
    rows = found.rows.to_pylist()
    assert [(row["subject"], row["verdict"]) for row in rows] == [
        ("", "same"),
        ("a", "changed"),
        ("b", "new"),
    ]
    assert (rows[1]["base_number"], rows[1]["stored_number"], rows[1]["number"]) == (5, 5, 6)
    assert rows[2]["text"] == "x"
    assert found.of(*WRITTEN).num_rows == 2
    assert found.of("changed", "new", limit=1).num_rows == 1


def test_what_was_not_asked_is_left_alone() -> None:
    stored = said_of({("", "roads_ha"): A, ("z", "employees"): A})
    assert diff(stored, stored, NOTHING, ASKED).rows.num_rows == 0


_said = st.none() | st.builds(
    Stated, st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from(["", "about"])
)


@given(st.lists(st.tuples(_said, _said, _said), min_size=1, max_size=12))
def test_all_at_once_is_the_same_as_one_by_one(
    cases: list[tuple[Stated | None, Stated | None, Stated | None]],
) -> None:
    sides = [
        said_of({(f"dn-{n:02d}", "x"): case[side] for n, case in enumerate(cases) if case[side]})
        for side in range(3)
    ]
    asked = asked_of([f"dn-{n:02d}" for n in range(len(cases))], [], ["x"])
    found = diff(sides[0], sides[1], sides[2], asked)
    alone = [verdict(*case) for case in cases]
    assert found.rows["verdict"].to_pylist() == [one for one in alone if one]
    assert set(found.counts) == set(VERDICTS)
