"""The room of a body asked for its opinion: what was sent to it, its draft, its answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.certification.actions import opinions as actions
from sinhthai.certification.actions.papers import add_paper, withdraw_paper
from sinhthai.certification.exports_dossiers import opinions_file
from sinhthai.certification.forms_authority import LONGEST, POSITIONS, positions_given
from sinhthai.certification.models import Opinion, Paper
from sinhthai.certification.policy import (
    dossier_for,
    level_of,
    opinion_for,
    opinions_visible,
    organisations_of,
    reaches,
)
from sinhthai.certification.readers import opinion_room as reader
from sinhthai.certification.readers.checking import current_papers
from sinhthai.certification.readers.evaluation import Evaluation, read_evaluation
from sinhthai.certification.views.answers import shell
from sinhthai.certification.wording import POSITION_NAMES, organisation_name
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.reporting.views.answers import (
    file_response,
    language_of,
    person,
    said,
    stored_file,
    tell,
)

PAGE_SIZE = 50
LONGEST_EXPORT = 20_000


@login_required
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """What was sent to the bodies this person belongs to."""
    today, asked = timezone.localdate(), asked_of(request)
    found = reader.read_opinions(request.user, asked, today=today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "nav": "certification",
        "asked": asked,
        "page": page,
        "rows": reader.opinion_rows(page, today=today),
        "bodies": [organisation_name(body) for body, _role in organisations_of(request.user)],
        "sorts": [
            ("subject", _("Subject")),
            ("", _("Body")),
            ("sent", _("Sent")),
            ("due", _("Due")),
            ("answered", _("Answered")),
            ("", _("Position")),
        ],
    }
    return render(request, "certification/authority/opinions.html", context)


@login_required
@require_GET
def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The filtered opinions as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    today = timezone.localdate()
    found = reader.read_opinions(request.user, asked_of(request), today=today)[:LONGEST_EXPORT]
    rows = reader.opinion_rows(found, today=today)
    content = opinions_file(rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"opinions-{today}.{fmt}", MEDIA_TYPES[fmt])


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive, draft, attach, answer: one form, so that nothing typed is ever lost."""
    found = opinion_for(request.user, pk)
    evaluation = read_evaluation(found.dossier)
    leaves = [row.leaf.id for row in evaluation.rows] if evaluation else []
    problems: list[str] = []
    if request.method == "POST":
        problems = _act(request, found, leaves)
        if not problems:
            return redirect("opinion", pk)
        found = opinion_for(request.user, pk)
    context = opinion_context(request, found, evaluation) | {"problems": problems}
    status = 422 if problems else 200
    return render(request, "certification/authority/opinion.html", context, status=status)


@require_GET
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A file attached to an opinion, to who may read that opinion."""
    found = Paper.objects.select_related("dossier", "opinion").filter(pk=paper, opinion=pk).first()
    if found is None or found.opinion is None:
        raise Http404("no such paper of this opinion")
    dossier = dossier_for(request.user, found.dossier.public_id)
    readable = {one.pk: one for one in opinions_visible(request.user, dossier)}
    own = {body.pk for body, _role in organisations_of(request.user)}
    if found.withdrawn_at is not None and found.opinion.organisation_id not in own:
        raise Http404("taken back before it was sent")
    mine = readable.get(pk)
    if mine is None or (mine.answered_at is None and mine.organisation_id not in own):
        raise Http404("not for this person, or not yet")
    return stored_file(found.file, found.sha256, found.file_name)


@require_POST
def paper_withdraw(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a file off an opinion that is not answered yet."""
    found = opinion_for(request.user, pk)
    attached = found.papers.filter(pk=paper, withdrawn_at=None).first()
    if attached is None:
        raise Http404("no such paper of this opinion")
    try:
        withdraw_paper(user=person(request), paper=attached, at=timezone.now())
        messages.success(request, _("The file was taken off."))
    except InputError as error:
        tell(request, error)
    return redirect("opinion", pk)


def opinion_context(
    request: HttpRequest, found: Opinion, evaluation: Evaluation | None
) -> dict[str, Any]:
    """Return what the page of an opinion shows: typed text first, else the draft kept."""
    post = request.POST if request.method == "POST" else None
    leaves = [row.leaf.id for row in evaluation.rows] if evaluation else []
    given = positions_given(post, leaves) if post is not None else found.positions
    roles = [
        role for body, role in organisations_of(request.user) if body.pk == found.organisation_id
    ]
    level = level_of(roles)
    [row] = reader.opinion_rows([found], today=timezone.localdate())
    is_open = found.answered_at is None and found.dossier.is_open
    return shell(found.dossier) | {
        "opinion": found,
        "row": row,
        "evaluation": evaluation,
        "groups": [
            (name, [(row, given.get(row.leaf.id, {})) for row in members])
            for name, members in evaluation.groups
        ]
        if evaluation
        else [],
        "position": post.get("position", "") if post is not None else found.position,
        "text": post.get("text", "") if post is not None else found.text,
        "positions": list(POSITION_NAMES.items()),
        "papers": current_papers(found.dossier),
        "attached": found.papers.filter(withdrawn_at=None).select_related("by"),
        "may_write": is_open and found.received_at is not None and reaches(level, "editor"),
        "may_answer": is_open and found.received_at is not None and reaches(level, "approver"),
        "may_receive": is_open and found.received_at is None and reaches(level, "editor"),
    }


def asked_of(request: HttpRequest) -> reader.OpinionFilter:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    raw = get.get("sort", "due")
    sort = raw.removeprefix("-")
    known = sort in reader.SORTS
    standing = get.get("standing", "")
    return reader.OpinionFilter(
        words=get.get("q", "").strip()[:100],
        standing=standing if standing in reader.STANDINGS else "",
        sort=sort if known else "due",
        descending=raw.startswith("-") if known else False,
    )


def _act(request: HttpRequest, found: Opinion, leaves: list[str]) -> list[str]:
    """Do what the button pressed says; return what is wrong, in words."""
    user, at, act = person(request), timezone.now(), request.POST.get("act", "")
    try:
        if act == "receive":
            actions.receive(user=user, opinion=found, at=at)
            messages.success(request, _("Received. The period to answer is counted as below."))
            return []
        position = request.POST.get("position", "")
        position = position if position in POSITIONS else ""
        text = request.POST.get("text", "").strip()[:LONGEST]
        positions = positions_given(request.POST, leaves)
        if act == "answer":
            actions.answer(
                user=user, opinion=found, position=position, text=text, positions=positions, at=at
            )
            messages.success(request, _("The opinion was sent to the Management Board."))
            return []
        actions.draft_opinion(
            user=user, opinion=found, position=position, text=text, positions=positions, at=at
        )
        if act == "attach":
            return _attach(request, found)
        messages.success(request, _("The draft is saved; only your own body sees it."))
    except InputError as error:
        return [said(problem, language_of(request)) for problem in error.problems]
    return []


def _attach(request: HttpRequest, found: Opinion) -> list[str]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return [_("Choose a file first.")]
    try:
        add_paper(
            user=person(request),
            dossier=found.dossier,
            slot="opinion",
            file_name=file.name or "",
            content=file.read(settings.SINHTHAI_UPLOAD_MAX_BYTES + 1),
            at=timezone.now(),
            opinion=found,
        )
    except InputError as error:
        return [said(problem, language_of(request)) for problem in error.problems]
    messages.success(request, _("The file is attached, and the draft is saved."))
    return []
