"""The yearly forms: of a park or an enterprise, one form, its file in and out, and each step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.views.answers import file_response, language_of, person, tell
from sinhthai.rules.forms import load_forms
from sinhthai.supervision import exports_filings
from sinhthai.supervision.actions import filings as actions
from sinhthai.supervision.actions import filings_received as received
from sinhthai.supervision.models import Filing
from sinhthai.supervision.policy_filings import (
    filing_for,
    filings_visible,
    is_own,
    may_fill,
    may_read_forms,
    may_receive,
)
from sinhthai.supervision.readers.filing_page import page_of_filing, with_errors
from sinhthai.supervision.readers.filings import form_named, forms_of

MOST_FILE = 20 * 1024 * 1024


@require_GET
def park_filings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the forms A.4 and A.5 of a park, year by year."""
    return _list(request, *_subject(request, park=code))


@require_GET
def enterprise_filings(request: HttpRequest, code: str) -> HttpResponse:
    """Show the forms B.4 and B.5 of an enterprise, year by year."""
    return _list(request, *_subject(request, enterprise=code))


@require_POST
def park_filing_open(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a form of the park."""
    return _open(request, *_subject(request, park=code))


@require_POST
def enterprise_filing_open(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a form of the enterprise."""
    return _open(request, *_subject(request, enterprise=code))


@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: read it, or keep what was typed into it."""
    found = filing_for(request.user, pk)
    if request.method == "GET":
        return _page(request, found)
    if not may_fill(request.user, found.park, found.enterprise):
        raise Http404("no such form to fill in for this person")
    words = {
        name: value
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "published_at")
    }
    try:
        actions.write_words(
            user=person(request),
            filing=found,
            words=words,
            published_at=request.POST.get("published_at"),
            at=timezone.now(),
        )
    except actions.WordsRefused as error:
        return _refused(request, found, words, error)
    except InputError as error:
        tell(request, error)
        return redirect("filing", pk)
    messages.success(request, _("What you typed is kept. Nothing is sent yet."))
    return redirect("filing", pk)


@require_GET
def filing_file(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """Give the form as the workbook to fill in, or as a paper."""
    found = filing_for(request.user, pk)
    if fmt not in exports_filings.MEDIA_TYPES:
        raise Http404("no such form of file")
    content = exports_filings.filing_file(
        found, fmt, at=timezone.now(), language=language_of(request)
    )
    form = load_forms().forms[found.form]
    name = exports_filings.file_name(form, found.year, found.park, found.enterprise, fmt)
    return file_response(content, name, exports_filings.MEDIA_TYPES[fmt])


@require_POST
def filing_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what was typed into the downloaded workbook; every mistake with its cell."""
    found = filing_for(request.user, pk)
    if not may_fill(request.user, found.park, found.enterprise):
        raise Http404("no such form to fill in for this person")
    sent = request.FILES.get("workbook")
    if sent is None or (sent.size or 0) > MOST_FILE:
        messages.error(request, _("Choose the workbook you filled in, at most 20 MB."))
        return redirect("filing", pk)
    from sinhthai.supervision.workbooks.filing_reading import read_filing

    try:
        upload = read_filing(
            sent.read(),
            file_name=sent.name or "",
            form=load_forms().forms[found.form],
            year=found.year,
            park=found.park.code,
            enterprise=found.enterprise.code if found.enterprise else "",
        )
        actions.write_words(
            user=person(request), filing=found, words=upload.words, places=upload.places,
            at=timezone.now(),
        )  # fmt: skip
    except InputError as error:
        language = language_of(request)
        context = {"file_problems": [problem.say(language) for problem in error.problems]}
        return _page(request, found, context, status=422)
    messages.success(request, _("The workbook was taken over. Nothing is sent yet."))
    return redirect("filing", pk)


@require_POST
def filing_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Prepare, take back, send, receive, or ask for a revision."""
    found = filing_for(request.user, pk)
    acts = {
        "prepare": _prepare, "take-back": _take_back, "send": _send, "receive": _receive,
        "ask": _ask, "revise": _revise,
    }  # fmt: skip
    if step not in acts:
        raise Http404("no such step")
    try:
        messages.success(request, acts[step](request, found))
    except InputError as error:
        tell(request, error)
    return redirect("filing", pk)


def _prepare(request: HttpRequest, found: Filing) -> str:
    actions.prepare_filing(user=person(request), filing=found, at=timezone.now())
    return _("The form is prepared. Somebody else approves and sends it.")


def _take_back(request: HttpRequest, found: Filing) -> str:
    reason = request.POST.get("reason", "")
    actions.take_back_filing(user=person(request), filing=found, reason=reason, at=timezone.now())
    return _("The form is open again.")


def _send(request: HttpRequest, found: Filing) -> str:
    seen = request.POST.get("digest", "")
    actions.send_filing(user=person(request), filing=found, digest_seen=seen, at=timezone.now())
    return _("The form is approved and sent to the Management Board.")


def _receive(request: HttpRequest, found: Filing) -> str:
    received.receive_filing(user=person(request), filing=found, at=timezone.now())
    return _("The form is received.")


def _ask(request: HttpRequest, found: Filing) -> str:
    asked = {
        name.removeprefix("ask-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("ask-")
    }
    received.ask_revision(
        user=person(request), filing=found, asked=asked, remark=request.POST.get("remark", ""),
        at=timezone.now(),
    )  # fmt: skip
    return _("The revision is asked for.")


def _revise(request: HttpRequest, found: Filing) -> str:
    received.revise_changed(user=person(request), filing=found, at=timezone.now())
    return _("Exactly the fields that changed are open for revision.")


def _subject(
    request: HttpRequest, *, park: str = "", enterprise: str = ""
) -> tuple[Park, Enterprise | None]:
    """Return the filer if the person may see its forms, or raise Http404: no hint."""
    if enterprise:
        related = ("park__province_now", "park__operator")
        firm = Enterprise.objects.select_related(*related).filter(code=enterprise).first()
        if firm is not None and may_read_forms(request.user, firm.park, firm):
            return firm.park, firm
    else:
        found = Park.objects.select_related("province_now", "operator").filter(code=park).first()
        if found is not None and may_read_forms(request.user, found, None):
            return found, None
    raise Http404("no such filer for this person")


def _list(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> HttpResponse:
    today = legal_day(timezone.now())
    rows = forms_of(park, enterprise, last_year=today.year)
    fills = may_fill(request.user, park, enterprise)
    own = fills or is_own(request.user, Filing(park=park, enterprise=enterprise))
    if not own:  # a form that never left is its filer's alone
        shown = set(filings_visible(request.user).filter(park=park).values_list("pk", flat=True))
        rows = [row for row in rows if row.filing and row.filing.pk in shown]
    context = _shell(request, park, enterprise) | {
        "rows": rows,
        "may_fill": fills,
        "forms": load_forms().of_subject("enterprise" if enterprise else "park"),
        "last_ended": today.year - 1,
    }
    return render(request, "supervision/filings/list.html", context)


def _open(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> HttpResponse:
    form = form_named(request.POST.get("form", ""), of_enterprise=enterprise is not None)
    year = request.POST.get("year", "")
    if form is None or not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404("no such form")
    try:
        made = actions.open_filing(
            user=person(request), form=form, year=int(year), park=park, enterprise=enterprise,
            at=timezone.now(),
        )  # fmt: skip
    except InputError as error:
        tell(request, error)
        if enterprise is not None:
            return redirect("enterprise_filings", enterprise.code)
        return redirect("park_filings", park.code)
    return redirect("filing", made.pk)


def _page(
    request: HttpRequest, found: Filing, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    context = _shell(request, found.park, found.enterprise) | {
        "filing": found,
        "page": page_of_filing(found, request.user, language),
        "may_revise": found.state in (Filing.State.SENT, Filing.State.RECEIVED)
        and (
            may_receive(request.user, found.park)
            or may_fill(request.user, found.park, found.enterprise)
        ),
    }
    return render(request, "supervision/filings/filing.html", context | (more or {}), status=status)


def _refused(
    request: HttpRequest, found: Filing, words: dict[str, Any], error: actions.WordsRefused
) -> HttpResponse:
    """Show the form as it was typed, each problem beside its field."""
    language = language_of(request)
    problems = error.by_answer
    page = with_errors(
        page_of_filing(found, request.user, language, kept=words), problems, language
    )
    said = [(name.removesuffix("?"), problem.say(language)) for name, problem in problems.items()]
    rest = [one.say(language) for one in error.problems if one not in problems.values()]
    return _page(request, found, {"page": page, "problems": said, "others": rest}, status=422)


def _shell(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> dict[str, Any]:
    language = language_of(request)
    who = enterprise or park
    return {
        "nav": "desk",
        "park": park,
        "enterprise": enterprise,
        "name": (who.name_en or who.name_vi) if language == "en" else who.name_vi,
        "park_name": (park.name_en or park.name_vi) if language == "en" else park.name_vi,
        "invented": park.invented or bool(enterprise and enterprise.invented),
    }
