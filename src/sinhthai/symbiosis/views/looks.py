"""Who looked at the streams of an enterprise. Only its own people see this."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.foundation.text import Text
from sinhthai.registry.views.listing import PAGE_SIZE, Sorting, columns
from sinhthai.reporting.views.answers import file_response, language_of
from sinhthai.symbiosis import exports, policy
from sinhthai.symbiosis.readers import enterprise as readers
from sinhthai.symbiosis.readers import wording
from sinhthai.symbiosis.views.streams import shell

_HEADINGS = (
    Text("Thời điểm", "Time"),
    Text("Người xem", "Who"),
    Text("Với tư cách", "As"),
    Text("Ở đâu", "Where"),
    Text("Dòng vật chất", "Stream"),
)


@require_GET
def look_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show every look at a stream of this enterprise by somebody else."""
    enterprise = policy.enterprise_own(request.user, code)
    words, as_what = _asked(request)
    sorting = Sorting.of(request, readers.LOOK_SORTS)
    looks = readers.find_looks(enterprise, words=words, as_what=as_what, sort=_order(request))
    page = Paginator(looks, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    names = readers.names_of({row.stream_id for row in rows})
    return render(
        request,
        "symbiosis/enterprise/looks.html",
        shell(request, enterprise, "looks")
        | {
            "page": page,
            "rows": [wording.say_look(row, names) for row in rows],
            "q": words,
            "as_what": as_what,
            "kinds": wording.look_kinds(),
            "filtered": bool(words or as_what),
            "columns": columns(
                [
                    ("at", _("Time"), ""),
                    ("viewer", _("Who"), ""),
                    ("stream", _("Stream"), ""),
                ],
                sorting,
            ),
        },
    )


@require_GET
def look_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """Give the same log as a file."""
    enterprise = policy.enterprise_own(request.user, code)
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    words, as_what = _asked(request)
    looks = list(
        readers.find_looks(enterprise, words=words, as_what=as_what, sort=_order(request))[:100_000]
    )
    names = readers.names_of({row.stream_id for row in looks})
    said = (wording.say_look(row, names) for row in looks)
    lines = (
        [
            timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M"),
            row.who,
            row.as_what,
            row.where,
            row.stream,
        ]
        for row in said
    )
    language = language_of(request)
    name = f"{_('Who looked')} {enterprise.code}"
    content = exports.table_file(fmt, _HEADINGS, lines, name=enterprise.code, language=language)
    return file_response(content, f"{name}.{fmt}", exports.MEDIA_TYPES[fmt])


def _asked(request: HttpRequest) -> tuple[str, str]:
    as_what = request.GET.get("as", "")
    return (
        request.GET.get("q", "").replace("\0", "").strip()[:100],
        as_what if as_what in wording.look_kinds() else "",
    )


def _order(request: HttpRequest) -> str:
    if not request.GET.get("sort"):
        return "-at"  # the newest first, until somebody asks otherwise
    sorting = Sorting.of(request, readers.LOOK_SORTS)
    return ("-" if sorting.descending else "") + readers.LOOK_SORTS[sorting.column]
