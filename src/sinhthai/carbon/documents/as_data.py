"""An inventory as JSON; the schema is documented in docs/reference/inventory-json.md."""

from __future__ import annotations

from typing import Any

from sinhthai.carbon.documents.report import Apart, Report, Study
from sinhthai.carbon.documents.words import source_name
from sinhthai.carbon.engine.groups import Spread, Sum
from sinhthai.carbon.engine.model import Activity, Line
from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Factor

SCHEMA = "sinhthai-inventory/1"


def as_data(study: Study, language: str) -> dict[str, Any]:
    """Return *study* as data; names and formulas in *language*, codes and keys in neither."""
    used = {
        factor: study.factors.by_id[factor]
        for report in (*study.reports, *(park.report for park in study.parks))
        for line in report.lines
        for factor in line.factors
        if factor in study.factors.by_id
    }
    settings = study.settings
    return {
        "schema": SCHEMA,
        "language": language,
        "pins": {
            "engine": study.engine,
            "factors_hash": study.factors.hash,
            "file": study.file,
            "file_sha256": study.sha256,
            "gwp": settings.gwp,
            "policy": settings.policy,
            "last_published": settings.last_published,
            "draws": settings.draws,
            "seed": settings.seed,
        },
        "reports": [_report(one, study.factors, language) for one in study.reports],
        "parks": [
            {
                **_report(park.report, study.factors, language),
                "inside": [_bought(one) for one in park.inside],
                "unmatched": [_bought(one) for one in park.unmatched],
            }
            for park in study.parks
        ],
        "factors": {id_: _factor(factor, study.factors) for id_, factor in sorted(used.items())},
    }


def _report(report: Report, factors: Factors, language: str) -> dict[str, Any]:
    duty = report.duty
    return {
        "subject": report.subject,
        "year": report.year,
        "totals": [
            {"scope": "1+2" if scope is None else str(scope), **_sum(total)}
            for scope, total in report.scopes.items()
        ],
        "by_source": [
            {
                "scope": source[0],
                "kind": source[1],
                "what": source[2],
                "category": source[3],
                "name": source_name(source, factors).get(language),
                **_sum(total),
            }
            for source, total in report.sources.items()
        ],
        "by_gas": [{"gas": gas, **_sum(total)} for gas, total in report.gases.items()],
        "biogenic_co2": _apart(report.biogenic) if report.biogenic else None,
        "outside_totals": [_apart(one) for one in report.outside],
        "monte_carlo": _spread(report.spread),
        "energy_toe": {
            "toe": report.energy.toe,
            "unknown": list(report.energy.unknown),
            "by_carrier": dict(report.energy.by_carrier),
        },
        "duty": None
        if duty is None
        else {
            "outcome": duty.outcome,
            "clause": duty.clause,
            "tests": [
                {
                    "name": test.name.get(language),
                    "found": test.low,
                    "at_least": test.high > test.low,
                    "limit": test.limit,
                    "unit": test.unit,
                    "outcome": test.outcome,
                }
                for test in duty.tests
            ],
        },
        "unknown": list(report.unknown),
        "remarks": [flag.get(language) for flag in report.flags],
        "lines": [_line(line, language) for line in report.lines],
    }


def _sum(total: Sum) -> dict[str, Any]:
    known = total.co2e_t is not None
    return {
        "co2e_t": total.co2e_t,
        "low_t": total.low_t if known else None,
        "high_t": total.high_t if known else None,
        "known_t": total.known_t,
        "unknown": total.unknown,
    }


def _apart(one: Apart) -> dict[str, Any]:
    return {
        "gas": one.gas,
        "mass_t": None if one.unknown else one.mass_t,
        "co2e_t": None if one.unknown else one.co2e_t,
        "known_mass_t": one.mass_t,
        "unknown": one.unknown,
    }


def _spread(spread: Spread | None) -> dict[str, float] | None:
    if spread is None:
        return None
    return {
        "mean_t": spread.mean_t,
        "p2_5_t": spread.p2_5_t,
        "p50_t": spread.p50_t,
        "p97_5_t": spread.p97_5_t,
    }


def _line(line: Line, language: str) -> dict[str, Any]:
    return {
        "subject": line.subject,
        "line": line.line,
        "scope": line.scope,
        "kind": line.kind,
        "what": line.what,
        "gas": line.gas,
        "mass_t": line.mass_t,
        "co2e_t": line.co2e_t,
        "low_t": line.low_t,
        "high_t": line.high_t,
        "biogenic": line.is_biogenic,
        "outside": line.is_outside,
        "supplier": line.supplier,
        "tier": line.tier,
        "formula": line.formula.get(language),
        "factors": list(line.factors),
        "flags": [flag.get(language) for flag in line.flags],
    }


def _bought(one: Activity) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "line": one.line,
        "kind": one.kind,
        "what": one.what,
        "quantity": one.quantity,
        "unit": one.unit,
    }


def _factor(factor: Factor, factors: Factors) -> dict[str, Any]:
    card = factors.cards[factor.table]
    return {
        "value": factor.value,
        "unit": factor.unit,
        "low": factor.low,
        "high": factor.high,
        "verified": factor.verified,
        "table": factor.table,
        "publication": card.source,
        "source": factor.source,
    }
