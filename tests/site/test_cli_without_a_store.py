"""The command where nothing was set up yet."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [["parks", "list"], ["workbook", "hiep-phuoc", "--year", "2025"]])
def test_a_missing_store_is_told_in_both_languages_and_not_as_a_traceback(tmp_path, words):
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SINHTHAI_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", "from sinhthai.site.cli import main; main()", *words],
        env={**environment, "SINHTHAI_HOME": str(tmp_path), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "Chưa có kho dữ liệu" in done.stderr
    assert "There is no store here yet" in done.stderr
    assert "Traceback" not in done.stderr
