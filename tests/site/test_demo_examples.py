"""The examples run as their page says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_library_example_bounds_hiep_phuoc_and_decides_the_other() -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLES / "assess_tables.py"], capture_output=True, text=True, check=True
    )
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "hiep-phuoc 37.2.c 15.9 to 100.0 % undetermined" in lines
    assert "made-up 37.2.c 24.0 to 24.0 % met" in lines
    assert "made-up 37.3.a 24.2 to 24.2 % not_met" in lines
