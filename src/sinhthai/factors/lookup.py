"""Which factor applies: by activity, quantity, gas, category and year, under a stated policy.

A row that is not verified never wins over a verified one: it is shown beside it. A year without
a factor is an error that names the last year published; it is used only when asked for.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sinhthai.factors.model import (
    Activity,
    Authority,
    Band,
    Card,
    Choice,
    Factor,
    GwpName,
    GwpSet,
    Policy,
    Price,
    Tariff,
)
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold

_ORDER: Mapping[Policy, tuple[Authority, ...]] = {
    "national": ("plant", "national", "ipcc2006", "ipcc2019", "practice", "published"),
    "ipcc2006": ("plant", "ipcc2006", "ipcc2019", "national", "practice", "published"),
    "ipcc2019": ("plant", "ipcc2019", "ipcc2006", "national", "practice", "published"),
}
_REASONS: Mapping[Policy, Text] = {
    "national": Text(
        "danh mục quốc gia trước, IPCC sau (Thông tư 38/2023, Điều 18)",
        "the national list before IPCC (Circular 38/2023, Art. 18)",
    ),
    "ipcc2006": Text("hướng dẫn IPCC 2006 trước", "the 2006 IPCC Guidelines first"),
    "ipcc2019": Text("bản hoàn thiện IPCC 2019 trước", "the 2019 Refinement first"),
}
VOLTAGES = ("110kV", "22kV", "6kV", "low")


class NoFactor(InputError):
    """No table has this factor for this year."""


class UnknownActivity(InputError):
    """Nothing in the tables has this name."""


@dataclass(frozen=True)
class Factors:
    """All tables of one folder; ``hash`` pins their content."""

    cards: Mapping[str, Card]
    activities: Mapping[str, Activity]
    factors: Sequence[Factor]
    gwp_sets: Mapping[GwpName, GwpSet]
    blends: Mapping[str, Mapping[str, float]]
    tariffs: Sequence[Tariff]
    bands: Sequence[Band]
    prices: Sequence[Price]
    hash: str = field(compare=False)

    def choose(
        self,
        activity: str,
        quantity: str,
        *,
        year: int,
        gas: str = "",
        category: str = "",
        policy: Policy = "national",
        last_published: bool = False,
    ) -> Choice:
        """Return the factor of *activity* that holds at the end of *year*.

        Rows of the *category* and rows of no category are held side by side: verified before not
        verified, then by the policy, then the one of the category. *last_published* allows the
        latest earlier year, and the choice then says so.

        Raises
        ------
        NoFactor : no table has it, or none for this year.

        >>> from sinhthai.factors.loading import load_factors
        >>> grid = load_factors().choose("electricity", "emission", gas="CO2", year=2023)
        >>> grid.factor.value, grid.factor.unit
        (0.6592, 't/MWh')
        """
        day = dt.date(year, 12, 31)
        rows = self._index.get((activity, quantity, gas), [])
        rows = [row for row in rows if row.category in (category, "")]
        valid = [row for row in rows if row.holds_on(day)]
        rolled = False
        if not valid:
            ended = [row for row in rows if row.valid_to is not None and row.valid_to < day]
            if not (last_published and ended):
                raise NoFactor([self._missing(activity, quantity, gas, category, year, ended)])
            latest = max(row.valid_to for row in ended if row.valid_to)
            valid, rolled = [row for row in ended if row.valid_to == latest], True
        order = _ORDER[policy]
        ranked = sorted(
            valid,
            key=lambda row: (
                not row.verified,
                order.index(self.cards[row.table].authority),
                row.category != category,
            ),
        )
        return Choice(ranked[0], tuple(ranked[1:]), _REASONS[policy], rolled)

    def has(self, activity: str, quantity: str, *, gas: str = "") -> bool:
        """Say whether any table has such a factor, of any category and year."""
        return (activity, quantity, gas) in self._index

    def gwp(self, name: GwpName) -> GwpSet:
        """Return the set of global warming potentials of that name."""
        return self.gwp_sets[name]

    def gases_of(self, refrigerant: str) -> Mapping[str, float]:
        """Return the gases of a refrigerant by mass share; one gas is all of itself.

        >>> from sinhthai.factors.loading import load_factors
        >>> dict(load_factors().gases_of("r-410a"))
        {'HFC-32': 0.5, 'HFC-125': 0.5}
        """
        if refrigerant in self.blends:
            return self.blends[refrigerant]
        name = self._gases.get(refrigerant.lower())
        if name is None:
            raise UnknownActivity([self._unknown(refrigerant)])
        return {name: 1.0}

    def activity_of(self, written: str) -> Activity:
        """Return what people mean by *written*: an id, a name in either language, an alias.

        Raises
        ------
        UnknownActivity : nothing has this name; the nearest names are proposed.

        >>> from sinhthai.factors.loading import load_factors
        >>> load_factors().activity_of("Dầu DO").id
        'diesel'
        """
        found = self._names.get(_key(written))
        if found is None:
            raise UnknownActivity([self._unknown(written)])
        return self.activities[found]

    def tariff(self, on: dt.date, voltage: str) -> Tariff:
        """Return the electricity tariff of production in force on *on* at *voltage*.

        Raises
        ------
        NoFactor : no tariff is known for that day or voltage.
        """
        for tariff in self.tariffs:
            ended = tariff.valid_to is not None and tariff.valid_to < on
            if tariff.voltage == voltage and tariff.valid_from <= on and not ended:
                return tariff
        raise NoFactor([_no_tariff(on, voltage, self.tariffs)])

    def bands_on(self, on: dt.date) -> tuple[Band, ...]:
        """Return the hours with a price of their own on *on*; the rest are normal."""
        return tuple(
            band
            for band in self.bands
            if band.valid_from <= on
            and (band.valid_to is None or on <= band.valid_to)
            and (band.on_sundays or on.weekday() < 6)
        )

    @cached_property
    def by_id(self) -> Mapping[str, Factor]:
        """Every factor by its id: how a trace finds what it named."""
        return {factor.id: factor for factor in self.factors}

    @cached_property
    def _index(self) -> Mapping[tuple[str, str, str], list[Factor]]:
        index: dict[tuple[str, str, str], list[Factor]] = defaultdict(list)
        for factor in self.factors:
            index[factor.activity, factor.quantity, factor.gas].append(factor)
        return dict(index)

    @cached_property
    def _gases(self) -> Mapping[str, str]:
        return {gas.lower(): gas for gas in self.gwp_sets["AR5"].values}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for activity in self.activities.values():
            for name in (activity.id, activity.name.vi, activity.name.en, *activity.aliases):
                names.setdefault(_key(name), activity.id)
        return names

    def _missing(
        self,
        activity: str,
        quantity: str,
        gas: str,
        category: str,
        year: int,
        ended: Sequence[Factor],
    ) -> Problem:
        known = self.activities.get(activity)
        name = known.name if known else Text(activity, activity)
        what = " ".join(part for part in (quantity, gas, category) if part)
        message = Text(
            f"Không có hệ số «{what}» của «{name.vi}» cho năm {year}.",
            f"There is no factor '{what}' of '{name.en}' for {year}.",
        )
        if ended:
            last = max(row.valid_to for row in ended if row.valid_to).year
            cure = Text(
                f"Năm công bố gần nhất là {last}. Chờ công bố, nhập hệ số của cơ sở, hoặc cho phép"
                " dùng năm gần nhất (kết quả sẽ ghi rõ).",
                f"The last one published is of {last}. Wait for it, enter the plant's own, or "
                "allow the last one published (the result will say so).",
            )
        else:
            cure = Text(
                "Nhập hệ số đo của cơ sở, hoặc chọn hoạt động khác.",
                "Enter the plant's own factor, or choose another activity.",
            )
        return Problem("no-factor", message, cure)

    def _unknown(self, written: str) -> Problem:
        near = difflib.get_close_matches(_key(written), self._names, n=3, cutoff=0.6)
        names = [self.activities[self._names[key]].name for key in near]
        vi, en = "; ".join(n.vi for n in names), "; ".join(n.en for n in names)
        return Problem(
            "unknown-activity",
            Text(f"Không rõ «{written}» là gì.", f"'{written}' is not known."),
            Text(
                f"Có phải: {vi}?" if near else "Xem danh mục: sinhthai factors list.",
                f"Did you mean: {en}?" if near else "See the list: sinhthai factors list.",
            ),
        )


def _key(written: str) -> str:
    return " ".join(fold(written).replace("_", " ").replace("-", " ").split())


def _no_tariff(on: dt.date, voltage: str, tariffs: Sequence[Tariff]) -> Problem:
    if voltage not in VOLTAGES:
        listed = ", ".join(VOLTAGES)
        return Problem(
            "unknown-voltage",
            Text(f"Không có cấp điện áp «{voltage}».", f"There is no voltage '{voltage}'."),
            Text(f"Chọn một trong: {listed}.", f"Choose one of: {listed}."),
        )
    first = min(tariff.valid_from for tariff in tariffs)
    return Problem(
        "no-tariff",
        Text(
            f"Chưa có biểu giá điện cho ngày {on:%d/%m/%Y}.",
            f"No electricity tariff is known for {on:%d %b %Y}.",
        ),
        Text(
            f"Biểu giá sớm nhất có hiệu lực từ {first:%d/%m/%Y}; nhập giá của cơ sở.",
            f"The first one known holds from {first:%d %b %Y}; enter the price paid.",
        ),
    )
