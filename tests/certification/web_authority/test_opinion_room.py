"""The room of a body: only what was sent to it; a draft nobody else reads; nothing typed lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.certification.web_authority.cast import ask_all, framework_of, make_dossier
from tests.site.reading import assert_nothing_inline

from sinhthai.certification.models import Opinion, Paper

pytestmark = pytest.mark.postgres
MOST_QUERIES = 12
MINISTRY = "environment_ministry"
EDITOR = "environment_ministry-editor"


@pytest.fixture
def asked(world):
    """What the environment ministry was asked; four other ministries were asked too."""
    dossier = make_dossier(world.park, state="consulting")
    return next(one for one in ask_all(dossier, answered=False) if one.authority == MINISTRY)


@pytest.fixture
def received(asked, as_):
    as_(EDITOR).post(f"/opinions/{asked.pk}/", {"act": "receive"})
    asked.refresh_from_db()
    return asked


def leaf_of(opinion):
    return framework_of(opinion.dossier).leaves[0].id


def said(opinion, act, **more):
    leaf = leaf_of(opinion)
    return {
        "act": act, "position": "remarks", "text": "Cần làm rõ nước thải.",
        f"position-{leaf}": "disagree", f"remark-{leaf}": "Thiếu giấy phép.", **more,
    }  # fmt: skip


def test_the_room_holds_what_was_sent_to_this_body_only(asked, world, as_):
    make_dossier(world.park, kind="recertify", state="evaluating")
    rows = as_(MINISTRY).get("/opinions/").context["rows"]
    assert [row.opinion for row in rows] == [asked]
    assert as_("science_dept").get("/opinions/").context["rows"] == []
    assert "Nothing was sent to you" in as_("stranger", "en").get("/opinions/").content.decode()


@pytest.mark.parametrize(
    "who",
    ["science_ministry", "science_dept", "writer", "head", "chair", "overseer", "stranger", None],
)
def test_another_bodys_opinion_has_no_page(asked, as_, who):
    for method in ("get", "post"):
        answer = getattr(as_(who), method)(f"/opinions/{asked.pk}/")
        assert answer.status_code in (404, 302)


def test_receipt_starts_the_period(asked, as_):
    client = as_(EDITOR, "en")
    html = client.get(f"/opinions/{asked.pk}/").content.decode()
    assert "Confirm the receipt" in html
    assert 'name="text"' not in html
    assert client.post(f"/opinions/{asked.pk}/", {"act": "receive"}).status_code == 302
    asked.refresh_from_db()
    assert asked.received_at is not None
    assert asked.due_on is not None
    assert 'name="text"' in client.get(f"/opinions/{asked.pk}/").content.decode()


def test_a_draft_stays_inside(received, as_):
    assert as_(EDITOR).post(f"/opinions/{received.pk}/", said(received, "draft")).status_code == 302
    html = as_(MINISTRY).get(f"/opinions/{received.pk}/").content.decode()
    assert "Cần làm rõ nước thải." in html
    assert "Thiếu giấy phép." in html
    for who in ("head", "overseer"):
        for page in ("consult", "evaluate", "report"):
            shown = as_(who).get(f"/dossiers/{received.dossier.public_id}/{page}/")
            assert "Cần làm rõ nước thải." not in shown.content.decode()
            assert "Thiếu giấy phép." not in shown.content.decode()


def test_the_answer_is_signed_by_another_and_read_by_the_board(received, as_):
    as_(EDITOR).post(f"/opinions/{received.pk}/", said(received, "draft"))
    answer = as_(MINISTRY).post(f"/opinions/{received.pk}/", said(received, "answer"))
    assert answer.status_code == 302
    received.refresh_from_db()
    assert (received.position, received.answered_by.username) == ("remarks", MINISTRY)
    board = as_("head").get(f"/dossiers/{received.dossier.public_id}/consult/").content.decode()
    assert "Cần làm rõ nước thải." in board
    shown = as_("head").get(f"/dossiers/{received.dossier.public_id}/evaluate/").content.decode()
    assert "Thiếu giấy phép." in shown
    other = as_("science_ministry").get(f"/dossiers/{received.dossier.public_id}/")
    assert "Cần làm rõ nước thải." not in other.content.decode()


def test_what_is_refused_keeps_what_was_typed(received, as_):
    posted = said(received, "answer", position="")
    answer = as_(MINISTRY).post(f"/opinions/{received.pk}/", posted)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'class="error-summary"' in html
    for typed in ("Cần làm rõ nước thải.", "Thiếu giấy phép."):
        assert typed in html
    assert Opinion.objects.get(pk=received.pk).answered_at is None


def test_attaching_a_file_keeps_the_draft(received, as_):
    file = SimpleUploadedFile("y-kien.pdf", b"%PDF-1.7 y kien")
    url = f"/opinions/{received.pk}/"
    assert as_(EDITOR).post(url, said(received, "attach", file=file)).status_code == 302
    [paper] = Paper.objects.all()
    received.refresh_from_db()
    assert received.text == "Cần làm rõ nước thải."
    own = as_(MINISTRY).get(f"{url}papers/{paper.pk}/")
    assert own.content == b"%PDF-1.7 y kien"
    for who in ("head", "science_ministry", "writer", "stranger"):
        assert as_(who).get(f"{url}papers/{paper.pk}/").status_code == 404
    as_(MINISTRY).post(url, said(received, "answer"))
    assert as_("head").get(f"{url}papers/{paper.pk}/").status_code == 200
    assert as_("science_ministry").get(f"{url}papers/{paper.pk}/").status_code == 404


def test_an_executable_named_pdf_is_refused_and_the_draft_stays(received, as_):
    file = SimpleUploadedFile("y-kien.pdf", b"MZ\x90\x00" + b"\0" * 60)
    answer = as_(EDITOR).post(f"/opinions/{received.pk}/", said(received, "attach", file=file))
    assert answer.status_code == 422
    assert "Cần làm rõ nước thải." in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_file_is_taken_off_before_the_answer(received, as_):
    url = f"/opinions/{received.pk}/"
    file = SimpleUploadedFile("y-kien.pdf", b"%PDF-1.7 y kien")
    as_(EDITOR).post(url, said(received, "attach", file=file))
    paper = Paper.objects.get()
    assert as_("science_ministry").post(f"{url}papers/{paper.pk}/withdraw/").status_code == 404
    assert as_(EDITOR).post(f"{url}papers/{paper.pk}/withdraw/").status_code == 302
    paper.refresh_from_db()
    assert paper.withdrawn_at is not None


def test_an_answer_is_not_changed_afterwards(received, as_):
    url = f"/opinions/{received.pk}/"
    as_(EDITOR).post(url, said(received, "draft"))
    client = as_(MINISTRY)
    client.post(url, said(received, "answer"))
    html = client.get(url).content.decode()
    assert 'name="text"' not in html
    assert "Cần làm rõ nước thải." in html
    assert client.post(url, said(received, "draft", text="Khác.")).status_code == 422
    received.refresh_from_db()
    assert received.text == "Cần làm rõ nước thải."


@pytest.mark.parametrize("query", ["?standing=waiting", "?q=hiep", "?sort=-sent", "?sort=subject"])
def test_the_list_narrows_and_sorts(asked, as_, query):
    rows = as_(MINISTRY).get(f"/opinions/{query}").context["rows"]
    assert [row.opinion for row in rows] == [asked]


@pytest.mark.parametrize("query", ["?standing=answered", "?standing=late", "?q=zzz"])
def test_the_list_leaves_out(asked, as_, query):
    answer = as_(MINISTRY, "en").get(f"/opinions/{query}")
    assert answer.context["rows"] == []
    assert "No opinion fits these filters" in answer.content.decode()


def test_export(asked, as_):
    text = as_(MINISTRY).get("/opinions.csv").content.decode("utf-8-sig")
    assert asked.dossier.public_id in text
    assert as_(MINISTRY).get("/opinions.pdf").status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_ask_little_of_the_store(received, as_, language):
    client = as_(MINISTRY, language)
    for url in ("/opinions/", f"/opinions/{received.pk}/"):
        with CaptureQueriesContext(connection) as queries:
            html = client.get(url).content.decode()
        assert len(queries) <= MOST_QUERIES, [one["sql"][:100] for one in queries]
        assert len(re.findall(r"<h1[ >]", html)) == 1
        assert_nothing_inline(html)
