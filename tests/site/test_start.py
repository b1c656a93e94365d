"""After signing in: where each person's work is."""

import pytest
from django.test import Client
from tests.site.cast import make_person

from sinhthai.accounts.models import Scope

pytestmark = pytest.mark.postgres
PASSWORD = "mot-mat-khau-dai"


def lands(user, query=""):
    """Return where *user* stands after signing in with a password."""
    user.set_password(PASSWORD)
    user.save()
    sent = {"login": user.username, "password": PASSWORD}
    return Client().post(f"/accounts/login/{query}", sent, follow=True).redirect_chain[-1][0]


def test_a_park_office_sees_its_park(owner, other_park):
    assert lands(owner) == "/parks/hiep-phuoc/"


def test_an_enterprise_sees_itself_by_code_or_tax_code(enterprise):
    assert lands(make_person("firm", "enterprise", "enterprise", "0300588569")) == (
        "/enterprises/0300588569/"
    )


def test_an_office_of_two_parks_sees_the_country(owner, other_park):
    body = owner.memberships.get().organisation
    Scope.objects.create(organisation=body, kind="park", code=other_park.code)
    assert lands(owner) == "/"


def test_others_see_the_country(ministry, park, other_park):
    assert lands(ministry) == "/"
    assert lands(make_person("nowhere", "adviser", "park", "gone")) == "/"


def test_a_page_asked_for_before_signing_in_comes_first(owner):
    assert lands(owner, "?next=/parks/hiep-phuoc/reports/") == "/parks/hiep-phuoc/reports/"


def test_nobody_is_asked_to_sign_in(db):
    assert Client().get("/start/").headers["Location"].startswith("/accounts/login/")
