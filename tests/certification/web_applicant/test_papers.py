"""Papers: assembled, downloaded, uploaded, refused with the cure, taken off again."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sinhthai.certification.models import Paper

from .conftest import PDF

pytestmark = pytest.mark.django_db


def upload(client, dossier, content, name="scan.pdf", slot="letter"):
    url = reverse("dossier_upload", args=[dossier.public_id, slot])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def test_papers_are_assembled_and_come_out_as_pdf_and_word(written, writer, sign_in):
    client = sign_in(writer)
    url = reverse("dossier_papers", args=[written.public_id])
    answer = client.post(reverse("dossier_assemble", args=[written.public_id]))
    assert answer.headers["Location"] == url
    made = written.papers.filter(origin="assembled", is_current=True)
    assert set(made.values_list("slot", flat=True)) == {"letter", "operation", "assessment"}
    for paper in made:
        stored = client.get(reverse("dossier_paper", args=[written.public_id, paper.pk]))
        assert stored.content.startswith(b"%PDF-")
        assert "attachment" in stored.headers["Content-Disposition"]
        drawn = reverse("dossier_drawn", args=[written.public_id, paper.slot, "docx"])
        word = client.get(drawn)
        assert word.content.startswith(b"PK\x03\x04")
        assert ".docx" in word.headers["Content-Disposition"]
    body = client.get(url).content.decode()
    assert reverse("dossier_drawn", args=[written.public_id, "letter", "docx"]) in body


def test_a_paper_can_be_read_before_it_is_assembled(written, writer, sign_in):
    url = reverse("dossier_drawn", args=[written.public_id, "letter", "pdf"])
    answer = sign_in(writer).get(url)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert written.papers.count() == 0


def test_a_signed_scan_of_thirty_megabytes_is_taken(written, sender, sign_in):
    most = settings.SINHTHAI_UPLOAD_MAX_BYTES
    answer = upload(sign_in(sender), written, PDF + b"x" * (most - len(PDF)))
    assert answer.status_code == 302
    paper = written.papers.get()
    assert (paper.origin, paper.size) == ("signed", most)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", b"MZ\x90\x00 an executable", "PDF"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n a picture", "PNG"),
        ("scan.exe", b"MZ\x90\x00", "PDF"),
        ("scan.pdf", b"", "empty"),
    ],
)
def test_what_is_no_document_is_refused_with_the_cure(
    written, sender, sign_in, name, content, said
):
    answer = upload(sign_in(sender), written, content, name)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error-summary"' in body and 'href="#id_file"' in body
    assert said in body
    assert written.papers.count() == 0


def test_one_byte_too_many_is_refused(written, sender, sign_in):
    answer = upload(sign_in(sender), written, PDF + b"x" * settings.SINHTHAI_UPLOAD_MAX_BYTES)
    assert answer.status_code in (413, 422)
    assert written.papers.count() == 0


def test_a_newer_scan_takes_the_place_of_the_older_which_stays(written, sender, sign_in):
    client = sign_in(sender)
    upload(client, written, PDF + b" one", "first.pdf")
    upload(client, written, PDF + b" two", "second.pdf")
    current = written.papers.get(is_current=True)
    assert current.file_name == "second.pdf" and written.papers.count() == 2
    body = client.get(reverse("dossier_papers", args=[written.public_id])).content.decode()
    assert "1 earlier file" in body and "first.pdf" in body


def test_a_file_is_taken_off_and_the_log_keeps_it(written, sender, sign_in):
    client = sign_in(sender)
    upload(client, written, PDF)
    paper = written.papers.get()
    client.post(reverse("dossier_paper_withdraw", args=[written.public_id, paper.pk]))
    paper.refresh_from_db()
    assert paper.withdrawn_at and not paper.is_current
    assert written.events.filter(kind="paper.withdraw").count() == 1
    assert client.get(paper_url(written, paper)).status_code == 200  # still readable


def paper_url(dossier, paper):
    return reverse("dossier_paper", args=[dossier.public_id, paper.pk])


def test_a_paper_of_another_dossier_is_not_found_here(sent, ready, sender, other_park, sign_in):
    foreign = Paper.objects.exclude(dossier=sent).first()
    assert foreign is None  # one dossier in this store
    assert (
        sign_in(sender).get(reverse("dossier_paper", args=[sent.public_id, 999999])).status_code
        == 404
    )


def test_nothing_is_uploaded_once_the_dossier_is_sent(sent, sender, sign_in):
    before = sent.papers.count()
    answer = upload(sign_in(sender), sent, PDF + b" late")
    assert answer.status_code == 422 and sent.papers.count() == before
