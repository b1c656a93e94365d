"""Fill reference pages with tables made from the rules that run, so they cannot fall behind."""

from __future__ import annotations

from typing import Any

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Catalogue, Figure
from sinhthai.efficiency.engine.suggest_words import say_range, say_step
from sinhthai.factors.loading import load_factors
from sinhthai.factors.lookup import Factors
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Leaf
from sinhthai.rules.procedures import Procedure, Procedures, Sourced
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.rules.procedures_wording import LEVELS, PARTIES, say_event, say_limit, say_where
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
    for marker, of_measures in (
        ("{{ measures }}", _measures),
        ("{{ uses }}", _uses),
        ("{{ measure_sources }}", _measure_sources),
    ):
        if marker in markdown:
            markdown = markdown.replace(marker, of_measures(load_whole_catalogue()))
    if "{{ waste_law }}" in markdown:
        markdown = markdown.replace("{{ waste_law }}", _waste_law(load_waste_law()))
    for marker, of_procedures in (
        ("{{ procedures }}", _procedures),
        ("{{ authorities }}", _authorities),
        ("{{ obligations }}", _obligations),
        ("{{ holidays }}", _holidays),
    ):
        if marker in markdown:
            markdown = markdown.replace(marker, of_procedures(load_procedures()))
    for marker, of_factors in (
        ("{{ factor_cards }}", _factor_cards),
        ("{{ factor_grid }}", _factor_grid),
        ("{{ factor_gwp }}", _factor_gwp),
        ("{{ factors }}", _factors),
    ):
        if marker in markdown:
            markdown = markdown.replace(marker, of_factors(load_factors()))
    return markdown


def _factor_cards(tables: Factors) -> str:
    rows = ["| table | what | publication | licence | checked |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{card.id}` | {card.title.vi}<br>{card.title.en} | {card.source} | {card.licence} | {card.checked_on} |"
        for card in tables.cards.values()
    ]
    return "\n".join(rows)


def _factor_grid(tables: Factors) -> str:
    rows = ["| year | t CO2/MWh | source |", "| --- | --- | --- |"]
    rows += [
        f"| {one.valid_to.year} | {one.value:g} | {one.source} |"
        for one in tables.factors
        if one.table == "vn-grid" and one.valid_to
    ]
    return "\n".join(rows)


def _factor_gwp(tables: Factors) -> str:
    rows = ["| gas | AR4 | AR5 | AR6 | in the totals |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| {gas} | {tables.gwp('AR4').values[gas]:g} | {value:g} | {tables.gwp('AR6').values[gas]:g} "
        f"| {'no (Montreal Protocol)' if gas in tables.gwp('AR5').outside else 'yes'} |"
        for gas, value in tables.gwp("AR5").values.items()
    ]
    return "\n".join(rows)


