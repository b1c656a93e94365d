"""The assessment of a park: GET shows, POST saves or computes again. Strangers get 404."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.assessment import pages
from sinhthai.assessment.documents import MEDIA_TYPES, export
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.forms import AskForm
from sinhthai.assessment.why import read_why
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.registry.policy import may_write, park_for
from sinhthai.reporting.policy import may_report
from sinhthai.rules.bundle import load_bundle
from sinhthai.symbiosis.policy import may_facilitate

ROWS = 50


@require_GET
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    """Show how the park stands: the saved assessment where it answers the question, else anew."""
    park = park_for(request.user, code)
    form = _form(request, park)
    shown = pages.read_shown(park, form.ask(), today=timezone.localdate(), live=_is_live(request))
    context = _context(request, shown) | {"form": _filled(request, form, shown)}
    return render(request, "assessment/assessment.html", context)


@require_GET
def assessment_why(request: HttpRequest, code: str, leaf: str) -> HttpResponse:
    """Show everything behind one finding; inside the table when htmx asks, else as a page."""
    park = park_for(request.user, code)
    shown = _question(request, park)
    why = read_why(
        shown,
        leaf,
        today=timezone.localdate(),
        standing=request.GET.get("standing", ""),
        number=request.GET.get("page"),
    )
    if why is None:
        raise Http404("no such criterion")
    address = f"{reverse('assessment_why', args=[park.code, leaf])}?{_query(request, shown)}"
    language = _language()
    context = {
        "nav": "parks",
        "park": park,
        "park_name": _name(park),
        "invented": park.invented,
        "report": why.report,
        "why": why,
        "criterion": why.criterion,
        "title": f"{why.criterion.leaf.clause} · {why.criterion.leaf.title.get(language)}",
        "back_url": f"{_back(shown)}#{leaf}",
        "why_url": address,
    }
    inline = bool(request.headers.get("HX-Request"))
    template = "assessment/_trace.html" if inline else "assessment/why.html"
    response = render(request, template, context | {"inline": inline})
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_GET
def assessment_export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Send the assessment as a file."""
    park = park_for(request.user, code)
    if form not in MEDIA_TYPES:
        raise Http404("no such format")
    found = _question(request, park)
    if found.saved:
        shown = pages.read_saved(found.saved, inputs=True)
    else:
        shown = pages.compute(park, found.ask, today=timezone.localdate(), inputs=True)
    if shown.report is None:
        raise Http404("no criteria in force")
    language = _language()
    response = HttpResponse(export([shown.report], form, language), content_type=MEDIA_TYPES[form])
    name = shown.report.file_name(form, language)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if form == "html":
        # The page brings its own style and nothing else; it never runs in our name.
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
    return response


@require_POST
def assessment_run(request: HttpRequest, code: str) -> HttpResponse:
    """Save an assessment; it then stays as it is."""
    park = park_for(request.user, code, write=True)
    form = AskForm(request.POST, bundle=load_bundle(), years=pages.years_of(park))
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(
                request, f"{form.fields[name].label}: {' '.join(str(error) for error in errors)}"
            )
        return redirect("assessment", park.code)
    saved = pages.run(park, form.ask(), by=request.user, at=timezone.now())
    if saved is None:
        messages.error(request, _("No criteria were in force on that day."))
        return redirect("assessment", park.code)
    messages.success(request, _("The assessment was saved. It stays as it is."))
    return redirect("assessment_saved", saved.pk)


@require_GET
def assessment_history(request: HttpRequest, code: str) -> HttpResponse:
    """List what was saved of the park, newest first."""
    park = park_for(request.user, code)
    chosen = request.GET.get("framework", "")
    page = Paginator(pages.saved_of(park, chosen), ROWS).get_page(request.GET.get("page"))
    language = _language()
    families = [(family, name.get(language)) for family, name in load_bundle().families.items()]
    return render(
        request,
        "assessment/history.html",
        {
            "nav": "parks",
            "park": park,
            "park_name": _name(park),
            "invented": park.invented,
            "page": page,
            "rows": pages.saved_rows(page.object_list),
            "families": families,
            "chosen": chosen,
        },
    )


