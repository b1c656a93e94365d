"""The life of an enterprise in its park: registered, land leased, operating, suspended, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text, fold

STATUS_NAMES = {
    "registered": Text("đã đăng ký đầu tư", "registered"),
    "leased": Text("đã thuê đất", "land leased"),
    "operating": Text("đang hoạt động", "in operation"),
    "suspended": Text("tạm ngừng", "suspended"),
    "closed": Text("đã chấm dứt hoạt động", "closed"),
}
# Other ways people write them.
_ALIASES = {
    "hoat dong": "operating",
    "operating": "operating",
    "da dang ky": "registered",
    "dang ky": "registered",
    "thue dat": "leased",
    "leased": "leased",
    "tam ngung hoat dong": "suspended",
    "tam dung": "suspended",
    "cham dut": "closed",
    "cham dut hoat dong": "closed",
    "da dong cua": "closed",
    "dong cua": "closed",
    "giai the": "closed",
}
Statuses = Sequence[tuple[dt.date, str]]


def parse_status(raw: str) -> str | None:
    """Return the code of a status written as code or in either language; None if it is none.

    >>> parse_status("Đang hoạt động"), parse_status("land leased"), parse_status("?")
    ('operating', 'leased', None)
    """
    plain = fold(raw)
    for code, name in STATUS_NAMES.items():
        if plain in {code, fold(name.vi), fold(name.en)}:
            return code
    return _ALIASES.get(plain)


def status_on(history: Statuses, day: dt.date) -> str | None:
    """Return the status that holds on *day*, or None before the first.

    >>> status_on([(dt.date(2020, 1, 1), "leased"), (dt.date(2021, 6, 1), "operating")],
    ...           dt.date(2021, 5, 31))
    'leased'
    """
    begun = [(since, status) for since, status in history if since <= day]
    return max(begun)[1] if begun else None


def check_status(
    history: Statuses, status: str, valid_from: dt.date, *, today: dt.date
) -> Iterator[Problem]:
    """Say why *status* cannot begin on *valid_from*, given the *history* so far (any order)."""
    if status not in STATUS_NAMES:
        yield unknown_status(status)
        return
    if valid_from > today:
        yield Problem(
            "status-in-future",
            Text(
                f"ngày {format_date(valid_from, 'vi')} ở tương lai",
                f"{format_date(valid_from, 'en')} lies in the future",
            ),
            Text("ghi ngày đã xảy ra", "give a day that has come"),
        )
    first = min(
        (since for since, known in history if known == "operating" and since != valid_from),
        default=None,
    )
    if status == "closed" and first is not None and valid_from < first:
        yield Problem(
            "closed-before-opened",
            Text(
                f"chấm dứt ngày {format_date(valid_from, 'vi')}, trước ngày bắt đầu hoạt động "
                f"{format_date(first, 'vi')}",
                f"closed on {format_date(valid_from, 'en')}, before operation began on "
                f"{format_date(first, 'en')}",
            ),
            Text("kiểm tra hai ngày này", "check these two days"),
        )


def _choose_one() -> Text:
    names = STATUS_NAMES.values()
    return Text(
        "chọn một trong: " + "; ".join(name.vi for name in names),
        "choose one of: " + "; ".join(name.en for name in names),
    )


def unknown_status(raw: str) -> Problem:
    """Return the problem of a status nobody knows."""
    return Problem(
        "status-unknown",
        Text(f"không có tình trạng “{raw}”", f"no such status: “{raw}”"),
        _choose_one(),
    )
