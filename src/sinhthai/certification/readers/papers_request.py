"""The holder's own letter to end their certificate (Article 44, ground c), to sign and scan."""

from __future__ import annotations

import datetime as dt

from sinhthai.certification.documents.model import Document, Fields, Paragraph
from sinhthai.certification.models import Certificate
from sinhthai.certification.readers.paper_facts import PaperFacts, holder_of, read_paper_facts
from sinhthai.certification.readers.papers_applicant import applicant_signature, bases
from sinhthai.foundation.text import Text

_BLANK = "…" * 60  # a line to write on


def compose_revocation_request(
    certificate: Certificate, at: dt.datetime, lang: str = "vi"
) -> Document:
    """Write the letter by which the holder asks to have *certificate* revoked.

    The reason is left blank: the decree asks for none, and nobody else states it for them.
    """
    facts = read_paper_facts(certificate.dossier, at, lang)
    say, about = facts.say, facts.title_of_certificate
    asks = Text(
        f"đề nghị thu hồi Giấy chứng nhận {about.vi}",
        f"Revocation of the {about.en} certificate at the holder's own request",
    )
    return Document(
        title=Text(
            f"Văn bản {asks.vi}: {facts.subject.vi}", f"Request to revoke: {facts.subject.en}"
        ),
        kind=say(Text("Văn bản đề nghị", "Request")),
        abstract=say(Text(f"{asks.vi[:1].upper()}{asks.vi[1:]}", asks.en)),
        header=facts.header(facts.applicant),
        blocks=(
            *bases(facts, "44.1.c"),
            Paragraph(say(_request(facts))),
            Fields(
                (
                    (say(Text("Số", "Number")), certificate.number),
                    (say(Text("Cấp cho", "Issued to")), say(holder_of(certificate))),
                    (say(Text("Ngày cấp", "Issued on")), facts.day(certificate.issued_on)),
                    (say(Text("Cơ quan cấp", "Issued by")), say(facts.issuer)),
                )
            ),
            Paragraph(say(Text(f"Lý do (nếu có): {_BLANK}", f"Reason (if any): {_BLANK}"))),
        ),
        made_at=facts.at,
        language=facts.language,
        addressees=tuple(dict.fromkeys((say(facts.issuer), say(facts.board)))),
        signature=applicant_signature(facts),
        notes=facts.notes(),
        invented=facts.invented,
    )


def _request(facts: PaperFacts) -> Text:
    applicant, about = facts.applicant, facts.title_of_certificate
    return Text(
        f"{applicant.vi} đề nghị {facts.issuer.vi} thu hồi Giấy chứng nhận {about.vi} sau đây:",
        f"{applicant.en} asks {facts.issuer.en} to revoke this {about.en} certificate:",
    )
