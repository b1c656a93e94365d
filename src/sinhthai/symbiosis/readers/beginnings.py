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
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.models import StreamVersion
from sinhthai.symbiosis.readers.knowledge import material_name


@dataclass(frozen=True, slots=True)
class Beginning:
    """A stream an enterprise may take over, or why it may not (``why``)."""

    key: str
    given: StreamGiven
    basis: Text  # where it comes from
    stands: bool  # a stream of this direction and material, or name, stands already
    why: Text | None = None

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


def typical(enterprise: Enterprise) -> list[Beginning]:
    """Return what enterprises of the industry typically give and ask for, by the knowledge base.

    Quantities are not known and stay empty (H1). Nearer classes come first.
    """
    vsic = enterprise.vsic
    if not vsic:
        return []
    knowledge = load_knowledge()
    best: dict[tuple[str, str], int] = {}
    for rule in knowledge.substitutions.values():
        for direction, material, sectors in (
            ("offer", rule.offer, rule.givers),
            ("need", rule.need, rule.receivers),
        ):
            near = max((len(one) for one in sectors if vsic.startswith(one)), default=0)
            if near:
                key = (direction, material)
                best[key] = max(best.get(key, 0), near)
    standing_now = _standing(enterprise)
    order = sorted(best, key=lambda key: (key[0] != "offer", -best[key], key[1]))
    basis = Text("Điển hình của ngành VSIC {code}", "Typical of industry VSIC {code}")
    return [
        Beginning(
            f"{direction}:{material}",
            StreamGiven(
                direction=direction,
                name=material_name(material).vi,
                unit=knowledge.materials[material].unit,
                material=material,
                state=knowledge.materials[material].state,
            ),
            basis.format(code=vsic[: best[direction, material]]),
            (direction, material) in standing_now,
        )
        for direction, material in order
    ]


def _standing(enterprise: Enterprise) -> set[tuple[str, str]]:
    rows = StreamVersion.objects.filter(
        stream__enterprise=enterprise, stream__withdrawn_at=None, is_current=True
    ).values_list("stream__direction", "material", "name")
    return {(direction, what) for direction, material, name in rows for what in (material, name)}
