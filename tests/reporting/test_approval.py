"""Submit, approve, return; and what a later correction does to a decided report."""

import pytest

from sinhthai.accounts.models import AuditEntry, Membership
from sinhthai.foundation.problems import InputError
from sinhthai.reporting import actions
from sinhthai.reporting.models import Record, Report

from .conftest import YEAR, later, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PAGE = f"/parks/hiep-phuoc/reports/{YEAR}/"


@pytest.fixture
def draft(park, owner):
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(hours=1)
    )
    return Report.objects.get()


@pytest.fixture
def submitted(draft, owner):
    return actions.submit_report(user=owner, report=draft, at=later(hours=2))


def refused(call, **arguments):
    with pytest.raises(InputError) as error:
        call(**arguments)
    return error.value.problems[0].code


def test_a_report_is_submitted_then_approved_by_somebody_else(submitted, inspector):
    assert len(submitted.digest) == 64
    approved = actions.approve_report(user=inspector, report=submitted, at=later(hours=3))
    assert (approved.state, approved.decided_by) == (Report.State.APPROVED, inspector)
    assert approved.digest == submitted.digest
    assert list(AuditEntry.objects.values_list("action", flat=True)[:2]) == [
        "reporting.approve_report",
        "reporting.submit_report",
    ]


def test_only_what_was_submitted_can_be_approved(park, submitted, inspector):
    # past the actions, which would have reopened the report
    Record.objects.update(values={"greenery_ha": 41.0})
    code = refused(actions.approve_report, user=inspector, report=submitted, at=later(hours=3))
    assert code == "report-state"
    assert Report.objects.get().state == Report.State.SUBMITTED


def test_who_entered_a_value_or_submitted_may_not_decide(park, draft, owner):
    director = make_person("director", "operator", "park", park.code, Membership.Role.APPROVER)
    actions.set_value(
        user=director, park=park, year=YEAR, item="roads_ha", value=3.0, at=later(hours=1)
    )
    report = actions.submit_report(user=owner, report=draft, at=later(hours=2))
    code = refused(actions.approve_report, user=director, report=report, at=later(hours=3))
    assert code == "own-report"
    other = make_person("other", "operator", "park", park.code, Membership.Role.APPROVER)
    assert actions.approve_report(user=other, report=report, at=later(hours=4)).decided_by == other


def test_who_submitted_may_not_approve_either(park, draft):
    boss = make_person("boss", "operator", "park", park.code, Membership.Role.APPROVER)
    report = actions.submit_report(user=boss, report=draft, at=later(hours=2))
    assert refused(actions.approve_report, user=boss, report=report, at=later(hours=3)) == (
        "own-report"
    )


def test_an_editor_may_not_approve(submitted, colleague):
    code = refused(actions.approve_report, user=colleague, report=submitted, at=later(hours=3))
    assert code == "no-right"


def test_sending_back_needs_a_note_and_can_be_submitted_again(submitted, inspector, owner):
    code = refused(
        actions.return_report, user=inspector, report=submitted, note=" ", at=later(hours=3)
    )
    assert code == "note-missing"
    report = actions.return_report(
        user=inspector, report=submitted, note="Thiếu {đường}", at=later(hours=3)
    )
    assert (report.state, report.decision_note) == (Report.State.RETURNED, "Thiếu {đường}")
    again = actions.submit_report(user=owner, report=report, at=later(hours=4))
    assert (again.state, again.decision_note) == (Report.State.SUBMITTED, "")


def test_an_empty_report_cannot_be_submitted(park, owner):
    report = Report.objects.create(park=park, year=YEAR)
    assert refused(actions.submit_report, user=owner, report=report, at=later()) == "report-empty"


def test_a_report_is_decided_once(submitted, inspector):
    actions.approve_report(user=inspector, report=submitted, at=later(hours=3))
    code = refused(
        actions.return_report, user=inspector, report=submitted, note="x", at=later(hours=4)
    )
    assert code == "report-state"


def test_a_correction_after_approval_opens_the_report_and_shows_the_difference(
    park, submitted, owner, inspector, sign_in
):
    actions.approve_report(user=inspector, report=submitted, at=later(hours=3))
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=44.0, at=later(hours=4)
    )
    submitted.refresh_from_db()
    assert submitted.state == Report.State.DRAFT
    assert AuditEntry.objects.filter(action="reporting.reopen_report").count() == 1
    page = sign_in(owner, "en").get(PAGE).content.decode()
    assert "<del>40</del> → <ins>44</ins>" in page


def test_the_approver_sees_the_decision_the_office_the_submission(draft, owner, inspector, sign_in):
    assert f"{PAGE}submit/" in sign_in(owner).get(PAGE).content.decode()
    sign_in(owner).post(f"{PAGE}submit/")
    page = sign_in(inspector).get(PAGE).content.decode()
    assert f"{PAGE}approve/" in page
    answer = sign_in(inspector, "en").post(f"{PAGE}return/", {"note": ""})
    assert answer.status_code == 422
    assert b'href="#id_note"' in answer.content
    sign_in(inspector).post(f"{PAGE}approve/")
    assert Report.objects.get().state == Report.State.APPROVED


def test_evidence_withdrawn_opens_an_approved_report_again(draft, owner, inspector):
    file = actions.attach_evidence(
        user=owner,
        park=draft.park,
        enterprise=None,
        year=YEAR,
        item="greenery_ha",
        file_name="ban-do.pdf",
        content=b"%PDF-1.7\n%%EOF",
        at=later(hours=1),
    )
    submitted = actions.submit_report(user=owner, report=draft, at=later(hours=2))
    actions.approve_report(user=inspector, report=submitted, at=later(hours=3))

    actions.withdraw_evidence(user=owner, evidence=file, at=later(hours=4))

    assert Report.objects.get().state == Report.State.DRAFT