def _factors(tables: Factors) -> str:
    rows = [
        "| activity | factor | value | range | valid | table | verified |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in tables.factors:
        name = tables.activities[one.activity].name
        what = " ".join(part for part in (one.quantity, one.gas, one.category) if part)
        range_ = "–" if one.low is None else f"{one.low:g} – {one.high:g}"
        valid = f"{one.valid_from or ''} – {one.valid_to or ''}" if one.valid_from else "any"
        rows.append(
            f"| {name.vi}<br>{name.en} | {what} | {one.value:g} {one.unit} | {range_} | {valid} | `{one.table}` "
            f"| {'yes' if one.verified else 'no'} |"
        )
    return "\n".join(rows)


def _verified(rule: Sourced) -> str:
    return f"yes, {rule.checked_on}" if rule.verified else f"no ({rule.confidence})"


def _procedures(law: Procedures) -> str:
    parts = []
    for one in law.procedures:
        until = f" until {one.valid_until}" if one.valid_until else ""
        parts += [
            f"## `{one.id}` {one.title.en}",
            f"{one.title.vi}. {say_where(one.rule.clause, law.instruments).en}, in force from {one.valid_from}{until}."
            + (f" {one.sets} sets." if one.sets else ""),
            _steps(law, one),
            _clocks(law, one),
        ]
    return "\n\n".join(part for part in parts if part)


def _steps(law: Procedures, one: Procedure) -> str:
    rows = ["| step | who | from | to | clause | verified |", "| --- | --- | --- | --- | --- | --- |"]
    titles = {state.id: state.title.en for state in one.states}
    rows += [
        f"| `{step.id}` {step.title.en} | {PARTIES[step.party].en}, {LEVELS[step.level].en} "
        f"| {', '.join(titles[state] for state in step.from_states)} | {titles[step.to]} | {step.rule.clause} | {_verified(step.rule)} |"
        for step in one.steps
    ]
    return "\n".join(rows)


def _clocks(law: Procedures, one: Procedure) -> str:
    if not one.clocks:
        return ""
    rows = ["| time limit | length | starts | ends | clause | verified |", "| --- | --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{clock.id}` {clock.title.en} | {say_limit(clock).en} "
        f"| {', '.join(say_event(one, id).en for id in clock.starts)}{f' (by {clock.option})' if clock.option else ''} "
        f"| {', '.join(say_event(one, id).en for id in clock.ends)} | {clock.rule.clause} | {_verified(clock.rule)} |"
        for clock in one.clocks
    ]
    return "\n".join(rows)


def _authorities(law: Procedures) -> str:
    rows = ["| body | tiếng Việt | English | from | clause | verified |", "| --- | --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{body.id}` | {named.name.vi} | {named.name.en} | {named.valid_from} | {body.rule.clause} | {_verified(body.rule)} |"
        for body in law.authorities.values()
        for named in body.names
    ]
    return "\n".join(rows)


def _obligations(law: Procedures) -> str:
    rows = ["| duty | who → whom | every | before | clause | verified |", "| --- | --- | --- | --- | --- | --- |"]
    for duty in law.obligations:
        due = ", ".join(f"{day:02}/{month:02}" for month, day in duty.due) or "–"
        if duty.after:
            due = f"{duty.after_working_days} working days after `{duty.after}`"
        rows.append(
            f"| `{duty.id}` {duty.title.en} | {duty.party} → {duty.to} | {duty.every} | {due} "
            f"| {say_where(duty.rule.clause, law.instruments).en} | {_verified(duty.rule)} |"
        )
    return "\n".join(rows)


def _holidays(law: Procedures) -> str:
    rows = ["| year | days off on weekdays | weekend days worked | decision | verified |", "| --- | --- | --- | --- | --- |"]
    for year in law.holidays.values():
        off = ", ".join(f"{one.day:%d/%m}" for one in year.days if not one.works and one.day.weekday() < 5)
        worked = ", ".join(f"{one.day:%d/%m}" for one in year.days if one.works) or "–"
        rows.append(f"| {year.year} | {off} | {worked} | {year.decision.en} | {_verified(year.rule)} |")
    return "\n".join(rows)


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


def _measures(catalogue: Catalogue) -> str:
    rows = [
        "| no. | id | tiếng Việt | English | category | share of | saving | payback, years | cost | life, years | ARC | sectors | note |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| {one.number} | `{one.id}` | {one.name.vi} | {one.name.en} | {'/'.join((one.category, *one.other_categories))} "
        f"| {catalogue.uses[one.use].name.en} | {_figure(one.saving, 100.0, ' %')}{f' for each {say_step(one.per).en}' if one.per else ''} "
        f"| {_figure(one.payback)} | {one.cost_class or '–'} | {say_range(one.life).en} | {', '.join(one.arc) or '–'} "
        f"| {', '.join(one.sectors) or 'any'} | {one.note.en} |"
        for one in catalogue.measures
    ]
    return "\n".join(rows)


def _figure(figure: Figure, times: float = 1.0, unit: str = "") -> str:
    return f"{say_range(figure, times, unit).en}<br>{figure.confidence}: {figure.source.replace(';', ', ')}"


def _uses(catalogue: Catalogue) -> str:
    rows = ["| use | tiếng Việt | English | unit a year | within |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{use.id}` | {use.name.vi} | {use.name.en} | {use.unit or 'of the fuel'} | {use.within or '–'} |"
        for use in catalogue.uses.values()
    ]
    return "\n".join(rows)


def _measure_sources(catalogue: Catalogue) -> str:
    rows = ["| key | source |", "| --- | --- |"]
    rows += [f"| `{key}` | {title} |" for key, title in catalogue.sources.items()]
    return "\n".join(rows)
