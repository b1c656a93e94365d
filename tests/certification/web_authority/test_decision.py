"""The report, the decision, the failure: what they rest on, what forbids them, one click or two."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.certification.web_authority.cast import (
    ask_all,
    framework_of,
    judge_all,
    make_dossier,
    take,
)
from tests.site.reading import assert_nothing_inline

from sinhthai.certification.models import Certificate, Event, Override
from sinhthai.rules.procedures_loading import load_procedures

MOST_QUERIES = 12
BOTH = ("check", "consult", "evaluate", "report", "decide")


def address(dossier, page):
    return f"/dossiers/{dossier.public_id}/{page}/"


def leaves(dossier):
    return [leaf.id for leaf in framework_of(dossier).leaves]


def unverified(dossier):
    return [leaf.id for leaf in framework_of(dossier).leaves if not leaf.verified]


@pytest.fixture
def judged(world):
    """A park's dossier under evaluation, everybody heard, everything judged met."""
    dossier = make_dossier(world.park)
    ask_all(dossier)
    judge_all(dossier, world.people["judge"])
    return dossier


@pytest.fixture
def proposed(world):
    dossier = make_dossier(world.park, state="proposed")
    ask_all(dossier)
    judge_all(dossier, world.people["judge"])
    return dossier


def step(name, dossier, **more):
    return {"step": name, "version": dossier.version, "confirm": "on", **more}


def test_the_report_is_signed_and_leads_on(judged, as_):
    answer = as_("head").post(address(judged, "report"), step("report", judged))
    assert answer.status_code == 302
    judged.refresh_from_db()
    assert judged.state == "reported"


def test_a_second_click_does_nothing_twice_and_says_so(judged, as_):
    client, posted = as_("head", "en"), step("report", judged)
    assert client.post(address(judged, "report"), posted).status_code == 302
    second = client.post(address(judged, "report"), posted, follow=True)
    assert "nothing was done twice" in second.content.decode()
    assert Event.objects.filter(kind="step.report").count() == 1


def test_who_acts_on_an_older_dossier_is_told_what_happened(judged, as_):
    posted = step("report", judged)
    as_("head").post(address(judged, "report"), posted)
    answer = as_("second", "en").post(address(judged, "report"), posted)
    assert answer.status_code == 422
    assert "changed after you opened the page" in answer.content.decode()
    assert Event.objects.filter(kind="step.report").count() == 1


def test_without_the_yes_nothing_happens(judged, as_):
    posted = step("report", judged)
    del posted["confirm"]
    answer = as_("head").post(address(judged, "report"), posted)
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.content.decode()
    judged.refresh_from_db()
    assert judged.state == "evaluating"


def test_what_forbids_a_step_is_said_with_its_clause(world, as_):
    dossier = make_dossier(world.park)
    ask_all(dossier, answered=False)
    html = as_("head", "en").get(address(dossier, "report")).content.decode()
    forbids = html[html.index('class="forbids"') :]
    clause = load_procedures().procedure(dossier.procedure).step("report").rule.clause
    assert f"({clause})" in forbids
    assert "A criterion is not judged" in forbids
    assert "A consulted body has not answered" in forbids
    assert 'name="confirm"' not in forbids


def test_nobody_signs_what_they_judged(world, as_):
    dossier = make_dossier(world.park)
    ask_all(dossier)
    client = as_("head", "en")
    for leaf in leaves(dossier):
        client.post(
            address(dossier, "evaluate"),
            {"save": leaf, f"met-{leaf}": "1", f"reason-{leaf}": "seen"},
        )
    html = client.get(address(dossier, "report")).content.decode()
    assert "Ask a colleague to do it." in html
    answer = client.post(address(dossier, "report"), step("report", dossier))
    assert answer.status_code == 422


def test_a_criterion_judged_not_met_allows_the_failure_only(judged, world, as_):
    judged.judgements.all().delete()
    failed = leaves(judged)[0]
    judge_all(judged, world.people["judge"], but=[failed])
    client = as_("head", "en")
    html = client.get(address(judged, "report")).content.decode()
    assert html.count('class="forbids"') == 1
    assert client.post(address(judged, "report"), step("fail", judged)).status_code == 302
    judged.refresh_from_db()
    assert judged.state == "failed"
    notice = client.get(address(judged, "fail")).content.decode()
    assert f"<b>{failed}</b>" in notice
    reasoned = step("notify", judged, reason="Chưa đủ diện tích cây xanh.")
    assert client.post(address(judged, "fail"), step("notify", judged)).status_code == 422
    assert client.post(address(judged, "fail"), reasoned).status_code == 302
    judged.refresh_from_db()
    assert (judged.state, judged.is_open) == ("notified", False)


