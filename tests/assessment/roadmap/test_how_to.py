"""The commands of the how-to page are run, in its order, on a park that misses some criteria."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.assessment.roadmap.test_command import roadmap

from sinhthai.registry.models import Park

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "plan-a-roadmap.md"


def test_every_command_of_the_page_does_what_it_says(
    park: Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) == 4
    for command in commands:
        name, verb, *arguments = shlex.split(command)
        assert (name, verb) == ("sinhthai", "roadmap")
        done = roadmap(*arguments, "--from", "2026")  # the page was written in that year
        assert done.exit_code == 0, f"{command}: {done.stderr}"
    assert {path.name for path in tmp_path.iterdir()} == {"options.xlsx", "roadmap.xlsx"}
