"""The yearly forms of the demonstration in every state, and the Board's reports (H11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.rules.forms import load_forms
from sinhthai.site.demo import cast
from sinhthai.site.demo.holders import CLEARED, HELD, STEADY
from sinhthai.site.demo.invented import Design
from sinhthai.site.demo.stories import PARKS, Players, Story, office_hour
from sinhthai.supervision.actions.board import record_board_report
from sinhthai.supervision.actions.daily import do_day
from sinhthai.supervision.actions.filings import (
    open_filing,
    prepare_filing,
    send_filing,
    write_words,
)
from sinhthai.supervision.actions.filings_received import ask_revision, receive_filing
from sinhthai.supervision.models import Filing
from sinhthai.supervision.readers.filings import fill_filing

_SONG_XANH = PARKS["song-xanh"]
_REPORTED = 2025
_UNKNOWN = "Chưa đo, chưa thống kê trong năm báo cáo (giả định)."
_WEBSITE = "https://song-xanh.demo.invalid/bao-cao-{year}"
_ASKED = "Nêu rõ cách tính và kèm số liệu quý IV (giả định)."
_ORDER = ("draft", "pending", "sent", "received")
# Form, whose, the state it ends in, how many days ago; None: on fixed days of spring 2026.
_FORMS: tuple[tuple[str, int | None, str, int | None], ...] = (
    ("A.4", None, "received", None),
    ("A.5", None, "revision", 8),
    ("B.4", HELD, "received", None),
    ("B.5", HELD, "sent", 6),
    ("B.4", STEADY, "pending", 5),
    ("B.4", CLEARED, "draft", 4),
)
_BEGAN = dt.date(2026, 4, 13)
# The days on which what a period owes came up, and those on which the Boards had reported on it.
_OPENED = (dt.date(2026, 1, 5), dt.date(2026, 4, 1), dt.date(2026, 7, 1), dt.date(2026, 10, 1))
_PERIODS = (
    ("2025", dt.date(2026, 4, 8)),
    ("2026-Q1", dt.date(2026, 4, 10)),
    ("2026-Q2", dt.date(2026, 7, 10)),
    ("2026-Q3", dt.date(2026, 10, 13)),
)


def stories(players: Players, today: dt.date) -> Iterator[Story]:
    """Yield the forms of the certified park and its enterprises, and the Board's reports."""
    for order, (form, position, ends, ago) in enumerate(_FORMS):
        began = _BEGAN if ago is None else today - dt.timedelta(days=ago + 7)
        yield _filed(players, _SONG_XANH, form, position, ends, began, order)
    yield _opened()
    for province, username in cast.BOARDS.items():
        # The Board of the certified park has not reported on the last quarter yet.
        periods = _PERIODS[:-1] if province == _SONG_XANH.province else _PERIODS
        yield from (_reported(players, username, province, *period) for period in periods)


def _filed(
    players: Players,
    design: Design,
    form: str,
    position: int | None,
    ends: str,
    began: dt.date,
    order: int,
) -> Story:
    def on(days: int) -> dt.datetime:
        return office_hour(began + dt.timedelta(days=days), 100 + 13 * order)

    park = players.park(design)
    firm = None if position is None else players.firm(design, position)
    writer, signer = players.writer(design, position), players.signer(design, position)
    yield (at := on(0))
    filing = open_filing(
        user=writer, form=load_forms().forms[form], year=_REPORTED, park=park, enterprise=firm,
        at=at,
    )  # fmt: skip
    if ends == "draft":
        return
    filing = write_words(
        user=writer, filing=filing, at=at, published_at=_WEBSITE.format(year=_REPORTED),
        words={f"{one.field.id}?": _UNKNOWN for one in fill_filing(filing).missing},
    )  # fmt: skip
    yield (at := on(2))
    filing = prepare_filing(user=writer, filing=filing, at=at)
    if ends == "pending":
        return
    yield (at := on(4))
    send_filing(user=signer, filing=filing, digest_seen=filing.digest, at=at)
    if ends == "sent":
        return
    yield (at := on(7))
    filing = Filing.objects.get(pk=filing.pk)
    if ends == "received":
        receive_filing(user=players.officer(design), filing=filing, at=at)
        return
    asked = next(one.id for one in load_forms().forms[form].fields if one.is_typed or one.kind)
    ask_revision(
        user=players.officer(design), filing=filing, asked={asked: _ASKED}, at=at,
        remark="Phần còn lại đã đủ (giả định).",
    )  # fmt: skip


def _opened() -> Story:
    """The daily work on the first days after a period, which opens what it owes."""
    for day in _OPENED:
        yield (at := office_hour(day))
        do_day(today=legal_day(at), at=at, mail=False)


def _reported(players: Players, username: str, province: str, period: str, day: dt.date) -> Story:
    yield (at := office_hour(day, 90))
    record_board_report(
        user=players.user(username), province=province, province_name=cast.PLACES[province].vi,
        period=period, sent_on=day, note="Gửi qua văn bản điện tử (giả định).", at=at,
    )  # fmt: skip
