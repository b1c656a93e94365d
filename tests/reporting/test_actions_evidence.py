"""Evidence: told by content, bound by hash, withdrawn with a trail."""

import io
import zipfile

import pytest

from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.problems import InputError
from sinhthai.reporting import actions
from sinhthai.reporting.actions import evidence as limits
from sinhthai.reporting.models import Evidence

from .conftest import YEAR, later

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def office_file(*parts):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as book:
        for part in ("[Content_Types].xml", *parts):
            book.writestr(part, "<x/>")
    return sink.getvalue()


GOOD = {
    "a.pdf": b"%PDF-1.7 content",
    "a.png": b"\x89PNG\r\n\x1a\n content",
    "a.JPG": b"\xff\xd8\xff\xe0 content",
    "a.docx": office_file("word/document.xml"),
    "a.xlsx": office_file("xl/workbook.xml"),
}
BAD = {
    "virus.pdf": (b"MZ\x90\x00 an executable", "evidence-type"),
    "page.pdf": (b"<html><script>alert(1)</script>", "evidence-type"),
    "macro.xlsx": (office_file("xl/workbook.xml", "xl/vbaProject.bin"), "evidence-type"),
    "archive.docx": (office_file("readme.txt"), "evidence-type"),
    "broken.docx": (b"PK\x03\x04 cut off", "evidence-type"),
    "report.exe": (b"%PDF-1.7 content", "evidence-type-name"),
    "empty.pdf": (b"", "empty-file"),
}


def attach(park, user, name="a.pdf", content=b"%PDF-1.7 content", **more):
    return actions.attach_evidence(
        user=user,
        park=park,
        year=YEAR,
        item="greenery_ha",
        file_name=name,
        content=content,
        at=later(hours=1),
        **more,
    )


def refused(*arguments, **more):
    with pytest.raises(InputError) as error:
        attach(*arguments, **more)
    (problem,) = error.value.problems
    assert problem.message.vi != problem.message.en
    return problem.code


@pytest.mark.parametrize("name", GOOD)
def test_documents_are_kept_privately_with_their_hash(name, park, owner):
    found = attach(park, owner, name, GOOD[name])
    with found.file.open("rb") as kept:
        assert kept.read() == GOOD[name]
    assert len(found.sha256) == 64
    assert found.file_name == name
    assert name not in found.file.name
    assert AuditEntry.objects.get().detail["sha256"] == found.sha256


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_what_its_name_says_is_refused(name, park, owner):
    content, code = BAD[name]
    assert refused(park, owner, name, content) == code
    assert Evidence.objects.count() == 0


def test_a_file_over_the_limit_is_refused(park, owner, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 2**20)
    assert refused(park, owner, content=b"%PDF-" + b" " * 2**20) == "too-large"


def test_the_same_file_is_bound_once_and_ten_are_enough(park, owner):
    attach(park, owner)
    assert refused(park, owner) == "evidence-twice"
    for number in range(9):
        attach(park, owner, content=f"%PDF-1.7 {number}".encode())
    assert refused(park, owner, content=b"%PDF-1.7 the eleventh") == "evidence-too-many"


def test_withdrawn_evidence_stays_in_the_store_and_the_trail(park, owner):
    found = attach(park, owner)
    actions.withdraw_evidence(user=owner, evidence=found, at=later(hours=2))
    found.refresh_from_db()
    assert (found.withdrawn_by, found.withdrawn_at) == (owner, later(hours=2))
    with pytest.raises(InputError):
        actions.withdraw_evidence(user=owner, evidence=found, at=later(hours=3))
    assert attach(park, owner).pk != found.pk


def test_evidence_needs_the_right_and_an_item_of_the_subject(park, dairy, owner, viewer):
    assert refused(park, viewer) == "no-right"
    assert refused(park, owner, enterprise=dairy) == "unknown-item"


def test_a_path_in_the_name_is_cut_off(park, owner):
    assert attach(park, owner, "C:\\secret\\..\\báo cáo.pdf").file_name == "báo cáo.pdf"
