"""An organisation's administrator looks after its people, and only its."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook
from tests.accounts.cast import AT, PASSWORD, organisation

from sinhthai.accounts import actions
from sinhthai.accounts.models import AuditEntry, Membership, User
from sinhthai.accounts.tokens import create_token, user_of_token
from sinhthai.foundation.problems import InputError

PAGE = "/organisations/office/people/"


def membership(user):
    return Membership.objects.select_related("user", "organisation").get(user=user)


def test_the_administrator_adds_a_person_and_hands_over_a_password(admin, signed_in):
    client = signed_in(admin)
    page = client.post(
        PAGE, {"full_name": "Trần Thị Bé", "username": "be", "email": "", "role": "editor"}
    ).content.decode()
    password = re.search(r'id="secret">([^<]+)<', page)[1]
    person = User.objects.get(username="be")
    assert person.check_password(password)
    assert person.must_change_password
    assert membership(person).role == "editor"
    assert password not in client.get(PAGE).content.decode()


def test_one_time_passwords_are_long_and_never_the_same():
    made = {actions.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password.replace("-", "")) == 15 for password in made)


def test_a_taken_name_is_refused_in_any_case(admin, signed_in):
    page = (
        signed_in(admin)
        .post(PAGE, {"full_name": "A", "username": "ADMIN", "role": "viewer"})
        .content.decode()
    )
    assert "đã có người dùng" in page
    assert User.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "other_admin", None])
def test_others_find_no_such_page(request, office, who, signed_in):
    user = request.getfixturevalue(who) if who else None
    answer = signed_in(user).get(PAGE)
    assert answer.status_code == (404 if who else 302)


def test_others_change_nobody(admin, other_admin, editor, signed_in):
    answer = signed_in(other_admin).post(f"{PAGE}{membership(editor).pk}/", {"do": "close"})
    assert answer.status_code == 404
    editor.refresh_from_db()
    assert editor.is_active


def test_an_administrator_cannot_reach_into_another_organisation_by_number(
    admin, other_admin, signed_in
):
    answer = signed_in(admin).post(f"{PAGE}{membership(other_admin).pk}/", {"do": "close"})
    assert answer.status_code == 404


def test_a_role_is_changed_and_told_in_words(admin, editor, signed_in):
    signed_in(admin).post(f"{PAGE}{membership(editor).pk}/", {"do": "role", "role": "approver"})
    assert membership(editor).role == "approver"
    entry = AuditEntry.objects.get(action="accounts.change_role")
    assert entry.summary_vi == "Đổi vai trò của Người editor"
    assert entry.detail == {"username": "editor", "before": "editor", "after": "approver"}


def test_the_last_administrator_stays(admin, editor, signed_in):
    client = signed_in(admin)
    own = f"{PAGE}{membership(admin).pk}/"
    for change in ({"do": "role", "role": "viewer"}, {"do": "close"}):
        page = client.post(own, change, follow=True).content.decode()
        assert "người quản trị cuối cùng" in page
    assert membership(admin).role == "admin"
    assert client.get(PAGE).status_code == 200


def test_a_closed_account_is_signed_out_and_its_tokens_end(admin, editor, signed_in):
    theirs = signed_in(editor)
    _token, plain = create_token(user=editor, name="x", at=AT, expires_at=None)
    signed_in(admin).post(f"{PAGE}{membership(editor).pk}/", {"do": "close"})
    assert theirs.get("/account/").status_code == 302
    signed_in(admin).post(f"{PAGE}{membership(editor).pk}/", {"do": "reopen"})
    assert user_of_token(plain, at=AT) is None
    editor.refresh_from_db()
    assert editor.is_active


def test_a_forgotten_password_is_renewed(admin, editor, signed_in):
    page = (
        signed_in(admin)
        .post(f"{PAGE}{membership(editor).pk}/", {"do": "password"})
        .content.decode()
    )
    password = re.search(r'id="secret">([^<]+)<', page)[1]
    editor.refresh_from_db()
    assert editor.check_password(password)
    assert not editor.check_password(PASSWORD)


def test_an_unknown_change_is_no_page(admin, editor, signed_in):
    assert (
        signed_in(admin).post(f"{PAGE}{membership(editor).pk}/", {"do": "make-king"}).status_code
        == 404
    )
    assert (
        signed_in(admin)
        .post(f"{PAGE}{membership(editor).pk}/", {"do": "role", "role": "king"})
        .status_code
        == 404
    )


def test_a_superuser_is_out_of_an_administrators_reach(admin, office, signed_in):
    root = User.objects.create_superuser("root")
    Membership.objects.create(user=root, organisation=office, role="viewer")
    assert (
        signed_in(admin).post(f"{PAGE}{membership(root).pk}/", {"do": "password"}).status_code
        == 404
    )


def test_the_list_is_searched_filtered_and_exported(admin, editor, signed_in):
    client = signed_in(admin)
    assert "Người editor" not in client.get(PAGE + "?q=admin").content.decode()
    assert (
        "Người admin" not in client.get(PAGE + "?role=editor").content.decode().split("<tbody>")[1]
    )
    rows = (
        CalamineWorkbook.from_filelike(
            io.BytesIO(client.get("/organisations/office/people.xlsx").content)
        )
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[0][0] == "Họ và tên"
    assert {row[1] for row in rows[1:]} == {"admin", "editor"}


def test_a_name_that_looks_like_a_formula_stays_a_text(admin, signed_in, editor):
    User.objects.filter(pk=editor.pk).update(last_name="=1+1")
    text = signed_in(admin).get("/organisations/office/people.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text


def test_actions_refuse_without_writing(office, admin):
    with pytest.raises(InputError, match="taken"):
        actions.add_person(
            organisation=office,
            username="Admin",
            full_name="",
            email="",
            role="viewer",
            by=admin,
            at=AT,
        )
    assert not AuditEntry.objects.exists()


def test_the_profile_says_for_whom_i_act_and_what_it_reaches(admin, signed_in):
    page = signed_in(admin).get("/account/").content.decode()
    assert "Tổ chức office" in page
    assert "hiep-phuoc" in page
    assert 'href="/organisations/office/people/"' in page


@pytest.mark.parametrize("deed", ["password", "close", "reopen"])
def test_an_account_of_another_organisation_too_is_not_taken_over(deed, admin, editor, signed_in):
    ministry = organisation("ministry", ("country", ""), kind="ministry")
    Membership.objects.create(user=editor, organisation=ministry, role="viewer")
    own = Membership.objects.get(user=editor, organisation__code="office")
    assert signed_in(admin).post(f"{PAGE}{own.pk}/", {"do": deed}).status_code == 404
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
    assert editor.is_active
