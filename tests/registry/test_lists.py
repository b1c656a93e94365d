"""Lists in and out: what goes out comes back unchanged, and what is wrong says so at its cell."""

import csv
import io
import json
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry import actions
from sinhthai.registry.engine import headings, reading
from sinhthai.registry.engine.columns import ENTERPRISE_COLUMNS, PARK_COLUMNS
from sinhthai.registry.engine.preview import typed_lines
from sinhthai.registry.engine.reading import read_list
from sinhthai.registry.engine.tax_code import check_digit
from sinhthai.registry.engine.writing import FORMS, write_list
from sinhthai.registry.list_readers import export_enterprises, export_parks
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Operator, Park, ParkFact

from .conftest import AT, make_person

DAY = AT.date()


def workbook(*lines, sheet="Danh sách"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for row, line in enumerate(lines):
        for at, value in enumerate(line):
            if value is not None:
                page.write(row, at, value)
    book.close()
    return out.getvalue()


def table(*lines, mark=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def bring(kind, data, *, name="list.csv", park=None, dry_run=False, by=None):
    return actions.import_list(
        kind, file_name=name, data=data, at=AT, park=park, dry_run=dry_run, by=by
    )


def codes(preview):
    return sorted({problem.code for problem in preview.errors})


# ------------------------------------------------------------------ round trip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_parks_that_go_out_come_back_unchanged(form, language, hiep_phuoc, tan_do, new_park):
    data = export_parks(Park.objects.all(), form, on=DAY, language=language)
    preview = bring("parks", data, name=f"parks.{form}")
    assert preview.errors == ()
    assert preview.counts == {"new": 0, "changed": 0, "same": 3, "refused": 0}
    assert not AuditEntry.objects.filter(action="registry.import_parks").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_enterprises_that_go_out_come_back_unchanged(form, language, hiep_phuoc, factory):
    data = export_enterprises(Enterprise.objects.all(), form, on=DAY, language=language)
    preview = bring("enterprises", data, name=f"enterprises.{form}", park=hiep_phuoc)
    assert preview.counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}, preview.errors


WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=20
)


def tax_codes():
    nine = st.text("0123456789", min_size=9, max_size=9).filter(
        lambda n: check_digit(n) is not None
    )
    return nine.map(lambda n: f"{n}{check_digit(n)}")


RECORD = st.fixed_dictionaries(
    {
        "code": WORDS,
        "name_vi": WORDS,
        "tax_code": tax_codes(),
        "employees": st.none() | st.integers(0, 9_999_999),
        "lat": st.none() | st.floats(8, 23.5).map(lambda x: round(x, 7)),
        "status": st.none() | st.sampled_from(["registered", "operating", "closed"]),
        "status_since": st.none() | st.dates(),
        "invented": st.none() | st.booleans(),
    }
)


