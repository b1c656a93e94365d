"""Fill reference pages with tables made from the rules that run, so they cannot fall behind."""

from __future__ import annotations

from typing import Any

from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Leaf
from sinhthai.rules.waste_law import WasteLaw, load_waste_law
from sinhthai.rules.waste_law_wording import cite
from sinhthai.symbiosis.engine.knowledge import Knowledge, Span, Substitution, load_knowledge


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace the markers of the generated tables."""
    bundle = load_bundle()
    if "{{ items }}" in markdown:
        markdown = markdown.replace("{{ items }}", _items(bundle))
    if "{{ criteria }}" in markdown:
        markdown = markdown.replace("{{ criteria }}", _criteria(bundle))
    for marker, table in (
        ("{{ substitutions }}", _substitutions),
        ("{{ parameters }}", _parameters),
        ("{{ materials }}", _materials),
    ):
        if marker in markdown:
            markdown = markdown.replace(marker, table(load_knowledge()))
    if "{{ waste_law }}" in markdown:
        markdown = markdown.replace("{{ waste_law }}", _waste_law(load_waste_law()))
    return markdown


def _waste_law(law: WasteLaw) -> str:
    rows = ["| rule | says | what it means | clause | in force | verified |", "| --- | --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{rule.id}` | {rule.status} | {rule.title.vi}<br>{rule.title.en} | {cite(rule.clause, law.instruments).en} "
        f"| from {rule.valid_from}{f' until {rule.valid_until}' if rule.valid_until else ''} "
        f"| {'yes' if rule.verified else f'no ({rule.confidence})'} |"
        for rule in law.rules
    ]
    return "\n".join(rows)


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


def _substitutions(knowledge: Knowledge) -> str:
    names = {code: f"{m.name.vi}<br>{m.name.en}" for code, m in knowledge.materials.items()}
    rows = [
        "| offer | replaces | use | for (VSIC) | ratio | CO2, t | value, thousand VND | limits | sure | source |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {names[rule.offer]} | {names[rule.need]} | {rule.use.replace('_', ' ')} "
        f"| {', '.join(rule.receivers)} | {rule.ratio_low:g} – **{rule.ratio:g}** – {rule.ratio_high:g} "
        f"| {_span(rule.co2, 1)} | {_span(rule.value, 1000)} | {_limits(rule, knowledge)} "
        f"| {rule.confidence}{', verified' if rule.verified else ''} | {rule.source} |"
        for rule in sorted(knowledge.substitutions.values(), key=lambda rule: (rule.offer, rule.need))
    ]
    return "\n".join(rows)


def _span(span: Span | None, unit: float) -> str:
    if span is None:
        return "unknown"
    return f"{span.low / unit:g} – **{span.mid / unit:g}** – {span.high / unit:g}"


def _limits(rule: Substitution, knowledge: Knowledge) -> str:
    said = []
    for limit in rule.limits:
        parameter = knowledge.parameters[limit.parameter]
        unit = "" if parameter.unit == "1" else f" {parameter.unit.replace('percent', '%')}"
        if limit.low is None:
            bounds = f"≤ {limit.high:g}"
        elif limit.high is None:
            bounds = f"≥ {limit.low:g}"
        else:
            bounds = f"{limit.low:g} – {limit.high:g}"
        said.append(f"{parameter.name.en} {bounds}{unit}")
    return "<br>".join(said) or "–"


def _parameters(knowledge: Knowledge) -> str:
    rows = ["| code | tiếng Việt | English | unit |", "| --- | --- | --- | --- |"]
    rows += [
        f"| `{one.code}` | {one.name.vi} | {one.name.en} | {one.unit if one.unit != '1' else '–'} |"
        for one in knowledge.parameters.values()
    ]
    return "\n".join(rows)


def _materials(knowledge: Knowledge) -> str:
    rows = [
        "| id | tiếng Việt | English | unit | waste codes | group | hazard |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| `{one.id}` | {one.name.vi} | {one.name.en} | {one.unit} "
        f"| {', '.join((*(f'EWC {c}' for c in one.ewc), *(f'VN {c}' for c in one.vn))) or '–'} "
        f"| {one.group or '–'} | {one.hazard or '–'} |"
        for one in knowledge.materials.values()
    ]
    return "\n".join(rows)
