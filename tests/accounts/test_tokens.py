"""Keys for programs."""

import datetime as dt

import pytest
from tests.accounts.cast import AT

from sinhthai.accounts.models import ApiToken, AuditEntry
from sinhthai.accounts.tokens import create_token, revoke_token, user_of_token

pytestmark = pytest.mark.postgres

LATER = AT + dt.timedelta(days=30)


@pytest.fixture
def token(editor):
    return create_token(user=editor, name="kho dữ liệu", at=AT, expires_at=LATER)


def test_a_token_names_its_person(token, editor):
    assert user_of_token(token[1], at=AT) == editor


def test_only_a_hash_is_kept(token):
    row, plain = token
    kept = ApiToken.objects.values().get(pk=row.pk)
    assert plain.split("_", 2)[2] not in str(kept)
    assert len(row.digest) == 64


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain[:-1] + ("a" if plain[-1] != "a" else "b"),
        lambda plain: plain.replace("st_", "xx_"),
        lambda plain: plain.rsplit("_", 1)[0],
        lambda plain: "",
        lambda plain: "st_00000000_" + plain.split("_", 2)[2],
        lambda plain: plain + "\0",
    ],
)
def test_a_wrong_token_names_nobody(token, spoil):
    assert user_of_token(spoil(token[1]), at=AT) is None


def test_a_token_ends_on_its_moment(token):
    assert user_of_token(token[1], at=LATER - dt.timedelta(seconds=1)) is not None
    assert user_of_token(token[1], at=LATER) is None


def test_a_revoked_token_names_nobody_and_is_revoked_once(token, editor):
    revoke_token(token=token[0], by=editor, at=AT)
    revoke_token(token=token[0], by=editor, at=LATER)
    assert user_of_token(token[1], at=AT) is None
    assert AuditEntry.objects.filter(action="accounts.revoke_token").count() == 1


def test_closing_the_account_closes_its_tokens(token, editor):
    editor.is_active = False
    editor.save()
    assert user_of_token(token[1], at=AT) is None


def test_last_use_is_kept_without_a_write_per_request(token, django_assert_num_queries):
    user_of_token(token[1], at=AT)
    with django_assert_num_queries(1):
        user_of_token(token[1], at=AT + dt.timedelta(seconds=59))
    token[0].refresh_from_db()
    assert token[0].last_used_at == AT


def test_the_page_shows_the_secret_once(editor, signed_in):
    client = signed_in(editor)
    page = client.post("/account/tokens/", {"name": "kho", "days": "30"}).content.decode()
    row = ApiToken.objects.get()
    assert f"st_{row.prefix}_" in page
    assert f"st_{row.prefix}_" not in client.get("/account/tokens/").content.decode()
    assert row.expires_at - row.created_at == dt.timedelta(days=30)


def test_a_token_without_a_name_is_refused_with_a_link_to_the_field(editor, signed_in):
    page = signed_in(editor).post("/account/tokens/", {"days": "30"}).content.decode()
    assert 'href="#id_name"' in page
    assert not ApiToken.objects.exists()


def test_a_stranger_cannot_revoke_my_token(token, other_admin, signed_in):
    assert signed_in(other_admin).post(f"/account/tokens/{token[0].pk}/revoke/").status_code == 404
    assert user_of_token(token[1], at=AT) is not None


def test_i_can_revoke_my_token_on_its_page(token, editor, signed_in):
    assert signed_in(editor).post(f"/account/tokens/{token[0].pk}/revoke/").status_code == 302
    assert user_of_token(token[1], at=AT) is None
