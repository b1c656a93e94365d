"""Save assessments with their pins, and compute saved ones again (H6)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from sinhthai import __version__
from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.digest import digests
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import columns_used
from sinhthai.assessment.engine.verdicts import count_statuses, verdict_of
from sinhthai.assessment.models import Assessment
from sinhthai.assessment.readers import (
    assess_one,
    default_year,
    freeze,
    items_needed,
    years_needed,
)
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.reporting.engine.facts import Facts, build_facts
from sinhthai.reporting.readers import read_records, read_roster, years_reported
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

# Above this many parks, reading all of the country's records is one plain scan.
_MANY = 200


class NotOfParks(ValueError):
    """Asked to save, for a park, an assessment by criteria of enterprises."""


@dataclass(frozen=True)
class Recomputation:
    """What came out when a saved assessment was computed again from its pins."""

    assessment: Assessment
    findings: tuple[Finding, ...]
    differences: tuple[Text, ...]

    @property
    def same(self) -> bool:
        """True when every byte is the same."""
        return not self.differences


def assess_parks(
    parks: Iterable[Park],
    *,
    family: str,
    on: dt.date,
    at: dt.datetime,
    year: int | None = None,
    options: Mapping[str, str] | None = None,
    by: User | None = None,
) -> list[Assessment]:
    """Assess parks by the version of *family* in force on a day, and save what was found.

    *at* is now: the facts known by then count. *year* is the year of the facts, by default for
    each park the latest it reported up to the day. The result is empty when no version was in
    force. The assessments saved become the current ones of their park and family.
    """
    chosen = list(parks)
    bundle = load_bundle()
    framework = bundle.framework_on(family, on)
    if framework is None or not chosen:
        return []
    if framework.subject != "park":
        raise NotOfParks(f"{family} holds criteria of enterprises: nothing to save for a park")
    readings = bundle.defaults() | dict(options or {})
    codes = [park.code for park in chosen] if len(chosen) <= _MANY else None
    reported = years_reported(codes)
    asked = [
        Asked(park.code, on, year or default_year(reported.get(park.code, ()), on))
        for park in chosen
    ]
    years = years_needed([framework], {one.year for one in asked})
    facts = build_facts(
        read_records(codes, known_at=at),
        read_roster(codes, years),
        years,
        items_needed(bundle, [framework]),
    )
    found: dict[str, list[Finding]] = {}
    for finding in to_findings(assess(framework, facts, asked, readings, bundle.items)):
        found.setdefault(finding.subject, []).append(finding)
    digest = _digests(facts, asked, framework, readings)
    rows = []
    for park, one in zip(chosen, asked, strict=True):
        counts = count_statuses(finding.status for finding in found[park.code])
        rows.append(
            Assessment(
                park=park,
                family=family,
                framework=framework.id,
                on=on,
                year=one.year,
                options={name: readings[name] for name in framework.options},
                engine_version=__version__,
                rules_hash=bundle.hash,
                input_digest=digest[park.code],
                known_at=at,
                findings=[freeze(finding) for finding in found[park.code]],
                verdict=verdict_of(framework, counts),
                by=by,
                at=at,
                **counts,
            )
        )
    return _save_as_current(rows, by, at)


@transaction.atomic
def _save_as_current(
    rows: Sequence[Assessment], by: User | None, at: dt.datetime
) -> list[Assessment]:
    """Save assessments of one family, the current ones of their parks from now on.

    Two at once: one waits for the other, and what was computed on older facts, if it comes
    later, does not take the place of what was computed on newer ones.
    """
    parks, family = [row.park_id for row in rows], rows[0].family
    locked = Park.objects.select_for_update(of=("self",)).filter(pk__in=parks)
    list(locked.order_by("pk").values_list("pk"))
    current = Assessment.objects.filter(park__in=parks, family=family, is_current=True)
    newer = set(current.filter(known_at__gt=at).values_list("park", flat=True))
    for row in rows:
        row.is_current = row.park_id not in newer
    current.exclude(park__in=newer).update(is_current=False)
    saved = Assessment.objects.bulk_create(rows, batch_size=500)
    if by is not None:
        for assessment in saved:
            _audit(assessment, by, at)
    return saved


def reassess(park: Park, *, at: dt.datetime, today: dt.date) -> list[Assessment]:
    """Assess a park again by every framework of parks, after its facts changed.

    The day and the readings of its current assessments are kept; a newer year of reports moves
    the day to the end of that year, or to today.
    """
    bundle = load_bundle()
    latest = max(years_reported([park.code]).get(park.code, ()), default=today.year)
    newest = min(dt.date(latest, 12, 31), today)
    current = {one.family: one for one in Assessment.objects.filter(park=park, is_current=True)}
    saved = []
    for family in dict.fromkeys(f.family for f in bundle.frameworks if f.subject == "park"):
        before = current.get(family)
        saved += assess_parks(
            [park],
            family=family,
            on=max(before.on, newest) if before else newest,
            options=before.options if before else None,
            at=at,
        )
    return saved


def recompute(assessment: Assessment) -> Recomputation:
    """Compute a saved assessment again from the facts known then, and say what differs."""
    bundle = load_bundle()
    differences = []
    framework = next((f for f in bundle.frameworks if f.id == assessment.framework), None)
    if assessment.engine_version != __version__:
        differences.append(
            Text(
                "Phiên bản chương trình: {old}, nay là {new}.", "Engine: {old}, now {new}."
            ).format(old=assessment.engine_version, new=__version__)
        )
    if assessment.rules_hash != bundle.hash:
        differences.append(
            Text("Gói quy định: {old}…, nay là {new}….", "Rules: {old}…, now {new}….").format(
                old=assessment.rules_hash[:12], new=bundle.hash[:12]
            )
        )
    if framework is None:
        gone = Text(
            "Bộ tiêu chí {id} không còn trong gói quy định.",
            "Framework {id} is no longer among the rules.",
        )
        return Recomputation(assessment, (), (*differences, gone.format(id=assessment.framework)))
    live = assess_one(
        bundle,
        framework,
        assessment.park.code,
        assessment.on,
        assessment.year,
        assessment.options,
        assessment.known_at,
    )
    if live.digest != assessment.input_digest:
        differences.append(
            Text(
                "Số liệu tính đến {at:%d/%m/%Y %H:%M} UTC không còn như khi lưu"
                " (danh sách doanh nghiệp hoặc số liệu đã đổi).",
                "The facts as known on {at:%Y-%m-%d %H:%M} UTC are not those of the saved result"
                " (the list of enterprises or the records changed).",
            ).format(at=assessment.known_at.astimezone(dt.UTC))
        )
    differences += _changes(assessment.findings, [freeze(one) for one in live.findings])
    return Recomputation(assessment, live.findings, tuple(differences))


def canonical(findings: Sequence[Mapping[str, object]]) -> bytes:
    """Return saved findings as the bytes that are compared."""
    return json.dumps(
        findings, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _changes(
    before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]
) -> list[Text]:
    """Return, for each criterion whose bytes differ, what it was and what it is."""
    was = {str(row["leaf"]): row for row in before}
    now = {str(row["leaf"]): row for row in after}
    changes = []
    for leaf in dict.fromkeys([*was, *now]):
        old, new = was.get(leaf), now.get(leaf)
        if canonical([old or {}]) == canonical([new or {}]):
            continue
        text = Text("Tiêu chí {leaf}: {old}, nay {new}.", "Criterion {leaf}: {old}, now {new}.")
        changes.append(
            Text(
                text.vi.format(leaf=leaf, old=_brief(old, "vi"), new=_brief(new, "vi")),
                text.en.format(leaf=leaf, old=_brief(old, "en"), new=_brief(new, "en")),
            )
        )
    return changes


def _brief(row: Mapping[str, object] | None, language: str) -> str:
    if row is None:
        return Text("không có", "absent").get(language)
    return f"{row['status']} [{row['lower']}; {row['upper']}]"


def _digests(
    facts: Facts, asked: Sequence[Asked], framework: Framework, readings: Mapping[str, str]
) -> dict[str, str]:
    """Return the digest of the facts each park was assessed on: those of its years only."""
    columns = columns_used(framework, readings)
    by_year: dict[int, list[str]] = {}
    for one in asked:
        by_year.setdefault(one.year, []).append(one.subject)
    found: dict[str, str] = {}
    for year, subjects in by_year.items():
        found |= digests(facts, subjects, columns, years_needed([framework], [year]))
    return found


def _audit(one: Assessment, by: User, at: dt.datetime) -> None:
    summary = Text(
        "Đánh giá {park} theo {framework}: {met} đạt, {not_met} không đạt,"
        " {undetermined} chưa xác định",
        "Assessed {park} against {framework}: {met} met, {not_met} not met,"
        " {undetermined} undetermined",
    )
    record_audit(
        actor=by,
        action="assessment.save",
        at=at,
        summary=summary.format(
            park=one.park.name_vi,
            framework=one.framework,
            met=one.met,
            not_met=one.not_met,
            undetermined=one.undetermined,
        ),
        park_code=one.park.code,
        object_kind="assessment",
        object_code=str(one.pk),
    )
