"""The pages of certification and supervision, in the middle of their work, for every eye and hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.cases import fill_country
from tests.journeys.test_accessibility import complaints, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_of_every_party_can_be_read_by_everybody(
    open_page: Callable[..., Any], country: Any
) -> None:
    found = []
    visits = {language: open_page(language=language) for language in ("vi", "en")}
    for person, paths in fill_country(country).items():
        for page in visits.values():
            if person != "nobody":
                country.enter(page, person)
        found += complaints(visits["vi"], paths, "vi", (1440, 390))
        found += complaints(visits["en"], paths[::2], "en", (390,))
        found += walk(visits["vi"], paths[-1], 1440, 15)
    assert not found, "\n".join(["", *found])
