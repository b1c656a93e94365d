"""Take over what was reported to the park already, marked as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from sinhthai.accounts.models import User
from sinhthai.carbon.actions.activities import add_activity
from sinhthai.carbon.actions.refusals import problem_of
from sinhthai.carbon.models import ActivityRow
from sinhthai.carbon.readers.reported import reported_energy
from sinhthai.carbon.subject import Subject
from sinhthai.foundation.problems import InputError


@transaction.atomic
def take_reported(
    subject: Subject,
    chosen: Mapping[tuple[int, str], str],
    *,
    at: dt.datetime,
    by: User | None,
) -> list[ActivityRow]:
    """Enter reported items as lines, all of them or none.

    Parameters
    ----------
    chosen : (year, item) -> what it is; of electricity that is known.

    Raises
    ------
    InputError
        Which fuel it is was not said, or the item was taken before. Nothing is written.
    """
    known = {(one.year, one.item): one for one in reported_energy(subject)}
    problems, made = [], []
    for key, what in chosen.items():
        one = known.get(key)
        if one is None:
            continue
        what = one.choices[0] if one.is_one_thing else what
        if what not in one.choices:
            problems.append(problem_of("which-fuel"))
        elif one.taken:
            problems.append(problem_of("taken-already", line=one.taken))
        else:
            made.append((one, what))
    if problems:
        raise InputError(problems)
    return [
        add_activity(
            subject,
            one.year,
            one.given(what),
            at=at,
            by=by,
            origin=ActivityRow.Origin.REPORTED,
            item=one.item,
        )
        for one, what in made
    ]
