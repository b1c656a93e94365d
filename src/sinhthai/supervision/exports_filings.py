"""A yearly form as a file: the workbook to fill in, the paper as .docx or PDF."""

from __future__ import annotations

import datetime as dt

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.policy import board_of
from sinhthai.foundation.tables import XLSX
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.forms import Form, load_forms
from sinhthai.supervision.actions.filings import content_of
from sinhthai.supervision.documents.filing import Sender, compose_filing
from sinhthai.supervision.engine.filling import Content, Filled, digest
from sinhthai.supervision.models import Filing, Sending
from sinhthai.supervision.readers.filings import STATES, fill_filing, fill_form

MEDIA_TYPES = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_NOT_BEGUN = Text("chưa lập trong hệ thống", "not begun in the system")


def filing_file(filing: Filing, fmt: str, *, at: dt.datetime, language: str) -> bytes:
    """Return a filing as *fmt*. Once it was sent the papers show what was sent, word for word."""
    filled = fill_filing(filing)
    if fmt == "xlsx":
        return _workbook(filled, filing.park, filing.enterprise, language)
    sending = filing.sendings.first() if filing.state in _OUT else None
    said = _said(filing, sending)
    state = STATES[Filing.State(filing.state)]
    return _paper(
        filled, said, filing.park, filing.enterprise, fmt, sending, state, at=at, language=language
    )


def blank_file(
    form: Form,
    year: int,
    park: Park,
    enterprise: Enterprise | None,
    fmt: str,
    *,
    at: dt.datetime,
    language: str,
) -> bytes:
    """Return the form of a year nobody began yet, filled in from the records."""
    filled = fill_form(form, year, park, enterprise, {})
    if fmt == "xlsx":
        return _workbook(filled, park, enterprise, language)
    said = filled.content()
    return _paper(filled, said, park, enterprise, fmt, None, _NOT_BEGUN, at=at, language=language)


def file_name(form: Form, year: int, park: Park, enterprise: Enterprise | None, fmt: str) -> str:
    """Return the name of the file: what the page says too."""
    return f"{form.id} {year} {(enterprise or park).code}.{fmt}"


_OUT = (Filing.State.SENT, Filing.State.RECEIVED)


def _said(filing: Filing, sending: Sending | None) -> Content:
    if sending is not None:
        return sending.values
    if filing.state == Filing.State.PENDING:
        return filing.values
    return content_of(filing)


def _workbook(filled: Filled, park: Park, enterprise: Enterprise | None, language: str) -> bytes:
    from sinhthai.supervision.workbooks.filing_writing import Filer, write_filing

    who = enterprise or park
    name = (who.name_en or who.name_vi) if language == "en" else who.name_vi
    filer = Filer(park.code, enterprise.code if enterprise else "", name, who.invented)
    return write_filing(filled, filer, forms_hash=load_forms().hash, language=language)


def _paper(
    filled: Filled,
    said: Content,
    park: Park,
    enterprise: Enterprise | None,
    fmt: str,
    sending: Sending | None,
    state: Text,
    *,
    at: dt.datetime,
    language: str,
) -> bytes:
    form = filled.form
    document = compose_filing(
        form,
        filled.year,
        said,
        filled.answers,
        _sender(said, park, enterprise, sending, language),
        digest=sending.digest if sending else digest(form.id, filled.year, said),
        forms_hash=sending.forms_hash if sending else load_forms().hash,
        state=state,
        made_at=sending.sent_at if sending else at,
        language=language,
    )
    if fmt == "docx":
        from sinhthai.certification.documents.as_docx import to_docx

        return to_docx(document)
    from sinhthai.certification.documents.as_pdf import to_pdf

    return to_pdf(document)


def _sender(
    said: Content,
    park: Park,
    enterprise: Enterprise | None,
    sending: Sending | None,
    language: str,
) -> Sender:
    """Return the head and foot of the paper; the signer is whom the form names."""
    board = board_of(park)
    receiver = ""
    if board is not None:
        receiver = (board.name_en or board.name_vi) if language == "en" else board.name_vi
    named = "enterprise_representative" if enterprise else "investor_representative"
    investor = str(said.get("investor_name", {}).get("value") or "")
    copies: tuple[str, ...] = ()
    if enterprise is not None:
        body = enterprise.name_vi
        office = Text("Nhà đầu tư hạ tầng {park}", "Infrastructure investor of {park}")
        copies = (office.format(park=park.name_vi).get(language),)
    else:
        operator = park.operator.name_vi if park.operator else ""
        body = investor or operator or park.name_vi
    return Sender(
        body=body,
        place=park.province_now.name,
        receiver=receiver,
        copies=copies,
        representative=str(said.get(named, {}).get("value") or ""),
        day=legal_day(sending.sent_at) if sending else None,
        invented=park.invented or bool(enterprise and enterprise.invented),
    )
