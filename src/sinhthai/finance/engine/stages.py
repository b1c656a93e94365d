"""The way of a project from idea to verified, and what each step asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text

STAGES = (
    "idea",
    "screened",
    "pre_feasibility",
    "bankable",
    "applied",
    "approved",
    "disbursed",
    "verified",
)
DROPPED = "dropped"
STAGE_NAMES: Mapping[str, Text] = {
    "idea": Text("ý tưởng", "idea"),
    "screened": Text("đã sàng lọc", "screened"),
    "pre_feasibility": Text("tiền khả thi", "pre-feasibility"),
    "bankable": Text("đủ điều kiện trình vay", "bankable"),
    "applied": Text("đã nộp hồ sơ", "applied"),
    "approved": Text("được chấp thuận", "approved"),
    "disbursed": Text("đã giải ngân", "disbursed"),
    "verified": Text("đã xác minh", "verified"),
    "dropped": Text("dừng", "dropped"),
}
WITH_MONEY = frozenset({"applied", "approved", "disbursed"})
Way = Literal["forward", "back", "out", "again"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a project when it is to take a step."""

    investment: float | None
    has_kind: bool
    has_appraisal: bool
    on_file: frozenset[str]
    """Evidence items of which a document is there."""
    fund: str = ""
    fund_outcome: str = ""
    ceiling_share: float | None = None
    amount: float | None = None
    """Money of this step: asked, approved or disbursed [VND]."""
    asked: float | None = None
    approved: float | None = None
    has_result: bool = False
    result_by_same: bool = False
    """Who takes the step entered the verified result."""


def steps_from(path: Sequence[str]) -> dict[str, Way]:
    """Return where a project that went along *path* may go, and what sort of step it is.

    *path* are the stages it stands on, first to last; a dropped one ends with ``dropped``.

    >>> steps_from(["idea", "screened"])
    {'pre_feasibility': 'forward', 'idea': 'back', 'dropped': 'out'}
    >>> steps_from(["idea", "screened", "dropped"])
    {'screened': 'again'}
    """
    now = path[-1]
    if now == DROPPED:
        return {path[-2]: "again"}
    at = STAGES.index(now)
    found: dict[str, Way] = {}
    if at + 1 < len(STAGES):
        found[STAGES[at + 1]] = "forward"
    if at > 0:
        found[STAGES[at - 1]] = "back"
    if now != "verified":
        found[DROPPED] = "out"
    return found


def standing_path(changes: Sequence[str]) -> tuple[str, ...]:
    """Return the stages a project stands on after all its *changes* (the stage after each).

    >>> standing_path(["idea", "screened", "idea", "screened", "dropped"])
    ('idea', 'screened', 'dropped')
    """
    path: list[str] = []
    for stage in changes:
        if path and path[-1] == DROPPED:
            path.pop()
            continue  # taken up again where it was left
        if stage in path:
            del path[path.index(stage) + 1 :]
        else:
            path.append(stage)
    return tuple(path)


def lacking(to: str, standing: Standing) -> list[Problem]:
    """Return everything that keeps a project from stepping forward to *to*.

    >>> bare = Standing(None, False, False, frozenset())
    >>> [problem.code for problem in lacking("screened", bare)]
    ['project-kind-missing', 'project-investment-missing']
    """
    return [_problem(code) for code, holds in _GUARDS.get(to, ()) if holds(standing)]


Guard = tuple[str, Callable[[Standing], bool]]


def _above(amount: float | None, limit: float | None) -> bool:
    return amount is not None and limit is not None and amount > limit


