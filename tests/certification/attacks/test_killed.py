"""A process killed between decision and certificate: exactly one certificate, or none."""

import pytest
from tests.certification.core.world import DAY, T

from sinhthai.certification.actions import certificate_making, certificates, steps
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Certificate, CertificateFile, Dossier, Paper
from sinhthai.certification.readers.integrity import disagreements
from sinhthai.certification.readers.register import read_register

pytestmark = pytest.mark.django_db
POINTS = [
    (certificates, "make_statement"), (certificate_making, "compose"), (certificate_making, "sign"),
    (certificate_making, "certificate_pdf"), (certificate_making, "seal"),
    (CertificateFile.objects, "create"), (certificates, "record"), (certificates.signals, "announce"),
    (steps, "refresh_duties"), (steps, "_audit"),
]  # fmt: skip


class Killed(BaseException):
    """The process is gone: nothing catches this."""


@pytest.mark.parametrize(("room", "name"), POINTS, ids=[name for _room, name in POINTS])
def test_killed_between_decision_and_certificate_nothing_of_either_is_left(
    waiting, monkeypatch, room, name
):
    world, dossier = waiting
    before = head(), Paper.objects.count()

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(room, name, die)
        with pytest.raises(Killed):
            steps.take_step(user=world.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    assert Dossier.objects.get(pk=dossier.pk).state == "proposed"
    assert not Certificate.objects.exists() and not read_register(T).entries
    assert (head(), Paper.objects.count()) == before
    assert list(disagreements(files=True)) == [] and check(links(), head=head()) == []


def test_after_all_that_it_is_issued_once(waiting):
    world, dossier = waiting
    steps.take_step(user=world.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    assert Certificate.objects.get().dossier_id == dossier.pk
    assert len(read_register(T).entries) == 1
    assert check(links(), head=head()) == [] and list(disagreements(files=True)) == []
