"""One criterion after the other: what was found, on what, what was said of it, what was judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from sinhthai.assessment.documents.compose import compose
from sinhthai.assessment.documents.report import Criterion, Pins, Report
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import leaf_columns
from sinhthai.assessment.inputs import inputs_of
from sinhthai.certification.engine.contents import EXPLAIN
from sinhthai.certification.engine.findings import finding_digest
from sinhthai.certification.models import Dossier, Judgement, Opinion, Override, Snapshot
from sinhthai.certification.wording import organisation_name, subject_name
from sinhthai.foundation.text import Text
from sinhthai.reporting.models import Evidence
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework, Leaf


@dataclass(frozen=True, slots=True)
class Said:
    """What one body says of one criterion."""

    body: Text
    party: str
    position: str
    remark: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one judged, and what stands now; ``before`` None when it is no longer kept."""

    before: Criterion | None
    now: Criterion


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion with everything a judgement of it rests on.

    ``judgement`` is the last one, whether or not it still has force: ``difference`` is set when
    the finding changed since, so that it has none.
    """

    criterion: Criterion
    why_url: str
    explanation: str  # the applicant's
    evidence: tuple[Evidence, ...]
    opinions: tuple[Said, ...]
    judgement: Judgement | None
    difference: Difference | None
    earlier: tuple[Judgement, ...]
    overrides: tuple[Override, ...]

    @property
    def leaf(self) -> Leaf:
        return self.criterion.leaf

    @property
    def stale(self) -> bool:
        """Whether a judgement lost its force because the finding changed."""
        return self.difference is not None

    @property
    def open(self) -> bool:
        """Whether a judgement is still to be written."""
        return self.judgement is None or self.stale

    @property
    def against(self) -> tuple[Said, ...]:
        """The opinions that do not agree."""
        return tuple(one for one in self.opinions if one.position == Opinion.Position.DISAGREE)

    @property
    def parts_from_finding(self) -> bool:
        """Whether the judgement says other than the finding: its reason must carry that."""
        if self.judgement is None or self.stale:
            return False
        return self.judgement.met != (self.criterion.status in ("met", "not_applicable"))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All criteria of a dossier, on its current snapshot."""

    snapshot: Snapshot
    report: Report
    groups: tuple[tuple[Text, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The criteria in the order of the framework's groups."""
        return tuple(row for _group, rows in self.groups for row in rows)

    def row(self, leaf: str) -> Row | None:
        """Return the row of *leaf*, or None."""
        return next((row for row in self.rows if row.leaf.id == leaf), None)

    @property
    def judged(self) -> int:
        return sum(not row.open for row in self.rows)

    @property
    def met(self) -> int:
        return sum(bool(row.judgement and row.judgement.met and not row.open) for row in self.rows)

    @property
    def failed(self) -> tuple[Row, ...]:
        """The criteria judged not met, with force."""
        return tuple(r for r in self.rows if r.judgement and not r.judgement.met and not r.open)

    @property
    def stale(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.stale)


def read_evaluation(
    dossier: Dossier, *, opinions: Sequence[Opinion] = (), brief: bool = False
) -> Evaluation | None:
    """Return the criteria of *dossier*; None while nothing was assessed for it yet.

    *opinions* are those the reader of the page may see; *brief* leaves out reported values and
    evidence, for pages that show the criteria in a table.
    """
    taken = list(dossier.snapshots.order_by("-id"))
    snapshot = next((one for one in taken if one.is_current), None)
    framework = framework_of(snapshot) if snapshot else None
    if snapshot is None or framework is None:
        return None
    report = report_of(dossier, snapshot, framework, inputs=not brief)
    digests = {str(row["leaf"]): finding_digest(row) for row in snapshot.findings}
    judged: dict[str, list[Judgement]] = {}
    for judgement in dossier.judgements.select_related("by").order_by("id"):
        judged.setdefault(judgement.leaf, []).append(judgement)
    overrides: dict[str, list[Override]] = {}
    standing = dossier.overrides.filter(withdrawn_at=None).select_related("by")
    for override in standing.order_by("id"):
        overrides.setdefault(override.leaf, []).append(override)
    earlier = [one for one in taken if not one.is_current]
    before = _earlier_criteria(dossier, framework, earlier, judged, digests)
    evidence = {} if brief else evidence_of(dossier, framework, snapshot)
    query = _query_of_why(snapshot, framework)

    def row(criterion: Criterion) -> Row:
        leaf, digest = criterion.leaf.id, digests[criterion.leaf.id]
        history = judged.get(leaf, [])
        last = history[-1] if history else None
        changed = last is not None and last.finding_digest != digest
        return Row(
            criterion=criterion,
            why_url=_why_url(dossier, leaf, query),
            explanation=str(dossier.contents.get(EXPLAIN + leaf, "")),
            evidence=tuple(evidence.get(leaf, [])),
            opinions=tuple(_said(opinions, leaf)),
            judgement=last,
            difference=Difference(before.get(last.finding_digest), criterion)
            if last and changed
            else None,
            earlier=tuple(reversed(history[:-1])),
            overrides=tuple(o for o in overrides.get(leaf, []) if o.finding_digest == digest),
        )

    groups = tuple(
        (name, tuple(row(criterion) for criterion in members))
        for name, members in report.by_group()
    )
    return Evaluation(snapshot, report, groups)


def framework_of(snapshot: Snapshot) -> Framework | None:
    """Return the criteria *snapshot* was taken against; None when the rules lost them."""
    known = load_bundle().frameworks
    return next((one for one in known if one.id == snapshot.framework), None)


def report_of(
    dossier: Dossier, snapshot: Snapshot, framework: Framework, *, inputs: bool = False
) -> Report:
    """Return *snapshot* in words; with *inputs*, the reported values it rests on."""
    bundle = load_bundle()
    enterprise = dossier.enterprise
    known = (
        inputs_of(
            bundle, dossier.park, snapshot.year, snapshot.known_at, enterprise=enterprise
        ).get(enterprise.code if enterprise else "", {})
        if inputs
        else {}
    )
    pins = Pins(
        snapshot.engine_version,
        bundle.version if snapshot.rules_hash == bundle.hash else "",
        snapshot.rules_hash,
        snapshot.input_digest,
        snapshot.known_at,
        dict(snapshot.options),
    )
    return compose(
        bundle,
        framework,
        findings_of(snapshot),
        subject=enterprise.code if enterprise else dossier.park.code,
        name=subject_name(dossier),
        on=snapshot.on,
        year=snapshot.year,
        pins=pins,
        inputs=known,
        invented=dossier.park.invented or bool(enterprise and enterprise.invented),
    )


def findings_of(snapshot: Snapshot) -> list[Finding]:
    """Return the findings as they were kept."""
    return [thaw(row, snapshot.on, snapshot.year) for row in snapshot.findings]


def thaw(row: Mapping[str, object], on: dt.date, year: int) -> Finding:
    """Return one kept finding."""
    names = {field.name for field in fields(Finding)} - {"on", "year"}
    kept = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name in names
    }
    return Finding(**kept, on=on, year=year)  # type: ignore[arg-type]


def _earlier_criteria(
    dossier: Dossier,
    framework: Framework,
    earlier: Sequence[Snapshot],
    judged: Mapping[str, list[Judgement]],
    digests: Mapping[str, str],
) -> dict[str, Criterion]:
    """Return, by digest, the findings that were judged and are no longer those of now."""
    wanted = {
        history[-1].finding_digest
        for leaf, history in judged.items()
        if history[-1].finding_digest != digests.get(leaf)
    }
    found: dict[str, Criterion] = {}
    if not wanted:
        return found
    for snapshot in earlier:
        kept = [row for row in snapshot.findings if finding_digest(row) in wanted - set(found)]
        if not kept:
            continue
        report = report_of(dossier, snapshot, framework)
        by_leaf = {criterion.leaf.id: criterion for criterion in report.criteria}
        found |= {finding_digest(row): by_leaf[str(row["leaf"])] for row in kept}
        if wanted <= set(found):
            break
    return found


def evidence_of(
    dossier: Dossier, framework: Framework, snapshot: Snapshot
) -> dict[str, list[Evidence]]:
    """Return the files that prove the values each criterion rests on."""
    bundle = load_bundle()
    options = bundle.defaults() | dict(snapshot.options)
    asked = {leaf.id: leaf_columns(leaf, options) for leaf in framework.leaves}
    own = {code for columns, _members in asked.values() for code in columns}
    members = {code for _columns, theirs in asked.values() for code in theirs}
    back = max(leaf.years for leaf in framework.leaves)
    files = Evidence.objects.filter(
        park=dossier.park_id,
        year__range=(snapshot.year - back + 1, snapshot.year),
        withdrawn_at=None,
    ).defer("sha256")
    if dossier.enterprise_id is None:
        files = files.filter(
            Q(enterprise=None, item__in=own) | Q(enterprise__isnull=False, item__in=members)
        )
    else:
        files = files.filter(enterprise=dossier.enterprise_id, item__in=own)
    by_item: dict[tuple[bool, str], list[Evidence]] = {}
    for file in files.order_by("-year", "item", "id"):
        of_member = dossier.enterprise_id is None and file.enterprise_id is not None
        by_item.setdefault((of_member, file.item), []).append(file)
    return {
        leaf: [
            file
            for of_member, codes in ((False, columns), (True, theirs))
            for code in codes
            for file in by_item.get((of_member, code), [])
        ]
        for leaf, (columns, theirs) in asked.items()
    }


def _said(opinions: Sequence[Opinion], leaf: str) -> list[Said]:
    return [
        Said(
            organisation_name(opinion.organisation),
            opinion.party,
            str(said.get("position", "")),
            str(said.get("remark", "")),
        )
        for opinion in opinions
        if opinion.answered_at and (said := opinion.positions.get(leaf))
    ]


def _query_of_why(snapshot: Snapshot, framework: Framework) -> str:
    defaults = load_bundle().defaults()
    readings = [
        (name, choice)
        for name, choice in sorted(snapshot.options.items())
        if name in framework.options and choice != defaults.get(name)
    ]
    asked = [("framework", framework.family), ("on", snapshot.on.isoformat())]
    return urlencode([*asked, ("year", str(snapshot.year)), *readings])


def _why_url(dossier: Dossier, leaf: str, query: str) -> str:
    """Return where the park's own page explains the finding; enterprises have no such page."""
    if dossier.enterprise_id is not None:
        return ""
    return f"{reverse('assessment_why', args=[dossier.park.code, leaf])}?{query}"