@require_GET
def assessment_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a saved assessment as it was."""
    shown = pages.read_saved(pages.saved_for(request.user, pk))
    context = _context(request, shown) | {"saved_page": True}
    return render(request, "assessment/assessment.html", context)


@require_POST
def assessment_recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute a saved assessment again from its pins, and say whether anything differs."""
    saved = pages.saved_for(request.user, pk)
    differences = pages.recompute(saved)
    context = {
        "nav": "parks",
        "park": saved.park,
        "park_name": _name(saved.park),
        "invented": saved.park.invented,
        "saved": saved,
        "same": not differences,
        "differences": differences,
    }
    return render(request, "assessment/recomputed.html", context)


def _question(request: HttpRequest, park: Park) -> pages.Shown:
    """Return the saved assessment the address names, else the question it asks."""
    number = request.GET.get("saved", "")
    if number.isdecimal():
        saved = pages.saved_for(request.user, int(number))
        if saved.park_id != park.pk:
            raise Http404("not of this park")
        return pages.Shown(park, pages.ask_of(saved), None, saved)
    form = AskForm(request.GET, bundle=load_bundle(), years=())
    if not form.is_valid():  # never the answer to another question
        raise Http404("no such question")
    return pages.find_shown(park, form.ask(), live=_is_live(request))


def _is_live(request: HttpRequest) -> bool:
    """Say whether the data of now are asked for, whatever was saved."""
    return request.GET.get("live") == "1"


def _form(request: HttpRequest, park: Park) -> AskForm:
    return AskForm(request.GET, bundle=load_bundle(), years=pages.years_of(park))


def _filled(request: HttpRequest, form: AskForm, shown: pages.Shown) -> AskForm:
    """Return the form as shown: what was asked, and where nothing was asked what was answered."""
    if form.errors:
        return form
    data = request.GET.dict() | {"framework": shown.ask.family}
    if shown.ask.on:
        data["on"] = shown.ask.on.isoformat()
    if shown.ask.year:
        data["year"] = str(shown.ask.year)
    return AskForm(data, bundle=load_bundle(), years=form.years)


def _context(request: HttpRequest, shown: pages.Shown) -> dict[str, object]:
    park, report, language = shown.park, shown.report, _language()
    context: dict[str, object] = {
        "nav": "parks",
        "park": park,
        "park_name": _name(park),
        "title": report.title().get(language) if report else f"{_('Assessment')} · {_name(park)}",
        "report": report,
        "saved": shown.saved,
        "stale": shown.stale,
        "family": shown.ask.family,
        "asked": shown.ask.pairs(),
        "query": _query(request, shown),
        "live_url": _live(shown),
        "may_report": may_report(request.user, park),
        "may_run": may_write(request.user, park),
        "may_plan": may_facilitate(request.user, park),
        "invented": report.invented if report else park.invented,
    }
    if report:
        groups = pages.groups_of(report)
        radar = pages.radar_of(groups, language)
        context |= {
            "counts": report.counts(),
            "to_do": pages.first_steps(report),
            "pins": pin_lines(report, language),
            "known_at": report.pins.known_at,
            "groups": groups,
            "radar": radar,
            "radar_label": "; ".join(
                _("{group}: {met} of {total} met").format(**{**g, "group": g["name"]})
                for g in radar["groups"]
            )
            if radar
            else "",
        }
    return context


def _query(request: HttpRequest, shown: pages.Shown) -> str:
    """Return the query string that names what is shown on every other address."""
    if shown.saved:
        return urlencode([("saved", shown.saved.pk)])
    return urlencode([*shown.ask.pairs(), *([("live", "1")] if _is_live(request) else [])])


def _live(shown: pages.Shown) -> str:
    """Return the address that computes the same question from the data of today."""
    query = urlencode([*shown.ask.pairs(), ("live", "1")])
    return f"{reverse('assessment', args=[shown.park.code])}?{query}"


def _back(shown: pages.Shown) -> str:
    """Return the address of the assessment a criterion belongs to."""
    if shown.saved and not shown.saved.is_current:
        return reverse("assessment_saved", args=[shown.saved.pk])
    return f"{reverse('assessment', args=[shown.park.code])}?{urlencode(shown.ask.pairs())}"


def _name(park: Park) -> str:
    return Text(park.name_vi, park.name_en).get(_language())


def _language() -> str:
    return get_language() or "vi"
