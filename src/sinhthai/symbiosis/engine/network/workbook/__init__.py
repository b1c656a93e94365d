"""A park on paper: the workbook a network is read from, and the empty one to fill in."""

from __future__ import annotations

from sinhthai.symbiosis.engine.network.workbook.reading import read_park
from sinhthai.symbiosis.engine.network.workbook.writing import write_park

__all__ = ["read_park", "write_park"]
