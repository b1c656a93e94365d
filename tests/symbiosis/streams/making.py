"""Lists of streams as people write them, in the bytes of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.stream_files import StreamFile, read_stream_file
from sinhthai.symbiosis.engine.stream_places import ParkPlace

HEADINGS = (
    "Doanh nghiệp", "Vĩ độ", "Kinh độ", "Cung hoặc cầu", "Tên dòng", "Mã", "Lượng", "Ít nhất",
    "Nhiều nhất", "Đơn vị", "Kỳ", "Số ngày chạy", "Tháng có", "Chất lượng", "Giá", "Khu công nghiệp",
)  # fmt: skip
PARKS = {
    "hiep-phuoc": ParkPlace("hiep-phuoc", 10.63, 106.74),
    "kcn hiep phuoc": ParkPlace("hiep-phuoc", 10.63, 106.74),
}
GOOD: Mapping[str, object] = {
    "Doanh nghiệp": "Nhiệt điện A", "Vĩ độ": 10.62, "Kinh độ": 106.74, "Cung hoặc cầu": "cung",
    "Tên dòng": "Tro bay khô", "Mã": "ewc:100102", "Lượng": 20000, "Đơn vị": "tấn",
}  # fmt: skip
NEED: Mapping[str, object] = {
    "Doanh nghiệp": "Xi măng B", "Vĩ độ": 10.7, "Kinh độ": 106.8, "Cung hoặc cầu": "cầu",
    "Tên dòng": "Phụ gia xi măng", "Lượng": 50000, "Đơn vị": "tấn",
}  # fmt: skip


def workbook(
    rows: Sequence[Mapping[str, object]],
    *,
    headings: Sequence[str] = HEADINGS,
    sheet: str = "Cung cầu",
    titles: Sequence[str] = (),
    more: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> bytes:
    """An .xlsx with one sheet of *rows*, and others (*more*)."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, lines in {sheet: rows, **(more or {})}.items():
            page = book.add_worksheet(name)
            for at, title in enumerate(titles):
                page.write_string(at, 0, title)
            top = len(titles)
            for at, heading in enumerate(headings):
                page.write_string(top, at, heading)
            for line, row in enumerate(lines, start=top + 1):
                for at, heading in enumerate(headings):
                    if row.get(heading) is not None:
                        page.write(line, at, row[heading])
    return target.getvalue()


def csv_file(rows: Sequence[Mapping[str, object]], *, mark: str = ";") -> bytes:
    """A CSV as Excel writes it: UTF-8 with its mark."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=mark)
    writer.writerow(HEADINGS)
    writer.writerows([[row.get(heading, "") for heading in HEADINGS] for row in rows])
    return target.getvalue().encode("utf-8-sig")


def read(data: bytes, name: str = "a.xlsx") -> StreamFile:
    """Read the bytes with what the project knows and one park."""
    return read_stream_file(name, data, load_knowledge(), load_codes(), PARKS)
