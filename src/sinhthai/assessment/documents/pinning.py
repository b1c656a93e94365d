"""The lines under every document that say how to compute it again (H6)."""

from __future__ import annotations

import datetime as dt

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.report import Report
from sinhthai.foundation.numbers import format_date

_VIET_NAM = dt.timezone(dt.timedelta(hours=7))  # one time zone, no summer time


def pin_lines(report: Report, language: str) -> list[tuple[str, str]]:
    """Return label and value of each pin of *report*, the readings of the law among them."""
    pins = report.pins
    lines = [
        (words.FRAMEWORK, report.framework.id),
        (words.ENGINE, pins.engine_version),
        (
            words.RULES,
            " · ".join(part for part in (pins.rules_version, pins.rules_hash[:16]) if part),
        ),
        (words.DIGEST, pins.input_digest[:16]),
    ]
    if pins.known_at:
        local = pins.known_at.astimezone(_VIET_NAM)
        lines.append((words.KNOWN_AT, f"{format_date(local.date(), language)} {local:%H:%M:%S}"))
    if pins.by:
        lines.append((words.BY, pins.by))
    return [(label.get(language), value) for label, value in lines] + [
        (f"{option} · {title.get(language)}", choice.get(language))
        for option, title, choice in report.readings
    ]
