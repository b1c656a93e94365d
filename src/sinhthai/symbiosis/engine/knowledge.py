"""The knowledge base of substitutions: what can take the place of what, and on which terms.

It is data (``data/materials.csv``, ``parameters.csv``, ``substitutions.csv``), checked on load. An
office that keeps its own copy reads it with :func:`read_knowledge`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.knowledge_check import check, check_folder, contents_of
from sinhthai.symbiosis.engine.knowledge_model import (
    Knowledge,
    Limit,
    Material,
    Parameter,
    Span,
    Substitution,
)

__all__ = [
    "FOLDER",
    "Knowledge",
    "Limit",
    "Material",
    "Parameter",
    "Span",
    "Substitution",
    "check_folder",
    "load_knowledge",
    "read_knowledge",
]

FOLDER = Path(__file__).resolve().parents[1] / "data"
"""Where the knowledge base that comes with the software lies."""


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """Return the knowledge base that comes with the software.

    >>> rule = load_knowledge().substitutions["coal-fly-ash--cement-additive"]
    >>> rule.use, rule.receivers[0]
    ('raw_material', '2394')
    """
    return read_knowledge(FOLDER)


def read_knowledge(source: Path | Mapping[str, bytes]) -> Knowledge:
    """Return the knowledge base in a folder, or in files given by name and content.

    Raises
    ------
    InputError
        With every problem of every file: an unknown id, a range upside down, a source that is
        missing, and so on (``knowledge_problems.KINDS``).
    """
    checked = check(contents_of(source) if isinstance(source, Path) else source)
    if checked.problems:
        raise InputError(checked.problems)
    return checked.knowledge
