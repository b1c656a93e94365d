"""One value of a report: its history, its correction, its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import park_for
from sinhthai.reporting import actions, pages
from sinhthai.reporting.evidence_kinds import KINDS, kind_of
from sinhthai.reporting.forms import EvidenceForm, ValueForm
from sinhthai.reporting.models import Evidence
from sinhthai.reporting.policy import may_report, park_to_report
from sinhthai.reporting.views.answers import file_response, language_of, person, tell, tell_form
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item


@dataclass(frozen=True, slots=True)
class Asked:
    """The value a page speaks of."""

    park: Park
    year: int
    item: Item
    enterprise: Enterprise | None

    @property
    def url(self) -> str:
        address = reverse("value", args=[self.park.code, self.year, self.item.code])
        if self.enterprise is None:
            return address
        return f"{address}?{urlencode({'enterprise': self.enterprise.code})}"


@require_http_methods(["GET", "POST"])
def value(request: HttpRequest, code: str, year: int, item: str) -> HttpResponse:
    """History of one value; POST corrects it."""
    writes = request.method == "POST"
    park = park_to_report(request.user, code) if writes else park_for(request.user, code)
    asked = _asked(request, park, year, item)
    language = language_of(request)
    if not writes:
        return _page(request, asked, ValueForm(item=asked.item, language=language), EvidenceForm())
    form = ValueForm(request.POST, item=asked.item, language=language)
    if form.is_valid():
        try:
            actions.set_value(
                user=person(request),
                park=park,
                enterprise=asked.enterprise,
                year=year,
                item=item,
                value=form.cleaned_data["value"],
                qualifier=form.qualifier,
                absence=form.cleaned_data["absence"],
                source=form.cleaned_data["source"],
                at=timezone.now(),
            )
            messages.success(
                request, _("The value was recorded. The earlier one stays in the history.")
            )
            return redirect(asked.url)
        except InputError as error:
            tell_form(form, "value", error, language)
    return _page(request, asked, form, EvidenceForm(), status=422)


@require_POST
def attach(request: HttpRequest, code: str, year: int, item: str) -> HttpResponse:
    """Bind an evidence file to the value."""
    asked = _asked(request, park_to_report(request.user, code), year, item)
    language = language_of(request)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.attach_evidence(
                user=person(request),
                park=asked.park,
                enterprise=asked.enterprise,
                year=year,
                item=item,
                file_name=upload.name,
                content=upload.read(),
                at=timezone.now(),
            )
            messages.success(request, _("The evidence was added."))
            return redirect(asked.url)
        except InputError as error:
            tell_form(form, "file", error, language)
    return _page(request, asked, ValueForm(item=asked.item, language=language), form, status=422)


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """An evidence file, to those inside the park only."""
    found = get_object_or_404(Evidence.objects.select_related("park"), pk=pk)
    park_for(request.user, found.park.code)
    with found.file.open("rb") as source:
        content = source.read()
    kind = kind_of(content)
    kind_name = kind.content_type if kind in KINDS else "application/octet-stream"
    return file_response(content, found.file_name, kind_name)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an evidence file off its value."""
    found = get_object_or_404(Evidence.objects.select_related("park", "enterprise"), pk=pk)
    park_to_report(request.user, found.park.code)
    try:
        actions.withdraw_evidence(user=person(request), evidence=found, at=timezone.now())
        messages.success(request, _("The evidence was withdrawn. The audit trail keeps it."))
    except InputError as error:
        tell(request, error)
    item = load_bundle().items[found.item]
    return redirect(Asked(found.park, found.year, item, found.enterprise).url)


def _asked(request: HttpRequest, park: Park, year: int, item: str) -> Asked:
    enterprise = None
    if request.GET.get("enterprise"):
        enterprise = get_object_or_404(Enterprise, park=park, code=request.GET["enterprise"])
    found = load_bundle().items.get(item)
    subject = "enterprise" if enterprise else "park"
    if found is None or found.subject != subject or found.nature == "registry":
        raise Http404("no such item")
    return Asked(park, year, found, enterprise)


def _page(
    request: HttpRequest,
    asked: Asked,
    form: ValueForm,
    evidence_form: EvidenceForm,
    status: int = 200,
) -> HttpResponse:
    language = language_of(request)
    said = pages.value_page(asked.park, asked.year, asked.item, asked.enterprise, language)
    context = {
        "asked": asked,
        "park": asked.park,
        "year": asked.year,
        "item": asked.item,
        "enterprise": asked.enterprise,
        "said": said,
        "form": form,
        "evidence_form": evidence_form,
        "may_report": may_report(request.user, asked.park),
        "invented": asked.park.invented or bool(asked.enterprise and asked.enterprise.invented),
        "park_name": pages.subject_name(asked.park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/value.html", context, status=status)
