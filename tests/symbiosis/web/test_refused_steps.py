"""A step that was refused: the page keeps what was typed and says where it is wrong."""

from __future__ import annotations

import pytest
from tests.symbiosis.web.workbench_cast import carry, last_change, open_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(facilitator, park, power, brick):
    made = open_one(facilitator, park, power, brick, title="Tro bay làm gạch")
    carry(facilitator, made, "agreement")
    return made


def refused(client, exchange, **typed):
    page = f"/parks/hiep-phuoc/symbiosis/exchanges/{exchange.pk}/"
    sent = {"to": "implemented", "seen": last_change(exchange), "reason": "", **typed}
    answer = client.post(page + "stage/", sent)
    assert answer.status_code == 422
    return answer.content.decode()


def test_what_was_typed_stays(sign_in, facilitator, exchange):
    page = refused(sign_in(facilitator), exchange, on="2999-01-31", reason="Theo đơn hàng")
    assert 'value="2999-01-31"' in page and ">Theo đơn hàng</textarea>" in page


def test_the_list_of_errors_leads_to_the_day_of_the_step_taken(sign_in, facilitator, exchange):
    page = refused(sign_in(facilitator), exchange, on="2999-01-31")
    assert '<a href="#on-implemented">' in page and 'id="on-implemented"' in page


def test_a_missing_party_is_not_told_as_a_wrong_day(sign_in, facilitator, exchange):
    exchange.participants.update(joined_on=None)
    page = refused(sign_in(facilitator), exchange, on="2025-06-01")
    assert "needs two parties with the day they joined" in page.split("error-summary")[1]
    assert "#on-implemented" not in page


def test_an_unknown_step_is_refused_as_such(sign_in, facilitator, exchange):
    page = refused(sign_in(facilitator), exchange, to="%(x)s<b>", on="2025-06-01")
    assert "<b>" not in page.split("error-summary")[1].split("</div>")[0]
