"""The certification of the demonstration: dossiers in every state, told up to today (H11).

What has ended is told on fixed days of 2025 and 2026; what is under way ends a few days before
today, so that its statutory clocks run. Before ``FIRST`` the fixed days are not over yet, so the
demonstration stands on that day.
"""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import Organisation
from sinhthai.certification.actions.issuer import create_key
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Dossier
from sinhthai.site.demo import cases, cast, holding, yearly
from sinhthai.site.demo.applications import Application, follow
from sinhthai.site.demo.holders import (
    ACCUSED,
    AMBER,
    CLEARED,
    DOUBTED,
    HELD,
    KEPT,
    RENOUNCED,
    REVIEWED,
    STEADY,
    SUSPENDED,
)
from sinhthai.site.demo.stories import PARKS, Players, office_hour, tell
from sinhthai.supervision.actions.daily import do_day

FIRST = dt.datetime(2026, 10, 1, 10, 0, tzinfo=dt.UTC)
_KEYS = dt.date(2025, 7, 7)
D = dt.date
_SONG_XANH, _GO_NANG = PARKS["song-xanh"], PARKS["go-nang"]

APPLICATIONS = (
    # --- parks
    Application(_SONG_XANH, None, "certified", D(2025, 8, 4), year=2024, asked=True),
    Application(_GO_NANG, None, "certified", D(2026, 1, 26), options={"A1": "participants"}),
    Application(PARKS["doi-thong"], None, "notified", D(2026, 3, 2), lost="PARK-1"),
    Application(PARKS["doi-thong"], None, "consulting", ago=3),
    Application(_GO_NANG, None, "proposed", ago=2, options={"A1": "participants"}),
    Application(PARKS["bai-boi"], None, "withdrawn", D(2026, 3, 9)),
    Application(PARKS["bai-boi"], None, "supplement_evaluation", ago=4, lost="ENT-3"),
    Application(PARKS["dam-sen"], None, "proposed", ago=5),
    # --- enterprises of the certified park: first what ended
    *(
        Application(
            _SONG_XANH, position, "certified", D(2026, 2, 23) + dt.timedelta(days=3 * order)
        )
        for order, position in enumerate(
            (HELD, AMBER, SUSPENDED, RENOUNCED, ACCUSED, CLEARED, STEADY)
        )
    ),
    *(
        Application(_GO_NANG, position, "certified", D(2026, 3, 12))
        for position in (REVIEWED, KEPT, DOUBTED)
    ),
    Application(_SONG_XANH, 10, "notified", D(2026, 3, 16), lost="ECO-3"),
    Application(_SONG_XANH, 17, "withdrawn", D(2026, 4, 6)),
    # --- then what is under way
    Application(_SONG_XANH, 7, "reported", ago=2),
    Application(_SONG_XANH, 8, "evaluating", ago=1),
    Application(_SONG_XANH, 11, "supplement_evaluation", ago=6, lost="ECO-3"),
    Application(_SONG_XANH, 9, "failed", ago=1, lost="ECO-3"),
    Application(_SONG_XANH, 12, "consulting", ago=2),
    Application(_SONG_XANH, 13, "accepted", ago=1),
    Application(_SONG_XANH, 14, "submitted", ago=2),
    Application(_SONG_XANH, 15, "supplement", ago=3),
    Application(_SONG_XANH, 16, "draft", ago=4),
)


def load_certification(at: dt.datetime) -> None:
    """Tell every story up to *at*; once."""
    if Dossier.objects.exists():
        return
    until = max(at, FIRST)
    players = Players()
    keys = office_hour(_KEYS)
    for username in (
        cast.BOARDS["31"],
        cast.COMMITTEES["31"],
        cast.BOARDS["80"],
        cast.COMMITTEES["80"],
        cast.COMMITTEES["46"],
    ):
        create_key(Organisation.objects.get(code=f"demo-{username}"), at=keys)
    today = legal_day(until)
    told = [follow(one, players, today, order) for order, one in enumerate(APPLICATIONS)]
    for room in (holding, cases, yearly):
        told += room.stories(players, today)
    tell(told, until)
    do_day(today=today, at=until, mail=False)
