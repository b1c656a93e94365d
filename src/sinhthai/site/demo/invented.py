"""The invented parks of the demonstration: one per outcome, fully reported for five years.

Each is described by what makes its outcome; everything else is drawn plausibly from a seed, so
that every fresh demonstration is the same. All of it is marked as invented (H11).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Item
from sinhthai.site.demo import names, plausible

YEARS = (2021, 2022, 2023, 2024, 2025)
# Answers that describe an enterprise rather than praise it: only some say yes.
_SURVEYS = (
    "community_surveyed",
    "community_satisfied",
    "workers_surveyed",
    "workers_satisfied",
    "native_habitat_ha",
    "open_space_ha",
    "carbon_intensity",
    "energy_intensity",
)
# What an enterprise says that holds land and does not run yet.
_NOT_YET = {"in_symbiosis": False, "recp_applied": False, "recp_result_measured": False}
_LAND = ("plan_area_ha", "greenery_ha", "roads_ha", "technical_ha", "social_ha")
_ONLY_SOME = ("handles_hazardous", "largest_polluter", "plans_symbiosis")


@dataclass(frozen=True, slots=True)
class Land:
    """Areas of the approved construction plan, in hectares."""

    plan: float
    greenery: float | None
    roads: float | None
    technical: float | None
    social: float | None

    def values(self) -> dict[str, object]:
        """Return the areas by item code; what is None is not reported."""
        named = {
            "plan_area_ha": self.plan,
            "greenery_ha": self.greenery,
            "roads_ha": self.roads,
            "technical_ha": self.technical,
            "social_ha": self.social,
        }
        return {code: area for code, area in named.items() if area is not None}


@dataclass(frozen=True, slots=True)
class Design:
    """An invented park and what makes its outcome in 2025.

    Of its enterprises ``operating`` run, ``building`` hold land and do not run yet. Of those that
    run ``recp`` measured results of cleaner production, ``silent`` say nothing about it and the
    others applied none; ``partners`` take part in symbioses. ``breach`` is the number of
    enterprises outside every symbiosis that broke environmental law in 2024. ``gaps`` are park
    items nobody reported.
    """

    code: str
    place: Text
    province: str  # code of the unit of today
    province_before: str  # name of the unit before the merger
    lat: float
    lon: float
    established_on: dt.date
    land: Land
    operating: int
    building: int
    recp: int
    silent: int = 0
    partners: int = 6
    breach: int = 0
    new_eip: bool = False
    certified_in: int | None = None  # its enterprises say so from that year on
    gaps: tuple[str, ...] = ()

    @property
    def name(self) -> Text:
        return Text(
            f"Khu công nghiệp {self.place.vi} {names.MARK.vi}",
            f"{self.place.en} Industrial Park {names.MARK.en}",
        )

    @property
    def operator(self) -> Text:
        return Text(
            f"Công ty Cổ phần Hạ tầng {self.place.vi} {names.MARK.vi}",
            f"{self.place.en} Infrastructure JSC {names.MARK.en}",
        )

    @property
    def size(self) -> int:
        return self.operating + self.building


DESIGNS = (
    Design(  # meets every criterion
        code="gia-dinh-song-xanh",
        place=Text("Sông Xanh", "Song Xanh"),
        province="31",
        province_before="Hải Dương",
        lat=20.89,
        lon=106.36,
        established_on=dt.date(2009, 5, 12),
        land=Land(318.4, 41.2, 33.6, 8.1, 5.9),
        operating=58,
        building=6,
        recp=21,
        partners=9,
        certified_in=2025,
    ),
    Design(  # misses one criterion: shared land
        code="gia-dinh-doi-thong",
        place=Text("Đồi Thông", "Doi Thong"),
        province="19",
        province_before="Thái Nguyên",
        lat=21.46,
        lon=105.86,
        established_on=dt.date(2011, 3, 30),
        land=Land(240.0, 22.6, 20.3, 4.9, 2.6),  # 50,4 / 240 = 21 %
        operating=44,
        building=4,
        recp=14,
        partners=6,
    ),
    Design(  # undetermined: figures are missing
        code="gia-dinh-bai-boi",
        place=Text("Bãi Bồi", "Bai Boi"),
        province="92",
        province_before="Hậu Giang",
        lat=9.92,
        lon=105.83,
        established_on=dt.date(2013, 10, 8),
        land=Land(205.0, 24.1, 19.7, None, None),
        operating=69,
        building=5,
        recp=11,  # 11 / 69 = 15,9 %, and (11 + 15) / 69 = 37,7 %
        silent=15,
        partners=5,
        gaps=("worker_housing_solution", "env_social_report_posted", "io_monitoring"),
    ),
    Design(  # the outcome depends on how the rule is read
        code="gia-dinh-go-nang",
        place=Text("Gò Nắng", "Go Nang"),
        province="80",
        province_before="Long An",
        lat=10.63,
        lon=106.44,
        established_on=dt.date(2008, 7, 21),
        land=Land(276.0, 33.5, 27.9, 6.6, 4.4),
        operating=46,
        building=22,
        recp=11,  # 11 / 46 = 23,9 % of those that run, 11 / 68 = 16,2 % of those that lease
        partners=7,
        breach=2,
    ),
    Design(  # a new eco-industrial park
        code="gia-dinh-dam-sen",
        place=Text("Đầm Sen", "Dam Sen"),
        province="46",
        province_before="Huế",
        lat=16.36,
        lon=107.72,
        established_on=dt.date(2022, 9, 15),
        land=Land(412.0, 58.3, 44.0, 10.2, 9.5),
        operating=27,
        building=15,
        recp=8,
        partners=4,
        new_eip=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented enterprise of a designed park."""

    tax_code: str
    name: Text
    vsic: str
    employees: int
    country: str
    statuses: tuple[tuple[str, dt.date], ...]
    runs: bool


