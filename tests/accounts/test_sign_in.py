"""Signing in, with one factor and with two."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client, override_settings
from tests.accounts.cast import PASSWORD

from sinhthai.accounts.actions import add_person
from sinhthai.accounts.models import AuditEntry

pytestmark = pytest.mark.postgres

LOGIN = "/accounts/login/"


def try_to_sign_in(client, name, password=PASSWORD):
    return client.post(LOGIN, {"login": name, "password": password})


@pytest.mark.parametrize("name", ["editor", "EDITOR@example.vn"])
def test_a_person_signs_in_by_name_or_e_mail(editor, name):
    client = Client()
    assert try_to_sign_in(client, name).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_is_said_in_vietnamese_and_signs_nobody_in(editor):
    client = Client()
    answer = try_to_sign_in(client, "editor", "sai")
    assert "mật khẩu không đúng" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(editor):
    def errors(name):
        return re.findall(
            r'class="error-summary".*?</div>',
            try_to_sign_in(Client(), name, "sai").content.decode(),
            re.S,
        )

    assert errors("editor") == errors("nobody")
    assert errors("editor")


def test_after_five_wrong_tries_the_right_password_waits_too(editor):
    client = Client()
    for _try in range(5):
        try_to_sign_in(client, "editor", "sai")
    answer = try_to_sign_in(client, "editor")
    assert answer.status_code == 200
    assert "quá nhiều lần" in answer.content.decode()


def test_a_flood_of_tries_is_stopped_with_a_page_in_our_words(db):
    client = Client()
    answers = [try_to_sign_in(client, f"x{number}", "sai") for number in range(70)]
    assert answers[-1].status_code == 429
    assert "Thử quá nhiều lần" in answers[-1].content.decode()


def test_nobody_signs_up(db):
    client = Client()
    answer = client.post("/accounts/signup/", {"username": "moi", "password1": PASSWORD})
    assert "Không mở đăng ký" in answer.content.decode()


def test_signing_out_needs_a_click(editor, signed_in):
    client = signed_in(editor)
    client.get("/accounts/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/account/").status_code == 302


def test_a_one_time_password_leads_to_choosing_one(admin, office, settings):
    from tests.accounts.cast import AT

    _user, password = add_person(
        organisation=office,
        username="moi",
        full_name="Người mới",
        email="",
        role="viewer",
        by=admin,
        at=AT,
    )
    client = Client()
    try_to_sign_in(client, "moi", password)
    for path in ("/", "/account/", "/audit/"):
        assert client.get(path).headers["Location"] == "/accounts/password/change/"
    own = "mot-mat-khau-rieng"
    client.post(
        "/accounts/password/change/", {"oldpassword": password, "password1": own, "password2": own}
    )
    assert client.get("/account/").status_code == 200
    assert AuditEntry.objects.filter(
        action="accounts.change_password", actor__username="moi"
    ).exists()


@pytest.mark.parametrize("weak", ["ngan", "password123", "0123456789"])
def test_a_weak_password_is_refused(editor, signed_in, weak):
    client = signed_in(editor)
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )
    assert answer.status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_forgotten_password_is_renewed_by_mail(editor):
    client = Client()
    client.post("/accounts/password/reset/", {"email": "editor@example.vn"})
    body = mail.outbox[0].body
    assert "Tên đăng nhập của bạn là editor" in body
    link = re.search(r"http://testserver(\S+)", body)[1]
    own = "mot-mat-khau-khac"
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": own, "password2": own})
    assert try_to_sign_in(Client(), "editor", own).status_code == 302


@pytest.fixture
def two_factors(editor):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(editor, secret)
    RecoveryCodes.activate(editor)
    return secret


def code_now(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_the_second_factor_stands_between_password_and_site(editor, two_factors):
    client = Client()
    answer = try_to_sign_in(client, "editor")
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/account/").status_code == 302
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "Xác thực hai lớp" in page
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    assert client.get("/account/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code_now(two_factors)})
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_works_once(editor, two_factors):
    code = RecoveryCodes(editor.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    for expected in (200, 302):
        client = Client()
        try_to_sign_in(client, "editor")
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/account/").status_code == expected


def test_turning_on_the_second_factor_shows_a_qr_code_our_policy_allows(editor):
    client = Client()
    try_to_sign_in(client, "editor")
    assert client.get("/accounts/2fa/totp/activate/").status_code == 302  # asks who it is again
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    text = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in text
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    secret = re.search(r"<code>(\w+)</code>", text)[1]
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert done.status_code == 302
    assert editor.authenticator_set.filter(type="totp").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
        "/accounts/email/",
    ],
)
def test_pages_of_the_sign_in_library_speak_vietnamese_in_our_look(editor, two_factors, path):
    client = Client()
    try_to_sign_in(client, "editor")
    client.post("/accounts/2fa/authenticate/", {"code": code_now(two_factors)})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="brand"' in text
    main = re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index("</main>")])
    for english in (
        "Password",
        "Email",
        "Code",
        "Are you",
        "Generate",
        "Activate",
        "Confirm",
        "You ",
    ):
        assert english not in main


@override_settings(
    SOCIALACCOUNT_PROVIDERS={
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "office",
                    "name": "Cổng tỉnh",
                    "client_id": "c",
                    "secret": "s",
                    "settings": {"server_url": "https://id.example.vn"},
                }
            ]
        }
    }
)
def test_the_offices_own_sign_in_is_offered_where_configured(db):
    assert "Cổng tỉnh" in Client().get(LOGIN).content.decode()


def test_without_it_no_other_way_is_shown(db):
    assert "tài khoản của cơ quan" not in Client().get(LOGIN).content.decode()
