"""What an inventory says of one enterprise (or park) and year, ready to be set in any form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.carbon.engine.groups import Spread, Sum, spread_by, sums_by, tonnes_of_waste
from sinhthai.carbon.engine.inventory import compute, counts, keyed_by_method
from sinhthai.carbon.engine.model import Activity, Kind, Line, Scope, Settings, Total
from sinhthai.carbon.engine.parks import split_park
from sinhthai.carbon.engine.thresholds import Duty, Energy, energy_used, must_report
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert

_TREATS: tuple[Kind, ...] = ("landfill", "incineration", "biological")
SourceKey = tuple[Scope, Kind, str, str]
"""Scope, kind, what, category (the category of scope 3 only)."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands outside the totals: CO2 of biomass, a gas of the Montreal Protocol."""

    gas: str
    mass_t: float
    co2e_t: float
    unknown: int


@dataclass(frozen=True, slots=True)
class Report:
    """An inventory of one subject and year; every sum is of this subject and year alone.

    ``scopes`` holds 1, 2, 3 (where it has lines) and None: scopes 1 and 2 together, which the law
    and the headline speak of.
    """

    subject: str
    year: int
    scopes: Mapping[Scope | None, Sum]
    sources: Mapping[SourceKey, Sum]
    gases: Mapping[str, Sum]
    biogenic: Apart | None
    outside: tuple[Apart, ...]
    lines: tuple[Line, ...]
    activities: tuple[Activity, ...]
    energy: Energy
    waste_t: float | None
    duty: Duty | None
    """None of a park: facilities report, a park does not."""
    spread: Spread | None

    @property
    def headline(self) -> Sum:
        """Scopes 1 and 2 together."""
        return self.scopes.get(None) or Sum(0.0, 0.0, 0.0, 0)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The lines without a quantity."""
        return tuple(dict.fromkeys(line.line for line in self.lines if line.mass_t is None))

    @property
    def flags(self) -> tuple[Text, ...]:
        """What the reader must be told of the factors, each thing once."""
        return tuple(dict.fromkeys(flag for line in self.lines for flag in line.flags))


@dataclass(frozen=True, slots=True)
class Park:
    """A park's sum of a year, and what it leaves out."""

    report: Report
    inside: tuple[Activity, ...]
    """Bought from the park, whose own inventory holds the emission."""
    unmatched: tuple[Activity, ...]
    """Bought from the park, which reports nothing that year: counted at the buyer."""


@dataclass(frozen=True, slots=True)
class Study:
    """All reports of a file, and what they were computed with (H6)."""

    reports: tuple[Report, ...]
    parks: tuple[Park, ...]
    settings: Settings
    factors: Factors
    engine: str
    file: str
    sha256: str
    spread: Spread | None = None
    """Of all reports together."""

    @property
    def is_known(self) -> bool:
        """Whether nothing is unknown."""
        shown = [*self.reports, *(park.report for park in self.parks)]
        return not any(total.unknown for one in shown for total in one.scopes.values())


def study(
    activities: Sequence[Activity],
    factors: Factors,
    settings: Settings,
    *,
    park: str = "",
    engine: str = "",
    file: str = "",
    sha256: str = "",
) -> Study:
    """Return the reports of *activities*, and the sums of *park* where one is named.

    Raises
    ------
    InputError : a line that cannot be computed; all of them at once.
    """
    reports, spread = _reports(activities, factors, settings)
    parks: tuple[Park, ...] = ()
    if park:
        own_years = {one.year for one in activities if one.subject == park}
        parks = tuple(
            _park([one for one in activities if one.year == year], park, own_years, factors,
                  settings)
            for year in sorted({one.year for one in activities})
        )  # fmt: skip
    return Study(reports, parks, settings, factors, engine, file, sha256, spread)


def _park(
    activities: Sequence[Activity],
    park: str,
    own_years: Collection[int],
    factors: Factors,
    settings: Settings,
) -> Park:
    split = split_park(activities, park, own_years)
    (report,), _ = _reports(split.counted, factors, settings, as_one=park)
    return Park(report, split.inside, split.unmatched)


