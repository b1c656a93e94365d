"""A report taken apart into what Excel needs to compute it again: constants, factors, errors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sinhthai.carbon.documents.report import Report, Study
from sinhthai.carbon.engine.columns import potential, weight_of
from sinhthai.carbon.engine.emission import Emission, half_width
from sinhthai.carbon.engine.inventory import counts, keyed_by_method, quantities_of
from sinhthai.carbon.engine.model import Line, Scope
from sinhthai.factors.model import Factor

FactorKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A factor of a product; ``is_rest``: it enters as one less the factor."""

    factor: Factor
    is_rest: bool

    @property
    def key(self) -> FactorKey:
        """What tells factors apart: two plants' own values may bear one id."""
        return (self.factor.id, self.factor.value, self.factor.low, self.factor.high)

    @property
    def name(self) -> str:
        """Id with the value: what sums over lines look for."""
        return f"{self.factor.id} = {self.factor.value:.15g}"

    @property
    def half(self) -> float:
        """Half-width of its interval, as a share."""
        return half_width(self.factor) / 100.0

    @property
    def times(self) -> float:
        """The number that enters the product."""
        return 1.0 - self.factor.value if self.is_rest else self.factor.value


@dataclass(frozen=True, slots=True)
class Used:
    """A line as ``constant x factors x quantity + offset``."""

    line: Line
    quantity: float | None
    unit: str
    half: float
    constant: float
    factors: tuple[Multiplier, ...]
    slope: float
    offset: float
    gwp: float
    counts: bool

    @property
    def moving(self) -> float:
        """The part that moves with the quantity and counts [t CO2e]; 0 where it is unknown."""
        if not self.counts or self.line.mass_t is None:
            return 0.0
        return (self.line.mass_t - self.offset) * self.gwp


@dataclass(frozen=True, slots=True)
class Part:
    """A report with its lines; ``spans`` are the first and last line of each activity."""

    report: Report
    lines: tuple[Used, ...]
    spans: tuple[tuple[int, int], ...]

    def quantities(self, first: int) -> Iterator[tuple[str, tuple[int, int], Scope, float, float]]:
        """Yield each activity: name, rows from *first*, scope, half-width, what moves with it."""
        for start, end in self.spans:
            lines = self.lines[start : end + 1]
            moving = sum(one.moving for one in lines)
            if moving:
                one = lines[0]
                rows = (first + start, first + end)
                yield one.line.line, rows, one.line.scope, one.half, moving

    def factors(self, scopes: Sequence[Scope]) -> list[tuple[FactorKey, str, float]]:
        """Return each factor with an interval: its key, name and error in a total [t CO2e]."""
        errors: dict[FactorKey, tuple[str, float]] = {}
        for one in self.lines:
            if one.line.scope not in scopes or not one.moving:
                continue
            for used in one.factors:
                if used.half:
                    name, error = errors.get(used.key, (used.name, 0.0))
                    errors[used.key] = (name, error + used.half * one.moving)
        return [(key, name, error) for key, (name, error) in errors.items()]

    def unknown(self, scopes: Sequence[Scope]) -> int:
        """Return how many lines of *scopes* have no mass."""
        return sum(one.line.mass_t is None and one.line.scope in scopes for one in self.lines)


def part_of(report: Report, study: Study) -> Part:
    """Return *report* taken apart; its lines in their order."""
    keyed = keyed_by_method(report.activities, study.factors, study.settings)
    _, half = quantities_of(keyed)
    gwp = study.factors.gwp(study.settings.gwp)
    lines: list[Used] = []
    spans: list[tuple[int, int]] = []
    remaining = iter(report.lines)
    for activity, key, share in zip(keyed.activities, keyed.key, half, strict=True):
        start = len(lines)
        for emission in keyed.keys[key]:
            line = next(remaining)
            used = _multipliers(emission, activity.kind)
            lines.append(
                Used(
                    line=line,
                    quantity=activity.quantity,
                    unit=activity.unit,
                    half=float(share),
                    constant=_constant(emission, used),
                    factors=used,
                    slope=emission.slope,
                    offset=emission.offset,
                    gwp=potential(emission.gas, gwp),
                    counts=counts(line) and bool(weight_of(emission, gwp)),
                )
            )
        spans.append((start, len(lines) - 1))
    return Part(report, tuple(lines), tuple(spans))


def _multipliers(emission: Emission, kind: str) -> tuple[Multiplier, ...]:
    """Return the factors of a slope; the cullet of glass and fossil carbon of the rest as 1 - f."""
    return tuple(
        Multiplier(
            factor,
            (kind == "process" and factor.quantity == "cullet")
            or (factor.quantity == "fossil" and emission.is_biogenic),
        )
        for factor in emission.factors
    )


def _constant(emission: Emission, used: Sequence[Multiplier]) -> float:
    """Return what the slope is besides its factors: units, shares, 44/12."""
    product = math.prod(one.times for one in used)
    return emission.slope / product if product else 0.0
