"""The whole way of a dossier, for a park and for an enterprise."""

import pytest
from tests.certification.core.world import DAY, HOUR, T, certified, evaluating, judge_all, proposed

from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Certificate, Duty, Event
from sinhthai.foundation.problems import InputError


@pytest.fixture
def papers_are_not_typeset():
    """Here they are: the whole way, with every paper as it goes out."""


def test_a_park_comes_from_its_draft_to_its_certificate(issuing):
    dossier = certified(issuing)
    assert dossier.state == "certified" and not dossier.is_open
    assert dossier.closed_at == T + 6 * DAY and dossier.accepted_at == T + 4 * HOUR
    certificate = Certificate.objects.get(dossier=dossier)
    assert certificate.issuer == issuing.bodies["committee"]
    assert certificate.issued_on.isoformat() == "2026-05-10"
    assert not Duty.objects.filter(
        dossier=dossier, closed_at=None, key__startswith="dossier:"
    ).exists()
    assert check(links(), head=head()) == []
    taken = Event.objects.filter(dossier=dossier, kind__startswith="step.")
    assert [row.kind.removeprefix("step.") for row in taken] == [
        "submit", "accept", "consult", "evaluate", "report", "propose", "issue",
    ]  # fmt: skip
    assert {row.organisation.code for row in taken} == {"office", "board", "committee"}


def test_an_enterprise_is_certified_by_the_board_itself(issuing):
    dossier = certified(issuing, firm=True)
    assert dossier.state == "certified"
    assert Certificate.objects.get(dossier=dossier).issuer == issuing.bodies["board"]


def test_nothing_is_issued_without_a_key(world):
    dossier = proposed(world)
    with pytest.raises(InputError) as refused:
        take_step(user=world.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    assert [one.code for one in refused.value.problems] == ["guard-key-ready"]
    assert "41.6" in refused.value.problems[0].message.en
    assert not Certificate.objects.exists()


def test_a_failure_is_notified_with_its_reason(world):
    dossier = judge_all(world, evaluating(world), but=("ENT-3",))
    with pytest.raises(InputError, match="A criterion is not met"):
        take_step(user=world.head, dossier=dossier, step="report", at=T + 4 * DAY)
    dossier = take_step(user=world.head, dossier=dossier, step="fail", at=T + 4 * DAY)
    with pytest.raises(InputError, match="needs a reason"):
        take_step(user=world.head, dossier=dossier, step="notify", at=T + 5 * DAY, reason=" ")
    dossier = take_step(
        user=world.head, dossier=dossier, step="notify", at=T + 5 * DAY, reason="ENT-3 chưa đạt."
    )
    assert dossier.state == "notified" and not dossier.is_open
