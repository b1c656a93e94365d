"""The abatement curve and the cash flow of a measure, as SVG or PNG."""

from __future__ import annotations

from sinhthai.finance.documents.appraisal import Answer, words
from sinhthai.finance.engine.risk import Spread, cash_band
from sinhthai.foundation.charts.band import line_with_band
from sinhthai.foundation.charts.png import to_png
from sinhthai.foundation.charts.scale import short
from sinhthai.foundation.charts.steps import Bar, abatement
from sinhthai.foundation.fonts import FONTS

_THIN = 0.01
_CERTAIN = Spread((0, 0), (0, 0), (0, 0), (0, 0), (0, 0))


def curve(answer: Answer, language: str) -> str:
    """Return the abatement curve as SVG.

    The height of a measure that pays is no rank (see ``engine.curve``), and one that saves hardly
    any CO2e is so tall that it would flatten all others: such thin bars do not set the scale;
    the title says that they are cut.
    """
    steps = answer.study.curve
    width = steps[-1].end_t if steps else 0.0
    wide = [step for step in steps if step.end_t - step.start_t >= _THIN * width or not step.pays]
    tallest = max((abs(step.cost) for step in wide), default=0.0) * 1.1
    bars, is_cut = [], False
    for step in steps:
        worth = f"NPV {short(step.npv, language)}" if step.pays else ""
        cost = f"{short(step.cost, language)}{'/t' if language == 'en' else ' đ/t'}"
        height = max(-tallest, step.cost) if tallest else step.cost
        is_cut = is_cut or height != step.cost
        said = worth or cost
        bars.append(Bar(f"{said} · {step.proposal}", step.start_t, step.end_t, height, step.pays))
    title = (words.CURVE if steps else words.EMPTY_CURVE).get(language)
    if is_cut:
        title = f"{title}. {words.CURVE_CUT.get(language)}"
    return abatement(
        _invented(title, answer, language),
        bars,
        across=words.CURVE_ACROSS.get(language),
        up=words.CURVE_UP.get(language),
        pays=words.CURVE_PAYS.get(language),
        costs=words.CURVE_COSTS.get(language),
        language=language,
        width=880,
    )


def cash(answer: Answer, name: str, language: str) -> str:
    """Return the cumulated cash flow of the measure *name* with its band, as SVG.

    Raises
    ------
    KeyError : there is no such measure.
    """
    study = answer.study
    proposal = study.of(name).measure.proposal
    spread = study.spread if study.draws else _CERTAIN
    band = cash_band(proposal, study.scenario, spread, draws=study.draws or 1, seed=study.seed)
    first = study.scenario.first_year
    labels = [str(first - 1 + year) for year in range(len(band.p50))]
    return line_with_band(
        _invented(words.CASH.get(language).format(name=name), answer, language),
        labels,
        band.p50,
        band.p10,
        band.p90,
        unit=words.CASH_UNIT.get(language),
        note=words.CASH_NOTE.get(language),
        language=language,
    )


def png(svg: str) -> bytes:
    """Return the picture as PNG, with the letters of the house."""
    return to_png(svg, fonts=[FONTS])


def _invented(title: str, answer: Answer, language: str) -> str:
    return f"{title} ({words.INVENTED.get(language)})" if answer.file.is_invented else title
