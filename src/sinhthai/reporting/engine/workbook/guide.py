"""The first sheet: how to fill in the workbook, side by side in both languages."""

from __future__ import annotations

from typing import Final

from xlsxwriter.worksheet import Worksheet

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.dressing import Dress, height_of, protect, set_up_print
from sinhthai.reporting.engine.workbook.earlier import EARLIER, split_key
from sinhthai.reporting.engine.workbook.model import WorkbookSpec
from sinhthai.reporting.engine.workbook.words import both

_TITLE: Final = Text("Cách điền sổ báo cáo", "How to fill in this workbook")
_STEPS: Final = (
    Text(
        "1. Trang “KCN · Park” hỏi về khu; trang “Doanh nghiệp · Enterprises” hỏi về từng doanh "
        "nghiệp, mỗi doanh nghiệp một hàng. Giá trị đã biết được điền sẵn: chỉ sửa chỗ đã đổi.",
        "1. The sheet “KCN · Park” asks about the park, “Doanh nghiệp · Enterprises” about each "
        "enterprise, one row each. What is known is filled in: change only what has changed.",
    ),
    Text(
        "2. Ô màu vàng nhạt còn thiếu. Ô xám không sửa được. Ô có danh sách thì chọn trong đó.",
        "2. Pale yellow cells are still missing. Grey cells cannot be changed. Use the lists.",
    ),
    Text(
        "3. Để trống nghĩa là chưa khai: không phải 0 và không phải “Không”. Giá trị đã lưu được "
        "giữ nguyên. Muốn rút lại một giá trị, chọn “chưa khai”.",
        "3. Blank means not reported: not zero, and not “No”. A stored value stays. To withdraw "
        "a value choose “not reported”.",
    ),
    Text(
        "4. “không áp dụng” khi câu hỏi không liên quan đến khu hoặc doanh nghiệp; “bảo mật” khi "
        "biết nhưng không được cung cấp. Số 0 chỉ ghi khi thật sự bằng không.",
        "4. “not applicable” when the question does not concern it; “confidential” when known "
        "but not to be given. Write 0 only where it truly is zero.",
    ),
    Text(
        "5. Số ghi kiểu Việt Nam (1.234,5) hay kiểu Anh (1,234.5) đều được. Một dấu đứng trước "
        "đúng ba chữ số (1.234) không rõ nghĩa nên bị hỏi lại: ghi 1234 hoặc 1,2340.",
        "5. Numbers may be written 1.234,5 or 1,234.5. One mark before exactly three digits "
        "(1.234) is unclear and will be asked about: write 1234 or 1.2340.",
    ),
    Text(
        "6. Ghi theo đơn vị của hàng hoặc cột. Có thể kèm đơn vị khác cùng loại (12500 m2 cho ha). "
        "Phần trăm ghi 25%. Biết một phần thì ghi ≥ 30, ≤ 189 hoặc khoảng 140.",
        "6. Use the unit of the row or column; another of the same kind may be added (12500 m2 "
        "for ha). Write percentages as 25%. Partly known: write ≥ 30, ≤ 189 or about 140.",
    ),
    Text(
        "7. Được thêm ghi chú, cột hay hàng riêng, sắp xếp lại cột: hệ thống tìm theo mã ẩn và "
        "tiêu đề. Không gộp ô. Doanh nghiệp mới: thêm ở trang Doanh nghiệp của hệ thống trước.",
        "7. You may add notes, columns or rows and move columns: they are found by hidden code "
        "and heading. Do not merge cells. New enterprises are first added in the system.",
    ),
    Text(
        "8. Lưu tệp .xlsx rồi tải lên. Hệ thống cho xem trước mọi thay đổi; chưa có gì được ghi "
        "cho đến khi bấm Áp dụng, và có thể hoàn tác.",
        "8. Save as .xlsx and upload it. You see every change first; nothing is written before "
        "Apply, and it can be undone.",
    ),
)


_EARLIER: Final = Text(
    "9. Phần “Các năm trước” hỏi lại việc tuân thủ pháp luật của từng năm trước, vì điểm a "
    "khoản 1 và điểm a khoản 2 Điều 37 Nghị định 35/2022/NĐ-CP xét {n} năm liền. Trang “Năm "
    "trước”, nếu có, chỉ để so sánh.",
    "9. “Earlier years” asks again, for each year before, whether the law was obeyed: Articles "
    "37.1.a and 37.2.a of Decree 35/2022 look at {n} years running. The sheet “Last year”, where "
    "there is one, is only to compare with.",
)


def write_guide(sheet: Worksheet, spec: WorkbookSpec, dress: Dress) -> None:
    """Write the guide: whose workbook this is, then the steps."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 1, 72, dress.style("guide"))
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{both(spec.park_name)} · {spec.year}", dress.style("title"))
    day = spec.exported_at.date()
    sheet.write_string(1, 0, f"Tải về ngày {format_date(day, 'vi')}", dress.style("subtitle"))
    sheet.write_string(1, 1, f"Downloaded {format_date(day, 'en')}", dress.style("subtitle"))
    if spec.invented:
        sheet.write_string(2, 0, "DỮ LIỆU GIẢ ĐỊNH · INVENTED DATA", dress.style("banner"))
    sheet.set_row(3, 24)
    sheet.write_string(3, 0, _TITLE.vi, dress.style("guide_head"))
    sheet.write_string(3, 1, _TITLE.en, dress.style("guide_head"))
    earlier = {split_key(i.code, spec.year)[1] for i in spec.items if i.section == EARLIER}
    steps = [*_STEPS, _EARLIER.format(n=len(earlier) + 1)] if earlier else _STEPS
    for row, step in enumerate(steps, start=4):
        sheet.set_row(row, height_of([(step.vi, 72.0), (step.en, 72.0)], 36))
        sheet.write_string(row, 0, step.vi, dress.style("guide"))
        sheet.write_string(row, 1, step.en, dress.style("guide"))
    protect(sheet)
    set_up_print(sheet, f"{spec.park_name.vi} · {spec.year}", wide=False)
