"""The commands of the how-to pages are run as they stand; the reference page says what runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sinhthai.carbon.commands import register as register_carbon
from sinhthai.factors.commands import register as register_factors
from sinhthai.factors.loading import load_factors

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("make-an-inventory", "change-a-factor")
app = typer.Typer()
register_carbon(app)
register_factors(app)


def commands(page: str) -> list[str]:
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith("sinhthai ")]


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_the_page_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    found = commands(page)
    assert len(found) >= 4
    for command in found:
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}: {result.stderr}"


def test_the_reference_page_is_made_of_the_tables_that_run() -> None:
    spec = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    page = (ROOT / "docs" / "reference" / "factors.md").read_text(encoding="utf-8")
    made = hooks.on_page_markdown(page)
    assert "{{" not in made
    factors = load_factors()
    for card in factors.cards.values():
        assert f"`{card.id}`" in made
    assert made.count("\n| ") >= len(factors.factors)
    assert "| 2023 | 0.6592 |" in made
