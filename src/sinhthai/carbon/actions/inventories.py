"""Settings of a year, and locking: what is published stays as it was published (H6)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.http import Http404

from sinhthai import __version__
from sinhthai.accounts.models import User
from sinhthai.carbon.actions.activities import ask, tell
from sinhthai.carbon.actions.refusals import refuse
from sinhthai.carbon.engine import difference, records
from sinhthai.carbon.engine.inventory import Inventory as ComputedInventory
from sinhthai.carbon.engine.inventory import compute
from sinhthai.carbon.engine.model import Settings, Total
from sinhthai.carbon.models import ActivityRow, Inventory, InventorySettings
from sinhthai.carbon.policy import may_lock
from sinhthai.carbon.readers.activities import (
    current_rows,
    settings_of,
    settings_rows,
    to_engine,
    waste_of,
)
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.text import Text


@transaction.atomic
def choose_settings(
    subject: Subject,
    year: int,
    chosen: Settings,
    *,
    treats_waste: bool,
    waste_t: float | None,
    at: dt.datetime,
    by: User | None,
) -> InventorySettings:
    """Append how the draft of *year* is computed from now on. The same again adds nothing."""
    ask(by, subject)
    said = {
        "gwp": chosen.gwp,
        "policy": chosen.policy,
        "last_published": chosen.last_published,
        "treats_waste": treats_waste,
        "waste_t": waste_t if treats_waste else None,
    }
    stands = settings_rows(subject).get(year)
    if stands is not None and all(getattr(stands, name) == value for name, value in said.items()):
        return stands
    row = InventorySettings.objects.create(
        **subject.keys, year=year, recorded_at=at, author=by, **said
    )
    tell(subject, year, "choose_settings", _CHOSEN, at=at, by=by, **said)
    return row


@transaction.atomic
def lock_inventory(
    subject: Subject,
    year: int,
    *,
    expected: str,
    reason: str = "",
    at: dt.datetime,
    by: User | None,
) -> Inventory:
    """Lock the draft of *year* as a version that nothing moves any more.

    Parameters
    ----------
    expected : the digest of what the approver saw (``records.digest_of``).
    reason : why it is recalculated; asked for from the second version on.

    Raises
    ------
    Http404
        Not an approver of the subject itself.
    InputError
        A line cannot be computed, the approver entered part of it, it moved since it was looked
        at, nothing moved since the last version, or the reason is missing. Nothing is written.
    """
    if by is not None and not may_lock(by, subject):
        raise Http404("no such inventory for this person")
    rows = [row for row in current_rows(subject) if row.year == year]
    if not rows:
        raise refuse("nothing-to-lock", year=year)
    chosen = settings_rows(subject).get(year)
    if by is not None and is_own_work(by, rows, chosen):
        raise refuse("own-work")
    activities = to_engine(subject, rows)
    factors = load_factors()
    inventory = compute(activities, factors, settings_of(chosen))
    data = records.to_data(records.pin(activities, inventory, factors))
    digest = records.digest_of(data)
    if digest != expected:
        raise refuse("draft-moved")
    last = last_version(subject, year)
    moved: dict[str, object] = {}
    if last is not None:
        if _apart_from_hash(last.data) == _apart_from_hash(data):
            raise refuse("nothing-moved", version=last.version)
        if not reason.strip():
            raise refuse("reason-missing")
        moved = difference_data(last, records.from_data(data))
    total = total_of(inventory, subject.code, year)
    try:
        with transaction.atomic():
            locked = Inventory.objects.create(
                **subject.keys,
                year=year,
                version=last.version + 1 if last else 1,
                data=data,
                difference=moved,
                waste_t=waste_of(chosen),
                co2e_t=total.co2e_t,
                known_t=total.known_t,
                factors_hash=factors.hash,
                engine_version=__version__,
                digest=digest,
                reason=reason.strip(),
                locked_at=at,
                locked_by=by,
            )
    except IntegrityError:  # two approvers at once: the second looks again
        raise refuse("draft-moved") from None
    tell(
        subject,
        year,
        "lock_inventory",
        _LOCKED.format(version=locked.version),
        at=at,
        by=by,
        version=locked.version,
        digest=digest,
    )
    return locked


def is_own_work(user: User, rows: list[ActivityRow], chosen: InventorySettings | None) -> bool:
    """Say whether *user* entered one of the rows or chose the settings."""
    authors = {row.author_id for row in rows} | {chosen.author_id if chosen else None}
    return user.pk in authors


def last_version(subject: Subject, year: int) -> Inventory | None:
    """Return the version that is published, or None."""
    return (
        Inventory.objects.filter(**subject.where, year=year)
        .select_related("locked_by")
        .order_by("-version")
        .first()
    )


def difference_data(last: Inventory, now: records.Pinned) -> dict[str, object]:
    """Return why *now* differs from the version *last*, as it is kept [g CO2e]."""
    before = records.from_data(last.data)
    found = difference.explain(
        difference.Computed(before.activities, before.inventory.lines),
        difference.Computed(now.activities, now.inventory.lines),
    )
    return {
        "from": last.version,
        "before": found.before,
        "after": found.after,
        "changes": [[one.line, one.what, one.gas, one.cause, one.grams] for one in found.changes],
    }


def _apart_from_hash(data: dict[str, object]) -> str:
    """Return a fingerprint without that of the tables: most of them touch no one inventory."""
    return records.digest_of({**data, "factors_hash": ""})


def total_of(inventory: ComputedInventory, code: str, year: int) -> Total:
    """Return scopes 1 and 2 together; nothing of them entered is a sum of nothing, zero."""
    try:
        return inventory.total(code, year)
    except KeyError:
        return Total(code, year, None, 0.0, 0.0, 0.0, 0.0)


_CHOSEN = Text("chọn cách tính kiểm kê", "chose how the inventory is computed")
_LOCKED = Text("khóa kiểm kê, phiên bản {version}", "locked the inventory, version {version}")
