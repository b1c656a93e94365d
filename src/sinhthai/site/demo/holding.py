"""How certificates of the demonstration are kept: visits, an alert, a roadmap (H11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sinhthai.foundation.sources import DEMONSTRATION
from sinhthai.reporting.actions import set_value, submit_report
from sinhthai.reporting.models import Report
from sinhthai.site.demo.holders import AMBER, BREACH, HELD, LAW, Holder
from sinhthai.site.demo.invented import Design
from sinhthai.site.demo.paper import one_page
from sinhthai.site.demo.stories import PARKS, Players, Story, office_hour
from sinhthai.supervision.actions import corrective, inspections, milestones
from sinhthai.supervision.actions.alerts import check_park
from sinhthai.supervision.models import CorrectiveAction

_D = dt.date
_SONG_XANH = PARKS["song-xanh"]


def stories(players: Players, today: dt.date) -> Iterator[Story]:
    """Yield how certificates and a commitment are kept up to *today*."""
    yield _inspected(Holder(players, _SONG_XANH, HELD), today)
    yield _lost(Holder(players, _SONG_XANH, AMBER), players, today)
    yield _watched(Holder(players, _SONG_XANH), today)
    yield _roadmap(players, PARKS["dam-sen"])


def _inspected(one: Holder, today: dt.date) -> Story:
    """A visit with three things to put right: late, waiting to be verified, verified."""

    def before(days: int) -> dt.datetime:
        return office_hour(today - dt.timedelta(days=days), 45)

    yield (at := before(60))
    visit = one.plan("Kiểm tra định kỳ việc duy trì tiêu chí (giả định).", before(50).date(), at)
    yield (at := before(49))
    one.hold(visit, before(50).date(), at)
    found = [
        one.find(visit, severity, text, at, **on)
        for severity, text, on in (
            ("minor", "Nhật ký vận hành RECP thiếu hai tháng (giả định).", {"leaf": "ECO-5"}),
            ("minor", "Chưa gia hạn hợp đồng trao đổi phụ phẩm (giả định).", {"leaf": "ECO-3"}),
            ("major", BREACH, {"clause": LAW}),
            ("note", "Biển báo khu lưu giữ chất thải đã cũ (giả định).", {"clause": LAW}),
        )
    ]  # fmt: skip
    yield (at := before(47))
    asked = [
        corrective.require_action(
            user=one.officer, observation=row, what=what, at=at,
            due_on=today - dt.timedelta(days=due),
        )
        for row, what, due in (
            (found[0], "Bổ sung nhật ký vận hành (giả định).", 10),
            (found[1], "Gửi hợp đồng đã gia hạn (giả định).", 14),
            (found[2], "Chuyển giao chất thải, lợp mái khu lưu giữ (giả định).", 21),
        )
    ]  # fmt: skip
    yield (at := before(30))
    _answer(one, asked[2], "Đã chuyển giao và lợp mái; gửi kèm ảnh (giả định).", at)
    yield (at := before(26))
    corrective.verify_action(
        user=one.head, action=asked[2], accepted=True, verdict="Đã xem tại chỗ (giả định).", at=at
    )
    yield (at := before(16))
    _answer(one, asked[1], "Hợp đồng gia hạn đến hết năm sau (giả định).", at)


def _answer(one: Holder, action: CorrectiveAction, text: str, at: dt.datetime) -> None:
    proof = one_page(f"Invented proof of corrective action {action.pk}")
    corrective.answer_action(
        user=one.writer, action=action, text=text, files=[("chung-cu.pdf", proof)], at=at
    )


def _lost(one: Holder, players: Players, today: dt.date) -> Story:
    """A corrected figure breaks a criterion: the page turns amber, the Board opens a case."""
    yield (at := office_hour(today - dt.timedelta(days=20), 30))
    writer, signer = players.writer(_SONG_XANH, None), players.signer(_SONG_XANH, None)
    set_value(
        user=writer, park=one.park, enterprise=one.firm, year=2025, item="recp_result_measured",
        value=False, source=DEMONSTRATION, at=at,
    )  # fmt: skip
    report = Report.objects.get(park=one.park, year=2025)
    submit_report(user=signer, report=report, at=at)
    check_park(one.park, at=at)
    yield (at := office_hour(today - dt.timedelta(days=13), 30))
    alert = one.certificate.alerts.get(closed_at=None)
    facts = "Kết quả RECP không còn được đo, tiêu chí ECO-5 không đạt (giả định)."
    one.open_case("b", facts, at, alert=alert)


def _watched(one: Holder, today: dt.date) -> Story:
    """Visits of the park itself: one called off, one still to come."""
    yield (at := office_hour(today - dt.timedelta(days=35), 15))
    off = one.plan("Kiểm tra trạm xử lý nước thải (giả định).", today - dt.timedelta(days=28), at)
    yield (at := office_hour(today - dt.timedelta(days=31), 15))
    inspections.cancel_inspection(
        user=one.officer, inspection=off, reason="Dời lịch do mưa bão (giả định).", at=at
    )
    yield (at := office_hour(today - dt.timedelta(days=9), 15))
    one.plan(
        "Kiểm tra trạm xử lý nước thải và dịch vụ cộng sinh (giả định).",
        office_hour(today + dt.timedelta(days=12)).date(), at,
    )  # fmt: skip


def _roadmap(players: Players, design: Design) -> Story:
    """The roadmap of the new park: a step reached, one late, two to come."""
    yield (at := office_hour(_D(2025, 9, 15), 10))
    park, office = players.park(design), players.writer(design, None)
    steps = [
        milestones.add_milestone(user=office, park=park, title=title, due_on=day, leaf=leaf, at=at)
        for title, day, leaf in (
            ("Vận hành hệ thống giám sát đầu vào, đầu ra (giả định)", _D(2026, 3, 31), "INV-3a"),
            ("Bốn doanh nghiệp tham gia cộng sinh (giả định)", _D(2026, 9, 15), "ENT-2a"),
            ("20 % doanh nghiệp có kết quả RECP (giả định)", _D(2028, 6, 30), "ENT-3"),
            ("Đạt mọi tiêu chí khu công nghiệp sinh thái (giả định)", _D(2030, 6, 28), ""),
        )
    ]
    yield (at := office_hour(_D(2026, 3, 26), 10))
    milestones.reach_milestone(
        user=office, milestone=steps[0], done_on=_D(2026, 3, 25),
        remark="Nghiệm thu ngày 25/3 (giả định).", at=at,
    )  # fmt: skip
