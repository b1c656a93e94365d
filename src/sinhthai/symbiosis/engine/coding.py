"""What a stream is: its code and its words, in Vietnamese or English, to materials we know.

A stated code says more than a name, a name that contains a known synonym more than one that only
looks like it, and both together most. Another physical state or unit makes each less likely. The
answer is never one silent guess: it is a short list with the likeness and the reason of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.coding_words import (
    bears,
    contains,
    has_words,
    is_stated,
    joined,
    looks_like,
    other_state,
    other_unit,
)
from sinhthai.symbiosis.engine.text import (
    TextIndex,
    apart,
    load_glossary,
    mend,
    translate,
    vocabulary_of,
    words,
)

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge, Material

# Likeness by kind of evidence. Ordered by how much each says, not fitted to any data.
_NAMED = 1.0  # the very name or synonym
_CONTAINS = (0.75, 0.92)  # a synonym of one word, of several words, stands in the name
_TRANSLATED = 0.95  # factor: found through the glossary
_WORDS_ALIKE = 0.9  # factor: cosine of n-grams
_CODE = 0.85  # a code that the material bears; several materials may bear it
_CODE_LEVEL = 0.7  # factor per level of the list that the code is too coarse or too fine
_OTHER_STATE = 0.7
_OTHER_UNIT = 0.6
LEAST = 0.45  # below this a material is not suggested
_LEAST_ALIKE = (0.7, 0.6)  # without, and with a telling word in common: n-grams meet by chance
_SCATTERED = (0.6, 0.25)  # all words of a synonym, apart or turned: plus, times the share they are
_PURPOSE = 0.75  # factor: said after "for", it is what the stream goes into, not what it is
_TELLING = 12  # a word in the names of more materials than this ("waste", "oil") tells little
_NEAR_BEST = 0.6  # and neither is one far behind the best
MOST = 4
_BLOCK = 1_000


class Coding(NamedTuple):
    """A material a stream may be: its id, how likely (0..1), and why."""

    material: str
    likeness: float
    why: Text


class Description(NamedTuple):
    """What is said of a stream that tells what it is; equal ones are coded once."""

    name: str
    code: str = ""
    unit: str = ""
    state: str = ""


def code_stream(
    name: str, code: str, unit: str, state: str | None, knowledge: Knowledge, codes: Codes
) -> list[Coding]:
    """Return the materials one stream may be, the likeliest first; empty when none is near.

    Parameters
    ----------
    name : as written, Vietnamese or English, diacritics not needed.
    code : "" or ``<list>:<digits>``; a list without digits we know counts for nothing.
    unit : t, m**3 or MWh; "" when not stated.
    state : solid, sludge, liquid, gas, energy; None when not stated.

    >>> from sinhthai.symbiosis.engine.codes import load_codes
    >>> from sinhthai.symbiosis.engine.knowledge import load_knowledge
    >>> code_stream("tro bay", "", "t", None, load_knowledge(), load_codes())[0].material
    'coal-fly-ash'
    """
    return coder_of(knowledge, codes).code([Description(name, code, unit, state or "")])[0]


@lru_cache(maxsize=4)
def _coder(key: _ByHash) -> Coder:
    return Coder(key.knowledge, key.codes)


@dataclass(frozen=True, slots=True)
class _ByHash:
    """Knowledge and codes compared by what they say; equal ones share one index."""

    knowledge: Knowledge
    codes: Codes

    def __hash__(self) -> int:
        return hash(self.knowledge.hash)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _ByHash)
            and other.knowledge.hash == self.knowledge.hash
            and other.codes is self.codes
        )


def coder_of(knowledge: Knowledge, codes: Codes) -> Coder:
    """Return the coder of *knowledge*; the index of its words is built once."""
    return _coder(_ByHash(knowledge, codes))


class Coder:
    """The names, synonyms and codes of every material, laid out for looking up."""

    def __init__(self, knowledge: Knowledge, codes: Codes) -> None:
        self._codes = codes
        self._materials: Mapping[str, Material] = knowledge.materials
        self._ids = sorted(self._materials)
        self._at = {material: number for number, material in enumerate(self._ids)}
        self._phrases: dict[str, list[int]] = {}  # folded synonym -> materials
        self._said: dict[str, str] = {}  # folded synonym -> as written
        self._texts: list[str] = []
        self._of_text: list[int] = []
        self._first: list[int] = []  # first text of each material
        for number, material in enumerate(self._ids):
            self._first.append(len(self._texts))
            for phrase, said in _phrases(self._materials[material]).items():
                self._said.setdefault(phrase, said)
                self._phrases.setdefault(phrase, []).append(number)
                self._texts.append(phrase)
                self._of_text.append(number)
        self._longest = max((phrase.count(" ") + 1 for phrase in self._phrases), default=0)
        self._index = TextIndex.of(self._texts)
        self._known_words = vocabulary_of((*self._texts, *load_glossary().phrases))
        self._by_code = _by_code(self._materials, self._at)
        self._common = _common(self._texts, self._of_text)
        self._by_word = _by_telling_word(self._phrases, self._common)

    def tells(self, word: str) -> bool:
        """Does a folded word say what something is? "Waste", "oil" or "water" alone do not."""
        return word not in self._common

    def code(self, descriptions: Sequence[Description]) -> list[list[Coding]]:
        """Return the materials of each description; equal descriptions are looked up once."""
        distinct = list(dict.fromkeys(descriptions))
        names = list(dict.fromkeys(said.name for said in distinct))
        by_name = dict(zip(names, self._by_names(names), strict=True))
        by_code = {code: self._by_given_code(code) for code in {said.code for said in distinct}}
        answers = {
            said: self._judged(said, by_name[said.name], by_code[said.code]) for said in distinct
        }
        return [answers[said] for said in descriptions]

    def _by_names(self, names: Sequence[str]) -> list[dict[int, tuple[float, Text]]]:
        """Return what each name alone says: material number -> likeness and reason."""
        found: list[dict[int, tuple[float, Text]]] = []
        asked: list[tuple[int, str, float]] = []  # which name, folded words, factor
        glossary = load_glossary()
        for at, name in enumerate(names):
            whole = mend(" ".join(words(name)), self._known_words)
            # A name known as it stands is not taken apart.
            parts = (whole, "") if whole in self._phrases else apart(name)
            head, purpose = (mend(part, self._known_words) for part in parts)
            here: dict[int, tuple[float, Text]] = {}
            found.append(here)
            self._add_named(here, head, 1.0)
            if here:
                plain = head
                self._add_named(here, purpose, _PURPOSE)
            else:  # "raw material for X": what stands before "for" says nothing, so X does
                plain = f"{head} {purpose}".strip()
                self._add_named(here, plain, 1.0)
            other, known = translate(plain, glossary)
            self._add_named(here, other, _TRANSLATED * known)
            if plain and not any(likeness >= _NAMED for likeness, _ in here.values()):
                asked.append((at, plain, _WORDS_ALIKE))
                if other:
                    asked.append((at, other, _WORDS_ALIKE * _TRANSLATED * known))
        self._add_alike(found, asked)
        return found

    def _add_named(self, here: dict[int, tuple[float, Text]], plain: str, factor: float) -> None:
        """Add the materials one of whose names stands in *plain*, longest names first."""
        own = plain.split()
        taken = [False] * len(own)
        for size in range(min(self._longest, len(own)), 0, -1):
            for start in range(len(own) - size + 1):
                if any(taken[start : start + size]):
                    continue
                phrase = " ".join(own[start : start + size])
                if (materials := self._phrases.get(phrase)) is None:
                    continue
                whole = size == len(own)
                if size == 1 and not whole and phrase in self._common:
                    continue  # "sludge" is a name when it stands alone, and says little in another
                taken[start : start + size] = [True] * size
                # The head of a name says what it is, what follows says of what or where from.
                share = _NAMED if whole else _CONTAINS[size > 1] * (1.0 if start == 0 else 0.9)
                for number in materials:
                    _keep(here, number, share * factor, contains(self._said[phrase], whole))
        self._add_scattered(
            here, own, {word for word, is_in in zip(own, taken, strict=True) if is_in}, factor
        )

    def _add_scattered(
        self,
        here: dict[int, tuple[float, Text]],
        own: Sequence[str],
        taken: set[str],
        factor: float,
    ) -> None:
        """Add the materials all words of one of whose names stand in *own*, in any order."""
        there = set(own)
        candidates = {
            phrase: parts
            for word in own
            for phrase, parts in self._by_word.get(word, ())
            if parts <= there
        }
        for phrase, parts in sorted(candidates.items(), key=lambda one: (-len(one[1]), one[0])):
            if parts <= taken:
                continue
            taken |= parts
            likeness = _SCATTERED[0] + _SCATTERED[1] * len(parts) / len(there)
            for number in self._phrases[phrase]:
                _keep(here, number, likeness * factor, has_words(self._said[phrase]))

    def _add_alike(
        self, found: list[dict[int, tuple[float, Text]]], asked: Sequence[tuple[int, str, float]]
    ) -> None:
        import numpy as np

        for begin in range(0, len(asked), _BLOCK):
            block = asked[begin : begin + _BLOCK]
            cosine = self._index.likeness([query for _, query, _ in block])
            if not cosine.size:
                return
            best = np.maximum.reduceat(cosine, self._first, axis=1)
            factors = np.array([factor for *_, factor in block])[:, None]
            rows, columns = np.nonzero(best * factors >= LEAST)
            for row, number in zip(rows.tolist(), columns.tolist(), strict=True):
                last = self._first[number + 1] if number + 1 < len(self._first) else None
                text = self._texts[
                    self._first[number] + int(cosine[row, self._first[number] : last].argmax())
                ]
                at, query, factor = block[row]
                likeness = round(float(best[row, number]) * factor, 6)
                common = (set(query.split()) & set(text.split())) - self._common
                if likeness < _LEAST_ALIKE[bool(common)]:
                    continue
                _keep(found[at], number, likeness, looks_like(self._said[text], likeness))

    def _by_given_code(self, code: str) -> dict[int, tuple[float, Text]]:
        """Return what a stated code alone says, on its own list or over the crosswalk."""
        scheme, _, digits = code.partition(":")
        digits = "".join(digits.split()).rstrip("*")
        here: dict[int, tuple[float, Text]] = {}
        if scheme == "material" and digits in self._at:
            here[self._at[digits]] = (_NAMED, is_stated(code))
        elif scheme in ("ewc", "vn") and digits:
            self._add_coded(here, scheme, digits, 1.0, code)
            known = self._codes.find(f"{scheme}:{digits}")
            if scheme == "vn" and known is not None:
                for european in known.ewc:
                    self._add_coded(here, "ewc", european.removeprefix("ewc:"), 0.9, code)
        return here

    def _add_coded(
        self, here: dict[int, tuple[float, Text]], scheme: str, digits: str, share: float, said: str
    ) -> None:
        """Add the materials that bear *digits*, one of its parents, or one of its children."""
        for borne, materials in self._by_code[scheme].items():
            if not (borne.startswith(digits) or digits.startswith(borne)):
                continue
            levels = abs(len(borne) - len(digits)) // 2
            likeness = _CODE * share * _CODE_LEVEL**levels
            for number in materials:
                _keep(here, number, likeness, bears(said, borne, levels))

    def _judged(
        self,
        said: Description,
        by_name: Mapping[int, tuple[float, Text]],
        by_code: Mapping[int, tuple[float, Text]],
    ) -> list[Coding]:
        """Join the evidence of name and code, weigh state and unit, keep the few likeliest."""
        judged: list[Coding] = []
        for number in by_name.keys() | by_code.keys():
            material = self._materials[self._ids[number]]
            parts = [part for part in (by_code.get(number), by_name.get(number)) if part]
            doubt = 1.0
            for likeness, _ in parts:
                doubt *= 1.0 - likeness
            likeness = 1.0 - doubt
            if by_code and number not in by_code:
                likeness *= 0.8  # the code says something else
            reasons = [why for _, why in parts]
            if said.state and material.state and said.state != material.state:
                likeness *= _OTHER_STATE
                reasons.append(other_state())
            if said.unit and said.unit != material.unit:
                likeness *= _OTHER_UNIT
                reasons.append(other_unit(material.unit))
            if likeness >= LEAST:
                judged.append(Coding(self._ids[number], round(likeness, 6), joined(reasons)))
        judged.sort(key=lambda coding: (-coding.likeness, coding.material))
        return [coding for coding in judged if coding.likeness >= _NEAR_BEST * judged[0].likeness][
            :MOST
        ]


def _phrases(material: Material) -> dict[str, str]:
    """Return every folded name of *material* -> as it is written."""
    said = (material.name.vi, material.name.en, *material.synonyms_vi, *material.synonyms_en)
    found: dict[str, str] = {}
    for text in said:
        if phrase := " ".join(words(text)):
            found.setdefault(phrase, text)
    return found


def _common(texts: Sequence[str], of_text: Sequence[int]) -> frozenset[str]:
    """Return the words that stand in the names of so many materials that they tell little."""
    materials: dict[str, set[int]] = {}
    for text, number in zip(texts, of_text, strict=True):
        for word in text.split():
            materials.setdefault(word, set()).add(number)
    return frozenset(word for word, numbers in materials.items() if len(numbers) > _TELLING)


def _by_telling_word(
    phrases: Mapping[str, Sequence[int]], common: frozenset[str]
) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return a word that tells -> the phrases of several words to look at when it is seen."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for phrase in phrases:
        parts = frozenset(phrase.split())
        if len(parts) > 1 and (own := parts - common):
            found.setdefault(min(own), []).append((phrase, parts))
    return found


def _by_code(
    materials: Mapping[str, Material], at: Mapping[str, int]
) -> dict[str, dict[str, list[int]]]:
    index: dict[str, dict[str, list[int]]] = {"ewc": {}, "vn": {}}
    for material in materials.values():
        for scheme, borne in (("ewc", material.ewc), ("vn", material.vn)):
            for digits in borne:
                index[scheme].setdefault("".join(digits.split()).rstrip("*"), []).append(
                    at[material.id]
                )
    return index


def _keep(here: dict[int, tuple[float, Text]], number: int, likeness: float, why: Text) -> None:
    if number not in here or here[number][0] < likeness:
        here[number] = (likeness, why)
