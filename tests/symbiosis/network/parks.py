"""Parks the tests (and the examples) are made of. Every figure in them is invented."""

from __future__ import annotations

from dataclasses import replace

from sinhthai.symbiosis.engine.network import (
    Accept,
    Choice,
    Limit,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Spot,
    Treatment,
    candidate_links,
)

ASH, CLEAN_ASH, GYPSUM = "coal-fly-ash", "graded-fly-ash", "fgd-gypsum"
DYE_WATER, FOOD_WATER, REUSE, HEAT = "dye-effluent", "food-effluent", "reuse-water", "hot-water"


def example_park() -> Network:
    """Return the park of ``examples/park.xlsx``: ash, gypsum, water and heat of nine enterprises."""
    park = Network(
        materials=(
            Material(ASH, "t", "Tro bay than"),
            Material(CLEAN_ASH, "t", "Tro bay tuyển"),
            Material(GYPSUM, "t", "Thạch cao khử lưu huỳnh"),
            Material(DYE_WATER, "m**3", "Nước thải dệt nhuộm sau xử lý"),
            Material(FOOD_WATER, "m**3", "Nước thải thực phẩm sau xử lý"),
            Material(REUSE, "m**3", "Nước tái sử dụng"),
            Material(HEAT, "MWh", "Nước nóng 90 °C"),
        ),
        sources=(
            Source("dien-tro", ASH, 60e3, 20e3, 90e3, 0.0, {"loi": 9.0}, "dien", "Điện Bình Minh – tro bay", Spot(10.750, 106.930)),
            Source("dien-thach-cao", GYPSUM, 18e3, 0.0, 80e3, 0.0, {"moisture": 11.0}, "dien", "Điện Bình Minh – thạch cao", Spot(10.750, 106.930)),
            Source("dien-nhiet", HEAT, 40e3, 0.0, 0.0, 0.0, {}, "dien", "Điện Bình Minh – nước làm mát", Spot(10.750, 106.930)),
            Source("det-tro", ASH, 8e3, 0.0, 120e3, 0.0, {"loi": 14.0}, "det", "Dệt Hòa An – tro lò hơi", Spot(10.758, 106.941)),
            Source("det-nuoc", DYE_WATER, 400e3, 0.0, 9e3, 0.0003, {"cod": 140.0, "tds": 1_800.0}, "det", "Dệt Hòa An – nước thải", Spot(10.758, 106.941)),
            Source("tp-nuoc", FOOD_WATER, 150e3, 0.0, 9e3, 0.0003, {"cod": 95.0, "tds": 600.0}, "tp", "Thực phẩm Tân Lộc – nước thải", Spot(10.746, 106.944)),
        ),
        sinks=(
            Sink("xi-mang", (Accept(CLEAN_ASH), Accept(ASH)), 32e3, 0.0, 380e3, 0.72, (Limit("loi", high=6.0),), "xm", "Xi măng Phú Thạnh", Spot(10.765, 106.925)),
            Sink("gach", (Accept(ASH),), 18e3, 0.0, 130e3, 0.05, (Limit("loi", high=10.0),), "gach", "Gạch không nung An Phát", Spot(10.741, 106.927)),
            Sink("tam-thach-cao", (Accept(GYPSUM),), 14e3, 0.0, 620e3, 0.02, (Limit("moisture", high=12.0),), "ttc", "Tấm thạch cao Vĩnh Tường Tân", Spot(10.762, 106.949)),
            Sink("nuoc-lam-mat", (Accept(REUSE),), 160e3, 0.0, 13e3, 0.0004, (Limit("cod", high=50.0), Limit("tds", high=1_000.0)), "thep", "Thép Đại Thành – nước làm mát", Spot(10.755, 106.937)),
            Sink("tuoi-cay", (Accept(REUSE), Accept(FOOD_WATER)), 70e3, 15e3, 9e3, 0.0004, (Limit("cod", high=75.0),), "ht", "Công ty hạ tầng – tưới cây", Spot(10.752, 106.934)),
            Sink("say-go", (Accept(HEAT),), 16e3, 0.0, 520e3, 0.24, (), "go", "Gỗ Trường Sơn – sấy", Spot(10.747, 106.933)),
            Sink("tp-nhiet", (Accept(HEAT),), 7e3, 0.0, 520e3, 0.24, (), "tp", "Thực phẩm Tân Lộc – gia nhiệt", Spot(10.746, 106.944)),
        ),
        treatments=(
            Treatment("tuyen-tro", (Accept(ASH),), (Output(CLEAN_ASH, 0.86, 60e3, 0.0, {"loi": 4.5}),), 40e3, 10e3, 16e9, 0.9e9, 42e3, 0.01, (Limit("loi", high=12.0),), "ht", "Trạm tuyển tro", Spot(10.752, 106.931)),
            Treatment("loc-mang", (Accept(DYE_WATER), Accept(FOOD_WATER)), (Output(REUSE, 0.72, 3e3, 0.0, {"cod": 25.0, "tds": 350.0}),), 260e3, 60e3, 14e9, 0.6e9, 4.8e3, 0.0008, (Limit("cod", high=150.0), Limit("tds", high=2_000.0)), "ht", "Trạm lọc màng", Spot(10.753, 106.938)),
            Treatment("bai-loc", (Accept(DYE_WATER), Accept(FOOD_WATER)), (Output(REUSE, 0.95, 0.0, 0.0, {}, {"cod": 0.55, "tds": 0.0}),), 90e3, 0.0, 3.2e9, 0.15e9, 0.9e3, 0.0, (Limit("cod", high=160.0),), "ht", "Bãi lọc trồng cây", Spot(10.751, 106.936)),
        ),
        modes=(
            Mode("xe-tai", "truck", unit_km=3.2e3, unit=14e3, fixed=25e6, co2_km=1.1e-4, materials=(ASH, CLEAN_ASH, GYPSUM), name="Xe tải"),
            Mode("ong-nuoc", "pipe", unit=250.0, fixed=12e6, investment_km=1.1e9, longest=5_000.0, materials=(DYE_WATER, FOOD_WATER, REUSE), name="Ống nước"),
            Mode("ong-nhiet", "pipe", unit=6e3, fixed=60e6, investment_km=5.5e9, loss_km=0.02, longest=3_000.0, capacity=25e3, materials=(HEAT,), name="Ống nước nóng"),
        ),
        choices=(Choice("mot-tram-nuoc", ("loc-mang", "bai-loc")),),
        budget=45e9,
        name="KCN Bình Minh (minh họa)",
        invented=True,
    )  # fmt: skip
    return replace(park, links=candidate_links(park))


