"""The facts each paper prints as not reported, with the page where they are reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sinhthai.certification.models import Dossier
from sinhthai.certification.readers.evaluation import Evaluation
from sinhthai.certification.readers.paper_facts import read_paper_facts
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


def missing_facts(dossier: Dossier, at: dt.datetime | None = None) -> list[MissingFact]:
    """Return the facts the papers of the applicant of *dossier* lack, paper by paper.

    What stops a dossier from being sent is said by ``completeness.missing``; this is what its
    papers say nobody reported. *at*: when it is asked (by default when the dossier last changed).
    """
    facts = read_paper_facts(dossier, at or dossier.changed_at, "vi")
    operator = dossier.park.operator
    known = {
        "name": operator is not None,
        "tax_code": bool(operator and operator.tax_code),
        "website": bool(operator and operator.website),
        **{
            name: facts.written(name) is not None
            for name in ("address", "registration", "representative")
        },
    }
    missing = [
        MissingFact(
            "letter" if item.section == "park_investor" else "operation",
            f"item:{item.code}",
            item.name,
            _page(dossier, item.code),
        )
        for item in _printed_items(_subject(dossier))
        if item.code not in facts.values and not known.get(_KNOWN_ELSEWHERE.get(item.code, ""))
    ]
    missing += _of_criteria(dossier, facts.evaluation)
    order = {paper.id: number for number, paper in enumerate(facts.procedure.papers)}
    return sorted(missing, key=lambda one: order.get(one.paper, len(order)))


def _of_criteria(dossier: Dossier, evaluation: Evaluation | None) -> list[MissingFact]:
    """Return the facts without which a criterion cannot be decided."""
    items = load_bundle().items
    if evaluation is None:
        return []
    found = []
    for row in evaluation.rows:
        if row.criterion.status != "undetermined":
            continue
        codes = [code for code in row.criterion.finding.missing if code in items]
        needs = Text(
            ", ".join(items[code].name.vi for code in codes),
            ", ".join(items[code].name.en for code in codes),
        )
        said = Text(f": {needs.vi}", f": {needs.en}") if codes else Text("", "")
        own = [code for code in codes if items[code].subject == _subject(dossier)]
        found.append(
            MissingFact(
                "assessment",
                f"leaf:{row.leaf.id}",
                Text(f"{row.leaf.title.vi}{said.vi}", f"{row.leaf.title.en}{said.en}"),
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
