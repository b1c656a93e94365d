"""The pages of the forms: who sees them, what they say, what they cost."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.certification.core.world import record_facts
from tests.supervision.filings.begun import RECP, begin, prepared, sent

from sinhthai.supervision.models import Filing

ELECTRICITY = "recp_electricity_cost_saved_mvnd"
INSIDE = {"writer", "signer", "reader"}
BOARD = {"judge", "head", "deputy"}


def seen_by(world, as_user, url):
    return {
        name for name, user in world.people.items()
        if as_user(user).get(url).status_code == 200
    }  # fmt: skip


def test_a_draft_is_its_filers_alone_a_sent_form_the_boards_too(world, as_user):
    url = reverse("filing", args=[begin(world).pk])
    assert seen_by(world, as_user, url) == INSIDE
    filing = sent(world)
    assert seen_by(world, as_user, url) == INSIDE | BOARD | {"overseer", "chair", "vice"}
    paper = reverse("filing_file", args=[filing.pk, "docx"])
    assert as_user(world.stranger).get(paper).status_code == 404


def test_an_enterprises_form_reaches_the_investor_once_sent(world, as_user):
    url = reverse("filing", args=[begin(world, "B.4", firm=True).pk])
    assert seen_by(world, as_user, url) == {"clerk", "owner"}
    sent(world, "B.4", firm=True)
    assert seen_by(world, as_user, url) == {"clerk", "owner"} | INSIDE | BOARD | {"overseer"}


@pytest.mark.parametrize(
    ("name", "code"), [("park_filings", "hiep-phuoc"), ("enterprise_filings", "0300588569")]
)
def test_the_list_hides_what_never_left(world, as_user, name, code):
    firm = name.startswith("enterprise")
    form = "B.4" if firm else "A.4"
    filing = begin(world, form, firm=firm)
    url = reverse(name, args=[code])
    own = world.clerk if firm else world.writer
    link = reverse("filing", args=[filing.pk])
    assert link in as_user(own).get(url).content.decode()
    assert link not in as_user(world.judge).get(url).content.decode()
    assert as_user(world.stranger).get(url).status_code == 404
    assert as_user(world.rival).get(url).status_code == 404


def test_a_form_is_begun_and_typed_into(world, as_user):
    client = as_user(world.writer)
    made = client.post(
        reverse("park_filing_open", args=["hiep-phuoc"]), {"form": "A.4", "year": "2025"}
    )
    filing = Filing.objects.get()
    assert made.url == reverse("filing", args=[filing.pk])
    client.post(made.url, {"investor_fax": "028 123", "project_name?": "chưa có"})
    page = client.get(made.url).content.decode()
    assert 'value="028 123"' in page
    assert 'value="chưa có"' in page
    assert as_user(world.rival).post(
        reverse("park_filing_open", args=["hiep-phuoc"]), {"form": "A.4", "year": "2025"}
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_mistake_stands_beside_its_field_and_nothing_is_lost(world, as_user, language):
    filing = begin(world, "B.5", firm=True)
    url = reverse("filing", args=[filing.pk])
    answer = as_user(world.clerk, language).post(url, {"share_env_2": "300", "share_soc_1": "40"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="e-share_env_2"' in page
    assert 'value="300"' in page
    assert 'value="40"' in page
    assert ("khoảng cho phép" if language == "vi" else "outside the range") in page
    assert Filing.objects.get().words == {}


def test_the_workbook_goes_out_and_comes_back(world, as_user):
    filing = begin(world, "B.5", firm=True)
    client = as_user(world.clerk)
    file = client.get(reverse("filing_file", args=[filing.pk, "xlsx"]))
    assert "B.5%202025%200300588569.xlsx" in file["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    sheet = book["B.5"]
    row = next(r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "share_env_2")
    for value, status in ((130, 422), (45, 302)):
        sheet.cell(row, 4).value = value
        target = io.BytesIO()
        book.save(target)
        upload = SimpleUploadedFile("b5.xlsx", target.getvalue())
        answer = client.post(reverse("filing_upload", args=[filing.pk]), {"workbook": upload})
        assert answer.status_code == status
        if status == 422:
            assert f"b5.xlsx · B.5 · D{row}" in answer.content.decode()
            assert Filing.objects.get().words == {}
    assert Filing.objects.get().words["share_env_2"]["value"] == 45


def test_a_file_too_many_or_none_is_said(world, as_user):
    filing = begin(world)
    answer = as_user(world.writer).post(reverse("filing_upload", args=[filing.pk]), follow=True)
    assert "20 MB" in answer.content.decode()
    as_reader = as_user(world.reader).post(reverse("filing_upload", args=[filing.pk]))
    assert as_reader.status_code == 404


def test_the_whole_way_in_the_browser(world, as_user):
    filing = prepared(world, **RECP)
    url = reverse("filing", args=[filing.pk])
    writer, signer, judge = map(as_user, (world.writer, world.signer, world.judge))
    assert reverse("filing_step", args=[filing.pk, "send"]) not in writer.get(url).content.decode()
    page = signer.get(url).content.decode()
    assert filing.digest in page
    signer.post(reverse("filing_step", args=[filing.pk, "send"]), {"digest": filing.digest})
    judge.post(reverse("filing_step", args=[filing.pk, "ask"]), {"ask-investor_fax": "bổ sung"})
    page = writer.get(url).content.decode()
    assert "bổ sung" in page
    writer.post(url, {"investor_fax": "028"})
    writer.post(reverse("filing_step", args=[filing.pk, "prepare"]))
    filing.refresh_from_db()
    signer.post(reverse("filing_step", args=[filing.pk, "send"]), {"digest": filing.digest})
    judge.post(reverse("filing_step", args=[filing.pk, "receive"]))
    filing.refresh_from_db()
    assert (filing.state, filing.sendings.count()) == ("received", 2)
    record_facts(world.park, years=(2024,), **{**RECP, ELECTRICITY: 90.0})
    page = judge.get(url).content.decode()
    assert "<del>100</del>" in page
    assert "<ins>90</ins>" in page
    assert reverse("filing_step", args=[filing.pk, "revise"]) in page


def test_a_step_that_is_none_and_a_refusal_change_nothing(world, as_user):
    filing = begin(world)
    client = as_user(world.writer)
    assert client.post(reverse("filing_step", args=[filing.pk, "burn"])).status_code == 404
    answer = client.post(reverse("filing_step", args=[filing.pk, "prepare"]), follow=True)
    assert "messages" in answer.content.decode()
    assert client.get(reverse("filing_step", args=[filing.pk, "prepare"])).status_code == 405
    filing.refresh_from_db()
    assert filing.state == "draft"


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_a_paper_shows_what_was_sent_not_what_came_after(world, as_user, fmt):
    filing = sent(world, **RECP)
    url = reverse("filing_file", args=[filing.pk, fmt])
    before = as_user(world.writer).get(url).content
    record_facts(world.park, years=(2024,), **{**RECP, "recp_other_benefit": "mới"})
    after = as_user(world.writer).get(url).content
    assert before[:4] in (b"%PDF", b"PK\x03\x04")
    assert before == after


@pytest.mark.parametrize("stage", [begin, prepared, sent])
def test_a_page_costs_ten_queries_at_most(world, as_user, django_assert_max_num_queries, stage):
    filing = stage(world)
    for user in (world.writer, world.signer):
        client = as_user(user)
        client.get(reverse("filing", args=[filing.pk]))
        with django_assert_max_num_queries(10):
            client.get(reverse("filing", args=[filing.pk]))
    client = as_user(world.writer)
    with django_assert_max_num_queries(10):
        client.get(reverse("park_filings", args=["hiep-phuoc"]))
