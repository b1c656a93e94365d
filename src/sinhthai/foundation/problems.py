"""One thing wrong with what a person gave us: what, where, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: sheet and cell of a workbook, or line of a text file."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None

    def __str__(self) -> str:
        parts = [self.file, self.sheet, self.cell, f"{self.line}" if self.line else ""]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem a person can cure. ``code`` is stable and names its test file."""

    code: str
    message: Text
    cure: Text
    place: Place = Place()
    severity: Severity = "error"

    def say(self, language: str) -> str:
        """Return place, message and cure as one line."""
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.message.get(language)} → {self.cure.get(language)}"


class InputError(Exception):
    """Bad input. Carries every problem found, not just the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.say("en") for problem in self.problems))
