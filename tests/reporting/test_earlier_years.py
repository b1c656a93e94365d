"""What must hold several years running is asked, read and recorded for each of those years."""

import datetime as dt
import io
import json

import openpyxl
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.reporting import actions
from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    Stated,
    annotate,
    read_workbook,
    to_records,
    write_workbook,
)
from sinhthai.reporting.engine.workbook.earlier import earlier_years, headings, questions
from sinhthai.reporting.models import Record, Report
from sinhthai.reporting.preview import change_rows
from sinhthai.reporting.standing import standing
from sinhthai.rules.bundle import load_bundle

from .conftest import NOW, YEAR, later
from .sample_workbook import ENTERPRISES, PARK, changed, codes, spec, the_problem

LABOUR, INVESTOR = "compliance_labour", "investor_compliance_labour"


def asked(year=YEAR):
    bundle = load_bundle()
    return tuple(one for s in ("park", "enterprise") for one in questions(bundle, year, s))


def filled(own=None, each=None, **more):
    rows = (EnterpriseRow("dn-1", "Công ty Một", "", "", "operating", each or {}),)
    given = {"items": asked(), "park_values": own or {}, "park_last": {}, "enterprises": rows}
    return write_workbook(spec(**(given | {"sections": headings(load_bundle().sections)} | more)))


def read(content):
    return read_workbook(content, load_bundle(), file_name="so.xlsx")


