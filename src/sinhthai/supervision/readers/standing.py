"""Do certificates still hold? The facts of today against what each was issued on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.readers import freeze, items_needed, years_needed
from sinhthai.certification.models import Certificate, Snapshot
from sinhthai.registry.models import Park
from sinhthai.reporting.engine.facts import build_facts
from sinhthai.reporting.readers import read_records, read_roster
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework
from sinhthai.supervision.engine.holding import Row, Standing, compare

HELD = (Certificate.State.VALID, Certificate.State.SUSPENDED)
PARK, ENTERPRISE = "vn-eip", "vn-eco-enterprise"


def family_of(certificate: Certificate) -> str:
    """Return the criteria a certificate rests on."""
    return ENTERPRISE if certificate.enterprise_id else PARK


def held_in(park: Park | int) -> list[Certificate]:
    """Return the certificates of *park* and of its enterprises that are valid or suspended."""
    return list(held().filter(park=park))


def held() -> Any:
    """Return every certificate that is valid or suspended, with whose it is."""
    return Certificate.objects.filter(state__in=HELD).select_related(
        "park__province_now", "enterprise"
    )


def issued_on(certificates: Iterable[Certificate]) -> dict[int, Snapshot]:
    """Return the snapshot each certificate rests on, by the certificate's number in the store."""
    by_dossier = {one.dossier_id: one.pk for one in certificates}
    rows = Snapshot.objects.filter(dossier__in=list(by_dossier), is_current=True)
    return {by_dossier[row.dossier_id]: row for row in rows}


def standings(
    certificates: Sequence[Certificate],
    *,
    today: dt.date,
    at_issue: Mapping[int, Snapshot] | None = None,
) -> dict[int, tuple[Standing, ...]]:
    """Compare each certificate with the years since, by the rules of *today*.

    One query of the engine for all certificates of the same criteria and readings. The keys are
    the certificates' numbers in the store; one without a snapshot, or whose criteria have no
    version in force today, has no entry: nothing can be said of it. *at_issue* are the snapshots
    they rest on, where they were read before.
    """
    bundle = load_bundle()
    if at_issue is None:
        at_issue = issued_on(certificates)
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Certificate]] = {}
    for one in certificates:
        if one.pk in at_issue:
            readings = tuple(sorted(dict(at_issue[one.pk].options).items()))
            groups.setdefault((family_of(one), readings), []).append(one)
    found: dict[int, tuple[Standing, ...]] = {}
    for (family, readings), members in groups.items():
        framework = bundle.framework_on(family, today)
        if framework is not None:
            found |= _compare_all(members, at_issue, framework, dict(readings), today)
    return found


def before_of(snapshot: Snapshot) -> list[Row]:
    """Return the findings of *snapshot*, each with the year of its facts."""
    return [{**row, "year": snapshot.year} for row in snapshot.findings]


def subject_of(certificate: Certificate) -> str:
    """Return the code the findings of a certificate stand under."""
    return certificate.enterprise.code if certificate.enterprise else certificate.park.code


def _compare_all(
    members: Sequence[Certificate],
    at_issue: Mapping[int, Snapshot],
    framework: Framework,
    readings: Mapping[str, str],
    today: dt.date,
) -> dict[int, tuple[Standing, ...]]:
    bundle = load_bundle()
    codes = sorted({one.park.code for one in members})
    records = read_records(codes)
    reported = _years_of(records)
    asked: list[Asked] = []
    spans: dict[int, list[int]] = {}
    for one in members:
        first = at_issue[one.pk].year
        newer = [y for y in reported.get(one.park.code, set()) if first < y <= today.year]
        spans[one.pk] = [first, *sorted(newer)]
        asked += [Asked(subject_of(one), today, year) for year in spans[one.pk]]
    asked = list(dict.fromkeys(asked))
    years = years_needed([framework], {one.year for one in asked})
    facts = build_facts(
        records,
        read_roster(codes, years),
        years,
        items_needed(bundle, [framework]),
    )
    options = bundle.defaults() | dict(readings)
    rows: dict[tuple[str, int], list[dict[str, object]]] = {}
    for finding in to_findings(assess(framework, facts, asked, options, bundle.items)):
        row = {**freeze(finding), "year": finding.year}
        rows.setdefault((finding.subject, finding.year), []).append(row)
    return {
        one.pk: compare(
            before_of(at_issue[one.pk]),
            [rows.get((subject_of(one), year), []) for year in spans[one.pk]],
        )
        for one in members
    }


def _years_of(records: pa.Table) -> dict[str, set[int]]:
    """Return the years each park has records of."""
    found: dict[str, set[int]] = {}
    pairs = zip(records["park"].to_pylist(), records["year"].to_pylist(), strict=True)
    for park, year in pairs:
        found.setdefault(park, set()).add(year)
    return found
