"""The knowledge base and the code lists, for pages and for naming what a stream is."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from sinhthai.foundation.text import Text, fold
from sinhthai.registry.engine.search import search_text, search_words
from sinhthai.symbiosis.engine.codes import WasteCode, plain_code
from sinhthai.symbiosis.engine.coding import Coding, code_stream
from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.engine.knowledge import Material, Substitution, load_knowledge
from sinhthai.symbiosis.office_codes import load_codes

# From here on the best suggestion is taken where the person chose none; it is shown and can be
# changed. A word alone in a longer name gives less (see engine.coding).
TAKEN_FROM = 0.75
_MOST_TEXT = 4000


def material_name(material: str) -> Text:
    """Return the name of a material; one no longer known is its id."""
    known = load_knowledge().materials.get(material)
    return known.name if known else Text(material, material)


def suggest(name: str, code: str = "", unit: str = "", state: str = "") -> list[Coding]:
    """Return the materials a stream may be, the likeliest first."""
    if not name.strip() and not code:
        return []
    return code_stream(name, code, unit, state or None, load_knowledge(), load_codes())


def settle(given: StreamGiven) -> StreamGiven:
    """Return *given* with its code as lists write it, and the material it is taken for.

    A material the person named stays.
    """
    given = dataclasses.replace(given, code=plain_code(given.code) if given.code else "")
    if given.material:
        return given
    listed, _colon, digits = given.code.partition(":")
    if listed == "material":
        return dataclasses.replace(given, material=digits)
    materials = load_knowledge().materials
    for found in suggest(given.name, given.code, given.unit, given.state):
        if found.likeness < TAKEN_FROM:
            break
        if materials[found.material].unit == given.unit:
            return dataclasses.replace(given, material=found.material)
    return given


@lru_cache(maxsize=1)
def _folded_materials() -> tuple[tuple[str, Material], ...]:
    return tuple(
        (
            search_text(
                [
                    one.name.vi,
                    one.name.en,
                    *one.synonyms_vi,
                    *one.synonyms_en,
                    one.id,
                    *one.ewc,
                    *one.vn,
                ],
                limit=_MOST_TEXT,
            ),
            one,
        )
        for one in load_knowledge().materials.values()
    )


def find_materials(
    words: str = "", *, family: str = "", medium: str = "", sort: str = "name", language: str = "vi"
) -> list[Material]:
    """Return the materials that fit, by name, family, medium or number of uses."""
    wanted = search_words(words)
    found = [
        one
        for text, one in _folded_materials()
        if all(word in text for word in wanted)
        and family in ("", one.family)
        and medium in ("", one.medium)
    ]
    column = sort.removeprefix("-")
    uses = count_uses()

    def key(one: Material) -> tuple[object, str]:
        name = fold(one.name.get(language))
        first: object = {
            "family": one.family,
            "medium": one.medium,
            "uses": uses[one.id][0],
            "sources": uses[one.id][1],
        }.get(column, "")
        return first, name

    return sorted(found, key=key, reverse=sort.startswith("-"))


@lru_cache(maxsize=1)
def count_uses() -> dict[str, tuple[int, int]]:
    """Return material -> number of uses as an offer, number of things that can stand in for it."""
    knowledge = load_knowledge()
    offered = Counter(rule.offer for rule in knowledge.substitutions.values())
    needed = Counter(rule.need for rule in knowledge.substitutions.values())
    return {one: (offered[one], needed[one]) for one in knowledge.materials}


def families() -> list[str]:
    """Return the families of materials, in order."""
    return sorted({one.family for one in load_knowledge().materials.values()})


def media() -> list[str]:
    """Return the media of materials, in order."""
    return sorted({one.medium for one in load_knowledge().materials.values()})


def becomes(material: str) -> list[Substitution]:
    """Return what a material can be used for, the surest first."""
    rules = load_knowledge().substitutions.values()
    return _surest(rule for rule in rules if rule.offer == material)


def replaced_by(material: str) -> list[Substitution]:
    """Return what can stand in for a material, the surest first."""
    rules = load_knowledge().substitutions.values()
    return _surest(rule for rule in rules if rule.need == material)


def _surest(rules: Iterable[Substitution]) -> list[Substitution]:
    order = {"high": 0, "medium": 1, "low": 2}
    return sorted(rules, key=lambda rule: (order[rule.confidence], rule.id))


@lru_cache(maxsize=2)
def _folded_codes(_hash: str) -> tuple[tuple[str, WasteCode], ...]:
    return tuple(
        (
            search_text(
                [f"{one.list}:{one.digits}", one.digits, one.name.vi, one.name.en], limit=900
            ),
            one,
        )
        for one in load_codes().by_code.values()
    )


def find_codes(words: str = "", *, listed: str = "", hazard: str = "") -> list[WasteCode]:
    """Return the waste codes that fit, in the order of their lists."""
    wanted = search_words(words)
    return [
        one
        for text, one in _folded_codes(load_codes().hash)
        if all(word in text for word in wanted)
        and listed in ("", one.list)
        and hazard in ("", one.hazard)
    ]
