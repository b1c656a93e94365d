"""Words of dossiers on the pages of the authorities."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.wording import POSITION_NAMES, organisation_name
from sinhthai.foundation.text import Text

register = template.Library()


@register.filter
def position(code: str) -> Text:
    """Say a position of a body."""
    return POSITION_NAMES.get(code, Text(code, code))


@register.filter
def organisation(value: Organisation | None) -> Text:
    """Name an organisation."""
    return organisation_name(value) if value else Text("", "")


@register.filter
def person(value: User | None) -> str:
    """Name a person; nothing when the system acted."""
    return (value.get_full_name() or value.get_username()) if value else ""


@register.filter
def of(mapping: Mapping[str, str], key: str) -> str:
    """Return what *mapping* holds under *key*, or nothing."""
    return mapping.get(key, "")


@register.filter
def clause(value: str) -> Text:
    """Name a clause; one without a document is of Decree 35/2022/ND-CP."""
    if not value[:1].isdigit():
        return Text(value, value)
    return Text(f"Điều {value}", f"Art. {value}")
