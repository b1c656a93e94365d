"""The pages of the applicant and of the dossier: what they say, and what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site.reading import assert_nothing_inline

from sinhthai.certification.models import Dossier

from .conftest import report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MOST_QUERIES = 12  # ten for the page, two to know who asks
PAGES = ("dossier", "dossier_contents", "dossier_papers", "dossier_supplements", "timeline")


def pages_of(dossier):
    own = [reverse(name, args=[dossier.public_id]) for name in PAGES]
    return [
        *own,
        reverse("dossier_send", args=[dossier.public_id]),
        reverse("dossier_withdraw", args=[dossier.public_id]),
        reverse("dossier_changes", args=[dossier.public_id]),
        reverse("dossier_write", args=[dossier.public_id, "applicant"]),
        reverse("dossier_write", args=[dossier.public_id, "explanation"]),
        reverse("dossier_upload", args=[dossier.public_id, "letter"]),
        reverse("park_certification", args=[dossier.park.code]),
        reverse("park_apply", args=[dossier.park.code]),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("stage", ["ready", "asked"])
def test_every_page_is_cheap_and_of_one_language(request, stage, language, sender, sign_in):
    dossier = request.getfixturevalue(stage)
    client = sign_in(sender, language)
    wrong = []
    for url in pages_of(dossier):
        if url.startswith("/timeline/") if stage == "ready" else url.endswith("/send/"):
            continue  # a draft has no timeline; what was sent is not sent again
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        html = answer.content.decode()
        assert answer.status_code == 200, url
        assert_nothing_inline(html)
        assert f'<html lang="{language}">' in html
        if len(re.findall(r"<h1[ >]", html)) != 1:
            wrong.append(f"{url}: not one h1")
        if len(queries) > MOST_QUERIES:
            wrong.append(f"{url}: {len(queries)} queries")
    assert wrong == []


def test_the_authority_asks_the_store_little_too(asked, board, committee, ministry, sign_in):
    for user in (board, committee, ministry):
        client = sign_in(user)
        for name in PAGES:
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(name, args=[asked.public_id]))
            assert len(queries) <= MOST_QUERIES, (user, name, len(queries))


def test_the_start_page_says_what_is_there_and_what_to_do(park, writer, board, sign_in):
    url = reverse("park_certification", args=[park.code])
    mine = sign_in(writer).get(url).content.decode()
    assert "This park has no eco-industrial park certificate." in mine
    assert "No dossier yet." in mine
    assert reverse("park_apply", args=[park.code]) in mine
    theirs = sign_in(board).get(url).content.decode()
    assert reverse("park_apply", args=[park.code]) not in theirs
    assert "Only the office of the park can apply." in theirs


def test_the_park_and_the_enterprise_lead_to_their_certification(park, enterprise, writer, sign_in):
    client = sign_in(writer)
    start = reverse("park_certification", args=[park.code])
    assert f'href="{start}"' in client.get(f"/parks/{park.code}/").content.decode()
    own = reverse("enterprise_certification", args=[enterprise.code])
    assert f'href="{own}"' in client.get(f"/enterprises/{enterprise.code}/").content.decode()
    assert f'href="{start}"' not in sign_in(None).get(f"/parks/{park.code}/").content.decode()


def test_applying_opens_a_draft_on_the_day_and_year_asked(park, writer, sign_in):
    report(park, plan_area_ha=240)
    client = sign_in(writer)
    url = reverse("park_apply", args=[park.code])
    answer = client.post(url, {"on": "2026-05-04", "year": "2025"} | readings(client.get(url)))
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("dossier", args=[dossier.public_id])
    assert (dossier.state, dossier.year, str(dossier.on)) == ("draft", 2025, "2026-05-04")
    again = client.post(url, {"on": "2026-05-04", "year": "2025"} | readings(client.get(url)))
    assert again.status_code == 422 and Dossier.objects.count() == 1


def readings(page):
    form = page.context["form"]
    return {field.name: field.initial for field in form.readings}


def test_a_day_to_come_is_refused_beside_its_field(park, writer, sign_in):
    url = reverse("park_apply", args=[park.code])
    client = sign_in(writer)
    answer = client.post(url, {"on": "2999-01-01", "year": "2025"} | readings(client.get(url)))
    body = answer.content.decode()
    assert answer.status_code == 422 and Dossier.objects.count() == 0
    assert 'href="#id_on"' in body and "Choose a day up to today" in body


def test_the_draft_lists_what_is_missing_and_leads_there(dossier, writer, sign_in):
    page = sign_in(writer).get(reverse("dossier", args=[dossier.public_id]))
    body = page.content.decode()
    assert page.context["missing"]
    for one in page.context["missing"]:
        assert f'href="{one.url}"' in body
    states = {task.id: task.state for task in page.context["tasks"]}
    assert states["write"] == "todo" and states["send"] == "waiting"


def test_the_tasks_are_done_one_after_another(ready, writer, sign_in):
    page = sign_in(writer).get(reverse("dossier", args=[ready.public_id]))
    states = {task.id: task.state for task in page.context["tasks"]}
    assert states["write"] == states["assemble"] == states["paper-letter"] == "done"


def test_a_section_is_written_kept_and_shown(dossier, writer, sign_in):
    client = sign_in(writer)
    url = reverse("dossier_write", args=[dossier.public_id, "operation"])
    given = {"operation": "Dòng một\r\nDòng hai", "attraction": "<b>đậm</b>", "then": "next"}
    answer = client.post(url, given)
    assert answer.headers["Location"].endswith("/contents/explanation/")
    dossier.refresh_from_db()
    assert dossier.contents["operation"] == "Dòng một\nDòng hai"
    body = client.get(reverse("dossier_contents", args=[dossier.public_id])).content.decode()
    assert "Dòng một<br>Dòng hai" in body
    assert "&lt;b&gt;đậm&lt;/b&gt;" in body and "<b>đậm</b>" not in body


def test_an_explanation_of_one_criterion_is_kept_under_it(dossier, writer, sign_in):
    client = sign_in(writer)
    url = reverse("dossier_write", args=[dossier.public_id, "explanation"])
    leaf = client.get(url).context["form"].leaves[0]
    client.post(url, {f"explain:{leaf.id}": "ISO 14001", "then": "back"})
    dossier.refresh_from_db()
    assert dossier.contents[f"explain:{leaf.id}"] == "ISO 14001"
    assert client.get(url).content.decode().count("ISO 14001") == 1


def test_a_text_too_long_is_refused_beside_its_field(dossier, writer, sign_in):
    url = reverse("dossier_write", args=[dossier.public_id, "operation"])
    answer = sign_in(writer).post(url, {"operation": "x" * 8001})
    assert answer.status_code == 422
    assert 'href="#id_operation"' in answer.content.decode()
    dossier.refresh_from_db()
    assert "operation" not in dossier.contents


def test_the_changes_of_the_records_are_shown_and_taken(dossier, writer, sign_in):
    client = sign_in(writer)
    url = reverse("dossier_changes", args=[dossier.public_id])
    assert (
        "The findings are those of the records as they are now." in client.get(url).content.decode()
    )
    report(dossier.park, plan_area_ha=100, greenery_ha=30, roads_ha=10, technical_ha=1, social_ha=2)
    changed = client.get(url).context["changes"]
    assert changed
    answer = client.post(reverse("dossier_refresh", args=[dossier.public_id]))
    assert answer.headers["Location"] == reverse("dossier", args=[dossier.public_id])
    assert client.get(url).context["changes"] == []
    assert dossier.snapshots.count() == 2
