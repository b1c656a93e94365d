"""The sources that are ours to name: stored as one mark, said in the reader's language.

What others published keeps the words it was published under.
"""

from __future__ import annotations

from typing import Final

from sinhthai.foundation.text import Text

DEMONSTRATION: Final = "demonstration, invented"
GENERATED: Final = "sinhthai generate (invented)"

_OURS: Final = {
    DEMONSTRATION: Text("Số liệu trình diễn, giả định", "Demonstration, invented"),
    GENERATED: Text("sinhthai generate (giả định)", "sinhthai generate (invented)"),
}
_STORED: Final = {said: mark for mark, text in _OURS.items() for said in (text.vi, text.en)}


def source_text(stored: str) -> Text:
    """Return a stored source as people read it.

    >>> source_text("demonstration, invented").vi, source_text("vir.com.vn 2022-10-17").vi
    ('Số liệu trình diễn, giả định', 'vir.com.vn 2022-10-17')
    """
    return _OURS.get(stored, Text(stored, stored))


def stored_source(said: str) -> str:
    """Return what is stored of a source that a file gives in either language.

    >>> stored_source("Số liệu trình diễn, giả định")
    'demonstration, invented'
    """
    return _STORED.get(said, said)
