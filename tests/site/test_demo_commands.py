"""`sinhthai demo` and `sinhthai generate` as a person starts them, in a store of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def sinhthai(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "SINHTHAI_DATABASE"}
    environment |= {
        "SINHTHAI_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "sinhthai.site.settings",
        "COLUMNS": "140",
    }
    return subprocess.run(
        [sys.executable, "-c", "from sinhthai.site.cli import main; main()", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_demo_prints_the_findings_and_a_second_start_keeps_everything(tmp_path: Path) -> None:
    first = sinhthai(tmp_path, "demo", "--no-serve", "--lang", "en")
    assert first.returncode == 0, first.stderr
    assert "Hiep Phuoc" in first.stdout
    assert "Song Xanh (invented)" in first.stdout
    assert "All met" in first.stdout
    passwords = (tmp_path / "demo-accounts.txt").read_text("utf-8")
    second = sinhthai(tmp_path, "demo", "--no-serve", "--lang", "en")
    assert second.returncode == 0, second.stderr
    table = first.stdout[first.stdout.index("Findings") :]
    assert second.stdout.endswith(table)
    assert (tmp_path / "demo-accounts.txt").read_text("utf-8") == passwords

    refused = sinhthai(tmp_path, "generate", "--parks", "2", "--enterprises", "3", "--lang", "en")
    assert refused.returncode == 2
    assert "already holds parks" in refused.stdout


def test_demo_is_refused_over_another_country(tmp_path: Path) -> None:
    made = sinhthai(tmp_path, "generate", "--parks", "2", "--enterprises", "3", "--years", "1")
    assert made.returncode == 0, made.stderr
    assert "giả định" in made.stdout
    refused = sinhthai(tmp_path, "demo", "--no-serve")
    assert refused.returncode == 2
    assert "Kho dữ liệu đã có khu công nghiệp" in " ".join(refused.stdout.split())
