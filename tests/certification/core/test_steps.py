"""Bad luck around a step: out of order, twice, two at once, killed in the middle, not one's own."""

import threading

import pytest
from django.db import connection, connections
from django.http import Http404
from tests.certification.core.world import (
    DAY,
    HOUR,
    ON,
    YEAR,
    T,
    accepted,
    certify_park,
    cheapen_keys,
    evaluating,
    judge_all,
    make_world,
    open_issue,
    prepare,
    proposed,
    reported,
    submitted,
)

from sinhthai.certification.actions import certificates
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.actions.dossiers import open_dossier, write_contents
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Certificate, Dossier, Duty, Event, Paper
from sinhthai.foundation.problems import InputError


def refused(call, **given):
    with pytest.raises(InputError) as error:
        call(**given)
    return [one.code for one in error.value.problems]


def test_a_step_out_of_order_is_refused_with_the_clause(world):
    dossier = submitted(world)
    before = Event.objects.count()
    with pytest.raises(InputError) as error:
        take_step(user=world.head, dossier=dossier, step="report", at=T + DAY)
    problem = error.value.problems[0]
    assert problem.code == "step-out-of-order"
    assert "41.5" in problem.message.vi and "Đã nộp" in problem.message.vi
    assert Event.objects.count() == before
    assert Dossier.objects.get(pk=dossier.pk).state == "submitted"


@pytest.mark.parametrize("park", ["none", "suspended", "expired"])
def test_an_enterprise_outside_a_certified_park_is_refused_with_the_clause(world, park):
    if park != "none":
        held = certify_park(world, state="suspended" if park == "suspended" else "valid")
        if park == "expired":  # its last day was yesterday, and nobody marked it yet
            Certificate.objects.filter(pk=held.pk).update(valid_until=T.date())
    dossier = prepare(world, open_issue(world, firm=True))  # a draft may always be opened
    with pytest.raises(InputError) as error:
        take_step(user=world.owner, dossier=dossier, step="submit", at=T + DAY)
    [problem] = error.value.problems
    assert problem.code == "guard-park-certified"
    assert "giấy chứng nhận khu công nghiệp sinh thái" in problem.message.vi
    assert "2.8, 42.1" in problem.message.vi
    if park == "none":
        certify_park(world)
    Certificate.objects.update(state="valid", valid_until=T.date() + 30 * DAY)
    sent = take_step(user=world.owner, dossier=dossier, step="submit", at=T + DAY)
    assert sent.state == "submitted"


def test_nothing_is_issued_to_an_enterprise_whose_park_lost_its_certificate(issuing):
    dossier = reported(issuing, firm=True)
    issuing.park.certificates.update(state="revoked")
    codes = refused(take_step, user=issuing.deputy, dossier=dossier, step="issue", at=T + 6 * DAY)
    assert codes == ["guard-park-certified"]
    assert not Certificate.objects.filter(dossier=dossier).exists()


def test_a_double_click_changes_it_once(world):
    dossier = submitted(world)
    version = dossier.version
    take_step(user=world.judge, dossier=dossier, step="accept", at=T + DAY, version=version)
    codes = refused(
        take_step, user=world.judge, dossier=dossier, step="accept", at=T + DAY, version=version
    )
    assert codes == ["changed-meanwhile"]
    assert Event.objects.filter(dossier=dossier, kind="step.accept").count() == 1


