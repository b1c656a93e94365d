"""The state machine that runs any procedure: which step may be taken, and what forbids it.

It knows no dossier and no database: a procedure (data), a situation, and the answer. What must
be true before a step (its guards) is worked out by the caller; a refusal names the clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Guard, Party, Procedure, Step

_LEVELS = ("viewer", "editor", "approver")
_NOBODY: Mapping[str, frozenset[str]] = MappingProxyType({})

PARTIES: Mapping[str, Text] = {
    "applicant": Text("bên nộp hồ sơ", "the applicant"),
    "receiver": Text("Ban quản lý", "the Management Board"),
    "issuer": Text("cơ quan cấp chứng nhận", "the issuing authority"),
    "consulted": Text("cơ quan được lấy ý kiến", "a consulted body"),
    "expert": Text("tổ chức có năng lực về RECP", "the RECP-qualified body"),
    "system": Text("hệ thống", "the system"),
}
_UNMET: Mapping[str, tuple[Text, Text]] = {
    "papers_complete": (
        Text("Thành phần hồ sơ chưa đủ.", "Papers of the dossier are missing."),
        Text(
            "Bổ sung từng mục trong danh sách còn thiếu.",
            "Complete every item of the missing list.",
        ),
    ),
    "supplements_answered": (
        Text("Còn yêu cầu bổ sung chưa trả lời.", "A supplement asked for is not answered."),
        Text("Trả lời mọi yêu cầu bổ sung.", "Answer every one."),
    ),
    "consulted_asked": (
        Text(
            "Hồ sơ chưa được gửi tới đủ các cơ quan phải lấy ý kiến.",
            "The dossier was not sent to every body that must be consulted.",
        ),
        Text("Chọn cơ quan cho từng mục rồi gửi.", "Choose an organisation for each, then send."),
    ),
    "bodies_to_ask": (
        Text(
            "Không còn cơ quan nào phải lấy ý kiến.",
            "No body is left that must be asked.",
        ),
        Text("Bắt đầu đánh giá.", "Start the evaluation."),
    ),
    "opinions_in": (
        Text(
            "Còn cơ quan chưa trả lời và thời hạn trả lời chưa hết.",
            "A consulted body has not answered, and its time has not run out.",
        ),
        Text(
            "Chờ ý kiến, hoặc chờ hết thời hạn của cơ quan đó.",
            "Wait for the answer, or until that body's time runs out.",
        ),
    ),
    "expert_answered": (
        Text(
            "Tổ chức có năng lực về RECP chưa có ý kiến.",
            "The RECP-qualified body has not answered.",
        ),
        Text(
            "Chờ ý kiến của tổ chức đó, hoặc đến ngày cuối của thời hạn đánh giá.",
            "Wait for its answer, or until the last day of the evaluation.",
        ),
    ),
    "all_judged": (
        Text(
            "Còn tiêu chí chưa được đánh giá, hoặc số liệu đã thay đổi sau khi đánh giá.",
            "A criterion is not judged, or its finding changed since it was.",
        ),
        Text("Đánh giá từng tiêu chí được đánh dấu.", "Judge each criterion marked."),
    ),
    "criteria_met": (
        Text("Còn tiêu chí không đạt.", "A criterion is not met."),
        Text(
            "Thông báo không đạt, hoặc người có thẩm quyền ghi ngoại lệ pháp lý.",
            "Notify the failure, or the one with the right records a legal override.",
        ),
    ),
    "criteria_failed": (
        Text("Không có tiêu chí nào bị đánh giá không đạt.", "No criterion is judged not met."),
        Text("Kết thúc đánh giá bằng báo cáo thẩm định.", "Close the evaluation by its report."),
    ),
    "rules_verified": (
        Text(
            "Còn tiêu chí mà quy định chưa được đối chiếu với văn bản gốc.",
            "A criterion rests on a rule nobody verified in the document.",
        ),
        Text(
            "Đối chiếu quy định, hoặc người có thẩm quyền ghi ngoại lệ pháp lý.",
            "Verify the rule, or the one with the right records a legal override.",
        ),
    ),
    "key_ready": (
        Text("Cơ quan cấp chưa có khóa ký.", "The issuing authority has no signing key."),
        Text("Tạo khóa bằng lệnh sinhthai issuer create.", "Create one: sinhthai issuer create."),
    ),
    "park_certified": (
        Text(
            "Khu công nghiệp nơi có doanh nghiệp không có giấy chứng nhận khu công nghiệp sinh "
            "thái đang có hiệu lực.",
            "The park the enterprise is in holds no eco-industrial park certificate in force.",
        ),
        Text(
            "Chờ khu công nghiệp được chứng nhận, hoặc được chứng nhận lại.",
            "Wait until the park is certified, or certified again.",
        ),
    ),
    "ground_stated": (
        Text(
            "Chưa nêu căn cứ chấm dứt hiệu lực kèm bằng chứng.",
            "No ground of revocation with its evidence is recorded.",
        ),
        Text("Ghi căn cứ theo Điều 44.", "Record the ground of Article 44."),
    ),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the machine must know of a dossier and of the person who wants to act.

    ``parties``: as what they act, each with their level (viewer, editor, approver).
    ``true``: the guards that hold. ``taken``: who took which step of this dossier; also the
    events "judge", "draft", "override". ``person``: an id that never changes.
    """

    state: str
    person: str
    parties: Mapping[Party, str] = field(default_factory=lambda: MappingProxyType({}))
    true: frozenset[Guard] = frozenset()
    taken: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOBODY)


