"""Every address of the site, asked by the owner, the inspector, a stranger and nobody.

An address that is not in a table here fails the last test, so none is forgotten. What an act
does when it is allowed stands in the tests of its slice; here only who gets how far.
"""

import datetime as dt
import hashlib
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from tests.site.cast import AT
from tests.site.reading import assert_nothing_inline

from sinhthai.accounts.models import Membership, Organisation
from sinhthai.accounts.tokens import create_token
from sinhthai.assessment.actions import assess_parks
from sinhthai.assessment.roadmap.actions import find_roadmap
from sinhthai.assessment.roadmap.model import Asked
from sinhthai.carbon.actions.activities import Given, add_activity
from sinhthai.carbon.actions.imports import keep_file
from sinhthai.carbon.actions.inventories import lock_inventory
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.readers.inventory import open_book
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.workbook import write_template
from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.models import Certificate, Dossier, IssuerKey, Paper
from sinhthai.efficiency.models import Audit, AuditEvidence, AuditMeasure, MeasureEvent
from sinhthai.factors.loading import load_factors
from sinhthai.finance.actions.appraisals import work_out
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.models import (
    Project,
    ProjectDocument,
    ProjectEvent,
    SavedAppraisal,
    Share,
)
from sinhthai.registry.models import ParkFact, RegistryImport
from sinhthai.reporting.models import Batch, Evidence
from sinhthai.rules.bundle import load_bundle
from sinhthai.supervision.models import (
    Alert,
    Attachment,
    CorrectiveAction,
    Filing,
    Inspection,
    Milestone,
    Observation,
)
from sinhthai.symbiosis.actions.dossier import add_task, attach_document
from sinhthai.symbiosis.actions.pipeline import create_exchange
from sinhthai.symbiosis.actions.plans import Plan
from sinhthai.symbiosis.actions.streams import add_stream
from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.models import Match, MatchRun, StreamImport

pytestmark = pytest.mark.postgres

