"""Hand verified results to the yearly report: somebody proposes, the enterprise accepts."""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.audits import locked, trail
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.models import Audit, Proposal
from sinhthai.efficiency.policy import may_accept
from sinhthai.efficiency.readers.report import read_lines
from sinhthai.foundation.text import Text
from sinhthai.reporting.actions import Computed, record_values


def propose_results(*, user: User, audit: Audit, year: int, at: dt.datetime) -> Proposal:
    """Propose what was verified of *year* for form B.4; nothing is reported yet."""
    with locked(user, audit) as held:
        if Proposal.objects.filter(audit=held, accepted=None).exists():
            raise refuse("proposal-open")
        lines = read_lines(held.enterprise, year)
        if not lines.values:
            raise refuse("nothing-verified", year=year)
        made = Proposal.objects.create(
            audit=held, year=year, values=lines.values, digest=lines.digest, by=user, at=at
        )
        trail(
            held,
            user,
            at,
            "propose_results",
            Text(
                "Đề nghị đưa kết quả năm {year} của {audit} vào báo cáo.",
                "Proposed the results of {year} of {audit} for the report.",
            ),
            {"proposal": made.pk},
            year=year,
        )
    return made


def answer_proposal(*, user: User, proposal: Proposal, accepted: bool, at: dt.datetime) -> Proposal:
    """Accept a proposal, which writes its figures into the report, or decline it.

    Raises
    ------
    InputError : not the enterprise's own people, already answered, the results changed since, or
        the report says the same already.
    """
    with locked(user, proposal.audit) as held:
        if not may_accept(user, held.enterprise):
            raise refuse("only-own")
        found = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if found.accepted is not None:
            raise refuse("proposal-answered")
        if accepted:
            if read_lines(held.enterprise, found.year).digest != found.digest:
                raise refuse("proposal-moved")
            source = f"Kết quả RECP đã xác minh, kiểm toán số {held.pk}"
            records = record_values(
                user=user,
                park=held.enterprise.park,
                year=found.year,
                values=[
                    Computed(item, value, "", held.enterprise, source)
                    for item, value in found.values.items()
                ],
                what=Text("kết quả RECP đã xác minh", "verified RECP results"),
                at=at,
            )
            found.records = [record.pk for record in records]
        found.accepted, found.answered_by, found.answered_at = accepted, user, at
        found.save(update_fields=["accepted", "answered_by", "answered_at", "records"])
        said = (
            Text("Chấp nhận đề nghị của {audit}.", "Accepted the proposal of {audit}.")
            if accepted
            else Text("Từ chối đề nghị của {audit}.", "Declined the proposal of {audit}.")
        )
        trail(held, user, at, "answer_proposal", said, {"proposal": found.pk})
    return found
