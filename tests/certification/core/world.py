"""A park whose facts meet every criterion, and the people of every authority around it."""

import dataclasses
import datetime as dt
import hashlib

from django.contrib.auth.hashers import make_password

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.certification.actions import evaluation, opinions, papers, steps
from sinhthai.certification.actions.dossiers import open_dossier, write_contents
from sinhthai.certification.actions.issuer import create_key
from sinhthai.certification.engine import keys as key_room
from sinhthai.certification.engine.contents import fields_of
from sinhthai.certification.models import Certificate, Dossier, IssuerKey, Opinion
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.models import Record
from sinhthai.rules.procedures_loading import load_procedures

PROVINCE = "79"
YEAR = 2025
ON = dt.date(2026, 5, 4)
T = dt.datetime(2026, 5, 4, 2, 0, tzinfo=dt.UTC)  # a Monday, 9 o'clock in Viet Nam
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PDF = b"%PDF-1.7\n% a signed scan\n"

_LAWS = ("investment", "enterprise", "construction", "land", "environment", "labour")
_PARK = {
    **{f"investor_compliance_{law}": True for law in _LAWS},
    **{
        f"service_{one}": True
        for one in ("electricity", "water", "information", "fire", "wastewater", "other")
    },
    "symbiosis_support_service": True, "io_monitoring": True, "recp_report_sent": True,
    "env_social_report_sent": True, "env_social_report_posted": True, "symbiosis_count": 2,
    "plan_area_ha": 240, "greenery_ha": 30, "roads_ha": 25, "technical_ha": 5, "social_ha": 4,
    "worker_housing_solution": True,
}  # fmt: skip
_FIRM = {
    **{f"compliance_{law}": True for law in _LAWS},
    "in_symbiosis": True, "iso_production_system": True, "iso_environment_system": True,
    "recp_applied": True, "recp_result_measured": True, "in_certified_eip": True,
}  # fmt: skip


@dataclasses.dataclass
class World:
    park: Park
    firm: Enterprise
    people: dict[str, User]
    bodies: dict[str, Organisation]

    def __getattr__(self, name: str) -> User:
        if name in self.__dict__.get("people", {}):
            return self.people[name]
        raise AttributeError(name)


def make_body(code, kind, *, scope=None, authority="", province=""):
    body = Organisation.objects.create(
        code=code, kind=kind, name_vi=f"Cơ quan {code}", authority=authority, province=province
    )
    if scope:
        Scope.objects.create(organisation=body, kind=scope[0], code=scope[1])
    return body


def join(named):
    """Make the people *named* (name -> body and role) members, and return them by name."""
    password = make_password("x" * 12)
    people = {
        name: User(username=name, last_name=f"Người {name}", password=password) for name in named
    }
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(user=people[name], organisation=body, role=role)
        for name, (body, role) in named.items()
    )
    return people


def record_facts(park, enterprise=None, years=(2023, 2024, 2025), at=T - 30 * DAY, **values):
    for year in years:
        Record.objects.create(
            park=park, enterprise=enterprise, year=year, recorded_at=at, source="Báo cáo",
            values=values or (_FIRM if enterprise else _PARK),
        )  # fmt: skip


