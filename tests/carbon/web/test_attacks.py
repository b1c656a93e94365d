"""What hostile or careless input does to an inventory: it is told, and spoils nothing."""

import pytest

from sinhthai.carbon.actions.activities import Given, add_activity
from sinhthai.carbon.engine.inventory import compute
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.forms import initial_of
from sinhthai.carbon.models import ActivityRow
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import parse_number
from sinhthai.foundation.problems import InputError
from tests.carbon.web.conftest import AT, put

HOME = "/enterprises/0300588569/carbon/"
FORM = {
    "year": "2023", "what": "anthracite", "category": "manufacturing", "scope": "1",
    "quantity": "1", "unit": "t",
}  # fmt: skip


@pytest.mark.parametrize("written", ["1e308", "1e19", "9" * 40, "nan", "inf", "=1+1", "1\x00"])
def test_what_nobody_burns_is_refused_and_the_pages_still_open(dairy, editor, signed_in, written):
    client = signed_in(editor)
    answer = client.post(f"{HOME}new/?kind=stationary", FORM | {"quantity": written})
    assert answer.status_code == 400
    assert not ActivityRow.objects.exists()
    assert client.get(HOME).status_code == 200


def test_the_largest_figure_that_is_taken_overflows_nothing(dairy, editor, signed_in):
    client = signed_in(editor)
    sent = FORM | {"quantity": "1e18", "uncertainty": "1e18", "p_ncv": "1e18"}
    assert client.post(f"{HOME}new/?kind=stationary", sent).status_code in (302, 400)
    for fmt in ("xlsx", "json", "svg"):
        assert client.get(f"{HOME}export.{fmt}?year=2023").status_code in (200, 404)
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("value", [0.00001234, 1.833, 1833.0, 123456.789012])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stored_figure_comes_back_from_its_form_unchanged(value, language):
    given = Given("stationary", "anthracite", value, "t", category="manufacturing")
    assert parse_number(initial_of(given, 1, language)["quantity"]) == value


def test_a_charge_without_its_leak_rate_is_not_without_leaks():
    cooling = Activity(
        "", 2023, "1", "refrigerant", "r-410a", None, "kg", parameters={"charge": 900.0}
    )
    with pytest.raises(InputError, match="leak rate"):
        compute([cooling], load_factors(), Settings())


def test_biomass_of_unknown_quantity_is_not_zero(dairy, editor, signed_in):
    wood = Given("stationary", "wood", 10.0, "t", category="manufacturing")
    put(dairy, wood)
    add_activity(
        dairy,
        2023,
        Given("stationary", "wood", None, "t", category="manufacturing"),
        at=AT,
        by=None,
    )
    html = signed_in(editor).get(HOME).content.decode()
    at = html.index("CO2 of biomass, apart")
    assert "not known" in html[at : at + 120]
