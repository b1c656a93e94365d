"""The journey of the park office through its pages, and what each page costs."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinhthai.reporting import actions
from sinhthai.reporting.engine.workbook import Stated
from sinhthai.reporting.models import Batch, Record
from sinhthai.reporting.sections import items_reported

from .conftest import YEAR, later, make_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
REPORTS = "/parks/hiep-phuoc/reports/"
PAGE = f"{REPORTS}{YEAR}/"
UPLOAD = f"{REPORTS}upload/"
MOST_QUERIES = 10


def send(client, content, name="hp.xlsx", year=YEAR):
    return client.post(UPLOAD, {"year": year, "workbook": SimpleUploadedFile(name, content)})


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_park_says_what_to_do_first(park, owner, viewer, sign_in):
    office = text_of(sign_in(owner).get(REPORTS))
    assert "Chưa có báo cáo nào" in office
    assert f"{PAGE}workbook.xlsx" in office
    assert f"{UPLOAD}?year={YEAR}" in office
    assert UPLOAD not in text_of(sign_in(viewer).get(REPORTS))


def test_the_whole_journey_from_workbook_to_undo(park, dairy, owner, fill, sign_in):
    client = sign_in(owner)
    book = client.get(f"{PAGE}workbook.xlsx")
    assert book.content[:2] == b"PK"
    assert 'filename="hiep-phuoc-2025.xlsx"' in book["Content-Disposition"]

    preview = send(client, fill({"greenery_ha": 41.5}, {dairy.code: {"recp_applied": True}}))
    assert preview.status_code == 302
    page = text_of(client.get(preview.url))
    assert "41,5" in page
    assert "KCN · Park!" in page
    assert "Công ty Sữa Đại Phát" in page
    assert Record.objects.count() == 0

    assert client.post(f"{preview.url}apply/").url == preview.url
    assert "Hoàn tác" in text_of(client.get(preview.url))
    assert Record.objects.count() == 2
    assert "41,5" in text_of(client.get(PAGE))

    client.post(f"{preview.url}revert/")
    assert "41,5" not in text_of(client.get(PAGE))
    assert Batch.objects.get().state == Batch.State.REVERTED


@pytest.mark.parametrize(("language", "words"), [("vi", "Ô"), ("en", "Cell")])
def test_a_wrong_cell_is_named_on_the_page_and_in_the_copy(
    language, words, park, owner, fill, sign_in
):
    client = sign_in(owner, language)
    answer = send(client, fill({"greenery_ha": -3.0}))
    page = text_of(client.get(answer.url))
    (kept,) = Batch.objects.get().problems
    assert f"<b>{kept['cell']}</b>" in page
    assert kept[language] in page
    assert kept[f"cure_{language}"] in page
    assert f'data-label="{words}"' in page
    assert "apply/" not in page
    copy = client.get(f"{answer.url}errors.xlsx")
    assert copy.status_code == 200
    assert copy.content[:2] == b"PK"
    assert copy["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "không phải là sổ Excel"), ("en", "not an Excel workbook")],
)
def test_what_is_no_workbook_is_said_in_the_error_summary(language, words, park, owner, sign_in):
    answer = send(sign_in(owner, language), b"%PDF-1.7 a scan", name="scan.xlsx")
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert 'href="#id_workbook"' in page
    assert Batch.objects.count() == 0


def test_nothing_chosen_is_said_too(park, owner, sign_in):
    answer = sign_in(owner, "en").post(UPLOAD, {"year": YEAR})
    assert answer.status_code == 422
    assert "Choose the workbook to upload." in text_of(answer)


def test_a_conflict_needs_its_box_ticked(park, owner, colleague, fill, sign_in):
    content = fill({"greenery_ha": 41.5})
    actions.set_value(
        user=colleague, park=park, year=YEAR, item="greenery_ha", value=43.0, at=later(minutes=5)
    )
    client = sign_in(owner, "en")
    preview = send(client, content).url
    page = text_of(client.get(preview))
    assert 'name="take_conflicts"' in page
    assert "<del>43</del>" in page
    refused = text_of(client.post(f"{preview}apply/", follow=True))
    assert "changed by somebody else" in refused
    client.post(f"{preview}apply/", {"take_conflicts": "yes"})
    assert Batch.objects.get().state == Batch.State.APPLIED


def test_the_preview_is_filtered_and_paged(park, owner, fill, sign_in):
    many = [make_enterprise(park, f"09{n:08}", f"Doanh nghiệp {n:03}") for n in range(120)]
    content = fill({"greenery_ha": 41.5}, {one.code: {"recp_applied": True} for one in many})
    client = sign_in(owner, "en")
    preview = send(client, content).url
    first, second = text_of(client.get(preview)), text_of(client.get(f"{preview}?page=2"))
    assert first.count('<tr class="diff-new">') == 100
    assert second.count('<tr class="diff-new">') == 21
    assert text_of(client.get(f"{preview}?kind=new")).count("diff-new") > 100
    assert client.get(f"{preview}?kind=nothing").status_code == 404


def test_one_value_shows_its_history_and_takes_a_correction(park, owner, sign_in):
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(hours=-1)
    )
    client, path = sign_in(owner, "en"), f"{PAGE}values/greenery_ha/"
    wrong = client.post(path, {"value": "a lot"})
    assert wrong.status_code == 422
    assert b'href="#id_value"' in wrong.content
    assert client.post(path, {"value": "", "absence": ""}).status_code == 422
    client.post(path, {"value": "≥ 1.234,5 ha", "source": "Survey"})
    page = text_of(client.get(path))
    assert "≥ 1,234.5" in page
    assert "<b>40</b>" in page
    client.post(path, {"value": "", "absence": "confidential"})
    assert "confidential" in text_of(client.get(path))


def test_evidence_is_added_and_refused_on_the_page_of_its_value(park, owner, sign_in):
    client, path = sign_in(owner), f"{PAGE}values/greenery_ha/"
    good = SimpleUploadedFile("bản đồ.pdf", b"%PDF-1.7 map")
    assert client.post(f"{path}evidence/", {"file": good}).status_code == 302
    assert "bản đồ.pdf" in text_of(client.get(path))
    assert "bản đồ.pdf" in text_of(client.get(PAGE))
    bad = SimpleUploadedFile("a.pdf", b"MZ executable")
    answer = client.post(f"{path}evidence/", {"file": bad})
    assert answer.status_code == 422
    assert "Nội dung tệp không phải PDF" in text_of(answer)


def test_a_day_in_the_past_shows_what_was_known_then(park, owner, sign_in):
    for days, value in ((1, 40.0), (5, 44.0)):
        actions.set_value(
            user=owner, park=park, year=YEAR, item="greenery_ha", value=value, at=later(days=days)
        )
    client = sign_in(owner, "en")
    assert "<b>44</b>" in text_of(client.get(PAGE))
    then = text_of(client.get(f"{PAGE}?known=2026-02-17"))
    assert "<b>40</b>" in then
    assert "as known on 17 Feb 2026" in then
    assert b",40.0,ha," in client.get(f"{PAGE}values.csv?known=2026-02-17").content
    assert client.get(f"{PAGE}?known=tomorrow").status_code == 404


def test_a_years_report_out_of_range_is_no_page(park, owner, sign_in):
    assert sign_in(owner).get(f"{REPORTS}1999/").status_code == 404
    assert sign_in(owner).get(f"{REPORTS}2999/workbook.xlsx").status_code == 404


def test_enterprises_are_found_without_diacritics(park, dairy, steel, owner, sign_in):
    page = text_of(sign_in(owner).get(f"{PAGE}?q=thep nam"))
    assert "Công ty Thép Nam Việt" in page
    assert "Công ty Sữa Đại Phát" not in page


def test_an_enterprise_is_found_by_a_piece_of_its_tax_code(park, dairy, steel, owner, sign_in):
    page = text_of(sign_in(owner).get(f"{PAGE}?q=4462"))
    assert steel.name_vi in page
    assert dairy.name_vi not in page


def sections(page):
    """Return (section, open?, items shown) of a report's page."""
    parts = re.findall(r'<details id="s-(\w+)"( open)?>(.*?)</details>', page)
    return [
        (code, bool(is_open), len(re.findall("/values/", part))) for code, is_open, part in parts
    ]


