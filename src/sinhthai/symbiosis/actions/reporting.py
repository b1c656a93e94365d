"""Put what a park's exchanges say into its report of a year: Art 37.2.b, forms A.4 and B.4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.reporting.actions import Computed, record_values
from sinhthai.reporting.models import Record
from sinhthai.reporting.policy import may_report
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.policy import may_facilitate
from sinhthai.symbiosis.readers.year_report import Line, read_preview, source_of


def put_into_report(
    *,
    user: User,
    park: Park,
    year: int,
    chosen: Collection[str],
    seen: str,
    language: str,
    at: dt.datetime,
) -> list[Record]:
    """Append the *chosen* lines of the preview as records of the report.

    *seen* is the digest of the preview the person looked at: what changed since is not written.
    The source of each record names the exchanges it rests on, in *language*.

    Raises
    ------
    InputError
        No right, nothing chosen, the preview is outdated, or the report refuses a figure.
    """
    if not (may_facilitate(user, park) and may_report(user, park)):
        raise refuse("no-right")
    preview = read_preview(park, year)
    if preview.digest != seen:
        raise refuse("preview-moved")
    wanted = [line for line in preview.lines() if line.key in chosen and line.can_be_put]
    if not wanted:
        raise refuse("nothing-chosen")
    return record_values(
        user=user,
        park=park,
        year=year,
        values=[_computed(line, source_of(line, preview).get(language)) for line in wanted],
        what=Text("các trao đổi cộng sinh", "the symbiosis exchanges"),
        at=at,
    )


def _computed(line: Line, source: str) -> Computed:
    value = line.figure.value
    assert value is not None  # can_be_put said so
    return Computed(line.item.code, value, line.qualifier, line.enterprise, source)
