"""Every paper of a dossier, written from what is stored; and what is missing for it.

A paper is a value (``documents.model.Document``): the writers of PDF and .docx know nothing of
dossiers, and this module nothing of files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sinhthai.certification.documents.model import Document
from sinhthai.certification.models import Dossier, Opinion
from sinhthai.certification.readers.paper_facts import PaperFacts, read_paper_facts
from sinhthai.certification.readers.papers_applicant import compose_letter, compose_operation
from sinhthai.certification.readers.papers_assessment import compose_assessment
from sinhthai.certification.readers.papers_authority import (
    compose_failure_notice,
    compose_proposal,
)
from sinhthai.certification.readers.papers_decision import (
    compose_decision,
    compose_revocation_notice,
)
from sinhthai.certification.readers.papers_evaluation import compose_evaluation_report
from sinhthai.certification.readers.papers_missing import MissingFact, missing_facts
from sinhthai.certification.readers.papers_opinion import compose_answer, compose_request

__all__ = ["MissingFact", "compose_opinion", "compose_paper", "missing_facts"]

_COMPOSERS: Mapping[str, Callable[[PaperFacts], Document]] = {
    "letter": compose_letter,
    "operation": compose_operation,
    "assessment": compose_assessment,
    "evaluation_report": compose_evaluation_report,
    "proposal": compose_proposal,
    "failure_notice": compose_failure_notice,
    "decision": compose_decision,
    "revocation_notice": compose_revocation_notice,
    "opinion_request": compose_request,
}
SLOTS = tuple(_COMPOSERS)


def compose_paper(dossier: Dossier, slot: str, at: dt.datetime, lang: str = "vi") -> Document:
    """Write the paper *slot* of *dossier* from what is stored (KeyError for any other slot).

    *at* dates the file; the facts are those of the dossier's snapshot, so that assembling it
    again gives the same paper. What nobody reported is None, which prints "chưa báo cáo".
    """
    return _COMPOSERS[slot](read_paper_facts(dossier, at, lang))


def compose_opinion(opinion: Opinion, at: dt.datetime, lang: str = "vi") -> Document:
    """Write the answer of one consulted body, as it drafted or gave it."""
    return compose_answer(read_paper_facts(opinion.dossier, at, lang), opinion)