def make_world(*, keys: bool = False) -> World:
    province = Province.objects.create(
        code=PROVINCE, valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    park, other = (
        Park.objects.create(
            code=code, name_vi=f"KCN {name}", name_en=f"{name} IP", search=code,
            province=province, province_now=province, invented=True,
        )
        for code, name in (("hiep-phuoc", "Hiệp Phước"), ("amata", "Amata"))
    )  # fmt: skip
    firm = Enterprise.objects.create(
        park=park, code="0300588569", tax_code="0300588569", name_vi="Xi măng Sao", search="sao"
    )
    EnterpriseStatus.objects.create(
        enterprise=firm, status="operating", valid_from=dt.date(2019, 1, 1)
    )
    record_facts(park)
    record_facts(park, firm)
    at_home = {"scope": ("province", PROVINCE), "province": PROVINCE}
    bodies = {
        "office": make_body("office", "operator", scope=("park", park.code)),
        "other": make_body("other", "operator", scope=("park", other.code)),
        "firm": make_body("firm", "enterprise", scope=("enterprise", firm.code)),
        "board": make_body("board", "management_board", authority="management_board", **at_home),
        "committee": make_body(
            "committee", "peoples_committee", authority="peoples_committee", **at_home
        ),
        "country": make_body("country", "ministry", scope=("country", "")),
        "far": make_body("far", "management_board", scope=("province", "92"), province="92"),
    }
    people = {
        "writer": (bodies["office"], "editor"),
        "signer": (bodies["office"], "approver"),
        "reader": (bodies["office"], "viewer"),
        "rival": (bodies["other"], "approver"),
        "clerk": (bodies["firm"], "editor"),
        "owner": (bodies["firm"], "approver"),
        "judge": (bodies["board"], "editor"),
        "head": (bodies["board"], "approver"),
        "deputy": (bodies["board"], "approver"),
        "chair": (bodies["committee"], "approver"),
        "vice": (bodies["committee"], "approver"),
        "overseer": (bodies["country"], "approver"),
        "stranger": (bodies["far"], "approver"),
    }
    rules = load_procedures()
    for procedure in ("vn-eip-issue-d35", "vn-eco-issue-d35"):
        parties = rules.procedure(procedure).parties
        for authority in (*parties["consulted"], *parties["expert"]):
            kind = rules.authorities[authority].kind
            province_code = PROVINCE if kind == "department" else ""
            bodies[authority] = make_body(
                authority.replace("_", "-"), kind, authority=authority, province=province_code
            )
            people[authority] = (bodies[authority], "approver")
    if keys:
        create_key(bodies["committee"], at=T - DAY)
        create_key(bodies["board"], at=T - DAY)
    return World(park, firm, join(people), bodies)


def cheapen_keys(monkeypatch) -> None:
    """Give a passphrase whose guessing is not dear; test_proof locks and opens at the real price."""
    monkeypatch.setenv("SINHTHAI_ISSUER_PASSPHRASE", "only for tests, long enough")
    monkeypatch.setitem(key_room._SCRYPT, "n", 2**4)
    key_room._stretched.cache_clear()


def unset(document) -> bytes:
    """Stand for the typesetting of *document*: other words are other bytes."""
    return PDF + hashlib.sha256(repr(document).encode()).digest()


def words(subject):
    return {field.id: f"Nội dung {field.id}" for field in fields_of(subject) if field.required}


def open_issue(world, *, firm=False, at=T, options=None) -> Dossier:
    return open_dossier(
        user=world.clerk if firm else world.writer, kind="issue", park=world.park,
        enterprise=world.firm if firm else None, on=ON, year=YEAR, at=at, options=options,
    )  # fmt: skip


def prepare(world, dossier, *, at=T + HOUR) -> Dossier:
    """Write it, assemble its papers, bring the signed scan back."""
    writer = world.clerk if dossier.enterprise_id else world.writer
    signer = world.owner if dossier.enterprise_id else world.signer
    subject = "enterprise" if dossier.enterprise_id else "park"
    write_contents(user=writer, dossier=dossier, contents=words(subject), at=at)
    papers.assemble_papers(user=writer, dossier=dossier, at=at)
    papers.add_paper(
        user=signer, dossier=dossier, slot="letter", file_name="don.pdf", content=PDF, at=at + HOUR
    )
    return Dossier.objects.get(pk=dossier.pk)


def certify_park(world, *, at=T - DAY, state="valid") -> Certificate:
    """The park's own certificate, written straight: an eco-enterprise is in a certified park."""
    issuer = world.bodies["committee"]
    key, _ = IssuerKey.objects.get_or_create(
        organisation=issuer, retired_at=None, defaults={"did": "did:key:park", "created_at": at}
    )
    dossier = Dossier.objects.create(
        public_id="parkdossier", procedure="vn-eip-issue-d35", procedure_hash="0" * 64,
        kind="issue", park=world.park, state="certified", is_open=False, on=ON, year=YEAR,
        submitted_digest="0" * 64, created_at=at, changed_at=at, closed_at=at,
    )  # fmt: skip
    return Certificate.objects.create(
        public_id="parkheld", number="01/GCN-UBND", dossier=dossier, park=world.park,
        issuer=issuer, key=key, issued_on=at.date(), valid_until=ON.replace(year=2031),
        credential={}, digest="f" * 64, status_index=999, state=state, state_since=at,
    )  # fmt: skip


def submitted(world, *, firm=False, options=None) -> Dossier:
    if firm and not world.park.certificates.filter(enterprise=None).exists():
        certify_park(world)
    dossier = prepare(world, open_issue(world, firm=firm, options=options))
    signer = world.owner if firm else world.signer
    return steps.take_step(user=signer, dossier=dossier, step="submit", at=T + 3 * HOUR)


def accepted(world, **more) -> Dossier:
    dossier = submitted(world, **more)
    return steps.take_step(user=world.judge, dossier=dossier, step="accept", at=T + 4 * HOUR)


def consulting(world, **more) -> Dossier:
    dossier = accepted(world, **more)
    parties = load_procedures().procedure(dossier.procedure).parties
    asked = [world.bodies[one] for one in (*parties["consulted"], *parties["expert"])]
    opinions.send_for_opinion(
        user=world.judge, dossier=dossier, organisations=asked, at=T + 5 * HOUR
    )
    return Dossier.objects.get(pk=dossier.pk)


def give_opinion(world, opinion: Opinion, *, at=T + DAY, position="agree", text="") -> Opinion:
    who = world.people[opinion.authority]
    opinion = opinions.receive(user=who, opinion=opinion, at=at)
    return opinions.answer(
        user=who, opinion=opinion, position=position, text=text, positions={}, at=at + HOUR
    )


def evaluating(world, *, answered=True, **more) -> Dossier:
    dossier = consulting(world, **more)
    if answered:
        for opinion in dossier.opinions.all():
            give_opinion(world, opinion)
    return steps.take_step(user=world.judge, dossier=dossier, step="evaluate", at=T + 2 * DAY)


def judge_all(world, dossier, *, met=True, but=(), at=T + 3 * DAY) -> Dossier:
    for row in dossier.snapshots.get(is_current=True).findings:
        evaluation.judge(
            user=world.judge, dossier=dossier, leaf=row["leaf"], met=met != (row["leaf"] in but),
            reason="Đã xem chứng cứ.", at=at,
        )  # fmt: skip
    return dossier


def reported(world, **more) -> Dossier:
    dossier = judge_all(world, evaluating(world, **more))
    return steps.take_step(user=world.head, dossier=dossier, step="report", at=T + 4 * DAY)


def proposed(world) -> Dossier:
    dossier = reported(world)
    return steps.take_step(user=world.head, dossier=dossier, step="propose", at=T + 5 * DAY)


def certified(world, *, firm=False) -> Dossier:
    dossier = reported(world, firm=True) if firm else proposed(world)
    by = world.deputy if firm else world.chair
    return steps.take_step(user=by, dossier=dossier, step="issue", at=T + 6 * DAY)