@given(records=st.lists(RECORD, min_size=1, max_size=5), form=st.sampled_from(FORMS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_is_read_back(records, form):
    """A property: write, then read, is the identity on every value (empty ones stay empty)."""
    for record in records:
        if form == "geojson":
            record["lon"] = None if record["lat"] is None else 106.5
        if record["status_since"] and record["status_since"].year < 1900:
            record["status_since"] = None  # Excel has no days before 1900
    data = write_list(
        form, records, ENTERPRISE_COLUMNS, title=Text("d", "d"), notes=[], language="vi"
    )
    raw = read_list(f"x.{form}", data, ENTERPRISE_COLUMNS, need="code")
    lines = typed_lines(raw, ENTERPRISE_COLUMNS)
    assert [line.problems for line in lines] == [[] for _ in records]
    for line, record in zip(lines, records, strict=True):
        wanted = {key: value for key, value in record.items() if value is not None}
        assert line.given.keys() == wanted.keys()
        for key, value in wanted.items():
            assert line.given[key] == (pytest.approx(value) if key == "lat" else value)


# ------------------------------------------------------------------ what a list does


def test_a_list_of_parks_is_found_by_vietnamese_headings_anywhere_and_applied(territory):
    data = workbook(
        ["Danh sách khu công nghiệp"],
        [],
        [
            "Tỉnh, thành phố",
            "Tên khu công nghiệp",
            "Ghi chú",
            "Mã KCN",
            "Diện tích (ha)",
            "Nguồn diện tích",
        ],
        [
            "Tp. Hồ Chí Minh",
            "Khu công nghiệp Hiệp Phước",
            "x",
            "hiep-phuoc",
            "1.686,5",
            "theinvestor.vn",
        ],
    )
    preview = bring("parks", data, name="kcn.xlsx")
    assert preview.counts["new"] == 1, preview.errors
    assert [problem.code for problem in preview.warnings] == ["column-unknown"]
    park = Park.objects.get(code="hiep-phuoc")
    assert park.province_now.name == "Hồ Chí Minh"
    fact = ParkFact.objects.get(park=park)
    assert (fact.number, fact.source, fact.is_current) == (1686.5, "theinvestor.vn", True)
    assert "hiep phuoc" in park.search
    entry = AuditEntry.objects.get(action="registry.import_parks")
    assert entry.summary_en == "Imported parks from kcn.xlsx: 1 new, 0 changed"


def test_a_dry_run_writes_nothing(territory):
    data = table(["Mã KCN", "Tên", "Tỉnh"], ["a", "Khu A", "Hà Nội"])
    assert bring("parks", data, dry_run=True).counts["new"] == 1
    assert not Park.objects.exists()
    assert not AuditEntry.objects.filter(action="registry.import_parks").exists()


def test_one_refused_line_keeps_every_other_line_out(hiep_phuoc):
    data = table(
        ["Mã số thuế", "Tên doanh nghiệp"], ["0300588569", "Công ty A"], ["0300588568", "Công ty B"]
    )
    preview = bring("enterprises", data, park=hiep_phuoc)
    assert preview.counts == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert not Enterprise.objects.exists()


def test_an_empty_cell_leaves_what_is_stored(hiep_phuoc, factory):
    data = table(
        ["Mã số thuế", "Tên doanh nghiệp", "Số lao động", "Quốc gia đầu tư"],
        ["0300588569", "", "350", ""],
    )
    preview = bring("enterprises", data, park=hiep_phuoc)
    (entry,) = preview.entries
    assert [(c.key, c.before, c.after) for c in entry.changes] == [("employees", 320, 350)]
    factory.refresh_from_db()
    assert (factory.employees, factory.country) == (350, "Việt Nam")
    assert factory.name_vi == "Công ty TNHH Sữa Đại Phát"


def test_a_status_in_a_list_is_added_to_the_history(hiep_phuoc, factory):
    data = table(
        ["MST", "Tên", "Tình trạng", "Từ ngày"], ["0300588569", "", "Tạm ngừng", "01/02/2024"]
    )
    assert bring("enterprises", data, park=hiep_phuoc).counts["changed"] == 1
    assert list(factory.statuses.order_by("valid_from").values_list("status", flat=True)) == [
        "leased", "operating", "suspended",
    ]  # fmt: skip
    assert bring("enterprises", data, park=hiep_phuoc).counts["same"] == 1


def test_an_area_of_another_source_is_kept_beside_the_current_one(hiep_phuoc):
    data = table(
        [
            "Mã KCN",
            "Tên",
            "Diện tích",
            "Nguồn diện tích",
            "Thời điểm của diện tích",
            "Độ tin cậy của diện tích",
        ],
        ["hiep-phuoc", "", "1.500,5", "a leaflet", "2020", "thấp"],
    )
    assert bring("parks", data).counts["changed"] == 1
    facts = ParkFact.objects.filter(park=hiep_phuoc, field="area_ha")
    assert facts.count() == 3
    assert facts.get(is_current=True).number == 1686
    assert bring("parks", data).counts["same"] == 1  # known by now, though not current


def test_a_new_operator_is_entered_once_and_found_again(territory):
    lines = [
        ["a", "Khu A", "Hà Nội", "Công ty Hạ tầng X"],
        ["b", "Khu B", "Huế", "công ty hạ tầng x"],
    ]
    bring("parks", table(["Mã KCN", "Tên", "Tỉnh", "Nhà đầu tư kết cấu hạ tầng"], *lines))
    first, second = Park.objects.order_by("code")
    assert first.operator == second.operator


def test_a_park_office_does_not_rename_the_operator_of_other_parks(hiep_phuoc, tan_do):
    shared = Operator.objects.create(code="x", name_vi="Công ty X", tax_code="0300588569")
    Park.objects.update(operator=shared)
    office = make_person("office", "operator", "park", hiep_phuoc.code)
    head = ["Mã KCN", "Tên", "Nhà đầu tư kết cấu hạ tầng", "Mã số thuế nhà đầu tư"]
    line = [hiep_phuoc.code, hiep_phuoc.name_vi, "Công ty khác", "0300588569"]
    with pytest.raises(InputError) as refused:
        bring("parks", table(head, line), by=office)
    assert refused.value.problems[0].code == "operator-of-others"
    shared.refresh_from_db()
    assert shared.name_vi == "Công ty X"
    ministry = make_person("ministry", "ministry", "country", "")
    bring("parks", table(head, line), by=ministry)
    shared.refresh_from_db()
    assert shared.name_vi == "Công ty khác"


# ------------------------------------------------------------------ what is refused, and where

HEAD = ["Mã KCN", "Tên", "Tỉnh", "Tỉnh trước 01/7/2025", "Vĩ độ", "Kinh độ", "Ngày thành lập"]
GOOD = ["a", "Khu A", "Tây Ninh", "Long An", "10,79", "106,47", "2005-01-01"]


@pytest.mark.parametrize(
    ("at", "value", "code", "says", "cure"),
    [
        (0, "", "code-missing", "the park code is missing", "for example khu-a"),
        (0, "Khu A", "code-form", "cannot be a code", "small letters"),
        (0, "import", "code-form", "cannot be a code", "small letters"),
        (1, "", "name-missing", "without its Vietnamese name", "check the code"),
        (2, "", "province-missing", "without its province", "fill in"),
        (
            2,
            "Tây Nin",
            "province-unknown",
            "no province is called “Tây Nin”",
            "did you mean Tây Ninh?",
        ),
        (2, "Long An", "province-merged", "went into Tây Ninh on 1 July 2025", "write Tây Ninh"),
        (
            3,
            "Bình Dương",
            "province-mismatch",
            "Bình Dương went into Hồ Chí Minh",
            "mend the older",
        ),
        (3, "Atlantis", "province-unknown", "no province", "name or code"),
        (4, "48,85", "point-outside", "outside Viet Nam", "latitude 8 to 23.5"),
        (5, "", "point-half", "only one of the two", "both"),
        (6, "2035-01-01", "date-in-future", "in the future", "year"),
        (6, "1.1.99", "not-a-date", "is not a date", "day/month/year"),
    ],
)
def test_a_wrong_cell_in_a_list_of_parks_says_what_where_and_what_to_do(
    territory, at, value, code, says, cure
):
    line = [*GOOD[:at], value, *GOOD[at + 1 :]]
    preview = bring("parks", workbook(HEAD, line), name="p.xlsx")
    problem = next(problem for problem in preview.errors if problem.code == code)
    assert says in problem.message.en
    assert cure in problem.cure.en
    assert problem.message.vi != problem.message.en
    assert (problem.place.sheet, problem.place.file) == ("Danh sách", "p.xlsx")
    assert problem.place.cell == f"{'ABCDEFG'[at]}2"
    assert not Park.objects.exists()


def test_swapped_coordinates_are_recognised(territory):
    line = [*GOOD[:4], "106,47", "10,79", ""]
    (problem,) = bring("parks", table(HEAD, line)).errors
    assert problem.code == "point-swapped"
    assert "exchange them" in problem.cure.en
    assert problem.place.line == 2


def test_a_code_twice_and_an_area_without_source_are_refused(territory):
    head = ["Mã KCN", "Tên", "Tỉnh", "Diện tích"]
    preview = bring("parks", table(head, ["a", "A", "Huế", "100"], ["a", "B", "Huế", ""]))
    assert codes(preview) == ["area-source", "code-twice"]
    assert codes(bring("parks", table(head, ["a", "A", "Huế", "-1"]))) == [
        "area-size",
        "area-source",
    ]


EHEAD = [
    "KCN",
    "Mã doanh nghiệp",
    "MST",
    "Tên",
    "VSIC",
    "Số lao động",
    "Tình trạng",
    "Từ ngày",
    "Ngày bắt đầu hoạt động",
]
EGOOD = [
    "hiep-phuoc",
    "",
    "0100109106",
    "Công ty B",
    "1050",
    "10",
    "Đang hoạt động",
    "2020-01-01",
    "",
]


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({0: "hiep-phuocc"}, "park-unknown", "no park has the code “hiep-phuocc”"),
        ({0: "tan-do"}, "park-not-yours", "belongs to the park “tan-do”"),
        ({1: "a b"}, "code-form", "cannot be a code"),
        ({1: "other-code", 2: "0300588569"}, "tax-code-taken", "belongs to another enterprise"),
        ({2: "0100109107"}, "tax-code", "should be 6"),
        ({3: ""}, "name-missing", "without its name"),
        ({4: "1051"}, "vsic-unknown", "VSIC 2025 has no class 1051"),
        ({4: "x"}, "vsic-form", "is not a VSIC code"),
        ({5: "1,5"}, "not-a-count", "is not a count"),
        ({5: "1.200"}, "not-a-number", "can mean 1200 or 1.200"),
        ({6: "Đang ngủ"}, "status-unknown", "no such status"),
        ({6: "", 7: "2020-01-01"}, "status-half", "go together"),
        ({7: "2030-01-01"}, "status-in-future", "lies in the future"),
        ({6: "closed", 7: "2019-01-01", 8: "2020-01-01"}, "closed-before-opened", "before operation began"),
        ({6: "closed", 8: "2020-01-01"}, "status-two-a-day", "two statuses on one day"),
    ],
)  # fmt: skip
def test_a_wrong_cell_in_a_list_of_enterprises_says_what(
    hiep_phuoc, tan_do, factory, change, code, says
):
    line = [change.get(at, value) for at, value in enumerate(EGOOD)]
    preview = bring("enterprises", table(EHEAD, line), park=hiep_phuoc)
    found = [problem for problem in preview.errors if problem.code == code]
    assert found, preview.errors
    assert says in found[0].message.en
    assert Enterprise.objects.count() == 1


