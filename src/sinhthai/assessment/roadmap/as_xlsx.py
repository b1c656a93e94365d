"""A roadmap as a workbook: summary, criteria, what to do, by year, alternatives, its basis."""

from __future__ import annotations

from sinhthai.assessment.roadmap.document import Roadmap
from sinhthai.assessment.roadmap.sayings import caveats, headline, more_said, summary
from sinhthai.assessment.roadmap.wording import AFTER_NAMES, GOAL_NAMES, KIND_NAMES, STATUS_NAMES
from sinhthai.foundation.console.sheets import Workbook
from sinhthai.foundation.text import Text

_MVND = Text("triệu VND", "million VND")
_MILLION = 1e6


def to_xlsx(roadmap: Roadmap, language: str) -> bytes:
    """Return *roadmap* as .xlsx; money in million VND."""
    plan = roadmap.main
    with Workbook(language) as book:
        say = book.say
        said = (headline(roadmap, plan), *summary(roadmap, plan), *more_said(roadmap),
                *caveats(roadmap))  # fmt: skip
        book.sheet(
            Text("Tóm tắt", "Summary"),
            [Text("Kết quả", "Result")],
            [[say(text)] for text in said],
            title=roadmap.heading(),
        )
        book.sheet(
            Text("Tiêu chí", "Criteria"),
            [Text("Tiêu chí", "Criterion"), Text("Điều", "Clause"), Text("Còn thiếu", "Missing"),
             Text("Đơn vị", "Unit"), Text("Đạt thêm", "Reached"), Text("Sau lộ trình", "After"),
             Text("Giá đơn vị cuối (triệu VND)", "Price of the last unit (million VND)"),
             Text("Vì sao không đạt", "Why not"), Text("Diễn giải", "In words")],
            [[say(r.title), r.clause, r.missing, say(r.unit), r.reached, say(AFTER_NAMES[r.after]),
              r.price / _MILLION, say(r.reason), say(r.gap)] for r in plan.rows],
        )  # fmt: skip
        for one in roadmap.alternatives:
            book.sheet(
                GOAL_NAMES[one.goal],
                [Text("Việc", "What"), Text("Loại", "Kind"), Text("Doanh nghiệp", "Enterprise"),
                 Text("Bắt đầu", "Starts"), Text("Có hiệu lực", "Counts from the end of"),
                 Text(f"Đầu tư ({_MVND.vi})", f"Investment ({_MVND.en})"),
                 Text("Thấp nhất", "Low"), Text("Cao nhất", "High"),
                 Text("Tiết kiệm/năm", "Saving a year"), Text("t CO2e/năm", "t CO2e a year"),
                 Text("Phục vụ", "Serves"), Text("Vì sao", "Why"), Text("Nguồn", "Source"),
                 Text("Ước tính", "Estimated")],
                [[say(x.name), say(KIND_NAMES[x.kind]), say(x.owner), x.start, x.done,
                  x.investment / _MILLION, x.low / _MILLION, x.high / _MILLION,
                  x.saving / _MILLION, x.co2e, "; ".join(x.serves), say(x.why), say(x.source),
                  say(Text("có", "yes")) if x.estimated else ""] for x in one.lines],
            )  # fmt: skip
        book.sheet(
            Text("Theo năm", "By year"),
            [Text("Năm", "Year"), Text(f"Đầu tư ({_MVND.vi})", f"Investment ({_MVND.en})"),
             Text("Ngân sách", "Budget"), Text("Tiết kiệm", "Savings"), Text("t CO2e", "t CO2e")],
            [[str(year), plan.invested[n] / _MILLION,
              None if not roadmap.budget or (limit := roadmap.budget[n]) is None
              else limit / _MILLION,
              plan.savings[n] / _MILLION, plan.carbon[n]] for n, year in enumerate(roadmap.years)],
        )  # fmt: skip
        book.sheet(
            Text("Các phương án", "Alternatives"),
            [Text("Phương án", "Plan"), Text("Chi phí ròng", "Net present cost"),
             Text("Đầu tư", "Investment"), Text("Tiết kiệm/năm", "Saving a year"),
             Text("t CO2e/năm", "t CO2e a year"), Text("Đạt hết vào năm", "All met in"),
             Text("Kết quả tính", "Computation")],
            [[say(GOAL_NAMES[a.goal]), a.cost / _MILLION, a.investment / _MILLION,
              a.saving / _MILLION, a.co2e, a.met_in, say(STATUS_NAMES[a.status])]
             for a in roadmap.alternatives],
            title=_MVND,
        )  # fmt: skip
        book.sheet(Text("Căn cứ", "Basis"), [Text("Tên", "Name"), Text("Giá trị", "Value")],
                   [[say(name), value] for name, value in pins(roadmap)])  # fmt: skip
    return book.data


def pins(roadmap: Roadmap) -> tuple[tuple[Text, str], ...]:
    """Return what makes the roadmap repeatable: name and value (H6)."""
    return (
        (Text("Bộ tiêu chí", "Framework"), roadmap.framework),
        (Text("Số liệu năm", "Data of"), str(roadmap.data_year)),
        (Text("Phiên bản chương trình", "Engine version"), roadmap.engine_version),
        (Text("Bộ giải", "Solver"), roadmap.solver),
        (Text("Quy định", "Rules"), roadmap.rules_hash[:16]),
        (Text("Hệ số", "Factors"), roadmap.factors_hash[:16]),
        (Text("Bảng bước và giá", "Tables of steps and prices"), roadmap.tables_hash[:16]),
        (Text("Mã băm dữ liệu đầu vào", "Digest of the inputs"), roadmap.input_digest[:16]),
    )
