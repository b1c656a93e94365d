"""Two hats, another's objects, words that are commands elsewhere, and what nobody else may read."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar
from tests.certification.attacks.stage import EVIL
from tests.certification.core.world import DAY, T

from sinhthai.accounts.models import Membership
from sinhthai.certification.actions import steps
from sinhthai.certification.models import Duty
from sinhthai.foundation.problems import InputError
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.actions import corrective, filings, suspension
from sinhthai.supervision.models import Feed
from sinhthai.supervision.readers.feed import to_calendar
from sinhthai.supervision.readers.filings import fill_filing

pytestmark = pytest.mark.django_db
AT = T + 9 * DAY


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def join(world, who, body, role="approver"):
    Membership.objects.create(user=world.people[who], organisation=world.bodies[body], role=role)
    return type(world.people[who]).objects.get(username=who)  # read afresh, as at the next request


def test_who_typed_beside_another_does_not_take_the_answer_over(things, world):
    """Typed by A, edited by B, prepared by B: A may not approve, nor may B."""
    a, b, filing = world.signer, world.writer, things.filing
    form = load_forms().forms["A.4"]
    names = [one.field.id for one in fill_filing(filing).missing]
    typed = next(one.id for one in form.fields if one.is_typed and one.kind == "text")
    filings.write_words(user=a, filing=filing, words={typed: "Của A"}, at=AT)
    filings.write_words(
        user=b, filing=filing, at=AT,
        words={f"{typed}?": "B viết thêm"} | {f"{name}?": "chưa đo" for name in names if name != typed},
    )  # fmt: skip
    prepared = filings.prepare_filing(user=b, filing=filing, at=AT)
    for who in (a, b):
        with pytest.raises(InputError) as refused:
            filings.send_filing(
                user=join(world, who.username, "other") if who == b else who, filing=prepared,
                digest_seen=prepared.digest, at=AT,
            )  # fmt: skip
        assert codes(refused) in (["filing-own"], ["no-right"])
    Membership.objects.filter(user=b).update(role="approver")
    with pytest.raises(InputError) as refused:
        filings.send_filing(
            user=type(b).objects.get(pk=b.pk), filing=prepared, digest_seen=prepared.digest, at=AT
        )
    assert codes(refused) == ["filing-own"]


def test_a_second_hat_does_not_approve_the_work_of_the_first(things, world):
    """Who opened the case for the Board proposes it not, revokes it not for the Committee."""
    both = join(world, "judge", "committee")
    Membership.objects.filter(user=both).update(role="approver")
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(InputError) as refused:
        steps.take_step(user=both, dossier=things.case, step="propose", at=AT)
    assert codes(refused) == ["own-work"]
    steps.take_step(user=world.head, dossier=things.case, step="propose", at=AT)
    steps.take_step(user=world.chair, dossier=things.case, step="notify_holder", at=AT, reason="x")
    with pytest.raises(InputError) as refused:
        steps.take_step(user=both, dossier=things.case, step="revoke", at=AT, reason="x")
    assert codes(refused) == ["own-work"]
    # Who put it right verifies it not, though of the Board as well.
    writer = join(world, "writer", "board")
    with pytest.raises(InputError) as refused:
        corrective.verify_action(
            user=writer, action=things.action, accepted=True, verdict="tốt", at=AT
        )
    assert codes(refused) == ["answered-it"]
    # Who observed it suspends it not.
    with pytest.raises(InputError) as refused:
        suspension.suspend(
            user=both, certificate=things.certificate, clause="x", reason="x", at=AT,
            inspection=things.visit,
        )  # fmt: skip
    assert codes(refused) == ["observed-it"]


def test_words_stay_words_in_a_calendar(things, world):
    duty = Duty.objects.filter(closed_at=None).exclude(park=None).first()
    duty.title_vi = "Việc\r\nATTENDEE:mailto:e@vil\r\nEND:VEVENT" + EVIL
    duty.due_on = dt.date(2026, 6, 1)
    content = to_calendar(
        [duty], language="vi", address="https://sinhthai.example", today=AT.date()
    )
    for line in content.decode().split("\r\n"):
        assert not line.startswith("ATTENDEE") and "\n" not in line and "\r" not in line
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert "ATTENDEE" not in event and "ATTENDEE:mailto" in event["summary"]


def test_the_secret_of_a_calendar_is_not_in_the_store(things, as_, world):
    kept = Feed.objects.get(user=world.head)
    assert things.feed not in str(vars(kept)) and len(things.feed) >= 32
    url = f"/desk/calendar/{things.feed}.ics"
    assert as_("").get(url).status_code == 200
    world.head.is_active = False
    world.head.save()
    assert as_("").get(url).status_code == 404
    Membership.objects.filter(user=world.head).delete()
    world.head.is_active = True
    world.head.save()
    assert b"VEVENT" not in as_("").get(url).content


def test_no_cell_of_a_file_is_a_formula(things, as_, world):
    type(world.park).objects.filter(pk=world.park.pk).update(name_vi="=cmd|' /C calc'!A0")
    client = as_("head")
    for name in ("dossiers", "inspections", "desk", "supervision"):
        lines = client.get(f"/{name}.csv").content.decode("utf-8-sig").splitlines()
        cells = [cell.strip('"') for line in lines[1:] for cell in line.split(",")]
        assert any("calc" in cell for cell in cells), name
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "-c"))], name


def test_what_everybody_reads_names_nobody_and_tells_no_reason(things, as_, world):
    """Pages, files and register: no person, no address, no opinion, no finding of an inspection."""
    world.head.email = "head@vil.example"
    world.head.save()
    public = things.certificate.public_id
    urls = [
        "/certificates/", "/certificates/export.csv", f"/certificates/{public}/",
        f"/certificates/{public}.json", "/certificates/status.json", "/certificates/issuers.json",
        "/certificates/status/revocation.json", f"/timeline/{things.issued.public_id}/",
        f"/timeline/{things.case.public_id}/", f"/parks/{world.park.code}/", "/api/parks/",
    ]  # fmt: skip
    names = [user.last_name for user in world.people.values()]
    for url in urls:
        answer = as_("").get(url)
        said = answer.content.decode()
        assert answer.status_code == 200 or url.startswith(("/parks", "/api", "/timeline")), url
        for secret in (*names, "vil.example", "HYPERLINK", "disagree", "BEGIN ENCRYPTED", "Tổ 1"):
            assert secret not in said, (url, secret)
    assert as_("").get(f"/timeline/{things.draft.public_id}/").status_code == 404
    assert not mail.outbox and timezone.now()
