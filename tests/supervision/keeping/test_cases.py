"""Revocation by ground, review when the park's certificate ends, suspension."""

import datetime as dt

import pytest
from tests.certification.core.world import DAY, certified, cheapen_keys, make_world
from tests.supervision.keeping.holdings import PDF, codes, hold, later, lose_land

from sinhthai.certification.actions.certificates import set_certificate_state
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Certificate, Dossier, Duty, Event
from sinhthai.certification.readers.papers_shown import is_shown, sight_of
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.problems import InputError
from sinhthai.supervision.actions import inspections
from sinhthai.supervision.actions.alerts import check_park
from sinhthai.supervision.actions.cases import add_ground, open_reviews, open_revocation, rests_on
from sinhthai.supervision.actions.keeping import keep_true
from sinhthai.supervision.actions.suspension import end_suspension, suspend
from sinhthai.supervision.models import Ground

pytestmark = pytest.mark.django_db
AT = later(days=10)
LETTER = [("don.pdf", PDF)]


def alert_of(world, held):
    lose_land(world, at=later(days=2))
    check_park(world.park, at=later(days=2))
    return held.alerts.get(closed_at=None)


def visit_of(world, *, firm=False, found=True):
    visit = inspections.plan_inspection(
        user=world.judge, park=world.park, enterprise=world.firm if firm else None, purpose="x",
        planned_on=dt.date(2026, 5, 8), at=later(days=1),
    )  # fmt: skip
    inspections.hold_inspection(
        user=world.judge, inspection=visit, held_on=dt.date(2026, 5, 8), at=AT
    )
    if found:
        inspections.observe(
            user=world.judge, inspection=visit, severity="major", clause="LEP 72", text="x", at=AT
        )
    return visit


def ask(world, held, letter="b", *, user=None, **more):
    return open_revocation(
        user=user or world.judge, certificate=held, letter=letter, facts="Thiếu cây xanh", at=AT,
        **more,
    )  # fmt: skip


def test_criteria_no_longer_met_rest_on_an_alert(world, held):
    alert = alert_of(world, held)
    dossier = ask(world, held, alert=alert)
    assert (dossier.kind, dossier.state, dossier.about) == ("revoke", "opened", held)
    ground = Ground.objects.get()
    assert (ground.letter, ground.alert) == ("b", alert)
    assert "37.3.a" in rests_on(ground).en
    assert dossier.contents["ground"] == "b" and dossier.contents["evidence"]
    assert Certificate.objects.get().state == "valid"  # a case revokes nothing
    assert check(links(), head=head()) == []


@pytest.mark.parametrize(
    ("letter", "code"),
    [("a", "evidence-missing"), ("b", "evidence-missing"), ("c", "request-missing")],
)
def test_no_ground_without_what_it_rests_on(world, held, letter, code):
    with pytest.raises(InputError) as refused:
        ask(world, held, letter)
    assert codes(refused) == [code]
    assert not Dossier.objects.filter(kind="revoke").exists() and not Ground.objects.exists()


def test_a_breach_of_law_rests_on_an_inspection_that_found_it(world, held):
    with pytest.raises(InputError) as refused:
        ask(world, held, "a", alert=alert_of(world, held))
    assert codes(refused) == ["no-observation"]
    with pytest.raises(InputError) as refused:
        ask(world, held, "a", inspection=visit_of(world, found=False))
    assert codes(refused) == ["no-observation"]
    assert ask(world, held, "a", inspection=visit_of(world)).contents["ground"] == "a"


def test_evidence_about_another_certificate_is_refused(world, held, firm_held):
    visit = visit_of(world, firm=True)
    with pytest.raises(InputError) as refused:
        ask(world, held, "a", inspection=visit)
    assert codes(refused) == ["other-certificate"]


