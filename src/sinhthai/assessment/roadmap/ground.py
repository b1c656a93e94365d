"""Facts and a framework as the ground of a roadmap: findings now, and what the past still breaks.

Pure: the store and a workbook both end here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pyarrow.compute as pc

from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.digest import digests
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import columns_used
from sinhthai.assessment.roadmap.model import Firm, Ground, Trade
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

_MWH = 1e-3
_USES = {
    "electricity_used_kwh": ("electricity", _MWH),
    "oil_used_t": ("fuel-oil", 1.0),
    "gas_used_m3": ("natural-gas", 1.0),
}
_ISO = ("iso_production_system", "iso_environment_system")
ITEMS = (*_USES, *_ISO)
"""Items of enterprises a roadmap asks for beside those of the framework."""


def ground_of(
    *,
    code: str,
    name: Text,
    framework: Framework,
    on: dt.date,
    year: int,
    readings: Mapping[str, str],
    facts: Facts,
    firms: Mapping[str, Firm],
    trades: tuple[Trade, ...] = (),
    known_at: dt.datetime | None = None,
    invented: bool = False,
) -> Ground:
    """Return the ground of the park *code*.

    Parameters
    ----------
    facts : of the years the framework looks at, and of as many after *year*.
    firms : by code; what they use and certify is read from *facts*.
    """
    items = load_bundle().items
    window = max(leaf.years for leaf in framework.leaves)
    asked = [Asked(code, on, year + after) for after in range(window)]
    by_year: dict[int, dict[str, Finding]] = {}
    for finding in to_findings(assess(framework, facts, asked, readings, items)):
        by_year.setdefault(finding.year, {})[finding.leaf] = finding
    first = by_year.pop(year)
    columns = columns_used(framework, readings)
    seen = list(range(year - window + 1, year + 1))
    return Ground(
        code=code,
        name=name,
        framework=framework,
        on=on,
        year=year,
        readings=readings,
        findings=first,
        later=by_year,
        facts=facts,
        firms=_with_uses(facts, year, firms),
        trades=trades,
        digest=digests(facts, [code], columns, seen)[code],
        known_at=known_at,
        invented=invented,
    )


def _with_uses(facts: Facts, year: int, firms: Mapping[str, Firm]) -> dict[str, Firm]:
    table = facts.enterprise.filter(pc.equal(facts.enterprise["year"], year))
    wanted = [name for name in ("subject", *ITEMS) if name in table.column_names]
    rows = {row["subject"]: row for row in table.select(wanted).to_pylist()}
    found = {}
    for code, firm in firms.items():
        row = rows.get(code, {})
        uses = {
            use: row[item] * factor
            for item, (use, factor) in _USES.items()
            if row.get(item) is not None
        }
        found[code] = replace(firm, uses=uses, has_iso=all(row.get(item) for item in _ISO))
    return found
