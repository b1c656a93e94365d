"""The letters around an opinion, and who may have them."""

import pytest
from django.test import Client
from tests.certification.papers.conftest import AT

from sinhthai.accounts.models import Membership, Organisation, User
from sinhthai.certification.models import Opinion


def member(name, organisation):
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, organisation=organisation, role="editor")
    return user


@pytest.fixture
def asked(dossier, board):
    dossier.state, dossier.submitted_digest = "consulting", "1" * 64
    dossier.save()
    body = Organisation.objects.create(code="btc", kind="ministry", name_vi="Bộ Tài chính")
    opinion = Opinion.objects.create(
        dossier=dossier, party="consulted", authority="x", organisation=body, sent_at=AT
    )
    people = {"board": member("bql", board), "body": member("btc", body)}
    people["stranger"] = member("ai-do", Organisation.objects.create(code="x", kind="ministry"))
    return dossier, opinion, people


def get(user, url):
    client = Client()
    client.force_login(user)
    return client.get(url)


@pytest.mark.parametrize(("fmt", "head"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_board_gets_its_letter_and_the_body_its_answer(asked, fmt, head):
    dossier, opinion, people = asked
    letter = get(people["board"], f"/dossiers/{dossier.public_id}/consult/letter.{fmt}")
    answer = get(people["body"], f"/opinions/{opinion.pk}/letter.{fmt}")
    for response in (letter, answer):
        assert response.status_code == 200 and response.content.startswith(head)
        assert "attachment" in response["Content-Disposition"]


def test_nobody_else_gets_them(asked):
    dossier, opinion, people = asked
    letter = f"/dossiers/{dossier.public_id}/consult/letter.pdf"
    answer = f"/opinions/{opinion.pk}/letter.pdf"
    assert get(people["body"], letter).status_code == 404
    assert get(people["stranger"], letter).status_code == 404
    assert get(people["stranger"], answer).status_code == 404
    assert get(people["board"], answer).status_code == 404
    assert get(people["board"], letter.replace(".pdf", ".exe")).status_code == 404
