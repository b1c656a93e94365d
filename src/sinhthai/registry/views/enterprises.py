"""The enterprises of a park. For those inside the park; an enterprise's own people see theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.foundation.problems import InputError
from sinhthai.registry import actions, policy, readers
from sinhthai.registry.engine.statuses import STATUS_NAMES
from sinhthai.registry.engine.vsic import industry_name
from sinhthai.registry.engine.writing import FORMS, MEDIA_TYPES
from sinhthai.registry.forms import StatusForm
from sinhthai.registry.list_readers import export_enterprises
from sinhthai.registry.models import Enterprise
from sinhthai.registry.views.listing import Sorting, attachment, columns, page_of


@require_GET
def enterprise_list(request: HttpRequest, code: str) -> HttpResponse:
    park = policy.park_for(request.user, code)
    today = timezone.localdate()
    sorting = Sorting.of(request, readers.ENTERPRISE_SORTS)
    words = request.GET.get("q", "").strip()[:100]
    status = request.GET.get("status", "")
    sector = request.GET.get("vsic", "").strip()[:5]
    page = page_of(
        request,
        readers.find_enterprises(
            on=today,
            park=park,
            words=words,
            status=status,
            sector=sector,
            sort=sorting.column,
            descending=sorting.descending,
        ),
    )
    for row in page:
        row.industry = industry_name(row.vsic)
        row.status_name = STATUS_NAMES.get(row.status)
    return render(
        request,
        "registry/enterprises.html",
        {
            "nav": "parks",
            "park": park,
            "page": page,
            "q": words,
            "status": status,
            "vsic": sector,
            "statuses": [
                *((key, name.get(get_language() or "vi")) for key, name in STATUS_NAMES.items()),
                ("none", _("not known")),
            ],
            "columns": columns(
                [
                    ("name", _("Enterprise"), ""),
                    ("tax_code", _("Tax code"), ""),
                    ("vsic", _("Industry (VSIC)"), ""),
                    ("employees", _("Employees"), "num"),
                    ("status", _("Status"), ""),
                    ("since", _("Since"), ""),
                ],
                sorting,
            ),
            "filtered": bool(words or status or sector),
            "invented": any(row.invented for row in page),
            "may_write": policy.may_write(request.user, park),
        },
    )


@require_GET
def enterprise_export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    park = policy.park_for(request.user, code)
    if form not in FORMS:
        raise Http404("no such form")
    today = timezone.localdate()
    sorting = Sorting.of(request, readers.ENTERPRISE_SORTS)
    rows = readers.find_enterprises(
        on=today,
        park=park,
        words=request.GET.get("q", "")[:100],
        status=request.GET.get("status", ""),
        sector=request.GET.get("vsic", "")[:5],
        sort=sorting.column,
        descending=sorting.descending,
    )
    data = export_enterprises(rows, form, on=today, language=get_language() or "vi")
    return attachment(data, f"{_('Enterprises')} {park.code}.{form}", MEDIA_TYPES[form])


@require_GET
def enterprise(request: HttpRequest, code: str) -> HttpResponse:
    found = policy.enterprise_for(request.user, code)
    return _enterprise_page(
        request, found, StatusForm(initial={"valid_from": timezone.localdate()})
    )


@require_POST
def status_add(request: HttpRequest, code: str) -> HttpResponse:
    found = policy.enterprise_for(request.user, code)
    if not policy.may_write(request.user, found.park):
        raise Http404("no such enterprise for this person")
    form = StatusForm(request.POST)
    if form.is_valid():
        try:
            actions.record_status(
                found,
                form.cleaned_data["status"],
                valid_from=form.cleaned_data["valid_from"],
                at=timezone.now(),
                by=request.user,
            )
        except InputError as error:
            language = get_language() or "vi"
            for problem in error.problems:
                form.add_error("valid_from", problem.say(language))
        else:
            messages.success(request, _("The status is recorded; the earlier ones are kept."))
            return redirect("enterprise", code=code)
    return _enterprise_page(request, found, form)


def _enterprise_page(request: HttpRequest, found: Enterprise, form: StatusForm) -> HttpResponse:
    history = list(found.statuses.order_by("-valid_from"))
    today = timezone.localdate()
    for row in history:
        row.name = STATUS_NAMES[row.status]  # type: ignore[attr-defined]
    return render(
        request,
        "registry/enterprise.html",
        {
            "nav": "parks",
            "enterprise": found,
            "park": found.park,
            "industry": industry_name(found.vsic),
            "history": history,
            "now": next((row for row in history if row.valid_from <= today), None),
            "form": form,
            "inside": policy.may_read(request.user, found.park),
            "belongs": policy.belongs_to(request.user, found),
            "may_write": policy.may_write(request.user, found.park),
            "invented": found.invented,
        },
        status=400 if form.errors else 200,
    )
