"""The columns of the workbook and its sheets: one a group of sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.carbon.engine.model import Kind
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column that every sheet has."""

    key: str
    name: Text
    width: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a plant measured itself, for some kinds of sources.

    ``unit`` is a pint expression; of a share it is empty: 85 % is written 85 % or 0.85.
    """

    key: str
    name: Text
    unit: str
    kinds: tuple[Kind, ...]

    @property
    def is_share(self) -> bool:
        """A number from 0 to 1."""
        return not self.unit


@dataclass(frozen=True, slots=True)
class Group:
    """A sheet: the kinds it offers; with one kind the column may stay empty."""

    id: str
    name: Text
    kinds: tuple[Kind, ...]


COLUMNS = (
    Column("subject", Text("Doanh nghiệp", "Enterprise"), 26,
           ("mã doanh nghiệp", "cơ sở", "company", "facility", "tên doanh nghiệp")),
    Column("year", Text("Năm", "Year"), 8, ("năm báo cáo", "reporting year")),
    Column("kind", Text("Loại nguồn", "Kind of source"), 30, ("nguồn", "kind", "loại")),
    Column("what", Text("Nhiên liệu, chất, hoạt động", "What"), 34,
           ("nhiên liệu", "chất", "hoạt động", "fuel", "activity", "tên")),
    Column("quantity", Text("Lượng", "Quantity"), 14,
           ("số lượng", "khối lượng", "lượng sử dụng", "amount", "mức tiêu thụ")),
    Column("unit", Text("Đơn vị", "Unit"), 10, ("đvt", "đơn vị tính", "units")),
    Column("category", Text("Nhóm, cách xử lý", "Category"), 30,
           ("nhóm", "cách xử lý", "nhóm hệ số", "treatment", "loại hình")),
    Column("scope", Text("Phạm vi", "Scope"), 9, ("scope",)),
    Column("uncertainty", Text("Sai số (± %)", "Uncertainty (± %)"), 12,
           ("sai số", "độ không chắc chắn", "uncertainty")),
    Column("supplier", Text("Bên cung cấp (mã khu)", "Supplier (code of the park)"), 18,
           ("bên cung cấp", "nhà cung cấp", "supplier")),
    Column("note", Text("Minh chứng, ghi chú", "Evidence, notes"), 36,
           ("minh chứng", "ghi chú", "evidence", "notes", "note", "hóa đơn")),
    Column("line", Text("Mã dòng", "Line"), 10, ("mã", "line code")),
)  # fmt: skip

_BURNT: tuple[Kind, ...] = ("stationary", "mobile")
_WEIGHT: tuple[Kind, ...] = ("incineration",)
PARAMETERS = (
    Parameter("ncv", Text("Nhiệt trị NCV", "NCV"), "GJ/t", _BURNT),
    Parameter("density", Text("Khối lượng riêng", "Density"), "kg/m**3", _BURNT),
    Parameter("oxidation", Text("Hệ số oxy hóa", "Oxidation factor"), "", _BURNT),
    Parameter("ef_co2", Text("Hệ số CO2", "CO2 factor"), "kg/TJ", (*_BURNT, "heat")),
    Parameter("ef_ch4", Text("Hệ số CH4", "CH4 factor"), "kg/TJ", (*_BURNT, "heat")),
    Parameter("ef_n2o", Text("Hệ số N2O", "N2O factor"), "kg/TJ", (*_BURNT, "heat")),
    Parameter("ef", Text("Hệ số bên bán điện", "Supplier's power factor"), "t/MWh",
              ("electricity",)),
    Parameter("enthalpy", Text("Enthalpy của hơi", "Enthalpy of steam"), "kJ/kg", ("heat",)),
    Parameter("efficiency", Text("Hiệu suất lò hơi bên bán", "Supplier's boiler efficiency"), "",
              ("heat",)),
    Parameter("supplier_co2", Text("CO2 của nhiệt bên bán", "Supplier's CO2 of heat"), "kg/TJ",
              ("heat",)),
    Parameter("supplier_ch4", Text("CH4 của nhiệt bên bán", "Supplier's CH4 of heat"), "kg/TJ",
              ("heat",)),
    Parameter("supplier_n2o", Text("N2O của nhiệt bên bán", "Supplier's N2O of heat"), "kg/TJ",
              ("heat",)),
    Parameter("charge_new", Text("Nạp máy mới", "Charge of new equipment"), "kg",
              ("refrigerant",)),
    Parameter("k", Text("Hao khi nạp", "Loss at filling"), "", ("refrigerant",)),
    Parameter("charge", Text("Lượng trong máy đang chạy", "Charge in operation"), "kg",
              ("refrigerant",)),
    Parameter("x", Text("Rò rỉ hằng năm", "Yearly leakage"), "", ("refrigerant",)),
    Parameter("disposed", Text("Lượng trong máy thải bỏ", "Charge of disposed equipment"), "kg",
              ("refrigerant",)),
    Parameter("y", Text("Phần còn lại khi thải bỏ", "Left at disposal"), "", ("refrigerant",)),
    Parameter("z", Text("Tỷ lệ thu hồi", "Recovery rate"), "", ("refrigerant",)),
    Parameter("cod", Text("COD", "COD"), "kg/m**3", ("wastewater",)),
    Parameter("water", Text("Nước thải trên tấn sản phẩm", "Wastewater per tonne"), "m**3/t",
              ("wastewater",)),
    Parameter("b0", Text("B0", "B0"), "kg/kg", ("wastewater",)),
    Parameter("mcf", Text("MCF", "MCF"), "", ("wastewater", "landfill")),
    Parameter("removed", Text("COD theo bùn", "COD removed with sludge"), "kg", ("wastewater",)),
    Parameter("recovered", Text("CH4 thu hồi", "CH4 recovered"), "kg", ("wastewater", "landfill")),
    Parameter("nitrogen", Text("Ni-tơ tổng", "Total nitrogen"), "kg/m**3", ("wastewater",)),
    Parameter("ef_n2o", Text("Hệ số N2O-N", "N2O-N factor"), "kg/kg", ("wastewater",)),
    Parameter("doc", Text("DOC", "DOC"), "", ("landfill",)),
    Parameter("docf", Text("DOCf", "DOCf"), "", ("landfill",)),
    Parameter("f", Text("Tỷ lệ CH4 trong khí bãi (F)", "Share of CH4 in landfill gas (F)"), "",
              ("landfill",)),
    Parameter("ox", Text("OX", "OX"), "", ("landfill",)),
    Parameter("dm", Text("Tỷ lệ chất khô", "Dry matter"), "", _WEIGHT),
    Parameter("carbon", Text("Tỷ lệ các-bon", "Carbon share"), "", _WEIGHT),
    Parameter("fossil", Text("Tỷ lệ các-bon hóa thạch", "Fossil share of carbon"), "", _WEIGHT),
    Parameter("of", Text("Hệ số cháy hết", "Oxidised share"), "", _WEIGHT),
    Parameter("ef", Text("Hệ số riêng của quá trình", "Own process factor"), "t/t", ("process",)),
    Parameter("cao", Text("Tỷ lệ CaO", "CaO share"), "", ("process",)),
    Parameter("ckd", Text("Hệ số bụi lò CKD", "CKD factor"), "kg/kg", ("process",)),
    Parameter("cullet", Text("Tỷ lệ mảnh vụn thủy tinh", "Share of cullet"), "", ("process",)),
    Parameter("energy", Text("Năng lượng trên tấn amoniac", "Energy per tonne of ammonia"), "GJ/t",
              ("process",)),
    Parameter("carbon", Text("Các-bon của nguyên liệu", "Carbon of the feed"), "kg/GJ",
              ("process",)),
    Parameter("urea_t", Text("Urê sản xuất", "Urea made"), "t", ("process",)),
    Parameter("ef", Text("Hệ số t CO2e trên đơn vị", "Factor, t CO2e per unit"), "t", ("other",)),
)  # fmt: skip
"""Everything ``carbon.engine`` asks a plant for; a key can mean another thing for another kind."""

GROUPS = (
    Group("fuels", Text("Nhiên liệu", "Fuels"), _BURNT),
    Group("energy", Text("Điện, hơi", "Power, steam"), ("electricity", "heat")),
    Group("refrigerants", Text("Môi chất lạnh", "Refrigerants"), ("refrigerant",)),
    Group("wastewater", Text("Nước thải", "Wastewater"), ("wastewater",)),
    Group("waste", Text("Chất thải", "Waste"), ("landfill", "incineration", "biological")),
    Group("processes", Text("Quá trình", "Processes"), ("process",)),
    Group("scope3", Text("Phạm vi 3", "Scope 3"), ("other",)),
)
GUIDE = Text("Hướng dẫn", "Guide")
LISTS = "_lists"


def parameters_of(group: Group) -> tuple[Parameter, ...]:
    """Return the parameters that a sheet offers, in their order."""
    return tuple(one for one in PARAMETERS if set(one.kinds) & set(group.kinds))


def by_kind(kind: Kind) -> Mapping[str, Parameter]:
    """Return the parameters that mean something for *kind*, by key."""
    return {one.key: one for one in PARAMETERS if kind in one.kinds}