def test_the_first_section_not_complete_is_open_and_each_says_how_much_is_there(
    park, owner, fill, sign_in
):
    client = sign_in(owner, "en")
    first = sections(text_of(client.get(PAGE)))
    assert [is_open for _code, is_open, _n in first] == [True] + [False] * (len(first) - 1)
    own = [item for item in items_reported("park") if item.section == first[0][0]]
    for item in own:
        actions.set_value(
            user=owner, park=park, year=YEAR, item=item.code, value=None,
            absence="confidential", at=later(hours=1),
        )  # fmt: skip
    page = text_of(client.get(PAGE))
    assert [is_open for _code, is_open, _n in sections(page)][:2] == [False, True]
    assert f"✓ {len(own)} of {len(own)} filled in" in page
    every = sections(text_of(client.get(f"{PAGE}?open=all")))
    assert all(is_open for _code, is_open, _n in every)
    last = sections(text_of(client.get(f"{PAGE}?open={first[-1][0]}")))
    assert [code for code, is_open, _n in last if is_open] == [first[-1][0]]


def test_only_what_is_still_blank_can_be_shown(park, owner, sign_in):
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(hours=-1)
    )
    client = sign_in(owner)
    every = sum(n for _code, _open, n in sections(text_of(client.get(PAGE))))
    page = text_of(client.get(f"{PAGE}?blank=1"))
    assert sum(n for _code, _open, n in sections(page)) == every - 1
    assert "values/greenery_ha/" not in page
    assert f"Tìm thấy {every - 1} chỉ tiêu." in page


