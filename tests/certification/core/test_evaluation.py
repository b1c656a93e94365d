"""Supplements, judgements, overrides; facts that change while a dossier is on its way."""

import dataclasses
import datetime as dt

import pytest
from django.http import Http404
from tests.certification.core.world import (
    DAY,
    HOUR,
    T,
    certified,
    evaluating,
    judge_all,
    open_issue,
    prepare,
    proposed,
    record_facts,
    submitted,
)

from sinhthai.certification.actions import evaluation as actions
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.actions.dossiers import changes_since, refresh, write_contents
from sinhthai.certification.actions.papers import assemble_papers, missing
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.chain import check
from sinhthai.certification.guards import standings
from sinhthai.certification.models import Certificate, Dossier, Duty, Event, Override
from sinhthai.certification.readers.clocks import clocks_of
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.models import Record
from sinhthai.rules import bundle as rules_bundle


def refused(call, **given):
    with pytest.raises(InputError) as error:
        call(**given)
    return [one.code for one in error.value.problems]


def test_what_is_missing_is_listed_and_refuses_the_sending(world):
    dossier = open_issue(world)
    about = [one.about for one in missing(dossier)]
    assert {"field:representative", "paper:letter", "paper:assessment"} <= set(about)
    assert all(one.url.startswith("/dossiers/") and one.text.vi for one in missing(dossier))
    assert refused(take_step, user=world.signer, dossier=dossier, step="submit", at=T + DAY) == [
        "guard-papers-complete"
    ]
    assert missing(prepare(world, dossier)) == []


def test_a_criterion_nothing_decides_is_reported_or_explained(world):
    Record.objects.filter(park=world.park, enterprise=None, year=2025).delete()
    dossier = prepare(world, open_issue(world))
    about = [one.about for one in missing(dossier)]
    assert about == ["leaf:INV-1", "leaf:INV-3b", "leaf:INV-4"]
    explained = {f"explain:{one.split(':')[1]}": "Xem phụ lục." for one in about}
    write_contents(user=world.writer, dossier=dossier, contents=explained, at=T + 5 * HOUR)
    left = {one.about for one in missing(Dossier.objects.get(pk=dossier.pk))}
    assert left == {"paper:letter", "paper:operation", "paper:assessment"}  # signed before


def test_a_supplement_sends_it_back_and_the_answer_brings_it_again(world):
    dossier = submitted(world)
    dossier = actions.ask_supplement(
        user=world.judge, dossier=dossier, at=T + DAY,
        items=[("paper:letter", "Chữ ký mờ."), ("leaf:ENT-3", "Nêu số liệu."), ("field:x", " ")],
    )  # fmt: skip
    assert dossier.state == "supplement" and dossier.supplements.count() == 2
    send = {"user": world.signer, "dossier": dossier, "step": "resubmit"}
    assert refused(take_step, at=T + 2 * DAY, **send) == ["guard-supplements-answered"]
    for one in dossier.supplements.all():
        actions.answer_supplement(
            user=world.writer, supplement=one, answer="Đã bổ sung.", at=T + 2 * DAY
        )
    before = dossier.submitted_digest
    dossier = take_step(at=T + 3 * DAY, **send)
    assert dossier.state == "submitted" and dossier.submitted_digest == before  # same papers
    assert refused(
        actions.answer_supplement, user=world.writer, supplement=dossier.supplements.first(),
        answer="Khác", at=T + 4 * DAY,
    ) == ["not-now"]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "nothing-asked"),
        ([("paper:letter", "  ")], "nothing-asked"),
        ([("paper:nothing", "?")], "unknown-about"),
        ([("leaf:ENT-9", "?")], "unknown-about"),
    ],
)
def test_a_request_about_nothing_is_refused_and_the_dossier_stays(world, items, code):
    dossier = submitted(world)
    given = {"user": world.judge, "dossier": dossier, "items": items, "at": T + DAY}
    assert refused(actions.ask_supplement, **given) == [code]
    assert Dossier.objects.get(pk=dossier.pk).state == "submitted"


