"""What an enterprise may begin its list with: its report, or what is typical of its industry."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.models import Record
from sinhthai.reporting.standing import standing
from sinhthai.rules.bundle import load_bundle
from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.engine.profiles import typical_streams
from sinhthai.symbiosis.models import StreamVersion


@dataclass(frozen=True, slots=True)
class Beginning:
    """A stream an enterprise may take over, or why it may not (``why``)."""

    key: str
    given: StreamGiven
    basis: Text  # where it comes from
    stands: bool  # a stream of this direction and material, or name, stands already
    why: Text | None = None
    usual: bool = True  # nearly every enterprise of the industry has it: ticked beforehand

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be ticked."""
        return self.why is None and not self.stands


# Item of an enterprise's report -> the need it states, how many base units one of it is. What
# the forms ask for besides are savings and revenues: they say nothing of a stream.
_REPORTED: dict[str, tuple[str, str, float]] = {
    "electricity_used_kwh": ("electricity", "MWh", 1e-3),
    "oil_used_t": ("fuel-oil", "t", 1.0),
    "gas_used_m3": ("", "m**3", 1.0),
}
_GAS = Text(
    "Báo cáo ghi m³ nhưng không ghi loại khí, nên không quy đổi được ra năng lượng. Khai bằng tay.",
    "The report states m³ but not which gas, so its energy is not known. Enter it by hand.",
)


def reported(enterprise: Enterprise) -> tuple[int | None, list[Beginning]]:
    """Return the latest year reported of an enterprise, and the streams its report states."""
    years = Record.objects.filter(enterprise=enterprise, reverted_at=None, quarter=None)
    items = Q()
    for item in _REPORTED:
        items |= Q(values__has_key=item)
    year = years.filter(items).order_by("-year").values_list("year", flat=True).first()
    if year is None:
        return None, []
    known = standing(
        enterprise.park, year, subjects=Q(enterprise=enterprise), carry=False
    ).get(enterprise.code, {})  # fmt: skip
    standing_now = _standing(enterprise)
    found = []
    for item, (material, unit, factor) in _REPORTED.items():
        said = known.get(item)
        if said is None or isinstance(said.value, bool | str) or not said.value:
            continue
        name = load_bundle().items[item].name
        given = StreamGiven(
            direction="need",
            name=name.vi,
            unit=unit,
            material=material,
            quantity=float(f"{said.value * factor:.15g}"),
            state="energy" if unit == "MWh" else "",
            year=year,
        )
        stands = ("need", material or name.vi) in standing_now
        found.append(Beginning(item, given, name, stands, None if material else _GAS))
    return year, found


def typical(enterprise: Enterprise, language: str) -> list[Beginning]:
    """Return what enterprises of the industry typically give and ask for.

    Quantities are per employee; without a number of employees they stay empty (H1).
    """
    standing_now = _standing(enterprise)
    return [
        Beginning(
            f"{one.direction}:{one.material}",
            StreamGiven(
                direction=one.direction,
                name=one.name.get(language),
                unit=one.unit,
                material=one.material,
                quantity=one.quantity,
                quantity_min=one.quantity_min,
                quantity_max=one.quantity_max,
                months=one.months,
                state=one.state,
                hazard=one.hazard or "",
            ),
            one.basis,
            (one.direction, one.material) in standing_now,
            usual=one.usual,
        )
        for one in typical_streams(enterprise.vsic, enterprise.employees)
    ]


def _standing(enterprise: Enterprise) -> set[tuple[str, str]]:
    rows = StreamVersion.objects.filter(
        stream__enterprise=enterprise, stream__withdrawn_at=None, is_current=True
    ).values_list("stream__direction", "material", "name")
    return {(direction, what) for direction, material, name in rows for what in (material, name)}
