"""Search a park's streams for exchanges, pin what was found, and start an exchange from an idea."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from sinhthai import __version__
from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Park
from sinhthai.symbiosis.actions.consent import is_open
from sinhthai.symbiosis.actions.pipeline import open_exchange
from sinhthai.symbiosis.actions.plans import Plan
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.engine.knowledge import Knowledge, load_knowledge
from sinhthai.symbiosis.engine.streams import Streams
from sinhthai.symbiosis.models import Exchange, Match, MatchRun, Participant, Stream
from sinhthai.symbiosis.policy import may_facilitate
from sinhthai.symbiosis.readers.ideas import cited
from sinhthai.symbiosis.readers.search import Found, Sides, material_names, read_sides

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.legal import LegalPath

WIDEST_KM = 2000
TOP = 10  # partners kept of every offer

Row = dict[str, Any]
Finder = Callable[[Streams, dt.date, float], Iterable[Row]]
"""What ranks the pairs: streams, day, radius [km] -> rows of ``MATCH_SCHEMA``, each with its
``path`` (the legal path in words) and ``why`` (the reasons in words), by language."""


def search_matches(
    *,
    user: User,
    park: Park,
    within_km: float,
    at: dt.datetime,
    finder: Finder | None = None,
) -> MatchRun:
    """Rank partners for every offer and need of *park*; earlier runs and their ideas are kept.

    A partner outside the park enters the search coarse (its material, not its words; its
    quantity and place rounded), so nothing shown here tells more than bands do.
    """
    if not may_facilitate(user, park):
        raise refuse("no-right")
    if not 1 <= within_km <= WIDEST_KM:
        raise refuse("distance-out-of-range")
    sides = read_sides(park, within_km)
    if not sides.own:
        raise refuse("no-streams")
    find, today = finder or best_partners, timezone.localdate(at)
    rows = [
        row
        for streams in (sides.outward(), sides.inward())
        if streams.offers.num_rows and streams.needs.num_rows
        for row in find(streams, today, within_km)
    ]
    knowledge = load_knowledge()
    with transaction.atomic():
        run = MatchRun.objects.create(
            park=park,
            at=at,
            by=user,
            within_km=within_km,
            engine_version=__version__,
            knowledge_hash=knowledge.hash,
            input_digest=_digest(sides),
            matches=len(rows),
        )
        Match.objects.bulk_create(
            (_match_row(run, row, sides, knowledge) for row in rows), batch_size=1000
        )
        record_audit(
            actor=user,
            action="symbiosis.search",
            at=at,
            summary=Text(
                "Tìm trao đổi trong {km} km: {count} ý tưởng.",
                "Searched for exchanges within {km} km: {count} ideas.",
            ).format(km=f"{within_km:g}", count=len(rows)),
            park_code=park.code,
            object_kind="match_run",
            object_code=f"{run.pk}",
        )
    return run


def best_partners(streams: Streams, day: dt.date, within_km: float) -> list[Row]:
    """Rank *streams* with the matching engine and say each row's law and reasons in words."""
    from sinhthai.rules.waste_law import load_waste_law
    from sinhthai.symbiosis.engine.explain import reasons
    from sinhthai.symbiosis.engine.matching import match
    from sinhthai.symbiosis.office_codes import load_codes

    found = match(
        streams,
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=day,
        within_km=within_km,
        top=TOP,
    )
    rows: list[Row] = found.table.to_pylist()
    said: dict[LegalPath, Row] = {}  # a few paths, many rows
    for number, row in enumerate(rows):
        path = found.path(number)
        if path is not None and path not in said:
            said[path] = _said_path(path)
        row["path"] = None if path is None else said[path]
        row["why"] = [_both(reason.text) for reason in reasons(found, number)]
    return rows


