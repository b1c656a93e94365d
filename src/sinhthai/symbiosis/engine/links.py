"""Which kinds of offers go with which kinds of needs, and what each link is worth.

Three kinds of links, from strong to weak: a rule of the knowledge base, the same material on both
sides, and names that are alike although no rule is known. What is unknown about a link (money,
carbon) counts as nothing in the ranking and is kept as unknown in what is shown (H1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.coding import Coding
from sinhthai.symbiosis.engine.keys import Key, Keyed
from sinhthai.symbiosis.engine.matching.problem import LINK_COLUMNS
from sinhthai.symbiosis.engine.text import alike, pair_likeness
from sinhthai.symbiosis.engine.transport import load_hauls

if TYPE_CHECKING:
    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.knowledge_model import (
        Knowledge,
        Material,
        Span,
        Substitution,
    )
    from sinhthai.symbiosis.engine.legal import LegalPath

Kind = Literal["rule", "same", "text"]

# How far a rule of each confidence is trusted; "same" asks for the very material.
CONFIDENCE: Mapping[str, float] = {"high": 0.95, "medium": 0.8, "low": 0.6}
SAME_MATERIAL = 0.9
TEXT_ONLY = 0.4
"""Factor of a link that nothing but the likeness of two names speaks for."""
LEAST_TEXT = 0.5
BROKEN_LIMIT = 0.25
"""Factor where the offer's stated quality lies outside a limit of the rule."""
_USE_OF_MEDIUM = {"water": "process_water", "heat": "heat", "gas": "energy"}
# A cubic metre of water weighs a tonne; nothing else is converted without a stated density.
_WATER = frozenset({"t", "m**3"})


class Money(NamedTuple):
    """A range in VND per unit of the offer; None: unknown."""

    low: float | None
    mid: float | None
    high: float | None


UNKNOWN = Money(None, None, None)
_NOT_CODED = Text("", "")


@dataclass(frozen=True, slots=True)
class Link:
    """One link, with everything needed to say why it is there."""

    offer_key: int
    need_key: int
    kind: Kind
    substitution: str  # id; "" unless a rule
    offer_material: str  # id; "" where only the names are alike
    need_material: str
    fit: float
    ratio: float
    worth: Money  # before transport, stated prices counted
    co2: Money  # t per offer unit
    offer_why: Text  # why the offer is taken for its material
    need_why: Text
    path_inside: LegalPath | None  # both in one park
    path_outside: LegalPath | None


@dataclass(frozen=True, slots=True)
class LinkBook:
    """The links as the engines take them (``table``), and what stands behind each."""

    table: pa.Table
    links: tuple[Link, ...]


def build_links(
    offers: Keyed, needs: Keyed, knowledge: Knowledge, law: WasteLaw, day: dt.date
) -> LinkBook:
    """Return every link between the keys of two sides, in a fixed order.

    *day* decides which law is in force.
    """
    law_of = _Law(law, day)
    links = [
        *_by_rule(offers, needs, knowledge, law_of),
        *_by_material(offers, needs, knowledge, law_of),
    ]
    linked = {(link.offer_key, link.need_key) for link in links}
    links.extend(_by_text(offers, needs, linked, knowledge, law_of))
    links.sort(key=lambda link: (link.offer_key, link.need_key, link.kind, link.substitution))
    return LinkBook(_table(links, offers, needs, knowledge), tuple(links))


def unlinked_units(keyed: Keyed, knowledge: Knowledge) -> list[int]:
    """Return the keys all of whose materials are measured in another kind of unit."""
    return [
        number
        for number, (key, codings) in enumerate(zip(keyed.keys, keyed.codings, strict=True))
        if codings
        and not any(
            _same_unit(key.description.unit, knowledge.materials[coding.material])
            for coding in codings
        )
    ]


