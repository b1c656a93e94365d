"""Which facts changed under a criterion since its certificate was issued, and by whom."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import AuditEntry
from sinhthai.assessment.documents.saying import say_reported
from sinhthai.assessment.engine.query import leaf_columns
from sinhthai.certification.models import Certificate, Snapshot
from sinhthai.reporting.engine.merge import Stated, winners
from sinhthai.reporting.models import Record
from sinhthai.reporting.readers import read_records
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item, Leaf
from sinhthai.supervision.engine.holding import Standing

MOST = 20  # changed facts spelt out; the count says how many there are
_ROSTER = ("registry.add_enterprise", "registry.import_enterprises", "registry.record_status")

Key = tuple[str, int, str]
"""Enterprise code ("" for the park itself), years back from that of the finding, item code."""


def causes_of(
    certificate: Certificate, snapshot: Snapshot, lost: Sequence[Standing], *, today: dt.date
) -> dict[str, dict[str, Any]]:
    """Return, for each criterion in *lost*, what changed since the certificate was issued.

    ``facts``: item, whose, year, what it was and is, by whom, when, from which source; ``count``
    of all of them; ``roster``: changes of the list of enterprises; ``rules``: whether the rules
    are other than those of the certificate.
    """
    bundle = load_bundle()
    framework = bundle.framework_on(_family(certificate), today)
    if framework is None or not lost:
        return {}
    known = {leaf.id: leaf for leaf in framework.leaves}
    options = bundle.defaults() | dict(snapshot.options)
    park = certificate.park.code
    leaves = [known[one.leaf] for one in lost if one.leaf in known]
    codes = {leaf.id: [*itertools.chain(*leaf_columns(leaf, options))] for leaf in leaves}
    items = [bundle.items[code] for code in dict.fromkeys(itertools.chain(*codes.values()))]
    then = _Said(read_records([park], known_at=snapshot.known_at), items, certificate)
    now = _Said(read_records([park]), items, certificate)
    found: dict[str, dict[str, Any]] = {}
    for one in lost:
        leaf = known.get(one.leaf)
        if leaf is None or one.now is None:
            continue
        is_year = _year(one.now)
        before = then.of(_year(one.before), leaf, codes[leaf.id])
        after = now.of(is_year, leaf, codes[leaf.id])
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        origins = _origins(before, after, changed)
        found[one.leaf] = {
            "facts": [
                _fact(key, before.get(key), after.get(key), is_year, bundle.items, origins)
                for key in sorted(changed)[:MOST]
            ],
            "count": len(changed),
            "roster": _roster(park, snapshot.known_at) if leaf.kind == "share" else [],
            "rules": snapshot.rules_hash != bundle.hash,
        }
    return found


def _family(certificate: Certificate) -> str:
    return "vn-eco-enterprise" if certificate.enterprise_id else "vn-eip"


def _year(row: Mapping[str, object]) -> int:
    return int(str(row["year"]))


class _Said:
    """What records say of items, for the leaves of one certificate; a year is worked out once."""

    def __init__(self, records: pa.Table, items: Sequence[Item], certificate: Certificate) -> None:
        if certificate.enterprise is not None:
            records = records.filter(pc.equal(records["enterprise"], certificate.enterprise.code))
        self._records = records
        self._items = items
        self._by_year: dict[int, dict[tuple[str, str], Stated]] = {}

    def of(self, year: int, leaf: Leaf, codes: Sequence[str]) -> dict[Key, Stated]:
        """Return what was said of the items of a leaf, by enterprise and years back."""
        asked = frozenset(codes)
        return {
            (enterprise, back, code): said
            for back in range(leaf.years)
            for (enterprise, code), said in self._in(year - back).items()
            if code in asked
        }

    def _in(self, year: int) -> dict[tuple[str, str], Stated]:
        if year not in self._by_year:
            said = winners(self._records, [year], self._items)
            self._by_year[year] = {
                (who, code): one for (_park, who, _year, code), one in said.items()
            }
        return self._by_year[year]


def _origins(
    before: Mapping[Key, Stated], after: Mapping[Key, Stated], changed: Sequence[Key]
) -> dict[int, Record]:
    seqs = {side[key].seq for key in changed for side in (before, after) if key in side}
    rows = Record.objects.filter(pk__in=seqs).select_related("author", "batch__reverted_by")
    return {row.pk: row for row in rows}


def _fact(
    key: Key,
    was: Stated | None,
    now: Stated | None,
    year: int,
    items: Mapping[str, Item],
    origins: Mapping[int, Record],
) -> dict[str, Any]:
    enterprise, back, code = key
    item = items[code]
    fact: dict[str, Any] = {
        "item": code,
        "name_vi": item.name.vi,
        "name_en": item.name.en,
        "enterprise": enterprise,
        "year": year - back,
    }
    for side, said in (("was", was), ("now", now)):
        told = (
            say_reported(item, said.value, said.qualifier, said.absence)
            if said
            else say_reported(item, None)
        )
        fact |= {f"{side}_vi": told.vi, f"{side}_en": told.en}
    return fact | _origin(was, now, origins)


def _origin(
    was: Stated | None, now: Stated | None, origins: Mapping[int, Record]
) -> dict[str, str]:
    """Return who made it so: who said the new value, else who took the old one back."""
    gone = origins.get(was.seq) if was else None
    if gone is not None and gone.reverted_at is not None:
        by = gone.batch.reverted_by if gone.batch else None
        name = display_name(by) if by else ""
        return {"by": name, "at": gone.reverted_at.isoformat(), "source": gone.source}
    said = origins.get(now.seq) if now else None
    if said is None:
        return {"by": "", "at": "", "source": ""}
    name = display_name(said.author) if said.author else ""
    return {"by": name, "at": said.recorded_at.isoformat(), "source": said.source}


def _roster(park: str, since: dt.datetime) -> list[dict[str, str]]:
    rows = AuditEntry.objects.filter(park_code=park, at__gt=since, action__in=_ROSTER)[:MOST]
    return [
        {"vi": row.summary_vi, "en": row.summary_en, "by": row.actor_name, "at": row.at.isoformat()}
        for row in rows
    ]