PDF_HASH = hashlib.sha256(b"%PDF-1.7").hexdigest()
COAL = Activity("", 2022, "1", "stationary", "anthracite", 10.0, "t", category="manufacturing")
ASH = StreamGiven("offer", "Tro bay", "t", material="coal-fly-ash", quantity=10.0)
SIGN_IN = "sign in"
MOST_QUERIES = 12  # ten for the page, two to know who asks
GONE = 404
# name of the address -> what owner, inspector, stranger and nobody get
PUBLIC = dict.fromkeys(
    [
        "home",
        "home_export",
        "rules",
        "framework",
        "rule",
        "rule_procedures",
        "rule_procedure",
        "rule_holidays",
        "factors",
        "factors_export",
        "factor",
        "parks",
        "park_export",
        "park",
        "healthz",
        "certificates",
        "certificate_export",
        "certificate_verify",
        "symbiosis_materials",
        "symbiosis_material",
        "symbiosis_material_export",
        "symbiosis_codes",
        "symbiosis_code_export",
        "finance_funds",
        "finance_funds_export",
        "api:openapi-view",
        "api:openapi-json",
        "timeline",
    ],
    (200, 200, 200, 200),
)
OWN = dict.fromkeys(("profile", "tokens", "audit", "audit_export"), (200, 200, 200, SIGN_IN))
# Lists of what one may see: the stranger's is empty.
DESKS = dict.fromkeys(
    (
        "dossiers",
        "dossiers_export",
        "opinions",
        "opinions_export",
        "supervision_desk",
        "supervision_desk_export",
        "finance_pipeline",
        "finance_pipeline_export",
    ),
    (200, 200, 200, SIGN_IN),
)
# Only who decides on a dossier, or oversees it; its applicant reads none of them.
AUTHORITY = dict.fromkeys(
    [
        "dossier_check",
        "dossier_consult",
        "dossier_evaluate",
        "dossier_newer",
        "dossier_report",
        "dossier_decide",
        "dossier_fail",
        "dossier_case",
    ],
    (GONE, 200, GONE, GONE),
)
INSIDE = dict.fromkeys(
    [
        "park_enterprises",
        "enterprise_export",
        "enterprise",
        "reports",
        "report",
        "workbook",
        "values_export",
        "value",
        "imports",
        "batch",
        "batch_file",
        "evidence_file",
        "assessment",
        "assessment_history",
        "assessment_export",
        "assessment_why",
        "assessment_saved",
        "park_certification",
        "enterprise_certification",
        "dossier",
        "dossier_contents",
        "dossier_papers",
        "dossier_paper",
        "dossier_drawn",
        "dossier_supplements",
        "carbon_inventory",  # the inspector reads what is locked
        "carbon_export",
        "carbon_line",
        "carbon_own_inventory",
        "carbon_own_export",
        "carbon_own_line",
        "carbon_park",
        "carbon_park_export",
    ],
    (200, 200, GONE, GONE),
)
# Only who reports for the park; the inspector judges what others wrote.
# The facilitator of the park: its office, or an adviser appointed for it.
OFFICE = dict.fromkeys(
    [
        "upload",
        "roadmap",  # others once one was shared: tests/assessment/roadmap
        "roadmap_options",
        "roadmap_compare",
        "roadmap_saved",
        "roadmap_export",
        "symbiosis_overview",
        "symbiosis_pictures",
        "symbiosis_ideas",
        "symbiosis_ideas_export",
        "symbiosis_idea",
        "symbiosis_pipeline",
        "symbiosis_pipeline_export",
        "symbiosis_split",
        "symbiosis_split_export",
        "symbiosis_exchange_new",
        "symbiosis_exchange",
        "symbiosis_exchange_edit",
        "symbiosis_document",
        "symbiosis_report",
        "symbiosis_report_export",
        "park_apply",
        "dossier_changes",
        "dossier_write",
        "dossier_upload",
        "dossier_withdraw",
        "carbon_reported",
        "carbon_own_lock",
        *(
            f"carbon_{own}{page}"
            for own in ("", "own_")
            for page in ("new", "template", "import", "preview", "settings", "edit")
        ),
    ],
    (200, GONE, GONE, GONE),
)
# Only who keeps the register of a province.
REGISTER = {
    "park_import": (200, 200, 200, GONE),  # each line asks again: may you write this park?
    "park_template": (200, 200, 200, GONE),
    "park_import_preview": (GONE, 200, GONE, GONE),  # only who uploaded it
    "enterprise_import": (200, 200, GONE, GONE),
    "enterprise_template": (200, 200, GONE, GONE),
    "enterprise_import_preview": (GONE, 200, GONE, GONE),
}
# Streams are private: the office of the park is their facilitator, the inspector reads totals.
STREAMS = dict.fromkeys(
    [
        "symbiosis_streams",
        "symbiosis_stream",
        "symbiosis_stream_export",
        "symbiosis_stream_new",
        "symbiosis_stream_edit",
        "symbiosis_stream_import",
        "symbiosis_stream_import_preview",
        "symbiosis_stream_template",
        "symbiosis_stream_profile",
        "symbiosis_stream_reported",
    ],
    (200, GONE, GONE, GONE),
) | dict.fromkeys(
    ("symbiosis_aggregates", "symbiosis_aggregate_export"), (200, 200, 200, GONE)
)  # fmt: skip
# Projects belong to their enterprise: the office of the park reads them, the inspector sums.
PROJECTS = dict.fromkeys(
    [
        "finance_enterprise_projects",
        "finance_enterprise_export",
        "finance_project",
        "finance_project_sheet",
        "finance_project_picture",
        "finance_project_document",
    ],
    (200, GONE, GONE, GONE),
)
# Addresses that name no park.
# Who supervises the province, and the holder for what is its own.
KEEPING = {
    "supervision": (GONE, 200, GONE, SIGN_IN),
    "supervision_export": (GONE, 200, GONE, SIGN_IN),
    "inspections": (200, 200, 200, SIGN_IN),  # those one may read: the stranger's list is empty
    "inspections_export": (200, 200, 200, SIGN_IN),
    "filings": (200, 200, 200, SIGN_IN),
    "filings_export": (200, 200, 200, SIGN_IN),
} | dict.fromkeys(
    [
        "certificate_holding",
        "certificate_revocation",
        "certificate_revocation_letter",
        "inspection",
        "inspection_file",
        "corrective_action",
        "park_commitment",
    ],
    (200, 200, GONE, GONE),
)
# The filer's own draft, which nobody else sees; the lists of it, which the Board may open.
FILINGS = dict.fromkeys(("park_filings", "enterprise_filings"), (200, 200, GONE, GONE)) | {
    "filing": (200, GONE, GONE, GONE),
    "filing_file": (200, GONE, GONE, GONE),
    "supervision_board": (GONE, 200, GONE, GONE),
    "board_report": (GONE, 200, GONE, GONE),
}
FILING_ACTS = [
    "park_filing_open",
    "enterprise_filing_open",
    "filing_upload",
    "filing_step",
    "board_report_sent",
]
# An audit its enterprise shared: the office of the park reads it, the inspector sums only.
AUDITS = dict.fromkeys(
    [
        "efficiency_audits",
        "efficiency_audits_export",
        "efficiency_audit",
        "efficiency_baseline",
        "efficiency_walk",
        "efficiency_evidence",
        "efficiency_measures",
        "efficiency_measures_export",
        "efficiency_measure",
        "efficiency_report",
    ],
    (200, GONE, GONE, GONE),
) | {
    "efficiency_park": (200, 200, GONE, GONE),
    "efficiency_park_export": (200, 200, GONE, GONE),
    "efficiency_programme": (GONE, 200, GONE, GONE),
    "efficiency_programme_export": (GONE, 200, GONE, GONE),
}
AUDIT_ACTS = [
    "efficiency_phase",
    "efficiency_share",
    "efficiency_reported",
    "efficiency_evidence_add",
    "efficiency_evidence_withdraw",
    "efficiency_choose",
    "efficiency_size",
    "efficiency_judge",
    "efficiency_plan",
    "efficiency_step",
    "efficiency_result",
    "efficiency_propose",
    "efficiency_answer",
]
KEEPING_ACTS = [
    "certificate_alert_close",
    "certificate_suspension",
    "certificate_renewal",
    "inspection_held",
    "inspection_observe",
    "inspection_require",
    "inspection_minutes",
    "inspection_close",
    "inspection_cancel",
    "corrective_answer",
    "corrective_verify",
    "milestone_reached",
    "milestone_withdraw",
]
BY_NUMBER = {"evidence_file", "assessment_saved"} | {
    name for name in INSIDE if name.startswith("dossier")
}
ORGANISATION = dict.fromkeys(("people", "people_export"), (200, GONE, GONE, SIGN_IN))
# Acts: who may do them is tested in their slice; here the stranger and nobody are sent away.
ACTS = [
    "fact_current",
    "enterprise_status",
    "evidence_attach",
    "report_submit",
    "report_approve",
    "report_return",
    "batch_apply",
    "batch_revert",
    "batch_discard",
    "evidence_withdraw",
    "assessment_run",
    "assessment_recompute",
    "roadmap_run",
    "roadmap_share",
    "roadmap_recompute",
    "token_revoke",
    "person_change",
    "symbiosis_stream_withdraw",
    "symbiosis_stream_restore",
    "symbiosis_consent",
    "symbiosis_search",
    "symbiosis_start",
    "symbiosis_stage",
    "symbiosis_readiness",
    "symbiosis_document_add",
    "symbiosis_document_withdraw",
    "symbiosis_task_add",
    "symbiosis_task_done",
    "symbiosis_note_add",
    "symbiosis_participant_add",
    "symbiosis_participant_days",
    "symbiosis_partner_name",
    "symbiosis_result_add",
    "symbiosis_report_apply",
    "symbiosis_project",
    "dossier_refresh",
    "dossier_assemble",
    "dossier_paper_withdraw",
    *(f"carbon_{own}{act}" for own in ("", "own_") for act in ("withdraw", "restore", "undo")),
]
ACTS += KEEPING_ACTS
ACTS += ["dossier_override"]
ACTS += FILING_ACTS
ACTS += AUDIT_ACTS
STREAM_ACTS = ("symbiosis_stream_withdraw", "symbiosis_stream_restore", "symbiosis_consent")
ACTS += [
    "finance_project_stage",
    "finance_project_share",
    "finance_share_withdraw",
    "finance_document_add",
    "finance_document_withdraw",
    "finance_result_add",
]
ELSEWHERE = {
    # only an enterprise's own people, who are not of this cast: tests/finance/web
    "finance_project_new",
    "finance_project_edit",
    "finance_project_appraisal",
    # only who works on the audits of an enterprise: tests/efficiency/web/test_access.py
    "efficiency_audit_new",
    # only a body that was asked, who is not of this cast: tests/certification/web_authority
    "opinion",
    "opinion_paper",
    "opinion_paper_withdraw",
    "opinion_letter",  # these two: tests/certification/papers/test_letters.py
    "opinion_request_letter",
    "dossier_evidence",
    # only an approver of the enterprise itself: tests/carbon/web/test_locking.py
    "carbon_lock",
    # only where a body is silent, or an override stands: web_authority/test_records.py
    "opinion_delivered",
    "dossier_override_withdraw",
    # everybody reads them, once something is issued: tests/certification/certificates
    "certificate",
    "certificate_pdf",
    "certificate_json",
    "certificate_issuers",
    "certificate_register",
    "certificate_status",
    # only an enterprise's own people; only a draft: tests/certification/web_applicant
    "enterprise_apply",
    "dossier_send",
    "start",  # leads on to a page, tested in test_start
    "set_language",  # anybody, tested with the shell
    # whoever holds its secret, and who asks for one: tests/supervision/desk/test_feed.py
    "supervision_feed",
    "supervision_feed_renew",
    "batch_errors",  # exists only for a file with errors, tested with reports
    "api:api-root",  # a name to resolve, not a page
    "symbiosis_suggest",  # a part of a page, for everybody
    "inspection_new",  # about somebody the address names: tests/supervision/keeping/test_pages.py
    # only an enterprise's own people, who are not of this cast: tests/symbiosis/web/test_access.py
    "symbiosis_partners",
    "symbiosis_partner",
    "symbiosis_looks",
    "symbiosis_look_export",
}
PAGES = (
    DESKS
    | AUTHORITY
    | FILINGS
    | KEEPING
    | PUBLIC
    | OWN
    | INSIDE
    | OFFICE
    | REGISTER
    | ORGANISATION
    | STREAMS
    | PROJECTS
    | AUDITS
)


