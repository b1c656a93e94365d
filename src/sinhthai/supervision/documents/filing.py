"""A yearly form as a paper: block by block, with unit, answer and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Header,
    Heading,
    Paragraph,
    Signature,
    Table,
)
from sinhthai.foundation.text import Text
from sinhthai.rules.forms import Form
from sinhthai.supervision.engine.filling import Answer, Content
from sinhthai.supervision.engine.saying import say_content, say_origin, say_unit

_KIND = Text("BÁO CÁO", "REPORT")
_ABSTRACT = Text("{title}, năm {year} (mẫu {form})", "{title}, {year} (form {form})")
_COLUMNS = (
    (Text("Nội dung", "What is asked"), 5.0), (Text("Đơn vị", "Unit"), 1.3),
    (Text("Trả lời", "Answer"), 2.6), (Text("Nguồn, cách tính", "Source, computation"), 3.1),
)  # fmt: skip
_BASIS = Text(
    "Căn cứ {clause} Nghị định số 35/2022/NĐ-CP ngày 28 tháng 5 năm 2022 của Chính phủ;",
    "Pursuant to {clause} of Decree 35/2022/ND-CP of 28 May 2022 of the Government;",
)
_POSITION = Text("Người đại diện theo pháp luật", "Legal representative")
_DIGEST = Text("Mã băm nội dung (SHA-256)", "Digest of the content (SHA-256)")
_FORMS = Text("Phiên bản bộ mẫu", "Version of the forms")
_STATE = Text("Trạng thái", "State")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who files and who receives, as the head of the paper says."""

    body: str  # investor, or enterprise
    place: str  # of the province, for the line of the day
    receiver: str  # the Management Board; "" where none is known
    copies: tuple[str, ...] = ()
    representative: str = ""
    day: dt.date | None = None  # it was sent on; None leaves room
    invented: bool = False


def compose_filing(
    form: Form,
    year: int,
    content: Content,
    answers: Mapping[str, Answer],
    sender: Sender,
    *,
    digest: str,
    forms_hash: str,
    state: Text,
    made_at: dt.datetime,
    language: str,
) -> Document:
    """Return the paper of a form: what it says (*content*), where it comes from (*answers*)."""
    title = _ABSTRACT.format(title=form.title, year=year, form=form.id)
    clause = Text(*(_clause(form.clause, one) for one in ("vi", "en")))
    blocks: list[Block] = [
        Paragraph(_BASIS.format(clause=clause).get(language), "basis"),
        Paragraph(form.period.get(language), "note"),
    ]
    for block in form.blocks:
        blocks.append(Heading(block.title.get(language)))
        rows = tuple(
            (
                field.title.get(language),
                say_unit(field, language),
                say_content(field, content[field.id], language),
                _source(answers.get(field.id), content[field.id], language),
            )
            for field in form.of_block(block.id)
        )
        columns = tuple(Column(heading.get(language), width, "left") for heading, width in _COLUMNS)
        blocks.append(Table(columns, rows))
    return Document(
        title=Text(*(f"{form.id} {year} · {form.title.get(one)}" for one in ("vi", "en"))),
        kind=_KIND.get(language),
        abstract=title.get(language),
        header=Header(body=sender.body, place=sender.place, day=sender.day, symbol="/BC"),
        blocks=tuple(blocks),
        made_at=made_at,
        language=language,
        addressees=(sender.receiver,) if sender.receiver else (),
        signature=Signature(_POSITION.get(language), sender.representative, "", sender.copies),
        pins=(
            (_STATE.get(language), state.get(language)),
            (_DIGEST.get(language), digest),
            (_FORMS.get(language), forms_hash),
        ),
        notes=(words.OWN_LAYOUT.get(language),),
        invented=sender.invented,
        landscape=True,
    )


def _source(answer: Answer | None, said: Mapping[str, object], language: str) -> str:
    """Return where an answer comes from, as long as it still is the answer that was sent."""
    if answer is None or answer.content() != dict(said):
        return ""
    return say_origin(answer, language)


def _clause(clause: str, language: str) -> str:
    bare = clause.removeprefix("D35 ")
    return f"Điều {bare}" if language == "vi" else f"Article {bare}"
