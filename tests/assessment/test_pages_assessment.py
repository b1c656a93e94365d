"""The assessment, its why, its files and its history: what they say and who may see them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from urllib.parse import unquote

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader
from tests.assessment.conftest import DAY, NOW, make_park, make_person, make_record

from sinhthai.accounts.models import AuditEntry, Membership, User
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.models import Assessment
from sinhthai.registry.models import Park

pytestmark = pytest.mark.postgres

SignIn = Callable[..., Client]
HOME = "/parks/hiep-phuoc/assessment/"


@pytest.fixture
def saved(park: Park) -> Assessment:
    return assess_parks([park], family="vn-eip", on=DAY, at=NOW)[0]


def text_of(response: object) -> str:
    """Return what a person reads, on one line."""
    page = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")


READS = [
    HOME,
    f"{HOME}PARK-1/",
    f"{HOME}history/",
    *(f"/parks/hiep-phuoc/assessment.{form}" for form in ("pdf", "xlsx", "csv", "json", "html")),
]


@pytest.mark.parametrize("url", READS)
def test_owner_inspector_and_viewer_read_and_others_find_nothing(
    url: str,
    park: Park,
    owner: User,
    inspector: User,
    viewer: User,
    stranger: User,
    sign_in: SignIn,
) -> None:
    assert [sign_in(who).get(url).status_code for who in (owner, inspector, viewer)] == [200] * 3
    assert [sign_in(who).get(url).status_code for who in (stranger, None)] == [404] * 2


def test_a_saved_assessment_is_hidden_from_strangers_like_its_park(
    saved: Assessment, owner: User, inspector: User, stranger: User, sign_in: SignIn
) -> None:
    url = f"/assessments/{saved.pk}/"
    assert [sign_in(who).get(url).status_code for who in (owner, inspector)] == [200] * 2
    assert [sign_in(who).get(url).status_code for who in (stranger, None)] == [404] * 2
    assert sign_in(owner).get("/assessments/999999/").status_code == 404


def test_acts_need_the_right_person_and_a_post(
    saved: Assessment, owner: User, viewer: User, inspector: User, stranger: User, sign_in: SignIn
) -> None:
    run, again = f"{HOME}run/", f"/assessments/{saved.pk}/recompute/"
    assert [sign_in(who).post(run).status_code for who in (stranger, None, viewer)] == [404] * 3
    assert [sign_in(who).post(run).status_code for who in (owner, inspector)] == [302] * 2
    assert [sign_in(who).post(again).status_code for who in (stranger, None)] == [404] * 2
    assert [sign_in(who).post(again).status_code for who in (owner, viewer)] == [200] * 2
    assert [sign_in(owner).get(url).status_code for url in (run, again)] == [405] * 2


def test_a_saved_assessment_of_one_park_is_not_shown_under_another(
    saved: Assessment, inspector: User, province: object, sign_in: SignIn
) -> None:
    make_park("amata", "Amata", province)  # type: ignore[arg-type]
    url = f"/parks/amata/assessment/PARK-1/?saved={saved.pk}"
    assert sign_in(inspector).get(url).status_code == 404


def test_the_page_says_verdict_counts_and_what_to_do_first(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    text = text_of(sign_in(owner).get(HOME))
    assert "Khu công nghiệp Hiệp Phước so với tiêu chí khu công nghiệp sinh thái" in text
    assert "Chưa đáp ứng bộ tiêu chí" in text
    assert "Việc cần làm trước" in text
    assert "Cần thêm ít nhất 9,6 ha" in text
    assert "theo quy định có hiệu lực ngày 31/12/2025 · số liệu năm 2025" in text
    assert "không phải quyết định hành chính" in text
    assert saved.rules_hash[:16] in text


def test_the_page_is_complete_in_english(saved: Assessment, owner: User, sign_in: SignIn) -> None:
    text = text_of(sign_in(owner, "en").get(HOME))
    assert "Hiệp Phước Industrial Park against the eco-industrial park criteria" in text
    assert "What to do first" in text
    assert "At least 9.6 ha more" in text
    assert "Vì sao" not in text
    assert "Khu công nghiệp" not in text


def test_no_page_carries_script_or_style_of_its_own(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    pages = [HOME, f"{HOME}ENT-3/", f"{HOME}history/", f"/assessments/{saved.pk}/"]
    for url in pages:
        page = client.get(url).content.decode()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page), url
        scripts = re.findall(r"<script([^>]*)>", page)
        assert all("src=" in tag or "application/json" in tag for tag in scripts), url


def test_why_shows_formula_clause_inputs_cell_and_day(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    text = text_of(sign_in(owner).get(f"{HOME}PARK-1/"))
    assert "greenery_ha + roads_ha + technical_ha + social_ha" in text
    assert "50,4/240 = 21 %" in text
    assert "22,6 ha" in text
    assert "KCN · Park!E12" in text
    assert "nhập ngày 14/02/2026" in text
    assert "≥ 25 % từ 15/07/2022" in text
    assert "Nghị định 35/2022/NĐ-CP" in text


def test_why_of_a_share_lists_the_enterprises_by_answer(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    listed = {
        standing: text_of(client.get(f"{HOME}ENT-3/?standing={standing}"))
        for standing in ("yes", "no", "unknown")
    }
    assert "Công ty Thép 1" in listed["yes"]
    assert "Công ty Thép 1" not in listed["no"]
    assert "Công ty Thép 2" in listed["no"]
    assert "Công ty Thép 3" in listed["unknown"]
    assert "Kết quả RECP" in listed["unknown"]
    assert "Chưa rõ (1)" in listed["yes"]


def test_why_says_how_the_other_readings_of_the_law_come_out(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    text = text_of(sign_in(owner).get(f"{HOME}ENT-3/"))
    assert "A2" in text
    assert "doanh nghiệp đang hoạt động" in text
    assert "doanh nghiệp đã đăng ký đầu tư, chưa chấm dứt hoạt động" in text


def test_why_comes_as_a_piece_for_htmx_and_as_a_page_without(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    page = client.get(f"{HOME}PARK-1/")
    piece = client.get(f"{HOME}PARK-1/", headers={"HX-Request": "true"})
    assert b"<html" in page.content
    assert b"<html" not in piece.content
    assert b"Park!E12" in piece.content
    assert "HX-Request" in piece.headers["Vary"]


def test_an_unknown_criterion_or_format_is_not_found(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    assert sign_in(owner).get(f"{HOME}NOPE-9/").status_code == 404
    assert sign_in(owner).get("/parks/hiep-phuoc/assessment.docx").status_code == 404


def test_another_day_uses_the_rules_of_that_day(park: Park, owner: User, sign_in: SignIn) -> None:
    text = text_of(sign_in(owner).get(f"{HOME}?on=2020-12-31&year=2025"))
    assert "82/2018" in text
    assert "31/12/2020" in text


def test_a_day_before_any_criteria_says_so(park: Park, owner: User, sign_in: SignIn) -> None:
    response = sign_in(owner).get(f"{HOME}?on=2005-01-01")
    assert response.status_code == 200
    assert "Ngày đó chưa có tiêu chí nào có hiệu lực." in text_of(response)


@pytest.mark.parametrize("query", ["on=yesterday", "framework=nope", "year=12", "A2=none"])
def test_a_question_that_is_not_one_is_explained(
    query: str, saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    response = sign_in(owner).get(f"{HOME}?{query}")
    assert response.status_code == 200
    assert "Có chỗ chưa đúng" in text_of(response)


def test_another_reading_of_the_law_can_be_chosen_and_is_recorded(
    park: Park, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    assert "A2" in text_of(client.get(f"{HOME}?on=2025-12-31&A2=registered"))
    answer = client.post(f"{HOME}run/", {"on": "2025-12-31", "A2": "registered"})
    made = Assessment.objects.get(family="vn-eip", is_current=True)
    assert answer["Location"] == f"/assessments/{made.pk}/"
    assert made.options["A2"] == "registered"
    assert made.by == owner
    assert AuditEntry.objects.filter(actor=owner, park_code=park.code).exists()


def test_the_page_warns_when_the_data_changed_since(
    saved: Assessment, park: Park, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    warning = "Số liệu hoặc quy định đã thay đổi sau lần đánh giá này."
    assert warning not in text_of(client.get(HOME))
    make_record(park, values={"social_ha": 30}, recorded_at=NOW + dt.timedelta(hours=1))
    assert warning in text_of(client.get(HOME))
    live = text_of(client.get(f"{HOME}?on=2025-12-31&live=1"))
    assert warning not in live
    assert "Cần thêm ít nhất" not in live


def test_a_saved_assessment_stays_as_it_was(
    saved: Assessment, park: Park, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    make_record(park, values={"social_ha": 30}, recorded_at=NOW + dt.timedelta(hours=1))
    assert "9,6 ha" in text_of(client.get(f"/assessments/{saved.pk}/"))
    assert "50,4/240" in text_of(client.get(f"{HOME}PARK-1/?saved={saved.pk}"))
    again = client.post(f"/assessments/{saved.pk}/recompute/")
    assert "Kết quả tính lại giống hoàn toàn." in text_of(again)


def test_recomputing_says_what_differs(saved: Assessment, owner: User, sign_in: SignIn) -> None:
    saved.findings[0]["status"] = "not_met"
    saved.engine_version = "0.0.9"
    saved.save()
    text = text_of(sign_in(owner).post(f"/assessments/{saved.pk}/recompute/"))
    assert "Kết quả tính lại không giống." in text
    assert "0.0.9" in text
    assert saved.findings[0]["leaf"] in text


def test_invented_data_say_so_on_the_page_and_in_every_file(
    park: Park, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    assert "Số liệu giả định" not in text_of(client.get(HOME))
    Park.objects.filter(pk=park.pk).update(invented=True)
    for url in (HOME, f"{HOME}PARK-1/", f"{HOME}history/"):
        assert "Số liệu giả định" in text_of(client.get(url)), url
    pdf = PdfReader(io.BytesIO(client.get("/parks/hiep-phuoc/assessment.pdf").content))
    assert "giả định" in pdf.pages[0].extract_text()
    csv_file = client.get("/parks/hiep-phuoc/assessment.csv").content.decode("utf-8-sig")
    assert {row["invented"] for row in csv.DictReader(io.StringIO(csv_file))} == {"true"}


def test_files_are_named_like_the_page_and_say_the_same(
    saved: Assessment, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    answer = client.get("/parks/hiep-phuoc/assessment.xlsx")
    name = unquote(answer["Content-Disposition"])
    assert "Khu công nghiệp Hiệp Phước so với tiêu chí khu công nghiệp sinh thái 2025-12-31" in name
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    results = [row[4] for row in book["Tiêu chí"].iter_rows(min_row=2, values_only=True)]
    document = json.loads(client.get("/parks/hiep-phuoc/assessment.json").content)
    (one,) = document["assessments"]
    assert len(results) == one["counts"]["total"]
    assert sum(r.startswith("✓") for r in results) == one["counts"]["met"] == saved.met
    greenery = next(
        given
        for criterion in one["criteria"]
        for given in criterion["inputs"]
        if given["item"] == "greenery_ha"
    )
    assert greenery["value"] == 22.6
    assert "KCN · Park!E12" in greenery["source"]["vi"]


def test_the_printable_page_may_load_nothing(park: Park, owner: User, sign_in: SignIn) -> None:
    answer = sign_in(owner).get("/parks/hiep-phuoc/assessment.html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "attachment" in answer["Content-Disposition"]


def test_history_lists_everything_and_filters(
    saved: Assessment, park: Park, owner: User, sign_in: SignIn
) -> None:
    assess_parks([park], family="vn-indicators", on=DAY, at=NOW)
    client = sign_in(owner)
    both = text_of(client.get(f"{HOME}history/"))
    one = text_of(client.get(f"{HOME}history/?framework=vn-eip"))
    assert "vn-indicators.c05-2025" in both
    assert "vn-indicators.c05-2025" not in one
    assert "vn-eip.d35-2022" in one


def test_an_empty_history_says_what_to_do(park: Park, owner: User, sign_in: SignIn) -> None:
    assert "Chưa lưu bản đánh giá nào." in text_of(sign_in(owner).get(f"{HOME}history/"))


@pytest.mark.parametrize(
    "url",
    [
        HOME,
        f"{HOME}?framework=eip-international&live=1",
        f"{HOME}ENT-3/",
        f"{HOME}ENT-3/?framework=vn-eip&on=2025-12-31&year=2025&live=1",
        f"{HOME}history/",
        "/parks/hiep-phuoc/assessment.json",
    ],
)
def test_no_page_asks_more_than_ten_queries(
    url: str,
    saved: Assessment,
    owner: User,
    sign_in: SignIn,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = sign_in(owner)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        assert client.get(url).status_code == 200


def test_only_who_may_report_is_offered_the_upload(
    park: Park, owner: User, sign_in: SignIn
) -> None:
    """An authority judges the reports of its territory; it does not write them."""
    board = make_person("board", "management_board", "province", "79", Membership.Role.ADMIN)
    offer = f"/parks/{park.code}/reports/upload/"
    url = f"/parks/{park.code}/assessment/"
    assert offer in sign_in(owner).get(url).content.decode()
    assert offer not in sign_in(board).get(url).content.decode()


@pytest.mark.parametrize("asked", ["on=31-12-2020", "framework=nonsense", "year=1999"])
def test_a_file_never_answers_another_question(
    asked: str, park: Park, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    assert client.get(f"/parks/hiep-phuoc/assessment.json?{asked}").status_code == 404
    assert client.get(f"{HOME}ENT-3/?{asked}").status_code == 404
