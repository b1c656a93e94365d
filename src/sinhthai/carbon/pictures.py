"""The pictures of inventories as SVG: scopes by year, energy of a year, the trend of a park."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.carbon.readers.inventory import Book, Shown
from sinhthai.carbon.readers.park import YearSum
from sinhthai.carbon.wording import SHORT_SCOPES, kind_name, what_name
from sinhthai.foundation.charts.bars import Series, stacked_bars
from sinhthai.foundation.charts.png import to_png
from sinhthai.foundation.charts.sankey import Flow, sankey
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.text import Text

_DRAFT = Text("dự thảo", "draft")
_UNIT = Text("t CO2e", "t CO2e")
_SCOPES_TITLE = Text("Phát thải khí nhà kính theo phạm vi", "Greenhouse gas emissions by scope")
_PARK_TITLE = Text("Phát thải của khu, phạm vi 1 và 2", "Emissions of the park, scopes 1 and 2")
_ENERGY_TITLE = Text("Năng lượng theo nguồn và mục đích", "Energy by carrier and use")


def years_shown(book: Book) -> list[Shown]:
    """Return one inventory a year: what is published, else the draft."""
    found = (book.published(year) or book.shown(year) for year in book.years)
    return [one for one in found if one is not None]


def scopes_picture(shown: Sequence[Shown], language: str) -> str:
    """Return the bars of scopes by year; a whisker where scopes 1 and 2 are all there is."""
    known = {s: [one.totals[s].known_t if s in one.totals else 0.0 for one in shown] for s in _ALL}
    series = [
        Series(SHORT_SCOPES[s].get(language), known[s]) for s in _ALL if s != 3 or any(known[3])
    ]
    intervals = [
        (one.whole.low_t, one.whole.high_t)
        if not at3 and one.whole.low_t is not None and one.whole.high_t is not None
        else None
        for one, at3 in zip(shown, known[3], strict=True)
    ]
    return stacked_bars(
        _SCOPES_TITLE.get(language),
        [_label(one.year, one.locked is not None, language) for one in shown],
        series,
        unit=_UNIT.get(language),
        language=language,
        intervals=intervals,
        partial=[any(t.unknown for t in one.totals.values()) for one in shown],
    )


_ALL = (1, 2, 3)


def _label(year: int, is_locked: bool, language: str) -> str:
    return str(year) if is_locked else f"{year} ({_DRAFT.get(language)})"


def energy_flows(shown: Shown, language: str) -> list[Flow]:
    """Return energy from carrier to use [TOE]; what is not known is not drawn."""
    sums: dict[tuple[str, str], float] = {}
    for use in shown.pinned.energy:
        if use.toe:
            key = (what_name(use.what).get(language), kind_name(use.kind).get(language))
            sums[key] = sums.get(key, 0.0) + use.toe
    return [Flow(source, _apart(source, target), toe) for (source, target), toe in sums.items()]


def _apart(source: str, target: str) -> str:
    """Return *target* so that it is no place of its own name on the other side."""
    return target if source != target else f"{target} "


def energy_picture(shown: Shown, language: str) -> str:
    """Return the Sankey of a year's energy; empty where none is known."""
    flows = energy_flows(shown, language)
    if not flows:
        return ""
    title = f"{_ENERGY_TITLE.get(language)}, {shown.year}"
    tall = min(140 + 46 * len({flow.source for flow in flows}), 420)
    return sankey(title, flows, unit="TOE", language=language, height=tall)


def park_picture(sums: Sequence[YearSum], language: str) -> str:
    """Return the bars of a park's scopes by year; a bar without everybody says so."""
    return stacked_bars(
        _PARK_TITLE.get(language),
        [str(one.year) for one in sums],
        [
            Series(SHORT_SCOPES[scope].get(language), [s.found.by_scope[scope].known for s in sums])
            for scope in (1, 2)
        ],
        unit=_UNIT.get(language),
        language=language,
        intervals=[_interval(one) for one in sums],
        partial=[not one.is_known for one in sums],
    )


def _interval(one: YearSum) -> tuple[float, float] | None:
    whole = one.found.whole
    return (max(whole.known - whole.half_width, 0.0), whole.known + whole.half_width)


def png_of(svg: str) -> bytes:
    """Return a picture as PNG, in the letters of the pages."""
    return to_png(svg, fonts=[FONTS])
