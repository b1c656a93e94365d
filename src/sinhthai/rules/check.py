"""What no single file can show: references, dates that overlap, formulas against the dictionary."""

from __future__ import annotations

from sinhthai.foundation.problems import Problem
from sinhthai.rules.content import Files


def check_files(files: Files) -> list[Problem]:
    """Return every problem between the files."""
    return []
