"""How statuses, classes, carriers and amounts look on the pages of audits."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sinhthai.efficiency import wording
from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Class, Figure, Measure
from sinhthai.efficiency.engine.progress import CLASSES
from sinhthai.efficiency.engine.suggest_words import CONFIDENCE
from sinhthai.efficiency.readers.suggestions import range_of, sources_of
from sinhthai.efficiency.readers.sums import Total, Totals
from sinhthai.efficiency.views.pictures import AMOUNT_SCALES
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.wording import say_unit
from sinhthai.rules.model import Item

register = template.Library()
_NOTHING = "—"


def _language() -> str:
    return get_language() or "vi"


@register.filter
def status_name(status: str) -> Text:
    """Return the name of a status."""
    return wording.STATUS_NAMES[status]


@register.filter
def status_sign(status: str) -> str:
    """Return the sign of a status: told apart without colour."""
    return wording.STATUS_SIGNS[status]  # type: ignore[index]


@register.filter
def class_name(class_: Class) -> Text:
    """Return the name of a class."""
    return wording.CLASS_NAMES[class_]


@register.filter
def phase_name(phase: int) -> Text:
    """Return the name of a phase."""
    return wording.PHASE_NAMES[phase]


@register.filter
def area_name(area: str) -> Text:
    """Return the name of a utility or area."""
    return wording.AREA_NAMES[area]


@register.filter
def carrier_name(carrier: str) -> Text:
    """Return the name of a carrier."""
    return wording.carrier_name(carrier) if carrier else Text("", "")


@register.filter
def carrier_unit(carrier: str) -> str:
    """Return the unit of a carrier."""
    return unit_label(wording.carrier_unit(carrier), _language()) if carrier else ""


@register.filter
def use_name(use: str) -> Text:
    """Return the name of a use."""
    return wording.use_name(use)


@register.filter
def need_name(need: str) -> Text:
    """Return what has to be known to size a measure."""
    return load_whole_catalogue().needs[need]


@register.filter
def quality(figure: Figure) -> Text:
    """Return how far the source of a figure was checked."""
    return CONFIDENCE[figure.confidence]


@register.filter
def named(enterprise: Enterprise) -> Text:
    """Return the name of an enterprise."""
    return wording.name_of(enterprise)


@register.filter
def share_range(measure: Measure) -> str:
    """Write the typical saving as per cent of the use: 20–50 %; nothing known is a dash."""
    low, high = range_of(measure.saving)
    if low is None or high is None:
        return _NOTHING
    said = [format_number(round(value * 100, 2), _language()) for value in (low, high)]
    text = said[0] if said[0] == said[1] else "–".join(said)
    per = f" / {measure.per}" if measure.per else ""
    return f"{text} %{per}"


@register.filter
def years_range(figure: Figure) -> str:
    """Write a range of years; nothing known is a dash."""
    low, high = range_of(figure)
    if low is None or high is None:
        return _NOTHING
    said = [format_number(value, _language()) for value in (low, high)]
    return said[0] if said[0] == said[1] else "–".join(said)


@register.filter
def source_titles(figure: Figure) -> str:
    """Return the titles of the sources of a figure."""
    return "; ".join(sources_of(figure))


@register.filter
def amount(value: float | None) -> str:
    """Write an amount with digits that say something; nothing known is a dash."""
    if value is None:
        return _NOTHING
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return format_number(round(value, digits), _language())


@register.filter
def mvnd(value: float | None) -> str:
    """Write VND in millions; nothing known is a dash."""
    return amount(None if value is None else value * AMOUNT_SCALES["value_vnd"])


@register.filter
def percent(value: float | None) -> str:
    """Write a share as per cent."""
    return _NOTHING if value is None else f"{amount(value * 100)} %"


@register.simple_tag
def of_class(totals: Totals, class_: Class) -> Total:
    """Return the total of a class."""
    return totals[class_]


@register.simple_tag
def shown_amount(total: Total, name: str) -> str:
    """Write an amount of a total in the unit of the table."""
    if name == "measures":
        return format_number(total.measures, _language())
    value = total.amounts.get(name)
    return amount(None if value is None else value * AMOUNT_SCALES.get(name, 1.0))


@register.simple_tag
def partly_known(total: Total, name: str) -> bool:
    """Say whether some measures of the total do not know the amount."""
    return name in total.amounts and total.known.get(name, 0) < total.measures


@register.simple_tag
def classes() -> tuple[Class, ...]:
    """Return the four classes, in their order."""
    return CLASSES


@register.filter
def of_key(mapping: dict[str, object], key: str) -> object:
    """Return the value of *key*, or nothing."""
    return mapping.get(key)


@register.filter
def item_unit(item: Item) -> str:
    """Return the unit of an item of the report."""
    return say_unit(item, _language())


@register.filter
def said_in(pair: list[str]) -> str:
    """Say a kept two-language text in the reader's language."""
    return pair[1] if _language() == "en" else pair[0]
