"""The ideas of a park's last search: found, filtered, ranked, and said to the facilitator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.waste_law import load_waste_law
from sinhthai.rules.waste_law_wording import cite
from sinhthai.symbiosis.engine.bands import CARBON, DISTANCES, VALUES, band_of
from sinhthai.symbiosis.engine.legal import LEGAL_NAMES
from sinhthai.symbiosis.engine.stages import CLOSED
from sinhthai.symbiosis.models import Exchange, Match, MatchRun, Stream, StreamVersion
from sinhthai.symbiosis.readers.agreed import agreed_among
from sinhthai.symbiosis.readers.search import material_names

# Best first: the sign says which way that is.
SORTS = {
    "value": "-value_vnd",
    "score": "-score",
    "co2": "-co2_t",
    "distance": "distance_m",
    "quantity": "-quantity",
}
_PARTNER = Text("doanh nghiệp ở khu khác", "enterprise of another park")


@dataclass(frozen=True, slots=True)
class IdeaFilter:
    """What a reader of the ideas asked for; empty means all."""

    words: str = ""
    family: str = ""
    legal: str = ""
    place: str = ""  # inside or other
    data: str = ""  # reported or estimated
    within_km: float | None = None
    sort: str = "value"
    turned: bool = False  # worst first

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return bool(
            self.words or self.family or self.legal or self.place or self.data or self.within_km
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an idea. A partner outside the park who did not agree has no name here."""

    enterprise: Enterprise | None
    name: str
    material: Text | None
    hidden: bool
    stream: int

    @property
    def said(self) -> Text:
        """The name people gave; where it only names the material, that in both languages."""
        if self.material is not None and not (self.name and self.says_material):
            return self.material
        return Text(self.name, self.name)

    @property
    def says_material(self) -> bool:
        """Say whether the material adds anything to the name people gave."""
        return self.material is not None and self.name not in (self.material.vi, self.material.en)


@dataclass(frozen=True, slots=True)
class Idea:
    """A pair as the facilitator may see it: exact, or in bands while the partner is hidden."""

    match: Match
    offer: Side
    need: Side
    exchange: int | None

    @property
    def hidden(self) -> bool:
        return self.offer.hidden or self.need.hidden

    @property
    def distance(self) -> Text | None:
        return _band(self.match.distance_m, DISTANCES)

    @property
    def value(self) -> Text | None:
        return _band(self.match.value_vnd, VALUES)

    @property
    def carbon(self) -> Text | None:
        return _band(self.match.co2_t, CARBON)

    @property
    def legal(self) -> Text | None:
        return LEGAL_NAMES.get(self.match.legal_status)

    @property
    def reasons(self) -> Mapping[str, Any]:
        return self.match.reasons

    @property
    def cited(self) -> Text:
        """Where the law says so, as a lawyer would write it; empty where no path was found."""
        return cited(self.match)


def cited(match: Match) -> Text:
    """Return the clause a match rests on, in words."""
    return cite(str(match.reasons.get("clause", "")), load_waste_law().instruments)


@dataclass(frozen=True, slots=True)
class Stale:
    """Streams that changed after a search: of the park, and elsewhere in the country."""

    own: int
    others: int

    def __bool__(self) -> bool:
        return bool(self.own or self.others)


def last_run(park: Park) -> MatchRun | None:
    """Return the search whose ideas are shown."""
    return MatchRun.objects.filter(park=park).select_related("park", "by").order_by("-pk").first()


def changed_since(run: MatchRun) -> Stale:
    """Count the streams that changed or were withdrawn since the search."""
    own = Q(enterprise__park=run.park_id)
    later = Q(versions__recorded_at__gt=run.at) | Q(withdrawn_at__gt=run.at)
    counts = Stream.objects.filter(later).aggregate(
        own=Count("pk", filter=own, distinct=True),
        others=Count("pk", filter=~own, distinct=True),
    )
    return Stale(**counts)


def find_ideas(run: MatchRun, asked: IdeaFilter) -> QuerySet[Match]:
    """Return the ideas that fit; what the law forbids comes last, whatever the order."""
    rows = Match.objects.filter(run=run)
    for word in search_words(asked.words):
        rows = rows.filter(search__contains=word)
    if asked.family:
        rows = rows.filter(family=asked.family)
    if asked.legal:
        rows = rows.filter(legal_status=asked.legal)
    if asked.place:
        rows = rows.filter(other_park=asked.place == "other")
    if asked.data:
        rows = rows.filter(estimated=asked.data == "estimated")
    if asked.within_km is not None:
        rows = rows.filter(distance_m__lte=asked.within_km * 1000)
    order = SORTS[asked.sort]
    descending = order.startswith("-") != asked.turned
    column = F(order.removeprefix("-"))
    by = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    return rows.order_by("forbidden", by, "rank", "pk")


def with_names(rows: QuerySet[Match], park: Park) -> QuerySet[Match]:
    """Add the names the streams have now, their enterprises, and the exchange already opened."""

    def name(side: str) -> Subquery:
        versions = StreamVersion.objects.filter(stream=OuterRef(f"{side}_id"), is_current=True)
        return Subquery(versions.values("name")[:1])

    opened = (
        Exchange.objects.filter(park=park, offer=OuterRef("offer_id"), need=OuterRef("need_id"))
        .exclude(stage__in=CLOSED)
        .order_by("-pk")
    )
    return rows.select_related("run", "offer__enterprise", "need__enterprise").annotate(
        offer_name=Coalesce(name("offer"), "family"),
        need_name=Coalesce(name("need"), "family"),
        opened=Subquery(opened.values("pk")[:1]),
    )


def say_ideas(rows: Iterable[Match], park: Park) -> list[Idea]:
    """Return *rows* of ``with_names`` as the facilitator of *park* may see them; one query."""
    found = list(rows)
    outside = [row for row in found if row.other_park]
    streams = {number for row in outside for number in (row.offer_id, row.need_id)}
    agreed = agreed_among(streams) if streams else set()
    return [_idea(row, park, (row.offer_id, row.need_id) in agreed) for row in found]


def looked_at(ideas: Iterable[Idea], park: Park) -> set[int]:
    """Return the streams these ideas let the facilitator read."""
    return {side.stream for idea in ideas for side in (idea.offer, idea.need) if not side.hidden}


def _idea(row: Match, park: Park, agreed: bool) -> Idea:
    names = material_names()

    def side(stream: Stream, name: str, material: str) -> Side:
        known = names.get(material)
        if stream.enterprise.park_id != park.pk and not agreed:
            return Side(None, "", known, True, stream.pk)
        return Side(stream.enterprise, name, known, False, stream.pk)

    given, asked = row.reasons.get("offer_material", ""), row.reasons.get("need_material", "")
    return Idea(
        row,
        side(row.offer, row.offer_name, given),  # type: ignore[attr-defined]
        side(row.need, row.need_name, asked),  # type: ignore[attr-defined]
        row.opened,  # type: ignore[attr-defined]
    )


def _band(value: float | None, bands: Any) -> Text | None:
    found = band_of(value, bands)
    return found.name if found else None


def partner_words() -> Text:
    """Return what stands for a partner whose name may not be shown."""
    return _PARTNER
