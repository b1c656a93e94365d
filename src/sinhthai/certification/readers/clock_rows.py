"""The statutory clocks of a dossier in words: who must act, by when, what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.engine.clocks import Clock
from sinhthai.certification.models import Dossier, Event, Opinion
from sinhthai.certification.readers.clocks import clocks_of, history_of, opinion_clock
from sinhthai.certification.wording import PARTY_NAMES, organisation_name
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock and who must act before it runs out."""

    clock: Clock
    who: Text

    @property
    def state(self) -> str:
        """Return stopped, late_stopped, late, paused, running, or open (no limit or no day)."""
        if self.clock.stopped_on:
            return "late_stopped" if self.clock.is_late else "stopped"
        if self.clock.is_paused:
            return "paused"
        if self.clock.is_late:
            return "late"
        return "running" if self.clock.due_on else "open"

    @property
    def left(self) -> Text:
        """Return what is left of the time, in words."""
        left = self.clock.working_days_left
        if self.state == "late_stopped":
            return Text("Xong, quá hạn", "Done, late")
        if self.state == "stopped":
            return Text("Xong", "Done")
        if self.state == "paused":
            return Text("Tạm dừng", "Stands still")
        if self.clock.problem:
            return Text("Chưa tính được", "Cannot be counted")
        if left is None:
            return Text("Không quy định", "No limit set")
        if self.state == "late":
            return Text(
                f"Quá hạn {max(-left, 1)} ngày làm việc",
                f"{_working_days(max(-left, 1))} late",
            )
        if left == 0:
            return Text("Đến hạn hôm nay", "Due today")
        return Text(f"Còn {left} ngày làm việc", f"{_working_days(left)} left")


def clock_rows(
    dossier: Dossier,
    events: Sequence[Event],
    opinions: Sequence[Opinion],
    *,
    on: dt.date,
) -> list[ClockRow]:
    """Return the clocks that started, those of the dossier first; *events* oldest first.

    A clock without a limit that has ended says nothing, and is left out.
    """
    rows = [
        ClockRow(clock, PARTY_NAMES[clock.rule.party])
        for clock in clocks_of(dossier, on, events)
        if clock.rule.days is not None or not clock.stopped_on
    ]
    history = history_of(dossier, events)
    for opinion in opinions:
        clock = opinion_clock(opinion, dossier, history, on)
        if clock is not None:
            rows.append(ClockRow(clock, organisation_name(opinion.organisation)))
    return rows


def _working_days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
