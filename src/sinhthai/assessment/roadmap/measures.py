"""The efficiency measures an enterprise could take, sized from what it reported to use. Pure.

Typical share of the end use x typical saving x reported use: an estimate, and marked as one. Where
no use is reported nothing is sized and no measure is offered (H1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sinhthai.assessment.engine.roadmap.model import Option
from sinhthai.assessment.roadmap.model import Asked, Candidate, Firm
from sinhthai.assessment.roadmap.tables import load_assumptions, load_use_shares
from sinhthai.efficiency.engine.catalogue import load_catalogue, suits
from sinhthai.efficiency.engine.model import Figure, Measure
from sinhthai.factors.loading import load_factors
from sinhthai.factors.lookup import Factors, NoFactor
from sinhthai.foundation.text import Text

PER_FIRM = 4  # the best of an enterprise; more would be a catalogue, not a choice
_FUELS = (("fuel-oil", "oil-price", "t"), ("natural-gas", "gas-price", "m**3"))
_VOLTAGE = "22kV"
_KG = 1e-3
_KWH = 1e3
_LIFE = 8.0


@dataclass(frozen=True, slots=True)
class _Sized:
    """A measure at one enterprise: VND and t CO2e a year, VND to invest."""

    measure: Measure
    share: float
    saving: float
    co2e: float
    cost: float
    low: float
    high: float
    life: int
    by_payback: bool

    def worth(self, rate: float) -> float:
        """Return its net present value [VND] over its life."""
        years = (1.0 - (1.0 + rate) ** -self.life) / rate if rate else float(self.life)
        return self.saving * years - self.cost


def measures_of(firm: Firm, leaf: str, asked: Asked) -> list[Candidate]:
    """Return the measures worth most to *firm*, each counted for *leaf*; best first."""
    sized = [one for measure in load_catalogue() if (one := _size(measure, firm, asked))]
    sized.sort(key=lambda one: (-one.worth(asked.rate), one.measure.id))
    offered = {one.measure.id for one in sized[:PER_FIRM]}
    return [_candidate(one, firm, leaf, offered) for one in sized[:PER_FIRM]]


def _size(measure: Measure, firm: Firm, asked: Asked) -> _Sized | None:
    share, part = _middle(measure.saving), load_use_shares().get(measure.use)
    if not share or part is None or measure.per or not suits(measure, firm.vsic):
        return None
    value = carbon = 0.0
    for carrier, money, tonnes in _worth_of_use(measure, firm, asked.first):
        if carrier in firm.uses:
            value += firm.uses[carrier] * part * share * money
            carbon += firm.uses[carrier] * part * share * tonnes
    if value <= 0:
        return None
    cost, low, high, by_payback = _cost(measure, value)
    life = round(_middle(measure.life) or _LIFE)
    return _Sized(measure, share, value, carbon, cost, low, high, max(life, 1), by_payback)


def _worth_of_use(measure: Measure, firm: Firm, year: int) -> Iterator[tuple[str, float, float]]:
    """Yield carrier, VND and t CO2e of a unit of it."""
    factors = load_factors()
    carrier = measure.use.partition(".")[0]
    if carrier == "electricity":
        price = _tariff(factors, year) * _KWH
        grid = factors.choose(
            "electricity", "emission", gas="CO2", year=year, last_published=True
        ).factor.value
        yield "electricity", price, grid
    if carrier == "fuel":
        for fuel, price_id, unit in _FUELS:
            yield fuel, load_assumptions()[price_id].value, _burnt(factors, fuel, unit, year)


def _tariff(factors: Factors, year: int) -> float:
    """Return the normal price of a kWh [VND] on the last day of the year, or today's latest."""
    try:
        return factors.tariff(dt.date(year, 12, 31), _VOLTAGE).normal
    except NoFactor:
        latest = max(
            (t for t in factors.tariffs if t.voltage == _VOLTAGE), key=lambda t: t.valid_from
        )
        return latest.normal


def _burnt(factors: Factors, fuel: str, unit: str, year: int) -> float:
    """Return t CO2 of a *unit* of *fuel*: NCV [GJ/t] x emission [kg/TJ], with density a volume."""
    ncv = factors.choose(fuel, "ncv", year=year, last_published=True).factor.value
    emission = factors.choose(
        fuel, "emission", gas="CO2", year=year, category="manufacturing", last_published=True
    ).factor.value
    per_tonne = ncv * emission * 1e-6  # GJ/t x kg/TJ = 1e-3 kg/t = 1e-6 t/t
    if unit == "t":
        return per_tonne
    density = factors.choose(fuel, "density", year=year, last_published=True).factor.value
    return per_tonne * density * _KG


def _cost(measure: Measure, saving: float) -> tuple[float, float, float, bool]:
    """Return investment, its bounds [VND], and whether it follows from the payback."""
    years = _middle(measure.payback)
    if years is not None:
        low, high = (years if bound is None else bound for bound in measure.payback.bounds)
        return saving * years, saving * low, saving * high, True
    by_class = load_assumptions()[f"cost-{measure.cost_class or 'M'}"]
    return by_class.value, by_class.low, by_class.high, False


def _middle(figure: Figure) -> float | None:
    """Return the typical figure, else the middle of the bounds that are known."""
    if figure.typical is not None:
        return figure.typical
    known = [value for value in (figure.low, figure.high) if value is not None]
    return sum(known) / len(known) if known else None


def _candidate(one: _Sized, firm: Firm, leaf: str, offered: set[str]) -> Candidate:
    measure = one.measure
    excludes = tuple(f"measure:{name}:{firm.code}" for name in measure.excludes if name in offered)
    option = Option(
        f"measure:{measure.id}:{firm.code}", measure.name.en, "measure", one.cost, one.saving,
        one.co2e, life=one.life, gives={leaf: 1.0}, enterprises=(firm.code,),
        use=f"{firm.code}/{measure.use}", share=one.share, excludes=excludes,
    )  # fmt: skip
    percent = f"{one.share * 100:.0f}"
    why = Text(
        f"tiết kiệm điển hình {percent} % của phần tiêu thụ đã khai; được tính là có kết quả RECP",
        f"typically saves {percent} % of a use that was reported; counts as a RECP result",
    )
    cost = (
        Text("chi phí suy từ thời gian hoàn vốn", "cost from the payback")
        if one.by_payback
        else Text(
            f"chi phí theo loại {measure.cost_class or 'M'}",
            f"cost by class {measure.cost_class or 'M'}",
        )
    )
    source = Text(
        f"danh mục giải pháp ({measure.saving.source}); {cost.vi}; ước tính, chưa kiểm chứng",
        f"catalogue of measures ({measure.saving.source}); {cost.en}; estimated, not verified",
    )
    return Candidate(
        option, measure.name, why, source, True, one.low, one.high, firm.name, 6
    )  # fmt: skip
