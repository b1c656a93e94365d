"""Stories of the demonstration, told together in the order of time.

A story is a generator: it yields the moment of what it does next, then does it with the same
actions people use. All of them run side by side, so that the chain of events reads as it would
have been written, and what lies after today has not happened yet.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Generator, Iterable

from sinhthai.accounts.models import Membership, Organisation, User
from sinhthai.certification.engine.clocks import Calendar, NoHolidays
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.site.demo import cast
from sinhthai.site.demo.invented import DESIGNS, Design

Story = Generator[dt.datetime, None, None]
PARKS = {design.code.removeprefix("gia-dinh-"): design for design in DESIGNS}
_SATURDAY = 5
_OPENS = dt.time(1, 30, tzinfo=dt.UTC)  # half past eight in Viet Nam


def tell(stories: Iterable[Story], until: dt.datetime) -> int:
    """Carry every story as far as *until*, each step at its own time; return how many steps."""
    waiting: list[tuple[dt.datetime, int, Story]] = []
    for order, story in enumerate(stories):
        _wait(waiting, order, story)
    steps = 0
    while waiting and waiting[0][0] <= until:
        _when, order, story = heapq.heappop(waiting)
        _wait(waiting, order, story)
        steps += 1
    for _when, _order, story in waiting:
        story.close()
    return steps


def _wait(waiting: list[tuple[dt.datetime, int, Story]], order: int, story: Story) -> None:
    when = next(story, None)
    if when is not None:
        heapq.heappush(waiting, (when, order, story))


def office_hour(day: dt.date, minutes: int = 0) -> dt.datetime:
    """Return a moment of *day* in office hours; of a day off, of the last working day before.

    >>> office_hour(dt.date(2026, 5, 3), 60).isoformat()
    '2026-04-29T02:30:00+00:00'
    """
    calendar = Calendar(load_procedures().holidays)
    working = day
    while not _is_working(calendar, working):
        working -= dt.timedelta(days=1)
    return dt.datetime.combine(working, _OPENS) + dt.timedelta(minutes=minutes % 480)


def _is_working(calendar: Calendar, day: dt.date) -> bool:
    try:
        return calendar.is_working(day)
    except NoHolidays:  # a year whose days off nobody decided yet
        return day.weekday() < _SATURDAY


class Players:
    """The people, parks and enterprises of the demonstration, each read once."""

    def __init__(self) -> None:
        """Read everybody; they keep what they may reach between their steps."""
        self._people = {user.username: user for user in User.objects.all()}
        parks = Park.objects.select_related("province_now").filter(invented=True)
        self._parks = {park.code: park for park in parks}
        self._firms: dict[str, list[Enterprise]] = {}
        for firm in (
            Enterprise.objects.filter(park__invented=True).select_related("park").order_by("code")
        ):
            self._firms.setdefault(firm.park.code, []).append(firm)
        approvers = (Membership.Role.APPROVER, Membership.Role.ADMIN)
        self._members = dict(
            Membership.objects.filter(role__in=approvers)
            .order_by("-id")
            .values_list("organisation", "user__username")
        )

    def user(self, username: str) -> User:
        """Return a person by the name they sign in with."""
        return self._people[username]

    def park(self, design: Design) -> Park:
        """Return the park of *design*."""
        return self._parks[design.code]

    def firm(self, design: Design, position: int) -> Enterprise:
        """Return an enterprise of *design* by its place in the list: first those that run."""
        return self._firms[design.code][position]

    def member(self, organisation: Organisation) -> User | None:
        """Return who approves for a body, None where nobody signs in for it."""
        username = self._members.get(organisation.pk)
        return self.user(username) if username else None

    def writer(self, design: Design, position: int | None) -> User:
        """Return who prepares for a park (*position* None) or for an enterprise of it."""
        return self.user(self._applicant(design, position) + cast.COLLEAGUE)

    def signer(self, design: Design, position: int | None) -> User:
        """Return who signs for them."""
        return self.user(self._applicant(design, position))

    def officer(self, design: Design) -> User:
        """Return who checks and judges in the Management Board."""
        return self.user(cast.BOARDS[design.province] + cast.COLLEAGUE)

    def head(self, design: Design) -> User:
        """Return who signs the Board's reports."""
        own = cast.BOARDS[design.province]
        return self.user(own + cast.HEAD if design is DESIGNS[0] else own)

    def issuer(self, design: Design, position: int | None) -> User:
        """Return who issues: the People's Committee for a park, the Board for an enterprise."""
        bodies = cast.COMMITTEES if position is None else cast.BOARDS
        return self.user(bodies[design.province])

    @staticmethod
    def _applicant(design: Design, position: int | None) -> str:
        if position is None:
            return cast.office_of(design)
        return cast.ENTERPRISE if design is DESIGNS[0] and position == 0 else cast.OTHERS
