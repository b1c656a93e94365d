"""``sinhthai users``."""

import pytest
import typer
from typer.testing import CliRunner

from sinhthai.accounts import commands
from sinhthai.accounts.models import AuditEntry, Organisation, Scope, User
from sinhthai.accounts.policy import scopes_of

app = typer.Typer()
commands.register(app)


@app.callback()
def _root():
    """Stand for the whole command line."""


@pytest.fixture
def run(db):
    return lambda *words: CliRunner().invoke(app, ["users", *words])


def test_the_first_person_of_a_new_house(run):
    done = run(
        "create",
        "an",
        "--organisation",
        "bql",
        "--kind",
        "management_board",
        "--title",
        "Ban quản lý",
        "--role",
        "admin",
    )
    assert done.exit_code == 0, done.output
    password = done.output.split()[1]
    user = User.objects.get(username="an")
    assert user.check_password(password)
    assert user.must_change_password
    assert Organisation.objects.get(code="bql").kind == "management_board"


def test_an_unknown_organisation_says_how_to_create_it(run):
    done = run("create", "an", "--organisation", "bql")
    assert done.exit_code == 2
    assert "--kind" in done.output
    assert not User.objects.exists()


def test_a_wrong_role_names_the_right_ones(run, office):
    done = run("create", "an", "--organisation", "office", "--role", "king")
    assert done.exit_code == 2
    assert "approver" in done.output


def test_granting_reach(run, editor):
    assert run("grant", "office", "province", "79").exit_code == 0
    assert run("grant", "office", "province", "79").exit_code == 0
    assert Scope.objects.filter(kind="province", code="79").count() == 1
    assert scopes_of(editor).provinces["79"] == {"editor"}


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere", "country"),
        ("office", "planet", "x"),
        ("office", "province"),
        ("office", "country", "vn"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(run, office, words):
    assert run("grant", *words).exit_code == 2
    assert Scope.objects.count() == 1


def test_a_body_is_appointed_and_can_be_asked(run, db):
    Organisation.objects.create(
        code="so-nnmt", kind="department", name_vi="Sở Nông nghiệp và Môi trường"
    )
    for _again in range(2):
        done = run("appoint", "so-nnmt", "environment_dept", "--province", "31")
        assert done.exit_code == 0, done.output
    body = Organisation.objects.get(code="so-nnmt")
    assert (body.authority, body.province) == ("environment_dept", "31")
    assert AuditEntry.objects.filter(action="accounts.appoint").count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "environment_dept", "--province", "31"), "No organisation"),
        (("so-nnmt", "weather_dept", "--province", "31"), "environment_dept"),
        (("so-nnmt", "environment_ministry"), "must be of the kind ministry"),
        (("so-nnmt", "environment_dept"), "--province"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(run, db, words, said):
    Organisation.objects.create(
        code="so-nnmt", kind="department", name_vi="Sở Nông nghiệp và Môi trường"
    )
    done = run("appoint", *words)
    assert done.exit_code == 2
    assert said in done.output
    assert Organisation.objects.get(code="so-nnmt").authority == ""


def test_a_ministry_belongs_to_no_province(run, db):
    Organisation.objects.create(
        code="bo-nnmt", kind="ministry", name_vi="Bộ Nông nghiệp và Môi trường"
    )
    done = run("appoint", "bo-nnmt", "environment_ministry", "--province", "31")
    assert done.exit_code == 2
    assert "belongs to no province" in done.output


def test_a_new_password(run, editor):
    done = run("password", "editor")
    editor.refresh_from_db()
    assert editor.check_password(done.output.split()[1])
    assert run("password", "nobody").exit_code == 2


def test_the_list_names_everybody(run, admin, editor):
    done = run("list")
    assert "admin" in done.output
    assert "editor" in done.output


def test_a_refused_person_leaves_no_empty_organisation(run):
    assert run("create", "an", "--organisation", "one", "--kind", "adviser").exit_code == 0
    done = run("create", "an", "--organisation", "two", "--kind", "adviser")
    assert done.exit_code != 0
    assert not Organisation.objects.filter(code="two").exists()