@pytest.mark.parametrize("words", ["cay xanh", "CÂY XANH", "greenery", "greenery_ha"])
def test_an_item_is_found_without_diacritics_in_either_language(words, park, owner, sign_in):
    page = text_of(sign_in(owner).get(PAGE, {"item": words}))
    assert "values/greenery_ha/" in page
    assert "values/io_monitoring/" not in page
    assert all(is_open for _code, is_open, _n in sections(page))


def test_a_search_without_an_answer_says_so(park, owner, sign_in):
    page = text_of(sign_in(owner, "en").get(PAGE, {"item": "zzz"}))
    assert "No item matches." in page
    assert sections(page) == []


def test_an_enterprises_part_has_a_page(park, dairy, owner, fill, sign_in):
    client = sign_in(owner)
    content = fill(each={dairy.code: {"electricity_saved_kwh": Stated(1200.0, "about")}})
    client.post(f"{send(client, content).url}apply/")
    page = text_of(client.get(f"{PAGE}?enterprise={dairy.code}"))
    assert "≈ 1.200" in page
    of = re.search(r"đã khai 1 / (\d+) chỉ tiêu", page)[1]
    assert f"1 / {of}</td>" in text_of(client.get(PAGE))
    assert client.get(f"{PAGE}?enterprise=nobody").status_code == 404


def test_exports_carry_the_source_and_are_inert_in_a_spreadsheet(park, owner, sign_in):
    actions.set_value(
        user=owner,
        park=park,
        year=YEAR,
        item="greenery_ha",
        value=40.0,
        source="=HYPERLINK(1)",
        at=later(hours=-1),
    )
    csv = sign_in(owner, "en").get(f"{PAGE}values.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in csv
    assert csv.startswith("Subject,")
    assert sign_in(owner).get(f"{PAGE}values.xlsx").content[:2] == b"PK"
    assert sign_in(owner).get(f"{PAGE}values.pdf").status_code == 404


@pytest.fixture
def busy(park, owner, fill):
    """A park with many enterprises, imports and evidence."""
    many = [make_enterprise(park, f"09{n:08}", f"Doanh nghiệp {n:03}") for n in range(60)]
    said = {one.code: {"recp_applied": True, "employees": 20} for one in many}
    for hours in (1, 5):
        batch = actions.upload_workbook(
            user=owner,
            park=park,
            year=YEAR,
            file_name=f"{hours}.xlsx",
            content=fill(
                {"greenery_ha": hours}, said if hours == 1 else None, at=later(hours=hours)
            ),
            at=later(hours=hours + 1),
        )
        actions.apply_batch(user=owner, batch=batch, at=later(hours=hours + 2))
    for number in range(3):
        actions.attach_evidence(
            user=owner,
            park=park,
            year=YEAR,
            item="greenery_ha",
            file_name="a.pdf",
            content=f"%PDF- {number}".encode(),
            at=later(hours=9),
        )
    return batch


@pytest.mark.parametrize(
    "path",
    [
        REPORTS,
        PAGE,
        f"{PAGE}?item=dat&blank=1&q=doanh&page=2",
        f"{PAGE}?enterprise=0900000001",
        f"{PAGE}values/greenery_ha/",
        f"{PAGE}workbook.xlsx",
        f"{PAGE}values.csv",
        UPLOAD,
        "/parks/hiep-phuoc/imports/",
        "/parks/hiep-phuoc/imports/{batch}/",
        f"/api/parks/hiep-phuoc/reports/{YEAR}",
    ],
)
def test_a_page_asks_the_store_at_most_ten_times(path, busy, owner, sign_in):
    client = sign_in(owner)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path.format(batch=busy.pk)).status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"][:160] for query in asked)


def test_the_api_takes_a_workbook_to_its_end(park, owner, fill, sign_in):
    client = sign_in(owner)
    book = SimpleUploadedFile("hp.xlsx", fill({"greenery_ha": 41.5}))
    made = client.post("/api/parks/hiep-phuoc/imports", {"year": YEAR, "workbook": book})
    assert made.status_code == 201, made.content
    assert made.json()["counts"]["new"] == 1
    assert made.json()["changes"][0]["uploaded"] == "41,5"
    one = f"/api/parks/hiep-phuoc/imports/{made.json()['id']}"
    applied = client.post(f"{one}/apply", "{}", content_type="application/json")
    assert applied.json()["state"] == "applied"
    (value,) = client.get(f"/api/parks/hiep-phuoc/reports/{YEAR}").json()["values"]
    assert (value["item"], value["value"], value["author"]) == ("greenery_ha", 41.5, "owner")
    again = client.post(f"{one}/apply", "{}", content_type="application/json")
    assert again.status_code == 422
    assert set(again.json()["problems"][0]["message"]) == {"vi", "en"}
    assert client.post(f"{one}/revert").json()["state"] == "reverted"
