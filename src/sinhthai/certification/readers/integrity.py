"""Do dossiers, certificates and files still say what the chain says happened to them?

The chain proves its own links. A row changed beside it, an older copy of one table, or a store put
back without its files is found here. Nothing here writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from sinhthai.certification.engine.canonical import digest
from sinhthai.certification.models import Certificate, Dossier, Event, Paper
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_CURE = Text(
    "Giữ nguyên kho dữ liệu và đối chiếu với bản sao lưu, cả kho lẫn thư mục tệp.",
    "Leave the store as it is, and compare it with a backup, of the store and of its files.",
)
_DOSSIER = Text(
    "Hồ sơ {name}: trạng thái trong kho là “{now}”, chuỗi sự kiện ghi “{told}”.",
    "Dossier {name}: the store says “{now}”, the chain “{told}”.",
)
_CERTIFICATE = Text(
    "Giấy chứng nhận {name}: trong kho là “{now}”, chuỗi sự kiện ghi “{told}”.",
    "Certificate {name}: the store says “{now}”, the chain “{told}”.",
)
_OTHER_CONTENT = Text(
    "Giấy chứng nhận {name}: nội dung không phải nội dung đã cấp.",
    "Certificate {name}: its content is not what was issued.",
)
_GONE = Text(
    "Hồ sơ {name}: mất tệp {file}.", "Dossier {name}: the file {file} is gone."
)  # fmt: skip
_CHANGED = Text(
    "Hồ sơ {name}: tệp {file} không còn như khi nộp.",
    "Dossier {name}: the file {file} is not what was filed.",
)


def disagreements(*, files: bool) -> Iterator[Problem]:
    """Yield what the store says otherwise than the chain; with *files* every byte of them too."""
    yield from _dossiers()
    yield from _certificates()
    yield from _papers(whole=files)


def _dossiers() -> Iterator[Problem]:
    told = Event.objects.filter(dossier=OuterRef("pk")).filter(
        Q(kind__startswith="step.") | Q(kind="dossier.open")
    )
    rows = Dossier.objects.annotate(told=_last(told)).exclude(told=F("state"))
    for name, now, said in rows.order_by("id").values_list("public_id", "state", "told").iterator():
        yield _problem("dossier-otherwise", _DOSSIER, name=name, now=now, told=said or "—")


def _certificates() -> Iterator[Problem]:
    told = Event.objects.filter(certificate=OuterRef("pk"), kind__startswith="certificate.")
    issued = Event.objects.filter(certificate=OuterRef("pk"), kind="certificate.issue")
    rows = Certificate.objects.annotate(
        told=_last(told), said=Subquery(issued.values("detail")[:1])
    ).order_by("id")
    for row in rows.iterator(chunk_size=500):
        if row.told != row.state:
            said = row.told or "—"
            yield _problem(
                "certificate-otherwise", _CERTIFICATE, name=row.number, now=row.state, told=said
            )
        if (row.said or {}).get("digest") != row.digest or _digest(row) != row.digest:
            yield _problem("certificate-changed", _OTHER_CONTENT, name=row.number)


def _papers(*, whole: bool) -> Iterator[Problem]:
    rows = Paper.objects.order_by("id").values_list("dossier__public_id", "file", "sha256")
    for name, file, sha256 in rows.iterator():
        if not default_storage.exists(file):
            yield _problem("file-gone", _GONE, name=name, file=file)
        elif whole:
            with default_storage.open(file, "rb") as source:
                if hashlib.sha256(source.read()).hexdigest() != sha256:
                    yield _problem("file-changed", _CHANGED, name=name, file=file)


def _last(events: QuerySet[Event]) -> Subquery:
    return Subquery(events.order_by("-seq").values("after")[:1])


def _digest(row: Certificate) -> str:
    try:
        return digest(row.credential)
    except InputError:  # what has no canonical spelling was never signed
        return ""


def _problem(code: str, message: Text, **values: str) -> Problem:
    return Problem(code, message.format(**values), _CURE)
