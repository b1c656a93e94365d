"""What a person reaches follows from the organisations they belong to."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.accounts.cast import AT, organisation, person

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import AuditEntry, Membership, User
from sinhthai.accounts.policy import audit_visible, forget_scopes, scopes_of
from sinhthai.foundation.text import Text

pytestmark = pytest.mark.postgres


def test_nobody_reaches_anything():
    assert scopes_of(AnonymousUser()).roles_at(park="hiep-phuoc") == frozenset()


def test_roles_add_up_over_organisations(db):
    user = person("hai", organisation("a", ("park", "hiep-phuoc")), "viewer")
    board = organisation("board", ("province", "79"), kind="management_board")
    Membership.objects.create(user=user, organisation=board, role="approver")
    scopes = scopes_of(user)
    assert scopes.roles_at(park="hiep-phuoc", province="79") == {"viewer", "approver"}
    assert scopes.roles_at(park="tan-do", province="75") == frozenset()
    assert scopes.kinds == {"operator", "management_board"}


def test_the_country_reaches_every_park(db):
    user = person("bo", organisation("ministry", ("country", ""), kind="ministry"), "viewer")
    assert scopes_of(user).country
    assert scopes_of(user).roles_at(park="any", province="01") == {"viewer"}


def test_scopes_are_read_once_and_can_be_forgotten(editor, django_assert_num_queries):
    with django_assert_num_queries(1):
        scopes_of(editor)
        scopes_of(editor)
    Membership.objects.filter(user=editor).update(role="admin")
    assert scopes_of(editor).parks["hiep-phuoc"] == {"editor"}
    forget_scopes(editor)
    assert scopes_of(editor).parks["hiep-phuoc"] == {"admin"}


def test_a_closed_account_reaches_nothing(editor):
    editor.is_active = False
    assert not scopes_of(editor).parks


def test_an_organisation_without_scopes_reaches_nothing(db):
    assert not scopes_of(person("mot", organisation("empty"))).parks


@pytest.fixture
def entries(admin, other_admin):
    def write(actor, **more):
        return record_audit(
            actor=actor, action="test.done", at=AT, summary=Text("xong", "done"), **more
        )

    return {
        "own": write(admin, park_code="tan-do"),
        "others": write(other_admin, park_code="tan-do"),
        "house": write(other_admin, object_kind="organisation", object_code="office"),
        "system": write(None, park_code="hiep-phuoc"),
    }


def test_people_read_their_parks_their_organisation_and_their_own_deeds(admin, entries):
    read = set(audit_visible(admin, ["hiep-phuoc"]))
    assert read == {entries["own"], entries["house"], entries["system"]}


def test_a_stranger_reads_only_their_own_deeds(db, entries):
    assert not audit_visible(person("la", organisation("x", ("park", "moi"))), ["moi"]).exists()


def test_the_ministry_reads_all_and_the_public_nothing(db, entries):
    ministry = person("bo", organisation("ministry", ("country", ""), kind="ministry"), "viewer")
    assert audit_visible(ministry).count() == AuditEntry.objects.count() == 4
    assert not audit_visible(AnonymousUser()).exists()


def test_a_superuser_holds_every_role(db):
    root = User.objects.create_superuser("root")
    assert scopes_of(root).roles_at(park="any") == set(Membership.Role.values)


def test_a_scope_without_a_code_reaches_nothing(db):
    user = person("lost", organisation("lost", ("enterprise", ""), ("park", ""), ("province", "")))
    assert scopes_of(user).roles_at(park="hiep-phuoc", province="79") == frozenset()
