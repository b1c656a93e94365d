"""What no single line can show: references, dates, formulas against the dictionary of facts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.content import Files
from sinhthai.rules.formulas import KINDS, FormulaFault, Kind, check_formula, nearest
from sinhthai.rules.model import Bundle, Choice, Item, Subject
from sinhthai.rules.schema import CasesIn, FrameworkFile, LeafIn


def check_files(files: Files) -> list[Problem]:
    """Return every problem between the files, in the order of the files."""
    items, problems = _dictionary(files)
    checker = _Checker(files, items)
    for name, file in files.frameworks:
        problems.extend(checker.framework(name, file))
    problems.extend(checker.versions())
    return list(dict.fromkeys(problems))


def _dictionary(files: Files) -> tuple[dict[str, Item], list[Problem]]:
    items: dict[str, Item] = {}
    problems = []
    sections: set[str] = set()
    for name, file in files.items:
        for section in file.sections:
            if section.id in sections:
                problems.append(_twice(files, name, section.id))
            sections.add(section.id)
            for row in section.items:
                if row.code in items:
                    problems.append(_twice(files, name, row.code))
                    continue
                items[row.code] = Item(
                    row.code,
                    section.subject,
                    row.kind,
                    row.nature,
                    section.id,
                    Text(row.name.vi, row.name.en),
                    Text(row.help.vi, row.help.en),
                    row.unit,
                    choices=tuple(Choice(one.code, Text("", "")) for one in row.choices),
                )
    return items, problems


def _place(files: Files, name: str, cell: str = "") -> Place:
    return Place(name, cell=cell, line=files.lines.get((name, cell)))


def _twice(files: Files, name: str, code: str) -> Problem:
    return Problem(
        "rules-id-twice",
        Text(f"mã '{code}' dùng hai lần", f"the id '{code}' is used twice"),
        Text("đặt mã khác cho một trong hai", "give one of the two another id"),
        _place(files, name, code),
    )


@dataclass(frozen=True, slots=True)
class _Checker:
    files: Files
    items: Mapping[str, Item]

    def framework(self, name: str, file: FrameworkFile) -> Iterator[Problem]:
        """Yield the problems of one framework file."""
        place = _place(self.files, name, file.id)
        yield from self._known(file.family, self.files.about.families, "family", place)
        for option in file.options:
            yield from self._known(option, self._options(), "option", place)
        counted = Counter(leaf.id for leaf in file.leaves)
        groups = [group.id for group in file.groups]
        for leaf_id in (one for one, times in counted.items() if times > 1):
            yield _twice(self.files, name, leaf_id)
        for leaf in file.leaves:
            at = _place(self.files, name, leaf.id)
            yield from self._known(leaf.group, groups, "group", at)
            yield from self._dates(leaf, file, at)
            yield from self._formulas(leaf, file, at)
            yield from self._aggregate(leaf, file, at)

    def versions(self) -> Iterator[Problem]:
        """Yield versions of one family that are in force on the same day, and ids used twice."""
        rows = sorted(self.files.frameworks, key=lambda row: (row[1].family, row[1].in_force_from))
        for (_, earlier), (name, later) in pairwise(rows):
            day = later.in_force_from
            if earlier.id == later.id:
                yield _twice(self.files, name, later.id)
            if earlier.family == later.family and (
                earlier.in_force_until is None or earlier.in_force_until > later.in_force_from
            ):
                yield Problem(
                    "rules-versions-overlap",
                    Text(
                        f"'{earlier.id}' và '{later.id}' cùng có hiệu lực từ {day}",
                        f"'{earlier.id}' and '{later.id}' are both in force from {day}",
                    ),
                    Text(
                        f'ghi in_force_until: "{day}" cho {earlier.id}',
                        f'write in_force_until: "{day}" in {earlier.id}',
                    ),
                    _place(self.files, name, later.id),
                )

    def _options(self) -> dict[str, list[str]]:
        return {
            option.id: [choice.code for choice in option.choices]
            for option in self.files.options.options
        }

    def _known(self, code: str, known: Iterable[str], what: str, place: Place) -> Iterator[Problem]:
        words = {
            "family": "bộ tiêu chí",
            "option": "lựa chọn",
            "group": "nhóm",
            "choice": "cách đọc",
        }
        if code not in known:
            yield Problem(
                f"rules-unknown-{what}",
                Text(f"không có {words[what]} '{code}'", f"there is no {what} '{code}'"),
                nearest(code, known),
                place,
            )

    def _dates(self, leaf: LeafIn, file: FrameworkFile, place: Place) -> Iterator[Problem]:
        if not leaf.thresholds:
            return
        first = leaf.thresholds[0]
        if first.starts > file.in_force_from:
            yield Problem(
                "rules-threshold-gap",
                Text(
                    f"không có ngưỡng từ {file.in_force_from} đến {first.starts}",
                    f"no threshold from {file.in_force_from} until {first.starts}",
                ),
                Text(
                    f'ghi from: "{file.in_force_from}" cho ngưỡng đầu',
                    f'write from: "{file.in_force_from}" in the first threshold',
                ),
                place,
            )
        for one, following in pairwise(leaf.thresholds):
            if following.starts <= one.starts or (one.until and one.until != following.starts):
                yield Problem(
                    "rules-threshold-order",
                    Text(
                        f"ngưỡng từ {one.starts} và từ {following.starts} không nối tiếp nhau",
                        f"the thresholds from {one.starts} and from {following.starts} "
                        "do not follow each other",
                    ),
                    Text(
                        "xếp theo ngày; until là ngày bắt đầu của ngưỡng sau, hoặc bỏ trống",
                        "sort them by day; until is the first day of the next one, or left out",
                    ),
                    place,
                )
        for entry in leaf.thresholds:
            fraction = leaf.unit == "percent" and leaf.kind in ("share", "ratio")
            if fraction and entry.value is not None and not 0 <= entry.value <= 1:
                yield Problem(
                    "rules-threshold-fraction",
                    Text(
                        f"ngưỡng {entry.value:g} của một tỷ lệ phải nằm giữa 0 và 1",
                        f"the threshold {entry.value:g} of a share lies outside 0 to 1",
                    ),
                    Text(
                        f"ghi {entry.value / 100:g} nếu là {entry.value:g} %",
                        f"write {entry.value / 100:g} for {entry.value:g} %",
                    ),
                    place,
                )

    def _formulas(self, leaf: LeafIn, file: FrameworkFile, place: Place) -> Iterator[Problem]:
        over: Subject = "enterprise" if leaf.kind == "share" else file.subject
        if leaf.kind == "share" and file.subject != "park":
            yield Problem(
                "rules-share-of-enterprise",
                Text("tỷ lệ doanh nghiệp chỉ có ở khu", "only a park has shares of enterprises"),
                Text("dùng kind: condition hoặc ratio", "use kind: condition or ratio"),
                place,
            )
            return
        wanted = "boolean" if leaf.kind in ("condition", "share") else "number"
        above = leaf.formula or leaf.numerator
        tops = yield from self._cases(above, over, wanted, file, place)
        bottoms = yield from self._cases(leaf.denominator, over, wanted, file, place)
        yield from self._units(leaf, tops, bottoms, place)
        for entry in leaf.thresholds:
            yield from self._cases(entry.formula, file.subject, "number", file, place)

    def _cases(
        self,
        formula: str | CasesIn | None,
        subject: Subject,
        wanted: str,
        file: FrameworkFile,
        place: Place,
    ) -> Generator[Problem, None, list[Kind]]:
        """Yield the problems of a formula's readings; return what each yields."""
        kinds: list[Kind] = []
        cases = {"": formula} if isinstance(formula, str) else {}
        if isinstance(formula, CasesIn):
            cases = formula.cases
            yield from self._reading(formula.option, cases, file, place)
        for text in cases.values():
            try:
                found = check_formula(text, subject, self.items)
                if found.name != wanted:
                    raise FormulaFault(
                        "rules-formula-type",
                        Text(
                            f"công thức cho {KINDS[found.name].vi}: {text}",
                            f"the formula yields {KINDS[found.name].en}: {text}",
                        ),
                        Text(f"cần {KINDS[wanted].vi}", f"it must yield {KINDS[wanted].en}"),
                    )
                kinds.append(found)
            except FormulaFault as fault:
                yield Problem(fault.code, fault.message, fault.cure, place)
        return kinds

    def _reading(
        self, option: str, cases: Mapping[str, str], file: FrameworkFile, place: Place
    ) -> Iterator[Problem]:
        known = self._options()
        yield from self._known(option, known, "option", place)
        if option in known:
            yield from self._readings_match(option, cases, place)
            if option not in file.options:
                yield Problem(
                    "rules-option-not-listed",
                    Text(
                        f"công thức dùng {option} nhưng options không nêu",
                        f"the formula uses {option} but options does not name it",
                    ),
                    Text(f"thêm {option} vào dòng options", f"add {option} to the line options"),
                    place,
                )

    def _readings_match(self, option: str, cases: Iterable[str], place: Place) -> Iterator[Problem]:
        choices = self._options()[option]
        for case in cases:
            yield from self._known(case, choices, "choice", place)
        absent = [choice for choice in choices if choice not in cases]
        if absent:
            yield Problem(
                "rules-reading-absent",
                Text(
                    f"{option}: thiếu cách đọc {', '.join(absent)}",
                    f"{option}: no formula for {', '.join(absent)}",
                ),
                Text("viết một công thức cho mỗi cách đọc", "write one for each reading"),
                place,
            )

    def _units(
        self, leaf: LeafIn, tops: list[Kind], bottoms: list[Kind], place: Place
    ) -> Iterator[Problem]:
        if leaf.kind == "quantity":
            pairs = [(top.unit, leaf.unit) for top in tops]
        elif leaf.kind == "ratio" and leaf.unit == "percent":
            pairs = [(top.unit, bottom.unit) for top in tops for bottom in bottoms]
        elif leaf.kind == "ratio":
            whole = [
                (top, bottom) for top in tops for bottom in bottoms if top.unit and bottom.unit
            ]
            pairs = [(f"{top.unit}/{bottom.unit}", leaf.unit) for top, bottom in whole]
        else:
            pairs = []
        for one, other in pairs:
            if one and other and one != other:
                yield Problem(
                    "rules-formula-units",
                    Text(
                        f"đơn vị {one} không khớp {other}", f"the unit {one} does not fit {other}"
                    ),
                    Text("sửa unit hoặc công thức", "mend unit or the formula"),
                    place,
                )

    def _aggregate(self, leaf: LeafIn, file: FrameworkFile, place: Place) -> Iterator[Problem]:
        if leaf.aggregate is None or file.subject != "park":
            return
        below = leaf.aggregate.denominator
        codes = [below] if isinstance(below, str) else list(below.values())
        if not isinstance(below, str) and isinstance(leaf.denominator, CasesIn):
            yield from self._readings_match(leaf.denominator.option, below, place)
        for code in [leaf.aggregate.numerator, *codes]:
            yield from self._cases(code, file.subject, "number", file, place)


STALE_AFTER = dt.timedelta(days=548)  # 18 months


def overdue(bundle: Bundle, day: dt.date) -> list[Problem]:
    """Return a warning for each criterion in force on *day* nobody has checked for 18 months."""
    return [
        Problem(
            "rules-check-overdue",
            Text(f"kiểm tra lần cuối {leaf.checked_on}", f"last checked on {leaf.checked_on}"),
            Text(
                "đọc lại điều khoản rồi sửa checked_on",
                "read the clause again, then renew checked_on",
            ),
            Place(framework.id, cell=leaf.id),
            "warning",
        )
        for framework in bundle.frameworks
        if framework is bundle.framework_on(framework.family, day)
        for leaf in framework.leaves
        if leaf.checked_on is None or day - leaf.checked_on > STALE_AFTER
    ]
