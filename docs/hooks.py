"""Fill reference pages with tables made from the rules that run, so they cannot fall behind."""

from __future__ import annotations

from typing import Any

from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Leaf


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace the markers of the two generated tables."""
    bundle = load_bundle()
    if "{{ items }}" in markdown:
        markdown = markdown.replace("{{ items }}", _items(bundle))
    if "{{ criteria }}" in markdown:
        markdown = markdown.replace("{{ criteria }}", _criteria(bundle))
    return markdown


def _items(bundle: Bundle) -> str:
    rows = ["| code | subject | tiếng Việt | English | unit | forms |", "| --- | --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{item.code}` | {item.subject} | {item.name.vi} | {item.name.en} | {item.unit or item.kind} "
        f"| {', '.join(item.forms) or '–'} |"
        for item in bundle.items.values()
    ]
    return "\n".join(rows)


def _criteria(bundle: Bundle) -> str:
    parts = []
    for framework in bundle.frameworks:
        until = f" until {framework.valid_until}" if framework.valid_until else ""
        parts += [
            f"## `{framework.id}` {framework.title.en}",
            f"{framework.title.vi}. {framework.instrument.en}, in force from {framework.valid_from}{until}.",
            "",
            "| id | clause | criterion | threshold | verified |",
            "| --- | --- | --- | --- | --- |",
        ]
        parts += [
            f"| `{leaf.id}` | {leaf.clause} | {leaf.title.vi}<br>{leaf.title.en} | {_thresholds(leaf)} "
            f"| {'yes' if leaf.verified else 'no'} |"
            for leaf in framework.leaves
        ]
        parts.append("")
    return "\n".join(parts)


def _thresholds(leaf: Leaf) -> str:
    sense = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}.get(leaf.sense)
    if sense is None:
        return "yes"
    return "<br>".join(
        f"{sense} {t.formula or t.value} from {t.valid_from}" for t in leaf.thresholds
    )
