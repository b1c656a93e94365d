"""The streams of an enterprise: list, one, its form, withdrawing and restoring."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.registry.models import Enterprise
from sinhthai.registry.views.listing import Sorting, columns, page_of
from sinhthai.reporting.views.answers import file_response, language_of, person
from sinhthai.symbiosis import exports, policy
from sinhthai.symbiosis.actions import streams as actions
from sinhthai.symbiosis.engine.given import StreamGiven, check_stream
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.forms import StreamForm
from sinhthai.symbiosis.models import Stream, StreamVersion
from sinhthai.symbiosis.office_codes import load_codes
from sinhthai.symbiosis.readers import enterprise as readers
from sinhthai.symbiosis.readers import knowledge, wording


@require_GET
def stream_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an enterprise gives and asks for."""
    enterprise = policy.enterprise_with_streams(request.user, code)
    asked, sorting = _asked(request)
    page = page_of(request, readers.find_streams(enterprise, asked))
    look(request, enterprise, [row.stream_id for row in page], "streams")
    counts = readers.count_streams(enterprise)
    return render(
        request,
        "symbiosis/enterprise/streams.html",
        shell(request, enterprise, "streams")
        | {
            "page": page,
            "rows": [wording.say_stream(row, language_of(request)) for row in page],
            "asked": asked,
            "filtered": bool(asked.words or asked.direction or asked.origin),
            "counts": counts,
            "columns": columns(
                [
                    ("name", _("Stream"), ""),
                    ("direction", _("Direction"), ""),
                    ("quantity", _("Quantity a year"), "num"),
                    ("origin", _("Where it comes from"), ""),
                    ("since", _("Known since"), ""),
                ],
                sorting,
            ),
            "directions": Stream.Direction.choices,
            "origins": StreamVersion.Origin.choices,
        },
    )


@require_GET
def stream_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """Give the same list as a file; the Excel form can be changed and loaded again."""
    enterprise = policy.enterprise_with_streams(request.user, code)
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    asked, _sorting = _asked(request)
    rows = list(readers.find_streams(enterprise, asked))
    look(request, enterprise, [row.stream_id for row in rows], "export")
    language = language_of(request)
    content = exports.streams_file(enterprise, rows, fmt=fmt, language=language)
    name = f"{_('Streams')} {enterprise.code}.{fmt}"
    return file_response(content, name, exports.MEDIA_TYPES[fmt])