def _by_rule(offers: Keyed, needs: Keyed, knowledge: Knowledge, law: _Law) -> Iterable[Link]:
    givers = _by_coded_material(offers, knowledge)
    takers = _by_coded_material(needs, knowledge)
    for substitution in knowledge.substitutions.values():
        trust = CONFIDENCE[substitution.confidence]
        material = knowledge.materials[substitution.offer]
        co2 = _money(substitution.co2)
        for offer, giving in givers.get(substitution.offer, ()):
            giver = offers.keys[offer]
            fit = trust * giving.likeness
            if substitution.id in giver.broken:
                fit *= BROKEN_LIMIT
            for need, taking in takers.get(substitution.need, ()):
                yield Link(
                    offer,
                    need,
                    "rule",
                    substitution.id,
                    substitution.offer,
                    substitution.need,
                    fit * taking.likeness,
                    substitution.ratio,
                    _worth(substitution, giver, needs.keys[need]),
                    co2,
                    giving.why,
                    taking.why,
                    *law.paths(giver, needs.keys[need], material, substitution.use),
                )


def _by_material(offers: Keyed, needs: Keyed, knowledge: Knowledge, law: _Law) -> Iterable[Link]:
    """Link the offers and needs of one material: the need asks for just this."""
    takers = _by_coded_material(needs, knowledge)
    for material_id, givers in _by_coded_material(offers, knowledge).items():
        material = knowledge.materials[material_id]
        for offer, giving in givers:
            giver, use = offers.keys[offer], _use_of(material)
            for need, taking in takers.get(material_id, ()):
                yield Link(
                    offer,
                    need,
                    "same",
                    "",
                    material_id,
                    material_id,
                    SAME_MATERIAL * giving.likeness * taking.likeness,
                    1.0,
                    _stated_worth(giver, needs.keys[need]),
                    UNKNOWN,
                    giving.why,
                    taking.why,
                    *law.paths(giver, needs.keys[need], material, use),
                )


def _by_text(
    offers: Keyed,
    needs: Keyed,
    linked: set[tuple[int, int]],
    knowledge: Knowledge,
    law: _Law,
) -> Iterable[Link]:
    """Link keys whose names are alike and that no rule and no material joins.

    What such an exchange is worth is not known: nothing says that one replaces the other. What
    the law says of handing the offer over is known where its material is.
    """
    giving, taking = _by_name(offers), _by_name(needs)
    if not giving or not taking:
        return
    names, asked = list(giving), list(taking)
    pairs = alike(names, asked, least=LEAST_TEXT)
    for left, right, likeness in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.likeness.tolist(), strict=True
    ):
        for offer in giving[names[left]]:
            for need in taking[asked[right]]:
                giver, taker = offers.keys[offer], needs.keys[need]
                if giver.description.unit != taker.description.unit or (offer, need) in linked:
                    continue
                yield Link(
                    offer,
                    need,
                    "text",
                    "",
                    "",
                    "",
                    TEXT_ONLY * likeness,
                    1.0,
                    UNKNOWN,
                    UNKNOWN,
                    _NOT_CODED,
                    _NOT_CODED,
                    *_path_of_likeliest(offers, offer, taker, knowledge, law),
                )


def _path_of_likeliest(
    offers: Keyed, offer: int, taker: Key, knowledge: Knowledge, law: _Law
) -> tuple[LegalPath | None, LegalPath | None]:
    codings = offers.codings[offer]
    if not codings:
        return None, None
    material = knowledge.materials[codings[0].material]
    return law.paths(offers.keys[offer], taker, material, _use_of(material))


def _use_of(material: Material) -> str:
    """Return the use the law is asked about where no rule names one."""
    return _USE_OF_MEDIUM.get(material.medium, "raw_material")


def _by_coded_material(keyed: Keyed, knowledge: Knowledge) -> dict[str, list[tuple[int, Coding]]]:
    """Return material -> keys coded to it, with the likeness; other kinds of units left out."""
    found: dict[str, list[tuple[int, Coding]]] = {}
    for number, (key, codings) in enumerate(zip(keyed.keys, keyed.codings, strict=True)):
        for coding in codings:
            if _same_unit(key.description.unit, knowledge.materials[coding.material]):
                found.setdefault(coding.material, []).append((number, coding))
    return found


def _same_unit(unit: str, material: Material) -> bool:
    return unit == material.unit or (
        material.medium == "water" and unit in _WATER and material.unit in _WATER
    )


def _by_name(keyed: Keyed) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, key in enumerate(keyed.keys):
        found.setdefault(key.description.name, []).append(number)
    return found


