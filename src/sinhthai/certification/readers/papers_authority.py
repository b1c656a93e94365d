"""What the Management Board sends on: the proposal to issue, and the notice of a failure."""

from __future__ import annotations

from sinhthai.certification.documents.model import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
)
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.certification.readers.papers_applicant import bases
from sinhthai.certification.readers.papers_evaluation import (
    board_signature,
    judgement_table,
    overrides,
)
from sinhthai.foundation.text import Text


def compose_proposal(facts: PaperFacts) -> Document:
    """Write the Board's proposal to the People's Committee to issue the certificate."""
    say, name, about = facts.say, facts.subject, facts.title_of_certificate
    rule = facts.rule("proposal")
    blocks: list[Block] = [
        *bases(facts, *(rule.rule.clause.split(", ") if rule else ())),
        Paragraph(say(_story(facts))),
        Heading(say(Text("1. Kết quả đánh giá", "1. Result of the evaluation"))),
        Paragraph(say(_result(facts))),
    ]
    if facts.evaluation is not None:
        blocks += overrides(facts)
    blocks += [
        Heading(say(Text("2. Kiến nghị", "2. Proposal"))),
        Paragraph(
            say(
                Text(
                    f"{facts.board.vi} kính trình {facts.committee.vi} xem xét, cấp Giấy chứng "
                    f"nhận {about.vi} cho {name.vi}.",
                    f"{facts.board.en} asks {facts.committee.en} to issue the {about.en} "
                    f"certificate to {name.en}.",
                )
            )
        ),
        Heading(say(Text("3. Hồ sơ kèm theo", "3. Enclosed"))),
        Items(
            tuple(
                say(paper.title)
                for paper in facts.procedure.papers
                if paper.id in ("letter", "operation", "assessment", "evaluation_report")
            )
        ),
    ]
    subject = Text(f"Cấp Giấy chứng nhận {about.vi}", f"Issuing the {about.en} certificate")
    return Document(
        title=Text(f"Tờ trình: {subject.vi} cho {name.vi}", f"Proposal: {subject.en}, {name.en}"),
        kind=say(Text("Tờ trình", "Proposal")),
        abstract=say(
            Text(f"Về việc {_small(subject.vi)} cho {name.vi}", f"{subject.en} to {name.en}")
        ),
        header=facts.header(facts.board, "/TTr-BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.committee),),
        signature=board_signature(facts, Text("Như trên", "As above")),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


def compose_failure_notice(facts: PaperFacts) -> Document:
    """Write the notice that a dossier failed, with the reason on every criterion."""
    say, name, about = facts.say, facts.subject, facts.title_of_certificate
    rule = facts.rule("failure_notice")
    blocks: list[Block] = [
        *bases(facts, *(rule.rule.clause.split(", ") if rule else ())),
        Paragraph(
            say(
                Text(
                    f"{facts.board.vi} thông báo: hồ sơ của {facts.applicant.vi} chưa đủ điều kiện "
                    f"cấp Giấy chứng nhận {about.vi} cho {name.vi}, vì các lý do sau.",
                    f"{facts.board.en} gives notice that the dossier of {facts.applicant.en} does "
                    f"not qualify {name.en} for the {about.en} certificate, for these reasons.",
                )
            )
        ),
    ]
    if facts.evaluation is not None and facts.evaluation.failed:
        title = Text("1. Tiêu chí không đạt", "1. Criteria not met")
        blocks += [Heading(say(title)), judgement_table(facts, only_failed=True)]
    reason = facts.step_reason("fail", "notify")
    if reason:
        blocks += [
            Heading(say(Text("2. Lý do", "2. Reasons"))),
            Paragraph(reason),
        ]
    blocks.append(
        Paragraph(
            say(
                Text(
                    "Bên nộp hồ sơ có thể hoàn thiện và nộp lại hồ sơ, hoặc khiếu nại theo quy "
                    "định của pháp luật.",
                    "The applicant may complete the dossier and file it again, or complain as the "
                    "law provides.",
                )
            )
        )
    )
    return Document(
        title=Text(f"Thông báo không đạt: {name.vi}", f"Notice of failure: {name.en}"),
        kind=say(Text("Thông báo", "Notice")),
        abstract=say(
            Text(
                f"Về việc hồ sơ chứng nhận {about.vi} của {name.vi} không đạt",
                f"The dossier of {name.en} for the {about.en} certificate failed",
            )
        ),
        header=facts.header(facts.board, "/TB-BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.applicant),),
        signature=board_signature(facts, Text("Như trên", "As above")),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


def _story(facts: PaperFacts) -> Text:
    """Say what happened since the dossier was complete."""
    day, bodies = facts.day(facts.dossier.accepted_at), len(facts.opinions)
    received = (
        Text(f"Ngày {day}, Ban quản lý nhận đủ hồ sơ", f"On {day} the Board held the whole dossier")
        if day
        else Text("Ban quản lý đã nhận hồ sơ", "The Board received the dossier")
    )
    asked = (
        Text(
            f"; đã lấy ý kiến của {bodies:02} cơ quan, tổ chức",
            f"; {bodies} bodies gave their opinion",
        )
        if bodies
        else Text("", "")
    )
    return Text(
        f"{received.vi} của {facts.applicant.vi}{asked.vi} và đã đánh giá theo quy định.",
        f"{received.en} of {facts.applicant.en}{asked.en}, and it was evaluated.",
    )


def _result(facts: PaperFacts) -> Text:
    evaluation = facts.evaluation
    if evaluation is None:
        return Text("Chưa có kết quả đánh giá.", "There is no result yet.")
    total = len(evaluation.rows)
    return Text(
        f"{facts.subject.vi} được nhận định đạt {evaluation.met}/{total} tiêu chí theo "
        f"{evaluation.report.framework.instrument.vi}; nhận định và lý do của từng tiêu chí ở báo "
        "cáo đánh giá kèm theo.",
        f"{facts.subject.en} is held to meet {evaluation.met} of {total} criteria of "
        f"{evaluation.report.framework.instrument.en}; each judgement and its reason stand in the "
        "evaluation report enclosed.",
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
