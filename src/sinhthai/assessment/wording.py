"""Findings in words: the value, the threshold, what is missing and what to do. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.formulas import columns_of
from sinhthai.assessment.engine.verdicts import count_statuses, verdict_of
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework, Item, Leaf

NOTHING = Text("", "")
UNKNOWN = "—"
_SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}
_SPACE = "\u00a0"
_LISTED = 3  # item names said before "and n more"


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
        return _range(low, high, finding.threshold, language, 1, _unit(leaf.unit, language))
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
        value = _round(finding.threshold * (100 if is_fraction else 1))
        unit = f"{_SPACE}%" if is_fraction else _unit(leaf.unit, language)
        return f"{_SIGNS[leaf.sense]} {format_number(value, language)}{unit}"

    return Text(say("vi"), say("en"))


def say_gap(
    leaf: Leaf,
    finding: Finding,
    items: Mapping[str, Item] | None = None,
    readings: Mapping[str, str] | None = None,
) -> Text:
    """Return what is missing, in words a manager understands; empty when nothing is.

    The unknown comes first: reporting is cheaper than building. *items* gives the names of what
    was not reported and *readings* the formulas that apply; by default those of the rules.
    """
    if finding.status not in ("not_met", "undetermined"):
        return NOTHING
    bundle = load_bundle() if items is None or readings is None else None
    known = items if items is not None else bundle.items if bundle else {}
    chosen = readings if readings is not None else bundle.defaults() if bundle else {}
    say = {"share": _share_gap, "condition": _condition_gap}.get(leaf.kind, _amount_gap)
    return say(leaf, finding, known, chosen)


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


def say_missing(codes: Iterable[str], items: Mapping[str, Item]) -> Text:
    """Return the names of the items to report, the first few and how many more."""
    names = [items[code].name for code in codes if code in items]
    more = len(names) - _LISTED
    vi = "; ".join(name.vi for name in names[:_LISTED])
    en = "; ".join(name.en for name in names[:_LISTED])
    if more > 0:
        vi, en = f"{vi}; và {more} mục nữa", f"{en}; and {more} more"
    return Text(vi, en)


# -- what is missing, by kind ------------------------------------------------------------------


def _condition_gap(
    leaf: Leaf, finding: Finding, items: Mapping[str, Item], _readings: Mapping[str, str]
) -> Text:
    if finding.status == "undetermined":
        return _report(finding, items)
    return Text("Phải đáp ứng: {vi}.", "To be met: {en}.").format(
        vi=leaf.title.vi, en=leaf.title.en
    )


def _share_gap(
    leaf: Leaf, finding: Finding, items: Mapping[str, Item], readings: Mapping[str, str]
) -> Text:
    if finding.denominator is None or finding.denominator[0] in (None, 0):
        return _report(finding, items)
    open_ = (finding.unknown or 0) + (finding.maybe or 0)
    who = _who(leaf, readings)
    vi, en = [], []
    if open_:
        vi.append(f"Bổ sung số liệu của {_count(open_, 'vi')} doanh nghiệp chưa rõ")
        en.append(f"Report the {_count(open_, 'en')} enterprises that are not known")
    elif finding.status == "undetermined" and finding.missing:
        told = _report(finding, items)
        vi.append(told.vi.rstrip("."))
        en.append(told.en.rstrip("."))
    if leaf.sense in ("at_least", "more_than", "equal") and finding.gap:
        worst, best = int(finding.gap), int(finding.gap_certain or 0)
        total = finding.denominator[1] or finding.denominator[0] or 0
        needed = best if finding.status == "not_met" and best else worst
        both = ("hoặc thêm", "or") if vi else ("Thêm", "")
        of = Text(f"trong {_count(total, 'vi')} {who.vi}", f"of the {_count(total, 'en')} {who.en}")
        vi.append(
            f"{both[0]} ít nhất {_count(needed, 'vi')} {of.vi} phải đạt «{leaf.title.vi}»"
            if needed == best and best != worst
            else f"{both[0]} {_count(needed, 'vi')} {of.vi} phải đạt «{leaf.title.vi}»"
        )
        least = "at least " if needed == best and best != worst else ""
        en.append(
            f"{both[1]} {least}{_count(needed, 'en')} more {of.en} must meet"
            f" “{leaf.title.en}”".strip()
        )
    elif finding.gap:
        vi.append(f"Bớt {_count(finding.gap, 'vi')} doanh nghiệp")
        en.append(f"{_count(finding.gap, 'en')} enterprises fewer")
    until = Text(
        f" trước ngày {format_date(finding.on, 'vi')}", f" by {format_date(finding.on, 'en')}"
    )
    if not vi:
        return _report(finding, items)
    return Text(_sentence(", ".join(vi) + until.vi), _sentence(", ".join(en) + until.en))


def _amount_gap(
    leaf: Leaf, finding: Finding, items: Mapping[str, Item], readings: Mapping[str, str]
) -> Text:
    if leaf.part_of_whole and (finding.lower or 0) > 1:
        return Text(
            f"Kiểm tra lại số liệu, phần lớn hơn toàn bộ: {leaf.title.vi}.",
            f"Check the data, the part is greater than the whole: {leaf.title.en}.",
        )
    parts = []
    if finding.status == "undetermined":
        parts.append(_report(finding, items))
    needed = finding.gap_certain or 0 if finding.status == "not_met" else finding.gap or 0
    if needed > 0:
        unit = _numerator_unit(leaf, items, readings)
        is_more = leaf.sense in ("at_least", "more_than")

        def say(language: str, words: Text) -> str:
            # round up: what is announced must be enough
            amount = math.ceil(needed * 10_000 - 1e-6) / 10_000
            return words.get(language).format(
                amount=f"{format_number(amount, language)}{_unit(unit, language)}",
                title=leaf.title.get(language),
            )

        certain = (
            Text("Cần thêm ít nhất {amount}: {title}.", "At least {amount} more: {title}.")
            if is_more
            else Text("Phải giảm ít nhất {amount}: {title}.", "At least {amount} less: {title}.")
        )
        perhaps = (
            Text(
                "Nếu phần chưa khai bằng không thì còn thiếu {amount}.",
                "If what is not reported is nothing, {amount} is still missing.",
            )
            if is_more
            else Text(
                "Trong trường hợp xấu nhất phải giảm {amount}.",
                "In the worst case {amount} less is needed.",
            )
        )
        words = certain if finding.status == "not_met" else perhaps
        parts.append(Text(say("vi", words), say("en", words)))
    said = [part for part in parts if part.vi]
    return Text(" ".join(part.vi for part in said), " ".join(part.en for part in said))


def _report(finding: Finding, items: Mapping[str, Item]) -> Text:
    if not finding.missing:
        return Text(
            "Kiểm tra lại số liệu: các con số khai mâu thuẫn với nhau hoặc chưa chính xác.",
            "Check the data: the figures contradict each other or are not exact.",
        )
    names = say_missing(finding.missing, items)
    return Text(f"Khai: {names.vi}.", f"Report: {names.en}.")


def _who(leaf: Leaf, readings: Mapping[str, str]) -> Text:
    """Return how the enterprises of the denominator are called."""
    formula = leaf.denominator.chosen(readings) if leaf.denominator else ""
    if formula.replace(" ", "") == "status='operating'":
        return Text("doanh nghiệp đang hoạt động", "operating enterprises")
    return Text("doanh nghiệp thuộc diện tính", "enterprises that count")


def _numerator_unit(leaf: Leaf, items: Mapping[str, Item], readings: Mapping[str, str]) -> str:
    if leaf.kind == "quantity":
        return leaf.unit
    for code in columns_of(leaf.numerator.chosen(readings)):
        if code in items:
            return items[code].unit
    return ""


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
        return format_number(_round(value * scale, threshold and threshold * scale), language)

    if low is not None and high is not None:
        first, last = figure(low), figure(high)
        return f"{first}{unit}" if first == last else f"{first}–{last}{unit}"
    return f"≥ {figure(low)}{unit}" if low is not None else f"≤ {figure(high or 0)}{unit}"


def _round(value: float, threshold: float | None = None) -> float:
    """Round to one decimal, or to as many as keep the value on its side of the threshold.

    >>> _round(15.873), _round(19.97, 20.0), _round(20.0, 20.0)
    (15.9, 19.97, 20.0)
    """
    for digits in range(1, 7):
        rounded = round(value, digits)
        if threshold is None or (rounded - threshold > 0) - (rounded - threshold < 0) == (
            value - threshold > 1e-9
        ) - (value - threshold < -1e-9):
            return rounded
    return value


def _unit(unit: str, language: str) -> str:
    label = unit_label(unit, language) if unit not in ("", "1") else ""
    return f"{_SPACE}{label}" if label else ""


def _count(value: float, language: str) -> str:
    return format_number(float(value), language, 0)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}."