def test_the_second_of_two_people_is_told_what_the_first_did(world):
    dossier = proposed(world)
    seen = dossier.version
    take_step(
        user=world.chair, dossier=dossier, step="return_to_board", at=T + 6 * DAY,
        reason="Thiếu số liệu.", version=seen,
    )  # fmt: skip
    with pytest.raises(InputError, match="Người chair"):
        take_step(user=world.vice, dossier=dossier, step="issue", at=T + 6 * DAY, version=seen)
    assert Dossier.objects.get(pk=dossier.pk).state == "evaluating"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_deciding_at_the_same_moment_issue_one_certificate(monkeypatch):
    cheapen_keys(monkeypatch)
    world = make_world(keys=True)
    dossier = proposed(world)
    together, outcomes = threading.Barrier(2), []

    def decide(name):
        try:
            together.wait(10)
            take_step(
                user=world.people[name], dossier=Dossier.objects.get(pk=dossier.pk),
                step="issue", at=T + 6 * DAY, version=dossier.version,
            )  # fmt: skip
            outcomes.append("issued")
        except InputError as error:
            outcomes.extend(one.code for one in error.problems)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("chair", "vice")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["changed-meanwhile", "issued"]
    assert Certificate.objects.count() == 1
    assert Event.objects.filter(kind="step.issue").count() == 1
    assert check(links(), head=head()) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_between_decision_and_certificate_there_is_neither(issuing, monkeypatch, moment):
    dossier = proposed(issuing)
    real, before = certificates.issue_certificate, head()
    events, duties = Event.objects.count(), set(Duty.objects.filter(closed_at=None))

    def dies(*args):
        if moment == "after":
            real(*args)
        raise SystemExit("killed")

    monkeypatch.setattr(certificates, "issue_certificate", dies)
    with pytest.raises(SystemExit):
        take_step(user=issuing.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    left = Dossier.objects.get(pk=dossier.pk)
    assert (left.state, left.version) == ("proposed", dossier.version)
    assert not Certificate.objects.exists() and Event.objects.count() == events
    assert head() == before and set(Duty.objects.filter(closed_at=None)) == duties
    monkeypatch.setattr(certificates, "issue_certificate", real)
    take_step(user=issuing.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    assert Certificate.objects.filter(dossier=dossier).count() == 1


def test_a_file_written_before_the_kill_is_an_orphan_nobody_points_to(world, monkeypatch):
    dossier = judge_all(world, evaluating(world))
    files = Paper.objects.count()
    monkeypatch.setattr("sinhthai.certification.actions.steps.refresh_duties", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_step(user=world.head, dossier=dossier, step="report", at=T + 4 * DAY)
    assert Paper.objects.count() == files
    assert Dossier.objects.get(pk=dossier.pk).state == "evaluating"


def test_an_application_for_another_s_park_finds_no_park(world):
    for name in ("rival", "judge", "overseer", "stranger", "clerk", "reader"):
        with pytest.raises(Http404):
            open_dossier(
                user=world.people[name], kind="issue", park=world.park, on=ON, year=YEAR, at=T
            )
    with pytest.raises(Http404):
        open_issue_of_firm_by(world, "writer")
    assert not Dossier.objects.exists()


def open_issue_of_firm_by(world, name):
    return open_dossier(
        user=world.people[name], kind="issue", park=world.park, enterprise=world.firm, on=ON,
        year=YEAR, at=T,
    )  # fmt: skip


def test_one_case_of_a_kind_is_open_at_a_time(world):
    open_issue(world)
    assert refused(open_issue, world=world) == ["case-open"]
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "by", "code"),
    [
        ("submit", "writer", "needs-approver"),
        ("submit", "judge", "not-your-step"),
        ("submit", "rival", "not-your-step"),
        ("submit", "overseer", "not-your-step"),
        ("issue", "signer", "not-your-step"),
        ("accept", "signer", "not-your-step"),
    ],
)
def test_only_the_right_party_takes_a_step(world, step, by, code):
    dossier = prepare(world, open_issue(world))
    assert refused(take_step, user=world.people[by], dossier=dossier, step=step, at=T + DAY) == [
        code
    ]


def test_nobody_approves_what_they_entered(world):
    dossier = prepare(world, open_issue(world))
    write_contents(
        user=world.signer,
        dossier=dossier,
        contents={"contact": "Bà Hoa"},
        at=T + 2 * HOUR,
    )
    assert refused(take_step, user=world.signer, dossier=dossier, step="submit", at=T + DAY) == [
        "own-work"
    ]


def test_the_ends_of_lines_of_a_browser_are_ends_of_lines(world):
    dossier = open_issue(world)
    write = {"user": world.writer, "dossier": dossier, "at": T}
    assert write_contents(contents={"contact": "a\r\nb"}, **write).contents["contact"] == "a\nb"


def test_signing_and_uploading_the_signed_scan_is_no_preparing(world):
    assert submitted(world).state == "submitted"  # ``signer`` uploaded the scan and sent


def test_who_judged_may_not_sign_the_report(world):
    from sinhthai.accounts.models import Membership

    Membership.objects.filter(user=world.judge).update(role="approver")
    dossier = judge_all(world, evaluating(world))
    again = type(world.judge).objects.get(pk=world.judge.pk)
    assert refused(take_step, user=again, dossier=dossier, step="report", at=T + 4 * DAY) == [
        "own-work"
    ]


def test_who_reported_may_not_issue_even_with_a_seat_in_both_bodies(world):
    from tests.certification.core.world import Membership

    Membership.objects.create(
        user=world.head, organisation=world.bodies["committee"], role="approver"
    )
    dossier = proposed(world)
    both = type(world.head).objects.get(pk=world.head.pk)
    assert refused(take_step, user=both, dossier=dossier, step="issue", at=T + 6 * DAY) == [
        "own-work"
    ]


def test_accepting_is_t0_and_only_once(world):
    dossier = accepted(world)
    assert dossier.accepted_at == T + 4 * HOUR
    assert refused(take_step, user=world.judge, dossier=dossier, step="accept", at=T + DAY) == [
        "step-out-of-order"
    ]
    assert Dossier.objects.get(pk=dossier.pk).accepted_at == T + 4 * HOUR


def test_the_duty_of_a_state_is_opened_and_closed_with_the_step(world):
    dossier = accepted(world)
    due = {duty.clock: duty for duty in Duty.objects.filter(dossier=dossier, closed_at=None)}
    assert set(due) == {"send_opinions", "evaluate"}
    assert due["send_opinions"].due_on.isoformat() == "2026-05-07"
    assert due["send_opinions"].url.endswith("/consult/")
    assert due["evaluate"].due_on.isoformat() == "2026-06-15"
    assert {duty.holder for duty in due.values()} == {"management_board"}
    dossier = take_step(
        user=world.signer, dossier=dossier, step="withdraw", at=T + DAY, reason="Chưa sẵn sàng."
    )
    assert not Duty.objects.filter(dossier=dossier, closed_at=None).exists()
    assert Duty.objects.filter(dossier=dossier, closed_at=T + DAY).count() == 2


def test_the_board_reopens_what_it_reported_with_a_reason(world):
    dossier = reported(world)
    assert refused(
        take_step, user=world.deputy, dossier=dossier, step="reopen", at=T + 5 * DAY
    ) == ["reason-missing"]
    dossier = take_step(
        user=world.deputy, dossier=dossier, step="reopen", at=T + 5 * DAY, reason="Có số liệu mới."
    )
    assert dossier.state == "evaluating"
    dossier = take_step(user=world.head, dossier=dossier, step="report", at=T + 6 * DAY)
    reports = Paper.objects.filter(dossier=dossier, slot="evaluation_report")
    assert [one.is_current for one in reports] == [False, True]


def test_the_version_holds_where_a_store_locks_no_row(world, monkeypatch):
    """The row as somebody read it before another changed it is not written over."""
    dossier = submitted(world)
    old = Dossier.objects.select_related("park__province_now", "enterprise", "about").get(
        pk=dossier.pk
    )
    take_step(user=world.judge, dossier=dossier, step="accept", at=T + DAY)
    monkeypatch.setattr("sinhthai.certification.actions.steps.lock", lambda _: old)
    assert refused(take_step, user=world.head, dossier=dossier, step="accept", at=T + DAY) == [
        "changed-meanwhile"
    ]
    assert connection.in_atomic_block  # of the test alone
    assert Event.objects.filter(kind="step.accept").count() == 1
