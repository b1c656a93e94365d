"""What could be done for each criterion: report, take a step, exchange, give land, save. Pure.

What is not known is reported first: that costs nothing, and it may be all that is missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sinhthai.assessment.engine.formulas import columns_of
from sinhthai.assessment.engine.roadmap.model import Option
from sinhthai.assessment.gaps import say_gap, say_missing
from sinhthai.assessment.roadmap.measures import measures_of
from sinhthai.assessment.roadmap.model import NOTHING, Asked, Candidate, Firm, Ground, Trade, Want
from sinhthai.assessment.roadmap.needs import UNNAMED
from sinhthai.assessment.roadmap.tables import Step, load_assumptions, load_steps
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Leaf

_RECP = {"recp_applied", "recp_result_measured"}
_SYMBIOSES = {"symbiosis_count"}
_ISO = {"iso_production_system", "iso_environment_system"}
_LAND = {"greenery_ha", "roads_ha", "technical_ha", "social_ha"}
_PIECES = 4  # land is given in pieces, so that a budget can spread it over the years
_HUNDREDTH = 100.0
_RESULTS = 12  # months until a measure shows a measured result
_MONTHS = {"agreement": 6, "feasibility": 12, "contact": 15, "idea": 18}
_ESTIMATE = Text(
    "ước tính điển hình, chưa kiểm chứng: {source}", "typical estimate, not verified: {source}"
)
_REPORTED = Text("báo cáo, hồ sơ của khu", "reports and files of the park")


def candidates_of(ground: Ground, wants: Sequence[Want], asked: Asked) -> tuple[Candidate, ...]:
    """Return everything that could be done for *wants*, with where each figure comes from."""
    wanted = {want.leaf.id: want for want in wants}
    found: dict[str, Candidate] = {}
    for want in wants:
        for candidate in _for(ground, want, asked):
            found.setdefault(candidate.option.id, candidate)
    iso = next((leaf for leaf in ground.framework.leaves if _columns(ground, leaf) >= _ISO), None)
    for candidate in list(found.values()):
        if candidate.option.kind == "exchange" and iso is not None:
            needed = list(_iso_of(ground, candidate, iso, wanted, asked))
            for step in needed:
                found.setdefault(step.option.id, step)
            requires = tuple(step.option.id for step in needed)
            changed = replace(candidate.option, requires=requires)
            found[candidate.option.id] = replace(candidate, option=changed)
    return tuple(found.values())


def timed(option: Option, months: int, asked: Asked, clear_from: int | None = None) -> Option:
    """Return *option* with its first year and lead from the *months* it takes.

    What does not fit into what is left of the first year starts in the next one. Years count
    whole: up to 12 months count by the end of the year they begin in.
    """
    earliest = 1 if months > asked.months else 0
    lead = max(math.ceil(months / 12) - 1, 0)
    if clear_from is not None:
        lead = max(lead, clear_from - asked.first - earliest)
    return replace(option, earliest=earliest, lead=lead)


def _for(ground: Ground, want: Want, asked: Asked) -> Iterator[Candidate]:
    columns = _columns(ground, want.leaf)
    if want.is_open:
        yield _report(want, asked)
    if not want.sized and want.finding.status == "undetermined":
        return  # nobody can say how much is missing: only the report helps
    step = load_steps().get(want.leaf.id)
    if step is not None:
        yield from _steps(ground, want, step, asked)
    if columns & _RECP and want.need.kind == "count":
        for code in (*want.no, *want.open):
            if code in ground.firms:
                for one in measures_of(ground.firms[code], want.leaf.id, asked):
                    yield replace(one, option=timed(one.option, max(one.months, _RESULTS), asked))
    if columns & _SYMBIOSES and want.need.kind == "amount":
        for trade in ground.trades:
            yield _exchange(trade, want, asked)


def _report(want: Want, asked: Asked) -> Candidate:
    """Report what is missing: free, first, and shown as resting on a good answer."""
    given = want.need.missing - want.sure
    counted = want.open if want.need.kind == "count" else ()
    if counted:
        given = 1.0
    option = Option(
        f"report:{want.leaf.id}", want.leaf.id, "report", 0.0, gives={want.leaf.id: given},
        enterprises=counted,
    )  # fmt: skip
    missing = want.finding.missing
    names = say_missing(missing, load_bundle().items)
    name = Text(f"Khai: {names.vi}", f"Report: {names.en}")
    if not missing:
        name = Text("Khai số liệu còn thiếu", "Report what is missing")
    why = Text(
        "chưa đủ số liệu để kết luận; giả định kết quả đạt, xem phương án xấu nhất",
        "not decidable for want of data; assumes it turns out well, see the worst case",
    )
    return Candidate(timed(option, 1, asked), name, why, _REPORTED, False, 0.0, 0.0, months=1)


def _steps(ground: Ground, want: Want, step: Step, asked: Asked) -> Iterator[Candidate]:
    source = _ESTIMATE.format(source=step.source)
    why = say_gap(want.leaf, want.finding)
    if step.per == "enterprise" and want.need.kind == "count":
        for code in (*want.no, *want.open):
            yield _step_of(ground, code, step, asked, {want.leaf.id: 1.0}, why, want.clear_from)
        return
    if step.per == "unit":
        yield from _pieces(want, step, asked, why, source)
        return
    option = Option(
        f"step:{step.id}", step.name.en, "step", step.typical, -step.yearly, life=step.life,
        gives={want.leaf.id: 1.0},
    )  # fmt: skip
    option = timed(option, step.months, asked, want.clear_from)
    yield Candidate(
        option, step.name, why, source, True, step.low, step.high, months=step.months
    )  # fmt: skip


def _step_of(
    ground: Ground,
    code: str,
    step: Step,
    asked: Asked,
    gives: Mapping[str, float],
    why: Text,
    clear_from: int | None = None,
) -> Candidate:
    option = Option(
        f"step:{step.id}:{code}", step.name.en, "step", step.typical, -step.yearly,
        life=step.life, gives=gives, enterprises=(code,),
    )  # fmt: skip
    return Candidate(
        timed(option, step.months, asked, clear_from), step.name, why,
        _ESTIMATE.format(source=step.source), True, step.low, step.high,
        name_of(ground.firms, code), step.months,
    )  # fmt: skip


def _pieces(
    want: Want, step: Step, asked: Asked, why: Text, source: Text
) -> Iterator[Candidate]:  # fmt: skip
    size = math.ceil(want.need.missing / _PIECES * _HUNDREDTH - 1e-6) / _HUNDREDTH
    for number in range(1, _PIECES + 1):
        name = Text(
            f"{step.name.vi}: {format_number(size, 'vi')} ha ({number}/{_PIECES})",
            f"{step.name.en}: {format_number(size, 'en')} ha ({number}/{_PIECES})",
        )
        option = Option(
            f"land:{want.leaf.id}:{number}", name.en, "land", step.typical * size,
            -step.yearly * size, life=step.life, gives={want.leaf.id: size},
        )  # fmt: skip
        yield Candidate(
            timed(option, step.months, asked), name, why, source, True,
            step.low * size, step.high * size, months=step.months,
        )  # fmt: skip


def _exchange(trade: Trade, want: Want, asked: Asked) -> Candidate:
    guess = load_assumptions()["exchange"]
    cost = guess.value if trade.investment is None else trade.investment
    option = Option(
        trade.id, trade.name.en, "exchange", cost, trade.value or 0.0, trade.co2e or 0.0,
        gives={want.leaf.id: 1.0}, enterprises=trade.enterprises,
    )  # fmt: skip
    months = _MONTHS.get(trade.stage, 18)
    source = Text("quy trình cộng sinh của khu", "the park's symbiosis pipeline")
    if trade.investment is None:
        source = Text(
            f"{source.vi}; chi phí ước tính, chưa ai khai",
            f"{source.en}; cost estimated, nobody said it",
        )
    low, high = (guess.low, guess.high) if trade.investment is None else (cost, cost)
    why = say_gap(want.leaf, want.finding)
    return Candidate(
        timed(option, months, asked), trade.name, why, source,
        trade.investment is None or trade.estimated, low, high, months=months,
    )  # fmt: skip


def _iso_of(
    ground: Ground, exchange: Candidate, leaf: Leaf, wanted: Mapping[str, Want], asked: Asked
) -> Iterator[Candidate]:
    """Yield the certificates the partners of a new symbiosis lack: with it they are counted."""
    step = load_steps().get(leaf.id)
    if step is None:
        return
    for code in exchange.option.enterprises:
        if code in ground.firms and not ground.firms[code].has_iso:
            gives = {leaf.id: 1.0} if leaf.id in wanted else {}
            why = Text(
                f"doanh nghiệp tham gia cộng sinh phải có: {leaf.clause}",
                f"asked of enterprises in a symbiosis: {leaf.clause}",
            )
            yield _step_of(ground, code, step, asked, gives, why)


def name_of(firms: Mapping[str, Firm], code: str) -> Text:
    """Return the name of an enterprise, also of one that no list names."""
    if code in firms:
        return firms[code].name
    if code.startswith(UNNAMED):
        number = code.lstrip(f"{UNNAMED}on")
        return Text(f"doanh nghiệp chưa nêu tên {number}", f"enterprise not named {number}")
    return Text(code, code) if code else NOTHING


def _columns(ground: Ground, leaf: Leaf) -> frozenset[str]:
    return frozenset(columns_of(leaf.numerator.chosen(ground.readings)))
