"""The workbook of measures and of what they share. Pure: bytes in and out.

``read_measures(content, file, factors) -> MeasureFile``; ``write_template(language) -> bytes``.
"""

from sinhthai.finance.workbook.model import Given, MeasureFile
from sinhthai.finance.workbook.reading import read_measures
from sinhthai.finance.workbook.template import write_template

__all__ = ["Given", "MeasureFile", "read_measures", "write_template"]