def _reports(
    activities: Sequence[Activity], factors: Factors, settings: Settings, *, as_one: str = ""
) -> tuple[tuple[Report, ...], Spread | None]:
    """Return a report for each subject and year; *as_one*: everything belongs to this subject."""
    gwp = factors.gwp(settings.gwp)
    keyed = keyed_by_method(activities, factors, settings)
    inventory = compute(activities, factors, settings)
    whose = [(as_one or one.subject, one.year) for one in activities]
    scopes: dict[tuple[str, int], dict[Scope | None, Sum]] = defaultdict(dict)
    for scope in (1, 2, 3):
        labels = [w if a.scope == scope else None for w, a in zip(whose, activities, strict=True)]
        for owner, total in sums_by(keyed, gwp, labels).items():
            scopes[owner][scope] = total
    direct = [w if a.scope != 3 else None for w, a in zip(whose, activities, strict=True)]
    for owner, total in sums_by(keyed, gwp, direct).items():
        scopes[owner][None] = total
    sources: dict[tuple[str, int], dict[SourceKey, Sum]] = defaultdict(dict)
    by_source = [(w, _source(a)) for w, a in zip(whose, activities, strict=True)]
    for (owner, source), total in sums_by(keyed, gwp, by_source).items():
        sources[owner][source] = total
    gases: dict[tuple[str, int], dict[str, Sum]] = defaultdict(dict)
    for gas in dict.fromkeys(e.gas for key in keyed.keys for e in key):
        for owner, total in sums_by(keyed, gwp, direct, gas=gas).items():
            if total.known_t or total.unknown:
                gases[owner][gas] = total
    spreads: dict[tuple[str, int], Spread] = {}
    whole = None
    if settings.draws:
        spreads, whole = spread_by(keyed, gwp, direct, draws=settings.draws, seed=settings.seed)
    lines: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in inventory.lines:
        lines[as_one or line.subject, line.year].append(line)
    said: dict[tuple[str, int], list[Activity]] = defaultdict(list)
    for owner, one in zip(whose, activities, strict=True):
        said[owner].append(one)
    reports = tuple(
        _report(
            owner, said[owner], lines[owner], scopes[owner], sources[owner], gases[owner],
            spreads.get(owner), factors, is_park=bool(as_one),
        )
        for owner in sorted(said)
    )  # fmt: skip
    return reports, whole


def _report(
    owner: tuple[str, int],
    activities: Sequence[Activity],
    lines: Sequence[Line],
    scopes: Mapping[Scope | None, Sum],
    sources: Mapping[SourceKey, Sum],
    gases: Mapping[str, Sum],
    spread: Spread | None,
    factors: Factors,
    *,
    is_park: bool,
) -> Report:
    own = [one for one in activities if one.scope != 3]
    energy = energy_used(own, factors)
    waste = tonnes_of_waste(
        [_tonnes(one) for one in activities if one.kind in _TREATS and one.scope == 1]
    )
    headline = scopes.get(None) or Sum(0.0, 0.0, 0.0, 0)
    order = sorted(sources, key=lambda source: (source[0], -sources[source].known_t))
    heard = {(line.subject, line.line) for line in lines if counts(line)}
    counted = {_source(one) for one in activities if (one.subject, one.line) in heard}
    return Report(
        subject=owner[0],
        year=owner[1],
        scopes=scopes,
        sources={source: sources[source] for source in order if source in counted},
        gases=dict(sorted(gases.items(), key=lambda pair: -pair[1].known_t)),
        biogenic=next(iter(_apart(line for line in lines if line.is_biogenic)), None),
        outside=tuple(_apart(line for line in lines if line.is_outside)),
        lines=tuple(lines),
        activities=tuple(activities),
        energy=energy,
        waste_t=waste,
        duty=None if is_park else must_report(_total(owner, headline), energy, waste),
        spread=spread,
    )


def _total(owner: tuple[str, int], of: Sum) -> Total:
    known = of.co2e_t is not None
    low, high = (of.low_t, of.high_t) if known else (None, None)
    return Total(*owner, None, of.co2e_t, low, high, of.known_t)


def _source(activity: Activity) -> SourceKey:
    category = activity.category if activity.kind == "other" else ""
    return (activity.scope, activity.kind, activity.what, category)


def _apart(lines: Iterable[Line]) -> list[Apart]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.gas, []).append(line)
    return [
        Apart(
            gas,
            sum(line.mass_t or 0.0 for line in of),
            sum(line.co2e_t or 0.0 for line in of),
            sum(line.mass_t is None for line in of),
        )
        for gas, of in found.items()
    ]


def _tonnes(activity: Activity) -> float | None:
    try:
        return None if activity.quantity is None else convert(activity.quantity, activity.unit, "t")
    except UnitError:
        return None