def test_a_supplement_in_the_evaluation_stops_the_clock(world):
    dossier = evaluating(world)
    day = dt.date(2026, 6, 1)
    due = next(one.due_on for one in clocks_of(dossier, day) if one.id == "evaluate")
    dossier = actions.ask_supplement(
        user=world.judge, dossier=dossier, items=[("leaf:ENT-3", "Nêu số liệu.")], at=T + 10 * DAY
    )
    assert dossier.state == "supplement_evaluation"
    open_now = Duty.objects.filter(dossier=dossier, closed_at=None)
    assert [(one.holder, one.due_on) for one in open_now] == [("operator", None)]
    actions.answer_supplement(
        user=world.writer, supplement=dossier.supplements.get(), answer="Có.", at=T + 19 * DAY
    )
    dossier = take_step(
        user=world.signer, dossier=dossier, step="resubmit_evaluation", at=T + 20 * DAY
    )
    clock = next(one for one in clocks_of(dossier, day) if one.id == "evaluate")
    assert clock.paused_days == 10 and clock.due_on > due
    duty = Duty.objects.get(dossier=dossier, closed_at=None)
    assert (duty.clock, duty.due_on) == ("evaluate", clock.due_on)


def test_only_the_board_judges_and_only_in_the_evaluation(world):
    dossier = evaluating(world)
    given = {"dossier": dossier, "leaf": "ENT-3", "met": True, "reason": "Đạt.", "at": T + 3 * DAY}
    for name in ("signer", "chair", "overseer", "stranger", "science_ministry"):
        with pytest.raises(Http404):
            actions.judge(user=world.people[name], **given)
    first = actions.judge(user=world.judge, **given)
    assert actions.judge(user=world.judge, **given) == first  # a double click
    second = actions.judge(user=world.judge, **(given | {"met": False}))
    first.refresh_from_db()
    assert second.is_current and not first.is_current
    assert refused(actions.judge, user=world.judge, **(given | {"reason": " "})) == ["text-missing"]
    assert refused(actions.judge, user=world.judge, **(given | {"leaf": "X-1"})) == ["unknown-leaf"]


def test_a_new_fact_reopens_only_the_criteria_that_depend_on_it(world):
    dossier = judge_all(world, evaluating(world))
    assert all(one.judged for one in standings(dossier))
    assert changes_since(dossier, T + 4 * DAY) == []
    assert refresh(dossier, T + 4 * DAY) is None
    record_facts(world.park, greenery_ha=80, at=T + 5 * DAY, years=(2025,))
    changed = changes_since(dossier, T + 6 * DAY)
    assert [leaf for leaf, _before, _now in changed] == ["PARK-1"]
    assert changed[0][1] != changed[0][2]
    snapshot = refresh(dossier, T + 6 * DAY, user=world.judge)
    assert snapshot.is_current and dossier.snapshots.count() == 2
    assert {one.leaf for one in standings(dossier) if one.judged is None} == {"PARK-1"}
    report = {"user": world.head, "dossier": dossier, "step": "report", "at": T + 7 * DAY}
    assert refused(take_step, **report) == ["guard-all-judged", "guard-criteria-met"]
    actions.judge(
        user=world.judge, dossier=dossier, leaf="PARK-1", met=True, reason="Vẫn đạt.",
        at=T + 7 * DAY,
    )  # fmt: skip
    assert take_step(**report).state == "reported"
    assert refused(refresh, dossier=dossier, at=T + 8 * DAY) == ["not-now"]


def test_facts_corrected_for_a_supplement_come_with_the_answer(world):
    dossier = judge_all(world, evaluating(world))
    dossier = actions.ask_supplement(
        user=world.judge, dossier=dossier, items=[("leaf:PARK-1", "Sửa số liệu.")], at=T + 4 * DAY
    )
    record_facts(world.park, greenery_ha=70, at=T + 5 * DAY, years=(2025,))
    actions.answer_supplement(
        user=world.writer, supplement=dossier.supplements.get(), answer="Đã sửa.", at=T + 5 * DAY
    )
    dossier = take_step(
        user=world.signer, dossier=dossier, step="resubmit_evaluation", at=T + 6 * DAY
    )
    assert [one.leaf for one in standings(dossier) if one.judged is None] == ["PARK-1"]
    event = Event.objects.get(kind="dossier.refresh")
    assert event.detail["changed"] == ["PARK-1"]


