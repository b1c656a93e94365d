"""The list of dossiers: who sees which, how it is narrowed, and what it costs the store."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.certification.web_authority.cast import AT, make_dossier
from tests.site.reading import assert_nothing_inline

from sinhthai.certification.models import Dossier, Duty

pytestmark = pytest.mark.postgres
MOST_QUERIES = 10


def names(client, query=""):
    rows = client.get(f"/dossiers/{query}").context["rows"]
    return sorted(row.dossier.public_id for row in rows)


@pytest.fixture
def three(world):
    """A park's case under evaluation, an enterprise's case, a draft."""
    return (
        make_dossier(world.park, state="evaluating"),
        make_dossier(world.park, world.enterprise, state="accepted"),
        make_dossier(world.park, kind="recertify", state="draft", by=world.people["writer"]),
    )


def duty(dossier, due_on, **more):
    given = {
        "key": f"dossier:{dossier.pk}:{due_on}", "kind": "state.x", "party": "receiver",
        "holder": "management_board", "province": "79", "park": dossier.park, "dossier": dossier,
        "title_vi": "Đánh giá", "title_en": "Evaluate", "url": "/", "since": AT, "due_on": due_on,
    }  # fmt: skip
    return Duty.objects.create(**(given | more))


def test_each_sees_what_is_theirs(three, as_):
    park, eco, draft = (one.public_id for one in three)
    seen = {
        "head": sorted([park, eco]),
        "chair": [park],
        "overseer": sorted([park, eco]),
        "owner": [eco],
        "writer": sorted([park, draft]),
        "stranger": [],
        "environment_ministry": [],
    }
    assert {who: names(as_(who)) for who in seen} == seen


def test_nobody_is_asked_to_sign_in(world, as_):
    for address in ("/dossiers/", "/dossiers.xlsx", "/opinions/", "/opinions.csv"):
        answer = as_(None).get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("?q=hiep+phuoc", (0, 1)),
        ("?q=Xi+măng", (1,)),
        ("?kind=issue", (0, 1)),
        ("?kind=revoke", ()),
        ("?subject=enterprise", (1,)),
        ("?subject=park", (0,)),
        ("?state=accepted", (1,)),
        ("?state=no-such-state", (0, 1)),
        ("?standing=closed", ()),
        ("?late=1", (0,)),
        ("?mine=1", (0,)),
    ],
)
def test_filters_narrow(three, as_, query, which):
    duty(three[0], timezone.localdate() - dt.timedelta(days=3))
    duty(three[1], timezone.localdate() + dt.timedelta(days=3), holder="enterprise")
    assert names(as_("head"), query) == sorted(three[i].public_id for i in which)


def test_the_number_finds_one(three, as_):
    assert names(as_("head"), f"?q={three[1].public_id}") == [three[1].public_id]


def test_late_says_by_how_many_days(three, as_):
    duty(three[0], timezone.localdate() - dt.timedelta(days=3))
    html = as_("head", "en").get("/dossiers/?late=1").content.decode()
    assert "3 days late" in html
    assert "Evaluate" in html


@pytest.mark.parametrize("sort", ["due", "-due", "state", "-accepted", "subject", "created", "?"])
def test_every_sort_keeps_every_row(three, as_, sort):
    duty(three[0], timezone.localdate())
    assert len(names(as_("head"), f"?sort={sort}")) == 2


def test_due_sorts_what_has_no_day_last(three, as_):
    duty(three[0], timezone.localdate() + dt.timedelta(days=9))
    for sort in ("due", "-due"):
        rows = as_("head").get(f"/dossiers/?sort={sort}").context["rows"]
        assert rows[0].dossier == three[0]


def test_empty_says_what_to_do(world, as_):
    html = as_("head", "en").get("/dossiers/").content.decode()
    assert "No dossier yet" in html
    html = as_("head", "en").get("/dossiers/?q=zzz").content.decode()
    assert "No dossier fits these filters" in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_long_list_asks_little_of_the_store(world, as_, language):
    given = make_dossier(world.park, state="evaluating")
    values = {
        field.attname: getattr(given, field.attname)
        for field in Dossier._meta.concrete_fields
        if field.attname not in ("id", "public_id", "is_open")
    }
    Dossier.objects.bulk_create(
        Dossier(**values, public_id=f"x{number}", is_open=False) for number in range(400)
    )
    Duty.objects.bulk_create(
        Duty(key=f"k{one.pk}", kind="state.x", party="receiver", holder="management_board",
             province="79", park=world.park, dossier=one, title_vi="a", title_en="a", url="/",
             since=AT, due_on=AT.date())
        for one in Dossier.objects.all()
    )  # fmt: skip
    client = as_("head", language)
    for query in ("", "?sort=due&late=1&mine=1&q=hiep", "?page=3&sort=-due"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/dossiers/{query}")
        assert answer.status_code == 200
        assert len(queries) <= MOST_QUERIES, [one["sql"][:90] for one in queries]
        assert len(answer.context["rows"]) == 50
        assert_nothing_inline(answer.content.decode())


def test_export_holds_what_is_filtered(three, as_):
    answer = as_("head").get("/dossiers.csv?subject=enterprise")
    text = answer.content.decode("utf-8-sig")
    assert three[1].public_id in text
    assert three[0].public_id not in text
    assert as_("head").get("/dossiers.xlsx").status_code == 200
    assert as_("head").get("/dossiers.pdf").status_code == 404
