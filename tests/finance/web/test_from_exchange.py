"""An exchange of the workbench becomes a project of one of its parties."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.finance.web.conftest import make_enterprise

from sinhthai.finance.models import Project
from sinhthai.symbiosis.actions.pipeline import create_exchange
from sinhthai.symbiosis.actions.plans import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(office, park, enterprise):
    return create_exchange(
        user=office, park=park, title="Hơi thừa", kind="a", giver=enterprise,
        taker=make_enterprise(park, "0300000002", "Nhà máy bên"), at=timezone.now(),
        plan=Plan(investment_vnd=2e9),
    )  # fmt: skip


def test_the_facilitator_opens_it_and_the_enterprise_keeps_it(
    exchange, park, enterprise, office, editor, stranger, signed_in
):
    url = reverse("symbiosis_project", args=[park.code, exchange.pk])
    party = exchange.participants.get(enterprise=enterprise)
    html = signed_in(office).get(reverse("symbiosis_exchange", args=[park.code, exchange.pk]))
    assert url in html.content.decode()
    for sent in ("", "abc", str(party.pk + 99)):
        assert signed_in(office).post(url, {"participant": sent}).status_code == 404
    assert signed_in(stranger).post(url, {"participant": party.pk}).status_code == 404
    assert not Project.objects.exists()
    signed_in(office).post(url, {"participant": party.pk})
    made = Project.objects.get()
    assert (made.origin, made.origin_key, made.investment_vnd) == (
        "exchange", str(exchange.pk), 2e9,
    )  # fmt: skip
    signed_in(office).post(url, {"participant": party.pk})
    assert Project.objects.count() == 1
    page = reverse("finance_project_edit", args=[made.pk])
    assert signed_in(office).get(page).status_code == 404
    assert signed_in(editor).get(page).status_code == 200
