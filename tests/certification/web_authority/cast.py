"""A park, an enterprise, the people of every authority, and dossiers in any state."""

import dataclasses
import datetime as dt
import secrets

from tests.certification.core.world import join

from sinhthai.accounts.models import Organisation, Scope
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.readers import freeze
from sinhthai.certification.engine.findings import finding_digest, findings_digest
from sinhthai.certification.models import Dossier, Judgement, Opinion, Snapshot
from sinhthai.registry.models import Enterprise, Park, Province
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 5, 4)
YEAR = 2025
PROVINCE = "79"


def make_body(code, kind, *, scope=None, authority="", province=""):
    body = Organisation.objects.create(
        code=code, kind=kind, name_vi=f"Cơ quan {code}", name_en=f"Body {code}",
        authority=authority, province=province,
    )  # fmt: skip
    if scope:
        Scope.objects.create(organisation=body, kind=scope[0], code=scope[1])
    return body


def make_world():
    """Return the people by name, and the park, the enterprise and the bodies."""
    province = Province.objects.create(
        code=PROVINCE, valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    park = Park.objects.create(
        code="hiep-phuoc", name_vi="KCN Hiệp Phước", name_en="Hiep Phuoc IP",
        search="kcn hiep phuoc ip", province=province, province_now=province,
    )  # fmt: skip
    enterprise = Enterprise.objects.create(
        park=park,
        code="0300588569",
        tax_code="0300588569",
        name_vi="Xi măng Sao",
        search="xi mang sao",
    )
    office = make_body("office", "operator", scope=("park", park.code))
    firm = make_body("firm", "enterprise", scope=("enterprise", enterprise.code))
    board = make_body(
        "board",
        "management_board",
        scope=("province", PROVINCE),
        authority="management_board",
        province=PROVINCE,
    )
    committee = make_body(
        "committee",
        "peoples_committee",
        scope=("province", PROVINCE),
        authority="peoples_committee",
        province=PROVINCE,
    )
    country = make_body("country", "ministry", scope=("country", ""))
    far = make_body("far", "management_board", scope=("province", "92"), province="92")
    people = {
        "writer": (office, "editor"),
        "signer": (office, "approver"),
        "owner": (firm, "approver"),
        "judge": (board, "editor"),
        "head": (board, "approver"),
        "second": (board, "approver"),
        "chair": (committee, "approver"),
        "clerk": (committee, "editor"),
        "overseer": (country, "viewer"),
        "stranger": (far, "approver"),
    }
    procedures = load_procedures()
    for procedure in ("vn-eip-issue-d35", "vn-eco-issue-d35"):
        parties = procedures.procedure(procedure).parties
        for party in ("consulted", "expert"):
            for authority in parties.get(party, ()):
                kind = procedures.authorities[authority].kind
                at_home = PROVINCE if kind == "department" else ""
                body = make_body(
                    authority.replace("_", "-"), kind, authority=authority, province=at_home
                )
                people[authority] = (body, "approver")
                people[f"{authority}-editor"] = (body, "editor")
    return join(people), park, enterprise


def make_dossier(park, enterprise=None, *, kind="issue", state="evaluating", by=None, **more):
    """A dossier as it stands in *state*; its history is not told."""
    subject = "enterprise" if enterprise else "park"
    procedure = load_procedures().procedure_on(kind, subject, ON)
    given = {
        "public_id": secrets.token_hex(8), "procedure": procedure.id, "procedure_hash": "0" * 64,
        "kind": kind, "park": park, "enterprise": enterprise, "state": state, "on": ON,
        "year": YEAR, "submitted_digest": "" if state == "draft" else "1" * 64,
        "is_open": not procedure.state(state).final,
        "accepted_at": AT if state not in ("draft", "submitted", "supplement") else None,
        "created_at": AT, "changed_at": AT, "created_by": by,
    }  # fmt: skip
    dossier = Dossier.objects.create(**(given | more))
    if kind in ("issue", "recertify"):
        take(dossier)
    return dossier


def framework_of(dossier):
    family = load_procedures().procedure(dossier.procedure).family
    return load_bundle().framework_on(family, dossier.on)


def found(leaf, subject, status="met", **more):
    """A finding as a snapshot keeps it."""
    value = {"met": (1.0, 1.0), "not_met": (0.0, 0.0), "undetermined": (0.0, 1.0)}[status]
    threshold = leaf.threshold_on(ON)
    finding = Finding(
        subject=subject, leaf=leaf.id, on=ON, year=YEAR, status=status, lower=value[0],
        upper=value[1], threshold=threshold.value if threshold else None,
    )  # fmt: skip
    return freeze(dataclasses.replace(finding, **more))


def take(dossier, changed=None):
    """Take a snapshot in which every criterion is met, but those *changed* (leaf -> status)."""
    framework = framework_of(dossier)
    subject = dossier.enterprise.code if dossier.enterprise else dossier.park.code
    findings = [
        found(leaf, subject, (changed or {}).get(leaf.id, "met")) for leaf in framework.leaves
    ]
    dossier.snapshots.update(is_current=False)
    return Snapshot.objects.create(
        dossier=dossier, framework=framework.id, on=ON, year=YEAR, engine_version="0",
        rules_hash=load_bundle().hash, input_digest="2" * 64, known_at=AT, findings=findings,
        digest=findings_digest(findings), taken_at=AT,
    )  # fmt: skip


def judge_all(dossier, by, *, met=True, but=()):
    """Judge every criterion on the finding of now; those in *but* the other way."""
    snapshot = dossier.snapshots.get(is_current=True)
    for row in snapshot.findings:
        Judgement.objects.create(
            dossier=dossier, leaf=row["leaf"], met=met if row["leaf"] not in but else not met,
            reason="Đã xem chứng cứ.", finding_digest=finding_digest(row), by=by, at=AT,
        )  # fmt: skip


def ask_all(dossier, *, answered=True):
    """Send the dossier to every body its procedure names."""
    procedure = load_procedures().procedure(dossier.procedure)
    named = [
        (party, authority)
        for party in ("consulted", "expert")
        for authority in procedure.parties.get(party, ())
    ]
    return [
        Opinion.objects.create(
            dossier=dossier, party=party, authority=authority,
            organisation=Organisation.objects.get(authority=authority), sent_at=AT,
            received_at=AT if answered else None, answered_at=AT if answered else None,
            position="agree" if answered else "",
        )
        for party, authority in named
    ]  # fmt: skip
