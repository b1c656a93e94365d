"""Bodies asked, each in its own room; what the applicant may read of it, and when."""

import datetime as dt

import pytest
from django.http import Http404
from tests.certification.core.world import (
    DAY,
    HOUR,
    PDF,
    T,
    accepted,
    certified,
    consulting,
    evaluating,
    give_opinion,
    judge_all,
    make_body,
    prepare,
)

from sinhthai.certification.actions import opinions as actions
from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.actions.duties import refresh_duties
from sinhthai.certification.actions.papers import add_paper
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.models import Certificate, Dossier, Duty, Event, Opinion
from sinhthai.certification.policy import dossiers_visible, opinion_for, opinions_visible
from sinhthai.certification.readers.consultation import read_bodies
from sinhthai.foundation.problems import InputError
from sinhthai.rules.procedures_loading import load_procedures

PARTIES = load_procedures().procedure("vn-eip-issue-d35").parties


def refused(call, **given):
    with pytest.raises(InputError) as error:
        call(**given)
    return [one.code for one in error.value.problems]


def opinion_of(dossier, authority):
    return Opinion.objects.get(dossier=dossier, authority=authority)


def test_a_silent_qualified_body_does_not_keep_the_board_from_its_last_day(world):
    dossier = consulting(world)
    for opinion in dossier.opinions.filter(party="consulted"):
        give_opinion(world, opinion)
    dossier = take_step(user=world.judge, dossier=dossier, step="evaluate", at=T + 2 * DAY)
    judge_all(world, dossier)
    sign = {"user": world.head, "dossier": dossier, "step": "report"}
    due = T + 42 * DAY  # 41.5: 4 May + 40 is Saturday 13 June, moved to Monday
    assert refused(take_step, at=due - DAY, **sign) == ["guard-expert-answered"]
    assert take_step(at=due, **sign).state == "reported"


def test_a_body_reaches_only_what_was_sent_to_it(world):
    dossier = accepted(world)
    ministry = world.people["science_ministry"]
    assert not dossiers_visible(ministry).exists()
    actions.send_for_opinion(
        user=world.judge, dossier=dossier, organisations=[world.bodies["science_ministry"]],
        at=T + DAY,
    )  # fmt: skip
    assert list(dossiers_visible(ministry)) == [dossier]
    assert not dossiers_visible(world.people["construction_ministry"]).exists()
    asked = opinion_of(dossier, "science_ministry")
    assert opinion_for(ministry, asked.pk) == asked
    for name in ("construction_ministry", "signer", "head", "overseer"):
        with pytest.raises(Http404):
            opinion_for(world.people[name], asked.pk)


def test_the_evaluation_waits_until_every_body_was_asked(world):
    dossier = accepted(world)
    ask = {"user": world.judge, "dossier": dossier, "at": T + DAY}
    assert refused(take_step, step="evaluate", **ask) == ["guard-consulted-asked"]
    actions.send_for_opinion(organisations=[world.bodies["science_ministry"]], **ask)
    assert refused(take_step, step="evaluate", **ask) == ["guard-consulted-asked"]
    rest = [world.bodies[one] for one in (*PARTIES["consulted"], *PARTIES["expert"])]
    late = Duty.objects.filter(dossier=dossier, closed_at=None, clock="send_opinions")
    assert late.get().clause == "41.3"  # four ministries do not have it: the three days run on
    sent = actions.send_for_opinion(organisations=rest, **ask)
    assert not late.exists()
    assert len(sent) == 5  # five ministries and the qualified body, one asked before
    assert refused(actions.send_for_opinion, organisations=rest, **ask) == ["guard-bodies-to-ask"]
    assert take_step(step="evaluate", **ask).state == "evaluating"


def test_a_body_is_named_as_it_was_called_on_the_day_it_was_asked(world):
    dossier = consulting(world)
    asked = opinion_of(dossier, "environment_ministry")
    for hour, name in ((16, "Bộ Tài nguyên và Môi trường"), (17, "Bộ Nông nghiệp và Môi trường")):
        asked.sent_at = dt.datetime(2025, 2, 28, hour, tzinfo=dt.UTC)
        rows = {one.authority: one for one in read_bodies(dossier, [asked], today=T.date())}
        assert rows["environment_ministry"].name.vi == name  # 17:00 UTC is the first of March


