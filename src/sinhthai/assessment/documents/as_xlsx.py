"""An Excel workbook: summary, criteria, inputs; printable as it stands."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.documents.report import Report
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.model import Leaf

_COLOURS = {
    "met": ("#0B5D46", "#E9F3EE"),
    "not_met": ("#A3281C", "#FBE9E6"),
    "undetermined": ("#8A5A00", "#FDF3DF"),
    "not_applicable": ("#5B6762", "#EEF1EF"),
}
# The first six are what people print; the rest is for those who compute.
_CRITERIA_COLUMNS = (
    (words.CLAUSE, 10), (words.CRITERION, 46), (words.VALUE, 17), (words.THRESHOLD, 13),
    (words.RESULT, 17), (words.GAP, 48), (words.GROUP, 26), (words.FRAMEWORK, 18),
    (words.LOWER, 11), (words.UPPER, 11), (words.LIMIT, 11), (words.UNIT, 8),
    (words.YES, 13), (words.NO, 13), (words.UNKNOWN, 13),
)  # fmt: skip
_PRINTED = 6
_FIGURES = (words.LOWER, words.UPPER, words.LIMIT, words.YES, words.NO, words.UNKNOWN)
_INPUT_COLUMNS = (
    (words.CLAUSE, 10), (words.CRITERION, 40), (words.INPUT, 40), (words.CODE, 28),
    (words.VALUE, 18), (words.UNIT, 8), (words.SOURCE, 44), (words.RECORDED, 13),
)  # fmt: skip


def to_xlsx(reports: Sequence[Report], language: str) -> bytes:
    """Return *reports* as a workbook; numbers are numbers, unknown is an empty cell."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        title = " · ".join(dict.fromkeys(report.title().get(language) for report in reports))
        known = max((r.pins.known_at for r in reports if r.pins.known_at), default=None)
        properties: dict[str, object] = {"title": title[:250], "company": words.SYSTEM.vi}
        if known:
            properties["created"] = known.astimezone(dt.UTC).replace(tzinfo=None)
        workbook.set_properties(properties)
        formats = _formats(workbook)
        _write_summary(_sheet(workbook, words.SUMMARY, language, title), reports, language, formats)
        _write_criteria(
            _sheet(workbook, words.CRITERIA, language, title), reports, language, formats
        )
        _write_inputs(_sheet(workbook, words.INPUTS, language, title), reports, language, formats)
    return buffer.getvalue()


def _formats(workbook: Workbook) -> dict[str, Format]:
    base = {"font_name": "Calibri", "font_size": 11, "valign": "top", "font_color": "#1C2421"}
    wrap = base | {"text_wrap": True}
    made = {
        "title": base | {"font_size": 17, "bold": True},
        "soft": wrap | {"font_color": "#5B6762"},
        "lead": wrap | {"font_size": 13},
        "banner": wrap | {"bold": True, "font_color": "#8A5A00", "bg_color": "#FDF3DF"},
        "label": base | {"font_color": "#5B6762", "text_wrap": True},
        "bold": base | {"bold": True},
        "tally": base | {"bold": True, "align": "left"},
        "head": wrap | {"bold": True, "bottom": 2, "valign": "bottom", "bg_color": "#F1F5F2"},
        "head right": wrap
        | {
            "bold": True,
            "bottom": 2,
            "valign": "bottom",
            "bg_color": "#F1F5F2",
            "align": "right",
            "indent": 1,
        },
        "text": wrap | {"bottom": 4, "bottom_color": "#C5CEC9"},
        "right": wrap | {"bottom": 4, "bottom_color": "#C5CEC9", "align": "right", "indent": 1},
        "number": base
        | {
            "bottom": 4,
            "bottom_color": "#C5CEC9",
            "num_format": "#,##0.####",
            "indent": 1,
            "align": "right",
        },
        "count": base
        | {
            "bottom": 4,
            "bottom_color": "#C5CEC9",
            "num_format": "#,##0",
            "indent": 1,
            "align": "right",
        },
        "share": base
        | {
            "bottom": 4,
            "bottom_color": "#C5CEC9",
            "num_format": "0.0####%",  # 19.97 % is not 20 %
            "indent": 1,
            "align": "right",
        },
        "date": base
        | {"bottom": 4, "bottom_color": "#C5CEC9", "num_format": "dd/mm/yyyy", "align": "left"},
    }
    for status, (ink, wash) in _COLOURS.items():
        made[status] = base | {
            "bold": True,
            "font_color": ink,
            "bg_color": wash,
            "bottom": 4,
            "bottom_color": "#C5CEC9",
            "indent": 1,
        }
    return {name: workbook.add_format(properties) for name, properties in made.items()}


def _sheet(workbook: Workbook, name: Text, language: str, title: str) -> Worksheet:
    sheet = workbook.add_worksheet(name.get(language))
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page, of = words.PAGE.get(language), words.OF.get(language)
    note = words.FINDING_NOTE.get(language).replace("&", "&&")
    sheet.set_footer(f"&L&8{note}&R&8{page} &P {of} &N")
    sheet.hide_gridlines(2)
    return sheet


