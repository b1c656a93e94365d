"""What the first sheet of the workbook says."""

from __future__ import annotations

from sinhthai.foundation.text import Text

GUIDE_LINES = (
    (Text("Kiểm kê khí nhà kính: số liệu hoạt động", "Greenhouse gas inventory: activity data"),
     Text("", "")),
    (Text("Mỗi dòng", "One line"),
     Text("Một nguồn của một doanh nghiệp trong một năm: đã đốt, mua, rò rỉ, xử lý, làm ra gì, bao"
          " nhiêu.",
          "One source of one enterprise in one year: what was burnt, bought, leaked, treated, made,"
          " and how much.")),
    (Text("Chưa có số liệu", "Not known yet"),
     Text("Để trống ô Lượng: kết quả sẽ là chưa biết hết. Ghi 0 chỉ khi thật sự bằng 0.",
          "Leave the quantity empty: the result will be unknown. Write 0 only where it is zero.")),
    (Text("Đơn vị", "Unit"),
     Text("Chọn trong danh sách, hoặc ghi đơn vị cùng loại (kg, L, kWh, nghìn m3, triệu kWh, TJ).",
          "Choose one, or write another of the same kind (kg, L, kWh, thousand m3, million kWh,"
          " TJ).")),
    (Text("Nhóm, cách xử lý", "Category"),
     Text("Nước thải: cách xử lý (bắt buộc). Hơi, nhiệt mua: nhiên liệu bên bán đốt. Phạm vi 3: số"
          " của loại hình, 1 đến 15.",
          "Wastewater: its treatment (needed). Steam or heat: the fuel the seller burns. Scope 3:"
          " the number of the category, 1 to 15.")),
    (Text("Phạm vi", "Scope"),
     Text("Để trống thì theo loại nguồn: điện, hơi mua là 2; nguồn của mình là 1.",
          "Empty: by the kind of source; power and steam bought are 2, own sources 1.")),
    (Text("Sai số", "Uncertainty"),
     Text("Nửa khoảng tin cậy 95 % của lượng, ví dụ 5 %. Để trống: 5 % (hóa đơn).",
          "Half of the 95 % interval of the quantity, such as 5 %. Empty: 5 % (an invoice).")),
    (Text("Bên cung cấp", "Supplier"),
     Text("Ghi mã khu công nghiệp nếu mua điện, hơi của khu hoặc khu xử lý nước thải hộ: tổng của"
          " khu không tính hai lần.",
          "The code of the park where it sells you power or steam, or treats your wastewater: the"
          " park's total then counts it once.")),
    (Text("Cột màu xám", "Grey columns"),
     Text("Số đo của cơ sở; để trống thì dùng hệ số trong bảng. Tỷ lệ ghi 0,85 hoặc 85 %.",
          "What the plant measured; where empty the tables are used. A share is 0.85 or 85 %.")),
    (Text("Mã dòng", "Line"),
     Text("Để trống cũng được. Có mã thì lần sau nạp lại sổ, dòng cũ được sửa chứ không thêm mới.",
          "May stay empty. With a code, a line loaded again is changed and not added.")),
    (Text("Tính thử", "Try it"),
     Text("sinhthai inventory so.xlsx --year 2024",
          "sinhthai inventory book.xlsx --year 2024 --lang en")),
)  # fmt: skip
