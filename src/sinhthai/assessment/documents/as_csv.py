"""CSV: one line per criterion, numbers in base units with a decimal point, opens in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.report import Report
from sinhthai.foundation.tables import disarm

COLUMNS = (
    "subject", "subject_name", "framework", "on", "year", "criterion", "clause", "title", "status",
    "result", "lower", "upper", "unit", "threshold", "value", "gap", "missing", "invented",
)  # fmt: skip


def to_csv(reports: Sequence[Report], language: str) -> bytes:
    """Return the criteria of *reports*, UTF-8 with the mark Excel needs to see Vietnamese.

    An empty cell is "not known".
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for report in reports:
        for criterion in report.criteria:
            leaf, finding = criterion.leaf, criterion.finding
            writer.writerow(
                [
                    report.subject,
                    disarm(report.name.get(language)),
                    report.framework.id,
                    report.on.isoformat(),
                    report.year,
                    leaf.id,
                    leaf.clause,
                    disarm(leaf.title.get(language)),
                    finding.status,
                    words.STATUS[finding.status].get(language),
                    _number(finding.lower),
                    _number(finding.upper),
                    leaf.unit,
                    _number(finding.threshold),
                    disarm(criterion.value.get(language)),
                    disarm(criterion.gap.get(language)),
                    " ".join(finding.missing),
                    "true" if report.invented else "false",
                ]
            )
    return out.getvalue().encode("utf-8-sig")


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))