def _write_summary(
    sheet: Worksheet, reports: Sequence[Report], language: str, formats: dict[str, Format]
) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    row = 0
    for report in reports:
        sheet.write_string(row, 0, report.title().get(language), formats["title"])
        sheet.set_row(row, 26)
        row += 1
        if report.invented:
            row += 1
            sheet.merge_range(row, 0, row, 1, words.INVENTED_NOTE.get(language), formats["banner"])
            row += 1
        sentence = report.sentence.get(language)
        sheet.merge_range(row, 0, row, 1, sentence, formats["lead"])
        sheet.set_row(row, 19 * _lines(sentence, 100) + 4)
        row += 2
        for label, value in (
            (words.INSTRUMENT, report.framework.instrument.get(language)),
            (words.DAY, format_date(report.on, language)),
            (words.YEAR, str(report.year)),
        ):
            sheet.write_string(row, 0, label.get(language), formats["label"])
            sheet.write_string(row, 1, value, formats["soft"])
            row += 1
        row += 1
        for status, count in report.counts().items():
            words_ = f"{words.SIGNS[status]} {words.STATUS[status].get(language)}"
            sheet.write_string(row, 0, words_, formats[status])
            sheet.write_number(row, 1, count, formats["tally"])
            row += 1
        row += 1
        sheet.write_string(row, 0, words.PINS.get(language), formats["bold"])
        row += 1
        for name, value in pin_lines(report, language):
            sheet.write_string(row, 0, name, formats["label"])
            sheet.write_string(row, 1, value, formats["soft"])
            row += 1
        sheet.write_string(row, 1, words.FINDING_NOTE.get(language), formats["soft"])
        row += 3


def _write_criteria(
    sheet: Worksheet, reports: Sequence[Report], language: str, formats: dict[str, Format]
) -> None:
    _head(sheet, _CRITERIA_COLUMNS, language, formats, freeze=2)
    row = 1
    for report in reports:
        groups = {group.id: group.name.get(language) for group in report.framework.groups}
        for criterion in report.criteria:
            leaf, finding = criterion.leaf, criterion.finding
            title, gap = leaf.title.get(language), criterion.gap.get(language)
            status = finding.status
            result = f"{words.SIGNS[status]} {words.STATUS[status].get(language)}"
            sheet.write_string(row, 0, leaf.clause, formats["text"])
            sheet.write_string(row, 1, title, formats["text"])
            sheet.write_string(row, 2, criterion.value.get(language), formats["right"])
            sheet.write_string(row, 3, criterion.threshold.get(language), formats["right"])
            sheet.write_string(row, 4, result, formats[status])
            sheet.write_string(row, 5, gap, formats["text"])
            sheet.write_string(row, 6, groups.get(leaf.group, ""), formats["text"])
            sheet.write_string(row, 7, report.framework.id, formats["text"])
            number = formats["share" if _is_fraction(leaf) else "number"]
            for column, value in ((8, finding.lower), (9, finding.upper), (10, finding.threshold)):
                known = None if leaf.kind == "condition" else value
                _optional(sheet, row, column, known, number)
            sheet.write_string(row, 11, _unit(leaf, language), formats["text"])
            counts = ((12, finding.yes), (13, finding.no), (14, finding.unknown))
            for column, count in counts:
                _optional(sheet, row, column, count, formats["count"])
            sheet.set_row(row, 15.5 * max(_lines(title, 42), _lines(gap, 44)))
            row += 1
    sheet.print_area(0, 0, max(row - 1, 1), _PRINTED - 1)
    sheet.autofilter(0, 0, max(row - 1, 1), len(_CRITERIA_COLUMNS) - 1)


def _write_inputs(
    sheet: Worksheet, reports: Sequence[Report], language: str, formats: dict[str, Format]
) -> None:
    _head(sheet, _INPUT_COLUMNS, language, formats, freeze=0)
    row = 1
    for criterion in (c for report in reports for c in report.criteria):
        for given in criterion.inputs:
            sheet.write_string(row, 0, criterion.leaf.clause, formats["text"])
            sheet.write_string(row, 1, criterion.leaf.title.get(language), formats["text"])
            sheet.write_string(row, 2, given.name.get(language), formats["text"])
            sheet.write_string(row, 3, given.item, formats["text"])
            if isinstance(given.raw, int | float) and not isinstance(given.raw, bool):
                sheet.write_number(row, 4, given.raw, formats["number"])
            else:
                sheet.write_string(row, 4, given.value.get(language), formats["right"])
            unit = "" if given.unit in ("", "1") else unit_label(given.unit, language)
            sheet.write_string(row, 5, unit, formats["text"])
            sheet.write_string(row, 6, given.source.get(language), formats["text"])
            if given.recorded:
                sheet.write_datetime(
                    row, 7, dt.datetime.combine(given.recorded, dt.time()), formats["date"]
                )
            else:
                sheet.write_blank(row, 7, None, formats["text"])
            texts = ((criterion.leaf.title, 36), (given.name, 36), (given.source, 40))
            sheet.set_row(
                row, 15.5 * max(_lines(text.get(language), width) for text, width in texts)
            )
            row += 1
    sheet.autofilter(0, 0, max(row - 1, 1), len(_INPUT_COLUMNS) - 1)


def _head(
    sheet: Worksheet,
    columns: Sequence[tuple[Text, int]],
    language: str,
    formats: dict[str, Format],
    *,
    freeze: int,
) -> None:
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        is_figure = name in (words.VALUE, words.THRESHOLD, *_FIGURES)
        style = formats["head right" if is_figure else "head"]
        sheet.write_string(0, index, name.get(language), style)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)


def _optional(sheet: Worksheet, row: int, column: int, value: float | None, form: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_number(row, column, value, form)


def _lines(text: str, width: int) -> int:
    """Return how many lines *text* takes: not every program fits the height of a row by itself."""
    return max(1, -(-len(text) // width))


def _is_fraction(leaf: Leaf) -> bool:
    return leaf.kind in ("share", "ratio") and leaf.unit in ("percent", "1", "")


def _unit(leaf: Leaf, language: str) -> str:
    return "" if leaf.unit in ("", "1") else unit_label(leaf.unit, language)
