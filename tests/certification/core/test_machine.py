"""The machine on its own: random sequences never leave the law, whatever the procedure."""

import itertools

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sinhthai.certification.engine.machine import (
    PARTIES,
    Situation,
    open_steps,
    refusal,
    refusals,
)
from sinhthai.rules.procedures_loading import load_procedures

PROCEDURES = {one.id: one for one in load_procedures().procedures}
PARK = PROCEDURES["vn-eip-issue-d35"]
EVERY_GUARD = frozenset(
    guard for one in PROCEDURES.values() for step in one.steps for guard in step.needs
)
PERSONS = ("An", "Bình", "Chi", "Dũng")
EVERYBODY = dict.fromkeys(PARTIES, "approver")


def situation(state, party="receiver", level="approver", **more):
    given = {"parties": {party: level}, "true": EVERY_GUARD, "person": "An"} | more
    return Situation(state=state, **given)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_a_step_is_possible_from_its_states_and_from_no_other(procedure):
    for state, step in itertools.product(procedure.states, procedure.steps):
        found = refusal(procedure, step.id, situation(state.id, parties=EVERYBODY))
        if state.id in step.from_states:
            assert found is None
        else:
            assert found.code == "step-out-of-order"
            assert step.rule.clause in found.message.vi
            assert step.rule.clause in found.message.en


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_every_guard_party_level_and_earlier_step_can_forbid(procedure):
    for step in procedure.steps:
        state = step.from_states[0]
        here = situation(state, step.party)
        for guard in step.needs:
            lacking = situation(state, step.party, true=EVERY_GUARD - {guard})
            said = refusals(procedure, step.id, lacking)
            assert [one.code for one in said] == [f"guard-{guard.replace('_', '-')}"]
            assert step.rule.clause in said[0].message.vi
        for earlier in step.not_by:
            own = situation(state, step.party, taken={earlier: frozenset({"An"})})
            assert refusal(procedure, step.id, own).code == "own-work"
            other = situation(state, step.party, taken={earlier: frozenset({"Bình"})})
            assert refusal(procedure, step.id, other) is None
        for party in PARTIES:
            found = refusal(procedure, step.id, situation(state, party))
            assert (found is None) == (party == step.party)
        assert refusal(procedure, step.id, here) is None
        below = "editor" if step.level == "approver" else "viewer"
        assert refusal(procedure, step.id, situation(state, step.party, below)).code == (
            "needs-approver"
        )


def test_everything_missing_is_said_at_once():
    said = refusals(PARK, "issue", situation("proposed", "issuer", true=frozenset()))
    assert [one.code for one in said] == [
        f"guard-{guard.replace('_', '-')}" for guard in PARK.step("issue").needs
    ]


def test_a_stranger_is_not_told_what_is_missing():
    said = refusals(PARK, "issue", situation("proposed", "consulted", true=frozenset()))
    assert [one.code for one in said] == ["not-your-step"]


def test_a_step_nobody_knows_is_refused():
    assert refusal(PARK, "sell", situation("proposed")).code == "unknown-step"


class AnyProcedure(RuleBasedStateMachine):
    """Random people try random steps with random guards true, on any procedure."""

    @initialize(id=st.sampled_from(sorted(PROCEDURES)))
    def start(self, id):
        self.procedure = PROCEDURES[id]
        self.state = self.procedure.start
        self.taken: dict[str, frozenset[str]] = {}
        self.path: list[str] = []

    @rule(
        data=st.data(),
        person=st.sampled_from(PERSONS),
        level=st.sampled_from(["viewer", "editor", "approver"]),
        true=st.frozensets(st.sampled_from(sorted(EVERY_GUARD))),
    )
    def try_a_step(self, data, person, level, true):
        step = data.draw(st.sampled_from(self.procedure.steps))
        party = data.draw(st.sampled_from(sorted(PARTIES)))
        here = Situation(self.state, person, {party: level}, true, self.taken)
        if refusals(self.procedure, step.id, here):
            assert step not in open_steps(self.procedure, here)
            return
        assert step in open_steps(self.procedure, here)
        self._go(step, person)

    @precondition(lambda self: not self.procedure.state(self.state).final)
    @rule(data=st.data(), person=st.sampled_from(PERSONS))
    def go_on(self, data, person):
        here = Situation(self.state, person, EVERYBODY, EVERY_GUARD, self.taken)
        steps = open_steps(self.procedure, here)
        if steps:
            self._go(data.draw(st.sampled_from(steps)), person)

    def _go(self, step, person):
        assert self.state in step.from_states
        for earlier in step.not_by:
            assert person not in self.taken.get(earlier, frozenset())
        self.taken[step.id] = self.taken.get(step.id, frozenset()) | {person}
        self.state = step.to
        self.path.append(step.id)

    @invariant()
    def the_law_knows_the_state(self):
        assert self.state in {one.id for one in self.procedure.states}

    @invariant()
    def a_closed_case_stays_closed(self):
        if self.procedure.state(self.state).final:
            everything = Situation(self.state, "Em", EVERYBODY, EVERY_GUARD)
            assert open_steps(self.procedure, everything) == ()

    @invariant()
    def an_open_case_is_never_stuck(self):
        if not self.procedure.state(self.state).final:
            fresh = Situation(self.state, "Em", EVERYBODY, EVERY_GUARD, self.taken)
            assert open_steps(self.procedure, fresh)

    @invariant()
    def nothing_is_issued_or_revoked_twice(self):
        assert self.path.count("issue") <= 1 and self.path.count("revoke") <= 1

    @invariant()
    def nobody_consulted_is_skipped(self):
        if "certified" in self.state and self.procedure.id == PARK.id:
            assert {"submit", "accept", "evaluate", "report", "propose"} <= set(self.path)


TestAnyProcedure = AnyProcedure.TestCase
TestAnyProcedure.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
