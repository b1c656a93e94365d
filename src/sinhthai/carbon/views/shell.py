"""What every page of an inventory needs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString

from sinhthai.carbon import policy
from sinhthai.carbon.subject import Subject
from sinhthai.registry.policy import may_read
from sinhthai.reporting.views.answers import language_of


def open_subject(
    request: HttpRequest, code: str, of: str, *, draft: bool = False, write: bool = False
) -> Subject:
    """Return whose inventory the address names, if this person may, or raise Http404."""
    return policy.subject_for(request.user, code, of=of, draft=draft, write=write)


def sees_drafts(request: HttpRequest, subject: Subject) -> bool:
    """Say whether this person reads what is not locked."""
    return policy.standing_with(request.user, subject) == "inside"


def shell(request: HttpRequest, subject: Subject, tab: str) -> dict[str, Any]:
    """Return what every page of a subject's inventory shows around its content."""
    language = language_of(request)
    return {
        "nav": "parks",
        "tab": tab,
        "subject": subject,
        "name": subject.name.get(language),
        "park": subject.park,
        "enterprise": subject.enterprise,
        "inside": sees_drafts(request, subject),
        "may_keep": policy.may_keep(request.user, subject),
        "may_lock": policy.may_lock(request.user, subject),
        "may_sum": may_read(request.user, subject.park),
        "invented": subject.invented,
        "home": subject.url("inventory"),
        "urls": {name: subject.url(name) for name in ("inventory", "new", "import", "template")}
        | ({"reported": subject.url("reported")} if subject.enterprise else {}),
    }


def number_of(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of the address, or None; what is no number is not found."""
    raw = request.GET.get(name, "")
    if not raw:
        return None
    if not raw.isascii() or not raw.isdecimal() or len(raw) > 4:
        raise Http404("no such number")
    return int(raw)


def drawn(svg: str) -> SafeString:
    """Return a picture to stand in the page: our own drawing, which escapes what it writes."""
    return SafeString(svg)
