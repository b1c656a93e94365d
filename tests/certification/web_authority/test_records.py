"""Newer findings, a proven receipt, an override withdrawn: what the Board puts right by pages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.certification.web_authority.cast import AT, ask_all, judge_all, make_dossier

from sinhthai.certification.actions.evaluation import override
from sinhthai.certification.models import Event, Override

pytestmark = pytest.mark.postgres
MOST_QUERIES = 12


@pytest.fixture
def silent(world):
    """Sent to every body; none has confirmed the receipt."""
    dossier = make_dossier(world.park, state="consulting")
    return dossier, ask_all(dossier, answered=False)


def test_the_board_records_a_proof_where_a_body_is_silent(silent, as_):
    dossier, asked = silent
    page = f"/dossiers/{dossier.public_id}/consult/"
    address = f"{page}{asked[0].pk}/delivered/"
    body = as_("judge", "vi").get(page).content.decode()
    assert "5 cơ quan chưa xác nhận đã nhận hồ sơ" in body  # the sixth has no period to answer in
    assert "thời hạn chưa bắt đầu" in body and f'href="{address}"' in body
    assert f'href="{address}"' not in as_("overseer").get(page).content.decode()
    for name in ("overseer", "chair", "stranger", "signer"):
        assert as_(name).get(address).status_code == 404
    sent = asked[0].sent_at.date()
    early = as_("judge").post(address, {"on": sent - dt.timedelta(days=2), "proof": "số 7"})
    assert early.status_code == 422 and "Ngày giao phải" in early.content.decode()
    done = as_("judge").post(address, {"on": sent + dt.timedelta(days=1), "proof": "Báo phát 7"})
    assert done.headers["Location"] == page
    asked[0].refresh_from_db()
    assert asked[0].due_on == sent + dt.timedelta(days=16)
    assert Event.objects.get(kind="opinion.deliver").reason == "Báo phát 7"
    assert as_("judge").get(address).headers["Location"] == page  # nothing is left to record
    assert "4 cơ quan" in as_("judge", "vi").get(page).content.decode()


def test_an_override_is_withdrawn_on_its_page_by_its_own_body(world, as_):
    dossier = make_dossier(world.park)
    ask_all(dossier)
    judge_all(dossier, world.people["judge"], but=["PARK-1"])
    row = override(
        user=world.people["head"], dossier=dossier, leaf="PARK-1", obstacle="not_met",
        clause="Điều 37.3", reason="Đang chờ đo.", at=AT,
    )  # fmt: skip
    page = f"/dossiers/{dossier.public_id}/decide/"
    address = f"/dossiers/{dossier.public_id}/override/{row.pk}/withdraw/"
    client = as_("second")
    with CaptureQueriesContext(connection) as queries:
        assert f'href="{address}"' in client.get(page).content.decode()
    assert len(queries) <= MOST_QUERIES
    for name in ("chair", "judge", "overseer", "signer", "stranger"):
        assert as_(name).get(address).status_code == 404
        assert as_(name).post(address, {"reason": "x"}).status_code == 404
    shown = as_("second", "vi").get(address).content.decode()
    assert "Điều 37.3" in shown and "Đang chờ đo." in shown and "Rút ngoại lệ pháp lý" in shown
    assert as_("second").post(address, {"reason": ""}).status_code == 422
    assert Override.objects.get().withdrawn_at is None
    assert as_("second").post(address, {"reason": "Đã đo xong."}).headers["Location"] == page
    assert Override.objects.get().withdrawn_at is not None
    assert as_("second").post(address, {"reason": "Đã đo xong."}).status_code == 422  # twice
    assert "Đang chờ đo." not in as_("second").get(page).content.decode()


def test_newer_findings_are_shown_beside_the_old_and_taken_on_demand(world, as_):
    dossier = make_dossier(world.park)  # its findings say all is met; the records say nothing
    judge_all(dossier, world.people["judge"])
    address = f"/dossiers/{dossier.public_id}/evaluate/newer/"
    assert f'href="{address}"' in as_("judge").get(address[:-6]).content.decode()
    page = as_("judge").get(address)
    assert len(page.context["changed"]) == len(dossier.snapshots.get().findings)
    assert "mất hiệu lực" in page.content.decode()
    for name in ("overseer", "chair"):  # they read it, they take nothing
        assert "Tính lại kết quả" not in as_(name).get(address).content.decode()
        assert as_(name).post(address).status_code == 404
    for name in ("signer", "stranger"):
        assert as_(name).get(address).status_code == 404
    taken = as_("judge").post(address)
    assert taken.headers["Location"] == f"/dossiers/{dossier.public_id}/evaluate/"
    assert dossier.snapshots.count() == 2
    after = as_("judge").get(address)
    assert after.context["changed"] == [] and "Tính lại kết quả" not in after.content.decode()
    stale = as_("judge").get(taken.headers["Location"]).content.decode()
    assert "các nhận định này không còn giá trị" in stale
