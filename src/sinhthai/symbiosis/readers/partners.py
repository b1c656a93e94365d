"""Possible partners of an enterprise, by band: computed live, from coarse partners only.

What is shown before both agreed is a function of own streams and of partners made coarse
(``streams.made_coarse``): no wording, order or probing tells more than those steps. Pairs are
named by keyed digests of viewer and streams, so no number of another's stream leaves the server.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine import bands
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.legal import LegalPath
from sinhthai.symbiosis.engine.matching import match
from sinhthai.symbiosis.engine.streams import ALL_YEAR
from sinhthai.symbiosis.models import Consent, Stream, StreamVersion
from sinhthai.symbiosis.office_codes import load_codes
from sinhthai.symbiosis.readers.anonymity import common_kinds, industry_of, is_small
from sinhthai.symbiosis.readers.knowledge import material_name, suggest
from sinhthai.symbiosis.readers.pairs import (
    Agreed,
    Answers,
    Pair,
    agreed_pairs,
    answers_about,
    find_token,
    pair_token,
)
from sinhthai.symbiosis.readers.streams import (
    COLUMNS,
    current_versions,
    made_coarse,
    streams_table,
)

WITHIN_KM = 50.0
TOP = 20
MOST_CANDIDATES = 1000
MOST_CHANGES_A_DAY = 20
"""A stream changed more often than this in a day shows no partners until the day is over."""
_KM_PER_DEGREE = 111.2

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Partner:
    """A possible partner of one own stream, as far as it may be known."""

    token: str
    own: int
    own_name: str
    own_is_offer: bool
    who: Text
    distance: bands.Band | None
    coverage: bands.Band | None
    value: bands.Band | None
    carbon: bands.Band | None
    offered: Text
    wanted: Text
    treatment: Text | None
    path: LegalPath | None
    forbidden: bool
    estimated: bool
    score: float  # orders the list, is not shown
    mine: str
    theirs: str

    @property
    def is_open(self) -> bool:
        """Whether both agreed to be named."""
        return self.mine == self.theirs == Consent.Answer.YES


@dataclass(frozen=True, slots=True)
class Found:
    """The partners of an enterprise, and what stands in the way of more."""

    partners: list[Partner]
    agreed: list[Agreed]
    streams: int  # own streams asked for
    unknown: int  # own streams taken for no material
    no_place: bool = False
    too_often: tuple[str, ...] = ()  # own streams changed too often today
    cut: bool = False  # more candidates lie near than are looked at


def find_partners(
    enterprise: Enterprise, viewer: User, *, at: dt.datetime, day: dt.date, only: int | None = None
) -> Found:
    """Return the possible partners of an enterprise's streams (of one of them with *only*).

    The law in force on *day* decides what is forbidden; *at* is now.
    """
    own = [
        row
        for row in _own_rows(Stream.objects.filter(enterprise=enterprise, withdrawn_at=None), at)
        if only is None or row["stream_id"] == only
    ]
    answers = answers_about(row["stream_id"] for row in own)
    agreed = agreed_pairs(enterprise, viewer, answers)
    unknown = sum(not row["material"] for row in own)
    often = tuple(row["name"] for row in own if row["changes"] > MOST_CHANGES_A_DAY)
    asked = [row for row in own if row["material"] and row["changes"] <= MOST_CHANGES_A_DAY]
    placed = _placed(asked)
    if not placed:
        return Found([], agreed, len(own), unknown, bool(asked), often)
    candidates = _candidates(enterprise, placed)
    near = candidates[:MOST_CANDIDATES]
    partners = list(_matched(enterprise, placed, near, viewer, day, answers)) if near else []
    partners.sort(key=lambda one: (one.own_name, one.own, one.forbidden, -one.score, one.token))
    return Found(
        partners, agreed, len(own), unknown, False, often, len(candidates) > MOST_CANDIDATES
    )


def pair_of(enterprise: Enterprise, viewer: User, token: str, *, at: dt.datetime) -> Pair | None:
    """Return the own and the partner's stream a token names; None when it names no pair.

    It is looked for among what the viewer may be shown: pairs that were ever answered, and
    streams near enough that some rule joins.
    """
    own = _own_rows(Stream.objects.filter(enterprise=enterprise), at)
    mine = {row["stream_id"] for row in own}
    answered = {(a, b) if a in mine else (b, a) for a, b in answers_about(mine)}
    found = find_token(viewer, token, answered)
    placed = _placed(row for row in own if row["material"])
    if found is None and placed:
        candidates = _candidates(enterprise, placed)[:MOST_CANDIDATES]
        found = find_token(viewer, token, _joined(placed, candidates))
    return found


def warm_up() -> None:
    """Do once what the first page of partners and the first suggestion would wait for."""
    suggest("tro bay")
    row: Row = dict.fromkeys((*COLUMNS, "lat", "lon"), "") | {
        "quantity": 1.0,
        "quantity_min": None,
        "quantity_max": None,
        "months": ALL_YEAR,
        "sorted": None,
        "price": None,
        "quality": {},
        "unit": "t",
        "lat": 10.6,
        "lon": 106.7,
    }
    rule = next(iter(load_knowledge().substitutions.values()))
    pair = (
        row | {"stream_id": 1, "stream__direction": "offer", "material": rule.offer},
        row
        | {
            "stream_id": 2,
            "stream__direction": "need",
            "material": rule.need,
            "stream__enterprise__code": "2",
        },
    )
    match(
        streams_table(pair),
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=dt.date(2026, 1, 1),
    )


def _yes_or_nothing(answer: str) -> str:
    """Return what one side may know of the other's answer: a no looks like no answer yet."""
    return answer if answer == Consent.Answer.YES else ""


