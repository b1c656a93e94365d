"""The hash chain of what happened: each link holds the hash of the one before it.

A changed row breaks its own hash, a missing one the link after it, a cut tail the head that is
kept apart; a whole store put back from a copy is found by a head written down elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text

START = "0" * 64  # what the first link holds in place of a hash before it


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the chain as stored. ``body`` is everything the hash speaks for."""

    seq: int
    previous: str
    hash: str
    body: Mapping[str, Any]


def link(previous: str, body: Mapping[str, Any]) -> str:
    """Return the hash of a link: SHA-256 of the canonical JSON of *previous* and *body*.

    Keys are sorted and there are no spaces, so the same content always gives the same hash.

    >>> link(START, {"b": 1, "a": "ă"}) == link(START, {"a": "ă", "b": 1})
    True
    """
    text = json.dumps(
        {"body": body, "previous": previous},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def check(
    rows: Iterable[Link], head: tuple[int, str] | None = None, expect: str = ""
) -> list[Problem]:
    """Return what is wrong with the chain, empty when nothing is.

    Parameters
    ----------
    rows : the links by ``seq``, from the first.
    head : number and hash of the last link, as kept apart from the rows; None: not asked.
    expect : a hash written down earlier elsewhere; it must still be one of the chain.
    """
    problems: list[Problem] = []
    seq, previous, seen = 0, START, not expect or expect == START
    for row in rows:
        if row.seq != seq + 1:
            problems.append(_missing(seq + 1, row.seq - 1))
        elif row.previous != previous:
            problems.append(_unlinked(row.seq))
        if not _holds(row):
            problems.append(_changed(row.seq))
        seq, previous = row.seq, row.hash
        seen = seen or row.hash == expect
    if head is not None and head != (seq, previous):
        problems.append(_cut(seq, head[0]))
    if not seen:
        problems.append(_unexpected(expect))
    return problems


def _holds(row: Link) -> bool:
    try:
        return link(row.previous, row.body) == row.hash
    except (ValueError, TypeError):  # no link was ever written of what JSON cannot say
        return False


_CURE = Text(
    "Giữ nguyên kho dữ liệu, đối chiếu với bản sao lưu và báo người phụ trách an toàn thông tin.",
    "Leave the store as it is, compare it with a backup, and tell who answers for security.",
)


def _missing(first: int, last: int) -> Problem:
    return Problem(
        "row-missing",
        Text(
            "Thiếu mắt xích từ {first} đến {last}.", "Links {first} to {last} are missing."
        ).format(first=first, last=last),
        _CURE,
    )


def _unlinked(seq: int) -> Problem:
    return Problem(
        "row-unlinked",
        Text(
            "Mắt xích {seq} không nối với mắt xích trước nó.",
            "Link {seq} does not hold the hash of the one before it.",
        ).format(seq=seq),
        _CURE,
    )


def _changed(seq: int) -> Problem:
    return Problem(
        "row-changed",
        Text(
            "Nội dung mắt xích {seq} đã bị thay đổi sau khi ghi.",
            "The content of link {seq} was changed after it was written.",
        ).format(seq=seq),
        _CURE,
    )


def _cut(seq: int, head: int) -> Problem:
    return Problem(
        "tail-cut",
        Text(
            "Chuỗi dừng ở mắt xích {seq}, nhưng điểm cuối đã ghi là {head}.",
            "The chain ends at link {seq}, but its head was recorded as {head}, or another hash.",
        ).format(seq=seq, head=head),
        _CURE,
    )


def _unexpected(expect: str) -> Problem:
    return Problem(
        "head-unknown",
        Text(
            "Không có mắt xích nào mang mã {expect}: kho dữ liệu là một bản cũ hơn hoặc bản khác.",
            "No link has the hash {expect}: the store is an older one, or another one.",
        ).format(expect=expect),
        _CURE,
    )


def unreadable(why: str) -> Problem:
    """Return the problem of a chain that cannot be read to its end."""
    return Problem(
        "row-unreadable",
        Text(
            "Có mắt xích không còn đọc được: {why}.", "A link can no longer be read: {why}."
        ).format(why=why),
        _CURE,
    )