def test_the_holder_asks_by_its_own_letter_and_by_nothing_else(world, held):
    with pytest.raises(InputError) as refused:
        ask(world, held, "b", user=world.writer, request=LETTER)
    assert codes(refused) == ["own-request-only"]
    with pytest.raises(InputError) as refused:
        ask(world, held, "c", user=world.writer, request=[("don.pdf", b"MZ")])
    assert codes(refused) == ["file-type"]
    dossier = ask(world, held, "c", user=world.writer, request=LETTER)
    letter = dossier.papers.get()
    assert letter.slot == "request" and dossier.created_by == world.writer
    for reader in (world.writer, world.judge):  # who sent the letter reads it, and the Board
        assert is_shown(letter, dossier, sight_of(reader, dossier))
    titles = {paper.id: paper.title.vi for paper in procedure_of(dossier).papers}
    assert titles["request"] == "Văn bản đề nghị thu hồi của bên được cấp"


@pytest.mark.parametrize("who", ["rival", "stranger", "reader", "overseer", "clerk"])
def test_nobody_else_opens_a_case(world, held, who):
    with pytest.raises(InputError) as refused:
        ask(world, held, "c", user=world.people[who], request=LETTER)
    assert codes(refused) == ["no-right"] and not Dossier.objects.filter(kind="revoke").exists()


def test_one_case_at_a_time_and_none_about_what_ended(world, held):
    alert = alert_of(world, held)
    ask(world, held, alert=alert)
    with pytest.raises(InputError) as refused:
        ask(world, held, alert=alert)
    assert codes(refused) == ["case-open"] and Ground.objects.count() == 1
    held.state = "revoked"
    with pytest.raises(InputError) as refused:
        ask(world, held, alert=alert)
    assert codes(refused) == ["not-valid"]


def test_a_ground_is_added_until_the_case_is_proposed(world, held):
    dossier = ask(world, held, alert=alert_of(world, held))
    visit = visit_of(world)
    add_ground(
        user=world.judge, dossier=dossier, letter="a", facts="Xả thải", inspection=visit, at=AT
    )
    dossier.refresh_from_db()
    assert dossier.contents["ground"] == "b"
    assert "a) Xả thải" in dossier.contents["ground_reason"]
    take_step(user=world.head, dossier=dossier, step="propose", at=AT)
    with pytest.raises(InputError) as refused:
        add_ground(
            user=world.judge, dossier=dossier, letter="a", facts="x", inspection=visit, at=AT
        )
    assert codes(refused) == ["case-closed"] and Ground.objects.count() == 2


@pytest.fixture
def issued(db, monkeypatch):
    """Really issued certificates, of the park and of its enterprise."""
    cheapen_keys(monkeypatch)
    world = make_world(keys=True)
    certified(world)
    certified(world, firm=True)
    return world


@pytest.mark.django_db(transaction=True)
def test_a_revoked_park_is_amber_no_more_and_its_eco_enterprises_are_reviewed(issued):
    park = Certificate.objects.get(enterprise=None)
    firm = Certificate.objects.exclude(enterprise=None).get()
    when = later(days=20)
    lose_land(issued, at=when)
    alert = park.alerts.get(closed_at=None)
    dossier = open_revocation(
        user=issued.judge, certificate=park, letter="b", facts="Thiếu cây xanh", alert=alert,
        at=when,
    )  # fmt: skip
    with pytest.raises(InputError):  # who opened it does not propose it; an editor decides nothing
        take_step(user=issued.judge, dossier=dossier, step="propose", at=when)
    take_step(user=issued.head, dossier=dossier, step="propose", at=when)
    take_step(user=issued.chair, dossier=dossier, step="notify_holder", at=when)
    take_step(user=issued.chair, dossier=dossier, step="revoke", at=when + DAY, reason="Điều 44")
    park.refresh_from_db()
    firm.refresh_from_db()
    assert park.state == "revoked" and park.broken_since is None
    assert not park.alerts.filter(closed_at=None).exists()
    assert firm.state == "valid"  # never revoked by that alone
    review = Dossier.objects.get(kind="review")
    assert review.about == firm and review.is_open and park.number in review.contents["reason"]
    assert Duty.objects.filter(dossier=review, closed_at=None, holder="management_board").exists()
    assert open_reviews(issued.park, at=when + DAY) == []
    assert keep_true(at=when + 2 * DAY).reviews == 0
    assert check(links(), head=head()) == []


