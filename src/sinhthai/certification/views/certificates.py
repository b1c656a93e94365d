"""The public register of certificates: its list, one certificate, its files, and verification."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.certification import exports_certificates as exports
from sinhthai.certification.engine.canonical import canonical
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.credential import PURPOSES, read_facts
from sinhthai.certification.engine.verify import Verdict
from sinhthai.certification.engine.verify_words import OUTCOME_NAMES
from sinhthai.certification.models import Certificate, CertificateFile
from sinhthai.certification.readers.certificates import (
    QUESTIONED,
    SORTS,
    STANDINGS,
    Asked,
    certificates_on,
    read_certificates,
    read_history,
    verify_shown,
)
from sinhthai.certification.readers.decision import OBSTACLE_NAMES
from sinhthai.certification.readers.register import FILES, signed_file
from sinhthai.certification.wording import enterprise_name, organisation_name, park_name
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Province
from sinhthai.registry.views.listing import Sorting, columns, page_of
from sinhthai.reporting.views.answers import file_response, language_of, said

_KINDS = ("park", "enterprise")


@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Show the register; everybody may read it."""
    asked, today = _asked(request), legal_day(timezone.now())
    sorting = _sorting(request)
    rows = read_certificates(asked, today, sort=sorting.column, descending=sorting.descending)
    page = page_of(request, rows)
    language = language_of(request)
    provinces = Province.objects.filter(parks_now__certificates__isnull=False).distinct()
    return render(
        request,
        "certification/register/list.html",
        {
            "nav": "certificates",
            "page": page,
            "rows": [_row(certificate) for certificate in page],
            "asked": asked,
            "kinds": [(kind, exports.KINDS[kind].get(language)) for kind in _KINDS],
            "standings": [(code, name.get(language)) for code, name in STANDINGS.items()],
            "provinces": [(province.code, province.name) for province in provinces],
            "columns": columns(
                [
                    ("holder", _("Holder"), ""),
                    ("number", _("Number"), ""),
                    ("issuer", _("Issuing authority"), ""),
                    ("issued", _("Issued on"), "num"),
                    ("until", _("Last day"), "num"),
                    ("standing", _("State"), ""),
                ],
                sorting,
            ),
            "invented": any(_is_invented(certificate) for certificate in page),
        },
    )


@require_GET
def certificate_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """Give what the same filters show, as a file."""
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    sorting = _sorting(request)
    rows = read_certificates(
        _asked(request),
        legal_day(timezone.now()),
        sort=sorting.column,
        descending=sorting.descending,
    )
    language = language_of(request)
    content = exports.certificates_file(rows, fmt=fmt, language=language)
    return file_response(content, f"{exports.NAME.get(language)}.{fmt}", MEDIA_TYPES[fmt])


@require_GET
def certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how one certificate stands: where its QR code leads."""
    found = get_object_or_404(
        certificates_on(legal_day(timezone.now())).select_related(
            "park__province_now", "park__operator", "enterprise", "issuer", "key", "replaces",
            "replaced_by", "dossier",
        ).defer(None),
        public_id=public_id,
    )  # fmt: skip
    row = _row(found)
    facts = read_facts(found.credential)
    return render(
        request,
        "certification/register/certificate.html",
        {
            "nav": "certificates",
            **row,
            "facts": facts,
            "kind": exports.KINDS[facts.subject],
            "overrides": [(one, OBSTACLE_NAMES[one.obstacle]) for one in facts.overrides],
            "history": [(event, _happened(event.kind)) for event in read_history(found)],
            "invented": facts.invented or _is_invented(found),
            "reason": found.state_reason if row["standing"] not in ("valid", "expired") else "",
        },
    )


@require_GET
def certificate_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the sealed PDF, byte for byte as issued."""
    file = get_object_or_404(
        CertificateFile.objects.select_related("certificate"), certificate__public_id=public_id
    )
    return file_response(bytes(file.pdf), _file_name(file.certificate, "pdf"), "application/pdf")


@require_GET
def certificate_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the credential, byte for byte as signed."""
    found = get_object_or_404(Certificate, public_id=public_id)
    content = canonical(found.credential)
    return file_response(content, _file_name(found, "json"), "application/vc")


@require_GET
def certificate_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a signed file of the register, for those who verify offline or by other software."""
    if name not in FILES or name in PURPOSES:
        raise Http404("no such file")
    return _signed(request, name)


