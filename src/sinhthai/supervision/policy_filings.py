"""Who fills in, sends, reads and receives a yearly form.

The investor's office files for its park, an enterprise's own people for the enterprise; the
Management Board of the province receives. An enterprise reports to the investor too (Article
43.2), so the office of its park reads what was sent; the People's Committee that certifies the
park reads the park's, on which re-certification rests (Article 45). A form that never left is
its filer's alone.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.policy import BOARD, COMMITTEE, seats_of
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person, may_read
from sinhthai.supervision.models import Filing, Sending
from sinhthai.supervision.policy_keeping import levels_over, may


def may_fill(user: Person, park: Park, enterprise: Enterprise | None) -> bool:
    """Say whether *user* prepares the forms of a park or of an enterprise."""
    return may(user, "applicant", "editor", park, enterprise)


def may_send(user: Person, park: Park, enterprise: Enterprise | None) -> bool:
    """Say whether *user* approves the forms of a park or of an enterprise, and sends them."""
    return may(user, "applicant", "approver", park, enterprise)


def may_receive(user: Person, park: Park) -> bool:
    """Say whether *user* receives forms for the Management Board of the park's province."""
    return may(user, "receiver", "editor", park)


def may_read_forms(user: Person, park: Park, enterprise: Enterprise | None) -> bool:
    """Say whether *user* may open the list of forms: who reads the park, and the filer's people.

    What the list shows them is another question: ``filings_visible``.
    """
    return may_read(user, park) or "applicant" in levels_over(user, park, enterprise)


def filings_visible(user: Person) -> QuerySet[Filing]:
    """Return the forms *user* may open."""
    if not user.is_authenticated or not user.is_active:
        return Filing.objects.none()
    scopes = scopes_of(user)
    sent = Q(Exists(Sending.objects.filter(filing=OuterRef("pk"))))
    own = Q(park__code__in=list(scopes.parks), enterprise=None)
    if codes := list(scopes.enterprises):
        own |= Q(enterprise__code__in=codes) | Q(enterprise__tax_code__in=codes)
    if scopes.country:
        return Filing.objects.filter(own | sent)
    boards, committees = provinces_of(user, BOARD), provinces_of(user, COMMITTEE)
    reached = (
        Q(park__province_now__code__in=sorted(boards))
        | Q(park__province_now__code__in=sorted(committees), enterprise=None)
        | Q(park__code__in=list(scopes.parks))
    )
    return Filing.objects.filter(own | (sent & reached))


def provinces_of(user: Person, kind: str) -> set[str]:
    """Return the provinces in whose body of this kind *user* is."""
    return {
        code for seat in seats_of(user) if seat.organisation.kind == kind for code in seat.provinces
    }


def filing_for(user: Person, pk: int) -> Filing:
    """Return the form if *user* may open it, or raise Http404: no hint to a stranger."""
    found = (
        filings_visible(user)
        .select_related(
            "park__province_now", "park__province", "park__operator", "enterprise",
            "prepared_by", "sent_by", "decided_by",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404("no such form for this person")
    return found


def is_own(user: Person, filing: Filing) -> bool:
    """Say whether *user* is of those who file this form."""
    return "applicant" in levels_over(user, filing.park, filing.enterprise)
