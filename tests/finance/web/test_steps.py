"""Steps of the pipeline, and what refuses them; shares, papers, results."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.finance.web.conftest import GIVEN, STATED, carry, events, paper, step

from sinhthai.accounts.models import AuditEntry, Organisation
from sinhthai.finance.actions.appraisals import save_appraisal
from sinhthai.finance.actions.dossier import attach_document, record_result
from sinhthai.finance.actions.projects import Step, change_project, move, open_project
from sinhthai.finance.actions.sharing import share_project, withdraw_share
from sinhthai.finance.models import Project
from sinhthai.foundation.problems import InputError

pytestmark = pytest.mark.django_db


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_a_project_goes_all_the_way_and_every_step_stays(project, editor, approver):
    carry(editor, project, "verified", verifier=approver)
    assert (project.stage, project.asked_vnd, project.disbursed_vnd) == ("verified", 120e6, 120e6)
    assert len(events(project, "step")) == 7
    assert (
        AuditEntry.objects.filter(object_kind="finance_project", action="finance.step").count() == 7
    )


def test_who_entered_the_result_may_not_verify_it(project, editor):
    assert refusal(lambda: carry(editor, project, "verified")) == ["project-result-own"]
    assert project.stage == "disbursed"


def test_a_step_says_everything_it_lacks(project, editor):
    for to, lacks in (
        ("screened", []), ("pre_feasibility", ["project-appraisal-missing"]),
    ):  # fmt: skip
        if lacks:
            assert refusal(lambda to=to: step(editor, project, to)) == lacks
        else:
            step(editor, project, to)
    save_appraisal(user=editor, project=project, given=GIVEN, at=timezone.now())
    step(editor, project, "pre_feasibility")
    assert refusal(lambda: step(editor, project, "bankable")) == [
        "project-procedure-missing", "project-technical-missing",
    ]  # fmt: skip
    paper(editor, project, "environment-procedure")
    paper(editor, project, "technical-file")
    step(editor, project, "bankable")
    assert refusal(lambda: step(editor, project, "applied")) == [
        "project-fund-missing", "project-amount-missing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fund", "amount", "code"),
    [
        ("vepf-loan-mortgage", 150e6, "project-fund-not"),  # above its ceiling it does not fit
        ("ifc-edge", 100e6, "project-fund-not"),
        ("bank-green-credit", 201e6, "project-above-investment"),
        ("bank-green-credit", 0.0, "project-amount-missing"),
    ],
)
def test_money_asked_for_has_its_limits(project, editor, fund, amount, code):
    carry(editor, project, "bankable")
    assert code in refusal(lambda: step(editor, project, "applied", fund=fund, amount=amount))
    assert project.stage == "bankable"


def test_more_than_was_asked_or_approved_is_refused(project, editor):
    carry(editor, project, "applied")
    assert refusal(lambda: step(editor, project, "approved", amount=121e6)) == [
        "project-above-asked"
    ]
    step(editor, project, "approved", amount=100e6)
    assert refusal(lambda: step(editor, project, "disbursed", amount=101e6)) == [
        "project-above-approved"
    ]


def test_days_reasons_and_jumps(project, editor):
    today = timezone.localdate()
    seen = project.events.get().pk
    for taken, code in (
        (Step("screened", today + dt.timedelta(days=1), seen), "in-the-future"),
        (Step("screened", today - dt.timedelta(days=1), seen), "before-last-step"),
        (Step("bankable", today, seen), "no-such-step"),
        (Step("nowhere", today, seen), "no-such-step"),
        (Step("dropped", today, seen), "reason-missing"),
        (Step("screened", today, seen + 1), "moved-meanwhile"),
    ):
        assert refusal(
            lambda taken=taken: move(user=editor, project=project, step=taken, at=timezone.now())
        ) == [code]
    assert len(events(project, "step")) == 0


def test_a_dropped_project_rests_until_it_is_taken_up_again(project, editor):
    step(editor, project, "screened")
    step(editor, project, "dropped", reason="Chưa có vốn")
    assert refusal(
        lambda: change_project(user=editor, project=project, stated=STATED, at=timezone.now())
    ) == ["closed"]
    step(editor, project, "screened", reason="Đã có vốn")
    assert project.stage == "screened"


def test_a_step_back_takes_the_money_off_and_keeps_the_history(project, editor):
    carry(editor, project, "approved")
    step(editor, project, "applied", reason="Nhầm")
    assert (project.approved_vnd, project.asked_vnd) == (None, 120e6)
    step(editor, project, "bankable", reason="Nhầm")
    assert (project.fund, project.asked_vnd) == ("", None)
    assert [one.amount_vnd for one in events(project, "step")][-4:] == [120e6, 120e6, None, None]


def test_after_the_application_the_investment_and_appraisal_stand(project, editor):
    carry(editor, project, "applied")
    dearer = STATED.__class__(**{**{n: getattr(STATED, n) for n in STATED.__dataclass_fields__},
                                 "investment_vnd": 1.0})  # fmt: skip
    assert refusal(
        lambda: change_project(user=editor, project=project, stated=dearer, at=timezone.now())
    ) == ["after-application"]
    assert refusal(
        lambda: save_appraisal(user=editor, project=project, given=GIVEN, at=timezone.now())
    ) == ["after-application"]


def test_one_origin_makes_one_project(enterprise, office):
    def again():
        return open_project(
            user=office, enterprise=enterprise, stated=STATED, at=timezone.now(),
            origin="exchange", key="7",
        )  # fmt: skip

    again()
    assert refusal(again) == ["origin-twice"]
    assert Project.objects.count() == 1


def test_shares_are_for_approvers_banks_and_screened_projects(
    project, editor, approver, bank, ours
):
    def share(user, organisation):
        return share_project(
            user=user, project=project, organisation=organisation, at=timezone.now()
        )

    assert refusal(lambda: share(approver, bank)) == ["too-early-to-share"]
    step(editor, project, "screened")
    assert refusal(lambda: share(editor, bank)) == ["no-right"]
    assert refusal(lambda: share(approver, ours)) == ["not-a-bank"]
    row = share(approver, bank)
    assert refusal(lambda: share(approver, bank)) == ["shared-already"]
    withdraw_share(user=approver, share=row, at=timezone.now())
    assert refusal(lambda: withdraw_share(user=approver, share=row, at=timezone.now())) == [
        "share-withdrawn"
    ]
    share(approver, bank)
    assert project.shares.count() == 2


def test_no_one_else_acts_for_the_enterprise(project, office, banker, stranger, bank):
    for user in (office, banker, stranger):
        for act in (
            lambda u=user: change_project(
                user=u, project=project, stated=STATED, at=timezone.now()
            ),
            lambda u=user: save_appraisal(user=u, project=project, given=GIVEN, at=timezone.now()),
            lambda u=user: step(u, project, "screened"),
            lambda u=user: paper(u, project, "baseline"),
            lambda u=user: share_project(
                user=u, project=project, organisation=bank, at=timezone.now()
            ),
        ):
            assert refusal(act) == ["no-right"]
    assert Organisation.objects.count() > 2


@pytest.mark.parametrize(
    ("content", "item", "code"),
    [
        (b"MZ", "baseline", "file-type"), (b"", "baseline", "file-size"),
        (b"%PDF" + b"x" * (10 * 2**20 + 1), "", "file-size"), (b"%PDF-1.7", "zzz", "unknown-item"),
    ],
)  # fmt: skip
def test_papers_are_looked_at(project, editor, content, item, code):
    assert refusal(
        lambda: attach_document(
            user=editor, project=project, item=item, title="", file_name="../x.pdf",
            content=content, at=timezone.now(),
        )
    ) == [code]  # fmt: skip


def test_results_come_after_the_money(project, editor):
    def result(**changes):
        given = {"year": timezone.localdate().year, "investment_vnd": 1.0, "saving_vnd": 1.0,
                 "co2e_t": None, "source": "x"} | changes  # fmt: skip
        return record_result(user=editor, project=project, at=timezone.now(), **given)

    assert refusal(result) == ["not-running"]
    carry(editor, project, "disbursed")
    assert refusal(lambda: result(source=" ")) == ["source-missing"]
    assert refusal(lambda: result(year=1999)) == ["year-wrong"]
    assert refusal(lambda: result(investment_vnd=-1.0)) == ["negative"]
    assert result().saving_vnd == 1.0
