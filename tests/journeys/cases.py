"""A country in the middle of its cases: a dossier in every room, a certificate, what came after it.

Everything is done by the actions of the people who may; the pages have real content to show.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from tests.certification.core.world import (
    DAY,
    HOUR,
    PDF,
    T,
    World,
    accepted,
    certified,
    consulting,
    evaluating,
    judge_all,
    open_issue,
    record_facts,
    reported,
    submitted,
)
from tests.journeys.certification_world import Country
from tests.supervision.filings.begun import RECP, begin, explain

from sinhthai.accounts.models import Scope
from sinhthai.certification.actions import evaluation, opinions
from sinhthai.certification.models import Certificate, Dossier, Opinion
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, EnterpriseStatus
from sinhthai.reporting.actions import set_value
from sinhthai.supervision.actions import corrective, inspections
from sinhthai.supervision.actions.alerts import check_park
from sinhthai.supervision.actions.cases import open_revocation
from sinhthai.supervision.actions.filings import prepare_filing, send_filing
from sinhthai.supervision.actions.milestones import add_milestone
from sinhthai.supervision.models import Filing

_FIRMS = (
    "Dệt may Hoàng Gia", "Nhựa Tân Tiến", "Thép Đại Dương", "Bao bì Xanh", "Cơ khí An Phú",
    "Thực phẩm Sông Tiền", "Giấy Bãi Bằng",
)  # fmt: skip

# person -> the pages that person works on
Pages = dict[str, list[str]]


def _neighbour(world: World, number: int, name: str) -> World:
    """Return the cast around another enterprise of the park, of the same people."""
    code = f"99000000{number:02d}"
    firm = Enterprise.objects.create(
        park=world.park, code=code, tax_code=code, name_vi=f"Công ty {name} (giả định)",
        name_en=f"{name} Company (invented)", search=fold(name), invented=True,
    )  # fmt: skip
    EnterpriseStatus.objects.create(
        enterprise=firm, status="operating", valid_from=dt.date(2019, 1, 1)
    )
    Scope.objects.create(organisation=world.bodies["firm"], kind="enterprise", code=code)
    record_facts(world.park, firm)
    return dataclasses.replace(world, firm=firm)


def fill_country(country: Country) -> Pages:
    """Let the country come to its twentieth of May; return who works where."""
    cast = country.cast
    firms = [_neighbour(cast, number, name) for number, name in enumerate(_FIRMS, start=21)]
    for user in cast.people.values():  # a name is nobody's language
        user.last_name = (
            f"Phan Thanh {user.pk}" if "Chuyên viên" in user.last_name else user.last_name
        )
        user.save()
    certified(cast)
    certified(cast, firm=True)
    held = Certificate.objects.get(enterprise=None)
    draft = open_issue(firms[0], firm=True)
    checked = submitted(firms[1], firm=True)
    asked_for = submitted(firms[2], firm=True)
    evaluation.ask_supplement(
        user=cast.judge, dossier=asked_for, at=T + DAY,
        items=[("paper:letter", "Chữ ký trên đơn bị mờ, đề nghị gửi lại bản quét rõ."),
               ("leaf:ECO-3", "Nêu số liệu tiết kiệm năng lượng của năm 2025.")],
    )  # fmt: skip
    to_send = accepted(firms[3], firm=True)
    judged = judge_all(firms[4], evaluating(firms[4], firm=True), but=("ECO-3",))
    decided = reported(firms[5], firm=True)
    waiting, owed = _asked(firms[6])
    country.clock.leap(days=20)
    at = country.clock.now()
    visit, action, case = _keeping(cast, held, at)
    forms = _filings(cast)
    own = [
        reverse(name, args=[draft.public_id])
        for name in (
            "dossier",
            "dossier_contents",
            "dossier_papers",
            "dossier_send",
            "dossier_withdraw",
        )
    ]
    holding = reverse("certificate_holding", args=[held.public_id])
    inside = [holding, reverse("corrective_action", args=[action.pk])]
    return {
        "nobody": [
            reverse("certificates"), reverse("certificate", args=[held.public_id]),
            reverse("certificate_verify"), reverse("timeline", args=[held.dossier.public_id]),
            reverse("timeline", args=[asked_for.public_id]),
        ],
        "clerk": [
            reverse("enterprise_certification", args=[firms[0].firm.code]), *own,
            reverse("dossier_write", args=[draft.public_id, "operation"]),
            reverse("dossier_upload", args=[draft.public_id, "letter"]),
            reverse("dossier", args=[asked_for.public_id]),
            reverse("dossier_supplements", args=[asked_for.public_id]),
            reverse("enterprise_filings", args=[cast.firm.code]),
            reverse("supervision_desk"),
        ],
        "writer": [
            reverse("park_certification", args=[cast.park.code]),
            reverse("dossier", args=[held.dossier.public_id]),
            reverse("dossier_papers", args=[held.dossier.public_id]), *inside,
            reverse("park_filings", args=[cast.park.code]),
            *(reverse("filing", args=[one.pk]) for one in forms),
            reverse("park_commitment", args=[cast.park.code]), reverse("supervision_desk"),
        ],
        "judge": [
            reverse("supervision_desk"), reverse("dossiers"),
            reverse("dossier", args=[judged.public_id]),
            reverse("dossier_check", args=[checked.public_id]),
            reverse("dossier_consult", args=[to_send.public_id]),
            reverse("dossier_evaluate", args=[judged.public_id]),
            reverse("dossier_consult", args=[waiting.public_id]),
            reverse("supervision"), holding, reverse("inspections"), reverse("inspection_new") + f"?certificate={held.public_id}",
            reverse("inspection", args=[visit.pk]),
            reverse("corrective_action", args=[action.pk]),
            reverse("certificate_revocation", args=[held.public_id]),
            reverse("supervision_board"), reverse("filing", args=[forms[-1].pk]),
        ],
        "head": [
            reverse("dossier_report", args=[judged.public_id]),
            reverse("dossier_fail", args=[judged.public_id]),
            reverse("dossier_case", args=[case.public_id]),
            reverse("dossier_decide", args=[decided.public_id]),
        ],
        "chair": [
            reverse("supervision_desk"), reverse("dossiers"),
            reverse("supervision"),
        ],
        owed.authority: [
            reverse("opinions"), reverse("opinion", args=[owed.pk]), reverse("supervision_desk"),
        ],
    }  # fmt: skip


def _asked(world: World) -> tuple[Dossier, Opinion]:
    """Let all answer but one; return the dossier and the opinion still owed."""
    dossier = consulting(world, firm=True)
    owed, *rest = dossier.opinions.all()
    for one in rest:
        who = world.people[one.authority]
        one = opinions.receive(user=who, opinion=one, at=T + DAY)
        opinions.answer(
            user=who, opinion=one, position="agree", text="Thống nhất với hồ sơ.",
            positions={}, at=T + DAY + HOUR,
        )  # fmt: skip
    return dossier, owed


def _keeping(cast: World, held: Certificate, at: dt.datetime):
    """Let a criterion break, a visit find it, something be asked of the holder, a case open."""
    park = cast.park
    park.registered_as_new_eip, park.established_on = True, dt.date(2024, 3, 15)
    park.save()
    for title, due in (("Trạm tái sử dụng nước", (2027, 6, 30)), ("Vành đai xanh", (2029, 1, 4))):
        add_milestone(
            user=cast.writer, park=park, title=title, due_on=dt.date(*due), leaf="PARK-1", at=at
        )
    set_value(
        user=cast.writer, park=park, year=2025, item="greenery_ha", value=1, source="Đo lại", at=at
    )
    check_park(park, at=at)
    alert = held.alerts.get()
    day = at.date()
    visit = inspections.plan_inspection(
        user=cast.judge, park=park, purpose="Đo lại diện tích cây xanh", team="Tổ giám sát số 1",
        planned_on=day, alert=alert, at=at,
    )  # fmt: skip
    inspections.hold_inspection(
        user=cast.judge, inspection=visit, held_on=day, files=[("bien-ban.pdf", PDF)], at=at
    )
    seen = inspections.observe(
        user=cast.judge, inspection=visit, severity="major", leaf="PARK-1", at=at,
        text="Diện tích cây xanh đo được là 1 ha, thiếu 29 ha so với hồ sơ đã cấp.",
    )  # fmt: skip
    action = corrective.require_action(
        user=cast.judge, observation=seen, what="Trồng lại cây xanh dọc tuyến đường số 3",
        due_on=day + 30 * DAY, at=at,
    )  # fmt: skip
    corrective.answer_action(
        user=cast.writer, action=action, text="Đã trồng 30 ha, có biên bản nghiệm thu.", at=at
    )
    inspections.plan_inspection(
        user=cast.judge, park=park, purpose="Kiểm tra định kỳ năm 2026",
        planned_on=day + 60 * DAY, at=at,
    )  # fmt: skip
    case = open_revocation(
        user=cast.judge, certificate=held, letter="b", alert=alert, at=at,
        facts="Khu công nghiệp không còn đủ diện tích cây xanh.",
    )  # fmt: skip
    return visit, action, case


def _filings(cast: World) -> Sequence[Filing]:
    """Begin the forms of a year, and send one to the Board."""
    record_facts(cast.park, years=(2024,), **RECP)
    begun = begin(cast, "A.5")
    filing = prepare_filing(user=cast.writer, filing=explain(begin(cast), cast.writer), at=T + HOUR)
    send_filing(user=cast.signer, filing=filing, digest_seen=filing.digest, at=T + 2 * HOUR)
    return [begun, filing]