def infeasible_park() -> Network:
    """Return the park of ``examples/park-infeasible.xlsx``: the steel works insist on their water."""
    park = example_park()
    sinks = [
        replace(sink, at_least=150e3) if sink.id == "nuoc-lam-mat" else sink for sink in park.sinks
    ]
    return replace(park, sinks=tuple(sinks), budget=8e9)


def dantzig() -> Network:
    """Return Dantzig's transport problem (1963, Linear Programming and Extensions, 3-3): 153.675."""
    miles = {"seattle": (2.5, 1.7, 1.8), "san-diego": (2.5, 1.8, 1.4)}
    needs = {"new-york": 325.0, "chicago": 300.0, "topeka": 275.0}
    return Network(
        materials=(Material("case", "t"),),
        sources=(Source("seattle", "case", 350.0), Source("san-diego", "case", 600.0)),
        sinks=tuple(
            Sink(name, (Accept("case"),), need, at_least=need) for name, need in needs.items()
        ),
        modes=(Mode("truck", unit_km=0.09),),
        links=tuple(
            Link(source, sink, "truck", distance=far * 1000)
            for source, row in miles.items()
            for sink, far in zip(needs, row, strict=True)
        ),
    )


def everything_once() -> Network:
    """Return a small network in which every constraint has at least one row."""
    return Network(
        materials=(Material("ash", "t"), Material("clean", "t"), Material("rest", "t")),
        sources=(
            Source("a", "ash", 100.0, at_least=10.0, disposal=5.0, qualities={"loi": 8.0}),
            Source("b", "ash", 60.0, disposal=3.0, disposal_co2=0.1, qualities={"loi": 3.0}),
        ),
        sinks=(
            Sink("k", (Accept("ash", 0.9), Accept("clean")), 80.0, at_least=20.0, purchase=12.0, purchase_co2=0.5, limits=(Limit("loi", high=5.0),)),
            Sink("l", (Accept("ash"), Accept("rest")), 50.0, purchase=4.0),
        ),
        treatments=(
            Treatment(
                "t", (Accept("ash"),),
                (Output("clean", 0.8, qualities={"loi": 2.0}), Output("rest", 0.2, disposal=1.0)),
                capacity=70.0, at_least=15.0, investment=200.0, fixed=10.0, cost=1.0,
            ),
        ),
        modes=(
            Mode("truck", unit_km=0.1, fixed=6.0, co2_km=0.001),
            Mode("pipe", "pipe", investment_km=20.0, loss_km=0.05),
        ),
        links=(
            Link("a", "k", "truck", 3_000.0),
            Link("b", "k", "truck", 2_000.0, at_least=12.0),
            Link("a", "l", "pipe", 1_000.0),
            Link("a", "t", "pipe", 2_000.0),
            Link("b", "t", "truck", 1_000.0),
            Link("t", "k", "truck", 1_000.0, material="clean"),
            Link("t", "l", "truck", 1_500.0, material="rest"),
        ),
        choices=(Choice("one", ("a>k", "a>l")),),
        budget=260.0,
    )  # fmt: skip
