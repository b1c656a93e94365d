"""What is wrong with a file of procedures: told with its place, its row and the cure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text

Where = tuple[str | int, ...]
Line = Callable[[Sequence[Any]], int | None]

FLOW = Text("luồng", "flow")
STATE = Text("trạng thái", "state")
STEP = Text("bước", "step")
PAPER = Text("giấy tờ", "paper")
AUTHORITY = Text("cơ quan", "body")
FAMILY = Text("bộ tiêu chí", "family")
OPTION = Text("cách hiểu", "reading")
CHOICE = Text("lựa chọn", "choice")
INSTRUMENT = Text("văn bản", "instrument")
OBLIGATION = Text("nghĩa vụ", "obligation")


class Teller:
    """Tells the problems of the file *name*; *line* says where a path of keys stands in it."""

    def __init__(self, name: str, line: Line) -> None:
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