def test_papers_assembled_before_the_figures_changed_must_be_assembled_again(world):
    dossier = prepare(world, open_issue(world))
    record_facts(world.park, greenery_ha=80, at=T + 4 * HOUR, years=(2025,))
    refresh(dossier, T + 5 * HOUR, user=world.writer)
    assert {one.about for one in missing(dossier)} == {
        "paper:letter", "paper:operation", "paper:assessment",
    }  # fmt: skip
    assemble_papers(user=world.writer, dossier=dossier, at=T + 6 * HOUR)
    assert {one.about for one in missing(dossier)} == {"paper:letter"}


def override(world, dossier, by="deputy", **more):
    given = {
        "leaf": "ENT-3", "obstacle": "not_met", "clause": "Điều 37.2.c",
        "reason": "Kết luận thanh tra số 5.", "at": T + 4 * DAY,
    } | more  # fmt: skip
    return actions.override(user=world.people[by], dossier=dossier, **given)


def test_a_legal_override_lets_the_certificate_go_out_and_stands_on_it(issuing):
    dossier = judge_all(issuing, evaluating(issuing), but=("ENT-3",))
    row = override(issuing, dossier)
    assert row.by == issuing.deputy
    assert refused(override, world=issuing, dossier=dossier) == ["already-overridden"]
    own = {"user": issuing.deputy, "dossier": dossier, "step": "report", "at": T + 5 * DAY}
    assert refused(take_step, **own) == ["own-work"]
    take_step(user=issuing.head, dossier=dossier, step="report", at=T + 5 * DAY)
    take_step(user=issuing.head, dossier=dossier, step="propose", at=T + 5 * DAY)
    take_step(user=issuing.chair, dossier=dossier, step="issue", at=T + 6 * DAY)
    certificate = Certificate.objects.get(dossier=dossier)
    assert "Kết luận thanh tra số 5." in str(certificate.credential)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"leaf": "ENT-1"}, "no-obstacle"),
        ({"obstacle": "unverified"}, "no-obstacle"),
        ({"clause": " "}, "clause-missing"),
        ({"reason": " "}, "text-missing"),
        ({"leaf": "X-1"}, "unknown-leaf"),
    ],
)
def test_an_override_of_nothing_or_without_reason_is_refused(world, given, code):
    dossier = judge_all(world, evaluating(world), but=("ENT-3",))
    assert refused(override, world=world, dossier=dossier, **given) == [code]
    assert not Override.objects.exists()


@pytest.mark.parametrize("by", ["judge", "signer", "overseer", "science_ministry"])
def test_only_who_approves_for_board_or_issuer_may_override(world, by):
    dossier = judge_all(world, evaluating(world), but=("ENT-3",))
    with pytest.raises(Http404):
        override(world, dossier, by)


def test_an_override_loses_its_force_when_the_finding_changes(world):
    dossier = judge_all(world, evaluating(world), but=("PARK-1",))
    override(world, dossier, leaf="PARK-1")
    record_facts(world.park, greenery_ha=80, at=T + 5 * DAY, years=(2025,))
    refresh(dossier, T + 6 * DAY)
    stands = next(one for one in standings(dossier) if one.leaf == "PARK-1")
    assert stands.overridden == frozenset() and stands.judged is None


def test_a_rule_nobody_verified_refuses_the_certificate(issuing, monkeypatch):
    real = rules_bundle.load_bundle()
    frameworks = tuple(
        dataclasses.replace(
            framework,
            leaves=tuple(
                dataclasses.replace(leaf, verified=leaf.id != "ENT-3") for leaf in framework.leaves
            ),
        )
        for framework in real.frameworks
    )
    doubtful = dataclasses.replace(real, frameworks=frameworks)
    dossier = proposed(issuing)
    monkeypatch.setattr("sinhthai.certification.guards.load_bundle", lambda: doubtful)
    issue = {"user": issuing.chair, "dossier": dossier, "step": "issue", "at": T + 6 * DAY}
    assert refused(take_step, **issue) == ["guard-rules-verified"]
    override(issuing, dossier, "vice", obstacle="unverified", at=T + 6 * DAY)
    assert take_step(**issue).state == "certified"


