"""The pages of projects: who reads them, what they show, how little they ask the store."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.finance.web.conftest import GIVEN, carry, joins, make_enterprise, paper
from tests.site.reading import assert_nothing_inline

from sinhthai.finance.actions.projects import open_project
from sinhthai.finance.actions.sharing import share_project, withdraw_share
from sinhthai.finance.forms import AppraisalForm
from sinhthai.finance.models import Project, ProjectLook, SavedAppraisal
from sinhthai.finance.readers.pipeline import FEWEST

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12  # ten for the page, two to know who asks


@pytest.fixture
def shared(project, editor, approver, bank):
    from django.utils import timezone

    carry(editor, project, "bankable")
    return share_project(user=approver, project=project, organisation=bank, at=timezone.now())


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_only_the_own_people_facilitator_and_bank_read_a_project(
    shared, project, signed_in, viewer, office, banker, other_banker, board, stranger
):
    for user, expected in (
        (viewer, 200), (office, 200), (banker, 200), (other_banker, 404), (board, 404),
        (stranger, 404),
    ):  # fmt: skip
        client = signed_in(user)
        for name in ("finance_project",):
            assert page(client, name, project.pk).status_code == expected, user
        for name, fmt in (
            ("finance_project_sheet", "pdf"), ("finance_project_sheet", "xlsx"),
            ("finance_project_picture", "svg"),
        ):  # fmt: skip
            assert page(client, name, project.pk, fmt).status_code == expected, (user, fmt)
        document = project.documents.first()
        answer = page(client, "finance_project_document", project.pk, document.pk)
        assert answer.status_code == expected


def test_only_its_own_writers_change_a_project(
    shared, project, signed_in, editor, viewer, office, banker, stranger
):
    acts = [
        ("finance_project_stage", ()), ("finance_project_share", ()),
        ("finance_share_withdraw", (shared.pk,)), ("finance_document_add", ()),
        ("finance_document_withdraw", (project.documents.first().pk,)), ("finance_result_add", ()),
    ]  # fmt: skip
    for user in (viewer, office, banker, stranger):
        client = signed_in(user)
        for name in ("finance_project_edit", "finance_project_appraisal"):
            assert page(client, name, project.pk).status_code == 404, (user, name)
        for name, more in acts:
            answer = client.post(reverse(name, args=(project.pk, *more)))
            assert answer.status_code == 404, (user, name)
    assert page(signed_in(editor), "finance_project_edit", project.pk).status_code == 200
    assert page(signed_in(editor), "finance_project_appraisal", project.pk).status_code == 200


def test_a_share_withdrawn_closes_the_page_and_keeps_the_looks(
    shared, project, signed_in, banker, approver, editor
):
    from django.utils import timezone

    client = signed_in(banker)
    assert project.title in page(client, "finance_pipeline").content.decode()
    assert page(client, "finance_project", project.pk).status_code == 200
    withdraw_share(user=approver, share=shared, at=timezone.now())
    assert page(client, "finance_project", project.pk).status_code == 404
    assert project.title not in page(client, "finance_pipeline").content.decode()
    seen = ProjectLook.objects.filter(project=project).values_list("page", "as_what")
    assert set(seen) == {("pipeline", "bank"), ("project", "bank")}
    own = page(signed_in(editor), "finance_project", project.pk).content.decode()
    assert banker.get_full_name() in own


def test_a_bank_does_not_learn_who_else_was_asked(shared, project, signed_in, banker, approver):
    from django.utils import timezone

    from sinhthai.accounts.models import Organisation

    rival = Organisation.objects.create(code="rival", kind="bank", name_vi="Ngân hàng Đối thủ")
    share_project(user=approver, project=project, organisation=rival, at=timezone.now())
    html = page(signed_in(banker), "finance_project", project.pk).content.decode()
    assert "Đối thủ" not in html
    assert approver.get_full_name() not in html


def test_looks_of_one_day_are_one_line(shared, project, signed_in, banker):
    client = signed_in(banker)
    for _again in range(3):
        page(client, "finance_project", project.pk)
    assert ProjectLook.objects.filter(project=project, page="project").count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_obey_the_policy_and_ask_little(
    shared, project, signed_in, editor, approver, banker, office, language
):
    code = project.enterprise.code
    pages = [
        (editor, reverse("finance_enterprise_projects", args=[code])),
        (editor, reverse("finance_project_new", args=[code])),
        (approver, reverse("finance_project", args=[project.pk])),
        (editor, reverse("finance_project_edit", args=[project.pk])),
        (editor, reverse("finance_project_appraisal", args=[project.pk])),
        (banker, reverse("finance_project", args=[project.pk])),
        (banker, reverse("finance_pipeline")),
        (office, reverse("finance_pipeline")),
        (office, reverse("finance_funds")),
    ]
    wrong = []
    for user, url in pages:
        client = signed_in(user)
        client.cookies["language"] = language
        client.get(url)  # the look of the day is written once
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        html = answer.content.decode()
        assert answer.status_code == 200, url
        assert_nothing_inline(html)
        assert f'<html lang="{language}">' in html
        if len(queries) > MOST_QUERIES:
            wrong.append(f"{url}: {len(queries)}")
    assert wrong == []


def test_a_project_goes_from_the_form_to_its_page(enterprise, signed_in, editor):
    client = signed_in(editor)
    url = reverse("finance_project_new", args=[enterprise.code])
    answer = client.post(url, {"title": ""})
    assert answer.status_code == 422
    assert Project.objects.count() == 0
    sent = {"title": "Tận dụng nhiệt", "kind": "waste-heat-power", "investment_vnd": "1.500.000.000",
            "energy_share": "12,5"}  # fmt: skip
    answer = client.post(url, sent)
    made = Project.objects.get()
    assert answer.headers["Location"] == f"/projects/{made.pk}/"
    assert (made.investment_vnd, made.energy_share) == (1.5e9, 0.125)
    form = AppraisalForm.of(GIVEN) | {"price_from": "tariff", "voltage": "22kV"}
    sent = {name: value for name, value in form.items() if value not in (None, False)}
    answer = client.post(f"/projects/{made.pk}/appraisal/", sent)
    assert answer.status_code == 302, answer.content.decode()
    kept = SavedAppraisal.objects.get(project=made)
    assert kept.pins["tariff"]
    assert kept.pins["factors"]
    html = client.get(f"/projects/{made.pk}/").content.decode()
    assert "<svg" in html
    assert kept.pins["tariff"] in html


def test_an_appraisal_says_everything_that_is_wrong(project, signed_in, editor):
    answer = signed_in(editor).post(
        f"/projects/{project.pk}/appraisal/",
        {"investment": "abc", "life": "0", "electricity_mwh": "5", "price_from": "tariff",
         "starts": "08:00", "ends": "17:00", "rate": "10", "horizon": "5", "first_year": "2026",
         "tax": "20", "water_m3": "5"},
    )  # fmt: skip
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in ("investment", "life", "voltage", "water_price"):
        assert f'href="#id_{field}"' in html
    assert not SavedAppraisal.objects.exists()


def test_sums_of_few_enterprises_are_withheld(park, project, signed_in, board, editor):
    from django.utils import timezone

    client = signed_in(board)
    html = page(client, "finance_pipeline").content.decode()
    assert project.title not in html
    assert "200" not in html.split("<table", 1)[1].split("</table>")[0]
    for number in range(2, FEWEST + 1):
        made = make_enterprise(park, f"030000000{number}", f"Nhà máy {number}")
        organisation = editor.memberships.first().organisation
        organisation.scopes.create(kind="enterprise", code=made.code)
    from tests.finance.web.conftest import STATED

    keeper = joins("keeper", organisation, "editor")
    for made in park.enterprises.exclude(pk=project.enterprise_id):
        open_project(user=keeper, enterprise=made, stated=STATED, at=timezone.now())
    html = page(client, "finance_pipeline").content.decode()
    assert "600" in html.split("<table", 1)[1].split("</table>")[0]
    assert project.title not in html


def test_totals_never_mix_estimates_with_results(park, project, editor, approver):
    from sinhthai.finance.readers.pipeline import sums_by_stage

    carry(editor, project, "verified", verifier=approver)
    [row] = sums_by_stage(Project.objects.all(), of_others=False)
    assert row.estimated is None
    assert (row.verified.investment, row.verified.saving) == (210e6, 95e6)


def test_lists_are_searched_filtered_sorted_and_exported(project, signed_in, editor):
    client = signed_in(editor)
    url = reverse("finance_enterprise_projects", args=[project.enterprise.code])
    for query, there in (
        ("?q=bien+tan", True), ("?q=zzz", False), ("?stage=idea", True), ("?stage=verified", False),
        ("?group=manufacturing", True), ("?group=water", False), ("?sort=-npv", True),
        ("?sort=zzz&stage=zzz&group=zzz&page=99", True), ("?fund=vneep3", False),
    ):  # fmt: skip
        html = client.get(url + query).content.decode()
        assert (project.title in html) is there, query
    answer = client.get(reverse("finance_pipeline_export", args=["csv"]))
    assert project.title in answer.content.decode("utf-8-sig")
    assert client.get(reverse("finance_pipeline_export", args=["exe"])).status_code == 404


def test_everybody_reads_the_funds(client):
    html = client.get(reverse("finance_funds")).content.decode()
    assert "VEPF" in html
    assert html.count("unverified") >= 10
    assert "EDGE" not in client.get("/finance/funds/?instrument=loan").content.decode()
    assert "EDGE" in client.get("/finance/funds/?q=edge&sort=-rate").content.decode()
    answer = client.get(reverse("finance_funds_export", args=["xlsx"]))
    assert answer.content.startswith(b"PK")


def test_a_withdrawn_document_is_gone_for_readers(project, editor, signed_in):
    from django.utils import timezone

    from sinhthai.finance.actions.dossier import withdraw_document

    document = paper(editor, project, "baseline")
    client = signed_in(editor)
    url = reverse("finance_project_document", args=[project.pk, document.pk])
    assert client.get(url).content.startswith(b"%PDF")
    withdraw_document(user=editor, document=document, at=timezone.now())
    assert client.get(url).status_code == 404