@pytest.fixture
def things(park, enterprise, owner, inspector, signed_in):
    """One of everything that has an address."""
    fact = ParkFact.objects.create(
        park=park, field="area_ha", value="1686", number=1686, source="x", confidence="high"
    )
    [assessment] = assess_parks([park], family="vn-eip", on=dt.date(2025, 12, 31), at=AT, by=owner)
    client = signed_in(owner)
    workbook = b"".join(client.get("/parks/hiep-phuoc/reports/2025/workbook.xlsx"))
    client.post(
        "/parks/hiep-phuoc/reports/upload/",
        {
            "year": "2025",
            "workbook": SimpleUploadedFile("hp.xlsx", workbook),
            "file": SimpleUploadedFile("hp.xlsx", workbook),
        },
    )
    evidence = Evidence.objects.create(
        park=park, year=2025, item="plan_area_ha", file=ContentFile(b"%PDF-1.7", "x.pdf"),
        file_name="x.pdf", sha256="0" * 64, size=8, uploaded_by=owner, uploaded_at=AT,
    )  # fmt: skip
    lists = {
        kind: RegistryImport.objects.create(
            kind=kind, park=park if kind == "enterprises" else None, file_name="x.csv",
            content="code,name_vi\nmoi,Mới\n".encode(), sha256="0", uploaded_by=inspector, uploaded_at=AT,
        )
        for kind in ("parks", "enterprises")
    }  # fmt: skip
    stream = add_stream(enterprise, ASH, at=AT, by=owner)
    kept_streams = StreamImport.objects.create(
        enterprise=enterprise, file_name="x.csv", sha256="0", uploaded_by=owner, uploaded_at=AT,
        content=b"direction,name,unit,quantity\noffer,Tro bay,t,1\n",
    )  # fmt: skip
    token, _plain = create_token(user=owner, name="x", at=AT, expires_at=None)
    leaf = load_bundle().framework_on("vn-eip", dt.date(2025, 12, 31)).leaves[0].id
    return (
        {
            "fact_current": {"pk": fact.pk},
            "enterprise": {"code": enterprise.code},
            "enterprise_status": {"code": enterprise.code},
            "batch": {"pk": Batch.objects.get().pk},
            "evidence_": {"pk": evidence.pk},
            "evidence_attach": {"year": 2025, "item": "plan_area_ha"},
            "assessment_": {"pk": assessment.pk},
            "assessment_why": {"leaf": leaf},
            "roadmap_": {"pk": _roadmap(park, owner).pk, "form": "xlsx"},
            "park_import_preview": {"pk": lists["parks"].pk},
            "enterprise_import_preview": {"code": park.code, "pk": lists["enterprises"].pk},
            "enterprise_import": {"code": park.code},
            "enterprise_export": {"code": park.code},
            "enterprise_template": {"code": park.code},
            "token_revoke": {"pk": token.pk},
            "people": {"code": "owner"},
            "person_change": {"code": "owner", "pk": Membership.objects.get(user=owner).pk},
            "rule": {"family": "vn-eip", "leaf": leaf},
            "rule_procedure": {"procedure": "vn-eip-issue-d35"},
            "rule_holidays": {"year": 2026},
            "factor": {"activity": "electricity"},
            "factors_export": {"fmt": "csv"},
            "symbiosis_stream": {"code": enterprise.code, "pk": stream.pk},
            "symbiosis_stream_import_preview": {"pk": kept_streams.pk},
            "symbiosis_consent": {"code": enterprise.code},
            "enterprise_certification": {"code": enterprise.code},
        }
        | _exchange_things(park, enterprise, stream, owner)
        | _audit_things(enterprise, owner)
        | _dossier_things(park, owner)
        | _keeping_things(park, inspector)
        | _filing_things(park, enterprise)
        | _carbon_things(park, enterprise, owner)
        | _project_things(enterprise, owner)
    )


