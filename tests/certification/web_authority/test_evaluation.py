"""The evaluation: one criterion at a time, what was typed stays, what changed is shown."""

import hashlib
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.certification.web_authority.cast import (
    AT,
    YEAR,
    ask_all,
    framework_of,
    judge_all,
    make_dossier,
    take,
)
from tests.site.reading import assert_nothing_inline

from sinhthai.certification.engine.contents import EXPLAIN
from sinhthai.certification.models import Judgement, Supplement
from sinhthai.reporting.models import Evidence

MOST_QUERIES = 12  # ten for the page, two to know who asks


@pytest.fixture
def dossier(world):
    return make_dossier(world.park)


@pytest.fixture
def page(dossier):
    return f"/dossiers/{dossier.public_id}/evaluate/"


def leaves(dossier):
    return [leaf.id for leaf in framework_of(dossier).leaves]


def row(answer, leaf):
    """The piece of a page about one criterion."""
    html = answer.content.decode()
    start = html.index(f'id="{leaf}"')
    return html[start : html.index("</section>", start)]


def test_every_criterion_stands_with_its_finding_and_a_place_to_judge(dossier, page, as_):
    answer = as_("judge", "en").get(page)
    html = answer.content.decode()
    for leaf in leaves(dossier):
        assert f'id="{leaf}"' in html
        assert f'name="reason-{leaf}"' in html
    assert "0</b> of" in html
    assert_nothing_inline(html)


def test_one_criterion_is_saved_and_what_else_was_typed_stays(dossier, page, as_, world):
    first, second = leaves(dossier)[:2]
    typed = {
        "save": first, f"met-{first}": "1", f"reason-{first}": "Đã xem hợp đồng.",
        f"met-{second}": "0", f"reason-{second}": "Đang viết dở",
        f"ask-leaf:{second}": "Xin bản gốc",
    }  # fmt: skip
    answer = as_("judge").post(page, typed)
    assert answer.status_code == 200
    [judged] = Judgement.objects.all()
    assert (judged.leaf, judged.met, judged.by) == (first, True, world.people["judge"])
    kept = row(answer, second)
    assert "Đang viết dở" in kept
    assert "Xin bản gốc" in kept
    assert re.search(rf'name="met-{second}" value="0" checked', kept)
    assert "Đã xem hợp đồng." in row(answer, first)


def test_saving_by_keyboard_answers_with_that_row_alone(dossier, page, as_):
    first, second = leaves(dossier)[:2]
    answer = as_("judge", "en").post(
        page,
        {"save": first, f"met-{first}": "1", f"reason-{first}": "seen"},
        headers={"HX-Request": "true"},
    )
    html = answer.content.decode()
    assert f'id="{first}"' in html
    assert f'id="{second}"' not in html
    assert "<html" not in html
    assert 'hx-swap-oob="true"' in html
    assert "<b>1</b> of" in html


@pytest.mark.parametrize("typed", [{"met": "", "reason": "x"}, {"met": "1", "reason": "  "}])
def test_what_is_missing_is_said_beside_the_row_and_nothing_is_written(dossier, page, as_, typed):
    leaf = leaves(dossier)[0]
    posted = {"save": leaf, f"met-{leaf}": typed["met"], f"reason-{leaf}": typed["reason"]}
    answer = as_("judge").post(page, posted)
    assert answer.status_code == 422
    assert 'class="wrong"' in row(answer, leaf)
    assert f'href="#reason-{leaf}"' in answer.content.decode()
    by_part = as_("judge").post(page, posted, headers={"HX-Request": "true"})
    assert by_part.status_code == 200
    assert 'class="wrong"' in by_part.content.decode()
    assert not Judgement.objects.exists()


def test_a_second_judgement_keeps_the_first(dossier, page, as_):
    leaf = leaves(dossier)[0]
    client = as_("judge")
    for met, reason in (("1", "một"), ("0", "hai")):
        client.post(page, {"save": leaf, f"met-{leaf}": met, f"reason-{leaf}": reason})
    assert [one.met for one in Judgement.objects.order_by("id")] == [True, False]
    shown = row(client.get(page), leaf)
    assert "hai" in shown
    assert "một" in shown


def test_only_criteria_whose_finding_changed_must_be_judged_again(dossier, page, as_, world):
    judge_all(dossier, world.people["judge"])
    changed = leaves(dossier)[2]
    take(dossier, {changed: "not_met"})
    answer = as_("judge", "en").get(page)
    evaluation = answer.context["evaluation"]
    assert [one.leaf.id for one in evaluation.stale] == [changed]
    assert evaluation.judged == len(leaves(dossier)) - 1
    shown = row(answer, changed)
    assert "Changed since it was judged" in shown
    difference = shown[shown.index('class="changed"') :].split("</dl>")[0]
    assert difference.index("Met") < difference.index("Now") < difference.index("Not met")
    assert "Changed since it was judged" not in row(answer, leaves(dossier)[0])