def test_the_same_tax_code_twice_names_the_first_place(hiep_phuoc):
    lines = [["0100109106", "Công ty A"], ["0100109106", "Công ty B"]]
    preview = bring("enterprises", workbook(["MST", "Tên"], *lines), name="e.xlsx", park=hiep_phuoc)
    (problem,) = preview.errors
    assert problem.code == "tax-code-twice"
    assert "already stands at e.xlsx · Danh sách · A2" in problem.message.en
    assert problem.place.cell == "A3"


def test_a_closed_enterprise_cannot_close_before_the_store_says_it_opened(hiep_phuoc, factory):
    data = table(
        ["MST", "Tên", "Tình trạng", "Từ ngày"], ["0300588569", "", "closed", "2016-01-01"]
    )
    (problem,) = bring("enterprises", data, park=hiep_phuoc).errors
    assert problem.code == "closed-before-opened"
    assert "1 Mar 2017" in problem.message.en


def test_an_enterprise_of_another_park_is_not_taken_over(hiep_phuoc, tan_do, factory):
    data = table(["Mã doanh nghiệp", "Tên"], ["0300588569", "Công ty C"])
    assert codes(bring("enterprises", data, park=tan_do)) == ["enterprise-elsewhere"]
    factory.refresh_from_db()
    assert factory.park == hiep_phuoc


