"""What is still missing, in words a manager understands. Pure.

What is not known comes first: reporting is cheaper than building.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.formulas import columns_of
from sinhthai.assessment.wording import NOTHING, say_threshold, unit_after
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item, Leaf, Option

_LISTED = 3  # item names said before "and n more"
_OPERATING = Text("doanh nghiệp đang hoạt động", "operating enterprises")
_COUNTED = Text("doanh nghiệp thuộc diện tính", "enterprises that count")
_MORE_IS_BETTER = ("at_least", "more_than", "equal")


def say_gap(
    leaf: Leaf,
    finding: Finding,
    items: Mapping[str, Item] | None = None,
    readings: Mapping[str, str] | None = None,
    options: Mapping[str, Option] | None = None,
) -> Text:
    """Return what is missing; empty when nothing is.

    *items* gives the names of what was not reported, *readings* the formulas that apply and
    *options* what each reading is called; by default those of the rules.

    >>> import datetime as dt
    >>> leaf = load_bundle().frameworks[1].leaf("ENT-3")
    >>> short = Finding("p", "ENT-3", dt.date(2025, 12, 31), 2025, "not_met", 6/63, 6/63, 0.2,
    ...                 (6.0, 6.0), (63.0, 63.0), 6, 57, 0, 0, gap=7.0, gap_certain=7.0)
    >>> say_gap(leaf, short).en
    '7 more of the 63 operating enterprises must show RECP results by 31 Dec 2025.'
    >>> say_gap(leaf, short).vi
    'Thêm 7 trong 63 doanh nghiệp đang hoạt động phải có kết quả RECP, chậm nhất ngày 31/12/2025.'
    """
    if finding.status not in ("not_met", "undetermined"):
        return NOTHING
    if items is None or readings is None or options is None:
        bundle = load_bundle()
        items = bundle.items if items is None else items
        readings = bundle.defaults() if readings is None else readings
        options = bundle.options if options is None else options
    if leaf.kind == "condition":
        return _condition(leaf, finding, items)
    if leaf.kind == "share":
        return _share(leaf, finding, items, _who(leaf, readings, options))
    return _amount(leaf, finding, items, readings)


def say_missing(codes: Iterable[str], items: Mapping[str, Item]) -> Text:
    """Return the names of the items to report, the first few and how many more."""
    names = [items[code].name for code in codes if code in items]
    more = len(names) - _LISTED
    vi = "; ".join(name.vi for name in names[:_LISTED])
    en = "; ".join(name.en for name in names[:_LISTED])
    if more > 0:
        vi, en = f"{vi}; và {more} mục nữa", f"{en}; and {more} more"
    return Text(vi, en)


# -- conditions --------------------------------------------------------------------------------


def _condition(leaf: Leaf, finding: Finding, items: Mapping[str, Item]) -> Text:
    if finding.status == "undetermined":
        return _report(leaf, finding, items)
    years = _in_each_year(leaf, finding)
    if leaf.need is not None:
        return Text(_sentence(leaf.need.vi + years.vi), _sentence(leaf.need.en + years.en))
    title = leaf.title.vi
    vi = f"Phải có {title[3:]}" if title.startswith("Có ") else f"Phải đáp ứng: {title}"
    return Text(_sentence(vi + years.vi), _sentence(f"Needed: {leaf.title.en}{years.en}"))


# -- shares of enterprises ---------------------------------------------------------------------

_KNOWN = Text(
    "thêm {n} trong {total} {who} {must}{until}",
    "{n} more of the {total} {who} {must}{until}",
)
_SURELY = Text("ít nhất {n} trong {total} {who} còn {must}{until}", f"at least {_KNOWN.en}")
_OR_MORE = Text(
    "; là {worst} nếu {open} doanh nghiệp chưa khai đều không đạt",
    "; {worst} if none of the {open} that have not said does",
)
_IF_NONE = Text(
    "{open} doanh nghiệp chưa khai; nếu không doanh nghiệp nào trong số đó đạt thì " + _KNOWN.vi,
    "{open} enterprises have not said; if none of them does, " + _KNOWN.en,
)
_ALL_OPEN = Text(
    "{open} trong {total} {who} chưa khai; tất cả số đó {must}{until}",
    "{open} of the {total} {who} have not said; all of them {must}{until}",
)
_THE_ONE_OPEN = Text(
    "1 trong {total} {who} chưa khai; doanh nghiệp đó {must}{until}",
    "1 of the {total} {who} has not said; it {must}{until}",
)
_IF_ONLY = Text(
    "nếu chỉ có {known} doanh nghiệp đạt thì " + _KNOWN.vi,
    "if only {known} do, " + _KNOWN.en,
)
_FEWER = Text("phải bớt {n} trong {total} {who}{until}", "{n} fewer of the {total} {who}{until}")


def _share(leaf: Leaf, finding: Finding, items: Mapping[str, Item], who: Text) -> Text:
    if finding.denominator is None or finding.denominator[0] in (None, 0) or not finding.gap:
        return _report(leaf, finding, items)
    known = (finding.numerator or (0,))[0] or 0
    # totals are said by the park: no enterprise left unsaid
    open_ = 0 if finding.from_aggregate else (finding.unknown or 0) + (finding.maybe or 0)
    worst, best = int(finding.gap), int(finding.gap_certain or 0)
    said = NOTHING
    number = worst
    if leaf.sense not in _MORE_IS_BETTER:
        words = _FEWER
    elif finding.status == "not_met":
        words, number = (_SURELY, best) if 0 < best < worst else (_KNOWN, best or worst)
        # of several years only the shortfall holds for all, the counts are those of one
        if words is _SURELY and open_ > 1 and leaf.years == 1:
            words = Text(words.vi + _OR_MORE.vi, words.en + _OR_MORE.en)
    elif leaf.years > 1 or (not open_ and not known):
        return _report(leaf, finding, items)
    elif not open_:
        words = _IF_ONLY
        said = _report(leaf, finding, items) if finding.missing else NOTHING
    elif worst == open_:
        words = _THE_ONE_OPEN if open_ == 1 else _ALL_OPEN
    else:
        words = _IF_NONE
    must = leaf.need or Text(f"phải đạt «{leaf.title.vi}»", f"must meet “{leaf.title.en}”")
    until = _in_each_year(leaf, finding) if leaf.years > 1 else _until(finding)
    total = finding.denominator[1] or finding.denominator[0] or 0

    def say(language: str) -> str:
        counts = {"n": number, "total": total, "open": open_, "known": known, "worst": worst}
        figures = {name: format_number(float(n), language, 0) for name, n in counts.items()}
        phrases = {"who": who, "must": must, "until": until}
        return _sentence(
            words.get(language).format(
                **figures, **{name: text.get(language) for name, text in phrases.items()}
            )
        )

    return _together(said, Text(say("vi"), say("en")))


def _who(leaf: Leaf, readings: Mapping[str, str], options: Mapping[str, Option]) -> Text:
    """Return how the enterprises of the denominator are called."""
    if leaf.among is not None:
        return leaf.among
    if leaf.denominator is None:
        return _COUNTED
    if leaf.denominator.chosen(readings).replace(" ", "") == "status='operating'":
        return _OPERATING
    option = options.get(leaf.denominator.option)
    choices = option.choices if option else ()
    return next(
        (one.name for one in choices if one.code == readings[leaf.denominator.option]), _COUNTED
    )


# -- amounts -----------------------------------------------------------------------------------


def _amount(
    leaf: Leaf, finding: Finding, items: Mapping[str, Item], readings: Mapping[str, str]
) -> Text:
    if leaf.part_of_whole and (finding.lower or 0) > 1:
        return Text(
            f"Kiểm tra lại số liệu, phần lớn hơn toàn bộ: {leaf.title.vi}.",
            f"Check the data, the part is greater than the whole: {leaf.title.en}.",
        )
    what = leaf.need or Text(f": {leaf.title.vi}", f": {leaf.title.en}")
    if finding.status == "not_met":
        needed = finding.gap_certain or 0
        if needed <= 0:  # a strict limit, hit exactly
            return _beyond(leaf, finding, what)
        words = _MORE if leaf.sense in _MORE_IS_BETTER else _LESS
        return _say_amount(words, needed, _gap_unit(leaf, items, readings), what)
    told = _report(leaf, finding, items)
    needed = finding.gap or 0
    # nothing of it reported yet: the whole target would be no news
    if needed <= 0 or not (finding.numerator or (finding.lower,))[0]:
        return told
    words = _MORE_IF_NOTHING if leaf.sense in _MORE_IS_BETTER else _LESS_AT_WORST
    return _together(told, _say_amount(words, needed, _gap_unit(leaf, items, readings), what))


_MORE = Text("Cần thêm ít nhất {amount} {what}.", "At least {amount} more {what}.")
_LESS = Text("Phải giảm ít nhất {amount} {what}.", "At least {amount} less {what}.")
_MORE_IF_NOTHING = Text(
    "Nếu phần chưa khai bằng 0 thì cần thêm {amount} {what}.",
    "If what is not reported is zero, {amount} more {what} is needed.",
)
_LESS_AT_WORST = Text(
    "Trường hợp xấu nhất phải giảm {amount} {what}.",
    "In the worst case {amount} less {what} is needed.",
)


def _say_amount(words: Text, needed: float, unit: str, what: Text) -> Text:
    # round up: what is announced must be enough
    amount = math.ceil(needed * 10_000 - 1e-6) / 10_000

    def say(language: str) -> str:
        figure = f"{format_number(amount, language)}{_gap_unit_after(unit, language)}"
        said = words.get(language).format(amount=figure, what=what.get(language))
        return said.replace(" : ", ": ")

    return Text(say("vi"), say("en"))


def _beyond(leaf: Leaf, finding: Finding, what: Text) -> Text:
    limit = say_threshold(leaf, finding)
    return Text(
        f"Phải đạt mức {limit.vi}: {what.vi.removeprefix(': ')}.",
        f"Must be {limit.en}: {what.en.removeprefix(': ')}.",
    )


def _gap_unit(leaf: Leaf, items: Mapping[str, Item], readings: Mapping[str, str]) -> str:
    """Return the unit of the shortfall: that of the leaf, of a ratio that of its numerator."""
    if leaf.kind == "quantity":
        return leaf.unit
    for code in columns_of(leaf.numerator.chosen(readings)):
        if code in items:
            return items[code].unit
    return ""


def _gap_unit_after(unit: str, language: str) -> str:
    if unit == "percent":  # 40 % is 10 points short of 50 %, not 10 %
        return Text(" điểm phần trăm", " percentage points").get(language)
    return unit_after(unit, language)


# -- parts of sentences ------------------------------------------------------------------------


def _report(leaf: Leaf, finding: Finding, items: Mapping[str, Item]) -> Text:
    if not finding.missing:
        return Text(
            "Kiểm tra lại số liệu: các con số khai mâu thuẫn với nhau hoặc chưa chính xác.",
            "Check the data: the figures contradict each other or are not exact.",
        )
    names = say_missing(finding.missing, items)
    if leaf.years > 1:
        first = finding.year - leaf.years + 1
        return Text(
            f"Cần khai đủ các năm {first}–{finding.year}: {names.vi}.",
            f"To report for every year from {first} to {finding.year}: {names.en}.",
        )
    return Text(f"Cần khai: {names.vi}.", f"To report: {names.en}.")


def _until(finding: Finding) -> Text:
    return Text(
        f", chậm nhất ngày {format_date(finding.on, 'vi')}", f" by {format_date(finding.on, 'en')}"
    )


def _in_each_year(leaf: Leaf, finding: Finding) -> Text:
    """Return the years a criterion looks at; a breach of last year cannot be mended by a day."""
    if leaf.years == 1:
        return NOTHING
    first = finding.year - leaf.years + 1
    return Text(
        f" trong từng năm {first}–{finding.year}", f" in each year from {first} to {finding.year}"
    )


def _together(first: Text, then: Text) -> Text:
    return Text(f"{first.vi} {then.vi}".strip(), f"{first.en} {then.en}".strip())


def _sentence(text: str) -> str:
    text = text.strip(" ")
    return f"{text[:1].upper()}{text[1:]}."
