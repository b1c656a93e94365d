"""What hostile or careless input does to a project: it is told, and no page breaks."""

import pytest
from django.utils import timezone
from tests.finance.web.conftest import GIVEN

from sinhthai.finance.actions.dossier import attach_document
from sinhthai.finance.forms import AppraisalForm
from sinhthai.finance.models import ProjectDocument, SavedAppraisal
from sinhthai.foundation.problems import InputError


def sent(**more):
    form = AppraisalForm.of(GIVEN) | more
    return {name: value for name, value in form.items() if value not in (None, False)}


@pytest.mark.parametrize("name", ["investment", "electricity_mwh", "own_price", "co2e"])
@pytest.mark.parametrize("written", ["1e308", "9" * 40, "nan", "inf"])
def test_numbers_that_overflow_are_refused(project, editor, signed_in, name, written):
    answer = signed_in(editor).post(f"/projects/{project.pk}/appraisal/", sent(**{name: written}))
    assert answer.status_code == 422
    assert not SavedAppraisal.objects.exists()


def test_a_rate_next_to_nothing_divides_by_nothing(project, editor, signed_in):
    client = signed_in(editor)
    answer = client.post(f"/projects/{project.pk}/appraisal/", sent(rate="1e-300"))
    assert answer.status_code == 302
    assert SavedAppraisal.objects.get().result["npv"] > 0
    assert client.get(f"/projects/{project.pk}/").status_code == 200


def test_an_unknown_investment_starts_blank_not_at_zero(project, editor, signed_in):
    project.investment_vnd = None
    project.save()
    page = signed_in(editor).get(f"/projects/{project.pk}/appraisal/")
    assert page.context["form"]["investment"].value() in (None, "")


@pytest.mark.parametrize("name", ["invoice.html", "invoice.pdf.exe", "invoice.svg", "invoice"])
def test_a_paper_is_not_named_as_something_else(project, editor, name):
    with pytest.raises(InputError) as told:
        attach_document(
            user=editor, project=project, item="", title="", file_name=name,
            content=b"%PDF-1.7", at=timezone.now(),
        )  # fmt: skip
    assert [one.code for one in told.value.problems] == ["file-name"]
    assert not ProjectDocument.objects.exists()
