"""A paper as a frozen value: the head of an administrative document, its blocks, its foot. Pure.

The parts and their places are those of Annex I of Decree 30/2020/ND-CP. Where an official form
exists but was not seen, ``notes`` says that the layout is the project's own. Everything but the
title is said in one ``language``. A value of None was never reported: writers print the words for
that, never a zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

# figure: numbers to the right, words to the left
Align = Literal["left", "center", "right", "figure"]
# normal; basis ("Căn cứ …", italic); note (small); strong (bold); centered (bold, in the middle)
Style = Literal["normal", "basis", "note", "strong", "centered"]


@dataclass(frozen=True, slots=True)
class Header:
    """Who issues the paper, where and when.

    ``superior`` is the body above, or "". ``number`` "" leaves room to write one, with
    ``symbol`` behind it ("/BC-BQL"). ``day`` None leaves room for the day of signing.
    """

    body: str
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the paper; levels 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break starts a new line of it."""

    text: str
    style: Style = "normal"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short things."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, one a row."""

    rows: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` is its share of what the widths of all columns sum up to."""

    title: str
    width: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Group:
    """A row of one cell over the whole width, above the rows it is about."""

    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated on every page it runs over."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, ...] | Group, ...]
    caption: str = ""
    total: bool = False  # the last row is a total


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Fields | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs at the foot, under which authority ("TM. ỦY BAN NHÂN DÂN"), and who gets copies."""

    position: str
    name: str = ""
    authority: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A paper.

    Parameters
    ----------
    title
        What pages and files call it.
    kind
        The name of the kind of paper above the abstract ("BÁO CÁO"); "" for an official letter,
        whose abstract then stands under the number ("V/v …").
    abstract
        What the paper is about.
    addressees
        "Kính gửi"; empty where there are none.
    made_at
        When it was assembled; it dates the file, nothing inside it.
    pins
        How to get the same figures again: label and value (H6).
    """

    title: Text
    kind: str
    abstract: str
    header: Header
    blocks: tuple[Block, ...]
    made_at: dt.datetime
    language: str = "vi"
    addressees: tuple[str, ...] = ()
    signature: Signature | None = None
    pins: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    invented: bool = False
    landscape: bool = False
