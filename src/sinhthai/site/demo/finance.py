"""The finance of the demonstration: invented projects in every stage (H11).

Each is told with the same actions people use, on the days it happened. The exchange that became a
project is taken from the demonstration's exchanges where there is one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sinhthai.accounts.models import Organisation, User
from sinhthai.finance.actions import dossier, projects, sharing
from sinhthai.finance.actions.appraisals import save_appraisal
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.models import Project
from sinhthai.registry.models import Enterprise
from sinhthai.site.demo import cast, invented
from sinhthai.site.demo.paper import one_page
from sinhthai.symbiosis.models import Exchange

D = dt.date
_WAY = (
    "screened", "pre_feasibility", "bankable", "applied", "approved", "disbursed", "verified",
)  # fmt: skip
_PLAIN = Assumptions(
    investment=0.0, life=10, rate=0.10, horizon=10, first_year=2026, voltage="22kV",
    starts="06:00", ends="22:00", escalation=0.03, inflation=0.03, grid_factor=0.6592,
    asked_share=0.7, asked_years=7, loan_rate=0.085,
)  # fmt: skip
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Story:
    """How one invented project went: what it is, what it saves, the days of its stages."""

    title: str
    kind: str
    firm: int  # which of the enterprises the account acts for
    investment: float
    share: float
    began: dt.date
    stages: tuple[dt.date, ...] = ()
    mwh: float = 0.0
    water_m3: float = 0.0
    other: float = 0.0
    fund: str = "bank-green-credit"
    result: tuple[float, float, float] | None = None  # cost, saving a year, t CO2e a year
    shared: tuple[str, ...] = ()
    withdrawn: bool = False
    dropped: str = ""
    exchange: bool = False


STORIES = (
    Story(
        "Biến tần cho bơm và quạt (giả định)", "equipment-upgrade", 0, 640e6, 0.18, D(2024, 3, 4),
        (D(2024, 3, 20), D(2024, 5, 6), D(2024, 7, 1), D(2024, 8, 12), D(2024, 10, 3),
         D(2024, 11, 18), D(2026, 2, 10)),
        mwh=196, result=(668e6, 371e6, 121.0), shared=(cast.BANK,),
    ),
    Story(
        "Thu hồi nước ngưng lò hơi (giả định)", "cleaner-production", 0, 420e6, 0.07,
        D(2024, 9, 2), (D(2024, 9, 23), D(2024, 12, 9), D(2025, 3, 3), D(2025, 4, 14),
                        D(2025, 6, 2), D(2025, 8, 11)),
        water_m3=9_600, other=118e6, shared=(cast.BANK, cast.OTHER_BANK),
    ),
    Story(
        "Điện mặt trời mái nhà 1,2 MWp (giả định)", "rooftop-solar", 0, 13.8e9, 0.22,
        D(2025, 1, 13), (D(2025, 2, 3), D(2025, 4, 21), D(2025, 7, 7), D(2025, 9, 15),
                         D(2025, 12, 1)),
        mwh=1_560, shared=(cast.BANK,),
    ),
    Story(
        "Tái sử dụng nước thải sau xử lý (giả định)", "water-reuse", 0, 5.2e9, 0.0,
        D(2025, 3, 10), (D(2025, 4, 7), D(2025, 8, 4), D(2025, 11, 10), D(2026, 1, 12)),
        water_m3=61_000, fund="vepf-loan-mortgage", shared=(cast.OTHER_BANK,),
    ),
    Story(
        "Phát điện từ nhiệt thải lò nung (giả định)", "waste-heat-power", 0, 31e9, 0.16,
        D(2025, 4, 14), (D(2025, 5, 5), D(2025, 10, 6), D(2026, 2, 16)),
        mwh=3_850, shared=(cast.BANK,),
    ),
    Story(
        "Đường ống hơi sang nhà máy bên cạnh (giả định)", "cleaner-production", 0, 2.6e9, 0.09,
        D(2025, 6, 9), (D(2025, 7, 14), D(2025, 12, 15)), other=690e6, exchange=True,
        shared=(cast.OTHER_BANK,), withdrawn=True,
    ),
    Story(
        "Máy nén khí biến tần và sửa rò rỉ (giả định)", "equipment-upgrade", 0, 980e6, 0.11,
        D(2025, 9, 8), (D(2025, 10, 13),), mwh=240,
    ),
    Story("Xe nâng điện (giả định)", "electric-logistics", 0, 1.9e9, 0.0, D(2026, 1, 19)),
    Story(
        "Lò đốt chất thải riêng (giả định)", "hazardous-treatment", 0, 18e9, 0.0, D(2024, 5, 20),
        (D(2024, 6, 17),), dropped="Chi phí vận hành vượt lợi ích; thuê xử lý rẻ hơn (giả định).",
    ),
    Story(
        "Đèn LED toàn nhà máy (giả định)", "equipment-upgrade", 1, 310e6, 0.05, D(2024, 6, 3),
        (D(2024, 6, 24), D(2024, 8, 5), D(2024, 9, 30), D(2024, 10, 28), D(2024, 12, 2),
         D(2025, 1, 20), D(2026, 2, 17)),
        mwh=88, result=(298e6, 176e6, 60.0), shared=(cast.BANK,),
    ),
    Story(
        "Bảo ôn đường ống và bể nóng (giả định)", "cleaner-production", 2, 270e6, 0.04,
        D(2025, 2, 10), (D(2025, 3, 3), D(2025, 5, 19), D(2025, 9, 1)), other=97e6,
        shared=(cast.BANK,),
    ),
    Story(
        "Bơm nhiệt cho nước nóng (giả định)", "equipment-upgrade", 1, 1.4e9, 0.12,
        D(2025, 8, 4), (D(2025, 9, 8), D(2026, 1, 5)), mwh=265, shared=(cast.OTHER_BANK,),
    ),
    Story(
        "Điện mặt trời mái kho 600 kWp (giả định)", "rooftop-solar", 3, 7.1e9, 0.25,
        D(2025, 10, 6), (D(2025, 11, 3),), mwh=780, shared=(cast.BANK,),
    ),
    Story(
        "Thay lò hơi than bằng sinh khối (giả định)", "cleaner-production", 4, 8.4e9, 0.0,
        D(2025, 5, 5), (D(2025, 6, 2), D(2025, 9, 15), D(2026, 1, 26)), other=2.1e9,
        shared=(cast.OTHER_BANK,),
    ),
    Story(
        "Thu hồi kim loại từ bùn xi mạ (giả định)", "recycling", 2, 3.3e9, 0.0, D(2025, 11, 3),
        (D(2025, 12, 1),), other=640e6,
    ),
    Story("Hệ thống quản lý năng lượng (giả định)", "cleaner-production", 2, 450e6, 0.05,
          D(2026, 2, 9), mwh=70),
)  # fmt: skip


def load_projects() -> None:
    """Tell the stories; a second call changes nothing."""
    if Project.objects.exists():
        return
    first, *rest = Enterprise.objects.filter(park__code=invented.DESIGNS[0].code).order_by("code")
    firms = [first, *rest]
    banks = {
        name: Organisation.objects.get(code=f"demo-{name}") for name in (cast.BANK, cast.OTHER_BANK)
    }
    people = {
        name: User.objects.get(username=name)
        for one in (cast.ENTERPRISE, cast.OTHERS)
        for name in (one, one + cast.COLLEAGUE)
    }
    for story in STORIES:
        account = cast.OTHERS if story.firm else cast.ENTERPRISE
        head, officer = people[account], people[account + cast.COLLEAGUE]
        _tell(story, firms[story.firm], officer, head, banks)


def _tell(
    story: Story,
    firm: Enterprise,
    officer: User,
    head: User,
    banks: dict[str, Organisation],
) -> None:
    exchange = _exchange_of(firm) if story.exchange else None
    project = projects.open_project(
        user=officer, enterprise=firm, at=_noon(story.began),
        stated=projects.Stated(
            story.title, story.kind, "Dự án giả định để trình diễn.", "medium", story.investment,
            story.share or None,
        ),
        origin=Project.Origin.EXCHANGE if exchange else Project.Origin.OWN,
        key=str(exchange.pk) if exchange else "",
    )  # fmt: skip
    for stage, day in zip(_WAY, story.stages, strict=False):
        _prepare(story, project, stage, officer, day)
        _step(project, stage, day, head if stage == "verified" else officer, story)
    last = story.stages[-1] if story.stages else story.began
    for name in story.shared:
        share = sharing.share_project(
            user=head, project=project, organisation=banks[name], at=_noon(last)
        )
        if story.withdrawn:
            sharing.withdraw_share(user=head, share=share, at=_noon(last + dt.timedelta(days=40)))
    if story.dropped:
        _step(project, "dropped", last + dt.timedelta(days=30), officer, story)


def _prepare(story: Story, project: Project, stage: str, user: User, day: dt.date) -> None:
    """Do what a stage asks for before its step."""
    if stage == "pre_feasibility":
        given = replace(
            _PLAIN, investment=story.investment, first_year=day.year + 1,
            electricity_mwh=float(story.mwh), water_m3=float(story.water_m3),
            water_price=18_500.0 if story.water_m3 else None, other_saving=story.other,
            running_cost=story.investment * 0.015,
        )  # fmt: skip
        save_appraisal(user=user, project=project, given=given, at=_noon(day))
    if stage == "bankable":
        for item in ("environment-procedure", "technical-file", "baseline"):
            dossier.attach_document(
                user=user, project=project, item=item, title="", file_name=f"{item}.pdf",
                content=one_page(f"Invented {item} of project {project.pk}"), at=_noon(day),
            )  # fmt: skip
    if stage == "verified" and story.result is not None:
        cost, saving, co2e = story.result
        dossier.record_result(
            user=user, project=project, year=day.year - 1, investment_vnd=cost, saving_vnd=saving,
            co2e_t=co2e, source="Đồng hồ đo, quyết toán (giả định)", at=_noon(day),
        )  # fmt: skip


def _step(project: Project, to: str, on: dt.date, user: User, story: Story) -> None:
    last = project.events.filter(what__in=("opened", "step")).latest("pk")
    money = story.investment * 0.7 if to in ("applied", "approved", "disbursed") else None
    step = projects.Step(
        to, on, last.pk, story.dropped if to == "dropped" else "",
        story.fund if to == "applied" else "", money,
    )  # fmt: skip
    projects.move(user=user, project=project, step=step, at=_noon(on))
    project.refresh_from_db()


def _exchange_of(firm: Enterprise) -> Exchange | None:
    """Return an exchange the enterprise takes part in."""
    return Exchange.objects.filter(participants__enterprise=firm).order_by("pk").first()


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), _HANOI)
