"""A stream in words and figures a page can show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinhthai.accounts.actions import display_name
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.coding import Coding
from sinhthai.symbiosis.engine.families import family_name
from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.streams import ALL_YEAR
from sinhthai.symbiosis.forms import STATES
from sinhthai.symbiosis.models import Look, Stream, StreamVersion
from sinhthai.symbiosis.readers.enterprise import Step
from sinhthai.symbiosis.readers.knowledge import material_name


@dataclass(frozen=True, slots=True)
class Said:
    """One version of a stream as people read it."""

    pk: int
    version: int
    is_offer: bool
    direction: str
    name: str
    code: str
    material: str
    material_name: Text | None
    quantity: float | None
    unit: str
    range: str
    months: str
    state: str
    hazard: str
    sorted: bool | None
    price: float | None
    quality: tuple[tuple[str, str], ...]
    note: str
    origin: str
    origin_name: str
    estimated: bool
    year: int | None
    recorded_at: dt.datetime
    author: str
    withdrawn_at: dt.datetime | None
    gist: str  # what it is taken for, where the name does not say so, and its code


def say_stream(version: StreamVersion, language: str) -> Said:
    """Return a version in words; ``version.stream`` is read along."""
    stream = version.stream
    taken = material_name(version.material).get(language) if version.material else ""
    known = taken if fold(taken) != fold(version.name) else ""
    gist = [known or ("" if taken else _("material not known")), version.code]
    return Said(
        pk=stream.pk,
        version=version.pk,
        is_offer=stream.direction == Stream.Direction.OFFER,
        direction=str(stream.get_direction_display()),
        name=version.name,
        code=version.code,
        material=version.material,
        material_name=material_name(version.material) if version.material else None,
        quantity=version.quantity,
        unit=unit_label(version.unit, language),
        range=say_range(version.quantity_min, version.quantity_max, language),
        months=say_months(version.months),
        state=say_state(version.state),
        hazard=version.hazard,
        sorted=version.sorted,
        price=version.price,
        quality=say_quality(version.quality, language),
        note=version.note,
        origin=version.origin,
        origin_name=str(version.get_origin_display()),
        estimated=version.origin == StreamVersion.Origin.PROFILE,
        year=version.year,
        recorded_at=version.recorded_at,
        author=display_name(version.author) if version.author else "Sinh Thái",
        withdrawn_at=stream.withdrawn_at,
        gist=" · ".join(part for part in gist if part),
    )


def say_range(low: float | None, high: float | None, language: str) -> str:
    """Return bounds as people write them: 10–20, ≥ 10, ≤ 20, or nothing."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {format_number(low or 0.0, language)}"
    if low is None:
        return f"≤ {format_number(high, language)}"
    if low == high:
        return format_number(low, language)
    return f"{format_number(low, language)}–{format_number(high, language)}"


def say_months(months: int) -> str:
    """Return the months of a mask: the whole year, or runs of them (1–4, 11–12)."""
    if months == ALL_YEAR:
        return _("the whole year")
    runs: list[list[int]] = []
    for month in (at + 1 for at in range(12) if months >> at & 1):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return pgettext("months of a year", "months {months}").format(months=", ".join(said))


def say_state(state: str) -> str:
    """Return the name of a physical state; nothing where none is stated."""
    return str(STATES.get(state, state))


def say_quality(
    quality: dict[str, list[float | None]], language: str
) -> tuple[tuple[str, str], ...]:
    """Return parameter and range in words, in the parameter's unit."""
    parameters = load_knowledge().parameters
    said = []
    for code, (low, high) in quality.items():
        known = parameters.get(code)
        name = known.name.get(language) if known else code
        unit = unit_label(known.unit, language) if known else ""
        said.append((name, f"{say_range(low, high, language)} {unit}".strip()))
    return tuple(sorted(said))


@dataclass(frozen=True, slots=True)
class SaidStep:
    """One step of a stream's history: when, who, how, and what it changed."""

    at: dt.datetime
    author: str
    origin: str
    changes: tuple[tuple[str, str, str], ...]


def say_step(step: Step, language: str) -> SaidStep:
    """Return a step of the history in words."""
    version = step.version
    return SaidStep(
        at=version.recorded_at,
        author=display_name(version.author) if version.author else "Sinh Thái",
        origin=str(version.get_origin_display()),
        changes=say_changes(step.changes, language),
    )