def firms(design: Design, index: int) -> list[Firm]:
    """Return the enterprises of *design*, the *index*-th one: first those that run."""
    rng = _rng(index, 0)
    codes = names.tax_codes(1 + 500 * index, design.size)
    countries = ("Việt Nam",) * 6 + ("Hàn Quốc", "Nhật Bản", "Đài Loan", "Singapore")
    found = []
    for position in range(design.size):
        trade = names.TRADES[int(rng.integers(len(names.TRADES)))]
        start = max(design.established_on.year, 2012) + position % 8
        runs = position < design.operating
        start = _start(design, start, runs)
        steps = [("registered", dt.date(start, 10, 4)), ("leased", dt.date(start, 11, 18))]
        if runs:
            steps.append(("operating", dt.date(start + 1, 2, 10)))
        found.append(
            Firm(
                tax_code=codes[position],
                name=names.enterprise_name(137 * index + 7 * position + 3, trade),
                vsic=trade.vsic,
                employees=max(12, int(trade.employees * rng.lognormal(0.0, 0.5))),
                country=countries[int(rng.integers(len(countries)))],
                statuses=tuple(steps),
                runs=runs,
            )
        )
    return found


def _start(design: Design, wished: int, runs: bool) -> int:
    """Return the year a firm came: those that run have run for three years, the others not yet."""
    if not runs:
        return 2023 + wished % 2
    return design.established_on.year if design.new_eip else min(wished, 2019)


def firm_values(
    design: Design, index: int, items: Sequence[Item], year: int
) -> list[dict[str, object]]:
    """Return what each enterprise reports of *year*, in the order of ``firms``; empty for none.

    Earlier years count fewer results of cleaner production, so that the share grows.
    """
    rng = _rng(index, year)
    asked = [item for item in items if item.subject == "enterprise" and item.nature != "registry"]
    columns = {
        item.code: column
        for item in asked
        if (column := plausible.answers(rng, item, design.operating)) is not None
    }
    rows = plausible.rows(rng, columns, missing=0.0)
    everyone = firms(design, index)
    for position, row in enumerate(rows):
        _shape(row, design, position, year)
        row["employees"] = everyone[position].employees
    building: list[dict[str, object]] = [
        {**_NOT_YET, "employees": firm.employees} if firm.statuses[0][1].year <= year else {}
        for firm in everyone[design.operating :]
    ]
    began = design.established_on.year
    return [row if year > began else {} for row in rows] + building


def _shape(row: dict[str, object], design: Design, position: int, year: int) -> None:
    """Turn the answers of the *position*-th enterprise that runs into what the design says."""
    measured = measured_in(design, year)
    row.update((code, True) for code, answer in row.items() if answer is False)
    row["local_procurement_percent"] = 84.0 if position % 2 else 61.0
    for code in _ONLY_SOME:
        row[code] = position % 5 == 0
    row["recp_applied"] = row["recp_result_measured"] = position < measured
    row["in_certified_eip"] = design.certified_in is not None and year >= design.certified_in
    row["in_symbiosis"] = position < design.partners
    row["symbioses"] = int(position < design.partners)
    if position >= measured:
        _drop(row, ("_saved_", "_cut_", "_reused_", "_recycled_"), keep="exchange_")
    if position >= design.partners:
        _drop(row, ("exchange_", "in_symbiosis_type_"))
    if year == 2024 and position >= design.operating - design.breach:
        row["compliance_environment"] = False
    if position >= design.operating - design.silent:
        for code in ("recp_applied", "recp_result_measured"):
            row.pop(code)


