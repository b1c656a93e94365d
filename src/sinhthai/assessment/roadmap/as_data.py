"""A roadmap as data: for programs, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinhthai.assessment.roadmap.document import Roadmap, freeze
from sinhthai.assessment.roadmap.sayings import caveats, headline, more_said, summary


def as_data(roadmap: Roadmap, language: str) -> dict[str, Any]:
    """Return *roadmap* with its words in *language*; money in VND, CO2e in t."""
    said = [*summary(roadmap, roadmap.main), *more_said(roadmap), *caveats(roadmap)]
    data = _in_language(freeze(roadmap), language)
    return {
        "headline": headline(roadmap, roadmap.main).get(language),
        "said": [text.get(language) for text in said],
        "all_met": roadmap.main.is_met,
        **data,
    }


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"vi", "en"}:
            return value["en" if language.startswith("en") else "vi"]
        return {key: _in_language(one, language) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_language(one, language) for one in value]
    return value
