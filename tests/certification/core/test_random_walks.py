"""Random people do random things to real rows: no unknown state, no lost dossier, one certificate.

Papers are not typeset here: the walk is about what people do.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.certification.core.world import (
    DAY,
    HOUR,
    ON,
    PDF,
    YEAR,
    T,
    World,
    certify_park,
    words,
)

from sinhthai.certification.actions import evaluation, opinions, papers
from sinhthai.certification.actions.chain import head, links
from sinhthai.certification.actions.dossiers import open_dossier, refresh, write_contents
from sinhthai.certification.actions.duties import refresh_duties
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.chain import check
from sinhthai.certification.models import Certificate, Dossier, Duty, Event, Opinion
from sinhthai.foundation.problems import InputError
from sinhthai.rules.procedures_loading import load_procedures

PROCEDURE = load_procedures().procedure("vn-eco-issue-d35")
STEPS = [step.id for step in PROCEDURE.steps]
STATES = {state.id: state for state in PROCEDURE.states}
MOVES = {(source, step.to) for step in PROCEDURE.steps for source in step.from_states}
PEOPLE = (
    "clerk", "owner", "judge", "head", "deputy", "chair", "science_dept", "construction_dept",
    "rival", "overseer", "stranger",
)  # fmt: skip
LEAVES = ("ECO-1", "ECO-2", "ECO-3", "ECO-4", "ECO-5")
WHO = st.sampled_from(PEOPLE)


def cases():
    """The enterprise's dossiers; that of its park lies behind the park's certificate."""
    return Dossier.objects.exclude(enterprise=None)


class Walk(RuleBasedStateMachine):
    """One enterprise, its dossiers one after the other, everybody trying everything."""

    world: World

    def __init__(self):
        super().__init__()
        self.at = T
        self.opened: set[str] = set()
        self.events = 0
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def dossier(self) -> Dossier:
        return cases().order_by("-pk").first()

    def attempt(self, action, **given):
        """Let time pass, then try; to be refused is fine, as long as nothing is left of it."""
        self.at += HOUR
        before = (Event.objects.count(), self.dossier and self.dossier.version)
        try:
            return action(at=self.at, **given)
        except (InputError, Http404):
            assert (Event.objects.count(), self.dossier and self.dossier.version) == before
            return None

    @initialize()
    def begin(self):
        certify_park(self.world)
        self.open("clerk")

    @rule(by=WHO)
    def open(self, by):
        dossier = self.attempt(
            open_dossier, user=self.world.people[by], kind="issue", park=self.world.park,
            enterprise=self.world.firm, on=ON, year=YEAR,
        )  # fmt: skip
        if dossier is not None:
            assert by in ("clerk", "owner")
            self.opened.add(dossier.public_id)

    @rule(by=WHO, step=st.sampled_from(STEPS), fresh=st.booleans())
    def try_a_step(self, by, step, fresh):
        dossier = self.dossier
        version = dossier.version if fresh else dossier.version - 1
        moved = self.attempt(
            take_step, user=self.world.people[by], dossier=dossier, step=step, version=version,
            reason="Lý do.",
        )  # fmt: skip
        assert moved is None or fresh

    @rule(by=WHO, name=st.sampled_from(["contact", "operation", "nothing"]))
    def write(self, by, name):
        contents = {name: f"Viết lúc {self.at:%d/%m %H:%M}"}
        self.attempt(
            write_contents, user=self.world.people[by], dossier=self.dossier, contents=contents
        )

    @rule(by=WHO, leaf=st.sampled_from(LEAVES), met=st.booleans())
    def judge(self, by, leaf, met):
        self.attempt(
            evaluation.judge, user=self.world.people[by], dossier=self.dossier, leaf=leaf, met=met,
            reason="Đã xem.",
        )  # fmt: skip

    @rule(by=WHO, leaf=st.sampled_from(LEAVES))
    def override(self, by, leaf):
        self.attempt(
            evaluation.override, user=self.world.people[by], dossier=self.dossier, leaf=leaf,
            obstacle="not_met", clause="Điều 37", reason="Có căn cứ.",
        )  # fmt: skip

    @rule(by=WHO)
    def ask_for_more(self, by):
        self.attempt(
            evaluation.ask_supplement, user=self.world.people[by], dossier=self.dossier,
            items=[("leaf:ECO-1", "Bổ sung.")],
        )  # fmt: skip

    @rule(by=WHO, position=st.sampled_from(["agree", "disagree", ""]))
    def answer(self, by, position):
        asked = Opinion.objects.filter(dossier=self.dossier).order_by("?").first()
        if asked is not None:
            self.attempt(opinions.receive, user=self.world.people[by], opinion=asked)
            self.attempt(
                opinions.answer, user=self.world.people[by], opinion=asked, position=position,
                text="Ý kiến.", positions={},
            )  # fmt: skip

    @rule(days=st.integers(1, 12))
    def let_days_pass(self, days):
        self.at += days * DAY
        refresh_duties(self.dossier, self.at)

    @rule()
    def take_newer_findings(self):
        self.attempt(refresh, dossier=self.dossier)

    @rule(times=st.integers(1, 3))
    def do_what_is_due(self, times):
        for _ in range(times):
            self.go_on()

    def go_on(self):
        """Do what the law wants next, by the right people, so that walks get far."""
        dossier, people = self.dossier, self.world.people
        if dossier.state in ("draft", "supplement", "supplement_evaluation"):
            for one in dossier.supplements.filter(answered_at=None):
                self.attempt(
                    evaluation.answer_supplement, user=people["clerk"], supplement=one, answer="Có."
                )
            self.attempt(
                write_contents, user=people["clerk"], dossier=dossier, contents=words("enterprise")
            )
            self.attempt(papers.assemble_papers, user=people["clerk"], dossier=dossier)
            self.attempt(
                papers.add_paper, user=people["owner"], dossier=dossier, slot="letter",
                file_name="don.pdf", content=PDF + str(self.at).encode(),
            )  # fmt: skip
            sending = {"draft": "submit", "supplement": "resubmit"}
            self.step("owner", sending.get(dossier.state, "resubmit_evaluation"))
        elif dossier.state == "submitted":
            self.step("judge", "accept")
        elif dossier.state == "accepted":
            asked = [self.world.bodies[one] for one in PROCEDURE.parties["consulted"]]
            self.attempt(
                opinions.send_for_opinion, user=people["judge"], dossier=dossier,
                organisations=asked,
            )  # fmt: skip
        elif dossier.state == "consulting":
            for one in dossier.opinions.filter(answered_at=None):
                who = people[one.authority]
                self.attempt(opinions.receive, user=who, opinion=one)
                self.attempt(
                    opinions.answer, user=who, opinion=one, position="agree", text="", positions={}
                )
            self.step("judge", "evaluate")
        elif dossier.state == "evaluating":
            for leaf in LEAVES:
                self.attempt(
                    evaluation.judge, user=people["judge"], dossier=dossier, leaf=leaf, met=True,
                    reason="Đạt.",
                )  # fmt: skip
            self.step("head", "report")
        elif dossier.state == "reported":
            self.step("deputy", "issue")
        elif dossier.state == "failed":
            self.step("head", "notify")

    def step(self, by, step):
        self.attempt(
            take_step, user=self.world.people[by], dossier=self.dossier, step=step, reason="Lý do."
        )

    @invariant()
    def no_dossier_is_lost_and_none_is_made_up(self):
        assert set(cases().values_list("public_id", flat=True)) == self.opened

    @invariant()
    def every_state_is_one_the_law_knows_and_was_reached_by_its_steps(self):
        for dossier in cases():
            assert dossier.is_open == (not STATES[dossier.state].final)
            assert (dossier.closed_at is None) == dossier.is_open
            where = PROCEDURE.start
            taken = dossier.events.filter(kind__startswith="step.").order_by("seq")
            for one in taken:
                assert one.before == where and (one.before, one.after) in MOVES
                where = one.after
            assert where == dossier.state and dossier.version == len(taken)

    @invariant()
    def no_more_than_one_certificate_and_only_where_one_was_decided(self):
        issued = Certificate.objects.exclude(enterprise=None).values_list("dossier", flat=True)
        assert len(issued) == len(set(issued))
        assert set(issued) == set(cases().filter(state="certified").values_list("pk", flat=True))
        assert cases().filter(is_open=True).count() <= 1

    @invariant()
    def the_chain_is_whole_and_only_grows(self):
        assert check(links(), head=head()) == []
        now = Event.objects.count()
        assert now >= self.events
        self.events = now

    @invariant()
    def what_waits_is_what_the_state_says(self):
        for dossier in cases():
            mine = Duty.objects.filter(
                dossier=dossier, closed_at=None, kind=f"state.{dossier.state}"
            )
            assert mine.count() == (1 if STATES[dossier.state].waits_for else 0)
            if not dossier.is_open:
                assert not Duty.objects.filter(
                    dossier=dossier, closed_at=None, key__startswith="dossier:"
                ).exists()

    @invariant()
    def nobody_did_what_they_may_not(self):
        for dossier in cases().filter(state__in=["reported", "certified", "failed"]):
            judges = set(dossier.judgements.values_list("by", flat=True))
            signed = dossier.events.filter(kind__in=["step.report", "step.fail", "step.issue"])
            assert not judges & set(signed.values_list("actor", flat=True))


@pytest.mark.parametrize("seed", [dt.date(2026, 5, 4)], ids=str)
def test_random_walks_never_leave_the_law(issuing, monkeypatch, seed):
    monkeypatch.setattr("sinhthai.certification.documents.to_pdf", lambda _: PDF)
    monkeypatch.setattr("sinhthai.certification.readers.papers.compose_paper", lambda *_: None)
    walk = type("WalkHere", (Walk,), {"world": issuing})
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Dossier.objects.exists()  # each walk was undone