def _roadmap(park, owner):
    """A saved roadmap, not shared."""
    day = dt.date(2028, 12, 31)
    framework = load_bundle().framework_on("vn-eip", day)
    asked = Asked(day, 2026, ("cheapest",), seconds=5.0)
    return find_roadmap(park, framework, asked, at=AT, by=owner)


def _carbon_things(park, enterprise, owner):
    """A locked inventory of the enterprise and of the park itself, each with a kept workbook."""
    found = {}
    coal = Given("stationary", "anthracite", 10.0, "t", category="manufacturing")
    workbook = write_template(load_factors(), "vi", activities=[COAL])
    for start, subject in (
        ("carbon_", Subject(park, enterprise)),
        ("carbon_own_", Subject(park)),
    ):
        add_activity(subject, 2023, coal, at=AT, by=None)
        digest = open_book(subject, drafts=True).drafts[2023].digest
        lock_inventory(subject, 2023, expected=digest, at=AT, by=None)
        kept = keep_file(subject, file_name="x.xlsx", data=workbook, by=owner, at=AT)
        found[start] = {
            "code": subject.code, "year": 2023, "line": "1", "fmt": "xlsx", "pk": kept.pk,
        }  # fmt: skip
    return found | {"carbon_park": {"code": park.code, "fmt": "xlsx"}}