def test_a_body_the_law_does_not_name_is_not_asked_and_nothing_moves(world):
    dossier = accepted(world)
    elsewhere = make_body("sci-92", "department", authority="science_dept", province="92")
    for wrong in (world.bodies["committee"], elsewhere):
        codes = refused(
            actions.send_for_opinion, user=world.judge, dossier=dossier, organisations=[wrong],
            at=T + DAY,
        )  # fmt: skip
        assert codes == ["wrong-organisation"]
    assert refused(
        actions.send_for_opinion, user=world.judge, dossier=dossier, organisations=[], at=T + DAY
    ) == ["nobody-asked"]
    assert Dossier.objects.get(pk=dossier.pk).state == "accepted"
    assert not Opinion.objects.exists() and not Event.objects.filter(kind="step.consult").exists()


def test_the_time_of_a_body_starts_on_its_own_receipt(world):
    dossier = consulting(world)
    asked = opinion_of(dossier, "science_ministry")
    assert asked.due_on is None
    asked = actions.receive(user=world.people["science_ministry"], opinion=asked, at=T + 3 * DAY)
    assert asked.due_on == dt.date(2026, 5, 22)
    duty = Duty.objects.get(dossier=dossier, kind="opinion", organisation=asked.organisation)
    assert (duty.due_on, duty.clause, duty.url) == (asked.due_on, "41.4", f"/opinions/{asked.pk}/")
    again = actions.receive(user=world.people["science_ministry"], opinion=asked, at=T + 5 * DAY)
    assert again.received_at == T + 3 * DAY  # a second click moves nothing
    answered = actions.answer(
        user=world.people["science_ministry"], opinion=asked, position="remarks",
        text="Cần bổ sung số liệu.", positions={"ENT-3": {"position": "disagree", "remark": "?"}},
        at=T + 4 * DAY,
    )  # fmt: skip
    assert answered.answered_by == world.people["science_ministry"]
    duty.refresh_from_db()
    assert duty.closed_at == T + 4 * DAY
    assert refused(
        actions.answer, user=world.people["science_ministry"], opinion=asked, position="agree",
        text="", positions={}, at=T + 5 * DAY,
    ) == ["already-answered"]  # fmt: skip


def test_under_the_other_reading_it_starts_on_the_board_s_receipt(world):
    dossier = consulting(world, options={"A5": "board-receipt"})
    assert {one.due_on for one in dossier.opinions.filter(party="consulted")} == {
        dt.date(2026, 5, 19)
    }


def test_a_year_without_days_off_gives_a_duty_that_says_why_it_has_no_day(world, monkeypatch):
    from sinhthai.certification.engine.clocks import Calendar
    from sinhthai.certification.readers import clocks

    monkeypatch.setattr(clocks, "calendar", lambda: Calendar({}))
    dossier = consulting(world)
    asked = actions.receive(
        user=world.people["science_ministry"],
        opinion=opinion_of(dossier, "science_ministry"),
        at=T + 3 * DAY,
    )
    duty = Duty.objects.get(dossier=dossier, kind="opinion", organisation=asked.organisation)
    assert asked.due_on is None and duty.due_on is None
    assert "2026" in duty.due_problem
    monkeypatch.undo()
    refresh_duties(dossier, T + 4 * DAY)
    duty.refresh_from_db()
    assert duty.due_on == dt.date(2026, 5, 22) and duty.due_problem == ""


def test_the_result_waits_for_every_opinion_or_the_end_of_its_time_and_for_the_expert(world):
    dossier = consulting(world)
    for one in dossier.opinions.all():
        who = world.people[one.authority]
        actions.receive(user=who, opinion=one, at=T + DAY)
    take_step(user=world.judge, dossier=dossier, step="evaluate", at=T + 2 * DAY)
    judge_all(world, dossier)
    report = {"user": world.head, "dossier": dossier, "step": "report"}
    assert refused(take_step, at=T + 4 * DAY, **report) == [
        "guard-opinions-in", "guard-expert-answered",
    ]  # fmt: skip
    # 15 days after 5 May is 20 May; the day itself still is theirs.
    assert refused(take_step, at=T + 16 * DAY, **report) == [
        "guard-opinions-in", "guard-expert-answered",
    ]  # fmt: skip
    assert refused(take_step, at=T + 17 * DAY, **report) == ["guard-expert-answered"]
    late = give_opinion(world, opinion_of(dossier, "science_ministry"), at=T + 18 * DAY)
    assert late.answered_at and late.answered_at.date() > late.due_on
    give_opinion(world, opinion_of(dossier, "recp_body"), at=T + 18 * DAY)
    assert take_step(at=T + 19 * DAY, **report).state == "reported"


