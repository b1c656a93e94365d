"""What every page has: language, headers, policy, a way out of errors."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path
from tests.site.reading import assert_nothing_inline

from sinhthai.site import urls

PUBLIC = ["/", "/parks/", "/rules/", "/accounts/login/", "/nothing-here/"]


def _break(request):
    raise RuntimeError("on purpose")


def _too_big(request):
    raise RequestDataTooBig("on purpose")


def _odd(request):
    raise SuspiciousOperation("on purpose")


urlpatterns = [
    *urls.urlpatterns,
    path("break/", _break),
    path("api/break/", _break),
    path("too-big/", _too_big),
    path("odd/", _odd),
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500


@pytest.fixture
def broken(db):
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def test_pages_are_vietnamese_whatever_the_browser_wishes(park):
    page = Client(headers={"accept-language": "en-US"}).get("/accounts/login/")
    assert '<html lang="vi">' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


def test_english_is_one_click_away_and_stays(park):
    client = Client()
    answer = client.post("/language/", {"language": "en", "next": "/accounts/login/?next=/audit/"})
    assert answer.headers["Location"] == "/accounts/login/?next=/audit/"
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Sign in" in page


def test_the_language_switch_leads_nowhere_else(park):
    answer = Client().post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert "evil" not in answer.headers["Location"]


def test_an_unknown_language_is_vietnamese(park):
    client = Client()
    client.cookies["language"] = "xx"
    assert '<html lang="vi">' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_has_the_headers_that_protect_it(park, address):
    headers = Client().get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    for directive in ("default-src", "script-src", "style-src"):
        assert policy[directive] == "'self'"
    for directive in ("object-src", "frame-ancestors", "base-uri"):
        assert policy[directive] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Request-ID"]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_carries_what_the_policy_would_refuse(park, address, language):
    client = Client()
    client.cookies["language"] = language
    assert_nothing_inline(client.get(address).content.decode())


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_can_be_read_by_a_screen_reader(park, address):
    html = Client().get(address).content.decode()
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert 'class="skip" href="#main"' in html
    assert re.search(r"<title>.+ · Sinh Thái</title>", html, re.S)
    for image in re.findall(r"<img[^>]*>", html):
        assert "alt=" in image
    for field in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        labelled = re.search(r'id="([^"]+)"', field)
        assert (
            'type="hidden"' in field
            or "aria-label" in field
            or (labelled and f'for="{labelled[1]}"' in html)
            or re.search(r"<label[^>]*>(?:(?!</label>).)*" + re.escape(field), html, re.S)
        ), field


def test_a_page_that_is_not_there_helps_on(park):
    page = Client().get("/khong-co/?x=1")
    html = page.content.decode()
    assert page.status_code == 404
    assert "Không có trang này" in html
    assert "/accounts/login/?next=/khong-co/%3Fx%3D1" in html


def test_something_broken_says_so_with_a_number_to_tell(broken):
    page = broken.get("/break/")
    assert page.status_code == 500
    assert "Hệ thống gặp lỗi" in page.content.decode()
    assert page.headers["X-Request-ID"] in page.content.decode()
    assert "on purpose" not in page.content.decode()


def test_the_page_for_broken_things_needs_no_store(broken, django_assert_num_queries):
    with django_assert_num_queries(0):
        broken.get("/break/")


def test_under_the_api_broken_things_are_problem_documents(broken):
    answer = broken.get("/api/break/")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 500


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/too-big/", 413, "Tệp quá lớn"), ("/odd/", 400, "Không đọc được")],
)
def test_what_cannot_be_read_is_said(broken, address, status, words):
    page = broken.get(address)
    assert page.status_code == status
    assert words in page.content.decode()


def test_a_form_without_its_proof_is_refused_in_words(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    page = client.post("/account/tokens/", {"name": "x", "days": "30"})
    assert page.status_code == 403
    assert "Không nhận được biểu mẫu" in page.content.decode()


def test_what_signed_in_people_read_is_not_kept_by_others(owner, signed_in):
    assert "private" in signed_in(owner).get("/account/").headers["Cache-Control"]


def test_health(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = Client().get("/healthz")
    assert answer.content == b"ok\n"


def test_static_files_are_all_ours(db):
    client = Client()
    for name in ("site/site.css", "site/site.js", "site/favicon.svg", "vendor/htmx/htmx.min.js"):
        answer = client.get(f"/static/{name}")
        answer.close()
        assert answer.status_code == 200


def test_every_font_the_stylesheet_names_is_there(db):
    client = Client()
    css = b"".join(client.get("/static/site/site.css")).decode()
    fonts = re.findall(r'url\("\.\./([^"]+)"\)', css)
    assert len(fonts) == 6
    for font in fonts:
        answer = client.get(f"/static/{font}")
        answer.close()
        assert answer.status_code == 200
    assert "http" not in re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def test_the_tabs_depend_on_who_one_is(owner, inspector, signed_in):
    def tabs(user):
        html = signed_in(user).get("/account/" if user else "/accounts/login/").content.decode()
        return re.findall(
            r">([^<]+)</a>", html[html.index("<nav aria-label") : html.index("</nav>")]
        )

    known = ["Cả nước", "Khu công nghiệp", "Giấy chứng nhận"]
    assert tabs(None) == [*known, "Cộng sinh", "Quy định"]
    assert tabs(owner) == ["Việc đến hạn", *known, "Báo cáo", "Cộng sinh", "Quy định"]
    overseen = ["Giám sát", "Cộng sinh", "Quy định", "RECP"]
    assert tabs(inspector) == ["Việc đến hạn", *known, *overseen]


def test_what_concerns_the_person_stands_in_their_own_menu(owner, signed_in):
    html = signed_in(owner).get("/account/").content.decode()
    menu = html[html.index('<details class="me">') : html.index("</details>")]
    assert re.findall(r">([^<>]+)</(?:a|button)>", menu) == [
        "Tài khoản của bạn",
        "Nhật ký",
        "Đăng xuất",
    ]
    assert 'class="me"' not in Client().get("/accounts/login/").content.decode()
