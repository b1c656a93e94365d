"""Findings in words: the value, the threshold, the conclusion. Pure. Gaps: `gaps`."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.verdicts import count_statuses, verdict_of
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.model import Framework, Leaf

NOTHING = Text("", "")
UNKNOWN = "—"
_SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}
_SPACE = "\u00a0"


def say_value(leaf: Leaf, finding: Finding, language: str) -> str:
    """Return the value as read on the page: ``15,9–37,6 %``, ``3``, ``có``; a dash if unknown.

    A figure is never rounded onto the wrong side of its threshold.
    """
    if leaf.kind == "condition":
        said = {"met": Text("có", "yes"), "not_met": Text("không", "no")}
        return said[finding.status].get(language) if finding.status in said else UNKNOWN
    low, high = finding.lower, finding.upper
    is_open = finding.status == "undetermined"
    if finding.status == "not_applicable" or (low is None and high is None):
        return UNKNOWN
    if leaf.kind == "quantity":
        if is_open and not low and high is None:
            return UNKNOWN
        return _range(low, high, finding.threshold, language, 1, unit_after(leaf.unit, language))
    if is_open and not low and (high is None or high >= 1):
        return UNKNOWN
    return _range(low, high, finding.threshold, language, 100, f"{_SPACE}%")


def say_threshold(leaf: Leaf, finding: Finding) -> Text:
    """Return the threshold with its sign, empty for a condition or where none is known."""
    if leaf.kind == "condition" or finding.threshold is None:
        return NOTHING
    is_fraction = leaf.kind in ("ratio", "share")

    def say(language: str) -> str:
        assert finding.threshold is not None
        value = round_beside(finding.threshold * (100 if is_fraction else 1))
        unit = f"{_SPACE}%" if is_fraction else unit_after(leaf.unit, language)
        return f"{_SIGNS[leaf.sense]} {format_number(value, language)}{unit}"

    return Text(say("vi"), say("en"))


def verdict_sentence(framework: Framework, findings: Sequence[Finding]) -> Text:
    """Return the conclusion in one sentence. A finding, not a decision (H7)."""
    counts = count_statuses(finding.status for finding in findings)
    verdict = verdict_of(framework, counts)
    total = sum(counts.values())
    lead = {
        "all_met": Text("Đáp ứng mọi tiêu chí áp dụng", "Every criterion that applies is met"),
        "not_met": Text("Chưa đáp ứng bộ tiêu chí", "The criteria are not all met"),
        "undetermined": Text("Chưa đủ cơ sở để kết luận", "Not enough is known to conclude"),
        "incomplete_rules": Text(
            "Đạt các tiêu chí đã biết, nhưng văn bản chưa được đọc đủ để kết luận",
            "The known criteria are met, but the text was only partly seen: no conclusion",
        ),
    }[verdict]
    if verdict == "undetermined" and framework.legal:
        lead = Text(
            "Chưa đủ cơ sở để đề nghị chứng nhận",
            "Not enough is known to apply for the certificate",
        )
    parts = [
        (counts["met"], Text("{n} tiêu chí đạt", "{n} met")),
        (counts["not_met"], Text("{n} không đạt", "{n} not met")),
        (
            counts["undetermined"],
            Text("{n} chưa xác định được vì thiếu số liệu", "{n} undetermined for want of data"),
        ),
        (counts["not_applicable"], Text("{n} không áp dụng", "{n} not applicable")),
    ]
    said = [text.format(n=count) for count, text in parts if count]
    if not said:
        return Text(f"{lead.vi}.", f"{lead.en}.")
    return Text(
        f"{lead.vi}: {', '.join(one.vi for one in said)}, trên {total} tiêu chí.",
        f"{lead.en}: {', '.join(one.en for one in said)}, of {total} criteria.",
    )


# -- figures -----------------------------------------------------------------------------------


def _range(
    low: float | None,
    high: float | None,
    threshold: float | None,
    language: str,
    scale: float,
    unit: str,
) -> str:
    def figure(value: float) -> str:
        return format_number(round_beside(value * scale, threshold and threshold * scale), language)

    if low is not None and high is not None:
        first, last = figure(low), figure(high)
        return f"{first}{unit}" if first == last else f"{first}–{last}{unit}"
    return f"≥ {figure(low)}{unit}" if low is not None else f"≤ {figure(high or 0)}{unit}"


def round_beside(value: float, threshold: float | None = None) -> float:
    """Round to one decimal, or to as many as keep the value on its side of the threshold.

    >>> round_beside(15.873), round_beside(19.97, 20.0), round_beside(20.0, 20.0)
    (15.9, 19.97, 20.0)
    """
    for digits in range(1, 7):
        rounded = round(value, digits)
        if threshold is None or (rounded - threshold > 0) - (rounded - threshold < 0) == (
            value - threshold > 1e-9
        ) - (value - threshold < -1e-9):
            return rounded
    return value


def unit_after(unit: str, language: str) -> str:
    """Return the unit as it stands after a figure, with its space; empty for a plain count."""
    label = unit_label(unit, language) if unit not in ("", "1") else ""
    return f"{_SPACE}{label}" if label else ""
