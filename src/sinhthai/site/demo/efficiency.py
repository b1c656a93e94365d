"""The RECP audits of the demonstration: one in each phase, invented (H11).

Each is told with the same actions people use, on the days it happened: the adviser works on it,
the enterprise verifies and accepts.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinhthai.accounts.models import User
from sinhthai.efficiency.actions import audits, measures, report, steps, walk
from sinhthai.efficiency.actions.baseline import Given, enter_baseline, take_reported
from sinhthai.efficiency.actions.measures import SizeGiven
from sinhthai.efficiency.actions.steps import ResultGiven
from sinhthai.efficiency.engine.catalogue import AREAS
from sinhthai.efficiency.models import Audit, AuditMeasure
from sinhthai.efficiency.readers.baseline import standing_entries
from sinhthai.efficiency.readers.walk import points_of
from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Enterprise
from sinhthai.site.demo import cast, invented
from sinhthai.site.demo.paper import one_page

YEAR = 2024
D = dt.date
_STEPS = ("planned", "in_implementation", "implemented", "verified")
_METER = "Đồng hồ đo phụ (giả định)"
_ELECTRICITY_MWH = 4200.0  # a year
_ELECTRICITY_VND = 1_980_000.0  # a MWh
_WATER_VND = 14_500.0  # a cubic metre


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure of the story: its share of the use, its money, and how far it came."""

    measure: str
    share: float | None = None
    investment: float | None = None
    days: tuple[dt.date, ...] = ()  # of planned, in implementation, implemented, verified
    rejected: str = ""
    unjudged: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One audit: how far it is, the uses somebody metered as shares of the whole, its measures."""

    phase: int
    began: dt.date
    aim: str
    uses: Mapping[str, float] = field(default_factory=dict)  # use -> share of the electricity
    water_m3: float | None = None
    walked: int = 0  # how many areas
    shared: bool = False
    choices: tuple[Choice, ...] = ()


STORIES = (
    Story(
        5, D(2025, 1, 13), "Giảm 10 % điện, 15 % nước so với 2024 trước cuối năm 2026 (giả định).",
        {"electricity.compressed_air": 0.18, "electricity.pumps_fans": 0.22,
         "electricity.lighting": 0.06},
        48_000.0, 9, True,
        (
            Choice("leak-programme", 0.16, 45e6,
                   (D(2025, 2, 10), D(2025, 2, 24), D(2025, 3, 20), D(2026, 1, 22))),
            Choice("lower-air-pressure", 0.055, 0.0,
                   (D(2025, 2, 10), D(2025, 3, 3), D(2025, 4, 1))),
            Choice("variable-speed-drive", 0.24, 620e6, (D(2025, 3, 3), D(2025, 9, 8))),
            Choice("led", 0.5, 180e6, (D(2025, 5, 12),)),
            Choice("shut-off-nozzles", 0.1, 12e6,
                   (D(2025, 2, 10), D(2025, 2, 17), D(2025, 3, 3), D(2026, 1, 22))),
            Choice("water-leaks", 0.08, 20e6),
            Choice("rooftop-solar", rejected="Mái nhà xưởng chưa đủ tải trọng (giả định)."),
        ),
    ),
    Story(
        4, D(2025, 5, 5), "Tìm giải pháp hoàn vốn dưới hai năm (giả định).",
        {"electricity.compressed_air": 0.12, "electricity.lighting": 0.08}, 26_000.0, 9, True,
        (
            Choice("leak-programme", 0.2, 30e6),
            Choice("compressor-control", 0.15, 260e6),
            Choice("led", 0.45, 150e6),
        ),
    ),
    Story(
        3, D(2025, 7, 14), "Hiểu điện đi đâu (giả định).",
        {"electricity.motors": 0.55, "electricity.lighting": 0.05}, None, 6, False,
        (Choice("efficient-motors", unjudged=True), Choice("lighting-control", unjudged=True)),
    ),
    Story(2, D(2025, 10, 6), "Khảo sát lần đầu (giả định).", walked=2),
    Story(1, D(2026, 2, 9), "Lập nhóm RECP của nhà máy (giả định)."),
)  # fmt: skip


def load_audits() -> None:
    """Carry the stories of the first invented park; once."""
    if Audit.objects.exists():
        return
    park = invented.DESIGNS[0].code
    firms = list(
        Enterprise.objects.filter(park__code=park, statuses__status="operating")
        .exclude(vsic="")
        .select_related("park__province_now")
        .order_by("code")
        .distinct()[: len(STORIES)]
    )
    people = {
        name: User.objects.get(username=name)
        for name in (cast.FACILITATOR, cast.ENTERPRISE, cast.OTHERS)
    }
    adviser = people[cast.FACILITATOR]
    own_code = cast.ENTERPRISE
    for story, firm in zip(STORIES, firms, strict=False):
        is_first = firm.code == _first_code(park)
        own = people[own_code if is_first else cast.OTHERS]
        _tell(story, firm, adviser, own)


def _first_code(park: str) -> str:
    first = Enterprise.objects.filter(park__code=park).order_by("code").first()
    return first.code if first else ""


def _tell(story: Story, firm: Enterprise, adviser: User, own: User) -> None:
    at = _noon(story.began)
    audit = audits.open_audit(
        user=adviser, enterprise=firm, year=YEAR, lead="Người điều phối (giả định)",
        aim=story.aim, at=at,
    )  # fmt: skip
    if story.shared:
        audits.share_audit(user=own, audit=audit, shared=True, at=at)
    for phase in range(2, story.phase + 1):
        audits.move_phase(
            user=adviser, audit=audit, to=phase, note="", at=at + dt.timedelta(days=7 * phase)
        )
    if story.phase >= 2:
        _baseline(story, audit, adviser)
        _walk(story, audit, adviser)
    for choice in story.choices:
        _choose(choice, audit, adviser, own, at + dt.timedelta(days=20))
    if any(len(choice.days) == len(_STEPS) for choice in story.choices):
        _hand_over(audit, adviser)


def _baseline(story: Story, audit: Audit, adviser: User) -> None:
    at = _noon(story.began + dt.timedelta(days=8))
    # Form B.4 is taken over where the enterprise filled it in; its invoices are known better.
    with contextlib.suppress(InputError):
        take_reported(user=adviser, audit=audit, at=at)
    whole = _ELECTRICITY_MWH
    _enter(audit, adviser, at, "electricity", "", whole, _ELECTRICITY_VND)
    for use, share in story.uses.items():
        _enter(audit, adviser, at, "electricity", use, round(whole * share, 1), None)
    if story.water_m3 is not None:
        _enter(audit, adviser, at, "water", "", story.water_m3, _WATER_VND)
        _enter(audit, adviser, at, "water", "water.cleaning", story.water_m3 * 0.35, None)


def _enter(
    audit: Audit,
    adviser: User,
    at: dt.datetime,
    carrier: str,
    use: str,
    quantity: float,
    price: float | None,
) -> None:
    source = "Hóa đơn năm 2024 (giả định)" if use == "" else _METER
    given = Given(carrier, use, quantity, price, "measured", source)
    present = standing_entries(audit).get((carrier, use))
    if present is not None and (present.quantity, present.price_vnd) == (quantity, price):
        return
    enter_baseline(user=adviser, audit=audit, given=given, at=at)


def _walk(story: Story, audit: Audit, adviser: User) -> None:
    chosen = {choice.measure for choice in story.choices}
    at = _noon(story.began + dt.timedelta(days=10))
    for area in [one for one in AREAS if points_of(audit, one)][: story.walked]:
        answers = {
            point.id: (
                "possible" if point.id in chosen else ("unclear", "in_place")[number % 2],
                "",
            )
            for number, point in enumerate(points_of(audit, area))
        }
        walk.answer_walk(user=adviser, audit=audit, area=area, answers=answers, note="", at=at)


def _choose(choice: Choice, audit: Audit, adviser: User, own: User, at: dt.datetime) -> None:
    row = measures.choose_measure(user=adviser, audit=audit, measure=choice.measure, at=at)
    if choice.rejected:
        _step(row, "rejected", at.date(), adviser, choice.rejected)
        return
    if choice.unjudged or choice.share is None:
        return
    measures.size_measure(
        user=adviser, row=row, at=at,
        given=SizeGiven(
            "share", share=choice.share, investment_vnd=choice.investment,
            source="Khảo sát và danh mục RECP (giả định)",
        ),
    )  # fmt: skip
    for side in ("preliminary", "technical", "economic"):
        measures.judge_measure(user=adviser, row=row, side=side, verdict="yes", reason="", at=at)
    if choice.days:
        measures.plan_measure(
            user=adviser, row=row, responsible="Quản đốc xưởng (giả định)",
            due_on=choice.days[0] + dt.timedelta(days=180), at=_noon(choice.days[0]),
        )  # fmt: skip
    for to, day in zip(_STEPS, choice.days, strict=False):
        if to == "implemented":
            walk.attach_file(
                user=adviser, audit=audit, measure=row, title="Biên bản nghiệm thu (giả định)",
                file_name=f"nghiem-thu-{row.pk}.pdf",
                content=one_page(f"Invented acceptance record of measure {row.pk}"),
                at=_noon(day),
            )  # fmt: skip
        if to == "verified":
            _measure(row, choice, adviser, day)
        _step(row, to, day, own if to == "verified" else adviser)


def _measure(row: AuditMeasure, choice: Choice, adviser: User, day: dt.date) -> None:
    """Enter what was measured of 2025: a little less than hoped for, at more output."""
    sizing = row.sizings.order_by("-pk")[0]
    before = sizing.use_quantity or 0.0
    grown = before * 1.04
    steps.record_result(
        user=adviser, row=row, at=_noon(day - dt.timedelta(days=2)),
        given=ResultGiven(
            2025, sizing.carrier, before, round(grown * (1 - (choice.share or 0.0) * 0.85), 1),
            1000.0, 1040.0, _METER,
        ),
    )  # fmt: skip


def _hand_over(audit: Audit, adviser: User) -> None:
    """Propose the results of 2025; the enterprise has not answered yet."""
    report.propose_results(user=adviser, audit=audit, year=2025, at=_noon(D(2026, 1, 26)))


def _step(row: AuditMeasure, to: str, on: dt.date, user: User, reason: str = "") -> None:
    seen = row.events.order_by("-pk").values_list("pk", flat=True)[0]
    steps.move_measure(user=user, row=row, to=to, on=on, reason=reason, seen=seen, at=_noon(on))


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(5), dt.UTC)  # noon in Viet Nam
