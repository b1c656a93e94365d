"""An assessment straight from a workbook: no store, no server. Pure.

A workbook says one year. What must hold in each of several years stays undetermined, unless the
workbook of that year already shows that it does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sinhthai import __version__
from sinhthai.assessment.asking import Question, frameworks_on
from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Input, Pins, Report
from sinhthai.assessment.documents.saying import say_reported
from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.digest import digests
from sinhthai.assessment.engine.query import columns_used
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import ROSTER, build_facts
from sinhthai.reporting.engine.workbook import Upload, to_records, to_roster
from sinhthai.reporting.engine.workbook.model import place_of
from sinhthai.rules.model import Bundle


def reports_of(upload: Upload, bundle: Bundle, question: Question) -> list[Report]:
    """Assess a workbook read without errors, by the rules of the last day of its year.

    One report per framework; of a framework of enterprises one per enterprise of the workbook.
    Raises `InputError` when no criteria were in force on the day.
    """
    assert upload.year is not None
    on = question.on or dt.date(upload.year, 12, 31)
    year = question.year or upload.year
    readings = bundle.defaults() | dict(question.options)
    frameworks = frameworks_on(bundle, question, on)
    window = max(leaf.years for framework in frameworks for leaf in framework.leaves)
    years = list(range(year - window + 1, year + 1))
    roster = to_roster(upload).select(ROSTER.names)
    facts = build_facts(to_records(upload), roster, years, bundle.items.values())
    inputs = _inputs(upload, bundle)
    park = upload.name if upload.name.vi else Text(upload.park, upload.park)
    reports = []
    for framework in frameworks:
        names = {upload.park: park} if framework.subject == "park" else _enterprises(upload)
        asked = [Asked(subject, on, year) for subject in names]
        findings = to_findings(assess(framework, facts, asked, readings, bundle.items))
        digest = digests(facts, list(names), columns_used(framework, readings), years)
        options = {name: readings[name] for name in framework.options}
        reports += [
            compose(
                bundle,
                framework,
                [finding for finding in findings if finding.subject == subject],
                subject=subject,
                name=name,
                on=on,
                year=year,
                pins=Pins(__version__, bundle.version, bundle.hash, digest[subject], None, options),
                inputs=inputs.get("" if framework.subject == "park" else subject, {}),
                invented=upload.invented,
            )
            for subject, name in names.items()
        ]
    return reports


def _enterprises(upload: Upload) -> dict[str, Text]:
    """Return the enterprises of the workbook by code, in its order."""
    rows = to_roster(upload).select(["enterprise", "name"]).to_pylist()
    return {
        row["enterprise"]: Text(row["name"] or row["enterprise"], row["name"] or row["enterprise"])
        for row in rows
    }


def one_year_note(reports: Sequence[Report]) -> Problem | None:
    """Return the warning that a workbook says one year only, where a criterion asks for more."""
    waiting = {
        criterion.leaf.clause: criterion.leaf.years
        for report in reports
        for criterion in report.criteria
        if criterion.leaf.years > 1 and criterion.status == "undetermined"
    }
    if not waiting:
        return None
    values = {"n": max(waiting.values()), "clauses": ", ".join(waiting), "year": reports[0].year}
    return Problem(
        "one_year",
        Text(
            "Sổ báo cáo chỉ có số liệu năm {year}; {clauses} phải đạt trong {n} năm liền.",
            "The workbook has the data of {year} only; {clauses} must hold {n} years running.",
        ).format(**values),
        Text(
            "Nhập sổ vào hệ thống rồi đánh giá theo mã khu công nghiệp để dùng cả các năm trước.",
            "Import it and assess the park by its code, so that earlier years count too.",
        ),
        severity="warning",
    )


def _inputs(upload: Upload, bundle: Bundle) -> dict[str, dict[str, Input]]:
    """Return what the workbook says, by enterprise ("" the park) and item, with the cell."""
    found: dict[str, dict[str, Input]] = {}
    for row in upload.said.to_pylist():
        item, subject = bundle.items.get(row["item"]), row["subject"]
        if item is None:
            continue
        value: float | bool | str | None = row["text"] if row["number"] is None else row["number"]
        if item.kind == "boolean" and value is not None:
            value = bool(value)
        where = place_of(subject, row["row"], row["column"]) if row["row"] >= 0 else ""
        source = " · ".join(part for part in (upload.file_name, where) if part)
        found.setdefault(subject, {})[item.code] = Input(
            item.code,
            item.name,
            item.unit,
            say_reported(item, value, row["qualifier"] or "", row["absence"] or ""),
            value,
            Text(source, source),
        )
    return found
