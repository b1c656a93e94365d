"""Read, check and compile ``waste-law.yaml``: no gap, no overlap, every word explained.

The table decides whether people may hand waste over, so the check tries every day of change, every
medium, every use and every value of every fact: exactly one rule must hold each time.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, hash_of
from sinhthai.rules.files import read_one
from sinhthai.rules.waste_law import (
    FACTS,
    LAW,
    MEDIA,
    USES,
    Question,
    Value,
    WasteLaw,
    WasteRule,
    law_of,
)
from sinhthai.rules.waste_law_schema import PaperIn, QuestionIn, RuleIn, WasteLawFile
from sinhthai.rules.waste_law_wording import unknown_letters

FILE = "waste-law.yaml"
OVERDUE = dt.timedelta(days=548)  # 18 months, as for the criteria


def compile_waste_law_text(folder: Path = DATA) -> str:
    """Return the text of ``waste-law.json`` for the YAML file of *folder*.

    Raises
    ------
    InputError
        With every problem found, each with file, line, rule and cure.
    """
    file, lines, problems = read_one(folder, FILE, WasteLawFile)
    if file is not None:
        checker = _Checker(file, lines)
        problems = [*problems, *checker.words()]
        if not problems:
            problems = list(checker.table())
    if file is None or problems:
        raise InputError(problems)
    content = file.model_dump()
    return (
        json.dumps({"hash": hash_of(content), "content": content}, ensure_ascii=False, indent=1)
        + "\n"
    )


def compile_waste_law(folder: Path = DATA) -> WasteLaw:
    """Return the table of *folder* without writing it."""
    document = json.loads(compile_waste_law_text(folder))
    return law_of(document["content"], document["hash"])


def write_waste_law(folder: Path = DATA, target: Path = LAW) -> bool:
    """Rewrite *target* from *folder*; return whether it changed."""
    text = compile_waste_law_text(folder)
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def overdue_waste_law(law: WasteLaw, day: dt.date) -> list[Problem]:
    """Return a warning for each verified rule or question read more than 18 months before *day*."""
    rows: tuple[WasteRule | Question, ...] = (*law.rules, *law.questions)
    return [
        Problem(
            "waste-law-overdue",
            Text(
                f"đã hơn 18 tháng từ lần đọc {row.checked_on}",
                f"more than 18 months have passed since {row.checked_on}",
            ),
            Text(
                "đọc lại điều luật, ghi checked_on mới",
                "read the clause again and renew checked_on",
            ),
            Place(FILE, cell=row.id),
            "warning",
        )
        for row in rows
        if row.verified and row.checked_on is not None and row.checked_on + OVERDUE < day
    ]


class _Checker:
    def __init__(self, file: WasteLawFile, lines: Mapping[str, int]) -> None:
        self.file = file
        self.lines = lines

    def _problem(self, code: str, row: str, message: Text, cure: Text) -> Problem:
        return Problem(code, message, cure, Place(FILE, cell=row, line=self.lines.get(row)))

    def words(self) -> Iterator[Problem]:
        """Yield facts, values and papers that do not exist, and papers nothing asks for."""
        papers = {paper.id for paper in self.file.papers}
        asked: set[str] = set()
        for rule in self.file.rules:
            for case in rule.cases:
                yield from self._case(rule.id, case)
        for number, taken in enumerate(self.file.presumptions, 1):
            yield from self._case(
                f"{taken.fact} {number}", {taken.fact: [taken.value], **taken.given}
            )
        rows: list[RuleIn | QuestionIn] = [*self.file.rules, *self.file.questions]
        for row in rows:
            asked.update(row.papers)
            for paper in row.papers:
                if paper not in papers:
                    yield self._problem(
                        "waste-law-paper",
                        row.id,
                        Text(f"không có giấy tờ '{paper}'", f"no such paper: '{paper}'"),
                        Text(
                            "thêm vào mục papers hoặc sửa tên",
                            "add it under papers or mend the name",
                        ),
                    )
        for paper in sorted(papers - asked):
            yield self._problem(
                "waste-law-paper-unused",
                paper,
                Text("không quy định nào dùng giấy tờ này", "no rule asks for this paper"),
                Text("dùng nó trong một quy định hoặc xóa", "ask for it in a rule or delete it"),
            )
        yield from self._letters()
        yield from self._questions()
        yield from self._dates()

    def _letters(self) -> Iterator[Problem]:
        """Yield the letters of clauses that stand for no instrument."""
        rows: list[RuleIn | QuestionIn | PaperIn] = [
            *self.file.rules,
            *self.file.questions,
            *self.file.papers,
        ]
        clauses = [(row.id, row.clause) for row in rows]
        clauses += [(taken.fact, taken.clause) for taken in self.file.presumptions]
        names = {letters: Text(name.vi, name.en) for letters, name in self.file.instruments.items()}
        known = ", ".join(names)
        for row, clause in [*clauses, ("outside", self.file.outside.clause)]:
            for letters in unknown_letters(clause, names):
                # A technical regulation is cited by its own number.
                if letters != "QCVN":
                    yield self._problem(
                        "waste-law-instrument",
                        row,
                        Text(f"không có văn bản '{letters}'", f"no such instrument: '{letters}'"),
                        Text(f"dùng một trong: {known}", f"use one of: {known}"),
                    )

    def _case(self, row: str, case: Mapping[str, list[Any]]) -> Iterator[Problem]:
        domains: dict[str, tuple[Value, ...]] = {**FACTS, "medium": MEDIA, "use": USES}
        for fact, values in case.items():
            if fact not in domains:
                known = ", ".join(domains)
                yield self._problem(
                    "waste-law-fact",
                    row,
                    Text(f"không có dữ kiện '{fact}'", f"no such fact: '{fact}'"),
                    Text(f"dùng một trong: {known}", f"use one of: {known}"),
                )
                continue
            for value in values:
                if not any(
                    value is one or (value == one and type(value) is type(one))
                    for one in domains[fact]
                ):
                    choices = ", ".join(
                        str(one).lower() if isinstance(one, bool) else one for one in domains[fact]
                    )
                    yield self._problem(
                        "waste-law-value",
                        row,
                        Text(
                            f"'{fact}' không có giá trị '{value}'",
                            f"'{fact}' has no value '{value}'",
                        ),
                        Text(f"dùng một trong: {choices}", f"use one of: {choices}"),
                    )

    def _questions(self) -> Iterator[Problem]:
        open_ended = {row.fact for row in self.file.questions if not row.given}
        for fact in FACTS:
            if fact not in open_ended:
                yield self._problem(
                    "waste-law-question",
                    fact,
                    Text(
                        f"chưa có câu hỏi cho dữ kiện '{fact}'", f"no question asks about '{fact}'"
                    ),
                    Text("thêm vào mục questions", "add one under questions"),
                )

    def _dates(self) -> Iterator[Problem]:
        """Yield rows of one id that are in force on the same day, and question ids used twice."""
        first = self.file.in_force_from
        for rows in (self.file.papers, self.file.rules):
            spans = sorted(
                (row.id, row.valid_from or first, row.valid_until or "9999-12-31") for row in rows
            )
            for (one, _, end), (other, start, _) in pairwise(spans):
                if one == other and start < end:
                    yield self._problem(
                        "waste-law-dates",
                        one,
                        Text(
                            f"hai dòng '{one}' cùng có hiệu lực từ {start}",
                            f"'{one}' stands twice on {start}",
                        ),
                        Text("sửa valid_from, valid_until", "mend valid_from and valid_until"),
                    )
        for id, times in Counter(row.id for row in self.file.questions).items():
            if times > 1:
                yield self._problem(
                    "waste-law-dates",
                    id,
                    Text(f"mã '{id}' dùng hai lần", f"the id '{id}' is used twice"),
                    Text("đặt mã khác", "give one of them another id"),
                )

    def table(self) -> Iterator[Problem]:
        """Yield a combination no rule holds for, or more than one: the first of each kind."""
        law = law_of(self.file.model_dump(), "")
        told: set[tuple[str, ...]] = set()
        for day in law.days:
            rules = law.rules_on(day)
            for medium, use, values in product(MEDIA, USES, product(*FACTS.values())):
                facts = dict(zip(FACTS, values, strict=True))
                holding = [rule.id for rule in rules if rule.holds(medium, use, facts)]
                if len(holding) == 1:
                    continue
                kind = (str(day), *holding) if holding else (str(day), medium, use)
                if kind in told:
                    continue
                told.add(kind)
                case = ", ".join(f"{fact} {value}" for fact, value in facts.items())
                yield self._hole(day, f"{medium}, {use}, {case}", holding)

    def _hole(self, day: dt.date, case: str, holding: list[str]) -> Problem:
        if not holding:
            return self._problem(
                "waste-law-gap",
                "",
                Text(
                    f"ngày {day} không quy định nào áp dụng cho: {case}",
                    f"on {day} no rule holds for: {case}",
                ),
                Text(
                    "thêm quy định hoặc mở rộng điều kiện", "add a rule or widen the cases of one"
                ),
            )
        names = ", ".join(holding)
        return self._problem(
            "waste-law-overlap",
            holding[0],
            Text(
                f"ngày {day} cùng áp dụng {names} cho: {case}",
                f"on {day} {names} all hold for: {case}",
            ),
            Text(
                "thu hẹp điều kiện để chỉ một quy định áp dụng", "narrow the cases until one holds"
            ),
        )
