"""What hostile or careless questions do to roadmaps: they are told, and nothing runs for long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from tests.assessment.roadmap.test_pages import HOME, asked

from sinhthai.accounts.models import User
from sinhthai.assessment.models import Roadmap
from sinhthai.assessment.roadmap.asking import ask_roadmap
from sinhthai.assessment.roadmap.turns import NotYourTurn, turn_of
from sinhthai.foundation.numbers import parse_number
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.typed import typed
from sinhthai.registry.models import Park

SignIn = Callable[..., Client]


@pytest.mark.parametrize("written", ["9" * 5000, "9" * 25, "٣", "-1", "1\x00", "1 OR 1=1"])
def test_no_number_breaks_the_comparison(
    park: Park, owner: User, sign_in: SignIn, written: str
) -> None:
    answer = sign_in(owner, "en").get(f"{HOME}compare/", {"pk": written})
    assert answer.status_code == 200


@pytest.mark.parametrize("budget", ["1e308", "nan", "inf", "-1", "1e10"])
def test_a_budget_no_country_has_saves_nothing(
    park: Park, owner: User, sign_in: SignIn, budget: str
) -> None:
    cache.clear()
    year = str(asked()["by_day"])[:4]
    name = f"budget_{int(year) - 2}"
    answer = sign_in(owner, "en").post(f"{HOME}run/", asked(**{name: budget}))
    assert answer.status_code == 422
    assert not Roadmap.objects.exists()


def test_one_search_of_a_person_at_a_time(park: Park, owner: User, sign_in: SignIn) -> None:
    cache.clear()
    client = sign_in(owner, "en")
    with turn_of(owner):
        answer = client.post(f"{HOME}run/", asked())
        with pytest.raises(NotYourTurn), turn_of(owner):
            pass
    assert answer.status_code == 422
    assert "still running" in answer.content.decode()
    assert not Roadmap.objects.exists()
    with turn_of(owner):  # given back, also after a search that failed
        pass


@pytest.mark.parametrize(
    "question",
    [
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"seconds": -1.0},
        {"horizon": 10**9},
        {"rate": "nan"},
        {"rate": "10"},
        {"budget": "2026=1e308bn"},
        {"budget": "2026=1e18bn,2026=5"},
        {"first": 0},
        {"first": 9999},
        {"by": "9999-12-31"},
    ],
)
def test_a_question_without_end_is_refused(question: dict[str, object]) -> None:
    import datetime as dt

    today = dt.date(2026, 1, 5)
    with pytest.raises(InputError):
        ask_roadmap(**{"by": "2028-12-31", "today": today} | question)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [9.612, 123456.7, 1.0, 0.00001])
def test_an_amount_goes_through_the_workbook_unchanged(amount: float) -> None:
    assert parse_number(typed(amount, "vi")) == parse_number(typed(amount, "en")) == amount