def _project_things(enterprise, owner):
    """A project with an appraisal, a paper and a share."""
    given = Assumptions(
        investment=2e8, life=5, rate=0.1, horizon=5, first_year=2027, other_saving=1e8
    )
    worked = work_out("Biến tần", given, AT.date())
    project = Project.objects.create(
        enterprise=enterprise, title="Biến tần", search="bien tan", origin="own",
        stage="screened", stage_since=AT.date(), created_by=owner, created_at=AT,
    )  # fmt: skip
    for before, after in (("", "idea"), ("idea", "screened")):
        ProjectEvent.objects.create(
            project=project, what="step" if before else "opened", before=before, after=after,
            on=AT.date(), by=owner, at=AT,
        )  # fmt: skip
    SavedAppraisal.objects.create(
        project=project, assumptions=given.as_json(), proposal=worked.proposal,
        scenario=worked.scenario, result=worked.result, pins=worked.pins, by=owner, at=AT,
    )  # fmt: skip
    paper = ProjectDocument.objects.create(
        project=project, title="x", file=ContentFile(b"%PDF-1.7", "x.pdf"), file_name="x.pdf",
        sha256=PDF_HASH, size=8, by=owner, at=AT,
    )  # fmt: skip
    bank = Organisation.objects.create(code="nganhang", kind="bank", name_vi="Ngân hàng")
    share = Share.objects.create(project=project, organisation=bank, by=owner, at=AT)
    one = {"pk": project.pk, "document": paper.pk, "share": share.pk}
    return {
        "finance_": one,
        "finance_enterprise": {"code": enterprise.code},
        "finance_project_sheet": one | {"fmt": "xlsx"},
        "finance_project_picture": one | {"fmt": "svg"},
    }