def place(content, key):
    """Return (sheet, cell) where a question stands, found by its hidden code."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell in book[PARK]["A"]:
        if cell.value == key:
            return PARK, f"E{cell.row}"
    column = next(c.column_letter for c in book[ENTERPRISES][3] if c.value == key)
    return ENTERPRISES, f"{column}8"


def with_answer(content, key, value):
    sheet, cell = place(content, key)
    return changed(lambda book: book[sheet].__setitem__(cell, value), content), sheet, cell


def test_the_two_years_before_are_asked_of_exactly_what_the_law_looks_at_for_three() -> None:
    earlier = earlier_years(load_bundle(), YEAR)
    laws = {"investment", "enterprise", "construction", "land", "environment", "labour"}
    assert set(earlier) == {f"{who}compliance_{law}" for law in laws for who in ("", "investor_")}
    assert set(earlier.values()) == {(2024, 2023)}


def test_nothing_is_asked_again_where_no_rule_of_the_time_looks_back() -> None:
    assert earlier_years(load_bundle(), 2010) == {}
    assert not [one for one in asked(2010) if "@" in one.code]


def test_each_question_names_its_year_and_stands_under_its_own_heading() -> None:
    content = filled()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, cell = place(content, f"{LABOUR}@2024")
    column = "".join(filter(str.isalpha, cell))
    assert book[sheet][f"{column}5"].value.startswith("Năm 2024: ")
    assert book[sheet][f"{column}6"].value.startswith("2024: ")
    assert "Các năm trước · Earlier years" in [c.value for c in book[sheet][4]]
    assert "Các năm trước · Earlier years" in [c.value for c in book[PARK]["B"]]
    assert not book[sheet][cell].protection.locked
    lists = [v for v in book[sheet].data_validations.dataValidation if cell in v.sqref]
    assert [one.type for one in lists] == ["list"]
    guide = " ".join(str(c.value) for row in book["Hướng dẫn · Guide"] for c in row)
    assert "3 năm liền" in guide


def test_answers_become_records_of_their_own_year_with_their_cell() -> None:
    own = {INVESTOR: Stated(True), f"{INVESTOR}@2023": Stated(False)}
    each = {LABOUR: Stated(True), f"{LABOUR}@2024": Stated(absence="not_applicable")}
    content = filled(own, each)
    upload = read(content)
    assert codes(upload) == []
    rows = to_records(upload).to_pylist()
    said = [(r["enterprise"], r["year"], json.loads(r["values"])) for r in rows]
    assert said == [
        ("", 2025, {INVESTOR: True}),
        ("", 2023, {INVESTOR: False}),
        ("dn-1", 2025, {LABOUR: True}),
        ("dn-1", 2024, {}),
    ]
    assert json.loads(rows[3]["absences"]) == {LABOUR: "not_applicable"}
    assert json.loads(rows[1]["cells"])[INVESTOR] == "!".join(place(content, f"{INVESTOR}@2023"))


def test_without_hidden_codes_the_headings_still_say_the_year() -> None:
    content = filled(each={LABOUR: Stated(True), f"{LABOUR}@2024": Stated(False)})
    stripped = changed(lambda book: book[ENTERPRISES].delete_rows(3), content)
    assert to_records(read(stripped))["year"].to_pylist() == [2025, 2024]


def test_a_wrong_answer_of_an_earlier_year_is_refused_in_its_cell() -> None:
    content, sheet, cell = with_answer(filled(), f"{LABOUR}@2024", "có lẽ")
    found = the_problem(read(content), "not_yes_no")
    assert (found.place.sheet, found.place.cell) == (sheet, cell)
    copy = annotate(content, [found], items=load_bundle().items.values())
    marked = openpyxl.load_workbook(io.BytesIO(copy))[sheet]
    assert marked[cell].comment is not None
    lists = [v for v in marked.data_validations.dataValidation if cell in v.sqref]
    assert [one.type for one in lists] == ["list"]


def test_a_workbook_from_before_these_questions_still_reads() -> None:
    upload = read(filled({INVESTOR: Stated(True)}, items=tuple(load_bundle().items.values())))
    assert codes(upload) == []
    assert to_records(upload)["year"].to_pylist() == [2025]


def test_a_deleted_column_of_an_earlier_year_is_missed() -> None:
    def delete(book) -> None:
        sheet, _ = place(content, f"{LABOUR}@2023")
        at = next(c.column for c in book[sheet][3] if c.value == f"{LABOUR}@2023")
        book[sheet].delete_cols(at)

    content = filled()
    assert "2023" in the_problem(read(changed(delete, content)), "column_missing").message.vi


def upload(park, owner, content, at=None, name="hp.xlsx"):
    return actions.upload_workbook(
        user=owner, park=park, year=YEAR, file_name=name, content=content, at=at or later(hours=1)
    )


def law_of(park, year, enterprise="", item=INVESTOR):
    found = standing(park, year, carry=False).get(enterprise, {}).get(item)
    return found and found.content


@pytest.mark.django_db
def test_the_import_shows_the_year_and_writes_and_undoes_it(park, dairy, owner, fill) -> None:
    content = fill({f"{INVESTOR}@2023": True}, {dairy.code: {f"{LABOUR}@2024": False}})

    batch = upload(park, owner, content)

    rows, total = change_rows(batch, kind="", page=1, language="vi")
    assert total == 2
    assert {(row.subject, row.year, row.uploaded) for row in rows} == {
        ("", 2023, "Có"),
        (dairy.code, 2024, "Không"),
    }
    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    assert law_of(park, 2023) == (True, "", "")
    assert law_of(park, 2024, dairy.code, LABOUR) == (False, "", "")
    assert law_of(park, YEAR) is None
    assert set(Record.objects.values_list("year", flat=True)) == {2023, 2024}
    actions.revert_batch(user=owner, batch=batch, at=later(hours=3))
    assert law_of(park, 2023) is None


@pytest.mark.django_db
def test_the_next_workbook_comes_with_the_earlier_years_filled_in(park, owner, fill) -> None:
    actions.set_value(
        user=owner, park=park, year=2024, item=INVESTOR, value=True, at=later(hours=-1)
    )
    batch = upload(park, owner, fill())
    assert (batch.counts["same"], batch.counts["new"]) == (1, 0)


@pytest.mark.django_db
def test_an_earlier_year_changed_since_the_download_is_a_conflict(park, owner, fill) -> None:
    content = fill({f"{INVESTOR}@2024": True})
    actions.set_value(
        user=owner, park=park, year=2024, item=INVESTOR, value=False, at=later(minutes=5)
    )
    batch = upload(park, owner, content)
    assert batch.counts["conflict"] == 1
    (row,), _total = change_rows(batch, kind="conflict", page=1, language="en")
    assert (row.year, row.stored, row.uploaded) == (2024, "No", "Yes")
    with pytest.raises(InputError):
        actions.apply_batch(user=owner, batch=batch, at=later(hours=2))


@pytest.mark.django_db
def test_an_earlier_year_that_moves_after_the_preview_asks_to_look_again(park, owner, fill) -> None:
    batch = upload(park, owner, fill({f"{INVESTOR}@2024": True}))
    actions.set_value(
        user=owner, park=park, year=2024, item=INVESTOR, value=False, at=later(hours=2)
    )
    with pytest.raises(InputError) as error:
        actions.apply_batch(user=owner, batch=batch, at=later(hours=3), take_conflicts=True)
    assert [found.code for found in error.value.problems] == ["batch-moved"]


@pytest.mark.django_db
def test_an_approved_report_of_an_earlier_year_is_opened_again(
    park, owner, inspector, fill
) -> None:
    actions.set_value(user=owner, park=park, year=2024, item="greenery_ha", value=4.0, at=NOW)
    report = Report.objects.get(park=park, year=2024)
    actions.submit_report(user=owner, report=report, at=NOW)
    actions.approve_report(user=inspector, report=report, at=NOW)
    batch = upload(park, owner, fill({f"{INVESTOR}@2024": True}))
    actions.apply_batch(user=owner, batch=batch, at=later(hours=2))
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


@pytest.mark.django_db
def test_an_enterprise_closed_since_has_no_row_so_its_workbook_is_taken_back(
    park, dairy, steel, owner, fill
) -> None:
    for year, item in ((2024, LABOUR), (2024, "recp_applied")):
        actions.set_value(
            user=owner, park=park, enterprise=steel, year=year, item=item, value=True,
            at=later(hours=-1),
        )  # fmt: skip
    steel.statuses.create(status="closed", valid_from=dt.date(2025, 3, 1))
    batch = upload(park, owner, fill({INVESTOR: True}))
    assert (batch.counts["new"], batch.counts["refused"]) == (1, 0)
