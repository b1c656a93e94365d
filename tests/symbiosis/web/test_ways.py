"""From page to page: where the main navigation and the tabs of symbiosis lead."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db
WORKBENCH = "/parks/hiep-phuoc/symbiosis/"
STREAMS = "/enterprises/0300000001/streams/"
CATALOGUE = "/symbiosis/materials/"


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("facilitator", WORKBENCH),
        ("owner", STREAMS),
        ("reader", STREAMS),
        ("inspector", CATALOGUE),
        ("ministry", CATALOGUE),
        (None, CATALOGUE),
    ],
)
def test_symbiosis_leads_to_ones_own_desk(request, sign_in, who, way):
    user = request.getfixturevalue(who) if who else None
    html = sign_in(user).get(CATALOGUE).content.decode()
    assert re.search(r'<a href="([^"]+)"[^>]*>Symbiosis</a>', html)[1] == way


def test_the_facilitator_gets_from_a_stream_to_the_workbench_and_to_the_catalogue(
    sign_in, facilitator, ash
):
    client = sign_in(facilitator)
    assert f'<a href="{WORKBENCH}">' in client.get(f"{STREAMS}{ash.pk}/").content.decode()
    assert f'<a href="{CATALOGUE}">' in client.get(WORKBENCH).content.decode()


def test_an_owner_is_not_shown_the_way_to_the_workbench(sign_in, owner, ash):
    assert WORKBENCH not in sign_in(owner).get(f"{STREAMS}{ash.pk}/").content.decode()


def test_the_class_of_waste_is_said_in_words(sign_in, owner, power):
    from tests.symbiosis.web.conftest import put

    stream = put(power, name="Bùn", hazard="KS")
    page = sign_in(owner).get(f"{STREAMS}{stream.pk}/").content.decode()
    assert "KS: to be tested, may be hazardous" in page