def _worth(substitution: Substitution, giver: Key, taker: Key) -> Money:
    """Return what one offer unit is worth to both together, before transport.

    The receiver saves what it pays now (its stated price, else the typical range of the rule)
    less the treatment; the giver loses what it could ask elsewhere, or saves what it pays now.
    """
    if taker.price is not None:
        ratios = (substitution.ratio_low, substitution.ratio, substitution.ratio_high)
        return _stated_worth(giver, taker, ratios, substitution.treatment_cost or 0.0)
    if substitution.value is None:
        return UNKNOWN
    foregone = giver.price or 0.0
    typical = substitution.value
    return Money(typical.low - foregone, typical.mid - foregone, typical.high - foregone)


def _money(span: Span | None) -> Money:
    return UNKNOWN if span is None else Money(span.low, span.mid, span.high)


def _stated_worth(
    giver: Key,
    taker: Key,
    ratios: tuple[float, float, float] = (1.0, 1.0, 1.0),
    treatment: float = 0.0,
) -> Money:
    if taker.price is None:
        return UNKNOWN
    price, less = taker.price, treatment + (giver.price or 0.0)
    low, mid, high = (price * ratio - less for ratio in ratios)
    return Money(min(low, high), mid, max(low, high))


class _Law:
    """The legal paths of a day, each looked up once."""

    def __init__(self, law: WasteLaw, day: dt.date) -> None:
        from sinhthai.symbiosis.engine.legal import legal_path

        @cache
        def path(
            medium: str,
            hazard: str | None,
            group: str | None,
            is_sorted: bool | None,
            use: Any,
            licensed: bool | None,
            same_park: bool,
        ) -> LegalPath:
            return legal_path(
                law,
                day,
                medium=medium,
                hazard=hazard,
                group=group,
                is_sorted=is_sorted,
                use=use,
                same_park=same_park,
                receiver_licensed=licensed,
            )

        self._path = path

    def paths(
        self, giver: Key, taker: Key, material: Material, use: str
    ) -> tuple[LegalPath, LegalPath]:
        """Return the path inside one park, and between parks."""
        hazard = giver.hazard or material.hazard or None
        said = (
            material.medium,
            hazard,
            material.group or None,
            giver.is_sorted,
            use,
            _may_take(hazard, taker),
        )
        return self._path(*said, True), self._path(*said, False)


def _may_take(hazard: str | None, taker: Key) -> bool | None:
    """Say whether the taker's permit covers hazardous waste, as far as its need says.

    A need marked NH is that of somebody entitled to hazardous waste; one marked ordinary asks for
    no hazardous waste. Of other waste, and of a need without a mark, nothing is known.
    """
    if hazard != "NH" or not taker.hazard or taker.hazard == "KS":
        return None
    return taker.hazard == "NH"


def _table(links: Sequence[Link], offers: Keyed, needs: Keyed, knowledge: Knowledge) -> pa.Table:
    hauls = load_hauls()
    likeness = pair_likeness(
        [offers.keys[link.offer_key].description.name for link in links],
        [needs.keys[link.need_key].description.name for link in links],
    )
    columns: dict[str, list[Any]] = {name: [] for name in LINK_COLUMNS.names}
    for number, (link, text) in enumerate(zip(links, likeness, strict=True)):
        material = knowledge.materials.get(link.offer_material)
        haul = hauls[material.medium if material else _medium(offers.keys[link.offer_key])]
        rule = knowledge.substitutions.get(link.substitution)
        reach = rule.reach_km if rule is not None and rule.reach_km else haul.reach_km
        row = (
            number,
            link.offer_key,
            link.need_key,
            min(1.0, round(link.fit, 6)),
            text,
            link.ratio,
            link.worth.mid or 0.0,
            link.co2.mid or 0.0,
            haul.vnd,
            haul.co2,
            round(reach * 1000),
            _is_forbidden(link.path_inside) and _is_forbidden(link.path_outside),
        )
        for name, value in zip(columns, row, strict=True):
            columns[name].append(value)
    return pa.table(columns, schema=LINK_COLUMNS)


def _is_forbidden(path: LegalPath | None) -> bool:
    return path is not None and path.status == "forbidden"


def _medium(key: Key) -> str:
    """Return how a stream travels that is no material we know: by its state, else its unit."""
    by_state = {"sludge": "sludge", "liquid": "liquid", "gas": "gas", "energy": "heat"}
    by_unit = {"m**3": "liquid", "MWh": "heat"}
    said = key.description
    return by_state.get(said.state) or by_unit.get(said.unit, "solid")
