"""Which kinds of offers go with which kinds of needs, and what each link is worth.

Three kinds of links, from strong to weak: a rule of the knowledge base, the same material on both
sides, and names that are alike although no rule is known. What is unknown about a link (money,
carbon) counts as nothing in the ranking and is kept as unknown in what is shown (H1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import pyarrow as pa

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.coding import Coding, coder_of
from sinhthai.symbiosis.engine.keys import Key, Keyed
from sinhthai.symbiosis.engine.link_law import LawOfDay, is_forbidden, use_of
from sinhthai.symbiosis.engine.matching.problem import LINK_COLUMNS
from sinhthai.symbiosis.engine.text import alike, expand, load_glossary, pair_likeness
from sinhthai.symbiosis.engine.transport import load_hauls
from sinhthai.symbiosis.engine.worth import Terms, worth

if TYPE_CHECKING:
    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import (
        Knowledge,
        Material,
        Span,
    )
    from sinhthai.symbiosis.engine.legal import LegalPath

Kind = Literal["rule", "same", "text"]

# How far a rule of each confidence is trusted; "same" asks for the very material.
CONFIDENCE: Mapping[str, float] = {"high": 0.95, "medium": 0.8, "low": 0.6}
SAME_MATERIAL = 0.9
TEXT_ONLY = 0.4
"""Factor of a link that nothing but the likeness of two names speaks for."""
LEAST_TEXT = 0.5
LEAST_TEXT_KNOWN = 0.8
"""Of names one of which is surely some material; where both are, their names say no more."""
SAME_NAME = 0.95
"""Below, names must have a word in common that tells more than "waste" or "oil"."""
SURE = 0.75
BROKEN_LIMIT = 0.25
"""Factor where the offer's stated quality lies outside a limit of the rule."""
# A cubic metre of water weighs a tonne; nothing else is converted without a stated density.
_WATER = frozenset({"t", "m**3"})


class Range(NamedTuple):
    """A range per unit of the offer; None: unknown."""

    low: float | None
    mid: float | None
    high: float | None


UNKNOWN = Range(None, None, None)
_ONE = Range(1.0, 1.0, 1.0)
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
    ratios: Range  # low, mid, high of the need units one offer unit stands for; UNKNOWN: of names
    typical: Range  # what it is worth before transport where no price is stated, VND per unit
    treatment: float  # VND per offer unit
    co2: Range  # t per offer unit
    offer_why: Text  # why the offer is taken for its material
    need_why: Text
    path_inside: LegalPath | None  # both in one park
    path_outside: LegalPath | None


@dataclass(frozen=True, slots=True)
class LinkBook:
    """The links as the engines take them (``table``), and what stands behind each."""

    table: pa.Table
    links: tuple[Link, ...]
    terms: Terms  # of money, per link


def build_links(
    offers: Keyed, needs: Keyed, knowledge: Knowledge, codes: Codes, law: WasteLaw, day: dt.date
) -> LinkBook:
    """Return every link between the keys of two sides, in a fixed order.

    *day* decides which law is in force.
    """
    law_of = LawOfDay(law, day)
    links = [
        *_by_rule(offers, needs, knowledge, law_of),
        *_by_material(offers, needs, knowledge, law_of),
    ]
    linked = {(link.offer_key, link.need_key) for link in links}
    links.extend(_by_text(offers, needs, linked, knowledge, codes, law_of))
    links.sort(key=lambda link: (link.offer_key, link.need_key, link.kind, link.substitution))
    terms = _terms(links)
    return LinkBook(_table(links, terms, offers, needs, knowledge), tuple(links), terms)


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


def _by_rule(offers: Keyed, needs: Keyed, knowledge: Knowledge, law: LawOfDay) -> Iterable[Link]:
    givers = _by_coded_material(offers, knowledge)
    takers = _by_coded_material(needs, knowledge)
    for substitution in knowledge.substitutions.values():
        trust = CONFIDENCE[substitution.confidence]
        material = knowledge.materials[substitution.offer]
        co2, typical = _range(substitution.co2), _range(substitution.value)
        ratios = Range(substitution.ratio_low, substitution.ratio, substitution.ratio_high)
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
                    ratios,
                    typical,
                    substitution.treatment_cost or 0.0,
                    co2,
                    giving.why,
                    taking.why,
                    *law.paths(giver, needs.keys[need], material, substitution.use),
                )