def _filing_things(park, enterprise):
    """A draft of a yearly form, and a period of the Board's report."""
    draft = Filing.objects.create(form="A.4", year=2025, park=park)
    period = {"period": "2025-Q4"}
    return {
        "filing": {"pk": draft.pk, "fmt": "docx", "step": "prepare"},
        "filings_export": {"fmt": "xlsx"},
        "enterprise_filing": {"code": enterprise.code},
        "board_": period,
    }


def _dossier_things(park, owner):
    """A dossier that was sent, with a paper."""
    dossier = open_dossier(
        user=owner, kind="issue", park=park, on=dt.date(2026, 5, 4), year=2025, at=AT
    )
    Dossier.objects.filter(pk=dossier.pk).update(state="submitted", submitted_digest="0" * 64)
    paper = Paper.objects.create(
        dossier=dossier, slot="letter", origin="assembled", file=ContentFile(b"%PDF-1.7", "x.pdf"),
        file_name="x.pdf", sha256=PDF_HASH, size=8, by=owner, at=AT,
    )  # fmt: skip
    found = {"public_id": dossier.public_id, "pk": paper.pk, "slot": "letter"}
    return {
        "dossier": found | {"section": "operation", "fmt": "docx"},
        "timeline": found,
        "dossiers_export": {"fmt": "csv"},
        "supervision_desk_export": {"fmt": "csv"},
    }


def _keeping_things(park, inspector):
    """A certificate with an alert, a visit with a file, a corrective action, a milestone."""
    issuer = Organisation.objects.create(code="ubnd", kind="peoples_committee", name_vi="UBND")
    key = IssuerKey.objects.create(organisation=issuer, did="did:key:x", created_at=AT)
    day = AT.date()
    dossier = Dossier.objects.create(
        public_id="b" * 16, procedure="vn-eip-issue-d35", kind="issue", park=park, on=day,
        state="certified", is_open=False, year=2025, created_at=AT, changed_at=AT,
    )  # fmt: skip
    held = Certificate.objects.create(
        public_id="heldcert", number="0001/2026", dossier=dossier, park=park, issuer=issuer,
        key=key, issued_on=day, valid_until=day.replace(year=2031), credential={},
        digest="0" * 64, status_index=1, state_since=AT,
    )  # fmt: skip
    finding = {"leaf": "PARK-1", "subject": park.code, "status": "not_met", "lower": 0.1,
               "upper": 0.1, "threshold": 0.25, "year": 2025}  # fmt: skip
    alert = Alert.objects.create(
        certificate=held, leaf="PARK-1", before=finding, now=finding, opened_at=AT
    )
    visit = Inspection.objects.create(
        park=park, certificate=held, purpose="x", planned_on=day, held_on=day, state="held",
        created_by=inspector, created_at=AT,
    )  # fmt: skip
    seen = Observation.objects.create(
        inspection=visit, leaf="PARK-1", severity="minor", text="x", by=inspector, at=AT
    )
    action = CorrectiveAction.objects.create(
        observation=seen, what="x", named_on=day, due_on=day, created_by=inspector, created_at=AT
    )
    file = Attachment.objects.create(
        inspection=visit, file=ContentFile(b"%PDF-1.7", "x.pdf"), file_name="x.pdf", sha256=PDF_HASH,
        size=8, by=inspector, at=AT,
    )  # fmt: skip
    step = Milestone.objects.create(
        park=park, title="x", due_on=day, created_by=inspector, created_at=AT
    )
    of_visit = {"pk": visit.pk, "file": file.pk, "observation": seen.pk}
    found = {
        name: {"public_id": held.public_id, "pk": alert.pk}
        for name in (*KEEPING, *KEEPING_ACTS)
        if name.startswith("certificate_")
    }
    found["certificate_revocation_letter"] |= {"fmt": "docx"}
    return found | {
        "inspection": of_visit,
        "corrective_": {"pk": action.pk},
        "milestone_": {"pk": step.pk},
    }


