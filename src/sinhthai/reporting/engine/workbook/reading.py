"""Reads an uploaded workbook: everything it says, and everything wrong with it, cell by cell."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from sinhthai.foundation.problems import InputError, Place
from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.checks import check_parts
from sinhthai.reporting.engine.workbook.container import Container, open_container
from sinhthai.reporting.engine.workbook.earlier import questions
from sinhthai.reporting.engine.workbook.enterprise_sheet import read_enterprise_sheet
from sinhthai.reporting.engine.workbook.gather import Problems, Statements
from sinhthai.reporting.engine.workbook.identity import Identity, read_identity
from sinhthai.reporting.engine.workbook.messages import problem
from sinhthai.reporting.engine.workbook.model import (
    ENTERPRISE_SHEET,
    META_SHEET,
    NO_NAME,
    PARK_SHEET,
    ROSTER,
    SAID,
    KnownEnterprise,
    Upload,
)
from sinhthai.reporting.engine.workbook.park_sheet import read_park_sheet
from sinhthai.rules.model import Bundle


def read_workbook(
    source: bytes | Path,
    bundle: Bundle,
    *,
    file_name: str = "",
    expected_park: str = "",
    expected_name: Text = NO_NAME,
    expected_year: int | None = None,
    known: Iterable[KnownEnterprise] | None = None,
) -> Upload:
    """Read a workbook with every check; nothing is raised for what a person did wrong.

    Parameters
    ----------
    source : the file's bytes, or its path.
    bundle : the rules, for the dictionary of items.
    file_name : shown in every problem; the path's name when not given.
    expected_park, expected_year : what the workbook must be of; unchecked when not given.
    expected_name : what that park is called, for the words of a refusal.
    known : the park's enterprises; None when there is no store to check against.

    Returns
    -------
    Upload
        With ``problems``; when one concerns the file as a whole the tables are empty.
    """
    content = source.read_bytes() if isinstance(source, Path) else source
    name = file_name or (source.name if isinstance(source, Path) else "")
    digest = hashlib.sha256(content).hexdigest()
    try:
        container = open_container(content, name)
        book = _open(content, name)
    except InputError as error:
        return _nothing(name, digest, error)
    problems = Problems(name)
    try:
        identity = read_identity(_raw(book, META_SHEET, container), bundle, problems)
        _check_expected(identity, expected_park, expected_name, expected_year, problems)
        if problems.errors and not identity.readable:
            return _nothing(name, digest, InputError(problems.listed()), identity)
        by_code = None if known is None else {entry.code: entry for entry in known}
        return _read_sheets(book, container, bundle, identity, by_code, problems, digest)
    except (calamine.CalamineError, OSError) as error:
        reason = " ".join(str(error).split())[:120]
        broken = InputError([problem("unreadable", Place(name), reason=reason)])
        return _nothing(name, digest, broken, None)


def _read_sheets(
    book: calamine.CalamineWorkbook,
    container: Container,
    bundle: Bundle,
    identity: Identity,
    known: Mapping[str, KnownEnterprise] | None,
    problems: Problems,
    digest: str,
) -> Upload:
    statements = Statements()
    park_name = _sheet_named(container, PARK_SHEET)
    enterprise_name = _sheet_named(container, ENTERPRISE_SHEET)
    park_items = questions(bundle, identity.year, "park")
    enterprise_items = questions(bundle, identity.year, "enterprise")
    notes: Mapping[str, str] = {}
    found_park: tuple[str, ...] = ()
    found_enterprise: tuple[str, ...] = ()
    roster = ROSTER.empty_table()
    if park_name is None:
        problems.add("sheet_missing", name=PARK_SHEET)
    else:
        found_park, notes = read_park_sheet(
            book.get_sheet_by_name(park_name), container, park_items, identity, statements, problems
        )
    if enterprise_name is None:
        problems.add("sheet_missing", name=ENTERPRISE_SHEET)
    else:
        found_enterprise, roster = read_enterprise_sheet(
            book.get_sheet_by_name(enterprise_name),
            container,
            enterprise_items,
            identity,
            known,
            statements,
            problems,
        )
    said = statements.table()
    check_parts(said, bundle.items, park_name or PARK_SHEET, problems)
    return Upload(
        file_name=problems.file_name,
        sha256=digest,
        park=identity.park,
        name=identity.name,
        year=identity.year,
        exported_at=identity.exported_at,
        template=identity.template,
        said=said,
        roster=roster,
        park_items=found_park,
        enterprise_items=found_enterprise,
        kinds={item.code: item.kind for item in (*park_items, *enterprise_items)},
        notes=notes,
        invented=identity.invented,
        problems=problems.listed(),
        refused=problems.errors,
    )


def _open(content: bytes, name: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(content))
    except (calamine.CalamineError, OSError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError([problem("unreadable", Place(name), reason=reason)]) from error


def _raw(
    book: calamine.CalamineWorkbook, sheet: str, container: Container
) -> list[list[Any]] | None:
    if sheet not in container.sheets:
        return None
    rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return rows


def _sheet_named(container: Container, wanted: str) -> str | None:
    """Return the sheet called *wanted*, or by one of its two names."""
    accepted = {fold(wanted), *(fold(part) for part in wanted.split("·"))}
    return next((name for name in container.sheets if fold(name) in accepted), None)


def _check_expected(
    identity: Identity, park: str, name: Text, year: int | None, problems: Problems
) -> None:
    if park and identity.park and identity.park != park:
        found, expected = _named(identity.park, identity.name), _named(park, name)
        problems.add("park_other", found=found, expected=expected)
    if year is not None and identity.year is not None and identity.year != year:
        problems.add("year_other", found=identity.year, expected=year)


def _named(park: str, name: Text) -> Text:
    """Return a park by name and code; by its code alone where no name is given."""
    if not name.vi:
        return Text(f"khu “{park}”", f"the park “{park}”")
    return Text(f"{name.vi} ({park})", f"{name.en or name.vi} ({park})")


def _nothing(name: str, digest: str, error: InputError, identity: Identity | None = None) -> Upload:
    exported: dt.datetime | None = identity.exported_at if identity else None
    return Upload(
        file_name=name,
        sha256=digest,
        park=identity.park if identity else "",
        year=identity.year if identity else None,
        exported_at=exported,
        template=identity.template if identity else None,
        said=SAID.empty_table(),
        roster=pa.Table.from_batches([], ROSTER),
        problems=error.problems,
        refused=sum(found.severity == "error" for found in error.problems),
    )
