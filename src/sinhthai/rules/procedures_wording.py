"""Say the clauses, clocks, parties and guards of a procedure in words."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import ClockRule, Guard, Party, Procedure
from sinhthai.rules.waste_law_wording import cite

DECREE = "D35"  # the instrument a clause without letters stands in

PARTIES: Mapping[Party, Text] = {
    "applicant": Text("bên nộp hồ sơ", "applicant"),
    "receiver": Text("cơ quan tiếp nhận", "receiving body"),
    "issuer": Text("cơ quan cấp", "issuing body"),
    "consulted": Text("cơ quan được lấy ý kiến", "body consulted"),
    "expert": Text("tổ chức chuyên môn", "qualified body"),
    "system": Text("hệ thống", "system"),
}
LEVELS = {
    "editor": Text("người lập", "who prepares"),
    "approver": Text("người duyệt", "who approves"),
}
GUARDS: Mapping[Guard, Text] = {
    "papers_complete": Text(
        "đủ mọi giấy tờ bắt buộc, đã ký nơi phải ký",
        "every required paper is there, signed where it must be",
    ),
    "supplements_answered": Text(
        "mọi yêu cầu bổ sung đã được trả lời", "nothing asked of the applicant is open"
    ),
    "consulted_asked": Text(
        "mọi cơ quan phải lấy ý kiến đã được gửi hồ sơ",
        "every body to be asked was sent the dossier",
    ),
    "bodies_to_ask": Text(
        "còn cơ quan phải lấy ý kiến chưa được gửi", "a body to be asked was not sent it yet"
    ),
    "opinions_in": Text(
        "mỗi cơ quan đã trả lời hoặc đã hết hạn", "each body answered, or its time has run out"
    ),
    "expert_answered": Text(
        "tổ chức chuyên môn đã trả lời, hoặc đã đến ngày cuối của thời hạn đánh giá",
        "the qualified body answered, or it is the last day of the evaluation",
    ),
    "all_judged": Text(
        "mọi tiêu chí đã được nhận định theo số liệu hiện nay",
        "every criterion is judged on the finding as it is now",
    ),
    "criteria_met": Text(
        "mọi tiêu chí đạt, hoặc có ngoại lệ pháp lý",
        "every criterion is met, or a legal override stands",
    ),
    "criteria_failed": Text(
        "ít nhất một tiêu chí không đạt", "at least one criterion is judged not met"
    ),
    "rules_verified": Text(
        "mọi quy định đã được đối chiếu, hoặc có ngoại lệ pháp lý",
        "every rule was verified, or a legal override stands",
    ),
    "key_ready": Text("cơ quan cấp có khóa ký", "the issuing body has a key to sign with"),
    "park_certified": Text(
        "khu công nghiệp của doanh nghiệp có giấy chứng nhận còn hiệu lực",
        "the park of the enterprise holds a valid certificate",
    ),
    "ground_stated": Text("đã ghi căn cứ và minh chứng", "a ground with its evidence is recorded"),
}
DEEDS = {
    "draft": Text("người soạn hồ sơ", "who prepared the dossier"),
    "judge": Text("người nhận định tiêu chí", "who judged a criterion"),
    "override": Text("người ghi ngoại lệ pháp lý", "who recorded an override"),
}
_EVENTS = {
    "sent": Text("Gửi lấy ý kiến", "Sent for opinion"),
    "received": Text("Cơ quan nhận đủ hồ sơ", "The body received the dossier"),
    "answered": Text("Cơ quan trả lời", "The body answered"),
}
_DAYS = {
    "calendar": Text("{n} ngày", "{n} days"),
    "working": Text("{n} ngày làm việc", "{n} working days"),
}
_NO_LIMIT = Text("luật không quy định thời hạn", "the law states no limit")
_OTHER = Text("người thực hiện bước “{step}”", "who took the step “{step}”")


def say_limit(clock: ClockRule) -> Text:
    """Return the length of *clock* with its unit.

    >>> from sinhthai.rules.procedures_loading import load_procedures
    >>> park = load_procedures().procedure("vn-eip-issue-d35")
    >>> say_limit(park.clock("send_opinions")).vi, say_limit(park.clock("issue")).en
    ('3 ngày làm việc', 'the law states no limit')
    """
    return _DAYS[clock.unit].format(n=clock.days) if clock.days is not None else _NO_LIMIT


def say_event(procedure: Procedure, id: str) -> Text:
    """Return what a clock of *procedure* starts or ends with, in words.

    >>> from sinhthai.rules.procedures_loading import load_procedures
    >>> say_event(load_procedures().procedure("vn-eip-issue-d35"), "accept").en
    'Declare the dossier complete'
    """
    return _EVENTS[id] if id in _EVENTS else procedure.step(id).title


def say_doer(procedure: Procedure, id: str) -> Text:
    """Return who may not take a step, by what they did in the same dossier.

    >>> from sinhthai.rules.procedures_loading import load_procedures
    >>> say_doer(load_procedures().procedure("vn-eip-issue-d35"), "judge").en
    'who judged a criterion'
    """
    return DEEDS[id] if id in DEEDS else _OTHER.format(step=procedure.step(id).title)


def say_where(clause: str, instruments: Mapping[str, Text]) -> Text:
    """Return *clause* as a lawyer cites it, with its instrument.

    >>> from sinhthai.rules.procedures_loading import load_procedures
    >>> instruments = load_procedures().instruments
    >>> say_where("41.2.a", instruments).vi
    'điểm a khoản 2 Điều 41 Nghị định 35/2022/NĐ-CP'
    >>> say_where("D96 93.2", instruments).en
    'Article 93.2 of Decree 96/2026/ND-CP'
    """
    return cite(clause if clause[:1].isalpha() else f"{DECREE} {clause}", instruments)
