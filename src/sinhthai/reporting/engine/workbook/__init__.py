"""The workbook people fill in: written pre-filled, read with every check, given back marked.

>>> import sinhthai.reporting.engine.workbook as workbook
>>> sorted(name for name in workbook.__all__ if name.islower())
['annotate', 'read_workbook', 'to_records', 'to_roster', 'write_workbook']
"""

from sinhthai.reporting.engine.workbook.annotating import annotate
from sinhthai.reporting.engine.workbook.model import (
    EnterpriseRow,
    KnownEnterprise,
    Stated,
    Upload,
    WorkbookSpec,
)
from sinhthai.reporting.engine.workbook.reading import read_workbook
from sinhthai.reporting.engine.workbook.records import to_records, to_roster
from sinhthai.reporting.engine.workbook.writing import write_workbook

__all__ = [
    "EnterpriseRow",
    "KnownEnterprise",
    "Stated",
    "Upload",
    "WorkbookSpec",
    "annotate",
    "read_workbook",
    "to_records",
    "to_roster",
    "write_workbook",
]
