"""Check that procedures hold together: every name known, every state reached and left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_content import DEEDS, step_of
from sinhthai.rules.procedures_schema import FlowIn, ProcedureIn, ProceduresFile, StepIn

Where = tuple[str | int, ...]
Line = Callable[[Sequence[Any]], int | None]
# What happens to one opinion: the clock of an opinion may start or end with it.
OPINION_EVENTS = frozenset({"sent", "received", "answered"})


def problems_of(
    file: ProceduresFile,
    choices: Mapping[str, Collection[str]],
    families: Collection[str],
    name: str,
    line: Line,
) -> list[Problem]:
    """Return everything wrong with *file*, whose shape is right.

    Parameters
    ----------
    choices : mapping
        The readings that exist: option -> its choices.
    families : collection of str
        The families of criteria that exist.
    name, line
        The file's name, and where in it a path of keys and positions stands.
    """
    checker = _Checker(file, choices, families, name, line)
    return list(checker.all())


class _Checker:
    def __init__(
        self,
        file: ProceduresFile,
        choices: Mapping[str, Collection[str]],
        families: Collection[str],
        name: str,
        line: Line,
    ) -> None:
        self.file = file
        self.choices = choices
        self.families = families
        self.name = name
        self.line = line

    def problem(self, code: str, where: Where, row: str, message: Text, cure: Text) -> Problem:
        place = Place(self.name, cell=row, line=self.line(where))
        return Problem(f"procedures-{code}", message, cure, place)

    def unknown(
        self, what: Text, code: str, asked: str, known: Iterable[str], where: Where, row: str
    ) -> Iterator[Problem]:
        """Yield a problem where *asked* is none of *known*."""
        names = sorted(known)
        if asked not in names:
            yield self.problem(
                f"{code}-unknown",
                where,
                row,
                Text(f"không có {what.vi} '{asked}'", f"no such {what.en}: '{asked}'"),
                Text(
                    f"dùng một trong: {', '.join(names)}", f"use one of: {', '.join(names) or '-'}"
                ),
            )

    def all(self) -> Iterator[Problem]:
        file = self.file
        for key, rows in (
            ("authorities", file.authorities),
            ("flows", file.flows),
            ("procedures", file.procedures),
            ("obligations", file.obligations),
        ):
            yield from self.twice((key,), [row.id for row in rows], "")
        for number, authority in enumerate(file.authorities):
            yield from self.names(number, authority.id)
        flows = {flow.id: flow for flow in file.flows}
        for number, flow in enumerate(file.flows):
            yield from self.flow(("flows", number), flow)
        for number, one in enumerate(file.procedures):
            where: Where = ("procedures", number)
            wrong = list(self.unknown(_FLOW, "flow", one.flow, flows, (*where, "flow"), one.id))
            yield from wrong or self.procedure(where, one, flows[one.flow])
        yield from self.overlaps()
        yield from self.obligations()

    def twice(self, where: Where, ids: Sequence[str], row: str) -> Iterator[Problem]:
        for id, times in Counter(ids).items():
            if times > 1:
                last = len(ids) - 1 - list(reversed(ids)).index(id)
                yield self.problem(
                    "twice",
                    (*where, last),
                    row or id,
                    Text(f"mã '{id}' dùng hai lần", f"the id '{id}' is used twice"),
                    Text("đặt mã khác hoặc xóa một", "give one another id, or delete it"),
                )

    def names(self, number: int, id: str) -> Iterator[Problem]:
        """Yield names of one body that leave a gap, or stand on the same day."""
        names = self.file.authorities[number].names
        for place, (one, other) in enumerate(pairwise(names), 1):
            if one.until != other.starts:
                yield self.problem(
                    "names",
                    ("authorities", number, "names", place),
                    id,
                    Text(
                        f"tên trước hết ngày {one.until or '(không)'}, tên sau từ {other.starts}",
                        f"one name ends {one.until or '(never)'}, the next starts {other.starts}",
                    ),
                    Text(
                        "cho until của tên trước bằng from của tên sau",
                        "make until of the one equal from of the next",
                    ),
                )

    def flow(self, where: Where, flow: FlowIn) -> Iterator[Problem]:
        states = [state.id for state in flow.states]
        yield from self.twice((*where, "states"), states, flow.id)
        yield from self.twice((*where, "steps"), [step.id for step in flow.steps], flow.id)
        for number, step in enumerate(flow.steps):
            at = (*where, "steps", number)
            for state in step.starts:
                yield from self.unknown(_STATE, "state", state, states, (*at, "from"), step.id)
            yield from self.unknown(_STATE, "state", step.to, states, (*at, "to"), step.id)
            deeds = {*DEEDS, *(one.id for one in flow.steps)}
            for deed in step.not_by:
                yield from self.unknown(_STEP, "step", deed, deeds, (*at, "not_by"), step.id)

    def procedure(self, where: Where, one: ProcedureIn, flow: FlowIn) -> Iterator[Problem]:
        known = {state.id: state for state in flow.states}
        of_flow = {step.id: step for step in flow.steps}
        wrong: list[Problem] = []
        for key, ids, names, what, code in (
            ("states", [use.id for use in one.states], known, _STATE, "state"),
            ("steps", [use.id for use in one.steps], of_flow, _STEP, "step"),
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
        yield from self.unknown(_STATE, "state", one.start, states, (*where, "start"), one.id)
        for state in one.opinions_shown_in:
            at = (*where, "opinions_shown_in")
            yield from self.unknown(_STATE, "state", state, states, at, one.id)
        yield from self.bodies(where, one)
        yield from self.readings(where, one)
        yield from self.steps(where, one, steps)
        yield from self.ways(where, one, steps, {id for id in states if known[id].final})
        yield from self.clocks(where, one, {step.id for step in steps})
        yield from self.sources(where, one)

    def bodies(self, where: Where, one: ProcedureIn) -> Iterator[Problem]:
        authorities = {row.id for row in self.file.authorities}
        for party, ids in one.parties.model_dump().items():
            for id in ids:
                at = (*where, "parties", party)
                yield from self.unknown(_AUTHORITY, "authority", id, authorities, at, one.id)

    def readings(self, where: Where, one: ProcedureIn) -> Iterator[Problem]:
        yield from self.unknown(
            _FAMILY, "family", one.family, self.families, (*where, "family"), one.id
        )
        for option in one.options:
            yield from self.option(option, (), (*where, "options"), one.id)
        if one.consult_option is not None:
            at = (*where, "consult_option")
            yield from self.unknown(_OPTION, "option", one.consult_option, one.options, at, one.id)
            yield from self.option(
                one.consult_option, one.consult_when, (*where, "consult_when"), one.id
            )

    def option(
        self, option: str, codes: Iterable[str], where: Where, row: str
    ) -> Iterator[Problem]:
        wrong = list(self.unknown(_OPTION, "option", option, self.choices, where, row))
        yield from wrong
        for code in codes if not wrong else ():
            yield from self.unknown(_CHOICE, "choice", code, self.choices[option], where, row)

    def steps(self, where: Where, one: ProcedureIn, steps: Sequence[StepIn]) -> Iterator[Problem]:
        states = {use.id for use in one.states}
        papers = {paper.id for paper in one.papers}
        known = {*DEEDS, *(step.id for step in steps)}
        for number, step in enumerate(steps):
            at = (*where, "steps", number)
            given = one.steps[number].model_fields_set
            # What the flow says for procedures with more states or steps is only read for this one.
            for state in step.starts if "starts" in given else ():
                yield from self.unknown(_STATE, "state", state, states, at, step.id)
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
            yield from self.unknown(_STATE, "state", step.to, states, at, step.id)
            for deed in step.not_by if "not_by" in given else ():
                yield from self.unknown(_STEP, "step", deed, known, at, step.id)
            if step.makes is not None:
                yield from self.unknown(_PAPER, "paper", step.makes, papers, at, step.id)

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
                yield from self.unknown(_STEP, "step", id, known, (*at, key), clock.id)
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
                yield from self.unknown(_STATE, "state", state, states, (*at, "pauses"), clock.id)
            if clock.option is not None:
                yield from self.unknown(
                    _OPTION, "option", clock.option, one.options, (*at, "option"), clock.id
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
        for key, rows in (("steps", one.steps), ("clocks", one.clocks), ("papers", one.papers)):
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

    def overlaps(self) -> Iterator[Problem]:
        """Yield procedures of one kind and subject that are in force on the same day."""
        rows = enumerate(self.file.procedures)
        for (_, one), (number, other) in combinations(rows, 2):
            same = (one.kind, one.subject) == (other.kind, other.subject)
            late, end = max(one.in_force_from, other.in_force_from), "9999-12-31"
            early = min(one.in_force_until or end, other.in_force_until or end)
            if same and one.id != other.id and late < early:
                yield self.problem(
                    "dates-overlap",
                    ("procedures", number, "in_force_from"),
                    other.id,
                    Text(
                        f"ngày {late} cùng có hiệu lực với '{one.id}'",
                        f"in force on {late} together with '{one.id}'",
                    ),
                    Text("ghi in_force_until cho bản trước", "give the earlier one in_force_until"),
                )

    def obligations(self) -> Iterator[Problem]:
        ids = {row.id: row for row in self.file.obligations}
        for number, row in enumerate(self.file.obligations):
            if row.after is None:
                continue
            at = ("obligations", number, "after")
            wrong = list(self.unknown(_OBLIGATION, "obligation", row.after, ids, at, row.id))
            yield from wrong
            if not wrong and not ids[row.after].due:
                yield self.problem(
                    "after-undated",
                    at,
                    row.id,
                    Text(
                        f"'{row.after}' không có ngày hạn để tính tiếp",
                        f"'{row.after}' has no due day to count from",
                    ),
                    Text("chọn nghĩa vụ có due", "name an obligation that has due"),
                )


_FLOW = Text("luồng", "flow")
_STATE = Text("trạng thái", "state")
_STEP = Text("bước", "step")
_PAPER = Text("giấy tờ", "paper")
_AUTHORITY = Text("cơ quan", "body")
_FAMILY = Text("bộ tiêu chí", "family")
_OPTION = Text("cách hiểu", "reading")
_CHOICE = Text("lựa chọn", "choice")
_OBLIGATION = Text("nghĩa vụ", "obligation")


def _closure(first: set[str], edges: Sequence[tuple[str, str]]) -> set[str]:
    """Return what can be reached from *first* along *edges*."""
    reached, fresh = set(first), set(first)
    while fresh:
        fresh = {to for start, to in edges if start in fresh} - reached
        reached |= fresh
    return reached
