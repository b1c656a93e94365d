"""The facts each paper prints as not reported, with the page where they are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sinhthai.assessment.inputs import inputs_of
from sinhthai.certification.models import Dossier
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

# The identity of the park stands in registry and contents as well: nobody is asked for it twice.
_KNOWN_ELSEWHERE = {
    "investor_name": "name",
    "investor_tax_code": "tax_code",
    "investor_address": "address",
    "investor_representative": "representative",
    "investor_registration": "registration",
    "investor_website": "website",
}


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact a paper prints as "chưa báo cáo", and the page where to report it.

    ``about`` is "item:roads_ha", or "leaf:INV-1" for a criterion nothing decides without it.
    """

    paper: str
    about: str
    what: Text
    url: str


def missing_facts(dossier: Dossier) -> list[MissingFact]:
    """Return the facts the papers of the applicant of *dossier* lack, paper by paper; two queries.

    What stops a dossier from being sent is said by ``completeness.missing``; this is what its
    papers say nobody reported, as known when its snapshot was taken.
    """
    snapshot = dossier.snapshots.filter(is_current=True).first()
    enterprise, operator = dossier.enterprise, dossier.park.operator
    values = inputs_of(
        load_bundle(),
        dossier.park,
        dossier.year,
        snapshot.known_at if snapshot else None,
        enterprise=enterprise,
    ).get(enterprise.code if enterprise else "", {})
    written = {name for name, said in dossier.contents.items() if str(said).strip()}
    if operator is not None:
        written.add("name")
        written |= {n for n in ("tax_code", "website") if getattr(operator, n)}
    missing = [
        MissingFact(
            "letter" if item.section == "park_investor" else "operation",
            f"item:{item.code}",
            item.name,
            _page(dossier, item.code),
        )
        for item in _printed_items(_subject(dossier))
        if item.code not in values and _KNOWN_ELSEWHERE.get(item.code) not in written
    ]
    missing += _of_criteria(dossier, snapshot.findings if snapshot else [])
    order = ("letter", "operation", "assessment")
    return sorted(missing, key=lambda one: order.index(one.paper))


def _of_criteria(dossier: Dossier, findings: Iterable[Mapping[str, Any]]) -> list[MissingFact]:
    """Return the facts without which a criterion cannot be decided."""
    bundle = load_bundle()
    framework = bundle.framework_on(procedure_of(dossier).family, dossier.on)
    titles = {leaf.id: leaf.title for leaf in framework.leaves} if framework else {}
    found = []
    for row in findings:
        leaf = str(row["leaf"])
        if row["status"] != "undetermined" or leaf not in titles:
            continue
        items = [bundle.items[code] for code in row.get("missing", ()) if code in bundle.items]
        said = Text(
            ": " + ", ".join(item.name.vi for item in items) if items else "",
            ": " + ", ".join(item.name.en for item in items) if items else "",
        )
        own = [item.code for item in items if item.subject == _subject(dossier)]
        found.append(
            MissingFact(
                "assessment",
                f"leaf:{leaf}",
                Text(f"{titles[leaf].vi}{said.vi}", f"{titles[leaf].en}{said.en}"),
                _page(dossier, own[0])
                if own
                else reverse("report", args=[dossier.park.code, dossier.year]),
            )
        )
    return found


def _printed_items(subject: str) -> list[Item]:
    """Return the items the letter and the report on operation print."""
    bundle = load_bundle()
    sections = {
        section.id
        for section in bundle.sections
        if section.subject == subject and not section.optional
    }
    return [
        item
        for item in bundle.items.values()
        if item.section in sections and item.nature != "registry"
    ]


def _page(dossier: Dossier, item: str) -> str:
    address = reverse("value", args=[dossier.park.code, dossier.year, item])
    if dossier.enterprise is None:
        return address
    return f"{address}?{urlencode({'enterprise': dossier.enterprise.code})}"


def _subject(dossier: Dossier) -> str:
    return "park" if dossier.enterprise_id is None else "enterprise"