def _by_material(
    offers: Keyed, needs: Keyed, knowledge: Knowledge, law: LawOfDay
) -> Iterable[Link]:
    """Link the offers and needs of one material: the need asks for just this."""
    takers = _by_coded_material(needs, knowledge)
    for material_id, givers in _by_coded_material(offers, knowledge).items():
        material = knowledge.materials[material_id]
        for offer, giving in givers:
            giver, use = offers.keys[offer], use_of(material)
            for need, taking in takers.get(material_id, ()):
                yield Link(
                    offer,
                    need,
                    "same",
                    "",
                    material_id,
                    material_id,
                    SAME_MATERIAL * giving.likeness * taking.likeness,
                    _ONE,
                    UNKNOWN,
                    0.0,
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
    codes: Codes,
    law: LawOfDay,
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
    tells = coder_of(knowledge, codes).tells
    own, others = ([_telling_words(name, tells) for name in side] for side in (names, asked))
    for left, right, likeness in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.likeness.tolist(), strict=True
    ):
        if likeness < SAME_NAME and not own[left] & others[right]:
            continue
        for offer in giving[names[left]]:
            for need in taking[asked[right]]:
                giver, taker = offers.keys[offer], needs.keys[need]
                if giver.description.unit != taker.description.unit or (offer, need) in linked:
                    continue
                sure = _is_sure(offers.codings[offer]) + _is_sure(needs.codings[need])
                if sure == 2 or (sure and likeness < LEAST_TEXT_KNOWN):
                    continue
                yield Link(
                    offer,
                    need,
                    "text",
                    "",
                    "",
                    "",
                    TEXT_ONLY * likeness,
                    UNKNOWN,
                    UNKNOWN,
                    0.0,
                    UNKNOWN,
                    _NOT_CODED,
                    _NOT_CODED,
                    *_path_of_likeliest(offers, offer, taker, knowledge, law),
                )


def _telling_words(name: str, tells: Callable[[str], bool]) -> set[str]:
    return {word for word in expand(name, load_glossary()).split() if tells(word)}


def _is_sure(codings: Sequence[Coding]) -> bool:
    return bool(codings) and codings[0].likeness >= SURE


def _path_of_likeliest(
    offers: Keyed, offer: int, taker: Key, knowledge: Knowledge, law: LawOfDay
) -> tuple[LegalPath | None, LegalPath | None]:
    codings = offers.codings[offer]
    if not codings:
        return None, None
    material = knowledge.materials[codings[0].material]
    return law.paths(offers.keys[offer], taker, material, use_of(material))


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


def _range(span: Span | None) -> Range:
    return UNKNOWN if span is None else Range(span.low, span.mid, span.high)


def _terms(links: Sequence[Link]) -> Terms:
    import numpy as np

    ratio = np.array([link.ratios for link in links], np.float64).reshape(-1, 3).T
    typical = np.array([link.typical for link in links], np.float64).reshape(-1, 3).T
    treatment = np.array([link.treatment for link in links], np.float64)
    return Terms((typical[0], typical[1], typical[2]), (ratio[0], ratio[1], ratio[2]), treatment)


def _table(
    links: Sequence[Link], terms: Terms, offers: Keyed, needs: Keyed, knowledge: Knowledge
) -> pa.Table:
    import numpy as np

    hauls = load_hauls()
    offer_key = np.array([link.offer_key for link in links], np.int32)
    need_key = np.array([link.need_key for link in links], np.int32)
    likeness = pair_likeness(
        [offers.keys[key].description.name for key in offer_key],
        [needs.keys[key].description.name for key in need_key],
    )
    asked, paid = (
        np.array([key.price for key in side.keys], np.float64)[numbers]
        for side, numbers in ((offers, offer_key), (needs, need_key))
    )
    haul = [hauls[_medium(link, offers, knowledge)] for link in links]
    rules = [knowledge.substitutions.get(link.substitution) for link in links]
    reach = [
        rule.reach_km if rule is not None and rule.reach_km else way.reach_km
        for rule, way in zip(rules, haul, strict=True)
    ]
    ratio = terms.ratio[1]
    columns = (
        np.arange(len(links), dtype=np.int32),
        offer_key,
        need_key,
        np.minimum(1.0, np.array([link.fit for link in links], np.float64).round(6)),
        likeness,
        np.where(np.isnan(ratio), 1.0, ratio),
        np.nan_to_num(worth(terms, asked, paid)[1]),
        [link.co2.mid or 0.0 for link in links],
        [way.vnd for way in haul],
        [way.co2 for way in haul],
        [round(km * 1000) for km in reach],
        [is_forbidden(link.path_inside) and is_forbidden(link.path_outside) for link in links],
    )
    arrays = [pa.array(column, f.type) for column, f in zip(columns, LINK_COLUMNS, strict=True)]
    return pa.table(arrays, schema=LINK_COLUMNS)


def _medium(link: Link, offers: Keyed, knowledge: Knowledge) -> str:
    """Return how a stream travels; what is no material we know: by its state, else its unit."""
    if link.offer_material:
        return knowledge.materials[link.offer_material].medium
    by_state = {"sludge": "sludge", "liquid": "liquid", "gas": "gas", "energy": "heat"}
    by_unit = {"m**3": "liquid", "MWh": "heat"}
    said = offers.keys[link.offer_key].description
    return by_state.get(said.state) or by_unit.get(said.unit, "solid")
