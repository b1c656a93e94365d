"""Sending, sending twice, answering what is asked for, taking it back; the public timeline."""

import pytest
from django.test import Client
from django.urls import reverse

from sinhthai.certification.models import Dossier

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def send_url(dossier):
    return reverse("dossier_send", args=[dossier.public_id])


def test_the_summary_shows_what_will_be_sent_and_asks_to_confirm(ready, sender, board, sign_in):
    client = sign_in(sender)
    page = client.get(send_url(ready)).content.decode()
    assert "letter.pdf" in page and "Nội dung operation" in page and "board body" in page
    unsure = client.post(send_url(ready), {"version": ready.version})
    assert unsure.status_code == 422
    assert "Confirm that the dossier is right" in unsure.content.decode()
    ready.refresh_from_db()
    assert ready.state == "draft"


def test_it_is_sent_once_however_often_one_clicks(ready, sender, sign_in):
    client = sign_in(sender)
    given = {"version": ready.version, "sure": "on"}
    first, second = client.post(send_url(ready), given), client.post(send_url(ready), given)
    assert first.status_code == second.status_code == 302
    ready.refresh_from_db()
    assert ready.state == "submitted"
    assert ready.events.filter(kind="step.submit").count() == 1


def test_who_prepared_it_may_not_send_it(ready, writer, sender, office, sign_in):
    from sinhthai.accounts.models import Membership
    from sinhthai.certification.actions.dossiers import write_contents

    from .conftest import AT

    Membership.objects.filter(user=writer).update(role="approver")
    write_contents(user=writer, dossier=ready, contents={"contact": "Ai đó"}, at=AT)
    client = sign_in(writer)
    page = client.get(send_url(ready)).content.decode()
    assert "You cannot send it yet." in page
    client.post(send_url(ready), {"version": ready.version, "sure": "on"})
    ready.refresh_from_db()
    assert ready.state == "draft"


def test_an_unfinished_one_is_not_sent_and_says_what_is_missing(dossier, sender, sign_in):
    client = sign_in(sender)
    page = client.get(send_url(dossier))
    assert page.context["missing"] and "You cannot send it yet." in page.content.decode()
    answer = client.post(send_url(dossier), {"version": dossier.version, "sure": "on"})
    assert answer.status_code == 422
    dossier.refresh_from_db()
    assert dossier.state == "draft"


def test_what_is_asked_for_is_answered_and_sent_back(asked, writer, sender, sign_in):
    url = reverse("dossier_supplements", args=[asked.public_id])
    mine = sign_in(writer)
    page = mine.get(url).content.decode()
    assert "Nêu rõ công suất" in page
    assert reverse("dossier_write", args=[asked.public_id, "operation"]) in page
    one = asked.supplements.get()
    mine.post(url, {f"answer-{one.pk}": "Công suất 100 MW", "then": "save"})
    one.refresh_from_db()
    assert one.answer == "Công suất 100 MW" and one.answered_by == writer
    theirs = sign_in(sender)
    given = {"then": "send", "version": Dossier.objects.get(pk=asked.pk).version}
    assert theirs.post(url, given).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "submitted"
    assert "Công suất 100 MW" in theirs.get(url).content.decode()


def test_it_is_not_sent_back_while_something_is_unanswered(asked, sender, sign_in):
    url = reverse("dossier_supplements", args=[asked.public_id])
    answer = sign_in(sender).post(url, {"then": "send", "version": asked.version})
    assert answer.status_code == 422 and 'class="error-summary"' in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "supplement"


def test_it_is_withdrawn_with_a_reason_only(sent, sender, sign_in):
    client = sign_in(sender)
    url = reverse("dossier_withdraw", args=[sent.public_id])
    assert client.post(url, {"version": sent.version, "reason": " "}).status_code == 422
    assert client.post(url, {"version": sent.version, "reason": "Làm lại"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.is_open) == ("withdrawn", False)
    assert "Làm lại" in client.get(reverse("dossier", args=[sent.public_id])).content.decode()


def test_the_public_timeline_names_nobody_and_shows_nothing(asked, sender, board):
    page = Client().get(reverse("timeline", args=[asked.public_id])).content.decode()
    for hidden in (
        asked.park.name_vi, asked.park.name_en, "Người", "Tổ chức", "office", "Nội dung",
        "Nêu rõ công suất", "letter.pdf",
    ):  # fmt: skip
        assert hidden not in page, hidden
    assert asked.public_id in page
    assert page.count('class="done"') >= 2  # the steps taken


def test_the_dossier_says_what_waits_for_whom(sent, sender, board, committee, sign_in):
    url = reverse("dossier", args=[sent.public_id])
    mine = sign_in(sender).get(url).content.decode()
    theirs = sign_in(board).get(url).content.decode()
    check = reverse("dossier_check", args=[sent.public_id])
    assert check in theirs and check not in mine
    assert reverse("dossier_withdraw", args=[sent.public_id]) in mine
    assert reverse("dossier_withdraw", args=[sent.public_id]) not in theirs
    third = sign_in(committee).get(url).content.decode()
    assert check not in third
