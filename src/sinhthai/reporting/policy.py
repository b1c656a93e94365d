"""Who may report for a park, and who may decide on its reports.

Reading is the registry's question (``registry.policy``). Reporting and deciding are kept apart
here: an authority that judges the reports of its territory does not write them.
"""

from __future__ import annotations

from django.http import Http404

from sinhthai.accounts.models import Membership, User
from sinhthai.accounts.policy import WRITERS, scopes_of
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person, park_for
from sinhthai.reporting.models import Record, Report


def may_report(user: Person, park: Park) -> bool:
    """Say whether *user* may enter values: the park's own office, or a named reporter above it."""
    scopes = scopes_of(user)
    if scopes.parks.get(park.code, frozenset()) & WRITERS:
        return True
    above = scopes.roles_at(province=park.province_now.code)
    return Membership.Role.EDITOR in above


def speaks_for(user: User, enterprise: Enterprise) -> bool:
    """Say whether *user* is of the enterprise itself, and may state figures of it alone."""
    held = scopes_of(user).enterprises
    own = (enterprise.code, enterprise.tax_code)
    return any(held.get(code, frozenset()) & WRITERS for code in own if code)


def park_to_report(user: Person, code: str) -> Park:
    """Return the park if *user* may report for it, or raise Http404: no hint to a stranger."""
    park = park_for(user, code)
    if not may_report(user, park):
        raise Http404("no such park for this person")
    return park


def entered_by(report: Report, user: Person) -> bool:
    """Say whether *user* entered a value that still stands in *report*, or submitted it."""
    if not isinstance(user, User):
        return False
    if report.submitted_by_id == user.pk:
        return True
    return Record.objects.filter(
        park_id=report.park_id, year=report.year, author=user, reverted_at=None
    ).exists()
