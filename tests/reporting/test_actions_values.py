"""Correcting one value: what fits an item, what the history keeps."""

import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.reporting import actions
from sinhthai.reporting.models import Record
from sinhthai.reporting.standing import history, standing

from .conftest import YEAR, later

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def put(park, user, item="greenery_ha", at=None, year=YEAR, **said):
    return actions.set_value(
        user=user, park=park, year=year, item=item, at=at or later(hours=1), **said
    )


@pytest.mark.parametrize(
    ("item", "said", "code"),
    [
        ("greenery_ha", {"value": -1.0}, "bad-value"),
        ("greenery_ha", {"value": float("nan")}, "bad-value"),
        ("greenery_ha", {"value": True}, "bad-value"),
        ("symbiosis_count", {"value": 2.5}, "bad-value"),
        ("worker_housing_solution", {"value": "yes"}, "bad-value"),
        ("worker_housing_solution", {"value": True, "qualifier": "at_least"}, "value-or-absence"),
        ("greenery_ha", {}, "value-or-absence"),
        ("greenery_ha", {"value": 1.0, "absence": "confidential"}, "value-or-absence"),
        ("greenery_ha", {"absence": "lost"}, "value-or-absence"),
        ("no_such_item", {"value": 1.0}, "unknown-item"),
        ("recp_applied", {"value": True}, "unknown-item"),
    ],
)
def test_what_does_not_fit_is_refused_in_both_languages(item, said, code, park, owner):
    with pytest.raises(InputError) as error:
        put(park, owner, item, **said)
    (problem,) = error.value.problems
    assert problem.code == code
    assert problem.cure.vi
    assert problem.cure.vi != problem.cure.en
    assert Record.objects.count() == 0


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_nobody_can_report_is_refused(year, park, owner):
    with pytest.raises(InputError) as error:
        put(park, owner, year=year, value=1.0)
    assert error.value.problems[0].code == "year-out-of-range"


def test_every_day_remembers_what_it_knew(park, owner, colleague):
    put(park, owner, value=40.0, at=later(days=1))
    put(park, colleague, value=42.0, at=later(days=2), source="Quyết định 12")
    put(park, owner, absence="not_reported", at=later(days=3))

    def known(days):
        return standing(park, YEAR, known_at=later(days=days)).get("", {}).get("greenery_ha")

    assert known(0) is None
    assert known(1.5).content == (40.0, "", "")
    assert known(2.5).content == (42.0, "", "")
    assert known(2.5).origin.source == "Quyết định 12"
    assert known(3.5).content == (None, "not_reported", "")
    assert [row.content[0] for row in history(park, "", "greenery_ha")] == [None, 42.0, 40.0]


def test_the_same_value_twice_is_said_so(park, owner):
    put(park, owner, value=30.0, qualifier="at_least")
    with pytest.raises(InputError) as error:
        put(park, owner, value=30.0, qualifier="at_least", at=later(hours=2))
    assert error.value.problems[0].code == "nothing-new"
    put(park, owner, value=30.0, at=later(hours=3))
    assert standing(park, YEAR)[""]["greenery_ha"].qualifier == ""


def test_a_state_carries_into_later_years_a_flow_does_not(park, owner, dairy):
    put(park, owner, value=40.0, year=2023)
    put(park, owner, "electricity_saved_kwh", value=900.0, year=2023, enterprise=dairy)
    known = standing(park, YEAR)
    assert known[""]["greenery_ha"].origin.year == 2023
    assert "electricity_saved_kwh" not in known[dairy.code]
    assert standing(park, YEAR, carry=False) == {}


def test_an_enterprise_of_another_park_is_unknown(park, owner, stranger):
    from sinhthai.registry.models import Park

    from .conftest import make_enterprise

    foreign = make_enterprise(Park.objects.get(code="amata"), "0302000001", "Xa")
    with pytest.raises(InputError) as error:
        put(park, owner, "recp_applied", value=True, enterprise=foreign)
    assert error.value.problems[0].code == "unknown-enterprise"
