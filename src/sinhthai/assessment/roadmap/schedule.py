"""The lines of a plan as a schedule: the same thing at several enterprises is one entry. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sinhthai.assessment.roadmap.document import Alternative, Line, Roadmap
from sinhthai.assessment.roadmap.wording import KIND_NAMES
from sinhthai.foundation.charts.svg import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    PAPER,
    RULE,
    SOFT,
    Drawing,
    shortened,
)
from sinhthai.foundation.text import Text

_ORDER = ("report", "step", "land", "exchange", "measure")
_COLOURS = {"report": AMBER, "step": GREEN, "land": "#6b8f3c", "exchange": "#7a5195",
            "measure": BLUE}  # fmt: skip
_MOST = 40  # entries a picture can hold
_ROW, _TOP, _NAMES, _RIGHT = 24.0, 62.0, 0.46, 12.0


@dataclass(frozen=True, slots=True)
class Entry:
    """The same thing begun in the same year, at one enterprise or several; money in VND."""

    kind: str
    name: Text
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """The year it begins."""
        return self.lines[0].start

    @property
    def done(self) -> int:
        """The year by whose end it counts."""
        return self.lines[0].done

    @property
    def who(self) -> Text:
        """The enterprise, or how many; empty where it is the park's own."""
        if len(self.lines) == 1:
            return self.lines[0].owner
        n = len(self.lines)
        return Text(f"{n} doanh nghiệp", f"{n} enterprises")

    @property
    def kind_name(self) -> Text:
        """What kind of thing it is."""
        return KIND_NAMES[self.kind]

    @property
    def serves(self) -> tuple[str, ...]:
        """Clauses it serves."""
        return tuple(dict.fromkeys(clause for line in self.lines for clause in line.serves))

    @property
    def investment(self) -> float:
        """VND together."""
        return sum(line.investment for line in self.lines)

    @property
    def low(self) -> float:
        """VND at least."""
        return sum(line.low for line in self.lines)

    @property
    def high(self) -> float:
        """VND at most."""
        return sum(line.high for line in self.lines)

    @property
    def saving(self) -> float:
        """VND a year, each alone."""
        return sum(line.saving for line in self.lines)

    @property
    def co2e(self) -> float:
        """t a year, each alone."""
        return sum(line.co2e for line in self.lines)

    @property
    def estimated(self) -> bool:
        """Whether any figure of it is an estimate."""
        return any(line.estimated for line in self.lines)

    @property
    def why(self) -> Text:
        """The reason of the first line."""
        return self.lines[0].why

    @property
    def source(self) -> Text:
        """Where the figures of the first line come from."""
        return self.lines[0].source


def entries(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return *lines* as entries: by year, kind, and the dearest first."""
    alike: dict[tuple[str, str, int, int], list[Line]] = {}
    for line in lines:
        single = "" if line.owner.en else line.id  # the park's own things stay apart
        key = (line.kind, single or line.name.en, line.start, line.done)
        alike.setdefault(key, []).append(line)
    made = [Entry(group[0].kind, group[0].name, tuple(group)) for group in alike.values()]
    made.sort(key=lambda e: (e.start, _ORDER.index(e.kind), -e.investment, e.name.en))
    return tuple(made)


def gantt(roadmap: Roadmap, plan: Alternative, title: Text, language: str) -> str:
    """Return the schedule as SVG: a bar from the year a thing begins to the year it counts.

    >>> from sinhthai.assessment.roadmap.document import EMPTY
    >>> plan = Alternative("cheapest", "optimal", 0, 0, 0, 0, 0, 0, 2026, 0, "", 0, (), (), (), (),
    ...                    ())
    >>> gantt(EMPTY, plan, Text("a", "b"), "en").startswith("<svg")
    True
    """
    rows = entries(plan.lines)
    shown, width = rows[:_MOST], 760.0
    years = range(roadmap.years[0], max([*roadmap.years, *(e.done for e in rows)]) + 1) if (
        roadmap.years) else range(0)  # fmt: skip
    height = _TOP + _ROW * len(shown) + (24 if len(rows) > _MOST else 6)
    about = "; ".join(f"{e.name.get(language)}: {e.start}–{e.done}" for e in shown)
    drawing = Drawing(width, height, title.get(language), about)
    drawing.text(0, 16, title.get(language), size=14, weight=600)
    left = width * _NAMES
    step = (width - left - _RIGHT) / max(len(years), 1)
    _legend(drawing, shown, language)
    for at, year in enumerate(years):
        drawing.line(left + at * step, _TOP - 8, left + at * step, height - 6, RULE)
        middle = left + (at + 0.5) * step
        drawing.text(middle, _TOP - 12, str(year), size=11, anchor="middle", fill=SOFT)
    for at, entry in enumerate(shown):
        y = _TOP + at * _ROW
        who = entry.who.get(language)
        words = f"{entry.name.get(language)} · {who}" if who else entry.name.get(language)
        drawing.text(0, y + 14, shortened(words, left - 10, 11.5), size=11.5, fill=INK)
        first = left + (entry.start - years[0]) * step
        length = (entry.done - entry.start + 1) * step
        drawing.rect(first + 3, y + 4, length - 6, 13, _COLOURS.get(entry.kind, GREY), title=words)
    if len(rows) > _MOST:
        more = len(rows) - _MOST
        words = Text(f"và {more} mục nữa", f"and {more} more").get(language)
        drawing.text(0, height - 8, words, size=11, fill=SOFT)
    drawing.line(left, _TOP - 8, width - _RIGHT, _TOP - 8, PAPER)
    return str(drawing)


def _legend(drawing: Drawing, shown: Sequence[Entry], language: str) -> None:
    x = 0.0
    for kind in dict.fromkeys(entry.kind for entry in shown):
        name = KIND_NAMES[kind].get(language)
        drawing.rect(x, 29, 10, 10, _COLOURS.get(kind, GREY))
        drawing.text(x + 15, 38, name, size=11, fill=SOFT)
        x += 30 + len(name) * 6.4
