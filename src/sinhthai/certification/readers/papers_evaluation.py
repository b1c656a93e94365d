"""The Board's report: what was filed, who said what, what it holds of each criterion, and why."""

from __future__ import annotations

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Fields,
    Group,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.readers.decision import OBSTACLE_NAMES
from sinhthai.certification.readers.evaluation import Row
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.certification.readers.papers_applicant import bases
from sinhthai.certification.readers.papers_assessment import NOT_ASSESSED, result_of
from sinhthai.certification.signals import yearly_reports
from sinhthai.certification.wording import POSITION_NAMES, organisation_name
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

HEAD_OF_BOARD = Text("Trưởng ban", "Head of the Management Board")


def board_signature(facts: PaperFacts, *recipients: Text) -> Signature:
    """Return who signs for the Management Board."""
    return Signature(
        position=facts.say(HEAD_OF_BOARD),
        recipients=tuple(facts.say(one) for one in (*recipients, words.ARCHIVE)),
    )


def compose_evaluation_report(facts: PaperFacts) -> Document:
    """Write the report on the evaluation of a dossier."""
    say, name, about = facts.say, facts.subject, facts.title_of_certificate
    rule = facts.rule("evaluation_report")
    blocks: list[Block] = [
        *bases(facts, *(rule.rule.clause.split(", ") if rule else ())),
        Heading(say(Text("I. Hồ sơ", "I. The dossier"))),
        Fields(
            (
                (say(Text("Bên nộp hồ sơ", "Applicant")), say(facts.applicant)),
                (say(Text("Đối tượng", "Subject")), say(name)),
                (say(Text("Thủ tục", "Procedure")), say(facts.procedure.title)),
                (say(Text("Mã hồ sơ", "Dossier")), facts.dossier.public_id),
                (
                    say(Text("Ngày nộp", "Sent on")),
                    facts.day(facts.step_at("submit")) or say(_NOT_YET),
                ),
                (
                    say(Text("Ngày hồ sơ đầy đủ", "Complete on")),
                    facts.day(facts.dossier.accepted_at) or say(_NOT_YET),
                ),
                (
                    say(Text("Số liệu năm", "Data of the year")),
                    str(facts.dossier.year),
                ),
            )
        ),
        Heading(say(Text("II. Ý kiến của các cơ quan, tổ chức", "II. Opinions"))),
        *_opinions(facts),
        *_yearly_reports(facts),
        Heading(say(Text("III. Đánh giá từng tiêu chí", "III. Evaluation by criterion"))),
    ]
    if facts.evaluation is None:
        blocks.append(Paragraph(say(NOT_ASSESSED)))
    else:
        blocks.append(judgement_table(facts))
        blocks += overrides(facts)
    blocks += [
        Heading(say(Text("IV. Kết luận", "IV. Conclusion"))),
        Paragraph(say(_conclusion(facts))),
    ]
    to = (facts.committee,) if facts.is_park else ()
    return Document(
        title=Text(f"Báo cáo đánh giá {about.vi}: {name.vi}", f"Evaluation report: {name.en}"),
        kind=say(Text("Báo cáo", "Report")),
        abstract=say(
            Text(
                f"Đánh giá việc đáp ứng tiêu chí {about.vi} của {name.vi}",
                f"Evaluation of {name.en} against the {about.en} criteria",
            )
        ),
        header=facts.header(facts.board, "/BC-BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=tuple(say(one) for one in to),
        signature=board_signature(facts, *([Text("Như trên", "As above")] if to else [])),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


_NOT_YET = Text("chưa có", "not yet")


def judgement_table(facts: PaperFacts, *, only_failed: bool = False) -> Table:
    """Return what the Board holds of each criterion, beside the finding and what others said."""
    say, evaluation = facts.say, facts.evaluation
    assert evaluation is not None
    lines: list[tuple[str | None, ...] | Group] = []
    for group, members in evaluation.groups:
        shown = [row for row in members if not only_failed or row in evaluation.failed]
        if not shown:
            continue
        lines.append(Group(say(group)))
        lines += [
            (
                f"{facts.clause(row.leaf.clause)}\n{say(row.leaf.title)}",
                f"{result_of(facts, row)}\n{say(row.criterion.value)}",
                _said_of(facts, row),
                _judged(facts, row),
                row.judgement.reason if row.judgement and not row.open else "",
            )
            for row in shown
        ]
    return Table(
        (
            Column(say(Text("Tiêu chí", "Criterion")), 2.2),
            Column(say(Text("Kết quả tính từ số liệu", "Computed from the data")), 1.1),
            Column(say(Text("Ý kiến khác", "Opinions that differ")), 2.2),
            Column(say(Text("Nhận định", "Judgement")), 0.9),
            Column(say(Text("Lý do", "Reason")), 2.3),
        ),
        tuple(lines),
    )


def overrides(facts: PaperFacts) -> list[Block]:
    """Return the legal overrides the case rests on, none hidden."""
    say = facts.say
    assert facts.evaluation is not None
    found = [(row, one) for row in facts.evaluation.rows for one in row.overrides]
    if not found:
        return []
    return [
        Heading(say(Text("Ngoại lệ pháp lý", "Legal overrides")), 2),
        Table(
            (
                Column(say(Text("Tiêu chí", "Criterion")), 2),
                Column(say(Text("Vướng mắc", "Obstacle")), 1.6),
                Column(say(Text("Căn cứ", "Legal basis")), 1.5),
                Column(say(Text("Lý do", "Reason")), 2.4),
                Column(say(Text("Người quyết định", "Decided by")), 1.3),
            ),
            tuple(
                (
                    f"{facts.clause(row.leaf.clause)}\n{say(row.leaf.title)}",
                    say(OBSTACLE_NAMES[one.obstacle]),
                    one.clause,
                    one.reason,
                    f"{_person(one.by)}\n{facts.day(one.at)}",
                )
                for row, one in found
            ),
        ),
    ]


def _person(user: object) -> str:
    name = getattr(user, "get_full_name", str)()
    return name or getattr(user, "username", "")


def _opinions(facts: PaperFacts) -> list[Block]:
    say = facts.say
    if not facts.opinions:
        asked = facts.procedure.parties.get("consulted")
        none = (
            Text("Chưa có ý kiến trả lời.", "No answer has come.")
            if asked
            else Text(
                "Thủ tục này không phải lấy ý kiến các cơ quan.",
                "This procedure asks no agency for its opinion.",
            )
        )
        return [Paragraph(say(none))]
    return [
        Table(
            (
                Column(say(Text("Cơ quan, tổ chức", "Body")), 2.4),
                Column(say(Text("Nhận", "Received")), 1.35, "center"),
                Column(say(Text("Trả lời", "Answered")), 1.35, "center"),
                Column(say(Text("Ý kiến", "Position")), 1.2),
                Column(say(Text("Nội dung", "Text")), 2.8),
            ),
            tuple(
                (
                    say(organisation_name(one.organisation)),
                    facts.day(one.received_at) or say(_NOT_YET),
                    facts.day(one.answered_at),
                    say(POSITION_NAMES[one.position]) if one.position else "",
                    one.text,
                )
                for one in facts.opinions
            ),
        )
    ]


def _yearly_reports(facts: PaperFacts) -> list[Block]:
    """Return the yearly reports a re-certification is decided on (45.3, 45.4); [] for others."""
    if facts.dossier.kind != "recertify" or facts.about is None:
        return []
    say = facts.say
    rows = yearly_reports(facts.about, legal_day(facts.at))
    return [
        Heading(say(Text("Báo cáo hằng năm (Điều 43)", "Yearly reports (Article 43)")), 2),
        Table(
            (
                Column(say(Text("Năm", "Year")), 0.8, "center"),
                Column(say(Text("Mẫu", "Form")), 0.8, "center"),
                Column(say(Text("Ngày gửi", "Sent on")), 1.4, "center"),
                Column(say(Text("Trạng thái", "State")), 3),
            ),
            tuple(
                (str(one.year), one.form, facts.day(one.sent_on), say(one.standing)) for one in rows
            ),
        )
        if rows
        else Paragraph(say(_NO_YEAR)),
    ]


_NO_YEAR = Text("Chưa có năm nào phải báo cáo.", "No year had to be reported yet.")


def _said_of(facts: PaperFacts, row: Row) -> str:
    """Return the opinions that are not plain agreement."""
    return "\n".join(
        f"{facts.say(one.body)}: {facts.say(POSITION_NAMES[one.position]).lower()}"
        + (f"; {one.remark}" if one.remark else "")
        for one in row.opinions
        if one.position in POSITION_NAMES and (one.position != "agree" or one.remark)
    )


def _judged(facts: PaperFacts, row: Row) -> str:
    if row.judgement is None or row.open:
        return facts.say(Text("chưa nhận định", "not judged yet"))
    return facts.say(Text("Đạt", "Met") if row.judgement.met else Text("Không đạt", "Not met"))


def _conclusion(facts: PaperFacts) -> Text:
    """Say what the judgements come to; a report with open ones says so."""
    evaluation, about, name = facts.evaluation, facts.title_of_certificate, facts.subject
    if evaluation is None:
        return NOT_ASSESSED
    total = len(evaluation.rows)
    left = total - evaluation.judged
    lifted = {
        row.leaf.id
        for row in evaluation.failed
        if any(one.obstacle == "not_met" for one in row.overrides)
    }
    failed = [row for row in evaluation.failed if row.leaf.id not in lifted]
    if left:
        return Text(
            f"Còn {left} trong {total} tiêu chí chưa được nhận định.",
            f"{left} of {total} criteria are not judged yet.",
        )
    if failed:
        return Text(
            f"{name.vi} không đạt {len(failed)} trong {total} tiêu chí; chưa đủ điều kiện được "
            f"chứng nhận {about.vi}.",
            f"{name.en} does not meet {len(failed)} of {total} criteria and cannot be certified "
            f"as an {about.en}.",
        )
    met = format_number(evaluation.met, facts.language)
    with_vi = f", {len(lifted)} tiêu chí theo ngoại lệ pháp lý" if lifted else ""
    with_en = f", {len(lifted)} by legal override" if lifted else ""
    return Text(
        f"{name.vi} đạt {met}/{total} tiêu chí{with_vi}; đủ điều kiện được chứng nhận {about.vi}.",
        f"{name.en} meets {met} of {total} criteria{with_en} and can be certified as an "
        f"{about.en}.",
    )
