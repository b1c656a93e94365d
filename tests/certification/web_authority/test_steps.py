"""Completeness, consultation and cases: what the buttons do, and whom they answer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.certification.web_authority.cast import AT, make_dossier
from tests.site.reading import assert_nothing_inline

from sinhthai.accounts.models import Organisation
from sinhthai.certification.models import Opinion, Paper, Supplement

MOST_QUERIES = 12


def address(dossier, page):
    return f"/dossiers/{dossier.public_id}/{page}/"


def step(name, dossier, **more):
    return {"step": name, "version": dossier.version, "confirm": "on", **more}


@pytest.fixture
def sent(world):
    return make_dossier(world.park, state="submitted")


def test_every_piece_can_be_asked_for_and_all_go_at_once(sent, as_):
    client = as_("judge", "en")
    html = client.get(address(sent, "check")).content.decode()
    for about in ("paper:letter", "field:representative", "leaf:ENT-3"):
        assert f'name="ask-{about}"' in html
    assert "The system finds missing" in html
    asked = {"act": "ask", "ask-paper:letter": "Ký lại.", "ask-leaf:ENT-3": "  "}
    assert client.post(address(sent, "check"), asked).status_code == 302
    sent.refresh_from_db()
    assert sent.state == "supplement"
    assert list(Supplement.objects.values_list("about", "asked")) == [("paper:letter", "Ký lại.")]


def test_asking_for_nothing_says_so(sent, as_):
    answer = as_("judge", "en").post(address(sent, "check"), {"act": "ask", "ask-paper:letter": ""})
    assert answer.status_code == 422
    assert "Nothing is asked yet" in answer.content.decode()
    assert not Supplement.objects.exists()


def test_an_incomplete_dossier_is_not_declared_complete(sent, as_):
    answer = as_("judge", "en").post(address(sent, "check"), step("accept", sent))
    assert answer.status_code == 422
    assert "Papers of the dossier are missing." in answer.content.decode()
    sent.refresh_from_db()
    assert sent.accepted_at is None


def test_the_request_and_its_answer_stand_with_the_piece(sent, as_, world):
    Supplement.objects.create(
        dossier=sent, about="paper:letter", asked="Ký lại.", asked_by=world.people["judge"],
        asked_at=AT, answer="Đã ký.", answered_at=AT,
    )  # fmt: skip
    html = as_("head").get(address(sent, "check")).content.decode()
    assert "Ký lại." in html
    assert "Đã ký." in html


def test_papers_are_shown_with_their_fingerprint(sent, as_):
    Paper.objects.create(
        dossier=sent, slot="letter", origin="signed", file="papers/x.pdf", file_name="don.pdf",
        sha256="ab" * 32, size=10, at=AT,
    )  # fmt: skip
    html = as_("head").get(address(sent, "check")).content.decode()
    assert "don.pdf" in html
    assert "abababababab" in html


def test_all_bodies_are_asked_at_once(world, as_):
    dossier = make_dossier(world.park, state="accepted")
    client = as_("judge", "en")
    page = client.get(address(dossier, "consult"))
    chosen = {f"body-{body.authority}": body.choices[0].pk for body in page.context["bodies"]}
    assert len(chosen) == 6
    assert client.post(address(dossier, "consult"), {"act": "send", **chosen}).status_code == 302
    assert Opinion.objects.count() == 6
    dossier.refresh_from_db()
    assert dossier.state == "consulting"
    html = client.get(address(dossier, "consult")).content.decode()
    assert "not answered yet" in html
    again = client.post(address(dossier, "consult"), {"act": "send", **chosen})
    assert again.status_code == 422
    assert Opinion.objects.count() == 6


def test_departments_of_another_province_are_not_offered(world, as_):
    Organisation.objects.create(
        code="far-dept", kind="department", name_vi="Sở xa", authority="science_dept", province="92"
    )
    dossier = make_dossier(world.park, world.enterprise, state="accepted")
    page = as_("judge").get(address(dossier, "consult"))
    assert [len(body.choices) for body in page.context["bodies"]] == [1, 1, 1, 1]
    assert "Sở xa" not in page.content.decode()


def test_a_body_nobody_stands_for_is_said(world, as_):
    Organisation.objects.filter(authority="recp_body").update(authority="")
    dossier = make_dossier(world.park, state="accepted")
    html = as_("judge", "en").get(address(dossier, "consult")).content.decode()
    assert "Nobody stands for this body here" in html


def test_a_step_of_another_page_is_no_step_here(sent, as_):
    assert as_("head").post(address(sent, "check"), step("issue", sent)).status_code == 404
    assert as_("head").post(address(sent, "check"), {}).status_code == 404


@pytest.fixture
def case(world):
    """A revocation the Board opened on a ground of the law."""
    return make_dossier(
        world.park, kind="revoke", state="opened",
        contents={"ground": "b", "ground_reason": "b) Diện tích cây xanh giảm.", "evidence": "Biên bản 12"},
    )  # fmt: skip


def test_a_case_shows_ground_facts_and_evidence(case, as_):
    html = as_("head", "en").get(address(case, "case")).content.decode()
    assert "The criteria are no longer met" in html
    assert "Diện tích cây xanh giảm." in html
    assert "Biên bản 12" in html
    assert_nothing_inline(html)


def test_a_case_goes_from_the_board_to_the_issuer(case, as_):
    assert as_("head").post(address(case, "case"), step("propose", case)).status_code == 302
    case.refresh_from_db()
    assert case.state == "proposed"
    html = as_("chair", "en").get(address(case, "case")).content.decode()
    assert "Revocation proposed" in html
    dropped = step("drop", case, reason="Đã khắc phục.")
    assert as_("head").post(address(case, "case"), dropped).status_code == 422
    assert as_("chair").post(address(case, "case"), step("drop", case)).status_code == 422
    assert as_("chair").post(address(case, "case"), dropped).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.is_open) == ("dropped", False)
    assert "Đã khắc phục." in as_("head").get(address(case, "case")).content.decode()


def test_a_review_is_kept_with_a_reason(world, as_):
    review = make_dossier(world.park, world.enterprise, kind="review", state="opened")
    kept = step("keep", review, reason="Doanh nghiệp vẫn trong KCN sinh thái khác.")
    assert as_("head").post(address(review, "case"), kept).status_code == 302
    review.refresh_from_db()
    assert review.state == "kept"


@pytest.mark.parametrize("who", ["head", "chair", "overseer"])
def test_a_case_asks_little_of_the_store(case, as_, who):
    client = as_(who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(case, "case")).status_code == 200
    assert len(queries) <= MOST_QUERIES, [one["sql"][:100] for one in queries]
    assert as_("stranger").get(address(case, "case")).status_code == 404
    assert as_("writer").get(address(case, "case")).status_code == 404


def test_one_says_yes_to_what_is_asked(case, world, as_):
    html = as_("head", "en").get(address(case, "case")).content.decode()
    assert "I propose to the issuing authority to revoke this certificate." in html
    reported = make_dossier(world.park, state="reported")
    html = as_("head", "en").get(address(reported, "report")).content.decode()
    assert "revoke" not in html