def _own_rows(streams: Any, at: dt.datetime) -> list[Row]:
    since = at - dt.timedelta(days=1)
    changes = Count("stream__versions", filter=Q(stream__versions__recorded_at__gt=since))
    rows = current_versions(streams).annotate(changes=changes).order_by("stream_id")
    return list(rows.values(*COLUMNS, "lat", "lon", "changes"))


def _placed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["lat"] is not None and row["lon"] is not None]


def _partners_of(material: str, *, is_offer: bool) -> set[str]:
    """Return the materials some rule joins to one: itself, and what it becomes or is made of."""
    knowledge = load_knowledge()
    if is_offer:
        return {material} | {rule.need for rule in knowledge.by_offer.get(material, ())}
    return {material} | {
        rule.offer for rule in knowledge.substitutions.values() if rule.need == material
    }


def _joined(own: Iterable[Row], candidates: Iterable[Row]) -> Iterator[Pair]:
    """Yield every pair a rule joins; more than the engine ranks, so that no token is orphaned."""
    others = list(candidates)
    for row in own:
        direction = row["stream__direction"]
        wanted = _partners_of(row["material"], is_offer=direction == Stream.Direction.OFFER)
        for other in others:
            if other["stream__direction"] != direction and other["material"] in wanted:
                yield row["stream_id"], other["stream_id"]


def _candidates(enterprise: Enterprise, own: list[Row]) -> list[Row]:
    """Return the streams of others near enough whose material some rule joins to an own one."""
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for row in own:
        is_offer = row["stream__direction"] == Stream.Direction.OFFER
        sides[is_offer] |= _partners_of(row["material"], is_offer=is_offer)
    joined = Q(stream__direction=Stream.Direction.NEED, material__in=sides[True]) | Q(
        stream__direction=Stream.Direction.OFFER, material__in=sides[False]
    )
    rows = current_versions().filter(joined, *_near(own)).exclude(stream__enterprise=enterprise)
    found = rows.order_by("stream_id").values(*COLUMNS, "lat", "lon", "stream__enterprise__vsic")
    return list(found[: MOST_CANDIDATES + 1])


def _near(own: list[Row]) -> tuple[Q, Q]:
    """Return a box around the own places; the engine measures the distance itself.

    It is a square wider than the radius on every side: what falls out of the box must not tell
    where in its square a partner lies.
    """
    high = WITHIN_KM / _KM_PER_DEGREE + bands.CELL_DEGREES
    lats, lons = [row["lat"] for row in own], [row["lon"] for row in own]
    farthest = max(abs(lat) for lat in lats)
    wide = high / max(math.cos(math.radians(farthest)), 0.1)
    return (
        Q(lat__range=(min(lats) - high, max(lats) + high)),
        Q(lon__range=(min(lons) - wide, max(lons) + wide)),
    )


def _matched(
    enterprise: Enterprise,
    own: list[Row],
    candidates: list[Row],
    viewer: User,
    day: dt.date,
    answers: Answers,
) -> Iterator[Partner]:
    """Rank coarse partners by the engine that ranks everything, each direction by itself."""
    hide_park = {"stream__enterprise__park__code": None} if is_small(enterprise.park) else {}
    coarse = [
        made_coarse(row, name=material_name(row["material"]).vi) | hide_park for row in candidates
    ]
    divisions = {row["stream__enterprise__vsic"][:2] for row in candidates} - {""}
    common = common_kinds(divisions, beside=enterprise)
    mine = {str(row["stream_id"]): row for row in own}
    others = {str(row["stream_id"]): row for row in candidates}
    knowledge = load_knowledge()
    for side, other_side in (("offer", "need"), ("need", "offer")):
        ours = [row for row in own if row["stream__direction"] == side]
        theirs = [row for row in coarse if row["stream__direction"] == other_side]
        if not ours or not theirs:
            continue
        found = match(
            streams_table([*ours, *theirs]), knowledge, load_codes(), load_waste_law(),
            day=day, within_km=WITHIN_KM, top=TOP,
        )  # fmt: skip
        for at, row in enumerate(found.table.to_pylist()):
            if row["kind"] == "text":
                continue  # the words of others are not compared here
            a, b = mine[row[side]], others[row[other_side]]
            rule = knowledge.substitutions.get(row["substitution"])
            pair = (a["stream_id"], b["stream_id"])
            yield Partner(
                token=pair_token(viewer, *pair),
                own=pair[0],
                own_name=a["name"],
                own_is_offer=side == "offer",
                who=industry_of(b["stream__enterprise__vsic"], b["lat"], b["lon"], common),
                distance=bands.band_of(row["distance_m"], bands.DISTANCES),
                coverage=bands.band_of(row["coverage"], bands.COVERAGES),
                value=bands.band_of(row["value_vnd"], bands.VALUES),
                carbon=bands.band_of(row["co2_t"], bands.CARBON),
                offered=material_name(row["offer_material"]),
                wanted=material_name(row["need_material"]),
                treatment=rule.treatment if rule and rule.treatment.vi else None,
                path=found.path(at),
                forbidden=row["forbidden"],
                estimated=b["origin"] == StreamVersion.Origin.PROFILE,
                score=row["score"],
                mine=answers.get(pair, ""),
                theirs=_yes_or_nothing(answers.get((pair[1], pair[0]), "")),
            )
