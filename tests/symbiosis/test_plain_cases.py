"""What an engineer of a park expects at once: plain words, no codes, the right partner first.

Each case is written as people write in a list, in Vietnamese and in English. All of them stand in
one list, so that every offer has the wrong partners to choose from too, all equally near.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pyarrow as pa
import pytest

from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.coding import code_stream
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.matches import Matches
from sinhthai.symbiosis.engine.matching import match
from sinhthai.symbiosis.engine.streams import ALL_YEAR, QUALITY_SCHEMA, STREAM_SCHEMA, Streams


class Case(NamedTuple):
    """An offer and the need it should find, in both languages, and what the offer is."""

    offer_vi: str
    offer_en: str
    need_vi: str
    need_en: str
    material: str
    unit: str = "t"


CASES = (
    Case("Tro bay của lò hơi đốt than", "fly ash from our coal boiler", "phụ gia khoáng cho xi măng", "mineral additive for cement, pozzolan", "coal-fly-ash"),
    Case("Tro bay nhiệt điện Duyên Hải", "Class F fly ash, dry", "nguyên liệu làm gạch không nung", "raw material for unburnt bricks", "coal-fly-ash"),
    Case("Thạch cao từ hệ thống khử lưu huỳnh khói thải", "gypsum from flue gas desulphurisation", "thạch cao làm tấm trần", "gypsum for plasterboard", "fgd-gypsum"),
    Case("Thép phế liệu, ba via sắt", "steel scrap and offcuts", "sắt thép phế cho lò điện hồ quang", "scrap metal for electric arc furnace", "steel-scrap"),
    Case("Vỏ trấu", "rice husks from milling", "nhiên liệu sinh khối cho lò hơi", "biomass for steam boiler", "rice-husk"),
    Case("Bã mía của nhà máy đường", "sugar cane bagasse", "sinh khối đốt lò", "biomass fuel for boiler", "bagasse"),
    Case("Mùn cưa, bụi gỗ từ máy chà nhám", "sawdust and sanding dust", "mùn cưa ép viên nén", "sawdust wanted for pellets", "sawdust"),
    Case("Dầu chiên đã qua sử dụng của bếp ăn", "used frying oil from canteens", "dầu mỡ thải để làm dầu diesel sinh học", "feedstock oil for biodiesel", "used-cooking-oil"),
    Case("Hèm bia, bã malt", "spent grains from the brewery", "nguyên liệu thức ăn gia súc", "cattle feed raw material", "brewers-grains"),
    Case("Vỏ đầu tôm", "shrimp heads and shells", "vỏ tôm để chiết kitin", "crustacean shells for chitosan", "shrimp-shells"),
    Case("Bùn thải từ trạm xử lý nước thải tập trung", "sludge from the central wastewater treatment plant", "nguyên liệu ủ phân compost", "compost raw material", "wwtp-bio-sludge"),
    Case("Nước thải sau xử lý đạt cột A", "tertiary treated effluent of the WWTP", "nước cấp cho tháp giải nhiệt", "cooling tower make-up water", "treated-wastewater-a", "m**3"),
    Case("Axit clohydric thải từ tẩy rỉ thép", "spent hydrochloric acid from pickling", "nguyên liệu làm phèn sắt", "raw material for ferric chloride coagulant", "hydrochloric-acid-spent"),
    Case("Phế liệu nhựa PP từ ép phun", "polypropylene regrind from injection moulding", "hạt nhựa PP tái sinh", "recycled polypropylene", "pp-scrap"),
    Case("Bìa carton phế liệu", "old corrugated cardboard", "giấy vụn làm bột giấy", "waste paper for pulping", "paper-board-waste"),
    Case("Mảnh kính vỡ", "broken glass cullet", "thủy tinh vụn cho lò nấu", "cullet for glass furnace", "glass-cullet"),
    Case("Khí CO2 từ lên men", "CO2 off-gas from fermentation", "CO2 thực phẩm cho nước ngọt", "carbon dioxide for beverages", "co2-off-gas"),
    Case("Hơi thừa áp suất thấp", "surplus low pressure steam", "hơi nước để sấy", "process steam", "steam-lp", "MWh"),
    Case("Nước nóng 80 độ từ máy nén khí", "hot water from compressor cooling", "nước nóng cho sấy", "hot water demand", "hot-water", "MWh"),
    Case("Dung môi axeton thải", "waste acetone solvent", "dung môi thải để chưng cất thu hồi", "spent solvents for distillation", "acetone-spent"),
    Case("Vải vụn từ xưởng may", "textile offcuts from garment factory", "vải vụn để xé sợi", "fabric scraps for fibre recovery", "textile-cutting-scrap"),
    Case("Phoi bào da, mùn bào da thuộc", "leather shavings", "mùn da làm da tái chế", "shavings for leatherboard", "leather-shavings"),
    Case("Dung dịch ăn mòn đồng thải từ mạch in", "spent copper etchant from PCB", "dung dịch chứa đồng để thu hồi", "copper solution for recovery", "etching-copper-acidic"),
    Case("Xỉ nhôm từ lò nấu", "aluminium dross", "xỉ nhôm thu hồi kim loại", "aluminium dross for metal recovery", "aluminium-dross"),
    Case("Xỉ lò cao", "granulated blast furnace slag", "xỉ hạt lò cao cho xi măng", "granulated slag of blast furnaces for grinding", "blast-furnace-slag"),
    Case("Bã cà phê", "spent coffee grounds", "chất đốt sinh khối", "biomass fuel", "coffee-grounds"),
)  # fmt: skip

UNLIKE = (
    ("dầu thải", "dầu ăn"),
    ("axit thải", "axit citric"),
    ("tro trấu", "tro bay"),
    ("bùn đỏ", "bùn giấy"),
    ("bột đá", "bột cá"),
    ("bột giấy", "bột mì"),
    ("vải vụn", "vải thiều"),
    ("than đá", "đá khô"),
    ("muối thải", "muội than"),
    ("cao su phế", "cao lanh"),
    ("nước thải sinh hoạt", "nước giải khát"),
    ("waste oil", "olive oil"),
    ("spent acid", "amino acid"),
    ("fly ash", "soda ash"),
    ("steel slag", "steel pipe"),
    ("waste paper", "sandpaper"),
)


def _side(rows: list[tuple[str, str]], *, is_offer: bool) -> pa.Table:
    here = {
        "park": None, "code": "", "quantity": 1000.0, "quantity_min": None, "quantity_max": None,
        "months": ALL_YEAR, "state": None, "hazard": None, "sorted": None, "price": None,
        "lat": 10.7 if is_offer else 10.709, "lon": 106.6, "estimated": False,
    }  # fmt: skip
    who = "offer" if is_offer else "need"
    return pa.Table.from_pylist(
        [
            {**here, "id": f"{who} {at}", "enterprise": f"{who} {at}", "name": name, "unit": unit}
            for at, (name, unit) in enumerate(rows)
        ],
        schema=STREAM_SCHEMA,
    )


def _find(offers: list[tuple[str, str]], needs: list[tuple[str, str]]) -> Matches:
    return match(
        Streams(
            _side(offers, is_offer=True), _side(needs, is_offer=False), QUALITY_SCHEMA.empty_table()
        ),
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=dt.date(2026, 3, 1),
        top=40,
    )


@pytest.mark.parametrize("case", CASES, ids=[case.offer_en for case in CASES])
def test_the_material_is_known_by_its_plain_name(case: Case) -> None:
    for name in (case.offer_vi, case.offer_en, case.offer_vi.upper()):
        found = code_stream(name, "", case.unit, None, load_knowledge(), load_codes())
        assert found and found[0].material == case.material, (name, found)


@pytest.mark.parametrize("languages", ["vi-vi", "en-en", "vi-en", "en-vi"])
def test_every_offer_finds_the_partner_meant_for_it(languages: str) -> None:
    """Among the first four of its list (four ask for biomass), and only rules stand before it, never mere words."""
    giver, taker = languages.split("-")
    offers = [(getattr(case, f"offer_{giver}"), case.unit) for case in CASES]
    needs = [(getattr(case, f"need_{taker}"), case.unit) for case in CASES]
    rows = _find(offers, needs).table.to_pylist()
    wrong = {}
    for at, (offer, _) in enumerate(offers):
        mine = [(row["need"], row["kind"]) for row in rows if row["offer"] == f"offer {at}"][:4]
        place = [need for need, _ in mine].index(f"need {at}") if f"need {at}" in dict(mine) else 4
        if place == 4 or any(kind == "text" for _, kind in mine[:place]):
            wrong[offer] = [(needs[int(need[5:])][0], kind) for need, kind in mine]
    assert wrong == {}


@pytest.mark.parametrize(("offer", "need"), UNLIKE, ids=[f"{a} / {b}" for a, b in UNLIKE])
def test_what_only_sounds_alike_is_not_put_together(offer: str, need: str) -> None:
    assert _find([(offer, "t")], [(need, "t")]).table.num_rows == 0
    assert _find([(need, "t")], [(offer, "t")]).table.num_rows == 0