def test_once_the_result_is_signed_no_opinion_is_taken_any_more(world):
    dossier = consulting(world)
    for one in dossier.opinions.exclude(authority="science_ministry"):
        give_opinion(world, one)
    late = opinion_of(dossier, "science_ministry")
    ministry = world.people["science_ministry"]
    actions.receive(user=ministry, opinion=late, at=T + DAY)
    take_step(user=world.judge, dossier=dossier, step="evaluate", at=T + 2 * DAY)
    judge_all(world, dossier)
    take_step(user=world.head, dossier=dossier, step="report", at=T + 20 * DAY)
    assert not Duty.objects.filter(organisation=late.organisation, closed_at=None).exists()
    assert refused(
        actions.answer, user=ministry, opinion=late, position="agree", text="", positions={},
        at=T + 21 * DAY,
    ) == ["not-now"]  # fmt: skip


def test_the_applicant_reads_no_opinion_before_the_decision(issuing):
    dossier = evaluating(issuing)
    for name in ("writer", "signer", "reader"):
        assert opinions_visible(issuing.people[name], dossier) == []
    assert len(opinions_visible(issuing.judge, dossier)) == 6
    assert len(opinions_visible(issuing.chair, dossier)) == 6
    assert len(opinions_visible(issuing.overseer, dossier)) == 6
    own = opinions_visible(issuing.people["science_ministry"], dossier)
    assert [one.authority for one in own] == ["science_ministry"]
    assert opinions_visible(issuing.stranger, dossier) == []


def test_after_the_decision_the_applicant_reads_what_was_answered(issuing):
    dossier = certified(issuing)
    assert len(opinions_visible(issuing.signer, dossier)) == 6
    assert opinions_visible(issuing.rival, dossier) == []


def test_a_draft_is_read_by_its_own_body_alone(world):
    dossier = consulting(world)
    asked = opinion_of(dossier, "science_ministry")
    ministry = world.people["science_ministry"]
    actions.receive(user=ministry, opinion=asked, at=T + DAY)
    actions.draft_opinion(
        user=ministry, opinion=asked, position="disagree", text="Bản nháp", positions={},
        at=T + DAY,
    )  # fmt: skip
    for name in ("judge", "chair", "overseer"):
        seen = opinions_visible(world.people[name], dossier)
        assert {(one.text, one.position) for one in seen} == {("", "")}
    assert opinions_visible(ministry, dossier)[0].text == "Bản nháp"


@pytest.mark.parametrize("name", ["judge", "head", "signer", "stranger", "construction_ministry"])
def test_nobody_answers_for_another_body(world, name):
    dossier = consulting(world)
    asked = opinion_of(dossier, "science_ministry")
    given = {"opinion": asked, "position": "agree", "text": "", "positions": {}, "at": T + DAY}
    with pytest.raises(Http404):
        actions.answer(user=world.people[name], **given)
    with pytest.raises(Http404):
        actions.draft_opinion(user=world.people[name], **given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"position": ""}, "unknown-position"),
        ({"position": "maybe"}, "unknown-position"),
        ({"position": "disagree", "text": "  "}, "text-missing"),
        ({"positions": {"NO-1": {"position": "agree"}}}, "unknown-leaf"),
        ({"positions": {"ENT-3": {"position": "maybe"}}}, "unknown-position"),
        ({"text": "x" * 20_001}, "text-too-long"),
    ],
)
def test_a_bad_answer_is_refused_and_nothing_is_written(world, given, code):
    dossier = consulting(world)
    ministry = world.people["science_ministry"]
    asked = opinion_of(dossier, "science_ministry")
    whole = {"position": "agree", "text": "Đồng ý.", "positions": {}, "at": T + DAY} | given
    assert refused(actions.answer, user=ministry, opinion=asked, **whole) == ["not-received"]
    actions.receive(user=ministry, opinion=asked, at=T + HOUR)
    assert refused(actions.answer, user=ministry, opinion=asked, **whole) == [code]
    assert Opinion.objects.get(pk=asked.pk).answered_at is None


def test_a_body_attaches_files_to_its_answer_until_it_is_given(world):
    dossier = consulting(world)
    ministry = world.people["science_ministry"]
    asked = opinion_of(dossier, "science_ministry")
    given = {"dossier": dossier, "slot": "opinion", "opinion": asked, "content": PDF}
    paper = add_paper(user=ministry, file_name="y-kien.pdf", at=T + DAY, **given)
    assert paper.opinion == asked
    with pytest.raises(Http404):
        add_paper(user=world.judge, file_name="y-kien.pdf", at=T + DAY, **given)
    give_opinion(world, asked)
    assert refused(add_paper, user=ministry, file_name="2.pdf", at=T + 2 * DAY, **given) == [
        "already-answered"
    ]


