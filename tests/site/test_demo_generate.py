"""The synthetic country: the same for the same seed, invented throughout, never over real data."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from sinhthai.foundation.sources import GENERATED
from sinhthai.registry.actions import load_territory
from sinhthai.registry.engine.tax_code import is_tax_code
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park
from sinhthai.reporting.models import Record
from sinhthai.rules.bundle import load_bundle
from sinhthai.site.demo import country, names
from sinhthai.site.demo.generate import StoreNotEmptyError, write_country

AT = dt.datetime(2026, 2, 14, 9, 0, tzinfo=dt.UTC)
YEARS = range(2024, 2026)


def write(seed: int = 1, parks: int = 12, enterprises: int = 150) -> None:
    load_territory(AT)
    write_country(parks=parks, enterprises=enterprises, years=YEARS, seed=seed, at=AT)


def everything() -> list[object]:
    return [
        list(Park.objects.order_by("code").values_list("code", "name_vi", "lat", "province__code")),
        list(
            Enterprise.objects.order_by("code").values_list(
                "code", "name_vi", "park__code", "employees"
            )
        ),
        list(
            Record.objects.order_by("pk").values_list(
                "park__code", "enterprise__code", "year", "values"
            )
        ),
    ]


def draw(seed: int) -> list[object]:
    rng = np.random.default_rng(seed)
    places = [country.Place("01", 21.0, 105.7), country.Place("79", 10.8, 106.7)]
    parks = country.parks(rng, 5, places)
    firms = country.enterprises(rng, 40, parks, 2025)
    items = list(load_bundle().items.values())
    return [parks, firms, list(country.reports(rng, parks, firms, [2025], items))]


def test_the_same_seed_draws_the_same_country_and_another_seed_another() -> None:
    assert draw(7) == draw(7)
    assert draw(7) != draw(8)


@pytest.mark.django_db
def test_the_store_holds_what_was_asked_for_and_all_of_it_is_invented() -> None:
    write()
    assert Park.objects.filter(invented=True).count() == Park.objects.count() == 12
    assert Enterprise.objects.filter(invented=True).count() == Enterprise.objects.count() == 150
    assert not Park.objects.exclude(name_vi__endswith=names.MARK.vi).exists()
    assert set(Record.objects.values_list("source", flat=True)) == {GENERATED}
    assert "invented" in GENERATED
    assert all(is_tax_code(code) for code in Enterprise.objects.values_list("tax_code", flat=True))
    assert EnterpriseStatus.objects.filter(status="closed").exists()


@pytest.mark.django_db(transaction=True)
def test_two_stores_written_from_one_seed_are_alike() -> None:
    write()
    first = everything()
    for model in (Record, EnterpriseStatus, Enterprise, Park):
        model.objects.all().delete()
    write()
    assert everything() == first


@pytest.mark.django_db
def test_some_reports_and_some_answers_are_missing_as_in_life() -> None:
    write(enterprises=400)
    said = Record.objects.exclude(enterprise=None)
    share = said.count() / (400 * len(YEARS))
    assert 0.8 < share < 0.95
    sizes = [len(values) for values in said.values_list("values", flat=True)]
    assert 24 < sum(sizes) / len(sizes) < 31
    assert min(sizes) < max(sizes)


@pytest.mark.django_db
def test_a_store_with_parks_is_left_alone() -> None:
    write()
    before = everything()
    with pytest.raises(StoreNotEmptyError):
        write_country(parks=1, enterprises=1, years=YEARS, seed=1, at=AT)
    assert everything() == before
    assert "SINHTHAI_HOME" in StoreNotEmptyError.message.vi


@pytest.mark.django_db
def test_nobody_has_a_result_of_cleaner_production_without_a_measure() -> None:
    write()
    for values in Record.objects.exclude(enterprise=None).values_list("values", flat=True):
        assert values.get("recp_applied", True) or not values.get("recp_result_measured", False)


def test_names_and_tax_codes_of_thousands_of_enterprises_do_not_repeat() -> None:
    made = [names.enterprise_name(number, names.TRADES[0]).vi for number in range(2_000)]
    assert len(set(made)) == 2_000
    codes = names.tax_codes(0, 2_000)
    assert len(set(codes)) == 2_000
    assert all(code.startswith("99") for code in codes)


def test_provinces_with_more_known_parks_get_more() -> None:
    weights = dict(
        zip(["24", "79", "04"], country.province_weights(["24", "79", "04"]), strict=True)
    )
    assert weights["24"] > weights["04"]
    assert weights["79"] > weights["04"]
    assert sum(weights.values()) == pytest.approx(1.0)
