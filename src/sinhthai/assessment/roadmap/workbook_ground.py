"""A workbook as the ground of a roadmap: no store, no server. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sinhthai.assessment.roadmap.ground import ground_of
from sinhthai.assessment.roadmap.model import Firm, Ground
from sinhthai.assessment.workbook_input import roster_of
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import build_facts
from sinhthai.reporting.engine.workbook import Upload, to_records, to_roster
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework


def ground_of_workbook(
    upload: Upload, framework: Framework, on: dt.date, options: Mapping[str, str]
) -> Ground:
    """Return the park of a workbook read without errors; it knows no exchanges."""
    assert upload.year is not None
    bundle = load_bundle()
    window = max(leaf.years for leaf in framework.leaves)
    years = list(range(upload.year - window + 1, upload.year + window))
    facts = build_facts(to_records(upload), roster_of(upload, years), years, bundle.items.values())
    firms = {}
    for row in to_roster(upload).select(["enterprise", "name"]).to_pylist():
        name = row["name"] or row["enterprise"]
        firms[row["enterprise"]] = Firm(row["enterprise"], Text(name, name))
    return ground_of(
        code=upload.park,
        name=upload.name if upload.name.vi else Text(upload.park, upload.park),
        framework=framework,
        on=on,
        year=upload.year,
        readings=bundle.defaults() | dict(options),
        facts=facts,
        firms=firms,
        invented=upload.invented,
    )
