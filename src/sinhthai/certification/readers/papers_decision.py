"""What the issuing authority signs: a decision to issue or to revoke, and the notice before it."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import (
    Block,
    Document,
    Fields,
    Heading,
    Paragraph,
    Signature,
)
from sinhthai.certification.readers.case import GROUNDS
from sinhthai.certification.readers.paper_facts import PaperFacts, holder_of
from sinhthai.certification.readers.papers_applicant import bases
from sinhthai.certification.readers.papers_evaluation import HEAD_OF_BOARD, overrides
from sinhthai.foundation.text import Text

_NO_GROUND = Text("Chưa ghi căn cứ thu hồi.", "No ground is recorded yet.")
_IN_FORCE = Text("Quyết định này có hiệu lực từ ngày ký.", "This decision holds from its signing.")
_CHAIR = Text("Chủ tịch", "Chairperson")


def compose_decision(facts: PaperFacts) -> Document:
    """Write the decision: to issue the certificate, or in a case of revocation to revoke it."""
    say, about = facts.say, facts.title_of_certificate
    revokes = facts.dossier.kind == "revoke"
    articles = _revoking(facts) if revokes else _issuing(facts)
    rule = facts.rule("decision")
    name = facts.subject
    what = (
        Text(f"Thu hồi Giấy chứng nhận {about.vi}", f"Revoking the {about.en} certificate")
        if revokes
        else Text(f"Cấp Giấy chứng nhận {about.vi}", f"Issuing the {about.en} certificate")
    )
    link = "của" if revokes else "cho"
    asked = Text(f"Theo đề nghị của {facts.board.vi}.", f"On the proposal of {facts.board.en}.")
    blocks: list[Block] = [
        *bases(facts, *(rule.rule.clause.split(", ") if rule else ())),
        *([Paragraph(say(asked), "basis")] if facts.is_park else []),
        Paragraph(say(Text("QUYẾT ĐỊNH:", "DECIDES:")), "centered"),
    ]
    for number, article in enumerate(articles, start=1):
        first, rest = article
        label = Text(f"Điều {number}.", f"Article {number}.")
        blocks.append(Paragraph(f"{say(label)} {say(first)}"))
        blocks += rest
    return Document(
        title=Text(f"Quyết định: {what.vi}, {name.vi}", f"Decision: {what.en}, {name.en}"),
        kind=say(Text("Quyết định", "Decision")),
        abstract=say(
            Text(
                f"Về việc {what.vi[:1].lower()}{what.vi[1:]} {link} {name.vi}",
                f"{what.en}: {name.en}",
            )
        ),
        header=facts.header(facts.issuer, "/QĐ-UBND" if facts.is_park else "/QĐ-BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        signature=_issuer_signature(facts, Text("Như Điều 2", "As in Article 2")),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


def compose_revocation_notice(facts: PaperFacts) -> Document:
    """Write the notice of a revocation to the holder and the agencies concerned (44.2)."""
    say, about, name = facts.say, facts.title_of_certificate, facts.subject
    blocks: list[Block] = [
        *bases(facts, "44.2"),
        Paragraph(
            say(
                Text(
                    f"{facts.issuer.vi} thông báo việc thu hồi Giấy chứng nhận {about.vi} sau đây.",
                    f"{facts.issuer.en} gives notice of the revocation of this {about.en} "
                    "certificate.",
                )
            )
        ),
        _certificate_fields(facts),
        Heading(say(Text("Căn cứ thu hồi", "Ground of the revocation"))),
        *_ground(facts),
    ]
    return Document(
        title=Text(
            f"Thông báo thu hồi Giấy chứng nhận: {name.vi}", f"Notice of revocation: {name.en}"
        ),
        kind=say(Text("Thông báo", "Notice")),
        abstract=say(
            Text(
                f"Về việc thu hồi Giấy chứng nhận {about.vi} của {name.vi}",
                f"Revocation of the {about.en} certificate of {name.en}",
            )
        ),
        header=facts.header(facts.issuer, "/TB-UBND" if facts.is_park else "/TB-BQL"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.applicant),),
        signature=_issuer_signature(
            facts,
            Text("Như trên", "As above"),
            Text("Các cơ quan liên quan", "The agencies concerned"),
            *((facts.board,) if facts.is_park else ()),
        ),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


_Article = tuple[Text, Sequence[Block]]


def _issuing(facts: PaperFacts) -> list[_Article]:
    """Return the articles that issue, the overrides among them."""
    about, name = facts.title_of_certificate, facts.subject
    years = facts.procedure.certificate_years
    term = (
        Text(
            f"Giấy chứng nhận có giá trị {years:02} năm kể từ ngày cấp.",
            f"It holds for {years} years from the day it is issued.",
        )
        if years
        else Text("", "")
    )
    lifted = overrides(facts) if facts.evaluation is not None else []
    return [
        (
            Text(
                f"Cấp Giấy chứng nhận {about.vi} cho {name.vi}. {term.vi}",
                f"The {about.en} certificate is issued to {name.en}. {term.en}",
            ),
            lifted,
        ),
        (_who_carries_it_out(facts), []),
        (_IN_FORCE, []),
    ]


def _revoking(facts: PaperFacts) -> list[_Article]:
    about, name = facts.title_of_certificate, facts.subject
    return [
        (
            Text(
                f"Thu hồi Giấy chứng nhận {about.vi} của {name.vi}:",
                f"The {about.en} certificate of {name.en} is revoked:",
            ),
            [_certificate_fields(facts), *_ground(facts)],
        ),
        (_who_carries_it_out(facts), []),
        (_IN_FORCE, []),
    ]


def _who_carries_it_out(facts: PaperFacts) -> Text:
    applicant, board = facts.applicant, facts.board
    return Text(
        f"{board.vi}, {applicant.vi} và các cơ quan, tổ chức có liên quan chịu trách nhiệm thi "
        "hành Quyết định này.",
        f"{board.en}, {applicant.en} and the bodies concerned carry this decision out.",
    )


def _certificate_fields(facts: PaperFacts) -> Fields:
    say, certificate = facts.say, facts.about
    return Fields(
        (
            (say(Text("Số", "Number")), certificate.number if certificate else None),
            (
                say(Text("Cấp cho", "Issued to")),
                say(holder_of(certificate)) if certificate else say(facts.subject),
            ),
            (
                say(Text("Ngày cấp", "Issued on")),
                facts.day(certificate.issued_on) if certificate else None,
            ),
        )
    )


def _ground(facts: PaperFacts) -> list[Block]:
    """Return the ground in the words of the law, and what was found in the case."""
    contents = facts.dossier.contents
    ground = str(contents.get("ground", ""))
    law = GROUNDS.get(ground)
    said = str(contents.get("ground_reason", "") or contents.get("reason", "")).strip()
    blocks: list[Block] = []
    if law is not None:
        clause = facts.clause(f"44.1.{ground}")
        blocks.append(Paragraph(f"{facts.say(law)} ({clause}).", "strong"))
    evidence = str(contents.get("evidence", "")).strip()
    blocks += [Paragraph(text) for text in (said, evidence) if text]
    return blocks or [Paragraph(facts.say(_NO_GROUND))]


def _issuer_signature(facts: PaperFacts, *recipients: Text) -> Signature:
    on_behalf = Text("TM. Ủy ban nhân dân", "On behalf of the People's Committee")
    return Signature(
        position=facts.say(_CHAIR if facts.is_park else HEAD_OF_BOARD),
        authority=facts.say(on_behalf) if facts.is_park else "",
        recipients=tuple(facts.say(one) for one in (*recipients, words.ARCHIVE)),
    )
