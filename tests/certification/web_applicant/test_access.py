"""Every address of a dossier, asked by everybody who should and should not."""

import pytest
from django.test import Client
from django.urls import reverse

from sinhthai.certification.models import Opinion
from sinhthai.certification.routes.applicant import urlpatterns

from .conftest import AT, put_paper

pytestmark = pytest.mark.django_db
YES, GONE = 200, 404
CAST = ("writer", "sender", "onlooker", "board", "committee", "ministry", "consulted", "stranger")
# address -> what each of the cast gets; nobody signed in gets what the stranger gets
SHARED = (YES, YES, YES, YES, YES, YES, YES, GONE)
INSIDE = (YES, YES, YES, YES, GONE, YES, GONE, GONE)
KEPT = (YES, YES, GONE, GONE, GONE, GONE, GONE, GONE)
SENT = {
    "dossier": SHARED,
    "dossier_contents": SHARED,
    "dossier_papers": SHARED,
    "dossier_paper": SHARED,
    "dossier_drawn": SHARED,
    "dossier_supplements": SHARED,
    "dossier_changes": KEPT,
    "dossier_write": KEPT,
    "dossier_upload": KEPT,
    "dossier_send": (302, 302, GONE, GONE, GONE, GONE, GONE, GONE),  # it left already
    "dossier_withdraw": KEPT,
    "timeline": (YES,) * 8,
    "park_certification": (YES, YES, YES, YES, YES, YES, GONE, GONE),
    "park_apply": KEPT,
    "enterprise_certification": (YES, YES, YES, YES, YES, YES, GONE, GONE),
    "enterprise_apply": (GONE,) * 8,
}
ACTS = ("dossier_refresh", "dossier_assemble", "dossier_paper_withdraw")


@pytest.fixture
def cast(request):
    return {who: request.getfixturevalue(who) for who in CAST}


def address(name, dossier, enterprise, paper):
    given = {
        "public_id": dossier.public_id,
        "section": "operation",
        "slot": "letter",
        "fmt": "docx",
        "pk": paper.pk,
        "code": enterprise.code if name.startswith("enterprise") else dossier.park.code,
    }
    parts = next(one for one in urlpatterns if one.name == name).pattern
    wanted = getattr(parts, "converters", {}) or parts.regex.groupindex
    return reverse(name, kwargs={part: given[part] for part in wanted})


def test_each_of_the_cast_gets_as_far_as_they_may(sent, enterprise, cast, consulted, sign_in):
    Opinion.objects.create(
        dossier=sent, party="consulted", authority="industry_trade_ministry",
        organisation=consulted.memberships.get().organisation, sent_at=AT,
    )  # fmt: skip
    paper = sent.papers.filter(slot="letter", origin="assembled").get()
    clients = {who: sign_in(user) for who, user in cast.items()} | {"nobody": Client()}
    wrong = []
    for name, expected in SENT.items():
        url = address(name, sent, enterprise, paper)
        wanted = dict(zip(CAST, expected, strict=True)) | {"nobody": expected[-1]}
        for who, client in clients.items():
            found = client.get(url).status_code
            if found != wanted[who]:
                wrong.append(f"{who} got {found} of {url}, not {wanted[who]}")
    assert wrong == []


def test_a_draft_is_its_applicants_alone(ready, enterprise, cast, sign_in):
    paper = ready.papers.first()
    own = ("writer", "sender", "onlooker")
    for name in ("dossier", "dossier_contents", "dossier_papers", "dossier_paper"):
        url = address(name, ready, enterprise, paper)
        for who, user in cast.items():
            assert sign_in(user).get(url).status_code == (YES if who in own else GONE), (who, url)
    assert Client().get(reverse("timeline", args=[ready.public_id])).status_code == GONE


def test_only_who_writes_for_the_applicant_acts(ready, enterprise, cast, sign_in):
    paper = ready.papers.first()
    before = (ready.papers.count(), ready.events.count())
    for name in ACTS:
        url = address(name, ready, enterprise, paper)
        for who in CAST[2:]:
            assert sign_in(cast[who]).post(url).status_code == GONE, (who, url)
        assert Client().post(url).status_code == GONE
        assert sign_in(cast["writer"]).get(url).status_code == 405
    assert (ready.papers.count(), ready.events.count()) == before


def test_no_address_of_the_applicant_is_forgotten():
    assert {one.name for one in urlpatterns} == {*SENT, *ACTS}


def test_what_the_authority_writes_is_not_the_applicants_to_read(sent, writer, board, sign_in):
    report = put_paper(sent, "evaluation_report", "assembled", board)
    url = reverse("dossier_paper", args=[sent.public_id, report.pk])
    drawn = reverse("dossier_drawn", args=[sent.public_id, "evaluation_report", "pdf"])
    page = reverse("dossier_papers", args=[sent.public_id])
    assert sign_in(board).get(url).status_code == YES
    assert sign_in(writer).get(url).status_code == GONE
    assert sign_in(writer).get(drawn).status_code == GONE
    assert "evaluation_report" not in sign_in(writer).get(page).content.decode()
    assert "evaluation_report" in sign_in(board).get(page).content.decode()


def test_opinions_are_hidden_from_the_applicant_until_the_law_lets(
    sent, writer, board, consulted, sign_in
):
    Opinion.objects.create(
        dossier=sent, party="consulted", authority="industry_trade_ministry", sent_at=AT,
        organisation=consulted.memberships.get().organisation, answered_at=AT,
        answered_by=consulted, position="disagree", text="Bí mật của Bộ",
    )  # fmt: skip
    url = reverse("dossier", args=[sent.public_id])
    assert "Bí mật của Bộ" in sign_in(board).get(url).content.decode()
    assert "Bí mật của Bộ" in sign_in(consulted).get(url).content.decode()
    mine = sign_in(writer).get(url).content.decode()
    assert "Bí mật của Bộ" not in mine and "moit" not in mine
    assert "does not agree" not in mine.lower()
    type(sent).objects.filter(pk=sent.pk).update(state="certified", is_open=False)
    assert "Bí mật của Bộ" in sign_in(writer).get(url).content.decode()


def test_a_consulted_body_does_not_read_what_another_says(sent, consulted, province, sign_in):
    from .conftest import body, join

    other = body("most", "ministry", authority="science_ministry")
    join("scientist", other, "approver")
    for organisation, text in (
        (consulted.memberships.get().organisation, "Của tôi"),
        (other, "Của bạn"),
    ):
        Opinion.objects.create(
            dossier=sent, party="consulted", authority=organisation.authority, sent_at=AT,
            organisation=organisation, answered_at=AT, position="agree", text=text,
        )  # fmt: skip
    page = sign_in(consulted).get(reverse("dossier", args=[sent.public_id])).content.decode()
    assert "Của tôi" in page and "Của bạn" not in page
