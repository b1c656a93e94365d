"""What a person says of one stream, and what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.given_words import Found, found
from sinhthai.symbiosis.engine.streams import ALL_YEAR, STATES, UNITS

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge import Knowledge

HAZARDS = ("NH", "KS", "TT", "TT-R")
UNIT_KINDS = {
    "t": Text("khối lượng", "mass"),
    "m**3": Text("thể tích", "volume"),
    "MWh": Text("năng lượng", "energy"),
}
MOST_NAME = 300
MOST = 1e12
"""Above every quantity a year and every price in VND: sums of such numbers stay finite."""
_LINES = "\t\n\r"
Range = tuple[float | None, float | None]
Quality = Mapping[str, Range]
_NO_QUALITY: Quality = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StreamGiven:
    """An offer or a need as given, in base units per year (H8); the columns of a version.

    None is *not stated* (H1): a quantity nobody stated is no zero.
    """

    direction: str
    name: str
    unit: str
    code: str = ""
    material: str = ""
    quantity: float | None = None
    quantity_min: float | None = None
    quantity_max: float | None = None
    months: int = ALL_YEAR
    state: str = ""
    hazard: str = ""
    sorted: bool | None = None
    price: float | None = None
    quality: Quality = field(default_factory=lambda: _NO_QUALITY)
    note: str = ""
    year: int | None = None


def check_stream(given: StreamGiven, knowledge: Knowledge, codes: Codes) -> tuple[Found, ...]:
    """Return everything wrong with *given*, each with its field; warnings come last.

    Codes are looked up in *codes* (``ewc:``, ``vn:``) and in the materials of *knowledge*
    (``material:``); other lists (``vsic:``, ``hs:``) are kept as written.
    """
    all_found = [
        *_words(given),
        *_what(given, knowledge, codes),
        *_quantities(given),
        *_qualities(given, knowledge),
    ]
    return tuple(sorted(all_found, key=lambda one: one[1].severity == "warning"))


def _words(given: StreamGiven) -> Iterator[Found]:
    if given.direction not in ("offer", "need"):
        yield found("direction_unknown")
    if not given.name.strip():
        yield found("name_missing")
    if len(given.name) > MOST_NAME:
        yield found("name_long", most=MOST_NAME)
    for name in ("name", "code", "material", "note"):
        if any(sign < " " and sign not in _LINES for sign in getattr(given, name)):
            yield found("control_sign", name)
    if given.state and given.state not in STATES:
        yield found("state_unknown", state=given.state)
    if given.hazard and given.hazard not in HAZARDS:
        yield found("hazard_unknown", hazard=given.hazard)


def _what(given: StreamGiven, knowledge: Knowledge, codes: Codes) -> Iterator[Found]:
    material = knowledge.materials.get(given.material)
    if given.material and material is None:
        yield found("material_unknown", code=given.material)
    listed, _colon, digits = given.code.partition(":")
    if listed == "material":
        named = knowledge.materials.get(digits)
        if named is None:
            yield found("material_unknown", "code", code=digits)
        material = material or named
    elif given.code and (
        not digits or (listed in ("ewc", "vn") and codes.find(given.code) is None)
    ):
        yield found("code_unknown", code=given.code)
    if given.unit not in UNITS:
        yield found("unit_unknown", unit=given.unit)
    elif material is not None and material.unit != given.unit:
        yield found(
            "unit_kind",
            material=material.name,
            right=UNIT_KINDS[material.unit],
            wrong=UNIT_KINDS[given.unit],
            right_unit=_label(material.unit),
            wrong_unit=_label(given.unit),
        )
    if material is not None and material.hazard == "NH" and given.hazard not in ("", "NH"):
        yield found("hazard_differs", material=material.name, hazard=given.hazard)


def _quantities(given: StreamGiven) -> Iterator[Found]:
    amounts = {
        "quantity": given.quantity,
        "quantity_min": given.quantity_min,
        "quantity_max": given.quantity_max,
    }
    wrong = [name for name, value in amounts.items() if value is not None and not _is_amount(value)]
    yield from (found("quantity_negative", name) for name in wrong)
    if not wrong:
        yield from _range(given)
        large = [name for name, value in amounts.items() if value is not None and value > MOST]
        yield from (found("quantity_too_large", name) for name in large)
    if not 0 < given.months <= ALL_YEAR:
        yield found("months_none")
    if given.price is not None and not math.isfinite(given.price):
        yield found("price_not_a_number")
    elif given.price is not None and abs(given.price) > MOST:
        yield found("quantity_too_large", "price")


def _range(given: StreamGiven) -> Iterator[Found]:
    stated, low, high = given.quantity, given.quantity_min, given.quantity_max
    if stated == 0 or high == 0:
        need, offer = Text("Nhu cầu", "The need"), Text("Nguồn cung", "The offer")
        yield found("quantity_zero", what=need if given.direction == "need" else offer)
    if low is not None and high is not None and low > high:
        yield found("range_upside_down")
    elif stated is not None and (
        (low is not None and stated < low) or (high is not None and stated > high)
    ):
        yield found("quantity_outside_range")


def _qualities(given: StreamGiven, knowledge: Knowledge) -> Iterator[Found]:
    for code, (low, high) in given.quality.items():
        parameter = knowledge.parameters.get(code)
        if parameter is None:
            yield found("parameter_unknown", code=code)
        elif low is None and high is None:
            yield found("parameter_empty", parameter=parameter.name)
        elif not all(math.isfinite(end) for end in (low, high) if end is not None):
            yield found("parameter_not_a_number", parameter=parameter.name)
        elif low is not None and high is not None and low > high:
            yield found("parameter_upside_down", parameter=parameter.name)


def _label(unit: str) -> Text:
    return Text(unit_label(unit, "vi"), unit_label(unit, "en"))


def _is_amount(value: float) -> bool:
    return math.isfinite(value) and value >= 0
