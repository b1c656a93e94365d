"""What every page of a dossier does alike: its head, its refusals, its version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from sinhthai.certification.models import Dossier
from sinhthai.certification.wording import (
    dossier_title,
    enterprise_name,
    park_name,
    procedure_of,
    subject_name,
)
from sinhthai.registry.models import Enterprise, Park

# What an applicant writes and is held against criteria; the others are cases about a certificate.
APPLICATIONS = frozenset({Dossier.Kind.ISSUE, Dossier.Kind.RECERTIFY})


def language() -> str:
    """Return the language the page is shown in."""
    return get_language() or "vi"


def shell(dossier: Dossier) -> dict[str, Any]:
    """Return what the head of every page of a dossier says."""
    procedure = procedure_of(dossier)
    enterprise = dossier.enterprise
    return {
        "nav": "certification",
        "dossier": dossier,
        "procedure": procedure,
        "applies": dossier.kind in APPLICATIONS,
        "state": procedure.state(dossier.state),
        "title": dossier_title(dossier),
        "subject": subject_name(dossier),
        "park": dossier.park,
        "enterprise": enterprise,
        "invented": dossier.park.invented or bool(enterprise and enterprise.invented),
    }


def start_shell(park: Park, enterprise: Enterprise | None) -> dict[str, Any]:
    """Return what the head of the start pages says."""
    return {
        "nav": "certification",
        "park": park,
        "park_name": park_name(park),
        "enterprise": enterprise,
        "subject": enterprise_name(enterprise) if enterprise else park_name(park),
        "invented": park.invented or bool(enterprise and enterprise.invented),
    }
