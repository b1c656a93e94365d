"""Greenhouse gas inventories of the demonstration: three years of some enterprises, all invented.

The park sells steam to a tenant and treats its wastewater, so that its sum has something to count
once. Entered by the officer of each, locked by who signs for it, on the days it happened (H11).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sinhthai.accounts.models import User
from sinhthai.carbon.actions.activities import Given, add_activity, change_activity, given_of
from sinhthai.carbon.actions.inventories import choose_settings, lock_inventory
from sinhthai.carbon.engine.model import Settings
from sinhthai.carbon.models import ActivityRow
from sinhthai.carbon.readers.inventory import open_book
from sinhthai.carbon.subject import Subject
from sinhthai.registry.models import Enterprise, Park
from sinhthai.site.demo import cast, invented

YEARS = (2022, 2023, 2024)
FIRMS = 8
_GROWTH = {2022: 0.93, 2023: 1.0, 2024: 1.08}
_BILLS = "Hóa đơn tiền điện 12 tháng (giả định)."
_TICKETS = "Phiếu cân nhập kho (giả định)."
_REASON = "Đối chiếu lại phiếu cân: lượng nhiên liệu năm 2023 đã ghi thiếu một đợt nhập (giả định)."

_POWER = Given("electricity", "electricity", 4_200_000.0, "kWh", scope=2, note=_BILLS)
_FORKLIFTS = Given("mobile", "diesel", 21_500.0, "L", category="off-road", note=_TICKETS)
_COOLING = Given("refrigerant", "r-410a", 14.0, "kg", note="Phiếu nạp môi chất (giả định).")
_WASTE = Given(
    "landfill", "waste-industrial-other", 310.0, "t", scope=3, category="managed", note=_TICKETS
)
_COAL = Given("stationary", "anthracite", 1_850.0, "t", category="manufacturing", note=_TICKETS)
_HUSK = Given("stationary", "solid-biomass", 2_600.0, "t", category="manufacturing", note=_TICKETS)
_GAS = Given("stationary", "natural-gas", 640_000.0, "m3", category="manufacturing", note=_BILLS)
_STEAM = Given(
    "heat", "steam", 31_000.0, "GJ", scope=2, category="anthracite", from_park=True,
    parameters={"efficiency": 0.82}, note="Đồng hồ hơi tại điểm giao (giả định).",
)  # fmt: skip
_WATER = Given(
    "wastewater", "wastewater", 96_000.0, "m3", scope=3, category="aerobic", from_park=True,
    parameters={"cod": 0.9}, note="Đồng hồ nước thải đấu nối (giả định).",
)  # fmt: skip
# What an enterprise burns and buys, by its place in the list; the first signs in by itself.
_MIXES = (
    (_POWER, _COAL, _FORKLIFTS, _COOLING, _WASTE),
    (_POWER, _STEAM, _WATER, _FORKLIFTS),
    (_POWER, _HUSK, _COOLING, _WASTE),
    (_POWER, _GAS, _FORKLIFTS),
)
_OWN = (
    replace(_COAL, quantity=2_150.0),
    replace(_POWER, quantity=1_450_000.0),
    Given(
        "wastewater", "wastewater", 1_150_000.0, "m3", category="aerobic",
        parameters={"cod": 0.42, "nitrogen": 0.035}, note="Nhật ký trạm xử lý (giả định).",
    ),
)  # fmt: skip


def load_carbon(at: dt.datetime) -> None:
    """Enter, lock and recalculate inventories of the first invented park; once.

    2022 is locked; 2023 is locked and of one enterprise recalculated; 2024 is a draft, of one
    enterprise with a quantity nobody knows yet.
    """
    if ActivityRow.objects.exists():
        return
    design = invented.DESIGNS[0]
    park = Park.objects.select_related("province_now", "operator").get(code=design.code)
    office = cast.office_of(design)
    _keep(Subject(park), _OWN, office, 1.0)
    firms = Enterprise.objects.filter(park=park).order_by("code")[:FIRMS]
    for position, firm in enumerate(firms):
        subject = Subject(park, firm)
        signs = cast.ENTERPRISE if position == 0 else cast.OTHERS
        scale = 0.55 + (position * 37 % 100) / 80
        _keep(subject, _MIXES[position % len(_MIXES)], signs, scale)
        if position == 0:
            _recalculate(subject, signs, at)


def _keep(subject: Subject, mix: tuple[Given, ...], signs: str, scale: float) -> None:
    """Enter the three years of a subject, and lock the first two."""
    signer = User.objects.get(username=signs)
    writer = User.objects.get(username=signs + cast.COLLEAGUE)
    for year in YEARS:
        said_at = _noon(dt.date(year + 1, 2, 14))
        for number, given in enumerate(mix):
            add_activity(subject, year, _scaled(given, year, scale, number), at=said_at, by=writer)
        if year != YEARS[-1]:
            _lock(subject, year, signer, _noon(dt.date(year + 1, 3, 20)))
        elif subject.enterprise is None or scale > 1:  # the others see what is not published
            chosen = Settings(last_published=True)
            choose_settings(
                subject, year, chosen, treats_waste=False, waste_t=None, at=said_at, by=writer
            )


def _scaled(given: Given, year: int, scale: float, number: int) -> Given:
    """Return what was used in *year*; of the last year refrigerant is not known yet."""
    if given.quantity is None or (year == YEARS[-1] and given.kind == "refrigerant"):
        return replace(given, quantity=None)
    wave = 1 + ((year * 7 + number * 13) % 9 - 4) / 100
    return replace(given, quantity=float(f"{given.quantity * scale * _GROWTH[year] * wave:.3g}"))


def _lock(subject: Subject, year: int, signer: User, at: dt.datetime, reason: str = "") -> None:
    digest = open_book(subject, drafts=True).drafts[year].digest
    lock_inventory(subject, year, expected=digest, reason=reason, at=at, by=signer)


def _recalculate(subject: Subject, signs: str, at: dt.datetime) -> None:
    """Correct the fuel of 2023 and lock it anew, with the reason."""
    row = ActivityRow.objects.select_related("park", "enterprise").get(
        **subject.where, year=2023, kind="stationary", is_current=True
    )
    writer = User.objects.get(username=signs + cast.COLLEAGUE)
    more = replace(given_of(row), quantity=(row.quantity or 0.0) + 120.0)
    when = min(at, _noon(dt.date(2024, 9, 9)))
    change_activity(row, more, expected=row.pk, at=when, by=writer)
    signer = User.objects.get(username=signs)
    _lock(subject, 2023, signer, when + dt.timedelta(days=7), reason=_REASON)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(5), dt.UTC)