# ------------------------------------------------------------------ files that are not lists


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 9_000_000)
    return out.getvalue()


CUT = workbook(["Mã KCN", "Tên"], ["a", "A"])
NOT_LISTS = [
    ("file-ending", "parks.docx", b"x"),
    ("file-ending", "parks.xlsm", b"x"),
    ("file-ending", "parks", b"x"),
    ("file-empty", "parks.xlsx", b""),
    ("file-empty", "parks.csv", b"  \n"),
    ("not-a-workbook", "parks.xlsx", b"this is a text"),
    ("not-a-workbook", "parks.xlsx", CUT[: len(CUT) // 2]),
    ("not-a-workbook", "parks.xlsx", bomb()[:-30]),
    ("workbook-locked", "parks.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
    ("csv-not-utf8", "parks.csv", "Mã KCN;Tên\na;Khu Đỏ".encode("utf-16")),
    ("not-a-csv", "parks.csv", b"code,name\x00"),
    ("heading-missing", "parks.csv", table(["Cột 1", "Cột 2"], ["a", "b"])),
    ("heading-missing", "parks.xlsx", workbook(["Mã khu công nghip", "Tên"], ["a", "b"])),
    ("column-twice", "parks.csv", table(["Mã KCN", "Tên", "Tên tiếng Việt"], ["a", "b", "c"])),
    ("list-empty", "parks.csv", table(["Mã KCN", "Tên"])),
    ("not-geojson", "parks.geojson", b"{}"),
    ("not-geojson", "parks.geojson", b"[" * 5000),
    ("not-geojson", "parks.json", b'{"type": "FeatureCollection", "features": [1]}'),
    (
        "not-a-point",
        "parks.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"properties": {"code": "a"}, "geometry": {"type": "Polygon"}}],
            }
        ).encode(),
    ),
]


@pytest.mark.parametrize(("code", "name", "data"), NOT_LISTS)
def test_a_file_that_is_no_such_list_is_refused_with_what_to_do(code, name, data):
    with pytest.raises(InputError) as caught:
        read_list(name, data, PARK_COLUMNS, need="code")
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.cure.vi
    assert problem.cure.en
    assert problem.place.file == name


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(InputError) as caught:
        read_list("parks.xlsx", bomb(), PARK_COLUMNS, need="code")
    assert caught.value.problems[0].code == "workbook-too-large"


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_too_many_lines_are_refused(monkeypatch, form):
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    monkeypatch.setattr(headings, "MAX_ROWS", 2)
    records = [{"code": f"p{n}", "name_vi": "x"} for n in range(3)]
    data = write_list(form, records, PARK_COLUMNS, title=Text("d", "d"), notes=[], language="en")
    with pytest.raises(InputError) as caught:
        read_list(f"x.{form}", data, PARK_COLUMNS, need="code")
    assert caught.value.problems[0].code == "too-many-rows"


def test_a_misspelt_heading_is_recognised():
    with pytest.raises(InputError, match="is it “Mã khu công nghip”"):
        read_list(
            "p.csv", table(["Mã khu công nghip", "Tên"], ["a", "b"]), PARK_COLUMNS, need="code"
        )


def test_the_workbook_tells_that_data_are_invented(factory):
    data = export_enterprises(Enterprise.objects.all(), "xlsx", on=DAY, language="en")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        words = archive.read("xl/sharedStrings.xml").decode()
    assert "Some rows are invented for the demonstration" in words


def test_twenty_thousand_statuses_need_few_statements(hiep_phuoc, django_assert_max_num_queries):
    """Writing is done in bulk: statements grow with batches, not with lines."""
    lines = []
    for number in range(1500):
        nine = f"03{number:07d}"
        digit = check_digit(nine)
        if digit is not None:
            lines.append([f"{nine}{digit}", f"Công ty {number}", "operating", "2020-01-01"])
    data = table(["MST", "Tên", "Tình trạng", "Từ ngày"], *lines)
    with django_assert_max_num_queries(40):
        bring("enterprises", data, park=hiep_phuoc)
    assert Enterprise.objects.count() == EnterpriseStatus.objects.count() == len(lines)


def _book_of_one_sheet(rows):
    """Return a workbook whose only sheet holds *rows*, as XML: what no library would write."""
    raw = io.BytesIO(workbook(("Tên doanh nghiệp",)))
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.infolist():
            content = before.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
            after.writestr(member, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "sheet-too-large"),
        (
            '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
            "sheet-too-large",
        ),
        ('<row r="1"><c s="a<b" r="XFD1048576"><v>1</v></c></row>', "not-a-workbook"),
    ],
)
def test_a_stray_cell_at_the_far_corner_does_not_end_the_server(rows, code):
    with pytest.raises(InputError) as refused:
        read_list("a.xlsx", _book_of_one_sheet(rows), ENTERPRISE_COLUMNS, "name_vi")
    assert refused.value.problems[0].code == code


def test_a_csv_field_without_end_is_told_not_raised():
    data = 'Tên doanh nghiệp\n"' + "a" * 200_000
    with pytest.raises(InputError) as refused:
        read_list("a.csv", data.encode(), ENTERPRISE_COLUMNS, "name_vi")
    assert refused.value.problems[0].code == "not-a-csv"
