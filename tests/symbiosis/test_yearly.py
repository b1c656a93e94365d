"""What exchanges say for a year: states on 31 December, flows over the year, nothing guessed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.stages import (
    STAGES,
    Reached,
    Step,
    standing_path,
    steps_from,
    way_of,
)
from sinhthai.symbiosis.engine.yearly import Carried, Part, figures_of_year

D = dt.date
START = D(2024, 5, 1)
METRICS = ("co2_cut_t", "water_saved_m3")


def path(began, ended=None, stage="implemented"):
    reached = [Reached("idea", D(2020, 1, 1)), Reached(stage, began)]
    return (*reached, Reached("ended", ended)) if ended else tuple(reached)


def part(number, code, joined=START, left=None, in_park=True):
    return Part(number, code, in_park, joined, left)


def carried(number=1, kind="a", began=START, parts=None, **more):
    parts = parts if parts is not None else (part(10 * number, "A"), part(10 * number + 1, "B"))
    return Carried(number, Text("x", "x"), kind, more.pop("path", path(began)), parts, **more)


def year(exchanges, of=2025, iso=None):
    return figures_of_year(exchanges, of, iso=iso or {}, metrics=METRICS)


def value(yearly, item):
    return yearly.park[item].value


def test_counts_are_those_of_the_last_day_of_the_year():
    exchanges = [
        carried(1),
        carried(2, "d", began=D(2025, 12, 31)),
        carried(3, "b", began=D(2026, 1, 1)),
        carried(4, "a", path=path(D(2023, 1, 1), ended=D(2025, 12, 31))),
        carried(5, "a", path=path(D(2025, 2, 1), stage="agreement")),
    ]
    found = year(exchanges)
    assert value(found, "symbiosis_count") == 2
    assert found.park["symbiosis_count"].exchanges == (1, 2)
    assert [value(found, f"symbiosis_type_{kind}") for kind in "abcde"] == [1, 0, 0, 1, 0]
    assert value(found, "symbiosis_planned") == 1
    assert value(year(exchanges, 2026), "symbiosis_count") == 3


def test_only_enterprises_of_the_park_that_take_part_that_day_are_counted():
    parts = (
        part(1, "A"),
        part(2, "B", left=D(2025, 12, 31)),
        part(3, "C", joined=D(2026, 1, 1)),
        part(4, "Z", in_park=False),
        part(5, ""),
    )
    found = year([carried(1, parts=parts), carried(2, parts=(part(6, "A"), part(7, "D")))])
    assert value(found, "symbiosis_participants") == 2
    assert found.enterprises["A"]["symbioses"].value == 2
    assert found.enterprises["B"]["in_symbiosis"].value is False
    assert "C" not in found.enterprises


def test_a_missing_day_of_joining_makes_the_count_an_at_least():
    found = year([carried(1, parts=(part(1, "A"), part(2, "B", joined=None)))])
    figure = found.park["symbiosis_participants"]
    assert (figure.value, figure.at_least, figure.missing) == (1, True, 1)
    assert found.undated == (1,)
    assert "B" not in found.enterprises  # nobody said it does not take part


def test_unknown_iso_stays_unknown_and_is_named():
    found = year([carried(1)], iso={"A": True})
    figure = found.park["symbiosis_participants_iso"]
    assert (figure.value, figure.at_least, figure.missing) == (1, True, 1)
    assert found.iso_unknown == ("B",)
    sure = year([carried(1)], iso={"A": True, "B": False}).park["symbiosis_participants_iso"]
    assert (sure.value, sure.at_least) == (1, False)


def test_an_enterprise_is_new_once_and_only_when_it_really_takes_part():
    early = carried(1, began=D(2024, 5, 1), parts=(part(1, "A"), part(2, "B")))
    later = carried(
        2,
        began=D(2025, 3, 1),
        parts=(part(3, "B", joined=D(2025, 3, 1)), part(4, "C", joined=D(2023, 1, 1))),
    )
    assert value(year([early, later]), "symbiosis_new_participants") == 1  # C, with the start
    assert value(year([early, later], 2024), "symbiosis_new_participants") == 2


def test_partners_reach_as_far_as_is_known():
    assert value(year([carried(1)]), "symbiosis_partners") == "same_park"
    other = carried(1, parts=(part(1, "A"), part(2, "Z", in_park=False)))
    assert value(year([other]), "symbiosis_partners") == "other_parks"
    words = year([carried(1, parts=(part(1, "A"), part(2, "")))]).park["symbiosis_partners"]
    assert (words.value, words.missing) == (None, 1)


def test_results_sum_over_what_is_known_and_say_who_is_silent():
    exchanges = [
        carried(1, results={10: {"co2_cut_t": 12.5}, 11: {"co2_cut_t": 0.0}}),
        carried(2, results={20: {"co2_cut_t": 7.5, "water_saved_m3": 90.0}}),
        carried(3, began=D(2026, 1, 1), results={}),
    ]
    found = year(exchanges)
    co2 = found.park["symbiosis_co2_cut_t"]
    assert (co2.value, co2.at_least, co2.missing, co2.exchanges) == (20.0, True, 1, (1, 2))
    assert found.silent == ((2, 21),)
    assert found.enterprises["A"]["exchange_co2_cut_t"].value == 20.0
    assert found.enterprises["B"]["exchange_co2_cut_t"].value == 0.0
    assert found.enterprises["B"]["exchange_co2_cut_t"].at_least
    assert "exchange_water_saved_m3" not in found.enterprises["B"]


def test_nobody_said_is_not_zero():
    assert "symbiosis_co2_cut_t" not in year([carried(1)]).park


def test_what_ended_within_the_year_brought_something_in_it():
    one = carried(
        1, path=path(D(2023, 1, 1), ended=D(2025, 6, 1)), results={10: {"co2_cut_t": 5.0}}
    )
    assert value(year([one]), "symbiosis_count") == 0
    assert value(year([one]), "symbiosis_co2_cut_t") == 5.0
    assert "symbiosis_co2_cut_t" not in year([one], 2026).park


@given(st.permutations([carried(n, results={10 * n: {"co2_cut_t": 0.1 * n}}) for n in range(1, 6)]))
def test_the_order_of_exchanges_changes_nothing(exchanges):
    assert year(exchanges) == year(sorted(exchanges, key=lambda one: one.number))


@given(st.data())
def test_a_history_of_allowed_steps_has_a_path_that_ends_where_it_stands(data):
    steps, day = [Step("", "idea", D(2025, 1, 1))], D(2025, 1, 1)
    for _ in range(data.draw(st.integers(0, 12))):
        now = steps[-1].after
        to = data.draw(st.sampled_from(steps_from(standing_path(steps))))
        assert way_of(now, to) is not None
        steps.append(Step(now, to, day))
        reached = standing_path(steps)
        assert reached[-1].stage == to
        named = [one.stage for one in reached]
        assert len(named) == len(set(named)) and set(named) <= set(STAGES)
