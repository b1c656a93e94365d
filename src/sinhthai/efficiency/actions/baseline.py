"""The baseline: what was reported is taken over, what was metered entered; unknown stays so."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.audits import locked, trail
from sinhthai.efficiency.actions.recount import recount
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.models import Audit, BaselineEntry
from sinhthai.efficiency.readers.baseline import OVERLAPPING, WITHIN, Key, standing_entries
from sinhthai.efficiency.wording import carrier_unit, carriers, carriers_of
from sinhthai.efficiency.worth import density_of
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.reporting.standing import standing

MOST: Final = 1e15
_KWH_PER_MWH = 1000.0
# Item of form B.4 -> carrier. Which oil or gas it is the form does not ask: fuel oil and natural
# gas are taken, and the source says so.
REPORTED: Final[Mapping[str, str]] = {
    "electricity_used_kwh": "electricity",
    "oil_used_t": "fuel-oil",
    "gas_used_m3": "natural-gas",
}
_SOURCE = {
    "electricity_used_kwh": "Báo cáo {year}, mẫu B.4: điện sử dụng",
    "oil_used_t": "Báo cáo {year}, mẫu B.4: dầu sử dụng (coi là dầu FO)",
    "gas_used_m3": "Báo cáo {year}, mẫu B.4: khí sử dụng (coi là khí thiên nhiên)",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One row of a baseline as somebody states it; quantity None: not known."""

    carrier: str
    use: str
    quantity: float | None
    price_vnd: float | None
    origin: str
    source: str


def take_reported(*, user: User, audit: Audit, at: dt.datetime) -> list[BaselineEntry]:
    """Take over what the enterprise reported of the baseline year; what is there already stays."""
    with locked(user, audit) as held:
        subject = Q(enterprise=held.enterprise)
        known = standing(held.enterprise.park, held.year, subjects=subject, carry=False)
        said = known.get(held.enterprise.code, {})
        present = standing_entries(held)
        rows = []
        for item, carrier in REPORTED.items():
            found = said.get(item)
            if found is None or not isinstance(found.value, int | float):
                continue
            before = present.get((carrier, ""))
            # What somebody entered by hand is better known than a yearly form.
            if before is not None and (
                before.origin != BaselineEntry.Origin.REPORTED or before.record == found.origin.id
            ):
                continue
            rows.append(
                BaselineEntry(
                    audit=held,
                    carrier=carrier,
                    quantity=_in_base(item, float(found.value), held.year),
                    price_vnd=before.price_vnd if before else None,
                    origin=BaselineEntry.Origin.REPORTED,
                    source=_SOURCE[item].format(year=held.year),
                    record=found.origin.id,
                    by=user,
                    at=at,
                )
            )
        if not rows:
            raise refuse("nothing-reported", year=held.year)
        taken = {(row.carrier, ""): row.quantity for row in rows}
        _check_whole(_quantities(present) | taken)
        rows = BaselineEntry.objects.bulk_create(rows)
        trail(
            held,
            user,
            at,
            "take_reported",
            Text(
                "Lấy số liệu báo cáo vào đường cơ sở của {audit}.",
                "Took reported figures into the baseline of {audit}.",
            ),
            {"entries": [row.pk for row in rows]},
        )
        recount(held)
    return rows


def enter_baseline(*, user: User, audit: Audit, given: Given, at: dt.datetime) -> BaselineEntry:
    """Append one row of the baseline; the earlier rows of the same use stay in the history."""
    _check(given)
    with locked(user, audit) as held:
        present = standing_entries(held)
        before = present.get((given.carrier, given.use))
        if before is not None and _said(before) == given:
            raise refuse("nothing-new")
        _check_whole(_quantities(present) | {(given.carrier, given.use): given.quantity})
        row = BaselineEntry.objects.create(
            audit=held,
            carrier=given.carrier,
            use=given.use,
            quantity=given.quantity,
            price_vnd=given.price_vnd,
            origin=given.origin,
            source=given.source.strip()[:300],
            by=user,
            at=at,
        )
        trail(
            held,
            user,
            at,
            "enter_baseline",
            Text(
                "Ghi một dòng đường cơ sở của {audit}.", "Entered a row of the baseline of {audit}."
            ),
            {"entry": row.pk},
        )
        recount(held)
    return row


def _in_base(item: str, value: float, year: int) -> float:
    """Return a reported figure in the base unit of its carrier."""
    if item == "electricity_used_kwh":
        return value / _KWH_PER_MWH
    if item == "gas_used_m3":
        return value * density_of("natural-gas", year)
    return value


def _said(row: BaselineEntry) -> Given:
    return Given(row.carrier, row.use, row.quantity, row.price_vnd, row.origin, row.source)


def _check(given: Given) -> None:
    if given.carrier not in carriers():
        raise refuse("unknown-carrier", what=given.carrier)
    if given.use and (
        given.use not in load_whole_catalogue().uses or given.carrier not in carriers_of(given.use)
    ):
        raise refuse("unknown-carrier", what=given.use)
    if given.origin not in ("measured", "estimated"):
        raise refuse("reload")
    for name, value in (("quantity", given.quantity), ("price", given.price_vnd)):
        if value is not None and not (math.isfinite(value) and 0 <= value <= MOST):
            raise refuse("bad-number", what=name)
    if not given.source.strip():
        raise refuse("source-missing")


def _check_whole(quantities: Mapping[Key, float | None]) -> None:
    """Refuse uses that take more together than the whole they are part of."""
    wholes: dict[Key, float] = defaultdict(float)
    for (carrier, use), quantity in quantities.items():
        if not use or quantity is None or use in OVERLAPPING:
            continue
        outer = (carrier, WITHIN.get(use, ""))
        if quantities.get(outer) is None:  # the outer use is not known: part of the carrier
            outer = (carrier, "")
        wholes[outer] += quantity
    for (carrier, use), together in wholes.items():
        whole = quantities.get((carrier, use))
        if whole is not None and together > whole * (1 + 1e-9):
            unit = carrier_unit(carrier)
            said = {
                f"{name}_{language}": f"{format_number(value, language)} "
                f"{unit_label(unit, language)}"
                for name, value in (("uses", together), ("whole", whole))
                for language in ("vi", "en")
            }
            raise refuse("use-above-whole", **said)


def _quantities(present: Mapping[Key, BaselineEntry]) -> dict[Key, float | None]:
    return {key: row.quantity for key, row in present.items()}