@require_GET
def certificate_status(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give a status list of the W3C's standard."""
    if purpose not in PURPOSES:
        raise Http404("no such list")
    return _signed(request, purpose)


@require_http_methods(["GET", "POST"])
def certificate_verify(request: HttpRequest) -> HttpResponse:
    """Take a certificate as PDF or JSON and say what it is worth. The file is not kept."""
    context: dict[str, object] = {"nav": "certificates", "errors": []}
    status = 200
    if request.method == "POST":
        try:
            shown = _upload(request)
            verdict = verify_shown(b"".join(shown.chunks()), timezone.now())
            context |= _verdict(verdict) | {"file_name": shown.name}
        except InputError as error:
            context["errors"] = [said(one, language_of(request)) for one in error.problems]
            status = 422
    return render(request, "certification/register/verify.html", context, status=status)


def _upload(request: HttpRequest) -> UploadedFile:
    from sinhthai.foundation.problems import Problem

    shown = request.FILES.get("certificate")
    if not isinstance(shown, UploadedFile):
        raise InputError(
            [
                Problem(
                    "no_file",
                    Text("Chưa chọn tệp.", "No file was chosen."),
                    Text(
                        "Chọn tệp PDF hoặc JSON của giấy chứng nhận.",
                        "Choose the PDF or JSON of a certificate.",
                    ),
                )
            ]
        )
    if (shown.size or 0) > settings.SINHTHAI_UPLOAD_MAX_BYTES:
        raise InputError(
            [
                Problem(
                    "too_large",
                    Text("Tệp lớn hơn 30 MB.", "The file is larger than 30 MB."),
                    Text("Chọn tệp giấy chứng nhận.", "Choose the file of the certificate."),
                )
            ]
        )
    return shown


def _verdict(verdict: Verdict) -> dict[str, object]:
    facts = verdict.facts
    issued = Certificate.objects.filter(digest=verdict.digest).first() if verdict.digest else None
    standing = QUESTIONED if verdict.questioned_since else verdict.outcome
    return {
        "verdict": verdict,
        "standing": standing,
        "title": STANDINGS[QUESTIONED]
        if standing == QUESTIONED
        else OUTCOME_NAMES[verdict.outcome],
        "facts": facts,
        "overrides": [(one, OBSTACLE_NAMES[one.obstacle]) for one in facts.overrides]
        if facts
        else [],
        "issued": issued,
    }


def _signed(request: HttpRequest, name: str) -> HttpResponse:
    try:
        content = signed_file(name, timezone.now())
    except InputError as error:
        text = "\n".join(said(one, language_of(request)) for one in error.problems)
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type="application/vc")
    # Read by programs of other sites, which verify what they read.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(request: HttpRequest) -> Asked:
    get = request.GET
    kind, standing = get.get("kind", ""), get.get("state", "")
    return Asked(
        get.get("q", "").strip()[:100],
        kind if kind in _KINDS else "",
        standing if standing in STANDINGS else "",
        get.get("province", "")[:2],
    )


def _sorting(request: HttpRequest) -> Sorting:
    """The newest come first where nobody asks otherwise."""
    if request.GET.get("sort", "").removeprefix("-") not in SORTS:
        return Sorting("issued", True)
    return Sorting.of(request, SORTS)


def _row(found: Certificate) -> dict[str, object]:
    standing: str = found.standing  # type: ignore[attr-defined]
    return {
        "certificate": found,
        "standing": standing,
        "title": STANDINGS[standing],
        "holder": enterprise_name(found.enterprise) if found.enterprise else park_name(found.park),
        "park_name": park_name(found.park),
        "issuer": organisation_name(found.issuer),
        "last_day": found.last_day,
        "is_invented": _is_invented(found),
        "newer": getattr(found, "replaced_by", None),
    }


def _is_invented(found: Certificate) -> bool:
    return found.park.invented or bool(found.enterprise and found.enterprise.invented)


def _happened(kind: str) -> str:
    return {
        "certificate.issue": _("The certificate was issued"),
        "certificate.suspended": _("Suspended"),
        "certificate.valid": _("Suspension lifted"),
        "certificate.revoked": _("Revoked"),
        "certificate.replaced": _("Replaced by a newer certificate"),
        "certificate.expired": _("Expired"),
    }.get(kind, _("Its standing changed"))


def _file_name(found: Certificate, form: str) -> str:
    return f"{_('Certificate')} {found.number.replace('/', '-')}.{form}"
