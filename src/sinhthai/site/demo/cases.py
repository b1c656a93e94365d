"""How certificates of the demonstration end, or come near it: cases of Article 44 (H11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sinhthai.certification.actions.steps import take_step
from sinhthai.foundation.sources import DEMONSTRATION
from sinhthai.reporting.actions import set_value, submit_report
from sinhthai.reporting.models import Report
from sinhthai.site.demo.holders import (
    ACCUSED,
    BREACH,
    CLEARED,
    DOUBTED,
    KEPT,
    LAW,
    RENOUNCED,
    REVIEWED,
    SUSPENDED,
    Holder,
)
from sinhthai.site.demo.paper import one_page
from sinhthai.site.demo.stories import PARKS, Players, Story, office_hour
from sinhthai.supervision.actions import inspections
from sinhthai.supervision.actions.cases import open_reviews
from sinhthai.supervision.actions.suspension import suspend

_D = dt.date
_SONG_XANH, _GO_NANG = PARKS["song-xanh"], PARKS["go-nang"]


# What is done after a visit found a breach of law: who, which step, how many days later, why.
_Course = Sequence[tuple[str, str, int, str]]
_PROPOSED: _Course = (("head", "propose", 6, ""),)
_NOTICED: _Course = (*_PROPOSED, ("issuer", "notify_holder", 10, ""))
_SUSPENDED: _Course = (("issuer", "suspend", 4, "Chờ khắc phục vi phạm (giả định)."), *_NOTICED)
_DROPPED: _Course = (
    *_NOTICED,
    ("issuer", "drop", 24, "Bên được cấp đã khắc phục xong trước thời hạn (giả định)."),
)
_REVOKED: _Course = (
    *_NOTICED,
    ("issuer", "revoke", 28, "Vi phạm pháp luật về bảo vệ môi trường (điểm a, giả định)."),
)


def stories(players: Players, today: dt.date) -> Iterator[Story]:
    """Yield the cases about certificates up to *today*."""

    def held(position: int | None) -> Holder:
        return Holder(players, _SONG_XANH, position)

    yield _accused(held(SUSPENDED), today - dt.timedelta(days=70), _SUSPENDED)
    yield _accused(held(ACCUSED), today - dt.timedelta(days=30), _PROPOSED)
    yield _accused(held(CLEARED), _D(2026, 5, 4), _DROPPED)
    yield _renounced(held(RENOUNCED))
    yield _closed_without(held(None))
    yield _entered(players)
    yield _park_lost(Holder(players, _GO_NANG), players)


def _accused(one: Holder, began: dt.date, course: _Course) -> Story:
    """A visit finds a breach of law; the Board opens a case on it, which goes its *course*."""

    def on(days: int) -> dt.datetime:
        return office_hour(began + dt.timedelta(days=days), 75)

    yield (at := on(0))
    visit = one.plan("Kiểm tra theo phản ánh của cư dân (giả định).", on(3).date(), at)
    yield (at := on(4))
    one.hold(visit, on(4).date(), at)
    one.find(visit, "major", BREACH, at, clause=LAW)
    first = on(7)
    if course[0][1] == "suspend":
        yield on(5)
        suspend(
            user=one.issuer, certificate=one.certificate, clause=LAW, reason=course[0][3],
            inspection=visit, at=on(5),
        )  # fmt: skip
    yield first
    one.open_case("a", BREACH, first, inspection=visit)
    for who, step, days, reason in course:
        if step != "suspend":
            yield (at := on(7 + days))
            one.step(getattr(one, who), step, at, reason)
    inspections.close_inspection(
        user=one.officer, inspection=visit, at=at,
        conclusion="Có vi phạm; đã chuyển sang xem xét thu hồi (giả định).",
    )  # fmt: skip


def _renounced(one: Holder) -> Story:
    """The holder asks in writing that its certificate be revoked."""
    days = [_D(2026, 6, 2), _D(2026, 6, 5), _D(2026, 6, 9), _D(2026, 6, 16)]
    yield (at := office_hour(days[0], 20))
    facts = "Doanh nghiệp chuyển nhà máy sang nơi khác, đề nghị thu hồi (giả định)."
    letter = one_page("Invented letter of the holder")
    one.open_case("c", facts, at, request=[("van-ban-de-nghi.pdf", letter)])
    steps = ((one.head, "propose"), (one.issuer, "notify_holder"), (one.issuer, "revoke"))
    for day, (user, step) in zip(days[1:], steps, strict=True):
        yield (at := office_hour(day, 20))
        one.step(user, step, at, "Theo đề nghị của bên được cấp (giả định).")


def _closed_without(one: Holder) -> Story:
    """A case about the park itself that the Board closed without proposing anything."""
    yield (at := office_hour(_D(2025, 12, 1), 15))
    visit = one.plan("Kiểm tra theo phản ánh (giả định).", _D(2025, 12, 3), at)
    yield (at := office_hour(_D(2025, 12, 4), 15))
    one.hold(visit, _D(2025, 12, 3), at)
    one.find(visit, "major", "Báo cáo quan trắc quý III nộp chậm (giả định).", at, clause=LAW)
    yield (at := office_hour(_D(2025, 12, 8), 15))
    one.open_case("a", "Chậm nộp báo cáo quan trắc (giả định).", at, inspection=visit)
    yield (at := office_hour(_D(2025, 12, 17), 15))
    why = "Đã nộp đủ, mức độ không đến mức thu hồi (giả định)."
    one.step(one.head, "withdraw_proposal", at, why)
    inspections.close_inspection(user=one.officer, inspection=visit, conclusion=why, at=at)


def _entered(players: Players) -> Story:
    """Three enterprises say that they stand in a certified park, once it is one."""
    yield (at := office_hour(_D(2026, 3, 9), 5))
    park = players.park(_GO_NANG)
    for position in (REVIEWED, KEPT, DOUBTED):
        set_value(
            user=players.writer(_GO_NANG, None), park=park, year=2025, item="in_certified_eip",
            enterprise=players.firm(_GO_NANG, position), value=True,
            source=DEMONSTRATION, at=at,
        )  # fmt: skip
    report = Report.objects.get(park=park, year=2025)
    submit_report(user=players.signer(_GO_NANG, None), report=report, at=at)


def _park_lost(one: Holder, players: Players) -> Story:
    """A park loses its certificate; those of its enterprises are reviewed one by one."""
    yield from _accused(one, _D(2026, 5, 11), _REVOKED)
    yield (at := office_hour(_D(2026, 6, 18), 5))
    reviews = {row.enterprise: row for row in open_reviews(one.park, at=at)}
    for position, day, step, why in (
        (KEPT, _D(2026, 7, 6), "keep", "Khu nộp lại hồ sơ; giữ đến khi có kết quả (giả định)."),
        (DOUBTED, _D(2026, 7, 8), "propose_revocation",
         "Không còn nằm trong khu công nghiệp sinh thái (giả định)."),
    ):  # fmt: skip
        yield (at := office_hour(day, 5))
        case = reviews[players.firm(_GO_NANG, position)]
        take_step(user=one.head, dossier=case, step=step, at=at, reason=why)
