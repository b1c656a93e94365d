"""``sinhthai audit check``: the chain as stored, and everything that may happen to it."""

import datetime as dt

import pytest
import typer
from django.db import IntegrityError, transaction
from tests.certification.core.world import T, open_issue, submitted
from typer.testing import CliRunner

from sinhthai.certification.actions.chain import body_of, head, record
from sinhthai.certification.commands.audit import register
from sinhthai.certification.engine.chain import link
from sinhthai.certification.models import ChainHead, Event

pytestmark = pytest.mark.postgres
app = typer.Typer()
register(app)


@app.callback()
def sinhthai():
    """Stand for the whole command."""


def audit(*arguments):
    result = CliRunner().invoke(app, ["audit", "check", *arguments, "--lang", "en"])
    return result.exit_code, result.stdout, result.stderr


def test_a_whole_chain_prints_its_head(world):
    submitted(world)
    seq, digest = head()
    code, said, wrong = audit()
    assert code == 0 and wrong == ""
    assert f"{seq} links" in said and digest in said
    assert audit("--expect", digest.upper())[0] == 0
    first = Event.objects.order_by("seq").first().hash
    assert audit("--expect", first)[0] == 0  # an older head is part of the chain


def test_an_empty_store_has_an_empty_chain(db):
    code, said, _wrong = audit()
    assert code == 0 and "0 links" in said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "khác"), ("actor_name", "Ai đó"), ("kind", "step.accept"), ("after", "certified"),
        ("detail", {"version": 9}), ("at", T), ("actor", None), ("organisation", None),
        ("before", "x"),
    ],
)  # fmt: skip
def test_any_changed_row_is_named(world, field, value):
    submitted(world)
    row = Event.objects.get(kind="step.submit")
    Event.objects.filter(pk=row.pk).update(**{field: value})
    code, said, wrong = audit()
    assert code == 1 and f"link {row.seq} was changed" in wrong and "Head:" in said


def test_a_cut_tail_and_a_missing_row_are_found(world):
    submitted(world)
    seq, _digest = head()
    Event.objects.filter(seq=seq).delete()
    code, _said, wrong = audit()
    assert code == 1 and f"The chain ends at link {seq - 1}" in wrong
    Event.objects.get(seq=2).delete()
    code, _said, wrong = audit()
    assert code == 1 and "Links 2 to 2 are missing" in wrong


def test_a_row_forged_with_a_right_hash_breaks_the_next(world):
    submitted(world)
    row = Event.objects.get(seq=2)
    row.reason = "khác"
    Event.objects.filter(pk=row.pk).update(reason="khác", hash=link(row.previous, body_of(row)))
    code, _said, wrong = audit()
    assert code == 1 and "Link 3 does not hold the hash" in wrong


def test_a_store_put_back_from_a_copy_is_whole_but_not_what_was_written_down(world):
    open_issue(world)
    copied = head()
    record(kind="dossier.note", at=T, actor=None)
    later = head()[1]
    Event.objects.filter(seq__gt=copied[0]).delete()
    ChainHead.objects.update(seq=copied[0], hash=copied[1])
    assert audit()[0] == 0
    code, _said, wrong = audit("--expect", later)
    assert code == 1 and "is an older one" in wrong


@pytest.mark.parametrize("expect", ["abc", "x" * 64, "0x" + "0" * 62])
def test_a_hash_that_is_none_is_bad_input(db, expect):
    code, _said, wrong = audit("--expect", expect)
    assert code == 2 and "64 hexadecimal digits" in wrong


def test_two_links_never_share_a_number(world):
    event = record(kind="dossier.note", at=T, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(
            seq=event.seq, kind="x", actor_name="x", at=T, previous="0" * 64, hash="1" * 64
        )


def test_what_is_recorded_comes_back_the_same_from_the_store(db):
    detail = {"share": 0.25, "big": 1e22, "none": None, "names": ("ă", "ê"), "set": {"b", "a"}}
    event = record(kind="dossier.note", at=T, actor=None, detail=detail, reason="Lý do “ê”.")
    again = Event.objects.get(pk=event.pk)
    assert link(again.previous, body_of(again)) == again.hash
    assert again.detail["share"] == "0.25" and again.detail["set"] == ["a", "b"]


def test_a_time_without_a_zone_is_not_recorded(db):
    with pytest.raises(ValueError, match="zone"):
        record(kind="dossier.note", at=dt.datetime(2026, 5, 4), actor=None)  # noqa: DTZ001
    assert head()[0] == 0
