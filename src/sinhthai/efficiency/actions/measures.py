"""Choose a measure, size it, judge whether it can be done, plan it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from sinhthai import __version__
from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.audits import locked, trail
from sinhthai.efficiency.actions.baseline import MOST
from sinhthai.efficiency.actions.recount import recount
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Measure
from sinhthai.efficiency.models import (
    Audit,
    AuditMeasure,
    Judgement,
    MeasureEvent,
    Plan,
    Sizing,
)
from sinhthai.efficiency.readers.baseline import prices_of, quantity_of, standing_entries
from sinhthai.efficiency.sizing import calculator_of
from sinhthai.efficiency.wording import carrier_unit, carriers_of, use_name
from sinhthai.efficiency.worth import worth_of
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label

_SHIFTED = "electricity.peak"


@dataclass(frozen=True, slots=True)
class SizeGiven:
    """How a measure is sized: a share of its use, figures of a calculator, or an own calculation.

    ``share`` from 0 to 1; ``figures`` in the units the calculator's fields show; ``saved`` in base
    units of the carrier. ``value_vnd`` and ``investment_vnd`` None: not known.
    """

    method: str
    carrier: str = ""
    share: float | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    saved: float | None = None
    value_vnd: float | None = None
    investment_vnd: float | None = None
    source: str = ""


def choose_measure(*, user: User, audit: Audit, measure: str, at: dt.datetime) -> AuditMeasure:
    """Take a measure of the catalogue into the audit: identified, nothing sized yet."""
    found = measure_of(measure)
    with locked(user, audit) as held:
        present = {row.measure: row.status for row in AuditMeasure.objects.filter(audit=held)}
        if measure in present:
            raise refuse("measure-twice")
        for other in load_whole_catalogue().measures:
            clashes = other.id in found.excludes or measure in other.excludes
            if clashes and present.get(other.id, "rejected") != "rejected":
                raise refuse("excluded", other_vi=other.name.vi, other_en=other.name.en)
        today = timezone.localdate(at)
        row = AuditMeasure.objects.create(
            audit=held, measure=measure, status_since=today, created_by=user, created_at=at
        )
        MeasureEvent.objects.create(measure=row, after="identified", on=today, by=user, at=at)
        _trail(row, held, user, at, "choose_measure", _SAID["choose"])
    return row


def size_measure(*, user: User, row: AuditMeasure, given: SizeGiven, at: dt.datetime) -> Sizing:
    """Append what the measure would save, with everything it was computed from.

    Raises
    ------
    InputError : the use is not known, a figure cannot be, the saving is more than the use, or the
        measure is verified and its sizing no longer matters.
    """
    found = measure_of(row.measure)
    with locked(user, row.audit) as held:
        fresh = AuditMeasure.objects.get(pk=row.pk)
        if fresh.status == "verified":
            raise refuse("verified-stands")
        entries = standing_entries(held)
        carrier = _carrier(found, given)
        quantity = quantity_of(entries, carrier, found.use) if carrier else None
        saved, value, inputs = _computed(found, given, quantity)
        saved = _amount("saving", saved)
        if saved is not None and quantity is not None and saved > quantity * (1 + 1e-9):
            raise _above(saved, quantity, carrier)
        saving = {carrier: saved} if saved is not None and carrier else {}
        worth = worth_of(saving, prices_of(entries), held.year)
        flags = list(worth.flags)
        sizing = Sizing.objects.create(
            measure=fresh,
            method=given.method,
            calculator=found.calculator if given.method == "calculator" else "",
            inputs=inputs,
            carrier=carrier,
            use_quantity=quantity,
            saving=saving,
            value_vnd=value if value is not None else worth.value_vnd,
            co2e_t=worth.co2e_t,
            fuel_toe=worth.fuel_toe,
            investment_vnd=_amount("investment", given.investment_vnd),
            source=given.source.strip()[:300],
            flags=[[flag.vi, flag.en] for flag in flags],
            engine_version=__version__,
            catalogue_hash=load_whole_catalogue().hash,
            factors_hash=load_factors().hash,
            by=user,
            at=at,
        )
        _trail(fresh, held, user, at, "size_measure", _SAID["size"], sizing=sizing.pk)
        recount(held)
    return sizing


def judge_measure(
    *, user: User, row: AuditMeasure, side: str, verdict: str, reason: str, at: dt.datetime
) -> Judgement:
    """Say whether the measure can be done, on one side; earlier judgements stay in the history."""
    if side not in Judgement.Side.values or verdict not in Judgement.Verdict.values:
        raise refuse("reload")
    if verdict != Judgement.Verdict.YES and not reason.strip():
        raise refuse("reason-missing")
    with locked(user, row.audit) as held:
        last = row.judgements.filter(side=side).order_by("-pk").first()
        if last is not None and (last.verdict, last.reason) == (verdict, reason.strip()):
            raise refuse("nothing-new")
        made = Judgement.objects.create(
            measure=row, side=side, verdict=verdict, reason=reason.strip(), by=user, at=at
        )
        _trail(row, held, user, at, "judge_measure", _SAID["judge"], judgement=made.pk)
    return made


def plan_measure(
    *, user: User, row: AuditMeasure, responsible: str, due_on: dt.date, at: dt.datetime
) -> Plan:
    """Say who carries the measure out, and by when."""
    if not responsible.strip():
        raise refuse("text-missing")
    with locked(user, row.audit) as held:
        last = row.plans.order_by("-pk").first()
        given = (responsible.strip()[:150], due_on)
        if last is not None and (last.responsible, last.due_on) == given:
            raise refuse("nothing-new")
        made = Plan.objects.create(measure=row, responsible=given[0], due_on=due_on, by=user, at=at)
        _trail(row, held, user, at, "plan_measure", _SAID["plan"], plan=made.pk)
    return made


def measure_of(id: str) -> Measure:
    """Return the measure of the catalogue, or refuse."""
    for one in load_whole_catalogue().measures:
        if one.id == id:
            return one
    raise refuse("unknown-measure")


def _carrier(found: Measure, given: SizeGiven) -> str:
    allowed = carriers_of(found.use)
    if found.use == _SHIFTED or not allowed:
        return ""
    carrier = given.carrier or (allowed[0] if len(allowed) == 1 else "")
    if carrier not in allowed:
        raise refuse("unknown-carrier", what=carrier or found.use)
    return carrier


def _computed(
    found: Measure, given: SizeGiven, quantity: float | None
) -> tuple[float | None, float | None, dict[str, float]]:
    """Return what is saved of the carrier, the money where it is known apart, and the inputs."""
    value = _amount("value", given.value_vnd)
    if given.method == Sizing.Method.ENTERED:
        if given.saved is None and value is None:
            raise refuse("bad-number", what="saving")
        if not given.source.strip():
            raise refuse("source-missing")
        saved = _amount("saving", given.saved)
        return saved, value, {} if saved is None else {"saved": saved}
    if given.method == Sizing.Method.SHARE:
        share = given.share
        if share is None or not math.isfinite(share) or not 0 <= share <= 1:
            raise refuse("share-range")
        if quantity is None:
            name = use_name(found.use)
            raise refuse("use-unknown", use_vi=name.vi, use_en=name.en)
        return share * quantity, value, {"share": share}
    calculator = calculator_of(found)
    if given.method != Sizing.Method.CALCULATOR or calculator is None:
        raise refuse("no-calculator")
    missing = [one for one in calculator.fields if one.name not in given.figures]
    if missing:
        raise refuse("bad-number", what=missing[0].label.vi)
    if calculator.needs_use and quantity is None:
        name = use_name(found.use)
        raise refuse("use-unknown", use_vi=name.vi, use_en=name.en)
    figures = {one.name: one.to_base(given.figures[one.name]) for one in calculator.fields}
    try:
        outcome = calculator.compute(figures, quantity or 0.0)
    except InputError as error:
        said = error.problems[0].message
        raise refuse("calculator", why_vi=said.vi, why_en=said.en) from error
    inputs = {one.name: given.figures[one.name] for one in calculator.fields}
    return outcome.saved, outcome.value_vnd if value is None else value, inputs


def _amount(what: str, value: float | None) -> float | None:
    if value is not None and not (math.isfinite(value) and 0 <= value <= MOST):
        raise refuse("bad-number", what=what)
    return value


def _above(saved: float, quantity: float, carrier: str) -> InputError:
    unit = carrier_unit(carrier)
    said = {
        f"{name}_{language}": f"{format_number(value, language)} {unit_label(unit, language)}"
        for name, value in (("saved", saved), ("whole", quantity))
        for language in ("vi", "en")
    }
    return refuse("above-use", **said)


_SAID = {
    "choose": Text("Thêm một giải pháp vào {audit}.", "Added a measure to {audit}."),
    "size": Text("Tính mức tiết kiệm trong {audit}.", "Sized a measure of {audit}."),
    "judge": Text("Đánh giá khả thi trong {audit}.", "Judged a measure of {audit}."),
    "plan": Text("Lập kế hoạch trong {audit}.", "Planned a measure of {audit}."),
}


def _trail(
    row: AuditMeasure,
    audit: Audit,
    user: User,
    at: dt.datetime,
    action: str,
    summary: Text,
    **detail: int,
) -> None:
    trail(audit, user, at, action, summary, {"measure": row.pk, **detail})
