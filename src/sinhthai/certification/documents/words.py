"""The fixed words of every paper, in both languages."""

from __future__ import annotations

from sinhthai.foundation.text import Text

NATION = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
NUMBER = Text("Số:", "No.:")
ROOM = "............"  # for a number written by hand
ABOUT = Text("V/v", "Re:")
TO = Text("Kính gửi:", "To:")
RECIPIENTS = Text("Nơi nhận:", "Copies to:")
ARCHIVE = Text("Lưu: VT", "Archives")
SIGN_HERE = Text("(Ký, ghi rõ họ tên, đóng dấu)", "(Signature, full name, seal)")
NOT_REPORTED = Text("chưa báo cáo", "not reported")
PINS = Text("Để lập lại đúng văn bản này", "To make this paper again")
INVENTED = Text(
    "Số liệu giả định để minh họa, không phải số liệu có thật.",
    "Invented data for demonstration, not real figures.",
)
INVENTED_SHORT = Text("Số liệu giả định", "Invented data")
OWN_LAYOUT = Text(
    "Bố cục do hệ thống Sinh Thái trình bày theo thể thức của Nghị định số 30/2020/NĐ-CP; "
    "mẫu chính thức ban hành kèm Thông tư số 05/2025/TT-BKHĐT chưa được đối chiếu.",
    "Laid out by Sinh Thái in the manner of Decree 30/2020/ND-CP; the official form of Circular "
    "05/2025/TT-BKHDT has not been seen.",
)
TRANSLATION = Text(
    "",
    "English rendering for information; the Vietnamese paper is the one to sign.",
)
DAY = Text("ngày {d} tháng {m} năm {y}", "{y}-{m}-{d}")
DAY_OPEN = Text("ngày ..... tháng ..... năm {y}", "..... / ..... / {y}")
