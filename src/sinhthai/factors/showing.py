"""Everything known of one activity, side by side: which row a policy picks, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.factors.lookup import Factors, NoFactor
from sinhthai.factors.model import Activity, Factor, Policy
from sinhthai.foundation.text import Text, fold

GROUPS: Mapping[str, Text] = {
    "fuel": Text("Nhiên liệu", "Fuels"),
    "electricity": Text("Điện", "Electricity"),
    "steam": Text("Hơi, nhiệt", "Steam, heat"),
    "refrigerant": Text("Môi chất lạnh, khí công nghiệp", "Refrigerants, industrial gases"),
    "wastewater": Text("Nước thải", "Wastewater"),
    "waste": Text("Chất thải", "Waste"),
    "mineral": Text("Khoáng sản", "Minerals"),
    "metal": Text("Kim loại", "Metals"),
    "chemical": Text("Hóa chất", "Chemicals"),
}
QUANTITIES: Mapping[str, Text] = {
    "ncv": Text("nhiệt trị", "net calorific value"),
    "emission": Text("hệ số phát thải", "emission factor"),
    "density": Text("khối lượng riêng", "density"),
    "toe": Text("quy đổi TOE", "tonnes of oil equivalent"),
    "mcf": Text("hệ số hiệu chỉnh mê-tan MCF", "methane correction factor MCF"),
    "b0": Text("khả năng sinh mê-tan B0", "methane capacity B0"),
    "cod": Text("COD của nước thải", "COD of the wastewater"),
    "water": Text("nước thải trên tấn sản phẩm", "wastewater per tonne of product"),
    "nitrogen": Text("ni-tơ tổng", "total nitrogen"),
    "n2o": Text("hệ số N2O-N", "N2O-N factor"),
    "removal": Text("tỷ lệ loại bỏ chất hữu cơ", "removal of organics"),
    "doc": Text("các-bon phân hủy được DOC", "degradable carbon DOC"),
    "docf": Text("phần DOC phân hủy DOCf", "share of DOC that decays, DOCf"),
    "f": Text("tỷ lệ CH4 trong khí bãi", "share of CH4 in landfill gas"),
    "ox": Text("hệ số oxy hóa ở lớp phủ OX", "oxidation in the cover, OX"),
    "k": Text("tốc độ phân hủy k", "decay rate k"),
    "dm": Text("chất khô", "dry matter"),
    "carbon": Text("các-bon", "carbon"),
    "fossil": Text("phần các-bon hóa thạch", "fossil share of carbon"),
    "of": Text("hệ số cháy hết", "oxidised share"),
    "cao": Text("tỷ lệ CaO", "CaO share"),
    "ckd": Text("hệ số bụi lò", "kiln dust factor"),
    "co2-per-cao": Text("CO2 trên CaO", "CO2 per CaO"),
    "co2-bound": Text("CO2 gắn trong sản phẩm", "CO2 bound in the product"),
    "cullet": Text("tỷ lệ mảnh vụn thủy tinh", "share of cullet"),
    "dust": Text("bụi lò vôi", "lime-kiln dust"),
    "hydrated-water": Text("nước trong vôi tôi", "water in hydrated lime"),
    "energy": Text("năng lượng trên tấn", "energy per tonne"),
    "charge": Text("lượng nạp", "charge"),
    "life": Text("tuổi thọ", "lifetime"),
    "filling-loss": Text("hao khi nạp", "loss at filling"),
    "yearly-loss": Text("rò rỉ hằng năm", "yearly leakage"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A factor as it stands beside the others of the same thing."""

    factor: Factor
    is_chosen: bool
    """The policy picks it for the year asked."""
    holds: bool
    """It is valid at the end of the year asked."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One quantity of an activity: every row of every table, and the one that is chosen."""

    quantity: str
    gas: str
    category: str
    rows: tuple[Row, ...]
    reason: Text | None
    """Why the chosen row; None where none holds that year."""

    @property
    def name(self) -> Text:
        """What the numbers are."""
        known = QUANTITIES.get(self.quantity, Text(self.quantity, self.quantity))
        more = " · ".join(part for part in (self.gas, self.category) if part)
        return Text(f"{known.vi} {more}".strip(), f"{known.en} {more}".strip())


def panels_of(factors: Factors, activity: str, *, year: int, policy: Policy) -> list[Panel]:
    """Return every quantity of *activity* with its rows side by side.

    A row that is not verified loses to a verified one, whatever the policy: below, the national
    list's 0.3 for a well-run aerobic plant.

    >>> from sinhthai.factors.loading import load_factors
    >>> mcf = [p for p in panels_of(load_factors(), "wastewater", year=2024, policy="national")
    ...        if (p.quantity, p.category) == ("mcf", "aerobic")]
    >>> [(row.factor.table, row.factor.value, row.is_chosen) for row in mcf[0].rows]
    [('ipcc2006-waste', 0.0, True), ('ipcc2019-waste', 0.03, False), ('vn2626', 0.3, False)]
    """
    found: dict[tuple[str, str, str], list[Factor]] = {}
    for factor in factors.factors:
        if factor.activity == activity:
            key = (factor.quantity, factor.gas, factor.category)
            found.setdefault(key, []).append(factor)
    return [_panel(factors, activity, key, rows, year, policy) for key, rows in found.items()]


def _panel(
    factors: Factors,
    activity: str,
    key: tuple[str, str, str],
    rows: Sequence[Factor],
    year: int,
    policy: Policy,
) -> Panel:
    quantity, gas, category = key
    try:
        choice = factors.choose(
            activity, quantity, year=year, gas=gas, category=category, policy=policy
        )
    except NoFactor:
        chosen, reason = "", None
        order = [row.id for row in rows]
    else:
        chosen, reason = choice.factor.id, choice.reason
        order = [choice.factor.id, *(other.id for other in choice.others)]
    ranked = sorted(rows, key=lambda row: (row.id not in order, _at(order, row.id), row.id))
    valid = set(order) if reason else set()
    return Panel(
        quantity,
        gas,
        category,
        tuple(Row(row, row.id == chosen, row.id in valid) for row in ranked),
        reason,
    )


def _at(order: Sequence[str], id_: str) -> int:
    return order.index(id_) if id_ in order else len(order)


def find(factors: Factors, words: str, *, group: str = "") -> list[Activity]:
    """Return the activities whose names, ids or aliases hold every one of *words*.

    >>> from sinhthai.factors.loading import load_factors
    >>> [one.id for one in find(load_factors(), "than antraxit")]
    ['anthracite']
    """
    asked = fold(words).split()
    return [
        one
        for one in factors.activities.values()
        if group in ("", one.group) and all(word in _haystack(one) for word in asked)
    ]


def _haystack(one: Activity) -> str:
    return fold(" ".join((one.id, one.name.vi, one.name.en, *one.aliases)))
