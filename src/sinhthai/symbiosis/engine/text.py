"""Likeness of names written by people: Vietnamese or English, with or without diacritics.

A name is folded, its words of one language are followed by those of the other (a glossary), and
what is compared are character n-grams: a typing error or another ending moves few of them.
Nothing is learnt from the internet and nothing is random: equal input gives equal numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from sinhthai.foundation.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A unigram of letters says nothing, a 6-gram is nearly a word: 3 to 5 is the field's habit.
NGRAMS = (3, 5)
# Two names further apart than this are not told to anybody as alike.
LEAST_LIKENESS = 0.35
_BLOCK = 2_000  # rows of a product of sparse matrices held at once
_PAIRS = 100_000
_WORDS = re.compile(r"[a-z0-9]+")
# Words that join others. Few, for a folded word can be another: "cua" is a saw, "than" is coal,
# "in" prints.
_EMPTY = frozenset({"va", "tu", "cac", "of", "the", "and", "from", "for", "with"})


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text* that carry meaning.

    >>> words("Tro bay từ nhiệt điện (khô)")
    ('tro', 'bay', 'nhiet', 'dien', 'kho')
    """
    return tuple(_singular(word) for word in _split(text) if word not in _EMPTY)


# What a stream goes into stands behind these; folded as ``words`` folds.
_PURPOSE = frozenset({"cho", "de", "lam", "for", "wanted"})


def apart(text: str) -> tuple[str, str]:
    """Return the folded words that say what a stream is, and those that say what it is for.

    >>> apart("Tro bay để làm gạch"), apart("gypsum for plasterboard"), apart("Cho lò hơi")
    (('tro bay', 'gach'), ('gypsum', 'plasterboard'), ('', 'lo hoi'))
    """
    own = _split(text)
    at = next((at for at, word in enumerate(own) if word in _PURPOSE), len(own))
    what, purpose = (
        [_singular(word) for word in part if word not in _EMPTY] for part in (own[:at], own[at:])
    )
    return " ".join(what), " ".join(word for word in purpose if word not in _PURPOSE)


def _split(text: str) -> list[str]:
    # "Đã qua sử dụng" is how the law says waste; its four words alone mean other things.
    return _WORDS.findall(" ".join(fold(text).split()).replace("da qua su dung", "thai"))


