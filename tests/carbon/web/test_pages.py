"""What the pages of an inventory show."""

import dataclasses
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sinhthai.carbon.actions.activities import Given
from sinhthai.factors.loading import load_factors
from tests.carbon.web.conftest import COAL, POWER, locked, put
from tests.site.reading import assert_nothing_inline

HOME = "/enterprises/0300588569/carbon/"


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_an_empty_inventory_says_what_to_do_first(dairy, editor, signed_in):
    page = text_of(signed_in(editor).get(HOME))
    assert "No activity is entered yet." in page
    assert "Take over from your report" in page


def test_a_year_shows_totals_sources_intervals_and_duty(dairy, editor, signed_in):
    put(dairy), put(dairy, POWER)
    answer = signed_in(editor).get(HOME)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Anthracite" in page and "Grid electricity" in page
    assert "1,318.4" in page  # 2,000 MWh at 0.6592 t/MWh
    assert "Scope 2: energy bought" in page
    assert "undetermined" not in page
    assert "<svg" in answer.content.decode()
    assert_nothing_inline(answer.content.decode())


def test_what_is_not_reported_is_unknown_never_zero(dairy, editor, signed_in):
    put(dairy), put(dairy, Given("electricity", "electricity", None, "kWh", scope=2))
    page = text_of(signed_in(editor).get(HOME))
    assert "not known" in page
    assert "known part: 1,3" in page  # the coal
    assert "undetermined" in page.lower()


def test_a_year_without_a_grid_factor_says_so_and_spoils_no_other_line(dairy, editor, signed_in):
    put(dairy, year=2024), put(dairy, POWER, year=2024)
    page = text_of(signed_in(editor).get(HOME))
    assert "There is no factor" in page
    assert "The last one published is of 2023" in page
    assert "1,321" in page  # the coal stands


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "path",
    ["", "new/", "new/?kind=stationary", "2023/settings/", "2023/lines/1/", "2023/lines/1/edit/",
     "import/", "reported/", "?year=2023&version=1", "2023/lines/1/?version=1"],
)  # fmt: skip
def test_every_page_asks_the_store_little_and_says_one_heading(
    dairy, editor, signed_in, path, language
):
    put(dairy), put(dairy, POWER)
    locked(dairy)
    put(dairy, COAL)
    client = signed_in(editor, language)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(HOME + path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert len(queries) <= 12  # ten of the page, two to know who asks
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert_nothing_inline(html)


def test_the_trace_of_a_line_names_formula_factor_card_and_who(dairy, editor, signed_in):
    put(dairy, by=editor)
    page = text_of(signed_in(editor).get(HOME + "2023/lines/1/"))
    assert "kg CO2/TJ" in page
    assert "ipcc2006" in page
    assert "Their publications" in page
    assert "Người editor" in page


@pytest.mark.parametrize(
    ("fmt", "start"), [("xlsx", b"PK"), ("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_a_year_comes_as_a_file(dairy, editor, signed_in, fmt, start):
    put(dairy), put(dairy, POWER)
    client = signed_in(editor)
    for picture in ("", "&picture=energy") if fmt != "pdf" else ("",):
        answer = client.get(f"{HOME}export.{fmt}?year=2023{picture}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    assert client.get(f"{HOME}export.pdfx?year=2023").status_code == 404
    assert client.get(f"{HOME}export.{fmt}?year=1999").status_code == 404


def test_the_vietnamese_page_has_no_english_words_left(dairy, editor, signed_in):
    put(dairy), put(dairy, POWER)
    locked(dairy)
    page = text_of(signed_in(editor, "vi").get(HOME))
    for word in ("Scope", "Settings", "Export", "draft", "locked", "Years", "Source", "Limit"):
        assert not re.search(rf"\b{word}\b", page), word


def test_a_draft_that_cannot_be_computed_whole_is_a_list_with_its_reasons(dairy, editor, signed_in):
    put(dairy, year=2024), put(dairy, POWER, year=2024)
    client = signed_in(editor)
    content = client.get(HOME + "export.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert any("There is no factor" in str(cell) for row in rows for cell in row)
    assert client.get(HOME + "export.pdf").status_code == 404
    assert "export.pdf" not in client.get(HOME).content.decode()


def test_a_locked_version_is_given_with_the_factors_of_its_day(
    dairy, editor, signed_in, monkeypatch
):
    """The workbook of a locked version computes what was published, whatever the tables say now."""
    put(dairy, POWER)
    locked(dairy)
    tables = load_factors()
    later = dataclasses.replace(
        tables, factors=[dataclasses.replace(f, value=f.value * 2) for f in tables.factors]
    )
    monkeypatch.setattr("sinhthai.carbon.exports.load_factors", lambda: later)
    content = signed_in(editor).get(HOME + "export.xlsx?year=2023&version=1").content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [
        cell
        for name in sheets.sheet_names
        for row in sheets.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert 0.6592 in cells
    assert 1.3184 not in cells
