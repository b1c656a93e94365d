"""May a project be financed by a fund? Three answers, each with its reasons.

Every condition of the fund is met, not met, or unknown; the verdict is the least of them: one
unmet makes it *not*, else one unknown makes it *undetermined* and names what is missing. Learning
a fact may therefore settle a verdict, and never turns *eligible* into *not* or back. A verdict is
a finding on the rules recorded here: the fund decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sinhthai.finance.engine.funds import ANY_GROUP, Fund
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text

Answer = Literal["met", "unmet", "unknown"]
Outcome = Literal["eligible", "not", "undetermined"]
_SECTIONS = (
    (1, 3, "A"), (5, 9, "B"), (10, 33, "C"), (35, 35, "D"), (36, 39, "E"), (41, 43, "F"),
    (45, 47, "G"), (49, 53, "H"), (55, 56, "I"), (58, 63, "J"), (64, 66, "K"), (68, 68, "L"),
    (69, 75, "M"), (77, 82, "N"), (84, 84, "O"), (85, 85, "P"), (86, 88, "Q"), (90, 93, "R"),
    (94, 96, "S"), (97, 98, "T"), (99, 99, "U"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a project and who applies; None: not known."""

    applicant: str | None = None
    sector: str | None = None
    """Section of VSIC 2018, a letter."""
    size: str | None = None
    kind: str | None = None
    groups: frozenset[str] | None = None
    """Groups of the taxonomy its kind leads to; empty: no group."""
    confirmed: bool | None = None
    """A confirmation under the taxonomy is on file."""
    saving: float | None = None
    """Energy saved, as a share of what was used before."""
    asked_share: float | None = None
    """Money asked for, as a share of the investment."""
    asked_years: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a fund, and how the project stands to it."""

    name: str
    title: Text
    answer: Answer
    why: Text
    """What was compared; of an unknown one, which fact is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a project stands to a fund on a day."""

    fund: Fund
    on: dt.date
    outcome: Outcome
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> tuple[Condition, ...]:
        """The conditions nobody can judge yet."""
        return tuple(one for one in self.conditions if one.answer == "unknown")

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """The conditions that stand against it."""
        return tuple(one for one in self.conditions if one.answer == "unmet")


def section_of(vsic: str) -> str | None:
    """Return the section of a VSIC code; None where there is none.

    >>> section_of("1050"), section_of("C10"), section_of("")
    ('C', 'C', None)
    """
    if vsic[:1].isalpha():
        return vsic[0].upper()
    if not vsic[:2].isdigit() or len(vsic) < 2:
        return None
    division = int(vsic[:2])
    return next((name for low, high, name in _SECTIONS if low <= division <= high), None)


def judge(fund: Fund, facts: Facts, on: dt.date) -> Verdict:
    """Return how a project of *facts* stands to *fund* on *on*.

    >>> from sinhthai.finance.engine.funds import load_funds
    >>> edge = next(fund for fund in load_funds() if fund.id == "ifc-edge")
    >>> judge(edge, Facts(kind="green-building", saving=0.25), dt.date(2026, 7, 1)).outcome
    'eligible'
    >>> judge(edge, Facts(kind="green-building"), dt.date(2026, 7, 1)).missing[0].name
    'minimum_saving'
    >>> judge(edge, Facts(kind="rooftop-solar"), dt.date(2026, 7, 1)).outcome
    'not'
    """
    conditions = tuple(
        one
        for one in (
            _dates(fund, on),
            _among(fund, "applicants", fund.applicants, facts.applicant),
            _among(fund, "sectors", fund.sectors, facts.sector),
            _among(fund, "sizes", fund.sizes, facts.size),
            _among(fund, "kinds", fund.kinds, facts.kind),
            _group(fund, facts),
            _confirmation(fund, facts),
            _at_least(fund, facts),
            _at_most(fund, "ceiling_share", fund.ceiling_share, facts.asked_share, share=True),
            _at_most(fund, "tenor_years", fund.tenor_years, facts.asked_years, share=False),
        )
        if one is not None
    )
    answers = {one.answer for one in conditions}
    outcome: Outcome = (
        "not" if "unmet" in answers else "undetermined" if "unknown" in answers else "eligible"
    )
    return Verdict(fund, on, outcome, conditions)


TITLES = {
    "dates": Text("hiệu lực", "in force"),
    "applicants": Text("đối tượng", "applicant"),
    "sectors": Text("ngành", "sector"),
    "sizes": Text("quy mô doanh nghiệp", "size of the enterprise"),
    "kinds": Text("loại dự án", "kind of project"),
    "groups": Text("nhóm phân loại xanh", "group of the green taxonomy"),
    "confirmed": Text("xác nhận phân loại xanh", "confirmation under the taxonomy"),
    "minimum_saving": Text("mức tiết kiệm tối thiểu", "minimum saving"),
    "ceiling_share": Text("tỷ lệ tài trợ tối đa", "ceiling share"),
    "tenor_years": Text("thời hạn tối đa", "longest tenor"),
}
_UNRECORDED = Text(
    "quy định của quỹ chưa được ghi ở đây: hỏi quỹ",
    "the fund's rule is not recorded here: ask the fund",
)
_MISSING = {
    "applicants": Text("chưa biết ai đứng đơn", "who applies is not known"),
    "sectors": Text("chưa biết mã ngành (VSIC)", "the sector (VSIC) is not known"),
    "sizes": Text("chưa biết quy mô doanh nghiệp", "the size of the enterprise is not known"),
    "kinds": Text("chưa chọn loại dự án", "the kind of project is not chosen"),
    "groups": Text("chưa chọn loại dự án", "the kind of project is not chosen"),
    "confirmed": Text("chưa có văn bản xác nhận", "no confirmation is on file"),
    "minimum_saving": Text(
        "chưa biết tỷ lệ năng lượng tiết kiệm", "the share of energy saved is not known"
    ),
    "ceiling_share": Text("chưa ghi số tiền cần vay", "the money asked for is not stated"),
    "tenor_years": Text("chưa ghi thời hạn vay", "the years asked for are not stated"),
}


def _said(name: str, answer: Answer, why: Text) -> Condition:
    return Condition(name, TITLES[name], answer, why)


def _asked(fund: Fund, name: str, known: object) -> Condition | None:
    """Return the condition where its rule or the fact is missing."""
    if name in fund.unrecorded:
        return _said(name, "unknown", _UNRECORDED)
    return _said(name, "unknown", _MISSING[name]) if known is None else None


def _dates(fund: Fund, on: dt.date) -> Condition:
    if fund.status == "closed":
        return _said("dates", "unmet", Text("đã đóng", "closed"))
    if fund.valid_from is not None and on < fund.valid_from:
        return _said("dates", "unmet", _day("có hiệu lực từ", "in force from", fund.valid_from))
    if fund.valid_to is not None and on > fund.valid_to:
        return _said("dates", "unmet", _day("hết hiệu lực từ", "ended on", fund.valid_to))
    if fund.status == "draft":
        why = Text("văn bản đang dự thảo", "the legal text is in draft")
        return _said("dates", "unknown", why)
    if fund.unrecorded & {"valid_from", "valid_to"}:
        return _said("dates", "unknown", _UNRECORDED)
    if fund.valid_from is None:
        return _said("dates", "met", Text("không giới hạn ngày", "no dates are set"))
    return _said("dates", "met", _day("có hiệu lực từ", "in force from", fund.valid_from))


def _among(fund: Fund, name: str, allowed: frozenset[str], known: str | None) -> Condition | None:
    if name in fund.unrecorded:
        return _said(name, "unknown", _UNRECORDED)
    if not allowed:
        return None
    if known is None:
        return _said(name, "unknown", _MISSING[name])
    inside = known in allowed
    words = ", ".join(sorted(allowed))
    why = Text(f"{known}; quỹ nhận: {words}", f"{known}; the fund takes: {words}")
    return _said(name, "met" if inside else "unmet", why)


def _group(fund: Fund, facts: Facts) -> Condition | None:
    if not fund.groups:
        return None
    missing = _asked(fund, "groups", facts.groups)
    if missing is not None or facts.groups is None:
        return missing
    fits = facts.groups if ANY_GROUP in fund.groups else facts.groups & fund.groups
    if not fits:
        why = Text("loại dự án này không dẫn tới nhóm nào", "this kind leads to none of its groups")
        return _said("groups", "unmet", why)
    why = Text(
        f"nhóm cần đối chiếu: {', '.join(sorted(fits))}; chưa phải là xác nhận",
        f"group to check: {', '.join(sorted(fits))}; this is no confirmation",
    )
    return _said("groups", "met", why)


def _confirmation(fund: Fund, facts: Facts) -> Condition | None:
    if not fund.confirmed:
        return None
    if facts.confirmed is None:
        return _said("confirmed", "unknown", _MISSING["confirmed"])
    if facts.confirmed:
        why = Text("có văn bản trong hồ sơ; quỹ tự đọc", "a paper is on file; the fund reads it")
        return _said("confirmed", "met", why)
    return _said("confirmed", "unmet", Text("không được xác nhận", "it was refused"))


def _at_least(fund: Fund, facts: Facts) -> Condition | None:
    name = "minimum_saving"
    if name in fund.unrecorded:
        return _said(name, "unknown", _UNRECORDED)
    if fund.minimum_saving is None:
        return None
    if facts.saving is None:
        return _said(name, "unknown", _MISSING[name])
    met = facts.saving >= fund.minimum_saving
    why = _compared(facts.saving, "≥" if met else "<", fund.minimum_saving, share=True)
    return _said(name, "met" if met else "unmet", why)


def _at_most(
    fund: Fund, name: str, limit: float | None, known: float | None, *, share: bool
) -> Condition | None:
    if name in fund.unrecorded:
        return _said(name, "unknown", _UNRECORDED)
    if limit is None:
        return None
    if known is None:
        return _said(name, "unknown", _MISSING[name])
    met = known <= limit
    why = _compared(known, "≤" if met else ">", limit, share=share)
    return _said(name, "met" if met else "unmet", why)


def _compared(known: float, sign: str, limit: float, *, share: bool) -> Text:
    def said(language: str) -> str:
        if share:
            return " ".join(
                part
                for part in (
                    f"{format_number(known * 100, language, 1)} %",
                    sign,
                    f"{format_number(limit * 100, language, 1)} %",
                )
            )
        years = "năm" if language == "vi" else "years"
        return f"{format_number(known, language)} {sign} {format_number(limit, language)} {years}"

    return Text(said("vi"), said("en"))


def _day(vi: str, en: str, on: dt.date) -> Text:
    return Text(f"{vi} {format_date(on, 'vi')}", f"{en} {format_date(on, 'en')}")
