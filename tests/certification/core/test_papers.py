"""Files of a dossier: what is taken, what is refused, whose they are."""

import hashlib
import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from tests.certification.core.world import (
    DAY,
    HOUR,
    PDF,
    T,
    certified,
    open_issue,
    prepare,
    reported,
    submitted,
)

from sinhthai.certification.actions.papers import add_paper, assemble_papers, withdraw_paper
from sinhthai.certification.models import Event, Paper
from sinhthai.foundation.problems import InputError


def refused(call, **given):
    with pytest.raises(InputError) as error:
        call(**given)
    return [one.code for one in error.value.problems]


def docx():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.docx", docx()),
    ],
)
def test_a_document_is_kept_as_it_came(world, name, content):
    dossier = open_issue(world)
    paper = add_paper(
        user=world.writer, dossier=dossier, slot="other", file_name=name, content=content, at=T
    )
    assert paper.sha256 == hashlib.sha256(content).hexdigest() and paper.origin == "uploaded"
    with default_storage.open(paper.file.name) as file:
        assert file.read() == content
    assert Event.objects.get(kind="paper.add").detail["sha256"] == paper.sha256


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("don.pdf", b"", "empty-file"),
        ("don.pdf", b"MZ\x90\x00 an executable", "file-type"),
        ("don.pdf", b"#!/bin/sh\nrm -rf /", "file-type"),
        ("don.exe", PDF, "file-name"),
        ("don.png", PDF, "file-name"),
        ("don.docx", b"PK\x03\x04 broken", "file-type"),
    ],
)
def test_what_is_no_document_is_refused_whatever_its_name(world, name, content, code):
    dossier = open_issue(world)
    given = {"user": world.writer, "dossier": dossier, "slot": "other", "at": T}
    assert refused(add_paper, file_name=name, content=content, **given) == [code]
    assert not Paper.objects.exists()


def test_a_scan_of_thirty_megabytes_is_taken_and_one_byte_more_is_not(world, settings):
    dossier = open_issue(world)
    limit = settings.SINHTHAI_UPLOAD_MAX_BYTES
    assert limit == 30 * 2**20
    whole = PDF.ljust(limit, b"\0")
    given = {"user": world.writer, "dossier": dossier, "slot": "other", "at": T}
    assert add_paper(file_name="scan.pdf", content=whole, **given).size == limit
    assert refused(add_paper, file_name="scan2.pdf", content=whole + b"\0", **given) == [
        "too-large"
    ]


def test_the_same_file_twice_is_kept_once(world):
    dossier = open_issue(world)
    given = {"user": world.writer, "dossier": dossier, "slot": "other", "content": PDF, "at": T}
    add_paper(file_name="a.pdf", **given)
    assert refused(add_paper, file_name="b.pdf", **given) == ["file-twice"]


def test_a_newer_scan_takes_the_place_of_the_older_and_papers_of_one_s_own_stand_together(world):
    dossier = open_issue(world)
    for number, slot in enumerate(("letter", "letter", "other", "other")):
        add_paper(
            user=world.signer, dossier=dossier, slot=slot, file_name=f"{number}.pdf",
            content=PDF + bytes([number]), at=T + number * HOUR,
        )  # fmt: skip
    rows = Paper.objects.filter(dossier=dossier)
    assert [(one.slot, str(one.origin), one.is_current) for one in rows] == [
        ("letter", "signed", False), ("letter", "signed", True),
        ("other", "uploaded", True), ("other", "uploaded", True),
    ]  # fmt: skip


def test_papers_are_assembled_again_as_they_are_now_and_the_old_ones_stay(world):
    dossier = prepare(world, open_issue(world))
    assemble_papers(user=world.writer, dossier=dossier, at=T + DAY)
    rows = Paper.objects.filter(dossier=dossier, slot="assessment")
    assert [one.is_current for one in rows] == [False, True]
    for one in rows:
        with default_storage.open(one.file.name) as file:
            assert hashlib.sha256(file.read()).hexdigest() == one.sha256


@pytest.mark.parametrize("by", ["rival", "judge", "overseer", "reader", "clerk", "stranger"])
def test_nobody_else_puts_papers_in_the_applicant_s_slots(world, by):
    dossier = open_issue(world)
    with pytest.raises(Http404):
        add_paper(
            user=world.people[by], dossier=dossier, slot="letter", file_name="a.pdf", content=PDF,
            at=T,
        )  # fmt: skip


def test_nothing_is_added_or_withdrawn_once_it_is_sent(world):
    dossier = submitted(world)
    paper = dossier.papers.filter(slot="letter", origin="signed").get()
    given = {"user": world.signer, "at": T + DAY}
    assert refused(withdraw_paper, paper=paper, **given) == ["not-now"]
    assert refused(
        add_paper, dossier=dossier, slot="other", file_name="a.pdf", content=PDF, **given
    ) == ["not-now"]


def test_a_withdrawn_paper_stays_readable_in_the_store(world):
    dossier = prepare(world, open_issue(world))
    paper = dossier.papers.filter(slot="letter", origin="signed").get()
    withdrawn = withdraw_paper(user=world.signer, paper=paper, at=T + DAY)
    assert withdrawn.withdrawn_at == T + DAY and not withdrawn.is_current
    assert default_storage.exists(withdrawn.file.name)
    assert refused(withdraw_paper, user=world.signer, paper=paper, at=T + DAY) == [
        "paper-withdrawn"
    ]


def test_the_board_brings_back_its_signed_report_and_the_issuer_its_decision(issuing):
    dossier = reported(issuing)
    given = {"dossier": dossier, "file_name": "bao-cao.pdf", "content": PDF, "at": T + 5 * DAY}
    paper = add_paper(user=issuing.judge, slot="evaluation_report", **given)
    assert paper.origin == "signed"
    for by in ("signer", "chair"):
        with pytest.raises(Http404):
            add_paper(user=issuing.people[by], slot="evaluation_report", **given)
    assert refused(add_paper, user=issuing.judge, slot="nothing", **given) == ["unknown-slot"]


def test_a_decision_signed_on_paper_comes_back_after_it_was_taken(issuing):
    dossier = certified(issuing)
    paper = add_paper(
        user=issuing.chair, dossier=dossier, slot="decision", file_name="qd.pdf", content=PDF,
        at=T + 7 * DAY,
    )  # fmt: skip
    assert paper.slot == "decision" and paper.origin == "signed"
