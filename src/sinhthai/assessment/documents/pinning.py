"""The lines under every document that say how to compute it again (H6)."""

from __future__ import annotations

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.report import Report


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
        lines.append((words.KNOWN_AT, pins.known_at.isoformat(sep=" ", timespec="seconds")))
    if pins.by:
        lines.append((words.BY, pins.by))
    return [(label.get(language), value) for label, value in lines] + [
        (f"{option} · {title.get(language)}", choice.get(language))
        for option, title, choice in report.readings
    ]
