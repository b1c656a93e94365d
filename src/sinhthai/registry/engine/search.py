"""What a search of the register compares: folded words, so "hiep phuoc" finds Hiệp Phước."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from sinhthai.foundation.text import fold

# Written out and abbreviated forms of one thing; both stand in the text that is searched.
_SAME = (
    ("khu cong nghiep", "kcn"),
    ("cong ty trach nhiem huu han", "cong ty tnhh"),
    ("cong ty co phan", "ctcp"),
    ("thanh pho ho chi minh", "tp.hcm"),
)
_MARKS = re.compile(r"[^\w.]+")


def search_text(names: Iterable[str], *, limit: int) -> str:
    """Return the folded *names* one after the other, without repeats, within *limit* signs.

    >>> search_text(["Khu công nghiệp Hiệp Phước", "Hiep Phuoc IP", "Hiệp Phước"], limit=100)
    'khu cong nghiep hiep phuoc kcn hiep phuoc ip'
    """
    text = ""
    for name in names:
        plain = _plain(name)
        for long, short in _SAME:
            if long in plain:
                plain += " " + short
        if plain and f" {plain} " not in f" {text} ":
            text = f"{text} {plain}".strip()
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0]


def search_words(query: str) -> list[str]:
    """Return the folded words of what a person typed; all of them must be found.

    >>> search_words("  KCN Hiệp-Phước ")
    ['kcn', 'hiep', 'phuoc']
    """
    return _plain(query).split()


def nearest(wanted: str, names: Iterable[tuple[str, str]], limit: int = 3) -> list[str]:
    """Return the codes whose code or folded name is most like *wanted*.

    >>> nearest("hiep phuc", [("hiep-phuoc", "hiep phuoc"), ("amata", "amata")])
    ['hiep-phuoc']
    """
    scored = []
    for code, name in names:
        words = (code.replace("-", " "), name)
        inside = any(wanted in word for word in words if wanted)
        score = max(difflib.SequenceMatcher(None, wanted, word).ratio() for word in words)
        if inside or score >= 0.6:
            scored.append((not inside, -score, code))
    return [code for *_, code in sorted(scored)[:limit]]


def _plain(text: str) -> str:
    return _MARKS.sub(" ", fold(text)).strip()
