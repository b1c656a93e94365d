"""Files that lie: about their kind, their name, their size; what was kept, changed or gone."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.certification.core.world import DAY, PDF, T

from sinhthai.certification.actions.papers import add_paper, withdraw_paper
from sinhthai.certification.models import Paper
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.evidence_kinds import DOCX, XLSX, kind_of

pytestmark = pytest.mark.django_db
AT = T + 9 * DAY
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def office(main="word/document.xml", **parts):
    """An Office file of *parts*, by what stands for their names."""
    names = {"types": "[Content_Types].xml", "rels": "word/_rels/document.xml.rels"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(main, "<x/>")
        for name, content in parts.items():
            archive.writestr(names.get(name, name), content)
    return out.getvalue()


def relation(kind, *, mode="External", target="http://e.vil/x"):
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELS}{kind}" Target="{target}" TargetMode="{mode}"/>'
        f"</Relationships>"
    )


MACRO = (
    '<Types><Override ContentType="application/vnd.ms-office.vbaProject" PartName="/a"/></Types>'
)
DOCM = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + "]><x>&a8;</x>"
)
BAD = {
    "an executable": b"MZ\x90\0",
    "a picture with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a PDF behind something": b"MZ" + PDF,
    "an archive": office("evil.exe"),
    "an archive cut off": office()[:-10],
    "macros under their name": office(**{"word/vbaProject.bin": "x"}),
    "macros under another name": office(types=MACRO),
    "macros said so": office(types=DOCM),
    "a macro by relation": office(rels=relation("vbaProject", mode="Internal")),
    "a template of another place": office(rels=relation("attachedTemplate")),
    "a frame of another place": office(rels=relation("frame")),
    "an object of another place": office(rels=relation("oleObject")),
    "the mode in other letters": office(rels=relation("attachedTemplate", mode="&#69;XTERNAL")),
    "relations in UTF-16": office(
        rels=('<?xml version="1.0" encoding="utf-16"?>' + relation("attachedTemplate")).encode("utf-16")
    ),
    "relations that are no XML": office(rels="<"),
    "a laughing part": office(types=LAUGHS),
    "a bomb": office(rels=b" " * 50_000_000),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_document_is_not_taken_for_one(what):
    assert kind_of(BAD[what]) is None


def test_what_offices_write_is_taken():
    assert kind_of(office(rels=relation("hyperlink"))) is DOCX
    assert kind_of(office("xl/workbook.xml", rels=relation("externalLinkPath"))) is XLSX
    assert kind_of(office(rels=relation("image", mode="Internal"))) is DOCX


def codes(refused):
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def add(things):
    def send(name, content, slot="other"):
        return add_paper(
            user=things.world.clerk, dossier=things.draft, slot=slot, file_name=name,
            content=content, at=AT,
        )  # fmt: skip

    return send


def test_a_scan_of_thirty_megabytes_is_refused_with_the_limit(things, add, as_, settings):
    settings.SINHTHAI_UPLOAD_MAX_BYTES = 2**20
    with pytest.raises(InputError) as refused:
        add("scan.pdf", PDF + bytes(2**20))
    assert codes(refused) == ["too-large"] and "1 MB" in refused.value.problems[0].message.en
    url = f"/dossiers/{things.draft.public_id}/papers/other/upload/"
    big = SimpleUploadedFile("scan.pdf", PDF + bytes(3 * 2**20))
    answer = as_("clerk").post(url, {"file": big})
    assert answer.status_code == 422 and "1 MB" in answer.content.decode()
    for name, content in (
        ("a.pdf", b"MZ\x90\0"),
        ("a.exe", PDF),
        ("a.pdf.exe", PDF),
        ("a.pdf", b""),
    ):
        with pytest.raises(InputError):
            add(name, content)
    assert not things.draft.papers.filter(slot="other").exists()


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.pdf", "C:\\x\\..\\y.pdf", "a\r\nSet-Cookie: x=1.pdf", "\u202efdp.exe.pdf",
     "\0.pdf", "x" * 500 + ".pdf", '";filename="evil.html.pdf', "<img src=x>.pdf", ".pdf", "CON.pdf"],
)  # fmt: skip
def test_a_name_leads_nowhere_and_breaks_no_header(things, add, as_, name):
    if name in (".pdf", "\0.pdf"):
        with pytest.raises(InputError):
            add(name, PDF)
        return
    paper = add(name, PDF)
    assert not set(paper.file_name) & set("/\\\r\n\0\u202e") and len(paper.file_name) <= 200
    assert paper.file.name == f"papers/{paper.sha256}" or paper.sha256 in paper.file.name
    answer = as_("clerk").get(f"/dossiers/{things.draft.public_id}/papers/{paper.pk}/")
    assert answer.status_code == 200 and answer.content == PDF
    assert hashlib.sha256(answer.content).hexdigest() == paper.sha256
    disposition = answer["Content-Disposition"]
    assert disposition.startswith('attachment; filename="') and disposition.count('"') == 2
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "Set-Cookie" not in answer.headers


def test_a_file_changed_or_gone_is_not_served(things, add, as_):
    paper = add("a.pdf", PDF)
    url, client = f"/dossiers/{things.draft.public_id}/papers/{paper.pk}/", as_("clerk")
    Paper.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    assert client.get(url).status_code == 404
    Paper.objects.filter(pk=paper.pk).update(file="papers/gone")
    assert client.get(url).status_code == 404


def test_a_file_taken_back_stays_with_who_filed_it(things, add, as_):
    paper = add("wrong.pdf", PDF)
    withdraw_paper(user=things.world.clerk, paper=paper, at=AT)
    type(things.draft).objects.filter(pk=things.draft.pk).update(submitted_digest="1" * 64)
    url = f"/dossiers/{things.draft.public_id}/papers/{paper.pk}/"
    assert as_("clerk").get(url).status_code == 200
    for who in ("head", "overseer"):
        assert as_(who).get(f"/dossiers/{things.draft.public_id}/").status_code == 200
        assert as_(who).get(url).status_code == 404
    [attached] = things.opinion.papers.all()
    Paper.objects.filter(pk=attached.pk).update(withdrawn_at=AT)
    url = f"/opinions/{things.opinion.pk}/papers/{attached.pk}/"
    assert as_("recp_body").get(url).status_code == 200
    assert as_("head").get(url).status_code == 404
    assert (
        as_("head").get(f"/dossiers/{things.issued.public_id}/papers/{attached.pk}/").status_code
        == 404
    )


def test_what_a_body_attaches_to_its_draft_is_its_own(things, as_):
    """By the address of the opinion, and by that of the dossier."""
    [attached] = things.opinion.papers.all()
    type(things.opinion).objects.filter(pk=things.opinion.pk).update(answered_at=None)
    for url in (
        f"/opinions/{things.opinion.pk}/papers/{attached.pk}/",
        f"/dossiers/{things.issued.public_id}/papers/{attached.pk}/",
    ):
        assert as_("recp_body").get(url).status_code == 200
        for who in ("head", "chair", "overseer", "writer", "environment_ministry"):
            assert as_(who).get(url).status_code == 404, who
