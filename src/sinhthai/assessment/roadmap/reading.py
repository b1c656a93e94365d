"""A park of the store as the ground of a roadmap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sinhthai.assessment.readers import default_year, items_needed, years_needed
from sinhthai.assessment.roadmap.ground import ITEMS, ground_of
from sinhthai.assessment.roadmap.model import Firm, Ground, Trade
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.engine.facts import build_facts
from sinhthai.reporting.readers import read_records, read_roster, years_reported
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework
from sinhthai.symbiosis.engine.stages import OPEN
from sinhthai.symbiosis.models import Exchange, Match, MatchRun
from sinhthai.symbiosis.readers.ideas import with_names
from sinhthai.symbiosis.readers.search import material_names
from sinhthai.symbiosis.wording import title_of

IDEAS = 20  # the best of the last search; further ones would not be chosen before them


def ground_of_park(
    park: Park,
    framework: Framework,
    on: dt.date,
    *,
    known_at: dt.datetime,
    options: Mapping[str, str] | None = None,
) -> Ground:
    """Return *park* as *framework* finds it by the rules of the day *on*, with what is known now.

    Seven queries.
    """
    bundle = load_bundle()
    year = default_year(years_reported([park.code]).get(park.code, ()), on)
    window = max(leaf.years for leaf in framework.leaves)
    years = years_needed([framework], range(year, year + window))
    records = read_records([park.code], known_at=known_at)
    roster = read_roster([park.code], years)
    wanted = {item.code: item for item in items_needed(bundle, [framework])}
    wanted |= {code: bundle.items[code] for code in ITEMS}
    facts = build_facts(records, roster, years, list(wanted.values()))
    known = Enterprise.objects.filter(park=park).order_by("search", "pk")
    firms = {
        one.code: Firm(one.code, Text(one.name_vi, one.name_en or one.name_vi), one.vsic)
        for one in known
    }
    return ground_of(
        code=park.code,
        name=Text(park.name_vi, park.name_en or park.name_vi),
        framework=framework,
        on=on,
        year=year,
        readings=bundle.defaults() | dict(options or {}),
        facts=facts,
        firms=firms,
        trades=(*_exchanges(park), *_ideas(park)),
        known_at=known_at,
        invented=park.invented,
    )


def _exchanges(park: Park) -> Sequence[Trade]:
    """Return the exchanges of the park that do not run yet."""
    rows = Exchange.objects.filter(park=park, stage__in=OPEN).order_by("pk")
    return [
        Trade(
            id=f"exchange:{row.pk}",
            name=title_of(row.title, row.basis),
            enterprises=_inside(row, park),
            investment=row.investment_vnd,
            value=row.value_vnd,
            co2e=row.co2_t,
            stage=row.stage,
            estimated=True,
        )
        for row in rows.prefetch_related("participants__enterprise")
    ]


def _inside(exchange: Exchange, park: Park) -> tuple[str, ...]:
    parties = (party.enterprise for party in exchange.participants.all())
    return tuple(sorted({one.code for one in parties if one and one.park_id == park.pk}))


def _ideas(park: Park) -> Sequence[Trade]:
    """Return the best ideas inside the park of its last search that nobody took up.

    A partner in another park stays out: it has not agreed to be named.
    """
    run = MatchRun.objects.filter(park=park).order_by("-pk").first()
    if run is None:
        return []
    rows = Match.objects.filter(run=run, forbidden=False, other_park=False)
    found = with_names(rows.order_by("-value_vnd", "rank", "pk"), park)[: 2 * IDEAS]
    names = material_names()
    trades = []
    for row in found:
        if row.opened is not None:  # type: ignore[attr-defined]
            continue
        pair = (row.reasons.get("offer_material", ""), row.reasons.get("need_material", ""))
        unnamed = Text(row.offer_name, row.offer_name)  # type: ignore[attr-defined]
        given, taken = (names.get(material, unnamed) for material in pair)
        trades.append(
            Trade(
                id=f"idea:{row.offer_id}-{row.need_id}",
                name=Text(f"{given.vi} → {taken.vi}", f"{given.en} → {taken.en}"),
                enterprises=tuple(sorted({row.offer.enterprise.code, row.need.enterprise.code})),
                investment=None,
                value=row.value_vnd,
                co2e=row.co2_t,
                estimated=True,
            )
        )
    return trades[:IDEAS]