def say_changes(
    changes: Iterable[tuple[str, Any, Any]], language: str
) -> tuple[tuple[str, str, str], ...]:
    """Return what changed in words: field, before, after."""
    return tuple(
        (_field_name(name), _say(name, before, language), _say(name, after, language))
        for name, before, after in changes
    )


def say_given(given: StreamGiven, language: str) -> str:
    """Return the gist of a stream in a line: direction, quantity, what it is taken for."""
    amount = "" if given.quantity is None else format_number(given.quantity, language)
    amount = amount or say_range(given.quantity_min, given.quantity_max, language)
    unit = unit_label(given.unit, language)
    parts = [
        str(Stream.Direction(given.direction).label),
        f"{amount} {unit}" if amount else _("quantity not stated"),
        material_name(given.material).get(language) if given.material else _("material not known"),
    ]
    return " · ".join(parts)


def _field_name(name: str) -> str:
    return {
        "name": _("Name"),
        "code": _("Code"),
        "material": _("Material"),
        "quantity": _("Quantity a year"),
        "quantity_min": _("At least"),
        "quantity_max": _("At most"),
        "unit": _("Unit"),
        "year": _("Year the quantity is of"),
        "months": _("Months it runs in"),
        "state": _("State"),
        "hazard": _("Class of waste"),
        "sorted": _("Sorted at source"),
        "price": _("Price (VND per unit)"),
        "quality": _("Quality"),
        "note": _("Note"),
        "origin": _("Where it comes from"),
    }[name]


def _say(name: str, value: object, language: str) -> str:
    if value is None or value == "" or value == {}:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "material":
        return material_name(str(value)).get(language)
    if name == "unit":
        return unit_label(str(value), language)
    if name == "state":
        return say_state(str(value))
    if name == "origin":
        return str(StreamVersion.Origin(str(value)).label)
    if name == "quality" and isinstance(value, dict):
        return "; ".join(f"{what}: {said}" for what, said in say_quality(value, language))
    if name == "months" and isinstance(value, int):
        return say_months(value)
    if name == "year":
        return str(value)
    if isinstance(value, int | float):
        return format_number(value, language)
    return str(value)


def material_groups(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every material by family, both in the order of their names, for a choice list."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in load_knowledge().materials.values():
        unit = unit_label(one.unit, language)
        name = f"{one.name.get(language)} ({unit})"
        groups.setdefault(family_name(one.family).get(language), []).append((one.id, name))
    return [
        (family, sorted(rows, key=lambda row: fold(row[1])))
        for family, rows in sorted(groups.items(), key=lambda group: fold(group[0]))
    ]


def material_names(language: str) -> list[str]:
    """Return the names of all materials, for a field that completes what is typed."""
    return sorted({one.name.get(language) for one in load_knowledge().materials.values()}, key=fold)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A material a stream may be, with its name and the reason."""

    material: str
    name: Text
    why: Text


def say_coding(found: Coding) -> Suggestion:
    """Return a suggestion with the name of its material."""
    return Suggestion(found.material, material_name(found.material), found.why)


def look_kinds() -> dict[str, str]:
    """Return as what somebody may have looked."""
    return {"facilitator": _("facilitator of the park"), "partner": _("partner, both agreed")}


@dataclass(frozen=True, slots=True)
class SaidLook:
    """One look at a stream by somebody else."""

    at: dt.datetime
    who: str
    as_what: str
    where: str
    stream: str
    stream_id: int


def say_look(look: Look, names: dict[int, str]) -> SaidLook:
    """Return a logged look in words; *names* are the streams' names of today."""
    pages = {
        "streams": _("list of streams"),
        "stream": _("page of the stream"),
        "export": _("exported file"),
        "partners": _("list of partners"),
        "partner": _("page of the partner"),
        "workbench": _("workbench of the park"),
        "ideas": _("list of ideas"),
        "idea": _("page of an idea"),
        "pipeline": _("pipeline of the park"),
        "exchange": _("page of an exchange"),
        "split": _("split of the benefit"),
        "api": "API",
    }
    return SaidLook(
        at=look.at,
        who=look.viewer_name,
        as_what=look_kinds().get(look.as_what, look.as_what),
        where=pages.get(look.page, look.page),
        stream=names.get(look.stream_id, str(look.stream_id)),
        stream_id=look.stream_id,
    )
