"""The fact tables: what wins, what carries forward, what stays unknown."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import RECORDS, ROSTER, build_facts
from sinhthai.reporting.engine.few import few_facts
from sinhthai.reporting.engine.many import many_facts
from sinhthai.reporting.engine.merge import winners
from sinhthai.rules.model import Item

T = Text("", "")


def item(code, kind="number", nature="state", subject="park"):
    return Item(code, subject, kind, nature, "s", T, T)


AREA = item("area")
SAVED = item("saved", nature="flow")
HOUSING = item("housing", "boolean")
NOTE = item("note", "text")
RECP = item("recp", "boolean", subject="enterprise")
KWH = item("kwh", nature="flow", subject="enterprise")
STATUS = item("status", "choice", "registry", "enterprise")
ITEMS = [AREA, SAVED, HOUSING, NOTE, RECP, KWH, STATUS]
YEARS = [2023, 2024, 2025]


def records(*rows):
    """Rows are (enterprise, year, values) or with qualifiers and absences; seq is their order."""
    full = [(*row, {}, {})[:5] for row in rows]
    return pa.table(
        [
            list(range(1, len(full) + 1)),
            ["p"] * len(full),
            [row[0] for row in full],
            [row[1] for row in full],
            *([json.dumps(row[at]) for row in full] for at in (2, 3, 4)),
        ],
        schema=RECORDS,
    )


def roster(*rows):
    return pa.table(
        [["p"] * len(rows), *[[row[at] for row in rows] for at in range(3)]], schema=ROSTER
    )


@pytest.fixture(params=[few_facts, many_facts], ids=["few", "many"])
def park_rows(request):
    def build(*rows):
        park, _ = request.param(records(*rows), ROSTER.empty_table(), YEARS, ITEMS)
        return {row["year"]: row for row in park.to_pylist()}

    return build


@pytest.fixture(params=[few_facts, many_facts], ids=["few", "many"])
def enterprise_rows(request):
    def build(lines, *rows):
        _, table = request.param(records(*rows), roster(*lines), YEARS, ITEMS)
        return {(row["subject"], row["year"]): row for row in table.to_pylist()}

    return build


def test_a_state_carries_forward_and_a_flow_does_not(park_rows):
    rows = park_rows(("", 2022, {"area": 10, "saved": 5}), ("", 2024, {"saved": 7}))
    assert [rows[year]["area"] for year in YEARS] == [10, 10, 10]
    assert [rows[year]["saved"] for year in YEARS] == [None, 7, None]


def test_a_later_year_does_not_speak_for_an_earlier_one(park_rows):
    rows = park_rows(("", 2025, {"area": 11}), ("", 2023, {"area": 10}))
    assert [rows[year]["area"] for year in YEARS] == [10, 10, 11]


def test_of_one_year_the_record_recorded_last_wins(park_rows):
    assert park_rows(("", 2023, {"area": 10}), ("", 2023, {"area": 12}))[2023]["area"] == 12


def test_a_record_that_does_not_mention_an_item_leaves_it(park_rows):
    rows = park_rows(("", 2023, {"area": 10}), ("", 2023, {"housing": True}))
    assert rows[2023]["area"] == 10
    assert rows[2023]["housing"] is True


@pytest.mark.parametrize("reason", ["not_reported", "confidential", "not_applicable"])
def test_a_later_absence_hides_an_earlier_value(park_rows, reason):
    rows = park_rows(("", 2023, {"area": 10}), ("", 2024, {}, {}, {"area": reason}))
    assert [rows[year]["area"] for year in YEARS] == [10, None, None]
    declared = reason == "not_applicable" or None
    assert [rows[year]["area__na"] for year in YEARS] == [None, declared, declared]


def test_of_one_record_an_absence_goes_before_a_value(park_rows):
    row = park_rows(("", 2023, {"area": 10}, {}, {"area": "not_applicable"}))[2023]
    assert (row["area"], row["area__na"]) == (None, True)


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [("at_least", 30, None), ("at_most", None, 30), ("about", 27, 33)],
)
def test_a_qualified_number_is_bounds_not_a_value(park_rows, word, low, high):
    row = park_rows(("", 2023, {"area": 30}, {"area": word}))[2023]
    assert (row["area"], row["area__lo"], row["area__hi"]) == (None, low, high)


def test_an_exact_value_replaces_a_qualified_one(park_rows):
    rows = park_rows(("", 2023, {"area": 30}, {"area": "at_least"}), ("", 2024, {"area": 31}))
    assert (rows[2024]["area"], rows[2024]["area__lo"]) == (31, None)


def test_companion_columns_stand_only_where_needed(park_rows):
    row = park_rows(("", 2023, {"area": 30, "saved": 1}, {"area": "at_least"}))[2023]
    assert "area__lo" in row
    assert "saved__lo" not in row
    assert "housing__na" not in row


def test_enterprises_come_from_the_roster_with_its_status(enterprise_rows):
    rows = enterprise_rows(
        [("a", 2024, "operating"), ("b", 2024, None), ("a", 2019, "leased")],
        ("a", 2023, {"recp": True, "kwh": 3}),
        ("gone", 2024, {"recp": True}),
    )
    assert set(rows) == {("a", 2024), ("b", 2024)}
    assert rows["a", 2024] == {
        "subject": "a", "park": "p", "year": 2024, "status": "operating", "recp": True, "kwh": None
    }  # fmt: skip
    assert rows["b", 2024]["status"] is None


def test_a_value_of_another_type_is_unknown_not_guessed(park_rows):
    assert park_rows(("", 2023, {"area": "ten"}))[2023]["area"] is None


def test_no_years_and_no_records_give_empty_tables():
    facts = build_facts(RECORDS.empty_table(), ROSTER.empty_table(), [], ITEMS)
    assert facts.park.num_rows == facts.enterprise.num_rows == 0
    assert "area" in facts.park.column_names


def test_the_winner_names_its_record():
    found = winners(
        records(("", 2022, {"area": 10}), ("", 2024, {"area": 12})), [2023, 2024], ITEMS
    )
    assert found["p", "", 2023, "area"].seq == 1
    assert found["p", "", 2023, "area"].year == 2022
    assert found["p", "", 2024, "area"].seq == 2


numbers = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
reasons = st.sampled_from(["not_reported", "not_applicable", "confidential"])


@st.composite
def record(draw):
    enterprise = draw(st.sampled_from(["", "a", "b"]))
    own = [i for i in ITEMS[:-1] if (i.subject == "park") == (enterprise == "")]
    values, words, absences = {}, {}, {}
    for one in own:
        fate = draw(st.sampled_from(["silent", "value", "qualified", "absent"]))
        if fate == "absent":
            absences[one.code] = draw(reasons)
        elif fate != "silent":
            kinds = {"boolean": st.booleans(), "text": st.text("xyz", max_size=2)}
            values[one.code] = draw(kinds.get(one.kind, numbers))
            if fate == "qualified" and one.kind == "number":
                words[one.code] = draw(st.sampled_from(["at_least", "at_most", "about"]))
    return enterprise, draw(st.integers(2021, 2026)), values, words, absences


@settings(max_examples=30, deadline=None)
@given(
    st.lists(record(), max_size=8),
    st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from(YEARS)), max_size=6),
)
def test_the_two_ways_to_merge_agree(rows, listed):
    arguments = (
        records(*rows),
        roster(*[(code, year, "operating") for code, year in sorted(listed)]),
        YEARS,
        ITEMS,
    )
    for few, many in zip(few_facts(*arguments), many_facts(*arguments), strict=True):
        assert few.schema.names == many.schema.names
        assert few.to_pylist() == many.to_pylist()
