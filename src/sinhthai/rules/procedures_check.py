"""Check the file of procedures: every name known, no two rows of one kind on one day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, pairwise

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedure_check import ProcedureChecker
from sinhthai.rules.procedures_content import DEEDS
from sinhthai.rules.procedures_schema import FlowIn, ProceduresFile
from sinhthai.rules.telling import FLOW, INSTRUMENT, OBLIGATION, STATE, STEP, Line, Teller, Where
from sinhthai.rules.waste_law_wording import unknown_letters


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


class _Checker(Teller):
    def __init__(
        self,
        file: ProceduresFile,
        choices: Mapping[str, Collection[str]],
        families: Collection[str],
        name: str,
        line: Line,
    ) -> None:
        super().__init__(name, line)
        self.file = file
        authorities = {one.id for one in file.authorities}
        self.one = ProcedureChecker(name, line, authorities, choices, families)

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
            wrong = list(self.unknown(FLOW, "flow", one.flow, flows, (*where, "flow"), one.id))
            yield from wrong or self.one.procedure(where, one, flows[one.flow])
        yield from self.overlaps()
        yield from self.obligations()
        yield from self.instruments()

    def instruments(self) -> Iterator[Problem]:
        """Yield the letters of clauses that stand for no instrument."""
        names = {key: Text(name.vi, name.en) for key, name in self.file.instruments.items()}
        rows: list[tuple[Where, str, str]] = [
            (("authorities", number), one.id, one.clause)
            for number, one in enumerate(self.file.authorities)
        ]
        for number, one in enumerate(self.file.procedures):
            where: Where = ("procedures", number)
            rows.append((where, one.id, one.clause))
            for key in ("steps", "clocks", "papers"):
                rows += [
                    ((*where, key, place), part.id, part.clause)
                    for place, part in enumerate(getattr(one, key))
                ]
        rows += [
            (("obligations", number), one.id, one.clause)
            for number, one in enumerate(self.file.obligations)
        ]
        for at, row, clause in rows:
            for letters in unknown_letters(clause, names):
                yield from self.unknown(
                    INSTRUMENT, "instrument", letters, names, (*at, "clause"), row
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
                yield from self.unknown(STATE, "state", state, states, (*at, "from"), step.id)
            yield from self.unknown(STATE, "state", step.to, states, (*at, "to"), step.id)
            deeds = {*DEEDS, *(one.id for one in flow.steps)}
            for deed in step.not_by:
                yield from self.unknown(STEP, "step", deed, deeds, (*at, "not_by"), step.id)

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
            wrong = list(self.unknown(OBLIGATION, "obligation", row.after, ids, at, row.id))
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
