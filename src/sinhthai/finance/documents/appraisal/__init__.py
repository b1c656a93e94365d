"""An appraisal of measures as a table, data, workbook, paper or picture; one answer for all.

``Answer`` is what each of them takes; every figure comes from ``finance.engine.study``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.finance.engine.study import Study
from sinhthai.finance.workbook.model import MeasureFile


@dataclass(frozen=True, slots=True)
class Answer:
    """A workbook that was read, and what its measures are worth."""

    file: MeasureFile
    study: Study
    engine: str
    """Version of the program."""