@require_GET
def stream(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one stream with everything that was ever said of it."""
    found = _stream_of(request, code, pk)
    look(request, found.enterprise, [found.pk], "stream")
    return _stream_page(request, found)


@require_http_methods(["GET", "POST"])
def stream_new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a stream by hand."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    data = request.POST if request.method == "POST" else None
    wanted = request.GET.get("direction", "")
    start = {"direction": wanted} if wanted in Stream.Direction.values else {}
    form = StreamForm(
        data, knowledge=load_knowledge(), language=language_of(request), initial=start
    )
    same: list[StreamVersion] = []
    if data is not None and form.is_valid():
        given, same = _judge(form, enterprise)
        if given is not None:
            made = actions.add_stream(enterprise, given, at=timezone.now(), by=person(request))
            messages.success(request, _("The stream is entered."))
            return redirect("symbiosis_stream", code=code, pk=made.pk)
    return _form_page(request, enterprise, form, same=same)


@require_http_methods(["GET", "POST"])
def stream_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a stream, or confirm an estimate: what stood before stays in its history."""
    found = _stream_of(request, code, pk, write=True)
    look(request, found.enterprise, [found.pk], "stream")
    current = found.versions.select_related("author").get(is_current=True)
    data = request.POST if request.method == "POST" else None
    form = StreamForm(
        data, knowledge=load_knowledge(), language=language_of(request), version=current
    )
    same: list[StreamVersion] = []
    if data is not None and form.is_valid():
        given, same = _judge(form, found.enterprise, found)
        if given is not None:
            expected = form.cleaned_data["version"] or 0
            try:
                actions.change_stream(
                    found, given, expected=expected, at=timezone.now(), by=person(request)
                )
            except actions.ChangedMeanwhile as conflict:
                return _form_page(
                    request, found.enterprise, form, stream=found, other=conflict.current
                )
            messages.success(request, _("The change is recorded; what stood before is kept."))
            return redirect("symbiosis_stream", code=code, pk=pk)
    return _form_page(request, found.enterprise, form, stream=found, same=same)


@require_POST
def stream_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a stream out of every search and list."""
    found = _stream_of(request, code, pk, write=True)
    actions.withdraw_stream(found, at=timezone.now(), by=person(request))
    messages.success(request, _("The stream is withdrawn. Nothing of it is deleted."))
    return redirect("symbiosis_stream", code=code, pk=pk)


@require_POST
def stream_restore(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Undo the withdrawal."""
    found = _stream_of(request, code, pk, write=True)
    actions.restore_stream(found, at=timezone.now(), by=person(request))
    messages.success(request, _("The stream stands again."))
    return redirect("symbiosis_stream", code=code, pk=pk)


def shell(request: HttpRequest, enterprise: Enterprise, tab: str) -> dict[str, Any]:
    """Return what every page of an enterprise's streams needs."""
    own = bool(policy.roles_in(request.user, enterprise))
    return {
        "nav": "symbiosis",
        "tab": tab,
        "enterprise": enterprise,
        "park": enterprise.park,
        "own": own,
        "inside": policy.may_facilitate(request.user, enterprise.park),
        "may_keep": policy.may_keep_streams(request.user, enterprise),
        "may_answer": policy.may_consent(request.user, enterprise),
        "invented": enterprise.invented,
    }


def _asked(request: HttpRequest) -> tuple[readers.StreamFilter, Sorting]:
    sorting = Sorting.of(request, readers.SORTS)
    direction, origin = request.GET.get("direction", ""), request.GET.get("origin", "")
    return readers.StreamFilter(
        words=request.GET.get("q", "").strip()[:100],
        direction=direction if direction in Stream.Direction.values else "",
        origin=origin if origin in StreamVersion.Origin.values else "",
        withdrawn=request.GET.get("withdrawn") == "1",
        sort=sorting.column,
        descending=sorting.descending,
    ), sorting


def _stream_of(request: HttpRequest, code: str, pk: int, *, write: bool = False) -> Stream:
    found = policy.stream_for(request.user, pk, write=write)
    if found.enterprise.code != code:
        raise Http404("no such stream of this enterprise")
    return found


def look(request: HttpRequest, enterprise: Enterprise, streams: list[int], page: str) -> None:
    """Log the look of a facilitator; an owner's own people look at their own."""
    if policy.standing_with(request.user, enterprise) == "facilitator":
        policy.log_looks(person(request), streams, "facilitator", page, timezone.now())


def _judge(
    form: StreamForm, enterprise: Enterprise, beside: Stream | None = None
) -> tuple[StreamGiven | None, list[StreamVersion]]:
    """Return what to write, or None after telling the form why not; and streams of that name."""
    given = knowledge.settle(form.given(beside.direction if beside else ""))
    form.tell(check_stream(given, load_knowledge(), load_codes()))
    same = readers.duplicates_of(enterprise, given.direction, given.name, beside=beside)
    renamed = beside is None or "name" in form.changed_data
    if same and renamed and not form.cleaned_data["keep_both"]:
        form.add_error("name", _("A stream of this name and direction stands already."))
    return (None if form.errors else given), same


def _form_page(
    request: HttpRequest,
    enterprise: Enterprise,
    form: StreamForm,
    *,
    stream: Stream | None = None,
    same: list[StreamVersion] | None = None,
    other: StreamVersion | None = None,
) -> HttpResponse:
    language = language_of(request)
    status = 409 if other else 400 if form.errors else 200
    return render(
        request,
        "symbiosis/enterprise/stream_form.html",
        shell(request, enterprise, "streams")
        | {
            "form": form,
            "stream": stream,
            "same": same or [],
            "other": wording.say_stream(other, language) if other else None,
            "materials": wording.material_groups(language),
            "names": wording.material_names(language),
        },
        status=status,
    )


def _stream_page(request: HttpRequest, found: Stream) -> HttpResponse:
    language = language_of(request)
    steps = readers.history(found)
    current = steps[0].version
    current.stream = found
    given = actions.given_of(current)
    warnings = check_stream(given, load_knowledge(), load_codes())
    suggestions = (
        [] if current.material else knowledge.suggest(current.name, current.code, current.unit)
    )
    return render(
        request,
        "symbiosis/enterprise/stream.html",
        shell(request, found.enterprise, "streams")
        | {
            "stream": found,
            "row": wording.say_stream(current, language),
            "steps": [wording.say_step(step, language) for step in steps],
            "warnings": [problem.say(language) for _where, problem in warnings],
            "suggestions": [wording.say_coding(one) for one in suggestions],
            "looks": found.looks.count() if policy.roles_in(request.user, found.enterprise) else 0,
        },
    )
