"""An assessment straight from a workbook: no store, no server. Pure.

A workbook asks again of earlier years what must hold several years running. It knows the status
of an enterprise in its own year only: the same is assumed for the years before, except of one
whose answers for such a year are all "not applicable": it was not there yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai import __version__
from sinhthai.assessment.asking import Question, frameworks_on
from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Input, Pins, Report
from sinhthai.assessment.documents.saying import say_reported
from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.digest import digests
from sinhthai.assessment.engine.query import columns_used
from sinhthai.foundation.absence import Absence
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import ROSTER, build_facts
from sinhthai.reporting.engine.workbook import Upload, to_records, to_roster
from sinhthai.reporting.engine.workbook.earlier import MARK, questions, split_key
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
    facts = build_facts(to_records(upload), roster_of(upload, years), years, bundle.items.values())
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


def roster_of(upload: Upload, years: Sequence[int]) -> pa.Table:
    """Return the enterprises in each of *years*: the status of the workbook's year is assumed."""
    own = to_roster(upload).select(ROSTER.names)
    absent = _not_there_yet(upload)
    tables = []
    for year in years:
        lines = own.set_column(
            own.column_names.index("year"),
            ROSTER.field("year"),
            pa.array([year] * own.num_rows, pa.int32()),
        )
        if gone := absent.get(year):
            gone_here = pc.is_in(lines["enterprise"], value_set=pa.array(sorted(gone)))
            lines = lines.filter(pc.invert(gone_here))
        tables.append(lines)
    return pa.concat_tables(tables)


def _not_there_yet(upload: Upload) -> dict[int, set[str]]:
    """Return earlier year -> enterprises whose answers for it are all "not applicable"."""
    again = upload.said.filter(pc.match_substring(upload.said["item"], MARK))
    absences: dict[tuple[str, int], set[str | None]] = {}
    for subject, key, absence in zip(
        *(again[name].to_pylist() for name in ("subject", "item", "absence")), strict=True
    ):
        year = split_key(key, upload.year or 0)[1]
        absences.setdefault((subject, year), set()).add(absence)
    found: dict[int, set[str]] = {}
    for (subject, year), reasons in absences.items():
        if subject and reasons == {Absence.NOT_APPLICABLE.value}:
            found.setdefault(year, set()).add(subject)
    return found


def years_note(reports: Sequence[Report]) -> Problem | None:
    """Return the warning that a criterion waits for years the workbook does not say enough of."""
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
        "years_missing",
        Text(
            "{clauses} phải đạt trong {n} năm liền đến {year}; sổ báo cáo chưa đủ số liệu.",
            "{clauses} must hold {n} years running up to {year}; the workbook does not say enough.",
        ).format(**values),
        Text(
            "Điền phần “Các năm trước” của trang KCN và trang Doanh nghiệp (sổ cũ không có phần "
            "này: tải sổ mới).",
            "Fill in “Earlier years” on the sheets of the park and of the enterprises (an old "
            "workbook lacks it: download a new one).",
        ),
        severity="warning",
    )


def _inputs(upload: Upload, bundle: Bundle) -> dict[str, dict[str, Input]]:
    """Return what the workbook says, by enterprise ("" the park) and item, with the cell."""
    found: dict[str, dict[str, Input]] = {}
    asked = {
        item.code: item
        for subject in ("park", "enterprise")
        for item in questions(bundle, upload.year, subject)
    }
    for row in upload.said.to_pylist():
        item, subject = asked.get(row["item"]), row["subject"]
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
