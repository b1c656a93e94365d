"""Water targets as a workbook: figures, enterprises, pipes, and the curve with a native chart."""

from __future__ import annotations

from sinhthai.foundation.console.sheets import Cell, Curve, Workbook
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands import water_words as words
from sinhthai.symbiosis.engine.water.curves import fresh_line, surplus_curve
from sinhthai.symbiosis.engine.water.routes import Network
from sinhthai.symbiosis.engine.water.study import WaterStudy

_FIGURES = (Text("Chỉ tiêu", "Figure"), words.FLOW, words.YEAR)
_LIMITING = Text("Giới hạn", "Limiting")
_FRESH = Text("Nước cấp", "Fresh water")
_LEFT_OVER = Text("Sức nhận còn lại", "Capacity left over")
_LOAD, _LEVEL = Text("kg/h", "kg/h"), Text("mg/L", "mg/L")


def workbook(study: WaterStudy, language: str) -> bytes:
    """Return *study* as an .xlsx file; numbers are numbers, an unknown one is an empty cell."""
    with Workbook(language) as book:
        _summary(book, study)
        if study.enterprises:
            _enterprises(book, study)
        for name, network in ((words.PIPES, study.network), (words.PIPES_CLEANED, study.cleaning)):
            if network is not None:
                _pipes(book, name, network, study)
        if study.target is not None:
            target = study.target
            limiting = list(zip(target.load.tolist(), target.level.tolist(), strict=True))
            line = fresh_line(target, study.file.fresh[0])
            book.chart(
                Text("Đường giới hạn", "Limiting curve"),
                [Curve(_LIMITING, limiting), Curve(_FRESH, line, dashed=True)],
                (_LOAD, _LEVEL),
            )
        if study.cascade is not None:
            curve = Curve(_LEFT_OVER, surplus_curve(study.cascade))
            book.chart(Text("Thang", "Cascade"), [curve], (_LOAD, _LEVEL))
    return book.data


def _summary(book: Workbook, study: WaterStudy) -> None:
    whole = study.whole
    figures: list[tuple[Text, float | None]] = [
        (words.WITHOUT, whole.without_reuse),
        (words.LEAST, whole.fresh),
        (words.SAVED, whole.saving),
    ]
    figures += [(label, fresh) for label, fresh, _ in words.cleaned_targets(study)]
    rows: list[list[Cell]] = [
        [book.say(label), flow, None if flow is None else study.a_year(flow)]
        for label, flow in figures
    ]
    if whole.pinch is not None:
        rows.append([book.say(words.PINCH), whole.pinch])
    if whole.saving is not None and study.asked.price is not None:
        rows.append([book.say(words.WORTH), words.millions(study.worth(whole.saving))])
    if whole.why is not None:
        rows.append([book.say(whole.why)])
    rows.append([book.say(words.NOT_A_DECISION)])
    book.sheet(Text("Mục tiêu", "Targets"), _FIGURES, rows, title=words.TITLE)


def _enterprises(book: Workbook, study: WaterStudy) -> None:
    headings = [words.ENTERPRISE, words.WITHOUT_TH, words.LEAST_TH, words.PINCH]
    headings += [words.SAVED_TH, words.SAVED_YEAR]
    if study.asked.price is not None:
        headings.append(words.WORTH)
    rows: list[list[Cell]] = []
    for label, one in words.by_enterprise(study):
        yearly = None if one.saving is None else study.a_year(one.saving)
        row: list[Cell] = [
            book.say(label),
            one.without_reuse,
            one.fresh,
            one.pinch,
            one.saving,
            yearly,
        ]
        if study.asked.price is not None:
            worth = None if one.saving is None else study.worth(one.saving)
            row.append(words.millions(worth))
        rows.append(row)
    book.sheet(Text("Doanh nghiệp", "Enterprises"), headings, rows)


def _pipes(book: Workbook, name: Text, network: Network, study: WaterStudy) -> None:
    headings = [words.FROM, words.TO, words.FLOW_TH, *words.quality_headings(study), words.BETWEEN]
    rows: list[list[Cell]] = [
        [
            book.say(words.place(route.giver)),
            book.say(words.place(route.taker)),
            route.flow,
            *route.concentration,
            book.say(words.YES) if route.between_owners else None,
        ]
        for route in network.routes
    ]
    book.sheet(name, headings, rows, title=words.network_title(name, network))