_AMOUNT: Guard = ("amount-missing", lambda s: s.amount is None or s.amount <= 0)
_GUARDS: Mapping[str, tuple[Guard, ...]] = {
    "screened": (
        ("kind-missing", lambda s: not s.has_kind),
        ("investment-missing", lambda s: not s.investment),
    ),
    "pre_feasibility": (("appraisal-missing", lambda s: not s.has_appraisal),),
    "bankable": (
        ("appraisal-missing", lambda s: not s.has_appraisal),
        ("procedure-missing", lambda s: "environment-procedure" not in s.on_file),
        ("technical-missing", lambda s: "technical-file" not in s.on_file),
    ),
    "applied": (
        ("fund-missing", lambda s: not s.fund),
        ("fund-not", lambda s: s.fund_outcome == "not"),
        _AMOUNT,
        ("above-investment", lambda s: _above(s.amount, s.investment)),
        (
            "above-ceiling",
            lambda s: (
                s.ceiling_share is not None
                and _above(s.amount, s.ceiling_share * (s.investment or 0.0))
            ),
        ),
    ),
    "approved": (_AMOUNT, ("above-asked", lambda s: _above(s.amount, s.asked))),
    "disbursed": (_AMOUNT, ("above-approved", lambda s: _above(s.amount, s.approved))),
    "verified": (
        ("result-missing", lambda s: not s.has_result),
        ("result-own", lambda s: s.has_result and s.result_by_same),
    ),
}
_SAID: Mapping[str, tuple[Text, Text]] = {
    "kind-missing": (
        Text("Chưa chọn loại dự án.", "The kind of project is not chosen."),
        Text("Sửa dự án và chọn loại.", "Change the project and choose its kind."),
    ),
    "investment-missing": (
        Text("Chưa có vốn đầu tư.", "The investment is not stated."),
        Text("Sửa dự án và ghi vốn đầu tư.", "Change the project and state it."),
    ),
    "appraisal-missing": (
        Text("Chưa có thẩm định tài chính.", "There is no appraisal."),
        Text("Lập thẩm định rồi chuyển bước.", "Make the appraisal, then take the step."),
    ),
    "procedure-missing": (
        Text("Chưa có văn bản thủ tục môi trường.", "The environmental document is not there."),
        Text("Tải tài liệu lên ở mục phân loại xanh.", "Add it under green taxonomy."),
    ),
    "technical-missing": (
        Text("Chưa có hồ sơ kỹ thuật, báo giá.", "The technical file and quotation are missing."),
        Text("Tải tài liệu lên ở mục phân loại xanh.", "Add it under green taxonomy."),
    ),
    "fund-missing": (
        Text("Chưa chọn quỹ hoặc chương trình.", "No fund or scheme is chosen."),
        Text("Chọn nơi nộp hồ sơ.", "Choose where the application went."),
    ),
    "fund-not": (
        Text("Dự án không đủ điều kiện của quỹ này.", "The project does not fit this fund."),
        Text("Xem điều kiện chưa đạt, hoặc chọn quỹ khác.", "See what is unmet; choose another."),
    ),
    "amount-missing": (
        Text("Chưa ghi số tiền.", "The amount is not stated."),
        Text("Ghi số tiền bằng đồng, lớn hơn 0.", "Give it in VND, above 0."),
    ),
    "above-investment": (
        Text("Số tiền lớn hơn vốn đầu tư.", "The amount is above the investment."),
        Text("Xem lại số tiền.", "Look at the amount again."),
    ),
    "above-ceiling": (
        Text("Số tiền vượt tỷ lệ tối đa của quỹ.", "The amount is above the fund's ceiling share."),
        Text("Giảm số tiền, hoặc chọn quỹ khác.", "Ask for less, or choose another fund."),
    ),
    "above-asked": (
        Text("Số được chấp thuận lớn hơn số đề nghị.", "More is approved than was asked for."),
        Text("Xem lại số tiền.", "Look at the amount again."),
    ),
    "above-approved": (
        Text("Số giải ngân lớn hơn số được chấp thuận.", "More is paid out than was approved."),
        Text("Xem lại số tiền.", "Look at the amount again."),
    ),
    "result-missing": (
        Text("Chưa có kết quả đã đo.", "There is no measured result."),
        Text("Nhập kết quả kèm nguồn số liệu.", "Enter the result with its source."),
    ),
    "result-own": (
        Text(
            "Người nhập kết quả không được tự xác minh.",
            "Who entered the result may not verify it.",
        ),
        Text("Nhờ một người khác.", "Ask somebody else."),
    ),
}  # fmt: skip


def _problem(code: str) -> Problem:
    what, cure = _SAID[code]
    return Problem(f"project-{code}", what, cure)
