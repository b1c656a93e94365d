"""What can be wrong with a list of heat streams, beyond what can be with any list."""

from __future__ import annotations

from typing import Final

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine import lists
from sinhthai.symbiosis.engine.lists import MESSAGES, Messages


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in; a Text fills in its own language."""
    return lists.problem(code, place, messages=KINDS, **values)


KINDS: Final[Messages] = {
    **MESSAGES,
    # --- the file as a whole
    "no_headings": (
        Text(
            "Không thấy hàng tiêu đề có nhiệt độ vào và nhiệt độ ra.",
            "There is no heading row with a supply and a target temperature.",
        ),
        Text(
            "Ghi hàng tiêu đề, ví dụ: Tên | Tvào (°C) | Tra (°C) | CP (kW/K).",
            "Write a heading row, for example: Name | Supply (°C) | Target (°C) | CP (kW/K).",
        ),
    ),
    "no_streams": (
        Text("Không có dòng nhiệt nào dưới tiêu đề.", "There is no heat stream below the heading."),
        Text("Ghi mỗi dòng nhiệt trên một hàng.", "Write one heat stream a row."),
    ),
    # --- a temperature
    "below_absolute_zero": (
        Text(
            "{value} °C thấp hơn độ không tuyệt đối (−273,15 °C).",
            "{value} °C is below absolute zero (−273.15 °C).",
        ),
        Text("Kiểm tra nhiệt độ và đơn vị của cột.", "Check the temperature and its unit."),
    ),
    "implausibly_hot": (
        Text(
            "{value} °C nóng hơn mọi quá trình công nghiệp.",
            "{value} °C is hotter than any industrial process.",
        ),
        Text("Kiểm tra đơn vị của cột (°C, K, °F).", "Check the unit of the column (°C, K, °F)."),
    ),
    # --- a stream
    "no_load": (
        Text(
            "Dòng “{name}” không có CP, công suất nhiệt, cũng không có lưu lượng và nhiệt dung.",
            "Stream “{name}” has no CP, no duty, and no flow with a specific heat.",
        ),
        Text("Ghi một trong ba.", "Give one of the three."),
    ),
    "load_twice": (
        Text(
            "Dòng “{name}”: công suất nhiệt ghi là {duty} kW nhưng CP · ΔT là {other} kW.",
            "Stream “{name}”: the duty says {duty} kW but CP · ΔT is {other} kW.",
        ),
        Text("Sửa một trong hai, hoặc để trống một ô.", "Correct one of them, or leave one empty."),
    ),
    "zero_capacity": (
        Text("Dòng “{name}” có {column} bằng 0.", "Stream “{name}” has a {column} of 0."),
        Text("Ghi giá trị thật, hoặc bỏ hàng này.", "Write the real value, or remove the row."),
    ),
    "negative": (
        Text("{column} không được âm ({value}).", "{column} cannot be negative ({value})."),
        Text(
            "Ghi số dương; chiều nóng hay lạnh do nhiệt độ quyết định.",
            "Write it positive; the temperatures say whether the stream is hot or cold.",
        ),
    ),
    "constant_without_kind": (
        Text(
            "Dòng “{name}” có nhiệt độ vào bằng nhiệt độ ra: không biết là nóng hay lạnh.",
            "Stream “{name}” leaves as warm as it came: it may be hot or cold.",
        ),
        Text(
            "Ghi “nóng” (ngưng tụ) hoặc “lạnh” (bay hơi) ở cột Loại.",
            "Write “hot” (condenses) or “cold” (evaporates) in the column Kind.",
        ),
    ),
    "constant_without_duty": (
        Text(
            "Dòng “{name}” có nhiệt độ không đổi nên CP không cho biết công suất nhiệt.",
            "Stream “{name}” stays at one temperature, so CP does not say its duty.",
        ),
        Text("Ghi công suất nhiệt (kW).", "Give its duty (kW)."),
    ),
    "kind_against_temperatures": (
        Text(
            "Dòng “{name}” ghi là {kind} nhưng nhiệt độ đi từ {supply} đến {target} °C.",
            "Stream “{name}” is called {kind} but goes from {supply} to {target} °C.",
        ),
        Text(
            "Đổi chỗ hai nhiệt độ, hoặc sửa cột Loại.",
            "Swap the two temperatures, or correct the column Kind.",
        ),
    ),
    "named_twice": (
        Text(
            "Dòng “{name}” của “{zone}” có hai lần, giống hệt nhau.",
            "Stream “{name}” of “{zone}” stands there twice, exactly alike.",
        ),
        Text("Bỏ một hàng, hoặc đặt tên khác.", "Remove one row, or name it differently."),
    ),
    # --- utilities, enterprises, options
    "price_some": (
        Text(
            "Có tiện ích ghi giá, có tiện ích để trống.", "Some utilities have a price, some not."
        ),
        Text("Ghi giá cho tất cả, hoặc không ghi giá nào.", "Price all of them, or none."),
    ),
    "difference_out_of_range": (
        Text(
            "ΔTmin phải lớn hơn 0 và nhỏ hơn 500 K ({value}).",
            "ΔTmin has to be above 0 and below 500 K ({value}).",
        ),
        Text("Ghi ví dụ --dtmin 10.", "Write for example --dtmin 10."),
    ),
    "days_out_of_range": (
        Text(
            "{value} ngày chạy một năm: phải từ 1 đến 366.",
            "{value} days a year: it has to be from 1 to 366.",
        ),
        Text("Ghi số ngày chạy thật.", "Write the days it really runs."),
    ),
    "hour_out_of_range": (
        Text("{value} không phải là giờ trong ngày.", "{value} is not an hour of the day."),
        Text("Ghi từ 0 đến 24.", "Write 0 to 24."),
    ),
    "place_unknown": (
        Text(
            "Doanh nghiệp “{name}” không có trong bảng doanh nghiệp.",
            "The enterprise “{name}” is not in the table of enterprises.",
        ),
        Text("Ghi vị trí của doanh nghiệp đó.", "Give its place."),
    ),
    "place_out_of_range": (
        Text(
            "Vị trí {lat}, {lon} không ở trên đất liền hay biển Việt Nam hoặc đã đổi chỗ.",
            "The place {lat}, {lon} is outside every map range, at 0,0 or swapped.",
        ),
        Text(
            "Ghi vĩ độ rồi kinh độ, ví dụ 10,64 và 106,75.",
            "Give latitude, then longitude, for example 10.64 and 106.75.",
        ),
    ),
}
