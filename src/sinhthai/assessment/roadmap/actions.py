"""Find a roadmap and save it with its pins; share it with who oversees the park (H6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.assessment.models import Roadmap
from sinhthai.assessment.roadmap.candidates import candidates_of
from sinhthai.assessment.roadmap.document import freeze, thaw
from sinhthai.assessment.roadmap.model import Asked, Candidate, Ground, Want
from sinhthai.assessment.roadmap.needs import wants_of
from sinhthai.assessment.roadmap.options_file import read_options
from sinhthai.assessment.roadmap.reading import ground_of_park
from sinhthai.assessment.roadmap.study import Progress, study
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework


def find_roadmap(
    park: Park,
    framework: Framework,
    asked: Asked,
    *,
    at: dt.datetime,
    by: User | None = None,
    readings: Mapping[str, str] | None = None,
    options: tuple[str, bytes] | None = None,
    progress: Progress = lambda what: None,
) -> Roadmap:
    """Find the roadmaps of *park* from what is known *at*, and save them as one.

    Parameters
    ----------
    options : name and content of the person's own workbook of options.

    Raises
    ------
    InputError : the workbook cannot be used; nothing is saved.
    """
    ground, wants, candidates = options_of(park, framework, asked, at=at, readings=readings)
    if options is not None:
        candidates = read_options(options[1], options[0], candidates, wants, ground, asked)
    found = study(ground, wants, candidates, asked, progress)
    plan = found.main
    row = Roadmap(
        park=park,
        family=framework.family,
        framework=framework.id,
        by_day=asked.by,
        asked={
            "goals": list(asked.goals),
            "first": asked.first,
            "budget": {str(year): money for year, money in asked.budget.items()},
            "rate": asked.rate,
            "horizon": asked.horizon,
            "seconds": asked.seconds,
            "months": asked.months,
            "readings": dict(readings or {}),
        },
        result=freeze(found),
        options_file=options[1] if options else None,
        options_name=options[0][:200] if options else "",
        status=plan.status,
        all_met=plan.is_met,
        cost=plan.cost,
        investment=plan.investment,
        co2e=plan.co2e,
        engine_version=found.engine_version,
        rules_hash=found.rules_hash,
        factors_hash=found.factors_hash,
        input_digest=found.input_digest,
        known_at=at,
        by=by,
        at=at,
    )
    with transaction.atomic():
        row.save()
        if by is not None:
            summary = Text(
                f"Tìm lộ trình đạt {framework.family} đến {asked.by.isoformat()}.",
                f"Found a roadmap to {framework.family} by {asked.by.isoformat()}.",
            )
            _audit(row, by, at, "assessment.find_roadmap", summary)
    return row


def recompute_roadmap(row: Roadmap) -> tuple[Text, ...]:
    """Find a saved roadmap again from its pins and return what differs; nothing when all is same.

    Facts are those known then; the exchanges of the park are those of now.
    """
    said = row.asked
    asked = Asked(
        row.by_day,
        said["first"],
        tuple(said["goals"]),
        {int(year): money for year, money in said["budget"].items()},
        said["rate"],
        said["horizon"],
        said["seconds"],
        said["months"],
    )
    framework = next((f for f in load_bundle().frameworks if f.id == row.framework), None)
    if framework is None:
        gone = Text(
            "Bộ tiêu chí {id} không còn trong gói quy định.",
            "Framework {id} is no longer among the rules.",
        )
        return (gone.format(id=row.framework),)
    ground, wants, candidates = options_of(
        row.park, framework, asked, at=row.known_at, readings=said["readings"]
    )
    if row.options_file is not None:
        data = bytes(row.options_file)
        candidates = read_options(data, row.options_name, candidates, wants, ground, asked)
    again, before = study(ground, wants, candidates, asked), thaw(row.result)
    pins = (
        (Text("Phiên bản chương trình", "Engine"), "engine_version"),
        (Text("Bộ giải", "Solver"), "solver"),
        (Text("Quy định", "Rules"), "rules_hash"),
        (Text("Hệ số", "Factors"), "factors_hash"),
        (Text("Bảng bước và giá", "Tables of steps and prices"), "tables_hash"),
        (Text("Dữ liệu đầu vào", "Inputs"), "input_digest"),
    )
    changed = [
        Text("{name}: {old}, nay là {new}.", "{name}: {old}, now {new}.").format(
            name=name, old=getattr(before, pin)[:12], new=getattr(again, pin)[:12]
        )
        for name, pin in pins
        if getattr(before, pin) != getattr(again, pin)
    ]
    if again.alternatives != before.alternatives:
        changed.append(Text("Các phương án khác trước.", "The plans are different."))
    return tuple(changed)


def options_of(
    park: Park,
    framework: Framework,
    asked: Asked,
    *,
    at: dt.datetime,
    readings: Mapping[str, str] | None = None,
) -> tuple[Ground, tuple[Want, ...], tuple[Candidate, ...]]:
    """Return the park, what it lacks and what could be done, without looking for a plan."""
    ground = ground_of_park(park, framework, asked.by, known_at=at, options=readings)
    wants = wants_of(ground)
    return ground, wants, candidates_of(ground, wants, asked)


@transaction.atomic
def share_roadmap(row: Roadmap, *, by: User, at: dt.datetime) -> None:
    """Let everybody who may read the inside of the park read *row*; once shared it stays so."""
    if row.shared_at is not None:
        return
    row.shared_at, row.shared_by = at, by
    row.save(update_fields=["shared_at", "shared_by"])
    summary = Text(f"Chia sẻ lộ trình số {row.pk}.", f"Shared roadmap {row.pk}.")
    _audit(row, by, at, "assessment.share_roadmap", summary)


def _audit(row: Roadmap, by: User, at: dt.datetime, action: str, summary: Text) -> None:
    record_audit(
        actor=by,
        action=action,
        at=at,
        summary=summary,
        park_code=row.park.code,
        object_kind="roadmap",
        object_code=str(row.pk),
        detail={"input_digest": row.input_digest},
    )