def measured_in(design: Design, year: int) -> int:
    """Return how many enterprises measured results of cleaner production by *year*."""
    return round(design.recp * (1 - 0.18 * (YEARS[-1] - year)))


def park_values(design: Design, index: int, items: Sequence[Item], year: int) -> dict[str, object]:
    """Return what the office of the invented park reports of *year*."""
    rng = _rng(index, 10_000 + year)
    drawn: dict[str, object] = {}
    for item in items:
        if item.subject == "park" and item.nature != "registry":
            column = plausible.answers(rng, item, 1)
            if column is not None:
                drawn[item.code] = True if item.kind == "boolean" else column.tolist()[0]
    for code in (*_LAND, "meets_article_37"):
        drawn.pop(code, None)
    counts = {
        "registered_enterprises": design.size,
        "leased_enterprises": design.size,
        "operating_enterprises": design.operating,
        "recp_enterprises": measured_in(design, year),
        "symbiosis_count": max(1, design.partners // 3),
        "symbiosis_participants": design.partners,
        "symbiosis_participants_iso": design.partners,
        "years_since_establishment": year - design.established_on.year,
    }
    drawn.update({code: value for code, value in counts.items() if code in drawn})
    drawn.update(design.land.values())
    drawn.update(_good_park(drawn, design))
    if index:  # voluntary surveys are rare: only the first park has them all
        drawn["heat_recovery_strategy"] = index % 2 == 0
        for code in _SURVEYS[: 2 * index]:
            drawn.pop(code, None)
    for code in (*design.gaps, *park_absences(design, items)):
        drawn.pop(code, None)
    return drawn


def park_absences(design: Design, items: Sequence[Item]) -> dict[str, str]:
    """Return what does not apply to the park: a park not built as an EIP has no such dossier."""
    if design.new_eip:
        return {}
    return {
        item.code: Absence.NOT_APPLICABLE.value
        for item in items
        if item.subject == "park" and item.code.startswith("new_eip_")
    }


def _good_park(drawn: Mapping[str, object], design: Design) -> dict[str, object]:
    """Return amounts that hang together: parts below their wholes, targets reached."""
    area = design.land.plan
    together: dict[str, object] = {
        "wastewater_m3": 1_460_000.0,
        "wastewater_reused_m3": 803_000.0,
        "wastewater_treated_m3": 1_445_000.0,
        "water_demand_m3": 1_900_000.0,
        "water_sustainable_m3": 1_900_000.0,
        "energy_total_kwh": 210_000_000.0,
        "energy_metered_kwh": 205_000_000.0,
        "energy_renewable_kwh": 52_000_000.0,
        "national_renewable_percent": 20.0,
        "carbon_intensity": 0.42,
        "carbon_intensity_target": 0.45,
        "energy_intensity": 0.9,
        "energy_intensity_target": 1.0,
        "waste_t": 18_400.0,
        "waste_reused_by_others_t": 4_900.0,
        "waste_landfilled_t": 4_100.0,
        "open_space_ha": round(area * 0.09, 1),
        "native_habitat_ha": round(area * 0.06, 1),
        "longest_report_gap_days": 150,
        "grievances_received": 24,
        "grievances_closed": 22,
        "grievances_due_90d": 24,
        "grievances_answered_90d": 24,
        "workers_surveyed": 620,
        "workers_satisfied": 541,
        "security_issues_due_30d": 12,
        "security_issues_solved_30d": 12,
        "women_employed": 5_200,
        "women_trained": 1_560,
        "community_surveyed": 180,
        "community_satisfied": 161,
        "outreach_rated_well": 3,
        "workers": 11_400,
        "workers_local": 8_900,
        "workers_permanent": 10_100,
        "procurement_mvnd": 86_000.0,
        "procurement_local_mvnd": 79_000.0,
        "occupancy_mean_5y_percent": 78.0,
    }
    return {code: value for code, value in together.items() if code in drawn}


def _drop(row: dict[str, object], parts: Sequence[str], keep: str = "\0") -> None:
    for code in [code for code in row if any(part in code for part in parts)]:
        if not code.startswith(keep):
            del row[code]


def _rng(index: int, salt: int) -> np.random.Generator:
    return np.random.default_rng([20_250_731, index, salt])
