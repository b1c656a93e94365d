"""The parts of the rules: each compiled from its YAML files into one hashed JSON file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import BUNDLE, DATA, BundleError, load_bundle
from sinhthai.rules.check import overdue
from sinhthai.rules.compile import compile_bundle, write_bundle
from sinhthai.rules.forms import FORMS, load_forms
from sinhthai.rules.forms_files import FILE as FORMS_FILE
from sinhthai.rules.forms_files import compile_forms, write_forms
from sinhthai.rules.procedures_files import FILE as PROCEDURES_FILE
from sinhthai.rules.procedures_files import (
    compile_procedures,
    overdue_procedures,
    write_procedures,
)
from sinhthai.rules.procedures_loading import COMPILED as PROCEDURES
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.rules.waste_law import LAW, load_waste_law
from sinhthai.rules.waste_law_files import FILE as WASTE_LAW_FILE
from sinhthai.rules.waste_law_files import (
    compile_waste_law,
    overdue_waste_law,
    write_waste_law,
)

_BUNDLE = Text(
    "Quy định {version}: {frameworks} bộ tiêu chí, {leaves} tiêu chí, {items} mục số liệu, "
    "không lỗi.",
    "Rules {version}: {frameworks} frameworks, {leaves} criteria, {items} items, no problem.",
)
_WASTE_LAW = Text(
    "Luật về chất thải: {rules} quy định, {papers} giấy tờ, không thiếu, không chồng chéo.",
    "Waste law: {rules} rules, {papers} papers, no gap and no overlap.",
)
_FORMS = Text(
    "Mẫu báo cáo năm: {forms} mẫu, {fields} trường, không thiếu mục nào của từ điển.",
    "Yearly forms: {forms} forms, {fields} fields, no item of the dictionary left out.",
)
_PROCEDURES = Text(
    "Thủ tục: {procedures} thủ tục, {authorities} cơ quan, {obligations} nghĩa vụ định kỳ, "
    "ngày nghỉ các năm {years}.",
    "Procedures: {procedures} procedures, {authorities} bodies, {obligations} recurring duties, "
    "days off of {years}.",
)


@dataclass(frozen=True, slots=True)
class Read:
    """A part as its YAML files have it: its hash, what it holds in a sentence, and warnings."""

    hash: str
    said: Text
    warnings: list[Problem]


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``read`` raises InputError; ``file``: a folder without it has no such part."""

    file: str
    target: Path
    read: Callable[[Path, dt.date], Read]
    write: Callable[[], bool]
    load_hash: Callable[[], str]
    forget: Callable[[], None]

    def shipped_hash(self) -> str:
        """Return the hash of the compiled file, "" where it is absent or was changed by hand."""
        try:
            return self.load_hash()
        except BundleError:
            return ""


def check_parts(folder: Path, day: dt.date) -> tuple[list[tuple[Part, Read]], list[Problem]]:
    """Return the parts of *folder* that are right, and every problem of every part."""
    good: list[tuple[Part, Read]] = []
    problems: list[Problem] = []
    for part in PARTS:
        if part.file and not (folder / part.file).exists():
            continue
        try:
            read = part.read(folder, day)
        except InputError as error:
            problems += error.problems
        else:
            good.append((part, read))
            problems += read.warnings
    return good, problems


def compile_parts() -> list[tuple[Part, bool]]:
    """Rewrite every compiled file; return each part and whether it changed.

    Raises
    ------
    InputError
        With every problem of the first part that has one; the parts before it are written.
    """
    written = []
    for part in PARTS:
        written.append((part, part.write()))
        part.forget()  # a later part may be checked against this one
    return written


def _read_bundle(folder: Path, day: dt.date) -> Read:
    bundle = compile_bundle(folder)
    said = _BUNDLE.format(
        version=bundle.version,
        frameworks=len(bundle.frameworks),
        leaves=sum(len(framework.leaves) for framework in bundle.frameworks),
        items=len(bundle.items),
    )
    return Read(bundle.hash, said, overdue(bundle, day))


def _read_waste_law(folder: Path, day: dt.date) -> Read:
    law = compile_waste_law(folder)
    said = _WASTE_LAW.format(rules=len(law.rules), papers=len(law.papers))
    return Read(law.hash, said, overdue_waste_law(law, day))


def _read_procedures(folder: Path, day: dt.date) -> Read:
    law = compile_procedures(folder)
    said = _PROCEDURES.format(
        procedures=len(law.procedures),
        authorities=len(law.authorities),
        obligations=len(law.obligations),
        years=", ".join(str(year) for year in law.holidays),
    )
    return Read(law.hash, said, overdue_procedures(law, day))


def _read_forms(folder: Path, day: dt.date) -> Read:
    forms = compile_forms(folder)
    fields = sum(len(form.fields) for form in forms.forms.values())
    return Read(forms.hash, _FORMS.format(forms=len(forms.forms), fields=fields), [])


PARTS = (
    Part(
        "",
        BUNDLE,
        _read_bundle,
        lambda: write_bundle(DATA, BUNDLE),
        lambda: load_bundle().hash,
        load_bundle.cache_clear,
    ),
    Part(
        WASTE_LAW_FILE,
        LAW,
        _read_waste_law,
        lambda: write_waste_law(DATA, LAW),
        lambda: load_waste_law().hash,
        load_waste_law.cache_clear,
    ),
    Part(
        PROCEDURES_FILE,
        PROCEDURES,
        _read_procedures,
        lambda: write_procedures(DATA, PROCEDURES),
        lambda: load_procedures().hash,
        load_procedures.cache_clear,
    ),
    Part(
        FORMS_FILE,
        FORMS,
        _read_forms,
        lambda: write_forms(DATA, FORMS),
        lambda: load_forms().hash,
        load_forms.cache_clear,
    ),
)