def test_an_expired_park_opens_reviews_and_a_kept_one_is_not_asked_again(world, held, firm_held):
    when = later(days=6 * 365)
    firm_held.valid_until = dt.date(2040, 1, 1)
    firm_held.save()
    set_certificate_state(held, "expired", by=None, at=when, reason="Hết hạn")
    [review] = open_reviews(world.park, at=when)
    assert open_reviews(world.park, at=when) == []
    take_step(user=world.head, dossier=review, step="keep", at=when + DAY, reason="Đang cấp lại")
    assert open_reviews(world.park, at=when + 2 * DAY) == []


def test_the_days_work_opens_reviews_a_killed_process_left(world, held, firm_held):
    set_certificate_state(held, "expired", by=None, at=later(days=6 * 365), reason="Hết hạn")
    assert keep_true(at=later(days=6 * 365 + 1)).reviews == 1


def test_no_review_while_the_park_still_holds_a_certificate(world, held, firm_held):
    assert open_reviews(world.park, at=AT) == []
    held.state = "suspended"
    held.save()
    assert open_reviews(world.park, at=AT) == []


def test_the_issuer_suspends_on_evidence_and_ends_it(world, held):
    alert = alert_of(world, held)
    found = suspend(
        user=world.chair, certificate=held, clause="LEP 72", reason="Chờ khắc phục", alert=alert,
        at=AT,
    )  # fmt: skip
    assert found.state == "suspended" and "37.3.a" in found.state_reason
    with pytest.raises(InputError) as refused:
        suspend(user=world.vice, certificate=held, clause="LEP 72", reason="x", alert=alert, at=AT)
    assert codes(refused) == ["not-valid"]
    assert (
        end_suspension(user=world.vice, certificate=held, reason="Đã khắc phục", at=AT + DAY).state
        == "valid"
    )
    kinds = Event.objects.filter(certificate=held).values_list("kind", flat=True)
    assert {"certificate.suspended", "certificate.valid"} <= set(kinds)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"clause": ""}, "clause-missing"),
        ({"reason": " "}, "reason-missing"),
        ({"alert": None}, "evidence-missing"),
    ],
)
def test_a_suspension_names_clause_reason_and_evidence(world, held, given, code):
    asked = {"clause": "LEP 72", "reason": "x", "alert": alert_of(world, held)} | given
    with pytest.raises(InputError) as refused:
        suspend(user=world.chair, certificate=held, at=AT, **asked)
    held.refresh_from_db()
    assert codes(refused) == [code] and held.state == "valid"


def test_neither_the_board_nor_the_holder_suspends_a_park(world, held):
    alert = alert_of(world, held)
    for user in (world.head, world.signer, world.overseer, world.stranger):
        with pytest.raises(InputError) as refused:
            suspend(user=user, certificate=held, clause="x", reason="x", alert=alert, at=AT)
        assert codes(refused) == ["no-right"]


def test_who_wrote_the_observation_does_not_decide_on_it(world):
    firm = hold(world, firm=True)
    visit = inspections.plan_inspection(
        user=world.head, park=world.park, enterprise=world.firm, purpose="x",
        planned_on=dt.date(2026, 5, 8), at=later(),
    )  # fmt: skip
    inspections.hold_inspection(
        user=world.head, inspection=visit, held_on=dt.date(2026, 5, 8), at=AT
    )
    inspections.observe(
        user=world.head, inspection=visit, severity="major", clause="x", text="x", at=AT
    )
    with pytest.raises(InputError) as refused:
        suspend(user=world.head, certificate=firm, clause="x", reason="x", inspection=visit, at=AT)
    assert codes(refused) == ["observed-it"]
    suspended = suspend(
        user=world.deputy, certificate=firm, clause="x", reason="x", inspection=visit, at=AT
    )
    assert suspended.state == "suspended"


def test_an_end_without_a_suspension_is_refused(world, held):
    with pytest.raises(InputError) as refused:
        end_suspension(user=world.chair, certificate=held, reason="x", at=AT)
    assert codes(refused) == ["not-suspended"]