def renewal(world, *, firm, options=None):
    first = certified(world, firm=firm)
    Certificate.objects.filter(dossier=first).update(valid_until=T.date())
    dossier = open_dossier(
        user=world.clerk if firm else world.writer, kind="recertify", park=world.park,
        enterprise=world.firm if firm else None, on=T.date(), year=2025, at=T + 30 * DAY,
        options=options,
    )  # fmt: skip
    prepare(world, dossier, at=T + 31 * DAY)
    signer = world.owner if firm else world.signer
    take_step(user=signer, dossier=dossier, step="submit", at=T + 32 * DAY)
    return take_step(user=world.judge, dossier=dossier, step="accept", at=T + 33 * DAY)


def test_a_renewal_asks_no_ministry_but_the_qualified_body(issuing):
    dossier = renewal(issuing, firm=False)
    ask = {"user": issuing.judge, "dossier": dossier, "at": T + 34 * DAY}
    assert refused(
        actions.send_for_opinion, organisations=[issuing.bodies["science_ministry"]], **ask
    ) == ["wrong-organisation"]
    actions.send_for_opinion(organisations=[issuing.bodies["recp_body"]], **ask)
    assert take_step(step="evaluate", **ask).state == "evaluating"


def test_a_renewal_of_an_enterprise_asks_nobody_unless_read_otherwise(issuing):
    dossier = renewal(issuing, firm=True)
    ask = {"user": issuing.judge, "dossier": dossier, "at": T + 34 * DAY}
    assert refused(
        actions.send_for_opinion, organisations=[issuing.bodies["science_dept"]], **ask
    ) == ["guard-bodies-to-ask"]
    assert take_step(step="evaluate", **ask).state == "evaluating"


def test_a_renewal_of_an_enterprise_asks_the_departments_under_the_other_reading(issuing):
    dossier = renewal(issuing, firm=True, options={"A6": "departments"})
    ask = {"user": issuing.judge, "dossier": dossier, "at": T + 34 * DAY}
    assert refused(take_step, step="evaluate", **ask) == ["guard-consulted-asked"]


def test_a_receipt_nobody_confirms_stops_no_dossier_for_ever(world):
    """Decision 18: nothing is presumed; the Board is told, and may prove the delivery."""
    dossier = consulting(world)
    task = {"dossier": dossier, "kind": "receipts", "closed_at": None}
    assert not Duty.objects.filter(**task).exists()  # on the day it was sent there is no silence
    refresh_duties(dossier, T + DAY)
    refresh_duties(dossier, T + 2 * DAY)
    duty = Duty.objects.get(**task)
    assert (duty.holder, duty.clause) == ("management_board", "41.4")
    assert duty.url == f"/dossiers/{dossier.public_id}/consult/" and duty.due_on is None
    silent = opinion_of(dossier, "science_ministry")
    for one in dossier.opinions.exclude(pk=silent.pk):
        give_opinion(world, one)
    deliver = {"opinion": silent, "proof": "Giấy báo phát số 7", "at": T + 20 * DAY}
    on = (T + 2 * DAY).date()
    with pytest.raises(Http404):
        actions.deliver(user=world.people["science_ministry"], on=on, **deliver)
    board = {"user": world.judge, **deliver}
    assert refused(actions.deliver, **board | {"proof": " "}, on=on) == ["text-missing"]
    for day in ((T - DAY).date(), (T + 21 * DAY).date()):
        assert refused(actions.deliver, **board, on=day) == ["day-of-delivery"]
    proven = actions.deliver(**board, on=on)
    assert proven.due_on == on + 15 * DAY
    assert not Duty.objects.filter(**task).exists()
    event = Event.objects.get(kind="opinion.deliver")
    assert (event.reason, event.detail["on"]) == ("Giấy báo phát số 7", on.isoformat())
    take_step(user=world.judge, dossier=dossier, step="evaluate", at=T + 20 * DAY)
    judge_all(world, dossier, at=T + 20 * DAY)
    step = {"user": world.head, "dossier": dossier, "step": "report"}
    assert take_step(**step, at=T + 20 * DAY).state == "reported"


def test_under_the_other_reading_no_receipt_is_waited_for(world):
    dossier = consulting(world, options={"A5": "board-receipt"})
    refresh_duties(dossier, T + 3 * DAY)
    assert not Duty.objects.filter(kind="receipts").exists()


def test_the_board_does_not_confirm_for_a_body(world):
    dossier = consulting(world)
    with pytest.raises(Http404):
        actions.receive(
            user=world.judge, opinion=opinion_of(dossier, "science_ministry"), at=T + DAY
        )
