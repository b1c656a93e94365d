"""Who reads the roadmaps of a park: its office and its facilitators, others what was shared.

A roadmap names what single enterprises use and could invest: whoever oversees the park reads it
once the office has shared it.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from sinhthai.assessment.models import Roadmap
from sinhthai.registry.models import Park
from sinhthai.registry.policy import Person, may_read
from sinhthai.symbiosis.policy import may_facilitate


def roadmaps_visible(user: Person, park: Park) -> QuerySet[Roadmap]:
    """Return the roadmaps of *park* that *user* may read, newest first, without their content."""
    rows = Roadmap.objects.filter(park=park).select_related("by").defer("result", "options_file")
    if may_facilitate(user, park):
        return rows
    return rows.filter(shared_at__isnull=False) if may_read(user, park) else rows.none()


def roadmap_for(user: Person, pk: int, *, write: bool = False) -> Roadmap:
    """Return a saved roadmap that *user* may read (or share), or raise Http404."""
    row = (
        Roadmap.objects.select_related("park__province_now", "park__operator", "by", "shared_by")
        .defer("options_file")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Http404("no such roadmap for this person")
    if may_facilitate(user, row.park):
        return row
    if write or row.shared_at is None or not may_read(user, row.park):
        raise Http404("no such roadmap for this person")
    return row


def park_with_roadmaps(user: Person, code: str) -> Park:
    """Return the park to its office, and to others once a roadmap was shared; else Http404."""
    park = Park.objects.select_related("province_now", "operator").filter(code=code).first()
    if park is None:
        raise Http404("no such park for this person")
    if may_facilitate(user, park) or roadmaps_visible(user, park).exists():
        return park
    raise Http404("no such park for this person")
