"""What happened, changed afterwards in the store itself; an older store put back."""

import pytest
import typer
from django.db import connection
from typer.testing import CliRunner

from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.commands.audit import register
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import (
    ChainHead,
    Event,
)

pytestmark = pytest.mark.django_db
app = typer.Typer()
register(app)


@app.callback()
def sinhthai():
    """Stand for the whole command."""


def audit(*arguments):
    result = CliRunner().invoke(app, ["audit", "check", *arguments, "--lang", "en"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


def test_the_untouched_store_agrees(things):
    assert audit("--files") == (0, "")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE certification_dossier SET state='certified' WHERE state='draft'", "“certified”"),
        ("UPDATE certification_certificate SET state='revoked'", "“revoked”"),
        ("UPDATE certification_certificate SET credential='{}'", "not what was issued"),
        ("UPDATE certification_certificate SET credential='{\"a\": 1e999}'", "not what was issued"),
        ("UPDATE certification_certificate SET digest='0'", "not what was issued"),
        ("UPDATE certification_paper SET file='papers/gone' WHERE id=(SELECT min(id) FROM certification_paper)", "papers/gone is gone"),
        ("UPDATE certification_paper SET sha256='0' WHERE id=(SELECT min(id) FROM certification_paper)", "not what was filed"),
        ("UPDATE certification_event SET detail='1e999' WHERE seq=3", "link 3 was changed"),
        ("UPDATE certification_event SET at='never' WHERE seq=3", "can no longer be read"),
        ("UPDATE certification_event SET hash='0' WHERE seq=3", "Link 4 does not hold"),
        ("UPDATE certification_event SET previous='0' WHERE seq=3", "link 3 was changed"),
        ("UPDATE certification_event SET seq=10000 WHERE seq=3", "Links 3 to 3 are missing"),
        ("UPDATE certification_chainhead SET seq=seq-1", "The chain ends at"),
        ("UPDATE certification_chainhead SET hash='0'", "The chain ends at"),
        ("DELETE FROM certification_chainhead", "The chain ends at"),
    ],
)  # fmt: skip
def test_a_row_changed_in_the_store_itself_is_told(things, sql, told):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    code, said = audit("--files")
    assert code == 1 and told in said
    with connection.cursor() as cursor:  # what a test leaves must keep the rules of the store
        cursor.execute("UPDATE certification_event SET at='2026-01-01' WHERE at='never'")


def test_two_rows_that_changed_places_are_told(things):
    three, four = Event.objects.get(seq=3), Event.objects.get(seq=4)
    for seq, row in ((10**6, three), (3, four), (4, three)):
        Event.objects.filter(pk=row.pk).update(seq=seq)
    assert audit()[0] == 1


def test_an_older_store_put_back_is_told_by_a_hash_written_down(things):
    _seq, written_down = head()
    last = Event.objects.order_by("-seq").first()
    before = Event.objects.order_by("-seq")[1]
    assert audit("--expect", written_down)[0] == 0
    last.delete()
    ChainHead.objects.update(seq=before.seq, hash=before.hash)
    assert check(links(), head=head()) == []
    code, said = audit("--expect", written_down)
    assert code == 1 and "an older one" in said
