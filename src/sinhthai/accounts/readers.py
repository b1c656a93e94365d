"""What the pages of this slice show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sinhthai.accounts.models import ApiToken, AuditEntry, Membership, Organisation, Scope, User
from sinhthai.accounts.policy import Person, audit_visible
from sinhthai.foundation.text import Text

ACTIONS: dict[str, Text] = {
    "accounts": Text("Tài khoản và quyền", "Accounts and permissions"),
    "registry": Text("Danh bạ KCN, doanh nghiệp", "Register of parks and enterprises"),
    "reporting": Text("Báo cáo và số liệu", "Reports and figures"),
    "assessment": Text("Đánh giá", "Assessments"),
    "symbiosis": Text("Cộng sinh công nghiệp", "Industrial symbiosis"),
}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What a reader of the audit trail asked for; empty means all."""

    text: str = ""
    park: str = ""
    person: str = ""
    kind: str = ""  # the slice that acted: the part of the action before the point
    since: dt.date | None = None
    until: dt.date | None = None
    oldest_first: bool = False


def read_audit(user: Person, asked: AuditFilter, parks: Any = None) -> QuerySet[AuditEntry]:
    """Return the entries *user* may read that fit *asked*; *parks* is a query of visible codes."""
    rows = audit_visible(user, parks)
    if asked.text:
        rows = rows.filter(
            Q(summary_vi__icontains=asked.text)
            | Q(summary_en__icontains=asked.text)
            | Q(object_code__icontains=asked.text)
        )
    if asked.park:
        rows = rows.filter(park_code=asked.park)
    if asked.person:
        rows = rows.filter(actor_name__icontains=asked.person)
    if asked.kind:
        rows = rows.filter(action__startswith=f"{asked.kind}.")
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lte=_end(asked.until))
    return rows.order_by("id" if asked.oldest_first else "-id")


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def _end(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, timezone.get_current_timezone())


AUDIT_HEADINGS = (
    Text("Thời điểm", "Time"),
    Text("Người thực hiện", "Person"),
    Text("Nội dung", "What"),
    Text("Khu công nghiệp", "Park"),
    Text("Thao tác", "Action"),
    Text("Đối tượng", "Object"),
)


def audit_lines(rows: QuerySet[AuditEntry], language: str) -> Iterator[list[str]]:
    """Return the lines of the audit trail under ``AUDIT_HEADINGS``, one at a time."""
    for entry in rows.iterator(chunk_size=2000):
        yield [
            timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor_name,
            Text(entry.summary_vi, entry.summary_en).get(language),
            entry.park_code,
            entry.action,
            " ".join(part for part in (entry.object_kind, entry.object_code) if part),
        ]


@dataclass(frozen=True, slots=True)
class Reach:
    """One organisation a person acts for, and what that lets them see."""

    organisation: Organisation
    role: str
    scopes: list[Scope]


def read_reach(user: User) -> list[Reach]:
    """Return the organisations of *user*, with role and scopes."""
    memberships = (
        Membership.objects.filter(user=user)
        .select_related("organisation")
        .prefetch_related("organisation__scopes")
        .order_by("organisation__name_vi")
    )
    return [
        Reach(m.organisation, m.get_role_display(), list(m.organisation.scopes.all()))
        for m in memberships
    ]


_PEOPLE_ORDER = {
    "name": ["user__last_name", "user__username"],
    "username": ["user__username"],
    "role": ["role", "user__last_name"],
    "last_login": ["-user__last_login"],
}


def read_people(
    organisation: Organisation, *, text: str = "", role: str = "", sort: str = "name"
) -> QuerySet[Membership]:
    """Return the members of *organisation* that fit."""
    rows = Membership.objects.filter(organisation=organisation).select_related(
        "user", "organisation"
    )
    if text:
        rows = rows.filter(
            Q(user__username__icontains=text)
            | Q(user__last_name__icontains=text)
            | Q(user__first_name__icontains=text)
            | Q(user__email__icontains=text)
        )
    if role:
        rows = rows.filter(role=role)
    return rows.order_by(*_PEOPLE_ORDER.get(sort, _PEOPLE_ORDER["name"]))


def read_tokens(user: User) -> QuerySet[ApiToken]:
    """Return the tokens of *user*, the newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at")
