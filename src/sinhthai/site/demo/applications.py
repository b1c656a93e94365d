"""How one application goes in the demonstration, from its draft to the state it ends in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions import evaluation, opinions, papers
from sinhthai.certification.actions.dossiers import open_dossier, write_contents
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.guards import MET, bodies_asked
from sinhthai.certification.models import Dossier, Opinion
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.site.demo.invented import Design
from sinhthai.site.demo.paper import one_page
from sinhthai.site.demo.stories import Players, Story, office_hour

# What is done to come to a state, each with the days since the dossier was opened. The law gives
# 40 days (20 for an enterprise) from "accept" to "report".
_UP_TO_OPINIONS = (("open", 0), ("submit", 3), ("accept", 8), ("consult", 10), ("receive", 11))
_UP_TO_JUDGING = (*_UP_TO_OPINIONS, ("answer", 15), ("answer_all", 18), ("evaluate", 19))
_UP_TO_REPORT = (*_UP_TO_JUDGING, ("judge", 21))
_PASSED = (*_UP_TO_REPORT, ("report", 25))
_FAILED = (*_UP_TO_REPORT, ("fail", 25))
COURSES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "draft": _UP_TO_OPINIONS[:1],
    "submitted": _UP_TO_OPINIONS[:2],
    "supplement": (*_UP_TO_OPINIONS[:2], ("ask", 5)),
    "accepted": _UP_TO_OPINIONS[:3],
    "consulting": (*_UP_TO_OPINIONS[:-1], ("receive_some", 11)),
    "evaluating": (*_UP_TO_JUDGING, ("judge_some", 21)),
    "supplement_evaluation": (*_UP_TO_JUDGING, ("judge_some", 20), ("ask_again", 21)),
    "reported": _PASSED,
    "proposed": (*_PASSED, ("propose", 27)),
    "certified": (*_PASSED, ("propose", 27), ("issue", 31)),
    "failed": _FAILED,
    "notified": (*_FAILED, ("notify", 27)),
    "withdrawn": (*_UP_TO_OPINIONS[:3], ("withdraw", 9)),
}
_SUPPLEMENTED = (("submit", 3), ("ask", 5), ("resubmit", 7))
_REMARK = "Đề nghị theo dõi tiếp việc thực hiện trong năm sau (giả định)."
_WRITTEN: Mapping[str, str] = {
    "representative": "Nguyễn Văn Giả Định",
    "position": "Tổng Giám đốc",
    "address": "Lô A1, khu công nghiệp giả định",
    "contact": "Phòng Môi trường, phong.moi.truong@demo.invalid",
    "operation": "Hoạt động ổn định trong năm báo cáo; các số liệu giả định, để trình diễn.",
    "attraction": "Ưu tiên ngành sạch, có nhu cầu trao đổi phụ phẩm; số liệu giả định.",
}
_RECEIPT = "Phiếu báo phát của bưu điện (giả định)."
_EXPLAINED = "Số liệu đang được bổ sung, kèm biên bản đo đạc (giả định)."
_ASKED = (
    ("paper:operation", "Bổ sung số liệu nước thải của quý IV (giả định)."),
    ("field:contact", "Ghi rõ số điện thoại của người liên hệ (giả định)."),
)


@dataclass(frozen=True, slots=True)
class Application:
    """One application: whose, where it ends, and when it began.

    ``position`` None is the park itself. ``began`` None: its last step was ``ago`` days ago.
    ``lost`` is the criterion the Board holds not met; ``asked`` lets it be supplemented once.
    """

    design: Design
    position: int | None
    ends: str
    began: dt.date | None = None
    ago: int = 1
    year: int = 2025
    lost: str = ""
    asked: bool = False
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def course(self) -> list[tuple[str, int]]:
        """Return what is done and how many days after the opening."""
        steps = list(COURSES[self.ends])
        if self.asked:
            steps[1:2] = _SUPPLEMENTED
        if self.position is not None:
            steps = [step for step in steps if step[0] != "propose"]
        return steps


def follow(application: Application, players: Players, today: dt.date, order: int) -> Story:
    """Tell *application*; *order* keeps two of one day apart."""
    told = _Told(application, players)
    course = application.course
    began = application.began or today - dt.timedelta(days=application.ago + course[-1][1])
    for number, (step, after) in enumerate(course):
        minutes = order * 17 % 240 + 13 * number  # two steps of one day stay in their order
        at = office_hour(began + dt.timedelta(days=after), minutes)
        yield at
        told.does[step](at)


class _Told:
    """The people and the dossier of one application."""

    def __init__(self, application: Application, players: Players) -> None:
        design, position = application.design, application.position
        self.application = application
        self.park = players.park(design)
        self.firm = None if position is None else players.firm(design, position)
        self.writer = players.writer(design, position)
        self.signer = players.signer(design, position)
        self.officer, self.head = players.officer(design), players.head(design)
        self.players = players
        self.dossier: Dossier
        self.does: dict[str, Callable[[dt.datetime], object]] = {
            "open": self.open,
            "submit": self.submit,
            "ask": self.ask,
            "resubmit": self.resubmit,
            "accept": lambda at: self.step(self.officer, "accept", at),
            "consult": self.consult,
            "receive": lambda at: self.receive(at, leave=0),
            "receive_some": lambda at: self.receive(at, leave=1),
            "answer": lambda at: self.answer(at, leave=2),
            "answer_all": lambda at: self.answer(at, leave=0),
            "evaluate": lambda at: self.step(self.officer, "evaluate", at),
            "judge": lambda at: self.judge(at, leave=0),
            "judge_some": lambda at: self.judge(at, leave=2),
            "ask_again": self.ask_again,
            "report": lambda at: self.step(self.head, "report", at),
            "propose": lambda at: self.step(self.head, "propose", at),
            "issue": lambda at: self.step(players.issuer(design, position), "issue", at),
            "fail": lambda at: self.step(self.head, "fail", at),
            "notify": lambda at: self.step(self.head, "notify", at, self._why()),
            "withdraw": lambda at: self.step(
                self.signer, "withdraw", at, "Chuẩn bị lại số liệu, sẽ nộp sau (giả định)."
            ),
        }

    def step(self, user: User, name: str, at: dt.datetime, reason: str = "") -> None:
        self.dossier = take_step(user=user, dossier=self.dossier, step=name, at=at, reason=reason)

    def open(self, at: dt.datetime) -> None:
        said = self.application
        self.dossier = open_dossier(
            user=self.writer,
            kind="issue",
            park=self.park,
            enterprise=self.firm,
            on=legal_day(at),
            year=said.year,
            at=at,
            options=said.options,
        )
        words = {
            name: text for name, text in _WRITTEN.items() if self.firm is None or name != _PARK
        }
        if said.ends == "draft":
            words = dict(list(words.items())[:3])
        snapshot = self.dossier.snapshots.get(is_current=True)
        words |= {
            f"explain:{row['leaf']}": _EXPLAINED
            for row in snapshot.findings
            if row["status"] == "undetermined"
        }
        write_contents(user=self.writer, dossier=self.dossier, contents=words, at=at)

    def submit(self, at: dt.datetime) -> None:
        papers.assemble_papers(user=self.writer, dossier=self.dossier, at=at)
        papers.add_paper(
            user=self.signer,
            dossier=self.dossier,
            slot="letter",
            file_name="van-ban-dang-ky-da-ky.pdf",
            content=one_page(f"Invented signed letter of dossier {self.dossier.public_id}"),
            at=at,
        )
        self.step(self.signer, "submit", at)

    def ask(self, at: dt.datetime) -> None:
        self.dossier = evaluation.ask_supplement(
            user=self.officer, dossier=self.dossier, items=_ASKED, at=at
        )

    def ask_again(self, at: dt.datetime) -> None:
        leaf = self.application.lost or self._findings()[0]
        asked = "Giải trình và gửi hợp đồng, biên bản làm chứng cứ (giả định)."
        self.dossier = evaluation.ask_supplement(
            user=self.officer, dossier=self.dossier, items=[(f"leaf:{leaf}", asked)], at=at
        )

    def resubmit(self, at: dt.datetime) -> None:
        for row in self.dossier.supplements.filter(answered_at=None):
            evaluation.answer_supplement(
                user=self.writer, supplement=row, answer="Đã bổ sung (giả định).", at=at
            )
        self.step(self.signer, "resubmit", at)

    def consult(self, at: dt.datetime) -> None:
        procedure = load_procedures().procedure(self.dossier.procedure)
        bodies = Organisation.objects.filter(
            authority__in=bodies_asked(self.dossier, procedure),
            province__in=("", self.park.province_now.code),
        )
        opinions.send_for_opinion(
            user=self.officer, dossier=self.dossier, organisations=bodies.order_by("id"), at=at
        )
        self.dossier.refresh_from_db()

    def receive(self, at: dt.datetime, leave: int) -> None:
        asked = list(self._asked())
        for opinion in asked[: len(asked) - leave]:
            user = self.players.member(opinion.organisation)
            if user is not None:
                opinions.receive(user=user, opinion=opinion, at=at)
            else:  # nobody of the body signs in: the Board proves the receipt
                opinions.deliver(
                    user=self.officer, opinion=opinion, on=legal_day(at), proof=_RECEIPT, at=at
                )

    def answer(self, at: dt.datetime, leave: int) -> None:
        waiting = list(self._asked().filter(answered_at=None))
        for number, opinion in enumerate(waiting[: max(0, len(waiting) - leave)]):
            user = self.players.member(opinion.organisation)
            if user is None:
                continue
            remarks = (number + (self.application.position or 0)) % 4 == 1
            opinions.answer(
                user=user,
                opinion=opinion,
                position="remarks" if remarks else "agree",
                text=_REMARK if remarks else "",
                positions={self._findings()[-1]: {"position": "agree", "remark": _REMARK}}
                if remarks
                else {},
                at=at,
            )

    def judge(self, at: dt.datetime, leave: int) -> None:
        leaves = self._findings(*MET) if leave else self._findings()
        for leaf in leaves[: len(leaves) - leave]:
            met = leaf != self.application.lost
            reason = "Số liệu và chứng cứ trong hồ sơ cho thấy đạt (giả định)."
            evaluation.judge(
                user=self.officer,
                dossier=self.dossier,
                leaf=leaf,
                met=met,
                reason=reason if met else self._why(),
                at=at,
            )

    def _why(self) -> str:
        return f"Tiêu chí {self.application.lost} chưa đạt theo số liệu đã báo cáo (giả định)."

    def _findings(self, *statuses: str) -> list[str]:
        """Return the criteria found so, all of them where no status is named."""
        snapshot = self.dossier.snapshots.get(is_current=True)
        return [
            str(row["leaf"])
            for row in snapshot.findings
            if not statuses or row["status"] in statuses
        ]

    def _asked(self) -> QuerySet[Opinion]:
        return self.dossier.opinions.select_related("organisation").order_by("id")


_PARK = "attraction"  # an enterprise attracts no investment
