"""Tables of the reported figures, each with where it came from (H4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q, Sum

from sinhthai.certification.documents.model import Column, Table
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.vsic import industries
from sinhthai.registry.models import Enterprise, Park, Plot
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Section

NUMBER = Text("STT", "No.")
FIGURE = Text("Chỉ tiêu", "Item")
VALUE = Text("Giá trị", "Value")
SOURCE = Text("Nguồn", "Source")


def section_table(facts: PaperFacts, section: Section) -> Table:
    """Return every item of *section* with its value and source; not reported stays None."""
    items = [
        item
        for item in load_bundle().items.values()
        if item.section == section.id and item.nature != "registry"
    ]
    rows = []
    for number, item in enumerate(items, start=1):
        found = facts.values.get(item.code)
        rows.append(
            (
                str(number),
                facts.say(item.name),
                facts.say(found.value) if found else None,
                facts.say(found.source) if found else "",
            )
        )
    return Table(
        (
            Column(facts.say(NUMBER), 0.6, "center"),
            Column(facts.say(FIGURE), 3.4),
            Column(facts.say(VALUE), 1.5, "figure"),
            Column(facts.say(SOURCE), 2.1),
        ),
        tuple(rows),
    )


def land_occupied(park: Park) -> tuple[Decimal, Decimal | None]:
    """Return the leased and the whole industrial and service land [ha]; None without plots."""
    leasable = Q(use__in=(Plot.Use.INDUSTRIAL, Plot.Use.SERVICE))
    found = Plot.objects.filter(leasable, park=park).aggregate(
        whole=Sum("area_ha"), leased=Sum("area_ha", filter=Q(enterprise__isnull=False))
    )
    return found["leased"] or Decimal(0), found["whole"]


def enterprises_by_industry(facts: PaperFacts, codes: Collection[str]) -> Table:
    """Return how many of the enterprises *codes* are in each class, with their employees."""
    known = industries()
    members: dict[str, list[int | None]] = defaultdict(list)
    rows = Enterprise.objects.filter(park=facts.dossier.park, code__in=list(codes))
    for vsic, employees in rows.values_list("vsic", "employees"):
        members[vsic].append(employees)
    language = facts.language
    lines: list[tuple[str | None, ...]] = []
    for vsic, counted in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        stated = [number for number in counted if number is not None]
        # A sum over some of them only would pass for the whole: say at least how much.
        least = facts.say(Text("ít nhất ", "at least ")) if len(stated) < len(counted) else ""
        lines.append(
            (
                vsic or None,
                facts.say(known[vsic].name) if vsic in known else None if not vsic else "",
                format_number(len(counted), language),
                f"{least}{format_number(sum(stated), language)}" if stated else None,
            )
        )
    return Table(
        (
            Column(facts.say(Text("Mã ngành (VSIC)", "Class (VSIC)")), 0.9, "center"),
            Column(facts.say(Text("Ngành", "Industry")), 3.4),
            Column(facts.say(Text("Số doanh nghiệp", "Enterprises")), 1.1, "right"),
            Column(facts.say(Text("Lao động", "Employees")), 1.2, "right"),
        ),
        tuple(lines) or ((None, None, None, None),),
    )
