"""The symbiosis of the demonstration: invented streams and exchanges in every stage (H11).

Each exchange is a short story told with the same actions people use, on the days it happened,
so that the pages show nothing a person could not have entered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sinhthai.accounts.models import User
from sinhthai.registry.models import Enterprise, Park
from sinhthai.site.demo import cast, invented
from sinhthai.site.demo.paper import one_page
from sinhthai.symbiosis.actions import dossier, participants, pipeline, results, search
from sinhthai.symbiosis.actions.streams import add_streams
from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.profiles import typical_streams
from sinhthai.symbiosis.models import Exchange, Match, MatchRun, StreamVersion

SEARCH_KM = 120  # far enough to reach the next invented park
ESTIMATED = 16  # enterprises whose streams are typical of their industry, not entered
_AXES = ("technical", "business", "organisation", "legal", "social", "environment")
_STEPS = ("contact", "feasibility", "agreement", "implemented", "verified")
_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Story:
    """How one invented exchange went: what moves, its steps, how ready it is, what it brought."""

    offer: str
    need: str
    began: dt.date
    stages: tuple[dt.date, ...]  # of contact, feasibility, agreement, implemented, verified
    levels: tuple[int, ...]  # of the six axes; 0: not judged
    note: str = ""
    task: str = ""
    due: dt.date | None = None
    result: tuple[tuple[str, float], ...] = ()
    dropped: str = ""


D = dt.date
STORIES = (
    Story(
        "steel-slag-eaf", "virgin-aggregate", D(2023, 2, 6),
        (D(2023, 3, 1), D(2023, 6, 20), D(2023, 10, 2), D(2024, 1, 15), D(2025, 2, 20)),
        (5, 5, 5, 5, 4, 5), "Xỉ được nghiền và lưu ba tháng trước khi giao (giả định).",
        result=(("waste_reused_t", 7900.0), ("waste_reuse_cost_saved_mvnd", 610.0),
                ("co2_cut_t", 58.0)),
    ),
    Story(
        "fish-by-products", "feed-protein", D(2024, 1, 10),
        (D(2024, 2, 5), D(2024, 5, 14), D(2024, 8, 1), D(2024, 11, 4)),
        (5, 4, 4, 4, 3, 4), "Giao trong ngày bằng xe lạnh (giả định).",
        "Nhập kết quả sáu tháng cuối năm", D(2026, 1, 31),
        result=(("waste_reused_t", 2350.0), ("materials_supplied_revenue_mvnd", 1880.0)),
    ),
    Story(
        "flue-gas-heat", "steam-lp", D(2024, 6, 3),
        (D(2024, 7, 8), D(2024, 12, 2), D(2025, 4, 22), D(2025, 9, 1)),
        (4, 4, 4, 5, 4, 4), "Ống dẫn hơi giữa hai nhà máy, có bảo ôn (giả định).",
        result=(("fuel_saved_toe", 118.0), ("fuel_cost_saved_mvnd", 1420.0), ("co2_cut_t", 405.0)),
    ),
    Story(
        "glass-cullet", "glass-batch", D(2025, 1, 20),
        (D(2025, 2, 17), D(2025, 5, 5), D(2025, 10, 13)),
        (4, 4, 3, 3, 0, 3), task="Ký phụ lục giá quý I", due=D(2026, 1, 15),
    ),
    Story(
        "cooling-blowdown", "process-water", D(2025, 3, 3), (D(2025, 4, 1), D(2025, 9, 9)),
        (3, 2, 3, 2, 0, 3), "Chờ kết quả phân tích độ cứng, clorua (giả định).",
        "Lấy mẫu nước xả tháp giải nhiệt", D(2025, 12, 5),
    ),
    Story(
        "sawdust", "biomass-fuel", D(2025, 5, 12), (D(2025, 6, 2), D(2025, 8, 18)),
        (4, 3, 2, 4, 3, 2),
    ),
    Story(
        "steel-swarf", "primary-steel", D(2025, 8, 4), (D(2025, 9, 15),), (3, 2, 1, 3, 0, 0),
        task="Gọi lại bộ phận mua hàng", due=D(2026, 3, 20),
    ),
    Story("textile-cutting-scrap", "wiping-cloth", D(2025, 11, 3), (), (2, 2, 0, 0, 0, 0)),
    Story(
        "vegetable-residues", "animal-feed", D(2025, 4, 7), (D(2025, 5, 6),), (2, 1, 1, 2, 0, 0),
        dropped="Phụ phẩm chỉ có ba tháng một năm, bên nhận cần đều (giả định).",
    ),
)  # fmt: skip


def load_symbiosis(at: dt.datetime) -> None:
    """Enter streams, search, and carry the stories of the first invented park; once."""
    if StreamVersion.objects.exists():
        return
    parks = {design.code: design for design in invented.DESIGNS}
    firms = {code: _place(code, design) for code, design in parks.items() if code in _PARKS}
    _enter_streams(firms, at)
    park = Park.objects.get(code=invented.DESIGNS[0].code)
    office = User.objects.get(username=cast.office_of(invented.DESIGNS[0]))
    other = User.objects.get(username=cast.FACILITATOR)
    run = search.search_matches(user=office, park=park, within_km=SEARCH_KM, at=at)
    for story in STORIES:
        _tell(story, run, office, other)


def _enter_streams(firms: dict[str, list[Enterprise]], at: dt.datetime) -> None:
    from sinhthai.site.demo.load import rows_of

    materials = load_knowledge().materials
    entered: dict[int, tuple[Enterprise, list[StreamGiven]]] = {}
    for row in rows_of("symbiosis_streams.csv"):
        of_trade = [firm for firm in firms[row["park"]] if firm.vsic == row["vsic"]]
        if int(row["which"]) >= len(of_trade):
            continue
        firm, material = of_trade[int(row["which"])], materials[row["material"]]
        given = StreamGiven(
            direction=row["direction"],
            name=row["name_vi"],
            unit=material.unit,
            material=material.id,
            quantity=float(row["quantity"]) if row["quantity"] else None,
            hazard=row["hazard"],
            sorted=True if row["sorted"] else None,
            year=2025,
        )
        entered.setdefault(firm.pk, (firm, []))[1].append(given)
    for firm, given_ in entered.values():
        add_streams(firm, given_, at=at, by=None)
    silent = [firm for firm in firms[invented.DESIGNS[0].code] if firm.pk not in entered]
    for firm in silent[:ESTIMATED]:
        _estimate(firm, at)


def _estimate(firm: Enterprise, at: dt.datetime) -> None:
    """Enter what is typical of the industry, marked as such."""
    typical = [
        StreamGiven(
            direction=one.direction,
            name=one.name.vi,
            unit=one.unit,
            material=one.material,
            quantity=one.quantity,
            quantity_min=one.quantity_min,
            quantity_max=one.quantity_max,
            months=one.months,
            state=one.state,
            hazard=one.hazard or "",
        )
        for one in typical_streams(firm.vsic, firm.employees)[:4]
    ]
    if typical:
        add_streams(firm, typical, at=at, by=None, origin=StreamVersion.Origin.PROFILE)


def _tell(story: Story, run: MatchRun, office: User, other: User) -> None:
    exchange = _open(story, run, office)
    if exchange is None:
        return
    if story.note:
        dossier.add_note(user=office, exchange=exchange, text=story.note, at=_noon(story.began))
    days = dict(zip(_STEPS, story.stages, strict=False))
    for stage, day in days.items():
        if stage == "implemented":
            _agree_and_join(exchange, office, days["agreement"], day)
        if stage == "verified":
            _report(story, exchange, office, days["implemented"], day)
        _step(exchange, stage, day, other if stage == "verified" else office)
    if "implemented" in days and "verified" not in days:
        _report(story, exchange, office, days["implemented"], D(2026, 1, 12))
    last = story.stages[-1] if story.stages else story.began
    for axis, level in zip(_AXES, story.levels, strict=True):
        if level:
            dossier.judge_readiness(
                user=office, exchange=exchange, axis=axis, level=level, reason="", at=_noon(last)
            )
    if story.task:
        dossier.add_task(
            user=office, exchange=exchange, title=story.task, assignee="Phòng điều phối",
            due_on=story.due, at=_noon(last),
        )  # fmt: skip
    if story.dropped:
        _step(exchange, "dropped", last + dt.timedelta(days=30), office, story.dropped)


def _open(story: Story, run: MatchRun, office: User) -> Exchange | None:
    """Start the exchange from the idea the search had; None where it had none."""
    pairs = Match.objects.filter(
        run=run, forbidden=False, other_park=False,
        reasons__offer_material=story.offer, reasons__need_material=story.need,
    )  # fmt: skip
    match = (
        pairs.select_related("run__park", "offer__enterprise", "need__enterprise")
        .order_by("estimated", "rank", "pk")
        .first()
    )
    if match is None:
        return None
    return search.start_exchange(user=office, match=match, at=_noon(story.began))


def _step(exchange: Exchange, to: str, on: dt.date, user: User, reason: str = "") -> None:
    seen = exchange.changes.order_by("-pk").values_list("pk", flat=True)[0]
    pipeline.move(
        user=user, exchange=exchange, to=to, on=on, reason=reason, seen=seen, at=_noon(on)
    )


def _agree_and_join(
    exchange: Exchange, office: User, agreed_on: dt.date, joined_on: dt.date
) -> None:
    dossier.attach_document(
        user=office, exchange=exchange, kind="agreement", title="Hợp đồng (giả định)",
        file_name=f"hop-dong-{exchange.pk}.pdf", content=_contract(exchange.pk),
        at=_noon(agreed_on),
    )  # fmt: skip
    for part in exchange.participants.select_related("exchange__park"):
        participants.date_participant(
            user=office, participant=part, joined_on=joined_on, left_on=None, at=_noon(joined_on)
        )


def _report(
    story: Story, exchange: Exchange, office: User, began: dt.date, said_on: dt.date
) -> None:
    """Enter the giver's results of every full year since it runs."""
    giver = exchange.participants.select_related("exchange__park").order_by("pk")[0]
    for year in _years(began, said_on):
        results.record_result(
            user=office, participant=giver, year=year, values=dict(story.result),
            source="Phiếu cân, hóa đơn (giả định)", at=_noon(said_on),
        )  # fmt: skip


def _years(began: dt.date, said_on: dt.date) -> Iterator[int]:
    yield from range(began.year, said_on.year)


def _contract(exchange: int) -> bytes:
    return one_page(f"Invented contract of exchange {exchange}, for the demonstration only")


def _place(code: str, design: invented.Design) -> list[Enterprise]:
    """Give the enterprises of a park invented plots in rows; return those that run."""
    firms = list(Enterprise.objects.filter(park__code=code).order_by("code"))
    side = max(1, round(len(firms) ** 0.5))
    for number, firm in enumerate(firms):
        row, column = divmod(number, side)
        # Rows of plots 260 m apart, each plot off the line by a little, as plots are.
        north = (row - side / 2) * 260 + (number * 37 % 90) - 45
        east = (column - side / 2) * 310 + (number * 53 % 120) - 60
        firm.lat = round(design.lat + north / _METRES_PER_DEGREE, 6)
        firm.lon = round(design.lon + east / (_METRES_PER_DEGREE * 0.93), 6)
    Enterprise.objects.bulk_update(firms, ["lat", "lon"])
    return firms[: design.operating]


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 5, 0, tzinfo=dt.UTC)


_PARKS: Sequence[str] = tuple(design.code for design in invented.DESIGNS[:2])
