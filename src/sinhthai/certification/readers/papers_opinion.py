"""The letter that asks a body for its opinion, and the body's answer."""

from __future__ import annotations

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Signature,
    Table,
)
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Opinion
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.certification.readers.papers_evaluation import board_signature
from sinhthai.certification.wording import POSITION_NAMES, organisation_name
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures


def compose_request(facts: PaperFacts) -> Document:
    """Write the Board's letter to every body the procedure consults."""
    say, about, name = facts.say, facts.title_of_certificate, facts.subject
    clause = "41.3" if facts.is_park else "42.3"
    clocks = [clock for clock in facts.procedure.clocks if clock.of == "opinion" and clock.days]
    what = Text(
        f"lấy ý kiến về hồ sơ chứng nhận {about.vi} của {name.vi}",
        f"opinion on the dossier of {name.en} for the {about.en} certificate",
    )
    blocks: list[Block] = [
        Paragraph(
            say(
                Text(
                    f"Thực hiện {facts.clause(clause)} Nghị định số 35/2022/NĐ-CP, "
                    f"{facts.board.vi} gửi hồ sơ của {facts.applicant.vi} và đề nghị quý cơ quan "
                    "cho ý kiến về việc đáp ứng từng tiêu chí thuộc phạm vi quản lý.",
                    f"Under {facts.clause(clause)} of Decree 35/2022/ND-CP, {facts.board.en} sends "
                    f"the dossier of {facts.applicant.en} and asks for your opinion on each "
                    "criterion within your field.",
                )
            )
        ),
    ]
    for clock in clocks:
        unit = (
            Text("ngày làm việc", "working days")
            if clock.unit == "working"
            else Text("ngày", "days")
        )
        blocks.append(
            Paragraph(
                say(
                    Text(
                        f"Thời hạn trả lời: {clock.days} {unit.vi} kể từ ngày nhận đủ hồ sơ.",
                        f"Please answer within {clock.days} {unit.en} of receiving the dossier.",
                    )
                )
            )
        )
    blocks += [
        Heading(say(Text("Hồ sơ gửi kèm", "Enclosed"))),
        Items(
            tuple(
                say(paper.title) for paper in facts.procedure.papers if paper.party == "applicant"
            )
        ),
    ]
    return Document(
        title=Text(f"Công văn {what.vi}", f"Letter: {what.en}"),
        kind="",
        abstract=say(what),
        header=facts.header(facts.board, "/BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=_asked(facts),
        signature=board_signature(facts, Text("Như trên", "As above")),
        notes=facts.notes(),
        invented=facts.invented,
    )


def compose_answer(facts: PaperFacts, opinion: Opinion) -> Document:
    """Write the opinion of one body: its position, its words, its view of each criterion."""
    say, about, name = facts.say, facts.title_of_certificate, facts.subject
    body = organisation_name(opinion.organisation)
    what = Text(
        f"ý kiến về hồ sơ chứng nhận {about.vi} của {name.vi}",
        f"opinion on the dossier of {name.en} for the {about.en} certificate",
    )
    position = say(POSITION_NAMES[opinion.position]) if opinion.position else None
    blocks: list[Block] = [
        Paragraph(
            say(
                Text(
                    f"{body.vi} đã nhận hồ sơ do {facts.board.vi} gửi và có ý kiến như sau.",
                    f"{body.en} received the dossier from {facts.board.en} and answers as follows.",
                )
            )
        ),
        Heading(say(Text("1. Ý kiến chung", "1. Position"))),
        Paragraph(position or say(Text("chưa có ý kiến", "no position yet")), "strong"),
    ]
    if opinion.text.strip():
        blocks.append(Paragraph(opinion.text.strip()))
    rows = _positions(facts, opinion)
    if rows:
        title = Text("2. Ý kiến về từng tiêu chí", "2. By criterion")
        blocks += [
            Heading(say(title)),
            Table(
                (
                    Column(say(Text("Tiêu chí", "Criterion")), 3),
                    Column(say(Text("Ý kiến", "Position")), 1.2),
                    Column(say(Text("Nội dung", "Remark")), 3),
                ),
                rows,
            ),
        ]
    return Document(
        title=Text(f"{body.vi}: {what.vi}", f"{body.en}: {what.en}"),
        kind="",
        abstract=say(what),
        # A ministry sits elsewhere than the park: it writes its place itself.
        header=facts.header(
            body, place=facts.province if opinion.organisation.province else "....."
        ),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.board),),
        signature=Signature(
            position=say(Text("Thủ trưởng cơ quan, tổ chức", "Head of the body")),
            recipients=(say(Text("Như trên", "As above")), say(words.ARCHIVE)),
        ),
        notes=facts.notes(),
        invented=facts.invented,
    )


def _asked(facts: PaperFacts) -> tuple[str, ...]:
    """Return the bodies the procedure asks, by their names of the day."""
    authorities, day = load_procedures().authorities, legal_day(facts.at)
    return tuple(
        facts.say(authorities[id].name_on(day))
        for party in ("consulted", "expert")
        for id in facts.procedure.parties.get(party, ())
    )


def _positions(facts: PaperFacts, opinion: Opinion) -> tuple[tuple[str, ...], ...]:
    framework = load_bundle().framework_on(facts.procedure.family, facts.dossier.on)
    rows = []
    for leaf in framework.leaves if framework else ():
        said = opinion.positions.get(leaf.id)
        if not said or not said.get("position"):
            continue
        position = POSITION_NAMES.get(str(said["position"]))
        rows.append(
            (
                f"{facts.clause(leaf.clause)}\n{facts.say(leaf.title)}",
                facts.say(position) if position else "",
                str(said.get("remark", "")),
            )
        )
    return tuple(rows)
