"""Possible partners by band, consent to being named, and the partner once both agreed."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.registry.models import Enterprise
from sinhthai.registry.views.listing import PAGE_SIZE
from sinhthai.reporting.views.answers import language_of, person
from sinhthai.symbiosis import policy
from sinhthai.symbiosis.actions import consent
from sinhthai.symbiosis.models import Consent, Stream
from sinhthai.symbiosis.readers import partners as readers
from sinhthai.symbiosis.readers import wording
from sinhthai.symbiosis.readers.enterprise import count_streams
from sinhthai.symbiosis.views.streams import shell


@require_GET
def partner_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show the possible partners of own streams by band; those who agreed by name."""
    enterprise = policy.enterprise_own(request.user, code)
    viewer, now = person(request), timezone.now()
    only = request.GET.get("stream", "")
    found = readers.find_partners(
        enterprise,
        viewer,
        at=now,
        day=timezone.localdate(now),
        only=int(only) if only.isdecimal() and len(only) < 18 else None,
    )
    policy.log_looks(
        viewer, [pair.partner for pair in found.agreed if pair.is_open], "partner", "partners", now
    )
    allowed = request.GET.get("law") != "all"
    listed = [one for one in found.partners if not (allowed and one.forbidden)]
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "symbiosis/enterprise/partners.html",
        shell(request, enterprise, "partners")
        | {
            "found": found,
            "page": page,
            "groups": [
                (rows[0].own_name, number, rows)
                for number, group in groupby(page, key=lambda one: one.own)
                for rows in [list(group)]
            ],
            "forbidden": sum(one.forbidden for one in found.partners),
            "law": "" if allowed else "all",
            "only": only,
            "counts": count_streams(enterprise) if not found.streams else None,
            "within": readers.WITHIN_KM,
            "names": {pair.token: pair for pair in found.agreed},
        },
    )


@require_POST
def partner_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say yes or no to being named to one partner, or take a yes back."""
    enterprise = policy.enterprise_own(request.user, code, write=True)
    answer = request.POST.get("answer", "")
    if answer not in Consent.Answer.values:
        raise Http404("no such answer")
    own, partner = _pair(request, enterprise, request.POST.get("pair", ""))
    consent.answer_partner(own, partner, answer, by=person(request), at=timezone.now())
    said = {
        Consent.Answer.YES: _("You agreed to be named. The partner sees you once it agrees too."),
        Consent.Answer.NO: _("You declined. The partner sees no name."),
        Consent.Answer.WITHDRAWN: _("Taken back: neither side sees the other any more."),
    }
    messages.success(request, said[Consent.Answer(answer)])
    return redirect("symbiosis_partners", code=code)


@require_GET
def partner(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show the partner and its stream, where both agreed; the look is logged."""
    enterprise = policy.enterprise_own(request.user, code)
    own, other = _pair(request, enterprise, token)
    if not consent.is_open(own.pk, other.pk):
        raise Http404("not both agreed")
    now = timezone.now()
    policy.log_looks(person(request), [other], "partner", "partner", now)
    language = language_of(request)
    versions = {
        row.stream_id: row
        for row in other.versions.model.objects.filter(
            stream__in=(own, other), is_current=True
        ).select_related("stream", "author")
    }
    return render(
        request,
        "symbiosis/enterprise/partner.html",
        shell(request, enterprise, "partners")
        | {
            "partner": other.enterprise,
            "own_row": wording.say_stream(versions[own.pk], language),
            "row": wording.say_stream(versions[other.pk], language),
            "token": token,
        },
    )


def _pair(request: HttpRequest, enterprise: Enterprise, token: str) -> tuple[Stream, Stream]:
    """Return the streams a token names to this viewer, or raise Http404."""
    pair = readers.pair_of(enterprise, person(request), token, at=timezone.now())
    if pair is None:
        raise Http404("no such pair for this person")
    found = Stream.objects.select_related("enterprise__park__province_now").in_bulk(pair)
    return found[pair[0]], found[pair[1]]
