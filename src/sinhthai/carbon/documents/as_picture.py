"""Scopes by year as a picture: of one subject, else of a year by enterprise."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.carbon.documents import words
from sinhthai.carbon.documents.report import Report, Study
from sinhthai.carbon.engine.groups import Sum
from sinhthai.foundation.charts.bars import Series, stacked_bars
from sinhthai.foundation.charts.png import to_png
from sinhthai.foundation.charts.svg import shortened
from sinhthai.foundation.fonts import FONTS

_WIDE = 620.0  # room of all labels together
_MOST = 24  # bars that can be told apart


def as_svg(study: Study, language: str) -> str:
    """Return the picture of a study; of a park its sum, else of each subject and year."""
    reports = [park.report for park in study.parks] or list(study.reports)
    reports = sorted(reports, key=lambda one: (one.year, -one.headline.known_t))[:_MOST]
    subjects = {one.subject for one in reports}
    years = {one.year for one in reports}
    title = words.TITLE.get(language)
    if len(subjects) == 1:
        title += f" · {next(iter(subjects))}"
    if len(years) == 1:
        title += f" · {next(iter(years))}"
    return bars_of(reports, title, language)


def bars_of(reports: Sequence[Report], title: str, language: str) -> str:
    """Return scopes as stacked bars, one bar a report, with the interval of scopes 1 and 2."""
    one_subject = len({one.subject for one in reports}) == 1
    one_year = len({one.year for one in reports}) == 1
    room = _WIDE / max(len(reports), 1)
    labels = [
        str(one.year) if one_subject else one.subject if one_year else words.name_of(one)
        for one in reports
    ]
    has_third = any(3 in one.scopes for one in reports)
    series = [
        Series(
            words.SHORT_SCOPES[scope].get(language),
            [_value(one.scopes.get(scope)) for one in reports],
        )
        for scope in ((1, 2, 3) if has_third else (1, 2))
    ]
    return stacked_bars(
        title,
        [shortened(label, room, 12) for label in labels],
        series,
        unit="t CO2e",
        language=language,
        intervals=[] if has_third else [_interval(one.headline) for one in reports],
    )


def as_png(study: Study, language: str) -> bytes:
    """Return the picture as PNG."""
    return to_png(as_svg(study, language), fonts=[FONTS])


def _value(total: Sum | None) -> float | None:
    return 0.0 if total is None else total.co2e_t


def _interval(total: Sum) -> tuple[float, float] | None:
    return None if total.unknown else (total.low_t, total.high_t)
