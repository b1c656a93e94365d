"""Every address of both rooms, asked by everybody, in every way it should not be asked."""

import pytest
from django.db import connection
from django.urls import resolve
from tests.certification.attacks.addresses import addresses
from tests.certification.attacks.stage import TRACES

from sinhthai.site.logs import _without_secret

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
# What anybody may read; and lists and forms that show each person only what is theirs.
PUBLIC = {
    "certificates", "certificate_export", "certificate", "certificate_pdf", "certificate_json",
    "certificate_issuers", "certificate_register", "certificate_status", "certificate_verify",
    "timeline", "supervision_feed",
}  # fmt: skip
OWN_LISTS = {
    "dossiers", "dossiers_export", "opinions", "opinions_export", "inspections", "supervision_desk",
    "inspections_export", "supervision_desk_export", "inspection_new", "supervision_feed_renew",
    "filings", "filings_export",
}  # fmt: skip
TERRITORY = {"supervision", "supervision_export", "supervision_board", "board_report"}
AWAY = (404, 405)
OUTSIDERS = ("rival", "stranger", "far_chair", "former", "no_role")
PARTIES = ("writer", "clerk", "head", "chair", "overseer", "recp_body")
HOSTILE = ("\x00", "²", "9" * 5000, "-1' OR 1=1 --%")


@pytest.fixture
def private(things):
    """Addresses about the park, the enterprise and their papers, the newest dossier's too."""
    named = addresses(things)
    assert {"dossier", "opinion", "filing", "inspection", "certificate_holding"} <= set(named)
    return {name: named[name] for name in set(named) - PUBLIC - OWN_LISTS}


def wrote(statements):
    return [
        sql for sql in statements
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql
    ]  # fmt: skip


class Statements:
    """What the store was asked, without the limit of the log of queries."""

    def __init__(self):
        self.said = []

    def __call__(self, execute, sql, params, many, context):
        self.said.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.parametrize("who", ["", *OUTSIDERS])
def test_an_outsider_finds_nothing_and_posts_nothing(private, as_, who):
    client, watched = as_(who), Statements()
    with connection.execute_wrapper(watched):
        for name, urls in private.items():
            if name in TERRITORY and who in ("stranger", "far_chair"):
                continue  # they have a territory of their own: another
            for url in urls:
                for answer in (client.get(url), client.post(url, {"step": "issue", "reason": "x"})):
                    sent_away = answer.status_code == 302 and "login" in answer["Location"]
                    assert answer.status_code in AWAY or sent_away, (who, name, answer.status_code)
    assert wrote(watched.said) == []


@pytest.mark.parametrize("who", PARTIES)
def test_no_page_runs_what_was_typed_and_no_reading_writes(things, as_, who):
    client, watched, read = as_(who), Statements(), 0
    with connection.execute_wrapper(watched):
        for name, urls in addresses(things).items():
            if (who != "chair" and "letter" in name) or name == "dossier_drawn":
                continue  # papers: another test
            for url in urls:
                answer = client.get(url)
                assert answer.status_code < 500, (name, url)
                if "html" in answer.headers.get("Content-Type", ""):
                    page = answer.content.decode()
                    assert not [trace for trace in TRACES if trace in page], (name, url)
                    assert ">49<" not in page
                    read += answer.status_code == 200
                elif answer.status_code == 200:
                    assert answer["X-Content-Type-Options"] == "nosniff", name
    assert read > 5 and wrote(watched.said) == []


def test_a_form_of_another_site_is_refused(things, as_):
    client = as_("head", enforce_csrf_checks=True)
    for name, urls in addresses(things).items():
        if not resolve(urls[0]).func.__name__.startswith("certificate_verify"):
            answer = client.post(urls[0], {"act": "ask", "step": "issue", "confirm": "on"})
            assert answer.status_code in (403, 405), name


def test_no_other_method_does_anything(things, as_):
    client, watched = as_("head"), Statements()
    with connection.execute_wrapper(watched):
        for name, urls in addresses(things).items():
            for method in ("PUT", "PATCH", "DELETE", "TRACE"):
                assert client.generic(method, urls[0]).status_code in (403, 404, 405), name
    assert wrote(watched.said) == []


@pytest.mark.parametrize("said", HOSTILE)
def test_no_question_breaks_a_list(things, as_, said):
    client = as_("head")
    asked = dict.fromkeys(
        ("q", "page", "sort", "kind", "state", "standing", "subject", "province", "year", "when",
         "view", "follow", "alert", "show", "late", "park", "enterprise"), said,
    )  # fmt: skip
    for name, urls in addresses(things).items():
        if name in (OWN_LISTS | TERRITORY | PUBLIC) - {"supervision_feed"}:
            assert client.get(urls[0], asked).status_code < 500, name
    about = asked | {"certificate": things.certificate.public_id}
    for more in (about, about | {"follow": ""}, asked | {"follow": "", "enterprise": ""}):
        assert client.get("/inspections/new/", more).status_code in (200, 404)


@pytest.mark.parametrize("said", ["\x00", "²", "9" * 5000, ""])
def test_no_number_of_a_form_breaks_a_page(things, as_, said):
    places = addresses(things)
    for who, name in (("clerk", "dossier_supplements"), ("clerk", "dossier_send"),
                      ("clerk", "dossier_withdraw"), ("chair", "dossier_decide"),
                      ("head", "dossier_case"), ("recp_body", "opinion"), ("writer", "filing"),
                      ("head", "certificate_suspension"), ("head", "certificate_revocation")):  # fmt: skip
        for url in places[name]:
            given = dict.fromkeys(
                ("version", "step", "reason", "then", "text", "act", "position", "letter", "alert",
                 "inspection", "facts", "suspend-alert", "suspend-clause", "confirm"), said or "1",
            )  # fmt: skip
            for then in (said, "send"):
                answer = as_(who).post(url, given | {"then": then})
                assert answer.status_code < 500, (name, url)


def test_the_log_does_not_give_the_calendar_away(things, rf):
    request = rf.get(f"/desk/calendar/{things.feed}.ics")
    request.resolver_match = resolve(request.path)
    assert things.feed not in _without_secret(request)
    assert _without_secret(request) == "/desk/calendar/….ics"


def test_a_form_with_a_nul_is_kept_nowhere(things, as_):
    url = f"/dossiers/{things.draft.public_id}/contents/explanation/"
    for client in (as_("clerk"), as_("")):
        assert client.post(url, {"explain:PARK-1": "a\0b"}).status_code == 400
    things.draft.refresh_from_db()
    assert "\0" not in str(things.draft.contents)
