"""Assess a park from plain tables: no server, no store, no Django.

    python examples/assess_tables.py

The figures of Hiệp Phước are the published ones: 189 projects in September 2023, so at most 189
enterprises operate; 30 enterprises with results of cleaner production by April 2024, so at least
30. The share is therefore bounded, not known: from 30/189 up. The second park is made up.
"""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.foundation.numbers import format_number
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.bundle import load_bundle

DAY = dt.date(2025, 12, 31)

facts = Facts(
    park=pa.table(
        {
            "subject": ["hiep-phuoc", "made-up"],
            "year": pa.array([2025, 2025], pa.int32()),
            "operating_enterprises": pa.array([None, 50.0]),
            "operating_enterprises__hi": pa.array([189.0, None]),  # at most
            "recp_enterprises": pa.array([None, 12.0]),
            "recp_enterprises__lo": pa.array([30.0, None]),  # at least
            "plan_area_ha": pa.array([None, 240.0]),
            "greenery_ha": pa.array([None, 28.0]),
            "roads_ha": pa.array([None, 22.0]),
            "technical_ha": pa.array([None, 5.0]),
            "social_ha": pa.array([None, 3.0]),
        }
    ),
    enterprise=pa.table(
        {
            "subject": pa.array([], pa.string()),
            "park": pa.array([], pa.string()),
            "year": pa.array([], pa.int32()),
        }
    ),
)


def main() -> None:
    bundle = load_bundle()
    framework = bundle.framework_on("vn-eip", DAY)
    assert framework is not None
    asked = [Asked(park, DAY, 2025) for park in ("hiep-phuoc", "made-up")]
    found = assess(framework, facts, asked, bundle.defaults(), bundle.items)
    for finding in to_findings(found):
        if finding.leaf in ("ENT-3", "PARK-1"):
            leaf = framework.leaf(finding.leaf)
            low, high = (
                "?" if bound is None else format_number(100 * bound, "en", 1)
                for bound in (finding.lower, finding.upper)
            )
            line = f"{finding.subject:<12}{leaf.clause:<8}{low:>6} to {high:>5} %  {finding.status}"
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()
