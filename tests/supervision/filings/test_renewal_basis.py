"""A re-certification is decided on the yearly reports too (Article 45.3, 45.4)."""

import datetime as dt

from tests.certification.core.world import ON, T
from tests.supervision.filings.begun import sent
from tests.supervision.keeping.holdings import hold

from sinhthai.certification.actions.snapshots import take_snapshot
from sinhthai.certification.documents.model import Table
from sinhthai.certification.models import Dossier
from sinhthai.certification.readers.papers import compose_paper


def test_the_report_on_a_renewal_lists_what_was_filed_and_what_was_not(world):
    sent(world, "A.4")
    held = hold(world)
    held.issued_on = dt.date(2025, 5, 5)
    held.save()
    again = Dossier.objects.create(
        public_id="again", procedure="vn-eip-recertify-d35", procedure_hash="0" * 64,
        kind="recertify", park=world.park, about=held, state="evaluating", on=ON, year=2025,
        created_at=T, changed_at=T,
    )  # fmt: skip
    take_snapshot(again, T)
    report = compose_paper(again, "evaluation_report", T)
    tables = [block for block in report.blocks if isinstance(block, Table)]
    (yearly,) = [table for table in tables if table.columns[0].title == "Năm"]
    assert yearly.rows == (
        ("2025", "A.4", "04/05/2026", "đã gửi"),
        ("2025", "A.5", None, "chưa gửi"),
    )
    first = Dossier.objects.get(pk=held.dossier.pk)
    blocks = compose_paper(first, "evaluation_report", T).blocks
    assert not any(isinstance(block, Table) and block.columns[0].title == "Năm" for block in blocks)
