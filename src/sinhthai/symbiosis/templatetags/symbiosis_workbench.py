"""How stages, amounts a year and shares of what is known look on the workbench."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.wording import say_standing, say_unit, say_value
from sinhthai.rules.model import Item
from sinhthai.symbiosis.models import Consent, Document, Exchange, Participant
from sinhthai.symbiosis.readers.year_report import Line
from sinhthai.symbiosis.wording import (
    AXIS_NAMES,
    STAGE_NAMES,
    STAGE_SIGNS,
    name_of,
    title_of,
    yearly_unit,
)

register = template.Library()
_NOTHING = "—"
_MILLION, _BILLION = 1e6, 1e9


@register.filter
def stage_name(stage: str) -> Text:
    """Return the name of a stage."""
    return STAGE_NAMES[stage]


@register.filter
def stage_sign(stage: str) -> str:
    """Return the sign of a stage: told apart without colour."""
    return STAGE_SIGNS[stage]


@register.filter
def enterprise_name(enterprise: Enterprise) -> Text:
    """Return the name of an enterprise in both languages."""
    return name_of(enterprise)


@register.filter
def exchange_title(exchange: Exchange) -> Text:
    """Return the title of an exchange in both languages."""
    return title_of(exchange.title, exchange.basis)


@register.filter
def axis_name(axis: str) -> Text:
    """Return the name of an axis of readiness."""
    return AXIS_NAMES[axis]


@register.filter
def kind_name(kind: str) -> str:
    """Return the type of a symbiosis in words."""
    return str(Exchange.Kind(kind).label)


@register.filter
def role_name(role: str) -> str:
    """Return the role of a party in words."""
    return str(Participant.Role(role).label)


@register.filter
def document_kind(kind: str) -> str:
    """Return the kind of a document in words."""
    return str(Document.Kind(kind).label)


@register.filter
def answer_name(answer: str) -> str:
    """Return an answer to being named in words."""
    return str(Consent.Answer(answer).label)


@register.filter
def unit_a_year(unit: str) -> str:
    """Return a base unit of streams as an amount a year."""
    return yearly_unit(unit).get(get_language() or "vi") if unit else ""


@register.filter
def amount(value: float | None) -> str:
    """Write an amount with three or four digits that say something."""
    if value is None:
        return _NOTHING
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return format_number(round(value, digits), get_language() or "vi")


@register.filter
def money(value: float | None) -> str:
    """Write VND in millions or billions, as people say it; nothing known is a dash."""
    if value is None:
        return _NOTHING
    language = get_language() or "vi"
    billions = abs(value) >= _BILLION
    scaled = value / (_BILLION if billions else _MILLION)
    digits = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
    words = Text("tỷ đồng", "billion VND") if billions else Text("triệu đồng", "million VND")
    return f"{format_number(round(scaled, digits), language)}\u00a0{words.get(language)}"


@register.filter
def of_key(mapping: dict[str, object], key: str) -> object:
    """Return the value of *key*, or nothing."""
    return mapping.get(key)


@register.filter
def kilometres(metres: float | None) -> str:
    """Write a distance in km."""
    if metres is None:
        return _NOTHING
    km = metres / 1000
    return f"{format_number(round(km, 1 if km < 100 else 0), get_language() or 'vi')}\u00a0km"


@register.simple_tag
def figure(line: Line) -> str:
    """Write what the exchanges say, with its unit."""
    language = get_language() or "vi"
    said = say_value(line.item, line.figure.value, line.qualifier, language)
    return f"{said} {say_unit(line.item, language)}".strip()


@register.simple_tag
def stands(line: Line) -> str:
    """Write what the report says now, with its unit; the reason of an absence; or a dash."""
    language = get_language() or "vi"
    said = say_standing(line.item, line.stands, language)
    if not said or line.stands is None or line.stands.absence:
        return said or _NOTHING
    return f"{said} {say_unit(line.item, language)}".strip()


@register.filter
def unlocalized(value: float | str) -> str:
    """Write a number back into a field of the address as it was read."""
    return f"{value:g}" if isinstance(value, float) else str(value)


@register.filter
def item_unit(item: Item) -> str:
    """Return the unit of an item of the report."""
    return say_unit(item, get_language() or "vi")
