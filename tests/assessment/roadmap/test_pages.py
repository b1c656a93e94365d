"""The pages of roadmaps: who reads them, what they say, what a bad file does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.assessment.test_pages_assessment import text_of

from sinhthai.accounts.models import AuditEntry, User
from sinhthai.assessment.models import Roadmap
from sinhthai.assessment.roadmap.actions import recompute_roadmap
from sinhthai.registry.models import Park

pytestmark = pytest.mark.postgres
SignIn = Callable[..., Client]
HOME = "/parks/hiep-phuoc/roadmap/"


def asked(**more: object) -> dict[str, object]:
    year = timezone.localdate().year + 2
    return {"framework": "vn-eip", "by_day": f"{year}-12-31", "rate": "10", "horizon": "10"} | more


@pytest.fixture
def saved(park: Park, owner: User, sign_in: SignIn) -> Roadmap:
    answer = sign_in(owner, "en").post(f"{HOME}run/", asked())
    assert answer.status_code == 302
    return Roadmap.objects.get()


def test_a_roadmap_is_saved_with_its_pins(saved: Roadmap, owner: User) -> None:
    assert (saved.by, saved.family, saved.all_met) == (owner, "vn-eip", True)
    for pin in (saved.rules_hash, saved.factors_hash, saved.input_digest):
        assert len(pin) == 64
    assert AuditEntry.objects.filter(action="assessment.find_roadmap").count() == 1


def test_the_page_says_what_to_do_and_what_is_guessed(
    saved: Roadmap, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner, "en")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/roadmaps/{saved.pk}/")
    assert len(queries) <= 12
    words = text_of(page)
    for said in ("Every criterion is met by the end of", "Criteria before and after", "37.3.a",
                 "9.6 ha", "What to do, and why", "Plans side by side", "estimated costs",
                 "Worst case", "HiGHS"):  # fmt: skip
        assert said in words
    assert b"<svg" in page.content
    worst = text_of(client.get(f"/roadmaps/{saved.pk}/?plan=worst"))
    assert "all that is not reported turns out badly" in worst
    vietnamese = text_of(sign_in(owner, "vi").get(f"/roadmaps/{saved.pk}/"))
    assert "Việc cần làm và lý do" in vietnamese


def test_only_the_office_until_it_is_shared(
    saved: Roadmap, owner: User, inspector: User, viewer: User, stranger: User, sign_in: SignIn
) -> None:
    pages = (HOME, f"/roadmaps/{saved.pk}/", f"/roadmaps/{saved.pk}.pdf", f"{HOME}compare/")
    for page in pages:
        assert sign_in(owner).get(page).status_code == 200
        for who in (inspector, viewer, stranger, None):
            assert sign_in(who).get(page).status_code == 404
    assert sign_in(inspector).post(f"/roadmaps/{saved.pk}/share/").status_code == 404
    assert sign_in(owner).post(f"/roadmaps/{saved.pk}/share/").status_code == 302
    for page in pages:
        assert sign_in(inspector).get(page).status_code == 200
        for who in (stranger, None):
            assert sign_in(who).get(page).status_code == 404
    assert sign_in(inspector).post(f"{HOME}run/", asked()).status_code == 404
    assert sign_in(inspector).get(f"{HOME}options.xlsx").status_code == 404


def test_files_are_led_by_the_plan_chosen(saved: Roadmap, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner, "en")
    for form, first in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("svg", b"<svg")):
        answer = client.get(f"/roadmaps/{saved.pk}.{form}?plan=worst")
        assert answer.content.startswith(first)
        assert "Roadmap%20of%20" in answer["Content-Disposition"]
    assert client.get(f"/roadmaps/{saved.pk}.docx").status_code == 404


def test_own_options_go_out_and_come_back(park: Park, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner)
    out = client.get(f"{HOME}options.xlsx")
    assert out.status_code == 200
    again = SimpleUploadedFile("own.xlsx", out.content)
    assert client.post(f"{HOME}run/", asked(options=again)).status_code == 302
    assert Roadmap.objects.get().options_name == "own.xlsx"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": SimpleUploadedFile("x.xlsx", b"nothing")}, "cannot be read"),
        ({"by_day": "1999-12-31"}, "31 December"),
        ({"rate": "ten"}, "Enter a number"),
    ],
)
def test_a_bad_question_saves_nothing_and_says_why(
    park: Park, owner: User, sign_in: SignIn, more: dict[str, object], said: str
) -> None:
    answer = sign_in(owner, "en").post(f"{HOME}run/", asked(**more))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Roadmap.objects.exists()


def test_computed_again_it_is_the_same_or_says_what_differs(
    saved: Roadmap, owner: User, inspector: User, sign_in: SignIn
) -> None:
    url = f"/roadmaps/{saved.pk}/recompute/"
    assert recompute_roadmap(saved) == ()
    assert "the same, to the byte" in text_of(sign_in(owner, "en").post(url, follow=True))
    assert sign_in(inspector).post(url).status_code == 404
    saved.result["rules_hash"] = "0" * 64
    saved.result["alternatives"][0]["cost"] += 1.0
    assert [one.en.partition(":")[0] for one in recompute_roadmap(saved)] == [
        "Rules",
        "The plans are different.",
    ]


def test_two_are_compared(saved: Roadmap, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner, "en")
    first = f"budget_{timezone.localdate().year}"
    client.post(f"{HOME}run/", asked(**{first: "0"}))
    other = Roadmap.objects.exclude(pk=saved.pk).get()
    assert list(other.asked["budget"].values()) == [0.0]
    words = text_of(client.get(f"{HOME}compare/?pk={saved.pk}&pk={other.pk}"))
    assert "Cheapest plan" in words
    assert "37.3.a" in words
    assert "Choose two" in text_of(client.get(f"{HOME}compare/"))
