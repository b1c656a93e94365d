"""Findings as they are now, and as they were saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import pyarrow as pa
from django.db.models import Q

from sinhthai import __version__
from sinhthai.accounts.models import AuditEntry
from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.digest import digests
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import columns_of_any_reading, columns_used
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.trace import Origin, Trace, explain, stated_for
from sinhthai.registry.models import Park
from sinhthai.reporting.engine.facts import Facts, build_facts
from sinhthai.reporting.models import Record
from sinhthai.reporting.readers import read_records, read_roster, years_reported
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Framework, Item

# What a saved finding keeps; subject, day and year stand in the assessment itself.
_PINNED_ELSEWHERE = ("on", "year")
_ROSTER_CHANGES = (
    "registry.add_enterprise",
    "registry.import_enterprises",
    "registry.record_status",
)


@dataclass(frozen=True)
class Live:
    """The findings for one park by the rules of a day, with everything they rest on.

    ``records`` and ``facts`` hold only the items the framework asks for. For a framework of
    enterprises there are findings for each enterprise of the park.
    """

    park: str
    framework: Framework
    on: dt.date
    year: int
    options: Mapping[str, str]
    known_at: dt.datetime | None
    findings: tuple[Finding, ...]
    facts: Facts
    records: pa.Table
    digest: str

    def finding(self, leaf: str, subject: str | None = None) -> Finding:
        """Return the finding of a leaf (KeyError if there is none), of the park by default."""
        wanted = subject or self.park
        for finding in self.findings:
            if finding.leaf == leaf and finding.subject == wanted:
                return finding
        raise KeyError(leaf)


def findings_for(
    park: Park,
    family: str,
    on: dt.date,
    year: int | None = None,
    options: Mapping[str, str] | None = None,
    known_at: dt.datetime | None = None,
) -> Live | None:
    """Assess one park now; None if no version of *family* is in force on the day.

    *year* is the year of the facts: by default the latest one reported up to the day. *options*
    are the readings that differ from the defaults. *known_at* asks as of that instant.
    """
    bundle = load_bundle()
    framework = bundle.framework_on(family, on)
    if framework is None:
        return None
    if year is None:
        year = default_year(years_reported([park.code]).get(park.code, ()), on)
    return assess_one(bundle, framework, park.code, on, year, options, known_at)


def assess_one(
    bundle: Bundle,
    framework: Framework,
    park: str,
    on: dt.date,
    year: int,
    options: Mapping[str, str] | None = None,
    known_at: dt.datetime | None = None,
) -> Live:
    """Assess one park, or its enterprises, against one version of a framework."""
    readings = bundle.defaults() | dict(options or {})
    years = years_needed([framework], [year])
    records = read_records([park], known_at=known_at)
    roster = read_roster([park], years)
    facts = build_facts(records, roster, years, items_needed(bundle, [framework]))
    subjects = [park]
    if framework.subject == "enterprise":
        of_year = roster.to_pylist()
        subjects = sorted(row["enterprise"] for row in of_year if row["year"] == year)
    asked = [Asked(subject, on, year) for subject in subjects]
    table = assess(framework, facts, asked, readings, bundle.items)
    columns = columns_used(framework, readings)
    return Live(
        park=park,
        framework=framework,
        on=on,
        year=year,
        options={name: readings[name] for name in framework.options if name in readings},
        known_at=known_at,
        findings=tuple(to_findings(table)),
        facts=facts,
        records=records,
        digest=digests(facts, [park], columns, years)[park],
    )


def default_year(reported: Sequence[int], on: dt.date) -> int:
    """Return the latest year reported up to the day, else the year of the day."""
    return max((year for year in reported if year <= on.year), default=on.year)


def years_needed(frameworks: Iterable[Framework], asked: Iterable[int]) -> list[int]:
    """Return the years of facts that findings for the years *asked* look at."""
    window = max((leaf.years for f in frameworks for leaf in f.leaves), default=1)
    return sorted({year - back for year in asked for back in range(window)})


def items_needed(bundle: Bundle, frameworks: Iterable[Framework]) -> list[Item]:
    """Return the items the frameworks ask for, under whatever reading of the law."""
    codes = {code for framework in frameworks for code in columns_of_any_reading(framework)}
    return [bundle.items[code] for code in sorted(codes)]


def saved_findings(assessment: Assessment) -> list[Finding]:
    """Return the findings as they were saved."""
    return [_thaw(row, assessment) for row in assessment.findings]


def stale(assessment: Assessment) -> bool:
    """Return whether facts, enterprises, rules or engine changed since it was saved."""
    if assessment.rules_hash != load_bundle().hash or assessment.engine_version != __version__:
        return True
    since = assessment.known_at
    changed = Q(recorded_at__gt=since) | Q(reverted_at__gt=since)
    if Record.objects.filter(changed, park=assessment.park_id).exists():
        return True
    # Statuses carry no recording time; the trail of each change of the list does.
    return AuditEntry.objects.filter(
        park_code=assessment.park.code, at__gt=since, action__in=_ROSTER_CHANGES
    ).exists()


def freeze(finding: Finding) -> dict[str, object]:
    """Return a finding as it is saved: plain JSON, nothing that is pinned elsewhere."""
    row = asdict(finding)
    for name in _PINNED_ELSEWHERE:
        del row[name]
    for name, value in row.items():
        if isinstance(value, tuple):
            row[name] = list(value)
    return row


def _thaw(row: Mapping[str, object], assessment: Assessment) -> Finding:
    known = {field.name for field in fields(Finding)}
    values = {name: value for name, value in row.items() if name in known}
    for name in ("numerator", "denominator", "missing"):
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])  # type: ignore[arg-type]
    return Finding(**values, on=assessment.on, year=assessment.year)  # type: ignore[arg-type]


def explain_live(live: Live, leaf_id: str, subject: str | None = None) -> Trace:
    """Answer "why?" for one criterion of what `findings_for` found (two queries more)."""
    bundle = load_bundle()
    leaf, finding = live.framework.leaf(leaf_id), live.finding(leaf_id, subject)
    options = bundle.defaults() | dict(live.options)
    stated = stated_for(bundle, live.records, leaf, finding, options)
    return explain(
        bundle,
        live.framework,
        leaf,
        finding,
        live.facts,
        options=options,
        stated=stated,
        origins=_origins({said.seq for said in stated.values()}),
    )


def _origins(numbers: set[int]) -> dict[int, dict[str, Origin]]:
    """Return where each item of the records came from; "" stands for items without a cell."""
    found: dict[int, dict[str, Origin]] = {}
    for record in Record.objects.filter(pk__in=numbers).select_related("batch", "author"):
        author = (
            record.author.get_full_name() or record.author.get_username() if record.author else ""
        )
        for code, cell in {"": "", **record.cells}.items():
            found.setdefault(record.pk, {})[code] = Origin(
                source=record.source,
                cell=cell,
                author=author,
                recorded_at=record.recorded_at,
                file_name=record.batch.file_name if record.batch else "",
                as_of=record.as_of,
            )
    return found