def _audit_things(enterprise, owner):
    """A shared audit with everything that has an address of its own."""
    audit = Audit.objects.create(
        enterprise=enterprise, year=2024, lead="Tổ năng lượng", shared_with_park=True,
        created_by=owner, created_at=AT,
    )  # fmt: skip
    row = AuditMeasure.objects.create(
        audit=audit, measure="led", status_since=AT.date(), created_by=owner, created_at=AT
    )
    MeasureEvent.objects.create(measure=row, after="identified", on=AT.date(), by=owner, at=AT)
    file = AuditEvidence(
        audit=audit, measure=row, title="Ảnh", file_name="x.pdf", sha256=PDF_HASH, size=8,
        by=owner, at=AT,
    )  # fmt: skip
    file.file.save(PDF_HASH, ContentFile(b"%PDF-1.7"))
    found = {"pk": audit.pk, "measure": row.pk, "file": file.pk, "proposal": 1}
    found |= {"area": "compressed_air"}
    of_audit = dict.fromkeys((*AUDITS, *AUDIT_ACTS), found)
    firm = {"code": enterprise.code}
    of_park = {name: {} for name in AUDITS if "park" in name or "programme" in name}
    return of_audit | of_park | {"efficiency_audits": firm, "efficiency_audits_export": firm}


def _exchange_things(park, enterprise, stream, owner):
    """An idea and an exchange with everything that has an address of its own."""
    wish = StreamGiven("need", "Phụ gia", "t", material="cement-additive", quantity=9.0)
    need = add_stream(enterprise, wish, at=AT, by=None)
    run = MatchRun.objects.create(park=park, at=AT, by=owner, within_km=50, matches=1)
    match = Match.objects.create(run=run, offer=stream, need=need, rank=1, score=0.5, distance_m=9)
    exchange = create_exchange(
        user=owner, park=park, title="Tro bay", kind="a", giver=enterprise, taker=None,
        taker_in_words="Xã bên", plan=Plan(), at=AT,
    )  # fmt: skip
    document = attach_document(
        user=owner, exchange=exchange, kind="study", title="", file_name="x.pdf",
        content=b"%PDF-1.7", at=AT,
    )  # fmt: skip
    task = add_task(user=owner, exchange=exchange, title="Gọi", assignee="", due_on=None, at=AT)
    found = {"code": park.code, "pk": exchange.pk, "what": "flows", "document": document.pk}
    found |= {"task": task.pk, "participant": exchange.participants.first().pk}
    own = {
        name: found
        for name in (*OFFICE, *ACTS)
        if name.startswith("symbiosis_") and name not in STREAM_ACTS
    }
    idea = found | {"pk": match.pk}
    return own | {"symbiosis_idea": idea, "symbiosis_start": idea, "symbiosis_ideas": found}


