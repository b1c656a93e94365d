"""Totals never tell of fewer than three enterprises, directly or by subtraction."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.suppression import FEWEST, Total, hidden, totals
from sinhthai.symbiosis.readers.aggregates import read_aggregates

from .conftest import make_enterprise, make_park, put

_LEAF = st.builds(
    lambda n, q: Total(n, float(q), float(q) / n), st.integers(1, 9), st.integers(0, 99)
)


@given(
    st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("abcde")), _LEAF, max_size=10)
)
def test_what_is_hidden_cannot_be_worked_out_from_what_is_shown(leaves):
    """Every parent that is shown, less its children shown, is a group that is no single one."""
    gone = hidden(leaves)
    sums = totals(leaves)
    for path, total in sums.items():
        assert path in gone or total.enterprises >= FEWEST
    for parent in sums:
        below = [path for path in sums if path and path[:-1] == parent]
        lost = [path for path in below if path in gone]
        if parent in gone:
            assert lost == below or not below
        elif lost:
            rest = sum(sums[path].enterprises for path in lost)
            assert (len(lost) >= 2 and rest >= FEWEST) or len(lost) == len(below)


def test_a_total_that_is_nearly_one_enterprise_is_hidden():
    assert hidden({("79", "a"): Total(5, 100.0, 95.0)}) == {(), ("79",), ("79", "a")}
    assert hidden({("79", "a"): Total(5, 100.0, 50.0)}) == frozenset()


@pytest.fixture
def country(province, park, other_park):
    """Park A with two givers of ash, park B with four, park C with five."""
    parks = (park, other_park, make_park("linh-trung", "Linh Trung", province, 10.86, 106.77))
    number = itertools.count(1)
    for place, givers in zip(parks, (2, 4, 5), strict=True):
        for _ in range(givers):
            put(make_enterprise(place, f"06{next(number):08}", "DN", "3511"), quantity=1000.0)
    return parks


@pytest.mark.django_db
def test_the_small_park_and_one_more_are_hidden_and_the_sum_is_shown(country):
    rows = {(row.level, row.park): row for row in read_aggregates()}
    assert rows["country", ""].enterprises == 11
    assert rows["country", ""].quantity == 11_000.0
    shown = {park for (level, park), row in rows.items() if level == "park" and row.enterprises}
    assert shown == {"linh-trung"}
    assert rows["park", "cat-lai"].quantity is None  # or the small park were the difference


@pytest.mark.django_db
def test_who_sees_which_totals(
    sign_in, country, facilitator, inspector, ministry, owner, power, stranger
):
    url = "/symbiosis/aggregates/"
    levels = {}
    for person in (ministry, inspector, facilitator):
        page = sign_in(person).get(url)
        levels[person.username] = {row.level for row in page.context["page"]}
    assert levels == {
        "ministry": {"country", "province", "park"},
        "board": {"province", "park"},
        "office": {"park"},
    }
    body = sign_in(facilitator).get(url).content.decode()
    assert "not shown" in body and "2,000" not in body
    assert sign_in(owner).get(url).status_code == 404  # an enterprise reaches no territory
    assert sign_in(None).get(url).status_code == 404


@pytest.mark.django_db
def test_the_export_hides_the_same_and_says_why(sign_in, country, ministry):
    content = sign_in(ministry).get("/symbiosis/aggregates/export.csv").content.decode("utf-8-sig")
    assert "11000" in content
    assert "fewer than 3 enterprises" in content
    assert "Hiệp Phước" in content and "2000.0" not in content


@pytest.mark.django_db
def test_quantities_nobody_states_are_not_added_as_zero(province, park):
    for number in range(4):
        owner = make_enterprise(park, f"07{number:08}", "DN", "3511")
        put(owner, quantity=500.0 if number < 2 else None)
    [total] = [row for row in read_aggregates() if row.level == "country"]
    assert total.enterprises == 4
    assert total.quantity is None  # two state one: too few to show


def test_the_plants_of_one_firm_are_one_enterprise_to_hide():
    plants = Total(3, 30.0, 10.0, firms=(("0300000009", 2, 20.0),))
    assert plants.owners == 2 and plants.is_sensitive
    both = Total(2, 60.0, 30.0, (("0300000009", 1, 30.0),)).plus(
        Total(2, 70.0, 65.0, (("0300000009", 1, 65.0),))
    )
    assert (both.enterprises, both.owners, both.largest) == (4, 3, 95.0)
    assert not both.is_sensitive


def test_a_firm_with_two_plants_does_not_make_three(power, park, other_park, brick):
    put(power)
    put(brick)
    branch = make_enterprise(park, f"{power.code}-01", "Nhiệt điện Ánh Dương 2", "3511")
    put(branch)
    assert all(total.quantity is None for total in read_aggregates())
    put(make_enterprise(other_park, "0300000077", "Thép Đông Á", "2410"))
    shown = {total.level: total.enterprises for total in read_aggregates()}
    assert shown == {"country": 4, "province": 4, "park": None}
