"""The workbook of activities that an enterprise or a park office fills in. Pure: bytes in and out.

``read_activities(content, file) -> Reading``; ``write_template(language) -> bytes``.
"""

from sinhthai.carbon.workbook.model import Reading
from sinhthai.carbon.workbook.reading import read_activities
from sinhthai.carbon.workbook.writing import write_template

__all__ = ["Reading", "read_activities", "write_template"]