def _singular(word: str) -> str:
    """Return an English plural as one of its kind; no Vietnamese word ends in s.

    >>> [_singular(word) for word in ("husks", "batteries", "glass", "biogas", "gas")]
    ['husk', 'battery', 'glass', 'biogas', 'gas']
    """
    if len(word) < 5 or word[-1] != "s" or word.endswith(("ss", "us", "is", "gas")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Folded phrases and what they are called in the other language."""

    phrases: Mapping[str, tuple[str, ...]]
    longest: int  # words of the longest phrase

    @classmethod
    def of(cls, phrases: Mapping[str, tuple[str, ...]]) -> Glossary:
        """Return the glossary of folded phrases."""
        return cls(phrases, max((phrase.count(" ") + 1 for phrase in phrases), default=0))


@lru_cache(maxsize=1)
def load_glossary() -> Glossary:
    """Return the words of ``data/glossary.csv``, each way."""
    text = resources.files("sinhthai.symbiosis").joinpath("data/glossary.csv").read_text("utf-8")
    both: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        vi, en = " ".join(words(row["vi"])), " ".join(words(row["en"]))
        both.setdefault(vi, []).append(en)
        both.setdefault(en, []).append(vi)
    return Glossary.of({phrase: tuple(dict.fromkeys(others)) for phrase, others in both.items()})


def translate(text: str, glossary: Glossary) -> tuple[str, float]:
    """Return what *glossary* calls the phrases of *text* in the other language, longest first.

    Words it does not know are left out; the second number is the share of words it knew.

    >>> translate("Bùn thải khô", Glossary.of({"bun thai": ("sludge",), "bun": ("mud",)}))
    ('sludge', 0.6666666666666666)
    """
    own = words(text)
    said: list[str] = []
    at = known = 0
    while at < len(own):
        for size in range(min(glossary.longest, len(own) - at), 0, -1):
            others = glossary.phrases.get(" ".join(own[at : at + size]))
            if others is not None:
                said.extend(others)
                known += size
                at += size
                break
        else:
            at += 1
    return " ".join(dict.fromkeys(said)), known / len(own) if own else 0.0


def expand(text: str, glossary: Glossary) -> str:
    """Return the words of *text*, then what *glossary* calls them in the other language.

    >>> expand("Bùn thải khô", Glossary.of({"bun thai": ("sludge",), "bun": ("mud",)}))
    'bun thai kho sludge'
    """
    return " ".join((*words(text), translate(text, glossary)[0])).rstrip()


def mend(text: str, vocabulary: frozenset[str]) -> str:
    """Return *text* (folded words) with mistyped long words replaced by the nearest known one.

    Short words are left alone: one letter makes another word of them.

    >>> mend("alumminium schrap", frozenset({"aluminium", "scrap"}))
    'aluminium scrap'
    """
    return " ".join(
        word
        if word in vocabulary or len(word) < 6 or not word.isalpha()
        else next(iter(get_close_matches(word, _by_letter(vocabulary, word), 1, 0.82)), word)
        for word in text.split()
    )


def _by_letter(vocabulary: frozenset[str], word: str) -> list[str]:
    """Return the words worth comparing: same first letter, nearly the same length; sorted."""
    index = _lettered(vocabulary)
    return [near for near in index.get(word[0], ()) if abs(len(near) - len(word)) <= 2]


@lru_cache(maxsize=8)
def _lettered(vocabulary: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= 5:
            index.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in index.items()}


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Texts laid out for comparison: one sparse unit vector of n-gram weights per text."""

    vectorizer: Any
    matrix: Any  # scipy CSR, one row per text

    @classmethod
    def of(cls, texts: Sequence[str], background: Iterable[str] = ()) -> TextIndex:
        """Weigh the n-grams of *texts* (folded, expanded); rare ones weigh more.

        *background* is counted too when it is asked what is rare: in a list of two names
        everything is.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, lowercase=False
        )
        # An empty list, or one of empty texts, has no n-grams to weigh.
        matrix = vectorizer.fit_transform([*texts, "n/a/n", *background])[: len(texts)]
        return cls(vectorizer, matrix)

    def likeness(self, queries: Sequence[str]) -> NDArray[np.float64]:
        """Return the cosine of every query (rows) with every text (columns), 0..1."""
        if not queries:
            import numpy

            return numpy.zeros((0, self.matrix.shape[0]))
        product = self.vectorizer.transform(queries) @ self.matrix.T
        dense: NDArray[np.float64] = product.toarray()
        return dense.clip(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Alike:
    """Pairs of texts that are alike: positions in the two lists, and how much (0..1)."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    likeness: NDArray[np.float64]


def alike(
    left: Sequence[str], right: Sequence[str], *, least: float = LEAST_LIKENESS, most: int = 20
) -> Alike:
    """Return the pairs of two lists of names whose likeness is at least *least*.

    Parameters
    ----------
    left, right : distinct names, as people wrote them.
    most : pairs kept per name of *left*, the most alike first (ties: the earlier name).

    >>> pairs = alike(["Tro bay nhà máy điện"], ["Fly ash", "Giấy vụn"])
    >>> pairs.right.tolist()
    [0]
    """
    import numpy as np

    glossary = load_glossary()
    texts = [expand(name, glossary) for name in right]
    index = TextIndex.of(texts, glossary.phrases)
    rows: list[NDArray[np.int32]] = []
    columns: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float64]] = []
    queries = [expand(name, glossary) for name in left]
    for start in range(0, len(queries), _BLOCK):
        block = index.vectorizer.transform(queries[start : start + _BLOCK])
        product = (block @ index.matrix.T).tocoo()
        good = product.data >= least
        row, column, value = product.row[good], product.col[good], product.data[good]
        order = np.lexsort((column, -value.round(9), row))
        row, column, value = row[order], column[order], value[order]
        place = np.arange(row.size) - np.searchsorted(row, row, side="left")
        kept = place < most
        rows.append((row[kept] + start).astype(np.int32))
        columns.append(column[kept].astype(np.int32))
        values.append(value[kept].clip(0.0, 1.0))
    if not rows:
        none = np.zeros(0, np.int32)
        return Alike(none, none, np.zeros(0))
    return Alike(np.concatenate(rows), np.concatenate(columns), np.concatenate(values))


def pair_likeness(left: Sequence[str], right: Sequence[str]) -> list[float]:
    """Return the likeness of each name of *left* with the name of *right* beside it.

    >>> pair_likeness(["Tro bay", "Giấy vụn"], ["tro bay", "dầu"])
    [1.0, 0.0]
    """
    if not left:
        return []
    glossary = load_glossary()
    names = {name: at for at, name in enumerate(dict.fromkeys((*left, *right)))}
    matrix = TextIndex.of([expand(name, glossary) for name in names], glossary.phrases).matrix
    found: list[float] = []
    for start in range(0, len(left), _PAIRS):
        first = matrix[[names[name] for name in left[start : start + _PAIRS]]]
        second = matrix[[names[name] for name in right[start : start + _PAIRS]]]
        product = first.multiply(second).sum(axis=1)
        found.extend(round(min(1.0, max(0.0, value)), 6) for value in product.A1.tolist())
    return found


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """Return every word of *texts* (folded).

    >>> sorted(vocabulary_of(["tro bay", "tro xi"]))
    ['bay', 'tro', 'xi']
    """
    return frozenset(word for text in texts for word in text.split())
