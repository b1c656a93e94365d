"""The API: who is let in, how errors are said, and that no input breaks it."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.site.cast import AT
from tests.site.openapi import SNAPSHOT, described

from sinhthai.accounts.tokens import create_token, revoke_token
from sinhthai.site.api import api

INSIDE = "/api/parks/hiep-phuoc/reports"


@pytest.fixture
def token(owner):
    return create_token(user=owner, name="kho", at=AT, expires_at=None)


def ask(address, plain=None, **options):
    headers = {"authorization": f"Bearer {plain}"} if plain is not None else {}
    return Client(headers=headers).get(address, **options)


def test_the_public_reads_what_is_public_without_a_token(db):
    answer = ask("/api/rules")
    assert answer.status_code == 200
    assert "vn-eip" in {row["family"] for row in answer.json()}


def test_the_inside_of_a_park_is_not_there_for_the_public_and_strangers(park, stranger):
    _row, theirs = create_token(user=stranger, name="x", at=AT, expires_at=None)
    for answer in (ask(INSIDE), ask(INSIDE, theirs)):
        assert answer.status_code == 404
        assert answer.json() == {"type": "about:blank", "title": "Not found", "status": 404}
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_opens_what_its_person_may_see(token):
    assert ask(INSIDE, token[1]).status_code == 200


def test_a_session_opens_it_too(owner, signed_in):
    assert signed_in(owner).get(INSIDE).status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [lambda plain: plain[:-2], lambda plain: "x", lambda plain: "", lambda plain: "st_a_b\x00"],
)
@pytest.mark.parametrize("address", [INSIDE, "/api/rules"])
def test_a_wrong_token_is_refused_even_where_none_is_needed(token, spoil, address):
    answer = ask(address, spoil(token[1]))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["title"] == "Sign in"


def test_a_revoked_token_is_refused(token, owner):
    revoke_token(token=token[0], by=owner, at=AT)
    assert ask(INSIDE, token[1]).status_code == 401


def test_a_token_past_its_end_is_refused(owner):
    _row, plain = create_token(user=owner, name="x", at=AT, expires_at=AT)
    assert ask(INSIDE, plain).status_code == 401


def test_another_way_of_signing_in_is_refused(token):
    answer = Client(headers={"authorization": f"Basic {token[1]}"}).get(INSIDE)
    assert answer.status_code == 401


def test_acts_need_a_person(park):
    assert Client().post("/api/parks/hiep-phuoc/imports").status_code == 401


def test_a_session_acts_only_with_its_proof(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post("/api/parks/hiep-phuoc/assessments", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_acts_without_a_proof(token):
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {token[1]}"})
    answer = client.post("/api/parks/hiep-phuoc/imports", {"year": "2025"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "file.workbook"


def test_what_was_not_understood_is_named(token):
    answer = ask("/api/rules/vn-eip?on=yesterday", token[1])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.on"


def test_an_address_the_api_has_not_is_a_problem_document(db):
    answer = ask("/api/nothing")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_bad_files_are_answered_with_every_problem_and_its_cure(token):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = Client(headers={"authorization": f"Bearer {token[1]}"})
    answer = client.post(
        "/api/parks/hiep-phuoc/imports",
        {"year": "2025", "workbook": SimpleUploadedFile("x.xlsx", b"not a workbook")},
    )
    assert answer.status_code == 422
    first = answer.json()["problems"][0]
    assert first["message"]["vi"]
    assert first["cure"]["en"]


def test_the_description_is_the_one_reviewed():
    """Regenerate with ``python -m tests.site.openapi`` and look at the difference."""
    assert described() == json.loads(SNAPSHOT.read_text())


def test_every_operation_says_what_it_does_and_has_its_own_id():
    operations = [
        operation for path in described()["paths"].values() for operation in path.values()
    ]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] and operation["tags"] for operation in operations)


def test_the_documentation_page_works_under_our_policy_and_offline(db):
    html = Client().get("/api/docs").content.decode()
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.S):
        assert "src=" in attributes or 'type="application/json"' in attributes
        assert "src=" not in attributes or not body.strip()
    for source in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert source.startswith(("/", "#"))
        if source.startswith("/static/"):
            answer = Client().get(source)
            answer.close()
            assert answer.status_code == 200


def test_the_version_is_the_packages_own():
    from sinhthai import __version__

    assert api.version == __version__
    assert Path(SNAPSHOT).parent == Path(__file__).parent
