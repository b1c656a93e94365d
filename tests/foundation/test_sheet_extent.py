"""A worksheet is measured before anything opens it."""

from __future__ import annotations

import pytest

from sinhthai.foundation.sheet_extent import Extent, NotASheet, extent_of


def _sheet(rows: str) -> list[bytes]:
    return [f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()]


@pytest.mark.parametrize(
    "far",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="xfd1048576"><v>1</v></c>',
        "<c s='a>b' r = 'XFD1048576'><v>1</v></c>",
        '<c r="&#88;FD1048576"><is><t>x</t></is></c>',
        '<c r="XFD1"/><c><v>1</v></c>',
    ],
)
def test_a_stray_cell_is_found_however_it_is_written(far: str) -> None:
    found = extent_of(
        _sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{far}</row>')
    )
    assert found.columns >= 16384


def test_a_cell_without_its_number_stands_in_its_row() -> None:
    rows = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    assert extent_of(_sheet(rows)) == Extent(1048576, 16384)


def test_cells_that_are_only_dressed_do_not_count() -> None:
    assert extent_of(_sheet('<row r="1048576"><c r="XFD1048576" s="3"/></row>')) == Extent(0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        b'<sheetData><c s="a<b" r="XFD1048576"><v>1</v></c></sheetData>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sheetData>&a;</sheetData>',
        b'<sheetData><c r="1A"><v>1</v></c></sheetData>',
        b"<sheetData>",
        b'<c "' * 300_000,
    ],
)
def test_what_only_a_lenient_reader_takes_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotASheet):
        extent_of([wrong])
