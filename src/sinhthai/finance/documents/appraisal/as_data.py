"""An appraisal as plain data for programs: VND, base units, shares as fractions."""

from __future__ import annotations

from dataclasses import asdict

from sinhthai.finance.documents.appraisal import Answer
from sinhthai.finance.engine.model import Appraisal, Irr
from sinhthai.finance.engine.risk import Risk
from sinhthai.finance.engine.study import Result


def as_data(answer: Answer, language: str) -> dict[str, object]:
    """Return *answer* as what JSON can hold; None is unknown, or has no value."""
    file, study = answer.file, answer.study
    scenario, totals = study.scenario, study.totals
    return {
        "invented": file.is_invented,
        "units": {
            "money": "VND",
            "co2e": "t/year",
            "carriers": {one.id: one.unit for one in file.carriers.values()},
        },
        "assumptions": {
            "rate": scenario.rate,
            "is_real": scenario.is_real,
            "inflation": scenario.inflation,
            "horizon": scenario.horizon,
            "first_year": scenario.first_year,
            "tax": scenario.tax,
            "depreciation_years": scenario.depreciation_years,
            "gwp": file.given.gwp,
            "policy": file.given.policy,
            "factor_year": file.given.year_of_factors,
        },
        "carriers": [
            {
                "id": one.id,
                "name": one.name.get(language),
                "unit": one.unit,
                "price": one.price,
                "escalation": one.escalation,
                "co2e": one.co2e,
                "origins": {key: said.get(language) for key, said in one.origins.items()},
            }
            for one in file.carriers.values()
        ],
        "measures": [_result(result, language) for result in study.results],
        "totals": {
            **asdict(totals),
            "savings": dict(totals.savings),
            "unknown": list(totals.unknown),
        },
        "curve": [asdict(step) for step in study.curve],
        "spread": asdict(study.spread),
        "remarks": [problem.say(language) for problem in file.remarks],
        "pins": {
            "file": file.file,
            "sha256": file.sha256,
            "factors": file.factors_hash,
            "engine": answer.engine,
            "draws": study.draws,
            "seed": study.seed,
        },
    }


def _result(result: Result, language: str) -> dict[str, object]:
    proposal = result.measure.proposal
    return {
        "name": proposal.name,
        "counts": result.counts,
        "replaced_by": result.replaced_by or None,
        "use": result.measure.use or None,
        "left_of_use": result.left,
        "investment": proposal.investment,
        "grant": proposal.grant,
        "life": proposal.life,
        "running_cost": proposal.running_cost,
        "other_saving": proposal.other_saving,
        "savings": dict(proposal.savings),
        **_appraisal(result.appraisal, language),
        "known_co2e": result.known_co2e,
        "unknown_co2e_of": list(result.measure.unknown_co2e),
        "on_pareto_front": result.is_on_front,
        "alone": {"npv": result.alone.npv, "co2e": result.alone.co2e},
        "other_money": {
            "npv": result.other_money.npv,
            "npv_after_tax": result.other_money.npv_after_tax,
            "irr": _irr(result.other_money.irr, language),
        },
        "risk": _risk(result.risk),
    }


def _appraisal(one: Appraisal, language: str) -> dict[str, object]:
    return {
        "flows": list(one.flows),
        "flows_after_tax": list(one.flows_after_tax),
        "npv": one.npv,
        "npv_after_tax": one.npv_after_tax,
        "irr": _irr(one.irr, language),
        "irr_after_tax": _irr(one.irr_after_tax, language),
        "payback": one.payback,
        "discounted_payback": one.discounted_payback,
        "yearly_saving": one.yearly_saving,
        "co2e": one.co2e,
        "abatement_cost": one.abatement_cost,
    }


def _irr(found: Irr, language: str) -> dict[str, object]:
    return {
        "value": found.value,
        "outcome": found.outcome,
        "roots": list(found.roots),
        "note": found.note.get(language) or None,
    }


def _risk(risk: Risk | None) -> dict[str, object] | None:
    if risk is None:
        return None
    return {
        "p10": risk.p10,
        "p50": risk.p50,
        "p90": risk.p90,
        "chance_of_loss": risk.chance_of_loss,
        "rank_correlation": dict(risk.rank_correlation),
    }
