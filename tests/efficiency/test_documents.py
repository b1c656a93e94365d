"""The examples of the how-to pages are run; the generated pages say what runs."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_example_of_the_how_to_gives_what_it_says() -> None:
    page = (ROOT / "docs" / "how-to" / "size-a-measure.md").read_text(encoding="utf-8")
    examples = "\n\n".join(re.findall(r"```pycon\n(.*?)\n```", page, re.DOTALL))
    read = doctest.DocTestParser().get_doctest(examples, {}, "size-a-measure.md", None, 0)
    found = doctest.DocTestRunner().run(read)
    assert found.attempted > 20
    assert found.failed == 0


def test_the_reference_page_lists_every_measure_with_how_sure_it_is() -> None:
    specification = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "hooks.py")
    assert specification
    assert specification.loader
    hooks = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(hooks)
    page = (ROOT / "docs" / "reference" / "measures.md").read_text(encoding="utf-8")
    said = hooks.on_page_markdown(page)
    assert "{{" not in said
    assert said.count("\n| 73 | `energy-management`") == 1
    assert "5.78 %<br>seen: measur" in said
    assert "1 % for each 3 K<br>" not in said  # how sure stands beside the figure
    assert "<br>memory: practice for each 3 K" in said