def test_the_system_itself_takes_no_step_of_a_person(world):
    dossier = submitted(world)
    assert refused(take_step, user=None, dossier=dossier, step="accept", at=T + DAY) == [
        "not-your-step"
    ]


def test_a_closed_case_takes_nothing_more(issuing):
    dossier = certified(issuing)
    with pytest.raises(InputError, match="closed"):
        write_contents(
            user=issuing.writer, dossier=dossier, contents={"contact": "x"}, at=T + 9 * DAY
        )
    with pytest.raises(InputError, match="closed"):
        refresh(dossier, T + 9 * DAY)


def test_the_findings_are_taken_again_by_whoever_has_the_dossier(world):
    dossier = open_issue(world)
    record_facts(world.park, greenery_ha=80, at=T + HOUR, years=(2025,))
    for name in ("judge", "chair", "rival", "reader", "overseer"):
        with pytest.raises(Http404):
            refresh(dossier, T + 2 * HOUR, user=world.people[name])
    assert refresh(dossier, T + 2 * HOUR, user=world.writer) is not None
    assert refresh(dossier, T + 3 * HOUR, user=world.writer) is None  # nothing new


def test_an_override_is_withdrawn_before_the_certificate_and_stands_in_the_way_again(issuing):
    dossier = judge_all(issuing, evaluating(issuing), but=["ENT-3"])
    row = override(issuing, dossier)
    take_step(user=issuing.head, dossier=dossier, step="report", at=T + 4 * DAY)
    take_step(user=issuing.head, dossier=dossier, step="propose", at=T + 5 * DAY)
    withdraw = {"override": row, "reason": "Căn cứ không còn.", "at": T + 6 * DAY}
    for name in ("judge", "chair", "signer", "overseer", "stranger", "science_ministry"):
        with pytest.raises(Http404):  # the chair approves for another body
            actions.withdraw_override(user=issuing.people[name], **withdraw)
    assert refused(actions.withdraw_override, user=issuing.head, **withdraw | {"reason": " "}) == [
        "text-missing"
    ]
    issue = {"user": issuing.chair, "dossier": dossier, "step": "issue", "at": T + 7 * DAY}
    gone = actions.withdraw_override(user=issuing.head, **withdraw)  # a colleague's, of the Board
    assert gone.withdrawn_at == T + 6 * DAY
    event = Event.objects.get(kind="override.withdraw")
    assert (event.actor, event.organisation, event.reason, event.detail["override"]) == (
        issuing.head, issuing.bodies["board"], "Căn cứ không còn.", row.pk,
    )  # fmt: skip
    assert check(links(), head=head()) == []
    assert refused(take_step, **issue) == ["guard-criteria-met"]
    assert refused(actions.withdraw_override, user=issuing.deputy, **withdraw) == [
        "already-withdrawn"
    ]


def test_who_withdrew_their_own_override_is_no_longer_barred_by_it(issuing):
    dossier = judge_all(issuing, evaluating(issuing), but=["ENT-3"])
    row = override(issuing, dossier, "head")
    report = {"user": issuing.head, "dossier": dossier, "step": "report", "at": T + 4 * DAY}
    assert refused(take_step, **report) == ["own-work"]
    actions.withdraw_override(user=issuing.head, override=row, reason="Nhầm.", at=T + 4 * DAY)
    assert refused(take_step, **report) == ["guard-criteria-met"]


def test_an_override_a_certificate_rests_on_is_not_withdrawn(issuing):
    dossier = judge_all(issuing, evaluating(issuing), but=["ENT-3"])
    row = override(issuing, dossier)
    for by, step in (("head", "report"), ("head", "propose"), ("chair", "issue")):
        take_step(user=issuing.people[by], dossier=dossier, step=step, at=T + 5 * DAY)
    assert refused(
        actions.withdraw_override, user=issuing.deputy, override=row, reason="Rút.", at=T + 6 * DAY
    ) == ["closed"]