USUAL = {
    "code": "hiep-phuoc",
    "year": 2025,
    "item": "plan_area_ha",
    "fmt": "csv",
    "form": "csv",
    "family": "vn-eip",
    "material": "coal-fly-ash",
}


def addresses():
    """Return name -> names of the parts of its address, for every named address of ours."""
    found = {}

    def walk(patterns, prefix, space):
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            if here.startswith("accounts/"):
                continue  # the sign-in library's own
            if isinstance(pattern, URLPattern):
                found[space + (pattern.name or here)] = set(re.findall(r"<(?:\w+:)?(\w+)>", here))
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, here, inner)

    walk(get_resolver().url_patterns, "", "")
    return found


def address(name, things):
    """Return where *name* leads for the things of this test."""
    given = dict(USUAL)
    for start in sorted(things, key=len):
        if name.startswith(start):
            given |= things[start]
    return reverse(name, kwargs={part: given[part] for part in addresses()[name]})


def ask(client, url, method="get"):
    answer = getattr(client, method)(url)
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"):
        return SIGN_IN
    if hasattr(answer, "streaming_content"):
        answer.close()
    return answer.status_code


def test_each_of_the_four_gets_as_far_as_they_may(things, owner, inspector, stranger, signed_in):
    cast = {"owner": owner, "inspector": inspector, "stranger": stranger, "nobody": None}
    clients = {who: signed_in(user) for who, user in cast.items()}
    wrong = []
    for name, expected in PAGES.items():
        url = address(name, things)
        for (who, client), wanted in zip(clients.items(), expected, strict=True):
            # Nobody may be asked to sign in, where that could help, or see nothing at all.
            allowed = {GONE, SIGN_IN} if who == "nobody" and wanted == GONE else {wanted}
            found = ask(client, url)
            if found not in allowed:
                wrong.append(f"{who} got {found} of {url}, not {wanted}")
    assert wrong == []


def test_strangers_and_nobody_do_nothing(things, stranger, signed_in):
    theirs, nobody = signed_in(stranger), signed_in(None)
    wrong = []
    for name in ACTS:
        url = address(name, things)
        for client, method, allowed in (
            (theirs, "post", {GONE}),
            (theirs, "get", {GONE, 405}),
            (nobody, "post", {GONE, SIGN_IN}),
            (nobody, "get", {GONE, SIGN_IN, 405}),
        ):
            found = ask(client, url, method)
            if found not in allowed:
                wrong.append(f"{method} {url}: {found}")
    assert wrong == []


def test_a_stranger_cannot_tell_a_park_that_exists_from_one_that_does_not(
    things, stranger, signed_in
):
    client = signed_in(stranger)
    for name in sorted(set(INSIDE) - BY_NUMBER):
        real = address(name, things)
        imagined = real.replace("hiep-phuoc", "no-such-park").replace("0300588569", "0000")
        assert imagined != real
        assert client.get(real).status_code == client.get(imagined).status_code == GONE


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_obeys_the_policy_and_asks_the_store_little(
    things, owner, inspector, signed_in, language
):
    clients = [signed_in(owner), signed_in(inspector)]
    wrong, read = [], 0
    for name, expected in PAGES.items():
        client = clients[0] if expected[0] == 200 else clients[1]
        client.cookies["language"] = language
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address(name, things))
        if not answer.headers["Content-Type"].startswith("text/html"):
            if answer.streaming:
                answer.close()
            continue
        html = answer.content.decode()
        read += 1
        assert_nothing_inline(html)
        assert answer.headers["Content-Security-Policy"]
        assert f'<html lang="{language}">' in html
        if len(re.findall(r"<h1[ >]", html)) != 1:
            wrong.append(f"{name}: not one h1")
        if len(queries) > MOST_QUERIES:
            wrong.append(f"{name}: {len(queries)} queries")
    assert wrong == []
    assert read > 20


def test_no_address_is_forgotten():
    known = set(PAGES) | set(ACTS) | ELSEWHERE
    ours = {name for name in addresses() if not name.startswith("api:") or name in known}
    assert ours - known == set()
    assert known - ours - {"api:api-root"} == set()
