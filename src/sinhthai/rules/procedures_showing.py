"""Procedures and days off on the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import HolidayYear, PaperRule, Procedure, Procedures, Sourced
from sinhthai.rules.procedures_wording import (
    GUARDS,
    LEVELS,
    PARTIES,
    say_doer,
    say_event,
    say_limit,
    say_where,
)

WEEKDAYS = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
_HEADS = {
    "id": Text("Mã", "Id"),
    "title": Text("Tên", "Title"),
    "in_force": Text("Hiệu lực", "In force"),
    "clause": Text("Điều khoản", "Clause"),
    "verified": Text("Đã đối chiếu", "Verified"),
    "party": Text("Bên", "Party"),
    "bodies": Text("Cơ quan", "Bodies"),
    "step": Text("Bước", "Step"),
    "from": Text("Từ", "From"),
    "to": Text("Đến", "To"),
    "needs": Text("Điều kiện", "Needs"),
    "clock": Text("Thời hạn", "Clock"),
    "limit": Text("Độ dài", "Limit"),
    "starts": Text("Bắt đầu", "Starts"),
    "ends": Text("Kết thúc", "Ends"),
    "paper": Text("Giấy tờ", "Paper"),
    "form": Text("Mẫu", "Form"),
    "day": Text("Ngày", "Day"),
    "weekday": Text("Thứ", "Weekday"),
    "name": Text("Tên", "Name"),
    "works": Text("Làm việc", "Works"),
}
_SINCE = Text("từ {a}", "from {a}")
_UNTIL = Text("từ {a} đến trước {b}", "from {a} until {b}")
_YES = Text("đã đọc {day}", "read {day}")
_NO = Text("chưa ({confidence})", "no ({confidence})")
_FINAL = Text("kết thúc", "end")
_NOT_BY = Text("không phải {who}", "not {who}")
_REASON = Text("phải nêu lý do", "a reason must be given")
_PAUSE = Text("dừng khi: {states}", "stands still while: {states}")
_OPTION = Text("theo {option}", "by {option}")
_SIGNED = Text("có chữ ký", "signed")
_OPTIONAL = Text("nếu có", "if any")
_ON = Text("ngày {day}", "on {day}")
_SOURCE = Text("Nguồn: {source}", "Source: {source}")
_WORKED = Text("làm bù", "worked")
_OFF = Text("nghỉ", "off")
_DECISION = Text("Quyết định: {decision}", "Decision: {decision}")
_CHECKED = Text("Đối chiếu: {verified}", "Verified: {verified}")


def procedures_table(law: Procedures, language: str) -> Table:
    """Return one row per procedure."""
    table = _table(language, "id", "title", "in_force", "clause", "verified")
    for one in law.procedures:
        table.add_row(
            one.id,
            one.title.get(language),
            _span(one.valid_from, one.valid_until, language),
            say_where(one.rule.clause, law.instruments).get(language),
            _verified(one.rule, language),
        )
    return table


def show_procedure(law: Procedures, one: Procedure, day: dt.date, language: str) -> RenderableType:
    """Return the whole procedure: bodies as named on *day*, steps, clocks, papers."""
    head = Line.assemble((one.id, "bold"), "  ", one.title.get(language))
    where = say_where(one.rule.clause, law.instruments).get(language)
    facts = Line(f"{where}; {_span(one.valid_from, one.valid_until, language)}", style="dim")
    parts: list[RenderableType] = [
        _bodies(law, one, day, language),
        _steps(law, one, language),
        _clocks(law, one, language),
        _papers(law, one.papers, language),
        Line(_SOURCE.format(source=one.rule.source).get(language), style="dim"),
    ]
    return Group(head, facts, *(Padding(part, (0, 0, 1, 2), expand=False) for part in parts))


def show_holidays(year: HolidayYear, language: str) -> RenderableType:
    """Return the days off and the days worked in exchange of *year*, with the decision."""
    table = _table(language, "day", "weekday", "name", "works")
    for one in year.days:
        table.add_row(
            format_date(one.day, language),
            WEEKDAYS[one.day.weekday()].get(language),
            one.name.get(language),
            (_WORKED if one.works else _OFF).get(language),
        )
    return Group(
        Line(str(year.year), style="bold"),
        Line(_DECISION.format(decision=year.decision).get(language)),
        Line(_SOURCE.format(source=year.rule.source).get(language), style="dim"),
        Line(_CHECKED.format(verified=_verified(year.rule, language)).get(language), style="dim"),
        Padding(table, (0, 0, 0, 2), expand=False),
    )


def _table(language: str, *heads: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for head in heads:
        table.add_column(_HEADS[head].get(language), no_wrap=head in ("id", "day"), overflow="fold")
    return table


def _span(first: dt.date, end: dt.date | None, language: str) -> str:
    last = format_date(end, language) if end else ""
    said = _UNTIL if end else _SINCE
    return said.format(a=format_date(first, language), b=last).get(language)


def _verified(rule: Sourced, language: str) -> str:
    if rule.verified and rule.checked_on is not None:
        return _YES.format(day=format_date(rule.checked_on, language)).get(language)
    return _NO.format(confidence=rule.confidence).get(language)


def _bodies(law: Procedures, one: Procedure, day: dt.date, language: str) -> Table:
    table = _table(language, "party", "bodies")
    for party, ids in one.parties.items():
        names = [law.authorities[id].name_on(day).get(language) for id in ids]
        if names:
            table.add_row(_party(party, language), "; ".join(names))
    said = _ON.format(day=format_date(day, language)).get(language)
    table.columns[1].header = f"{_HEADS['bodies'].get(language)} {said}"
    return table


def _party(party: str, language: str) -> str:
    return next((said.get(language) for id, said in PARTIES.items() if id == party), party)


def _steps(law: Procedures, one: Procedure, language: str) -> Table:
    table = _table(language, "id", "step", "party", "from", "to", "needs", "clause", "verified")
    titles = {state.id: state.title.get(language) for state in one.states}
    for step in one.steps:
        needs = [GUARDS[guard].get(language) for guard in step.needs]
        needs += [_NOT_BY.format(who=say_doer(one, deed)).get(language) for deed in step.not_by]
        if step.reason:
            needs.append(_REASON.get(language))
        end = f" ({_FINAL.get(language)})" if one.state(step.to).final else ""
        table.add_row(
            step.id,
            step.title.get(language),
            f"{PARTIES[step.party].get(language)}, {LEVELS[step.level].get(language)}",
            ", ".join(titles[state] for state in step.from_states),
            titles[step.to] + end,
            "; ".join(needs) or "–",
            step.rule.clause,
            _verified(step.rule, language),
        )
    return table


def _clocks(law: Procedures, one: Procedure, language: str) -> Table:
    table = _table(language, "id", "clock", "party", "limit", "starts", "ends", "clause")
    for clock in one.clocks:
        starts = _events(one, clock.starts, language)
        if clock.option:
            starts += f" ({_OPTION.format(option=clock.option).get(language)})"
        ends = _events(one, clock.ends, language)
        if clock.pauses:
            states = ", ".join(one.state(id).title.get(language) for id in clock.pauses)
            ends += f"; {_PAUSE.format(states=states).get(language)}"
        table.add_row(
            clock.id,
            clock.title.get(language),
            PARTIES[clock.party].get(language),
            say_limit(clock).get(language),
            starts,
            ends,
            clock.rule.clause,
        )
    return table


def _events(one: Procedure, ids: Sequence[str], language: str) -> str:
    return ", ".join(say_event(one, id).get(language) for id in ids)


def _papers(law: Procedures, papers: Sequence[PaperRule], language: str) -> Table:
    table = _table(language, "id", "paper", "party", "form", "clause")
    for paper in papers:
        known = ((paper.signed, _SIGNED), (not paper.required, _OPTIONAL))
        marks = [said for is_so, said in known if is_so]
        title = paper.title.get(language)
        if marks:
            title += f" ({', '.join(mark.get(language) for mark in marks)})"
        table.add_row(
            paper.id,
            title,
            PARTIES[paper.party].get(language),
            paper.form or "–",
            paper.rule.clause,
        )
    return table