def start_exchange(*, user: User, match: Match, at: dt.datetime) -> Exchange:
    """Open an exchange from an idea, pinned with everything the idea rested on (H6).

    A partner outside the park is named only when both sides agreed; until then the exchange has
    one party, and the other joins through ``name_partner``.
    """
    park = match.run.park
    if not may_facilitate(user, park):
        raise refuse("no-right")
    if match.forbidden:
        clause = cited(match)
        raise refuse("forbidden-by-law", clause_vi=clause.vi, clause_en=clause.en)
    with transaction.atomic():
        offer, need = _locked_pair(match)
        present = Exchange.objects.filter(park=park, offer=offer, need=need).exclude(
            stage__in=(Exchange.Stage.DROPPED, Exchange.Stage.ENDED)
        )
        known = present.first()
        if known is not None:
            raise refuse("already-started", number=known.pk)
        if offer.withdrawn_at is not None or need.withdrawn_at is not None:
            raise refuse("stale-idea")
        title = _title(match)
        outside = offer.enterprise.park_id != need.enterprise.park_id
        exchange = open_exchange(
            user=user,
            park=park,
            title=title.vi,
            kind=Exchange.Kind.D if outside else Exchange.Kind.A,
            plan=Plan(match.quantity, match.unit, match.value_vnd, None, match.co2_t),
            at=at,
            offer=offer,
            need=need,
            basis=_basis(match) | {"title": _both(title)},
        )
        named = not outside or is_open(offer.pk, need.pk)
        for stream, role in ((offer, Participant.Role.GIVER), (need, Participant.Role.TAKER)):
            if named or stream.enterprise.park_id == park.pk:
                Participant.objects.create(
                    exchange=exchange, enterprise=stream.enterprise, role=role
                )
    return exchange


def _locked_pair(match: Match) -> tuple[Stream, Stream]:
    rows = {
        stream.pk: stream
        for stream in Stream.objects.select_for_update(of=("self",))
        .select_related("enterprise")
        .filter(pk__in=(match.offer_id, match.need_id))
        .order_by("pk")
    }
    return rows[match.offer_id], rows[match.need_id]


def _basis(match: Match) -> dict[str, Any]:
    run = match.run
    return {
        "match": match.pk,
        "run": run.pk,
        "searched_at": run.at.isoformat(),
        "engine_version": run.engine_version,
        "knowledge_hash": run.knowledge_hash,
        "input_digest": run.input_digest,
        "rank": match.rank,
        "score": match.score,
        "rule": match.rule,
        **match.reasons,
    }


def _title(match: Match) -> Text:
    names = material_names()
    offer = names.get(match.reasons.get("offer_material", ""))
    need = names.get(match.reasons.get("need_material", ""))
    if offer is None or need is None:  # only the names are alike: the park's own one says it
        own = match.need if match.offer.enterprise.park_id != match.run.park_id else match.offer
        name = own.versions.get(is_current=True).name
        return Text(name, name)
    return offer if offer == need else Text(f"{offer.vi} → {need.vi}", f"{offer.en} → {need.en}")


def _match_row(run: MatchRun, row: Row, sides: Sides, knowledge: Knowledge) -> Match:
    offer, need = sides.of[int(row["offer"])], sides.of[int(row["need"])]
    material = knowledge.materials.get(row["offer_material"])
    return Match(
        run=run,
        offer_id=offer.stream,
        need_id=need.stream,
        rank=row["rank"],
        score=row["score"],
        distance_m=row["distance_m"],
        value_vnd=row["value_vnd"],
        co2_t=row["co2_t"],
        rule=row["substitution"][:40],
        legal=row["legal"][:40],
        legal_status=row["legal_status"],
        forbidden=row["forbidden"],
        family=material.family[:40] if material else "",
        quantity=row["quantity"],
        unit=row["unit"],
        other_park=not (offer.own and need.own),
        estimated=row["estimated"],
        search=_searchable((offer, need), row),
        reasons=row | {"versions": {"offer": offer.version, "need": need.version}},
    )


def _searchable(pair: Iterable[Found], row: Row) -> str:
    names = material_names()
    words = [
        name
        for key in ("offer_material", "need_material")
        if (said := names.get(row[key])) is not None
        for name in (said.vi, said.en)
    ]
    words += [word for side in pair if side.own for word in (side.name, side.enterprise_name)]
    return fold(" ".join(words))[:500]


def _said_path(path: LegalPath) -> Row:
    """Return the legal path as it is pinned: words, papers, source, whether a lawyer checked."""
    return {
        "id": path.id,
        "status": path.status,
        "clause": path.clause,
        "cited": _both(path.cited),
        "title": _both(path.title),
        "papers": [_both(paper) for paper in path.papers],
        "why": _both(path.why),
        "verified": path.verified,
        "source": str(path.source),
    }


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _digest(sides: Sides) -> str:
    """Return the SHA-256 of the versions searched, whatever their order."""
    versions = ",".join(
        str(one.version) for one in sorted(sides.of.values(), key=lambda f: f.version)
    )
    return hashlib.sha256(versions.encode()).hexdigest()
