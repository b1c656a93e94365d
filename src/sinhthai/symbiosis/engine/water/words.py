"""What people call the columns of a list of water users, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.lists import MESSAGES, Column, Layout, Messages

_WATER = (("m**3/hour", 1.0),)  # 1 m³ of water is 1 t
_DILUTE = (("ppm", 1.0),)  # 1 mg in a litre of water is 1 mg in a kilogram

COLUMNS: Final[Mapping[str, Column]] = {
    "owner": Column(
        Text("Doanh nghiệp", "Enterprise"), "", ("nha may", "company", "plant", "zone", "owner")
    ),
    "name": Column(
        Text("Quá trình", "Process"),
        "",
        ("ten", "ten qua trinh", "cong doan", "name", "operation", "unit operation", "diem dung"),
    ),
    "kind": Column(Text("Loại", "Kind"), "", ("type",)),
    "contaminant": Column(
        Text("Chất bẩn", "Contaminant"), "", ("chat o nhiem", "thong so", "parameter", "pollutant")
    ),
    "load": Column(
        Text("Tải lượng", "Load"),
        "kg/hour",
        ("tai", "tai luong chat ban", "mass load", "contaminant load"),
    ),
    "inlet": Column(
        Text("Nồng độ vào tối đa", "Inlet max"),
        "mg/L",
        ("nong do vao", "vao toi da", "cin", "c in", "cin max", "inlet", "max inlet",
         "inlet concentration", "max inlet concentration"),
        _DILUTE,
    ),
    "outlet": Column(
        Text("Nồng độ ra tối đa", "Outlet max"),
        "mg/L",
        ("nong do ra", "ra toi da", "cout", "c out", "cout max", "outlet", "max outlet",
         "outlet concentration", "max outlet concentration"),
        _DILUTE,
    ),
    "flow": Column(
        Text("Lưu lượng", "Flow"),
        "t/hour",
        ("luu luong gioi han", "luong nuoc", "flow rate", "flowrate", "limiting flow",
         "limiting flow rate"),
        _WATER,
    ),
    "concentration": Column(
        Text("Nồng độ", "Concentration"), "mg/L", ("c", "conc", "quality"), _DILUTE
    ),
    "note": Column(
        Text("Ghi chú", "Note"), "", ("stt", "no", "#", "notes", "remarks", "dien giai")
    ),
}  # fmt: skip

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "process": frozenset({"process", "qua trinh", "cong doan", "p"}),
    "source": frozenset({"source", "nguon", "nguon thai", "supply"}),
    "sink": frozenset({"sink", "noi dung", "noi nhan", "demand", "user", "ho dung"}),
}
KIND_CHOICES: Final = Text("quá trình, nguồn, nơi dùng", "process, source, sink")

_MESSAGES: Final[Messages] = {
    **MESSAGES,
    "no_load": (
        Text(
            "Quá trình “{name}” không có tải lượng, cũng không có lưu lượng.",
            "Process “{name}” has neither a load nor a flow.",
        ),
        Text(
            "Ghi tải lượng chất bẩn (kg/h), hoặc lưu lượng giới hạn (t/h).",
            "Give the load it picks up (kg/h), or its limiting flow (t/h).",
        ),
    ),
    "load_twice": (
        Text(
            "Quá trình “{name}”: tải lượng ghi là {load} kg/h nhưng lưu lượng × chênh nồng độ là "
            "{other} kg/h.",
            "Process “{name}”: the load says {load} kg/h but flow × rise of concentration is "
            "{other} kg/h.",
        ),
        Text("Sửa một trong hai, hoặc để trống một ô.", "Correct one of them, or leave one empty."),
    ),
    "zero_load": (
        Text(
            "Quá trình “{name}” không lấy chất bẩn nào (tải lượng 0) nên không cần nước.",
            "Process “{name}” picks up nothing (load 0), so it needs no water.",
        ),
        Text("Ghi tải lượng thật, hoặc bỏ quá trình này.", "Write the real load, or remove it."),
    ),
    "zero_flow": (
        Text("“{name}” có lưu lượng bằng 0.", "“{name}” has a flow of 0."),
        Text("Ghi lưu lượng thật, hoặc bỏ hàng này.", "Write the real flow, or remove the row."),
    ),
    "inlet_not_cleaner": (
        Text(
            "Quá trình “{name}”: nước vào ({inlet} mg/L) không sạch hơn nước ra ({outlet} mg/L).",
            "Process “{name}”: the inlet ({inlet} mg/L) is not cleaner than the outlet "
            "({outlet} mg/L).",
        ),
        Text(
            "Đổi chỗ hai nồng độ, hoặc sửa lại.",
            "Swap the two concentrations, or correct one.",
        ),
    ),
    "fresh_too_dirty": (
        Text(
            "“{name}” cần nước vào sạch đến {inlet} mg/L, nhưng nước cấp đã có {fresh} mg/L.",
            "“{name}” needs water as clean as {inlet} mg/L, but fresh water has {fresh} mg/L.",
        ),
        Text(
            "Sửa nồng độ vào tối đa, hoặc --fresh; hoặc xử lý nước cấp trước.",
            "Correct the inlet limit or --fresh; or treat the fresh water first.",
        ),
    ),
    "named_twice": (
        Text("“{name}” có hai lần{about}.", "“{name}” stands there twice{about}."),
        Text("Bỏ một hàng, hoặc đặt tên khác.", "Remove one row, or name it differently."),
    ),
    "contaminant_missing": (
        Text(
            "Quá trình “{name}” thiếu chất bẩn: {missing}.",
            "Process “{name}” lacks the contaminant: {missing}.",
        ),
        Text(
            "Thêm một hàng cho nó; nếu không lấy thêm thì tải lượng 0, vẫn ghi hai nồng độ.",
            "Add a row for it; where it picks up none, load 0 with both concentrations.",
        ),
    ),
    "contaminant_unnamed": (
        Text(
            "Hàng này không ghi chất bẩn, hàng khác thì có.",
            "This row names no contaminant, others do.",
        ),
        Text("Ghi tên chất bẩn ở mọi hàng.", "Name the contaminant in every row."),
    ),
    "taps_of_several": (
        Text(
            "Nguồn và nơi dùng chỉ tính được với một chất bẩn; tệp này có {count}.",
            "Sources and sinks can be answered for one contaminant; this file has {count}.",
        ),
        Text(
            "Giữ chất quyết định nhất; hoặc mô tả bằng quá trình (tải lượng, vào, ra).",
            "Keep the one that decides; or describe processes (load, inlet, outlet).",
        ),
    ),
    "mixed_kinds": (
        Text(
            "Tệp trộn quá trình (tải lượng cố định) với nguồn và nơi dùng (lưu lượng cố định).",
            "The file mixes processes (fixed load) with sources and sinks (fixed flow).",
        ),
        Text(
            "Chia làm hai tệp; hoặc ghi mỗi quá trình thành một nơi dùng (lưu lượng, nồng độ vào) "
            "và một nguồn (lưu lượng, nồng độ ra).",
            "Make two files; or write each process as a sink (flow, inlet) and a source "
            "(flow, outlet).",
        ),
    ),
    "quality_option": (
        Text(
            "Không hiểu {option} “{written}”{why}.", "{option} “{written}” is not understood{why}."
        ),
        Text(
            "Ghi một nồng độ (mg/L) chung, hoặc từng chất: {example}.",
            "Write one concentration (mg/L) for all, or one a contaminant: {example}.",
        ),
    ),
    "cleaned_too_clean": (
        Text(
            "Nước sau xử lý ({outlet} mg/L) không bẩn hơn nước cấp ({fresh} mg/L): nó thay hẳn "
            "nước cấp.",
            "Cleaned water ({outlet} mg/L) is no dirtier than fresh water ({fresh} mg/L): it "
            "replaces it.",
        ),
        Text("Sửa --regeneration hoặc --fresh.", "Correct --regeneration or --fresh."),
    ),
    "no_cleaning_of_taps": (
        Text(
            "--regeneration chỉ dùng cho quá trình, không cho nguồn và nơi dùng.",
            "--regeneration is for processes, not for sources and sinks.",
        ),
        Text(
            "Bỏ tùy chọn này, hoặc ghi nước đã xử lý thành một nguồn.",
            "Drop the option, or write the cleaned water as a source.",
        ),
    ),
    "not_positive": (
        Text("{option} phải lớn hơn 0 ({value}).", "{option} has to be above 0 ({value})."),
        Text("Ghi một số dương.", "Write a positive number."),
    ),
    "hours_out_of_range": (
        Text(
            "{value} giờ một năm: phải trên 0, nhiều nhất 8784.",
            "{value} hours a year: it has to be above 0, at most 8784.",
        ),
        Text("Ghi ví dụ --hours 8000.", "Write for example --hours 8000."),
    ),
}
LAYOUT: Final = Layout(
    COLUMNS,
    _MESSAGES,
    {"nong do": ("inlet", "outlet", "concentration"),
     "concentration": ("inlet", "outlet", "concentration")},
)  # fmt: skip
