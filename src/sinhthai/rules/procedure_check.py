"""Check one procedure: its names are known, its states are reached and left, its clocks run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_content import DEEDS, step_of
from sinhthai.rules.procedures_schema import FlowIn, PartIn, ProcedureIn, StepIn
from sinhthai.rules.telling import (
    AUTHORITY,
    CHOICE,
    FAMILY,
    OPTION,
    PAPER,
    STATE,
    STEP,
    Line,
    Teller,
    Where,
)

# What happens to one opinion: the clock of an opinion may start or end with it.
OPINION_EVENTS = frozenset({"sent", "received", "answered"})


class ProcedureChecker(Teller):
    """Checks a procedure against its flow.

    Parameters
    ----------
    authorities : the bodies that exist.
    choices : the readings that exist: option -> its choices.
    families : the families of criteria that exist.
    """

    def __init__(
        self,
        name: str,
        line: Line,
        authorities: Collection[str],
        choices: Mapping[str, Collection[str]],
        families: Collection[str],
    ) -> None:
        super().__init__(name, line)
        self.authorities = authorities
        self.choices = choices
        self.families = families

    def procedure(self, where: Where, one: ProcedureIn, flow: FlowIn) -> Iterator[Problem]:
        known = {state.id: state for state in flow.states}
        of_flow = {step.id: step for step in flow.steps}
        wrong: list[Problem] = []
        for key, ids, names, what, code in (
            ("states", [use.id for use in one.states], known, STATE, "state"),
            ("steps", [use.id for use in one.steps], of_flow, STEP, "step"),
        ):
            wrong += self.twice((*where, key), ids, one.id)
            for number, id in enumerate(ids):
                wrong += self.unknown(what, code, id, names, (*where, key, number), one.id)
        wrong += self.twice((*where, "clocks"), [row.id for row in one.clocks], one.id)
        wrong += self.twice((*where, "papers"), [row.id for row in one.papers], one.id)
        yield from wrong
        if wrong:  # the rest would only repeat it
            return
        states = [use.id for use in one.states]
        steps = [step_of(use, of_flow[use.id]) for use in one.steps]
        yield from self.unknown(STATE, "state", one.start, states, (*where, "start"), one.id)
        for state in one.opinions_shown_in:
            at = (*where, "opinions_shown_in")
            yield from self.unknown(STATE, "state", state, states, at, one.id)
        yield from self.bodies(where, one)
        yield from self.readings(where, one)
        yield from self.steps(where, one, steps)
        yield from self.ways(where, one, steps, {id for id in states if known[id].final})
        yield from self.clocks(where, one, {step.id for step in steps})
        yield from self.sources(where, one)

    def bodies(self, where: Where, one: ProcedureIn) -> Iterator[Problem]:
        for party, ids in one.parties.model_dump().items():
            for id in ids:
                at = (*where, "parties", party)
                yield from self.unknown(AUTHORITY, "authority", id, self.authorities, at, one.id)

    def readings(self, where: Where, one: ProcedureIn) -> Iterator[Problem]:
        yield from self.unknown(
            FAMILY, "family", one.family, self.families, (*where, "family"), one.id
        )
        for option in one.options:
            yield from self.option(option, (), (*where, "options"), one.id)
        if one.consult_option is not None:
            at = (*where, "consult_option")
            yield from self.unknown(OPTION, "option", one.consult_option, one.options, at, one.id)
            yield from self.option(
                one.consult_option, one.consult_when, (*where, "consult_when"), one.id
            )

    def option(
        self, option: str, codes: Iterable[str], where: Where, row: str
    ) -> Iterator[Problem]:
        wrong = list(self.unknown(OPTION, "option", option, self.choices, where, row))
        yield from wrong
        for code in codes if not wrong else ():
            yield from self.unknown(CHOICE, "choice", code, self.choices[option], where, row)

    def steps(self, where: Where, one: ProcedureIn, steps: Sequence[StepIn]) -> Iterator[Problem]:
        states = {use.id for use in one.states}
        papers = {paper.id for paper in one.papers}
        known = {*DEEDS, *(step.id for step in steps)}
        for number, step in enumerate(steps):
            at = (*where, "steps", number)
            given = one.steps[number].model_fields_set
            # What the flow says for procedures with more states or steps is only read for this one.
            for state in step.starts if "starts" in given else ():
                yield from self.unknown(STATE, "state", state, states, at, step.id)
            if not states.intersection(step.starts):
                yield self.problem(
                    "step-never-open",
                    at,
                    step.id,
                    Text(
                        "bước này không bắt đầu từ trạng thái nào của thủ tục",
                        "this step starts from no state of the procedure",
                    ),
                    Text(
                        "thêm from cho bước này, hoặc bỏ bước này",
                        "give the step a from of its own, or take the step out",
                    ),
                )
            yield from self.unknown(STATE, "state", step.to, states, at, step.id)
            for deed in step.not_by if "not_by" in given else ():
                yield from self.unknown(STEP, "step", deed, known, at, step.id)
            if step.makes is not None:
                yield from self.unknown(PAPER, "paper", step.makes, papers, at, step.id)

    def ways(
        self, where: Where, one: ProcedureIn, steps: Sequence[StepIn], final: set[str]
    ) -> Iterator[Problem]:
        """Yield states nobody can reach, and states from which no end can be reached."""
        reached = _closure(
            {one.start}, [(start, step.to) for step in steps for start in step.starts]
        )
        ending = _closure(final, [(step.to, start) for step in steps for start in step.starts])
        for number, use in enumerate(one.states):
            at = (*where, "states", number)
            if use.id not in reached:
                yield self.problem(
                    "state-unreachable",
                    at,
                    one.id,
                    Text(
                        f"không bước nào dẫn đến trạng thái '{use.id}'",
                        f"no step leads to the state '{use.id}'",
                    ),
                    Text("thêm bước hoặc bỏ trạng thái", "add a step, or take the state out"),
                )
            if use.id not in ending:
                yield self.problem(
                    "state-without-way-out",
                    at,
                    one.id,
                    Text(
                        f"từ trạng thái '{use.id}' không đi đến kết thúc được",
                        f"no end can be reached from the state '{use.id}'",
                    ),
                    Text(
                        "thêm bước ra khỏi trạng thái này, hoặc ghi final: true",
                        "add a step out of it, or write final: true",
                    ),
                )
            if use.id in final and any(use.id in step.starts for step in steps):
                yield self.problem(
                    "state-final-left",
                    at,
                    one.id,
                    Text(
                        f"có bước ra khỏi trạng thái kết thúc '{use.id}'",
                        f"a step leaves the final state '{use.id}'",
                    ),
                    Text("bỏ bước đó, hoặc bỏ final", "take that step out, or delete final"),
                )

    def clocks(self, where: Where, one: ProcedureIn, steps: set[str]) -> Iterator[Problem]:
        states = [use.id for use in one.states]
        for number, clock in enumerate(one.clocks):
            at = (*where, "clocks", number)
            known = steps | (OPINION_EVENTS if clock.of == "opinion" else frozenset())
            named = [("starts", id) for id in (*clock.starts, *clock.starts_by_choice.values())]
            for key, id in (*named, *(("ends", id) for id in clock.ends)):
                yield from self.unknown(STEP, "step", id, known, (*at, key), clock.id)
            if not known.intersection(clock.starts):
                yield self.problem(
                    "clock-never-starts",
                    (*at, "starts"),
                    clock.id,
                    Text(
                        "không bước nào của thủ tục làm đồng hồ này chạy",
                        "no step of the procedure starts this clock",
                    ),
                    Text("sửa starts, hoặc bỏ đồng hồ", "mend starts, or take the clock out"),
                )
            for state in clock.pauses:
                yield from self.unknown(STATE, "state", state, states, (*at, "pauses"), clock.id)
            if clock.option is not None:
                yield from self.unknown(
                    OPTION, "option", clock.option, one.options, (*at, "option"), clock.id
                )
                chosen = (*at, "starts_by_choice")
                yield from self.option(clock.option, clock.starts_by_choice, chosen, clock.id)
                left = set(self.choices.get(clock.option, ())) - set(clock.starts_by_choice)
                for code in sorted(left):
                    yield self.problem(
                        "choice-absent",
                        chosen,
                        clock.id,
                        Text(
                            f"chưa nói đồng hồ bắt đầu khi nào theo lựa chọn '{code}'",
                            f"nothing says when the clock starts under the choice '{code}'",
                        ),
                        Text("thêm lựa chọn này", "add the choice"),
                    )

    def sources(self, where: Where, one: ProcedureIn) -> Iterator[Problem]:
        parts: tuple[tuple[str, Sequence[PartIn]], ...] = (
            ("steps", one.steps),
            ("clocks", one.clocks),
            ("papers", one.papers),
        )
        for key, rows in parts:
            for number, row in enumerate(rows):
                if row.verified and row.checked_on is None and one.checked_on is None:
                    yield self.problem(
                        "verified-unread",
                        (*where, key, number),
                        row.id,
                        Text(
                            "verified nhưng không có checked_on, cả ở thủ tục",
                            "verified, but neither it nor the procedure has checked_on",
                        ),
                        Text(
                            "ghi ngày đã đọc điều luật, hoặc verified: false",
                            "write the day the clause was read, or verified: false",
                        ),
                    )


def _closure(first: set[str], edges: Sequence[tuple[str, str]]) -> set[str]:
    """Return what can be reached from *first* along *edges*."""
    reached, fresh = set(first), set(first)
    while fresh:
        fresh = {to for start, to in edges if start in fresh} - reached
        reached |= fresh
    return reached
