"""What hostile input does to an audit and a project: nothing, and no page breaks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sinhthai.efficiency.models import AuditEvidence
from tests.efficiency.web.conftest import chosen, metered

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("year", ["9" * 5000, "²", "٢٠٢٣", "-1", "2023\x00"])
def test_no_year_breaks_the_report(audit, adviser, sign_in, year):
    client = sign_in(adviser)
    assert client.get(f"/audits/{audit.pk}/report/", {"year": year}).status_code == 200
    answer = client.post(f"/audits/{audit.pk}/report/propose/", {"year": year})
    assert answer.status_code in (302, 400, 404, 422)


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "²", "٣", "1 OR 1=1"])
def test_no_number_of_a_measure_breaks_the_upload(audit, adviser, sign_in, number):
    sent = {"measure": number, "file-file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}
    answer = sign_in(adviser).post(f"/audits/{audit.pk}/evidence/", sent)
    assert answer.status_code == 404
    assert not AuditEvidence.objects.exists()


def test_a_measure_of_another_audit_cannot_be_reached_through_ones_own(
    audit, adviser, stranger, other_park, sign_in
):
    from sinhthai.efficiency.actions.audits import open_audit
    from tests.efficiency.web.conftest import AT, make_enterprise

    other = make_enterprise(other_park, "0300000099", "Khác")
    theirs = open_audit(user=stranger, enterprise=other, year=2023, lead="X", at=AT)
    metered(theirs, stranger, "", 100.0)
    row = chosen(theirs, stranger, "led")
    client = sign_in(adviser)
    for page in ("", "size/", "judge/", "plan/", "step/", "result/"):
        for where in (audit.pk, theirs.pk):
            url = f"/audits/{where}/measures/{row.pk}/{page}"
            assert (client.post if page else client.get)(url).status_code == 404, url


def test_numbers_that_overflow_are_refused_and_the_pages_open(audit, adviser, sign_in):
    client = sign_in(adviser)
    sent = {"what": "electricity|", "origin": "measured", "source": SCRIPT}
    url = f"/audits/{audit.pk}/baseline/"
    for written in ("1e308", "1e300", "nan", "-1"):
        assert client.post(url, sent | {"quantity": written}).status_code == 422
    largest = {"quantity": "1e18", "price_vnd": "1e18"}
    assert client.post(url, sent | largest).status_code in (302, 422)
    for page in ("", "baseline/", "measures/", "report/"):
        answer = client.get(f"/audits/{audit.pk}/{page}")
        assert answer.status_code == 200
        assert SCRIPT not in answer.content.decode()


def test_a_get_changes_nothing(audit, adviser, own, sign_in):
    for person in (adviser, own):
        client = sign_in(person)
        for page in ("share/", "phase/", "baseline/reported/", "evidence/", "measures/choose/"):
            assert client.get(f"/audits/{audit.pk}/{page}").status_code == 405
