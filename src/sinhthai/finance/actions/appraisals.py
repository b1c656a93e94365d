"""Appraise a project and keep the appraisal with everything it rested on (H6)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from importlib.metadata import version

from django.utils import timezone

from sinhthai.accounts.models import User
from sinhthai.factors.loading import load_factors
from sinhthai.finance.actions.recording import held, record
from sinhthai.finance.actions.refusals import refuse
from sinhthai.finance.engine.assumptions import (
    Assumptions,
    ElectricityPrice,
    electricity_price,
    proposal_of,
    scenario_of,
)
from sinhthai.finance.engine.flows import appraise, remarks
from sinhthai.finance.engine.model import Appraisal
from sinhthai.finance.engine.risk import cash_band, simulate
from sinhthai.finance.engine.stages import STAGES
from sinhthai.finance.models import Project, ProjectEvent, SavedAppraisal
from sinhthai.foundation.text import Text

DRAWS, SEED = 10_000, 1


@dataclasses.dataclass(frozen=True, slots=True)
class Worked:
    """An appraisal before it is kept: all as plain values."""

    proposal: dict[str, object]
    scenario: dict[str, object]
    result: dict[str, object]
    pins: dict[str, object]
    appraisal: Appraisal


def work_out(name: str, given: Assumptions, on: dt.date) -> Worked:
    """Return the appraisal of *given* with the tariff of *on*; nothing is written.

    Raises
    ------
    InputError : everything that keeps it from being appraised; no tariff for the day or voltage.
    """
    factors = load_factors()
    price = electricity_price(given, factors, on)
    proposal = proposal_of("project", name, given)
    scenario = scenario_of(given, price)
    found = appraise(proposal, scenario)
    risk = simulate(proposal, scenario, draws=DRAWS, seed=SEED)
    band = cash_band(proposal, scenario, draws=DRAWS, seed=SEED)
    result: dict[str, object] = {
        **_plain(found),
        "risk": dataclasses.asdict(risk),
        "cumulated": {
            "stated": list(itertools.accumulate(found.flows)),
            "p10": list(band.p10),
            "p90": list(band.p90),
        },
        "remarks": [dataclasses.asdict(text) for text in remarks(proposal, scenario)],
    }
    pins: dict[str, object] = {
        "engine": version("sinhthai"),
        "factors": factors.hash,
        "on": on.isoformat(),
        "draws": DRAWS,
        "seed": SEED,
        **_price_pins(price),
    }
    return Worked(dataclasses.asdict(proposal), dataclasses.asdict(scenario), result, pins, found)


def save_appraisal(
    *, user: User, project: Project, given: Assumptions, at: dt.datetime
) -> SavedAppraisal:
    """Appraise *project* and keep it; the earlier appraisals stay.

    The project takes its investment and yearly figures over. After the application they stand.
    """
    worked = work_out(project.title, given, timezone.localdate(at))
    with held(user, project) as row:
        if STAGES.index(row.stage) >= STAGES.index("applied"):
            raise refuse("after-application")
        last = row.appraisals.order_by("-pk").first()
        if last is not None and last.assumptions == given.as_json() and last.pins == worked.pins:
            raise refuse("nothing-new")
        saved = SavedAppraisal.objects.create(
            project=row,
            assumptions=given.as_json(),
            proposal=worked.proposal,
            scenario=worked.scenario,
            result=worked.result,
            pins=worked.pins,
            by=user,
            at=at,
        )
        row.investment_vnd = given.investment
        row.saving_vnd = worked.appraisal.yearly_saving
        row.npv_vnd = worked.appraisal.npv_after_tax
        row.co2e_t = worked.appraisal.co2e
        row.save(update_fields=["investment_vnd", "saving_vnd", "npv_vnd", "co2e_t"])
        record(
            row, user, at, ProjectEvent.What.APPRAISED,
            Text("Thẩm định tài chính dự án {project}.", "Appraised project {project}."),
            detail={"appraisal": saved.pk, "npv": worked.appraisal.npv},
        )  # fmt: skip
    return saved


def _plain(found: Appraisal) -> dict[str, object]:
    """Return an appraisal as plain values; flows as lists, rates with what was said of them."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in dataclasses.asdict(found).items()
    }


def _price_pins(price: ElectricityPrice | None) -> dict[str, object]:
    if price is None:
        return {
            "electricity_vnd_kwh": None,
            "tariff": "",
            "tariff_verified": False,
            "hours": [],
            "prices": [],
        }
    return {
        "electricity_vnd_kwh": price.value,
        "tariff": price.decision,
        "tariff_verified": price.verified,
        "hours": list(price.hours),
        "prices": list(price.prices),
    }
