"""What every template may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sinhthai import __version__
from sinhthai.accounts.policy import WRITERS, scopes_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the main navigation; *key* is what a page passes as ``nav``."""

    key: str
    name: str
    url: str


# The kinds of organisation that supervise certificates, or read along.
_SUPERVISORS = frozenset({"management_board", "peoples_committee"})


# Who has projects, or finances them.
_FINANCED = frozenset({"enterprise", "bank"})


def _address(name: str, *args: object) -> str:
    """Return the address of a named page, or nothing while its slice is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _reports_address(request: HttpRequest) -> str:
    """Return the reports of the one park a person belongs to; the list of parks if several."""
    if not request.user.is_authenticated:
        return ""
    parks = scopes_of(request.user).parks
    return _address("reports", *parks) if len(parks) == 1 else ""


def _symbiosis_address(request: HttpRequest) -> str:
    """Return the workbench of the one park a person facilitates, else the streams of the one
    enterprise a person belongs to; the knowledge otherwise.
    """
    if request.user.is_authenticated:
        scopes = scopes_of(request.user)
        mine = [code for code, roles in scopes.parks.items() if roles & WRITERS]
        if len(mine) == 1:
            return _address("symbiosis_overview", *mine)
        if not mine and len(scopes.enterprises) == 1:
            return _address("symbiosis_streams", *scopes.enterprises)
    return _address("symbiosis_materials")


def _projects_address(request: HttpRequest) -> str:
    """Return the projects of the one enterprise a person acts for, else the pipeline."""
    enterprises = scopes_of(request.user).enterprises
    if len(enterprises) == 1:
        return _address("finance_enterprise_projects", *enterprises)
    return _address("finance_pipeline")


def _tabs(request: HttpRequest) -> list[Tab]:
    tabs = [
        Tab("country", _("Whole country"), _address("home")),
        Tab("parks", _("Industrial parks"), _address("parks")),
        Tab("certificates", _("Certificates"), _address("certificates")),
        Tab("reports", _("Reports"), _reports_address(request)),
        Tab("symbiosis", _("Symbiosis"), _symbiosis_address(request)),
        Tab("rules", _("Rules"), _address("rules")),
    ]
    if scopes_of(request.user).kinds & _FINANCED:
        tabs.insert(5, Tab("finance", _("Projects"), _projects_address(request)))
    if request.user.is_authenticated:
        tabs.insert(0, Tab("desk", _("What is due"), _address("supervision_desk")))
        scopes = scopes_of(request.user)
        if scopes.country or scopes.kinds & _SUPERVISORS:
            tabs.insert(4, Tab("supervision", _("Supervision"), _address("supervision")))
        if scopes.country or scopes.provinces:
            programme = _address("efficiency_programme")
            tabs.append(Tab("efficiency", "RECP", programme))
    return [tab for tab in tabs if tab.url]


def site(request: HttpRequest) -> dict[str, object]:
    """Return the shell of a page: tabs, addresses, version.

    Error pages may come before the session is read, so ``request.user`` may be missing.
    """
    signed = hasattr(request, "user")
    return {
        "version": __version__,
        "tabs": _tabs(request) if signed else [],
        "home_url": _address("home") or "/",
        "profile_url": _address("profile"),
        "audit_url": _address("audit"),
        "sign_in_url": _address("account_login"),
        "sign_out_url": _address("account_logout"),
        "api_docs_url": _address("api:openapi-view"),
    }
