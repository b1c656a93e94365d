"""What an exchange brought a party in a year: with a source, for a year it ran, added to."""

import pytest
from tests.symbiosis.web.workbench_cast import carry, open_one, refused, result

from sinhthai.rules.bundle import load_bundle
from sinhthai.symbiosis.actions.results import metrics
from sinhthai.symbiosis.models import ExchangeResult

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def exchange(facilitator, park, power, brick):
    return open_one(facilitator, park, power, brick)


@pytest.fixture
def running(facilitator, exchange):
    carry(facilitator, exchange, "implemented")
    return exchange


def test_every_metric_is_asked_of_the_park_and_of_its_enterprises_alike():
    items = load_bundle().items
    assert len(metrics()) > 15
    for metric in metrics():
        assert items[f"symbiosis_{metric}"].unit == items[f"exchange_{metric}"].unit
        assert items[f"symbiosis_{metric}"].unit != "percent"


def test_a_later_result_is_added_and_the_earlier_one_stays(facilitator, running):
    result(facilitator, running, waste_reused_t=2900.0)
    result(facilitator, running, waste_reused_t=2950.0)
    with refused("nothing-new"):
        result(facilitator, running, waste_reused_t=2950.0)
    values = list(ExchangeResult.objects.order_by("pk").values_list("values", flat=True))
    assert values == [{"waste_reused_t": 2900.0}, {"waste_reused_t": 2950.0}]


@pytest.mark.parametrize(
    ("year", "source", "values", "code"),
    [
        (2025, " ", {"waste_reused_t": 1.0}, "result-without-source"),
        (2025, "cân", {}, "result-empty"),
        (2025, "cân", {"happiness": 1.0}, "unknown-metric"),
        (2025, "cân", {"waste_reused_t": -1.0}, "bad-number"),
        (2025, "cân", {"waste_reused_t": float("nan")}, "bad-number"),
        (2024, "cân", {"waste_reused_t": 1.0}, "result-before-start"),
        (2027, "cân", {"waste_reused_t": 1.0}, "result-before-start"),
    ],
)
def test_a_result_that_cannot_be_is_refused(facilitator, running, year, source, values, code):
    with refused(code):
        result(facilitator, running, year, source=source, **values)
    assert not ExchangeResult.objects.exists()


def test_nothing_is_measured_before_it_runs(facilitator, exchange):
    with refused("result-before-start"):
        result(facilitator, exchange, waste_reused_t=1.0)
    assert not ExchangeResult.objects.exists()
