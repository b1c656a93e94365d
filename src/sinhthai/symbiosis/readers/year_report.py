"""What a park's exchanges say for the report of a year, beside what the report says now."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.standing import Known, Standing, standing
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item
from sinhthai.symbiosis.actions.results import metrics
from sinhthai.symbiosis.engine.stages import Step, standing_path
from sinhthai.symbiosis.engine.yearly import Carried, Figure, Part, Yearly, figures_of_year
from sinhthai.symbiosis.models import Exchange, ExchangeResult, Participant
from sinhthai.symbiosis.wording import title_of

ISO_ITEMS = ("iso_production_system", "iso_environment_system")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the preview: what the exchanges say, and what the report says now."""

    item: Item
    enterprise: Enterprise | None
    figure: Figure
    stands: Standing | None
    year: int

    @property
    def carried(self) -> bool:
        """Say whether what stands was reported for an earlier year and holds until replaced."""
        return self.stands is not None and self.stands.origin.year != self.year

    @property
    def key(self) -> str:
        """What names the line in the form."""
        return f"{self.enterprise.code if self.enterprise else ''}|{self.item.code}"

    @property
    def qualifier(self) -> str:
        """How the figure is written down: at least, where more may be true."""
        return "at_least" if self.figure.at_least else ""

    @property
    def can_be_put(self) -> bool:
        """Say whether there is anything to write: an "at least 0" says nothing."""
        value = self.figure.value
        return value is not None and not (self.figure.at_least and value == 0)

    @property
    def same(self) -> bool:
        """Say whether the report already says so for this very year."""
        content = (self.figure.value, "", self.qualifier)
        return self.stands is not None and not self.carried and self.stands.content == content

    @property
    def lowers(self) -> bool:
        """Say whether the report would say less than now; a person should look twice."""
        stands = self.stands.value if self.stands else None
        value = self.figure.value
        if stands is None or value is None or isinstance(value, str) or isinstance(stands, str):
            return False
        return value < stands

    @property
    def proposed(self) -> bool:
        """Say whether the line is ticked before anybody looked."""
        return self.can_be_put and not self.same and not self.lowers


@dataclass(frozen=True, slots=True)
class Preview:
    """The lines of the park and of its enterprises, and what is missing."""

    year: int
    park_lines: tuple[Line, ...]
    enterprise_lines: tuple[Line, ...]
    yearly: Yearly
    exchanges: Mapping[int, Carried]
    names: Mapping[str, Enterprise]
    digest: str  # of everything shown: a preview somebody else overtook is not applied

    @property
    def differing(self) -> int:
        """How many lines say something else than the report."""
        return sum(line.can_be_put and not line.same for line in self.lines())

    def lines(self) -> Iterator[Line]:
        """Yield every line, the park's first."""
        yield from self.park_lines
        yield from self.enterprise_lines


def read_preview(park: Park, year: int) -> Preview:
    """Return the preview of *year*; five queries."""
    exchanges = {one.number: one for one in _carried(park, year)}
    of_park = {
        part.enterprise
        for one in exchanges.values()
        for part in one.parts
        if part.enterprise and part.in_park
    }
    names = {row.code: row for row in Enterprise.objects.filter(park=park, code__in=of_park)}
    subjects = Q(enterprise=None) | Q(enterprise__in=[row.pk for row in names.values()])
    known = standing(park, year, subjects=subjects)
    yearly = figures_of_year(exchanges.values(), year, iso=_iso(known, of_park), metrics=metrics())
    park_lines = tuple(_lines(yearly.park, None, year, known.get("", {})))
    firm_lines = tuple(
        line
        for code, row in yearly.enterprises.items()
        for line in _lines(row, names[code], year, known.get(code, {}))
    )
    digest = _digest(park_lines + firm_lines)
    return Preview(year, park_lines, firm_lines, yearly, exchanges, names, digest)


def source_of(line: Line, preview: Preview) -> Text:
    """Return the source a record names: the exchanges the figure rests on."""
    numbers = ", ".join(f"#{number}" for number in line.figure.exchanges) or "–"
    return Text(
        f"Bàn điều phối cộng sinh: trao đổi {numbers}", f"Symbiosis workbench: exchanges {numbers}"
    )


def _lines(
    figures: Mapping[str, Figure],
    enterprise: Enterprise | None,
    year: int,
    stands: Mapping[str, Standing],
) -> Iterator[Line]:
    items = load_bundle().items
    for code, figure in figures.items():
        item = items.get(code)
        if item is not None:
            yield Line(item, enterprise, figure, stands.get(code), year)


def _iso(known: Known, codes: set[str]) -> dict[str, bool | None]:
    """Return who has both systems; not told while one of them is not and none is missing."""
    found: dict[str, bool | None] = {}
    for code in codes:
        said = [known.get(code, {}).get(item) for item in ISO_ITEMS]
        values = [one.value if one else None for one in said]
        if False in values:
            found[code] = False
        else:
            found[code] = True if values == [True, True] else None
    return found


def _carried(park: Park, year: int) -> Iterator[Carried]:
    heads: dict[int, tuple[str, str, Mapping[str, str] | None]] = {}
    steps: dict[int, list[Step]] = {}
    told = Exchange.objects.filter(park=park).order_by("pk", "changes__pk")
    for number, title, kind, said, before, after, on in told.values_list(
        "pk", "title", "kind", "basis__title", "changes__before", "changes__after", "changes__on"
    ):
        heads[number] = (title, kind, said)
        if after is not None:
            steps.setdefault(number, []).append(Step(before, after, on))
    parts: dict[int, list[Part]] = {}
    rows = (
        Participant.objects.filter(exchange__park=park)
        .order_by("pk")
        .values_list(
            "exchange_id", "pk", "enterprise__code", "enterprise__park_id", "joined_on", "left_on"
        )
    )
    for number, pk, code, of_park, joined, left in rows:
        part = Part(pk, code or "", of_park == park.pk, joined, left)
        parts.setdefault(number, []).append(part)
    results: dict[int, dict[int, Mapping[str, float]]] = {}
    given = ExchangeResult.objects.filter(exchange__park=park, year=year).order_by("pk")
    for number, giver, values in given.values_list("exchange_id", "participant_id", "values"):
        results.setdefault(number, {})[giver] = values
    for number, (title, kind, said) in heads.items():
        yield Carried(
            number,
            title_of(title, {"title": said}),
            kind,
            standing_path(steps.get(number, ())),
            tuple(parts.get(number, ())),
            results.get(number, {}),
        )


def _digest(lines: tuple[Line, ...]) -> str:
    said = [
        [
            line.key,
            line.figure.value,
            line.qualifier,
            line.figure.exchanges,
            line.stands.content if line.stands else None,
        ]
        for line in lines
    ]
    return hashlib.sha256(json.dumps(said, default=_plain).encode()).hexdigest()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
