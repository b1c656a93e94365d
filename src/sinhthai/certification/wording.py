"""Names every part of certification says alike: parties, subjects, states, positions."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.accounts.models import Organisation
from sinhthai.certification.models import Dossier, Opinion
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.procedures import Procedure, State
from sinhthai.rules.procedures_loading import load_procedures

PARTY_NAMES: Mapping[str, Text] = {
    "applicant": Text("Bên nộp hồ sơ", "Applicant"),
    "receiver": Text("Ban quản lý", "Management Board"),
    "issuer": Text("Cơ quan cấp chứng nhận", "Issuing authority"),
    "consulted": Text("Cơ quan được lấy ý kiến", "Body consulted"),
    "expert": Text("Tổ chức có năng lực về RECP", "RECP-qualified body"),
    "system": Text("Hệ thống", "System"),
}
POSITION_NAMES: Mapping[str, Text] = {
    Opinion.Position.AGREE: Text("Đồng ý", "Agrees"),
    Opinion.Position.REMARKS: Text("Đồng ý, có góp ý", "Agrees with remarks"),
    Opinion.Position.DISAGREE: Text("Không đồng ý", "Does not agree"),
}
KIND_NAMES: Mapping[str, Text] = {
    Dossier.Kind.ISSUE: Text("Chứng nhận", "Certification"),
    Dossier.Kind.RECERTIFY: Text("Chứng nhận lại", "Re-certification"),
    Dossier.Kind.REVOKE: Text("Thu hồi", "Revocation"),
    Dossier.Kind.REVIEW: Text("Rà soát", "Review"),
}


def procedure_of(dossier: Dossier) -> Procedure:
    """Return the procedure *dossier* runs."""
    return load_procedures().procedure(dossier.procedure)


def state_of(dossier: Dossier) -> State:
    """Return the state *dossier* is in."""
    return procedure_of(dossier).state(dossier.state)


def states_by_title() -> list[tuple[str, Text]]:
    """Return the states of every procedure once, in the order they come in."""
    found: dict[str, Text] = {}
    for procedure in load_procedures().procedures:
        for state in procedure.states:
            found.setdefault(state.id, state.title)
    return list(found.items())


def park_name(park: Park) -> Text:
    """Return the name of *park*."""
    return Text(park.name_vi, park.name_en or park.name_vi)


def enterprise_name(enterprise: Enterprise) -> Text:
    """Return the name of *enterprise*."""
    return Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi)


def organisation_name(organisation: Organisation) -> Text:
    """Return the name of *organisation*."""
    return Text(organisation.name_vi, organisation.name_en or organisation.name_vi)


def subject_name(dossier: Dossier) -> Text:
    """Return whose dossier it is: the enterprise, or the park."""
    return enterprise_name(dossier.enterprise) if dossier.enterprise else park_name(dossier.park)


def dossier_title(dossier: Dossier) -> Text:
    """Return what the dossier is about: its procedure and its subject's name."""
    name = subject_name(dossier)
    kind = KIND_NAMES[dossier.kind]
    return Text(f"{kind.vi}: {name.vi}", f"{kind.en}: {name.en}")