def test_judging_again_gives_force(dossier, page, as_, world):
    judge_all(dossier, world.people["judge"])
    changed = leaves(dossier)[0]
    take(dossier, {changed: "not_met"})
    client = as_("judge")
    client.post(page, {"save": changed, f"met-{changed}": "0", f"reason-{changed}": "mới"})
    evaluation = client.get(page).context["evaluation"]
    assert evaluation.stale == ()
    assert [one.leaf.id for one in evaluation.failed] == [changed]


def test_a_finding_that_comes_back_gives_its_judgement_force_again(dossier, page, as_, world):
    judge_all(dossier, world.people["judge"])
    take(dossier, {leaves(dossier)[0]: "not_met"})
    take(dossier)
    assert as_("judge").get(page).context["evaluation"].stale == ()


def test_opinions_stand_side_by_side_in_their_criterion(dossier, page, as_):
    one, other = leaves(dossier)[:2]
    opinions = ask_all(dossier)
    for opinion, position in zip(opinions, ("agree", "disagree"), strict=False):
        opinion.positions = {one: {"position": position, "remark": f"vì {position}"}}
        opinion.save()
    answer = as_("judge").get(page)
    shown = row(answer, one)
    assert "vì agree" in shown
    assert "vì disagree" in shown
    assert shown.index("Cơ quan lead-investment") < shown.index("Cơ quan environment")
    assert "vì " not in row(answer, other)


def test_evidence_and_explanation_stand_beside_the_finding(dossier, page, as_, world):
    evidence = Evidence.objects.create(
        park=world.park, year=YEAR, item="plan_area_ha", file=ContentFile(b"%PDF-1.7", "x.pdf"),
        file_name="quy-hoach.pdf", sha256=hashlib.sha256(b"%PDF-1.7").hexdigest(), size=8,
        uploaded_at=AT,
    )  # fmt: skip
    dossier.contents = {EXPLAIN + "PARK-1": "Đất cây xanh đã nghiệm thu."}
    dossier.save()
    shown = row(as_("judge").get(page), "PARK-1")
    assert "quy-hoach.pdf" in shown
    assert "Đất cây xanh đã nghiệm thu." in shown
    url = f"/dossiers/{dossier.public_id}/evidence/{evidence.pk}/"
    assert url in shown
    assert as_("chair").get(url).content == b"%PDF-1.7"
    assert as_("stranger").get(url).status_code == 404


def test_evidence_of_another_park_is_no_evidence(dossier, as_, world):
    elsewhere = Evidence.objects.create(
        park=world.park, year=YEAR, item="no-such-item", file=ContentFile(b"x", "x.pdf"),
        file_name="x.pdf", sha256="0" * 64, size=1, uploaded_at=AT,
    )  # fmt: skip
    url = f"/dossiers/{dossier.public_id}/evidence/{elsewhere.pk}/"
    assert as_("head").get(url).status_code == 404


def test_asking_the_applicant_stops_here_until_the_answer(dossier, page, as_):
    one, other = leaves(dossier)[:2]
    client = as_("judge")
    refused = client.post(page, {"act": "ask", f"reason-{one}": "viết dở"})
    assert refused.status_code in (200, 422)
    assert "viết dở" in row(refused, one)
    answer = client.post(page, {"act": "ask", f"ask-leaf:{other}": "Xin giải trình."})
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "supplement_evaluation"
    [asked] = Supplement.objects.all()
    assert (asked.about, asked.asked) == (f"leaf:{other}", "Xin giải trình.")


@pytest.mark.parametrize("who", ["clerk", "chair", "overseer"])
def test_who_only_reads_judges_nothing(dossier, page, as_, who):
    leaf = leaves(dossier)[0]
    client = as_(who)
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'name="reason-{leaf}"' not in answer.content.decode()
    posted = client.post(page, {"save": leaf, f"met-{leaf}": "1", f"reason-{leaf}": "x"})
    assert posted.status_code == 404
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    "who", ["writer", "signer", "owner", "environment_ministry", "stranger", None]
)
def test_applicant_bodies_strangers_and_nobody_do_not_see_it(dossier, page, as_, who):
    ask_all(dossier)
    assert as_(who).get(page).status_code in (404, 302)


def test_before_and_after_the_evaluation_nothing_is_judged(world, as_):
    dossier = make_dossier(world.park, state="proposed")
    leaf = leaves(dossier)[0]
    url = f"/dossiers/{dossier.public_id}/evaluate/"
    posted = as_("judge").post(url, {"save": leaf, f"met-{leaf}": "1", f"reason-{leaf}": "x"})
    assert posted.status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_asks_little_of_the_store(dossier, page, as_, world, language):
    ask_all(dossier)
    judge_all(dossier, world.people["judge"])
    take(dossier, {leaves(dossier)[0]: "not_met"})
    client = as_("judge", language)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    assert answer.status_code == 200
    assert len(queries) <= MOST_QUERIES, [one["sql"][:110] for one in queries]
    assert len(re.findall(r"<h1[ >]", answer.content.decode())) == 1
