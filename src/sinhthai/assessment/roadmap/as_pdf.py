"""A roadmap as PDF on A4 by Typst."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from sinhthai.assessment.roadmap.as_xlsx import pins
from sinhthai.assessment.roadmap.document import Roadmap
from sinhthai.assessment.roadmap.sayings import caveats, headline, more_said, summary
from sinhthai.assessment.roadmap.schedule import entries, gantt
from sinhthai.assessment.roadmap.wording import AFTER_NAMES, GOAL_NAMES, amount, money
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.text import Text

_DATA = Path(__file__).resolve().parents[1] / "data"
_WORDS = {
    "note": Text(
        "Kết quả tính của hệ thống, không phải quyết định", "Computed by the system, not decided"
    ),
    "invented": Text("Số liệu giả định để trình diễn.", "Invented figures, for demonstration."),
    "page": Text("Trang", "Page"),
    "schedule": Text("Tiến độ", "Schedule"),
    "basis": Text("Căn cứ", "Basis"),
    "system": Text("Sinh Thái", "Sinh Thái"),
}


def to_pdf(roadmap: Roadmap, language: str) -> bytes:
    """Return *roadmap* as PDF; the same roadmap gives the same bytes."""
    import typst

    plan = roadmap.main
    said = (*summary(roadmap, plan), *more_said(roadmap), *caveats(roadmap))
    document = {
        "language": language,
        "title": roadmap.heading().get(language),
        "sub": f"{roadmap.title.get(language)} · {roadmap.instrument.get(language)}",
        "words": {name: text.get(language) for name, text in _WORDS.items()},
        "invented": roadmap.invented,
        "headline": headline(roadmap, plan).get(language),
        "said": [text.get(language) for text in said],
        "tables": [table for table in _tables(roadmap, language) if table["rows"]],
        "svg": gantt(roadmap, plan, GOAL_NAMES[plan.goal], language),
        "pins": [[name.get(language), value] for name, value in pins(roadmap)],
    }
    known = dt.datetime.fromisoformat(roadmap.known_at) if roadmap.known_at else None
    compiler = typst.Compiler(
        input=_DATA / "roadmap.typ",
        root=_DATA,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", timestamp=int(known.timestamp()) if known else 0)
    if not isinstance(pdf, bytes):
        raise TypeError("a roadmap is one file")
    return pdf


def _tables(roadmap: Roadmap, language: str) -> list[dict[str, Any]]:
    plan = roadmap.main

    def table(
        title: Text, columns: list[tuple[Text, str]], rows: list[list[str]]
    ) -> dict[str, Any]:
        return {
            "title": title.get(language),
            "columns": [
                {"name": name.get(language), "wide": "w" in how, "right": "r" in how}
                for name, how in columns
            ],
            "rows": rows,
        }

    return [
        table(
            Text("Tiêu chí trước và sau", "Criteria before and after"),
            [(Text("Điều", "Clause"), ""), (Text("Tiêu chí", "Criterion"), "w"),
             (Text("Còn thiếu", "Missing"), "r"), (Text("Sau lộ trình", "After"), "w")],
            [[r.clause, r.title.get(language),
              f"{amount(r.missing, language)} {r.unit.get(language)}" if r.unit.en else "",
              AFTER_NAMES[r.after].get(language)
              + (f": {r.reason.get(language)}" if r.reason.en else "")] for r in plan.rows],
        ),
        table(
            Text("Việc cần làm", "What to do"),
            [(Text("Năm", "Years"), ""), (Text("Việc", "What"), "w"), (Text("Ai", "Who"), ""),
             (Text("Đầu tư", "Invest"), "r"), (Text("Tiết kiệm/năm", "Saves a year"), "r"),
             (Text("t CO2e/năm", "t CO2e a year"), "r")],
            [[f"{e.start}–{e.done}" if e.done > e.start else str(e.start), e.name.get(language),
              e.who.get(language),
              money(e.investment, language) + ("*" if e.estimated else ""),
              money(e.saving, language) + ("*" if e.estimated else ""), amount(e.co2e, language)]
             for e in entries(plan.lines)],
        ),
        table(
            Text("Theo năm", "By year"),
            [(Text("Năm", "Year"), ""), (Text("Đầu tư", "Investment"), "r"),
             (Text("Tiết kiệm", "Savings"), "r"), (Text("t CO2e", "t CO2e"), "r")],
            [[str(year), money(plan.invested[n], language), money(plan.savings[n], language),
              amount(plan.carbon[n], language)] for n, year in enumerate(roadmap.years)]
            if plan.lines else [],
        ),
        table(
            Text("Các phương án", "Alternatives"),
            [(Text("Phương án", "Plan"), "w"), (Text("Chi phí ròng", "Net cost"), "r"),
             (Text("Đầu tư", "Investment"), "r"), (Text("Tiết kiệm/năm", "Saves a year"), "r"),
             (Text("t CO2e/năm", "t CO2e a year"), "r"), (Text("Đạt hết", "All met"), "r")],
            [[GOAL_NAMES[a.goal].get(language), money(a.cost, language),
              money(a.investment, language), money(a.saving, language), amount(a.co2e, language),
              str(a.met_in) if a.is_met and a.met_in else "—"] for a in roadmap.alternatives],
        ),
    ]  # fmt: skip
