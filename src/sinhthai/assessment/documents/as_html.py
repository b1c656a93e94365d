"""A self-contained page to print, send or keep: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.documents.report import Criterion, Report
from sinhthai.foundation.numbers import format_date

_STYLE = (Path(__file__).resolve().parents[1] / "data" / "report.css").read_text(encoding="utf-8")


def to_html(reports: Sequence[Report], language: str) -> bytes:
    """Return *reports* as one HTML file."""
    title = " · ".join(dict.fromkeys(report.title().get(language) for report in reports))
    body = "\n".join(_article(report, language) for report in reports)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _article(report: Report, language: str) -> str:
    sub = words.ON_DAY.get(language).format(
        instrument=report.framework.instrument.get(language),
        day=format_date(report.on, language),
        year=report.year,
    )
    banner = (
        f'<p class="banner">{escape(words.INVENTED_NOTE.get(language))}</p>'
        if report.invented
        else ""
    )
    counts = " · ".join(
        f'<span class="{status}">{words.SIGNS[status]} {n} '
        f"{escape(words.STATUS[status].get(language).lower())}</span>"
        for status, n in report.counts().items()
        if n
    )
    heads = "".join(
        f'<th scope="col"{kind}>{escape(word.get(language))}</th>'
        for word, kind in (
            (words.CLAUSE, ""),
            (words.CRITERION, ""),
            (words.VALUE, ' class="num"'),
            (words.THRESHOLD, ' class="num"'),
            (words.RESULT, ""),
            (words.GAP, ""),
        )
    )
    rows = []
    for group, members in report.by_group():
        rows.append(
            '<tr class="group"><th colspan="6" scope="rowgroup">'
            f"{escape(group.get(language))}</th></tr>"
        )
        rows.extend(_row(criterion, language) for criterion in members)
    pins = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"
        for label, value in pin_lines(report, language)
    )
    return f"""<article>
{banner}<h1>{escape(report.title().get(language))}</h1>
<p class="sub">{escape(sub)}</p>
<p class="lead">{escape(report.sentence.get(language))}</p>
<p>{counts}</p>
<h2>{escape(words.CRITERIA.get(language))}</h2>
<table><thead><tr>{heads}</tr></thead>
<tbody>
{"".join(rows)}
</tbody></table>
<h2>{escape(words.DETAILS.get(language))}</h2>
{"".join(_details(criterion, language) for criterion in report.criteria)}
<h2>{escape(words.PINS.get(language))}</h2>
<dl>{pins}</dl>
<p class="note">{escape(words.FINDING_NOTE.get(language))}</p>
</article>"""


def _row(criterion: Criterion, language: str) -> str:
    status = criterion.status
    cells = (
        ("code", words.CLAUSE, criterion.leaf.clause),
        ("", words.CRITERION, criterion.leaf.title.get(language)),
        ("num", words.VALUE, criterion.value.get(language)),
        ("num", words.THRESHOLD, criterion.threshold.get(language)),
        (
            f"status {status}",
            words.RESULT,
            f"{words.SIGNS[status]} {words.STATUS[status].get(language)}",
        ),
        ("", words.GAP, criterion.gap.get(language)),
    )
    return (
        "<tr>"
        + "".join(
            f'<td class="{name}" data-label="{escape(label.get(language))}">{escape(text)}</td>'
            for name, label, text in cells
        )
        + "</tr>\n"
    )


def _details(criterion: Criterion, language: str) -> str:
    lines = [(words.FORMULA, f"<code>{escape(criterion.formula)}</code>")]
    lines += [(label, escape(said.get(language))) for label, said in criterion.working]
    lines += [(words.READING, escape(reading.get(language))) for reading in criterion.readings]
    for given in criterion.inputs:
        source = (
            f' <span class="soft">· {escape(s)}</span>' if (s := given.source.get(language)) else ""
        )
        lines.append((given.name, f"{escape(given.value.get(language))}{source}"))
    pairs = "".join(
        f"<dt>{escape(label.get(language))}</dt><dd>{text}</dd>" for label, text in lines
    )
    title = f"{criterion.leaf.clause} · {criterion.leaf.title.get(language)}"
    return f"<h3>{escape(title)}</h3><dl>{pairs}</dl>\n"
