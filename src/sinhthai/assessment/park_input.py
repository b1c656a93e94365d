"""An assessment of a park of the store for the command line, by its code."""

from __future__ import annotations

import datetime as dt

from sinhthai.assessment.asking import Question, frameworks_on
from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Report
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.forms import Ask
from sinhthai.assessment.inputs import inputs_of
from sinhthai.assessment.pages import compute, pins_of_live
from sinhthai.assessment.readers import findings_for
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.readers import named_park
from sinhthai.rules.bundle import load_bundle


def reports_of_park(code: str, question: Question, *, today: dt.date) -> list[Report]:
    """Return the reports of a park of the store; `InputError` names the nearest ones if unknown."""
    park = named_park(code)
    on = question.on or today
    reports = []
    for framework in frameworks_on(load_bundle(), question, on):
        ask = Ask(framework.family, on, question.year, question.options)
        if framework.subject == "park":
            shown = compute(park, ask, today=today, inputs=True)
            reports += [shown.report] if shown.report else []
        else:
            reports += _enterprise_reports(park, ask, on)
    return reports


def _enterprise_reports(park: Park, ask: Ask, on: dt.date) -> list[Report]:
    """Return a report of each enterprise of *park* against a framework of enterprises."""
    bundle = load_bundle()
    live = findings_for(park, ask.family, on, ask.year, ask.options)
    if live is None:
        return []
    inputs = inputs_of(bundle, park, live.year, None, of_park=False)
    known = Enterprise.objects.filter(park=park).order_by("search", "pk")
    names = {one.code: Text(one.name_vi, one.name_en or one.name_vi) for one in known}
    by_subject: dict[str, list[Finding]] = {}
    for finding in live.findings:
        by_subject.setdefault(finding.subject, []).append(finding)
    return [
        compose(
            bundle,
            live.framework,
            by_subject[code],
            subject=code,
            name=name,
            on=on,
            year=live.year,
            pins=pins_of_live(live),
            inputs=inputs.get(code, {}),
            invented=park.invented,
        )
        for code, name in names.items()
        if code in by_subject
    ]