def test_the_decision_shows_all_it_rests_on(proposed, as_):
    snapshot = proposed.snapshots.get(is_current=True)
    html = as_("chair", "en").get(address(proposed, "decide")).content.decode()
    for expected in (snapshot.digest[:16], snapshot.rules_hash[:16], "Body environment-ministry"):
        assert expected in html
    for leaf in leaves(proposed):
        assert leaf in html
    assert_nothing_inline(html)


def test_returning_needs_a_reason(proposed, as_):
    client = as_("chair")
    posted = step("return_to_board", proposed)
    assert client.post(address(proposed, "decide"), posted).status_code == 422
    answer = client.post(address(proposed, "decide"), posted | {"reason": "Thiếu bản đồ."})
    assert answer.status_code == 302
    proposed.refresh_from_db()
    assert proposed.state == "evaluating"


def test_the_reason_typed_stays_when_the_step_is_refused(proposed, as_):
    posted = step("return_to_board", proposed, reason="Thiếu bản đồ.") | {"version": 99}
    answer = as_("chair").post(address(proposed, "decide"), posted)
    assert answer.status_code == 422
    assert "Thiếu bản đồ." in answer.content.decode()


def test_unverified_rules_stand_in_the_way_until_overridden(proposed, as_, world):
    names = unverified(proposed)
    if not names:
        take(proposed, {leaves(proposed)[0]: "not_met"})
        proposed.judgements.all().delete()
        judge_all(proposed, world.people["judge"])
    client = as_("second", "en")
    page = client.get(address(proposed, "decide"))
    [first, *_] = page.context["open_obstacles"]
    html = page.content.decode()
    assert 'class="stands"' in html
    posted = {
        "what": first.key, "clause": "Điều 5 Nghị định 1/2026/NĐ-CP", "reason": "Theo văn bản.",
        "confirm": "on",
    }  # fmt: skip
    url = address(proposed, "override")
    assert client.post(url, posted | {"clause": ""}).status_code == 422
    assert client.post(url, posted | {"what": "no-such:not_met"}).status_code == 422
    assert not Override.objects.exists()
    assert client.post(url, posted).status_code == 302
    [made] = Override.objects.all()
    assert (made.leaf, made.obstacle, made.by) == (
        first.row.leaf.id,
        first.kind,
        world.people["second"],
    )
    shown = client.get(address(proposed, "decide")).content.decode()
    assert "Điều 5 Nghị định 1/2026/NĐ-CP" in shown
    assert 'class="lifted"' in shown


@pytest.mark.parametrize("who", ["clerk", "judge", "overseer"])
def test_only_an_approver_overrides(proposed, as_, who):
    html = as_(who).get(address(proposed, "decide")).content.decode()
    assert 'class="override"' not in html
    posted = {
        "what": f"{leaves(proposed)[0]}:unverified",
        "clause": "x",
        "reason": "x",
        "confirm": "on",
    }
    assert as_(who).post(address(proposed, "override"), posted).status_code in (404, 422)
    assert not Override.objects.exists()


@pytest.mark.parametrize("page", BOTH)
@pytest.mark.parametrize("who", ["writer", "owner", "environment_ministry", "stranger", None])
def test_these_pages_are_the_authorities(proposed, as_, who, page):
    assert as_(who).get(address(proposed, page)).status_code in (404, 302)


@pytest.mark.parametrize("page", BOTH)
@pytest.mark.parametrize(
    "state",
    ["submitted", "accepted", "consulting", "evaluating", "proposed", "failed", "certified"],
)
def test_every_page_opens_in_every_state_and_asks_little(world, as_, page, state):
    dossier = make_dossier(world.park, state=state)
    ask_all(dossier)
    judge_all(dossier, world.people["judge"])
    client = as_("head", "en")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(dossier, page))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert_nothing_inline(html)
    assert len(queries) <= MOST_QUERIES, [one["sql"][:100] for one in queries]


def test_the_overseer_reads_and_decides_nothing(proposed, as_):
    client = as_("overseer", "en")
    html = client.get(address(proposed, "decide")).content.decode()
    assert "is for the issuing authority" in html
    answer = client.post(address(proposed, "decide"), step("issue", proposed))
    assert answer.status_code == 422
    assert not Certificate.objects.exists()
