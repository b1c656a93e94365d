"""Verified results on their way into the yearly report: proposed, then accepted or declined."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.efficiency.actions import report as actions
from sinhthai.efficiency.models import Proposal
from sinhthai.efficiency.policy import audit_for, may_accept, may_work
from sinhthai.efficiency.readers.report import read_lines, years_verified
from sinhthai.efficiency.views.audits import done, shell
from sinhthai.reporting.views.answers import person
from sinhthai.rules.bundle import load_bundle


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What the verified results of a year say for form B.4, and what was proposed."""
    audit = audit_for(request.user, pk)
    years = years_verified(audit.enterprise)
    raw = request.GET.get("year", "")
    asked = next((one for one in years if str(one) == raw), None)
    year = asked or (years[0] if years else audit.year)
    known = load_bundle().items
    proposals = [
        (one, [(known[item], value) for item, value in one.values.items()])
        for one in Proposal.objects.filter(audit=audit)
        .select_related("by", "answered_by")
        .order_by("-pk")
    ]
    context = {
        **shell(audit.enterprise, audit, "report"),
        "year": year,
        "years": years,
        "lines": read_lines(audit.enterprise, year),
        "incomplete": [
            known[code] for code in sorted(read_lines(audit.enterprise, year).incomplete)
        ],
        "proposals": proposals,
        "waiting": any(one.accepted is None for one, _values in proposals),
        "may_work": may_work(request.user, audit.enterprise),
        "may_accept": may_accept(request.user, audit.enterprise),
    }
    return render(request, "efficiency/report.html", context)


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the results of a year."""
    audit = audit_for(request.user, pk, write=True)
    raw = request.POST.get("year", "")
    year = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 4 else 0
    return done(
        request,
        lambda: actions.propose_results(
            user=person(request), audit=audit, year=year, at=timezone.now()
        ),
        _("The results were proposed. The enterprise accepts or declines."),
        redirect("efficiency_report", pk),
    )


@require_POST
def answer(request: HttpRequest, pk: int, proposal: int) -> HttpResponse:
    """Accept or decline a proposal."""
    audit = audit_for(request.user, pk, write=True)
    row = get_object_or_404(
        Proposal.objects.select_related("audit__enterprise__park__province_now"),
        audit=audit,
        pk=proposal,
    )
    accepted = request.POST.get("answer") == "accept"
    return done(
        request,
        lambda: actions.answer_proposal(
            user=person(request), proposal=row, accepted=accepted, at=timezone.now()
        ),
        _("The figures are in the report of the year.")
        if accepted
        else _("The proposal was declined; nothing was reported."),
        redirect("efficiency_report", pk),
    )
