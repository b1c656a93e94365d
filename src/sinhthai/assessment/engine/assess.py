"""Assess subjects against a framework: tables in, a table out. No Django, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import Tables, assessment_query
from sinhthai.assessment.engine.session import run
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.model import Bundle, Framework, Item

# The columns of `assess`: the fields of Finding.
FINDINGS = pa.schema(
    [
        ("subject", pa.string()),
        ("leaf", pa.string()),
        ("on", pa.date32()),
        ("year", pa.int32()),
        ("status", pa.string()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("threshold", pa.float64()),
        ("numerator", pa.list_(pa.float64())),
        ("denominator", pa.list_(pa.float64())),
        ("yes", pa.int64()),
        ("no", pa.int64()),
        ("unknown", pa.int64()),
        ("maybe", pa.int64()),
        ("from_aggregate", pa.bool_()),
        ("gap", pa.float64()),
        ("gap_certain", pa.float64()),
        ("missing", pa.list_(pa.string())),
    ]
)
_ASKED = ("subject", "leaf", "on", "year")
# What the query returns: idx and leaf are positions, the rest is as it stays.
_FOUND = pa.schema(
    [
        ("idx", pa.int32()),
        ("leaf", pa.int32()),
        *((field.name, field.type) for field in FINDINGS if field.name not in _ASKED),
    ]
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: this subject, by the rules of this day, with the facts of this year."""

    subject: str
    on: dt.date
    year: int


@dataclass(frozen=True)
class Answer:
    """The findings of a family, by the version in force on each day asked."""

    findings: pa.Table
    versions: Mapping[Asked, str]
    without: tuple[Asked, ...]  # days on which no version was in force


def assess(
    framework: Framework,
    facts: Facts,
    asked: Sequence[Asked],
    options: Mapping[str, str],
    items: Mapping[str, Item] | None = None,
) -> pa.Table:
    """Hold the facts of all asked subjects and days against one framework, in one query.

    Parameters
    ----------
    framework
        One version of a set of criteria. Its thresholds are those in force on each day asked.
    facts
        The fact tables; a column that is not there is unknown throughout.
    asked
        Subject, day and year of facts. A subject without facts gives findings too: undetermined.
    options
        The reading chosen for each option the framework names (``Bundle.defaults()``).
    items
        The dictionary, for the limits of unknown numbers; without it they are 0 and none.

    Returns
    -------
    Table of `FINDINGS`
        In the order asked, then in the order of the framework's leaves.

    Raises
    ------
    FormulaError
        Names the leaf whose formula the engine cannot compute.
    """
    questions = pa.table(
        {
            "idx": pa.array(range(len(asked)), pa.int32()),
            "subject": pa.array([one.subject for one in asked], pa.string()),
            "on": pa.array([one.on for one in asked], pa.date32()),
            "year": pa.array([one.year for one in asked], pa.int32()),
        }
    )
    leaves = pa.array([leaf.id for leaf in framework.leaves], pa.string())
    given = {"asked": questions, "park": facts.park, "enterprise": facts.enterprise}
    tables = Tables(frozenset(facts.park.column_names), frozenset(facts.enterprise.column_names))

    def query(suffix: str) -> str:
        return assessment_query(framework, tables, options, items or {}, suffix)

    found = run(query, given, _FOUND)
    at = found["idx"].combine_chunks()
    columns = {
        "subject": questions["subject"].take(at),
        "leaf": leaves.take(found["leaf"].combine_chunks()),
        "on": questions["on"].take(at),
        "year": questions["year"].take(at),
    }
    named = columns | {name: found[name] for name in FINDINGS.names if name not in columns}
    return pa.table(named).cast(FINDINGS)


def assess_family(
    bundle: Bundle,
    family: str,
    facts: Facts,
    asked: Sequence[Asked],
    options: Mapping[str, str] | None = None,
) -> Answer:
    """Assess by the version of *family* in force on each day asked; says when none was."""
    readings = bundle.defaults() | dict(options or {})
    by_version: dict[str, list[Asked]] = {}
    versions: dict[Asked, str] = {}
    frameworks: dict[str, Framework] = {}
    for one in asked:
        framework = bundle.framework_on(family, one.on)
        if framework is not None:
            frameworks[framework.id] = framework
            versions[one] = framework.id
            by_version.setdefault(framework.id, []).append(one)
    tables = [
        assess(frameworks[version], facts, questions, readings, bundle.items)
        for version, questions in by_version.items()
    ]
    return Answer(
        findings=pa.concat_tables(tables) if tables else FINDINGS.empty_table(),
        versions=versions,
        without=tuple(one for one in asked if one not in versions),
    )


def to_findings(table: pa.Table) -> list[Finding]:
    """Return the rows of `assess` as `Finding` objects."""
    columns = [table[name].to_pylist() for name in FINDINGS.names]
    pairs = FINDINGS.get_field_index("numerator"), FINDINGS.get_field_index("denominator")
    for at in pairs:
        columns[at] = [None if pair is None else (pair[0], pair[1]) for pair in columns[at]]
    missing = FINDINGS.get_field_index("missing")
    columns[missing] = [tuple(codes) for codes in columns[missing]]
    return [Finding(*row) for row in zip(*columns, strict=True)]