def refusals(procedure: Procedure, step_id: str, situation: Situation) -> list[Problem]:
    """Return everything that forbids the step, each naming its clause; empty when nothing does.

    What depends on who acts comes alone: a person who may never take the step is not told what
    else is missing.
    """
    step = next((one for one in procedure.steps if one.id == step_id), None)
    if step is None:
        return [_unknown(procedure, step_id)]
    level = situation.parties.get(step.party, "")
    if not level:
        return [_not_yours(step)]
    if situation.state not in step.from_states:
        return [_out_of_order(procedure, step, situation.state)]
    if _LEVELS.index(level) < _LEVELS.index(step.level):
        return [_too_low(step)]
    for earlier in step.not_by:
        if situation.person in situation.taken.get(earlier, frozenset()):
            return [_own_work(procedure, step, earlier)]
    return [_unmet(step, guard) for guard in step.needs if guard not in situation.true]


def refusal(procedure: Procedure, step_id: str, situation: Situation) -> Problem | None:
    """Return the first thing that forbids the step, or None when nothing does."""
    found = refusals(procedure, step_id, situation)
    return found[0] if found else None


def open_steps(procedure: Procedure, situation: Situation) -> tuple[Step, ...]:
    """Return the steps the person may take now, in the order of the procedure."""
    return tuple(step for step in procedure.steps if not refusals(procedure, step.id, situation))


def _unknown(procedure: Procedure, step_id: str) -> Problem:
    return Problem(
        "unknown-step",
        Text(
            "Thủ tục không có bước “{step}” ({clause}).",
            "The procedure has no step “{step}” ({clause}).",
        ).format(step=step_id, clause=procedure.rule.clause),
        Text("Chọn một bước của thủ tục.", "Choose a step of the procedure."),
    )


def _not_yours(step: Step) -> Problem:
    return Problem(
        "not-your-step",
        Text(
            "“{step}” là việc của {party} ({clause}).",
            "“{step}” is for {party} ({clause}).",
        ).format(step=step.title, party=PARTIES[step.party], clause=step.rule.clause),
        Text("Đề nghị bên đó thực hiện.", "Ask them to do it."),
    )


def _out_of_order(procedure: Procedure, step: Step, state: str) -> Problem:
    def said(language: str) -> str:
        titles = [procedure.state(one).title.get(language) for one in step.from_states]
        return "; ".join(f"“{title}”" for title in titles)

    known = next((one.title for one in procedure.states if one.id == state), Text(state, state))
    return Problem(
        "step-out-of-order",
        Text(
            "Không thể thực hiện “{step}” khi hồ sơ ở trạng thái “{state}” ({clause}).",
            "“{step}” is not possible while the dossier is “{state}” ({clause}).",
        ).format(step=step.title, state=known, clause=step.rule.clause),
        Text(
            "Bước này chỉ thực hiện được từ: {states}.", "It is possible only from: {states}."
        ).format(states=Text(said("vi"), said("en"))),
    )


def _too_low(step: Step) -> Problem:
    return Problem(
        "needs-approver",
        Text(
            "“{step}” cần người có quyền phê duyệt ({clause}).",
            "“{step}” needs a person who may approve ({clause}).",
        ).format(step=step.title, clause=step.rule.clause)
        if step.level == "approver"
        else Text(
            "“{step}” cần người có quyền nhập liệu ({clause}).",
            "“{step}” needs a person who may write ({clause}).",
        ).format(step=step.title, clause=step.rule.clause),
        Text(
            "Đề nghị người có thẩm quyền của tổ chức thực hiện.",
            "Ask a colleague who has that right.",
        ),
    )


_PSEUDO_STEPS: Mapping[str, Text] = {
    "judge": Text("nhận định tiêu chí", "judged a criterion"),
    "draft": Text("soạn hồ sơ", "prepared the dossier"),
    "override": Text("ghi ngoại lệ pháp lý", "recorded a legal override"),
}


def _own_work(procedure: Procedure, step: Step, earlier: str) -> Problem:
    did = _PSEUDO_STEPS.get(earlier) or next(
        (one.title for one in procedure.steps if one.id == earlier), Text(earlier, earlier)
    )
    return Problem(
        "own-work",
        Text(
            "Người đã thực hiện “{did}” không được tự thực hiện “{step}” ({clause}).",
            "Who did “{did}” may not also do “{step}” ({clause}).",
        ).format(did=did, step=step.title, clause=step.rule.clause),
        Text("Đề nghị một người khác của tổ chức thực hiện.", "Ask a colleague to do it."),
    )


def _unmet(step: Step, guard: Guard) -> Problem:
    message, cure = _UNMET[guard]
    clause = step.rule.clause
    return Problem(
        f"guard-{guard.replace('_', '-')}",
        Text(f"{message.vi} ({clause})", f"{message.en} ({clause})"),
        cure,
    )
