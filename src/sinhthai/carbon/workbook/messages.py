"""What a workbook of activities is told, each with its cure. A code is stable: it names a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.foundation.problems import Place, Problem, Severity
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class _Told:
    message: Text
    cure: Text
    severity: Severity = "error"


_NUMBER = Text("Ghi một số, ví dụ 1234,5.", "Write a number, for example 1234.5.")
_TOLD: Mapping[str, _Told] = {
    "unreadable": _Told(
        Text("Không đọc được sổ: {why}.", "The workbook cannot be read: {why}."),
        Text("Mở bằng Excel, lưu lại thành .xlsx.", "Open it in Excel and save it as .xlsx."),
    ),
    "no-sheet": _Told(
        Text(
            "Không trang nào có cột «Nhiên liệu, chất, hoạt động» và «Lượng».",
            "No sheet has the columns 'What' and 'Quantity'.",
        ),
        Text(
            "Dùng sổ mẫu: sinhthai inventory --template so-mau.xlsx",
            "Use the template: sinhthai inventory --template template.xlsx --lang en",
        ),
    ),
    "no-lines": _Told(
        Text("Sổ chưa có dòng nào.", "There is no line in the workbook."),
        Text("Điền ít nhất một nguồn phát thải.", "Fill in at least one source."),
    ),
    "column-twice": _Told(
        Text("Hai cột cùng nghĩa: «{name}».", "Two columns mean the same: '{name}'."),
        Text("Bỏ một cột.", "Remove one of them."),
    ),
    "unknown-column": _Told(
        Text("Không rõ cột «{name}»; cột này không được đọc.",
             "The column '{name}' is not known; it is not read."),
        Text("Sửa tiêu đề theo sổ mẫu nếu cần đến nó.",
             "Name it as in the template if it is needed."),
        "warning",
    ),
    "heading-unit": _Told(
        Text("Tiêu đề ghi đơn vị «{written}», ở đây phải là {unit}.",
             "The heading says '{written}'; it must be {unit} here."),
        Text("Đổi số về {unit} và sửa tiêu đề.", "Convert the figures to {unit}, and the heading."),
    ),
    "cell-error": _Told(
        Text("Ô có lỗi công thức {error}.", "The cell holds a formula error, {error}."),
        Text("Sửa công thức, hoặc ghi thẳng giá trị.", "Mend the formula, or write the value."),
    ),
    "cell-not-computed": _Told(
        Text("Công thức trong ô chưa được tính.", "The formula of the cell was never computed."),
        Text("Mở sổ bằng Excel, tính lại rồi lưu.", "Open it in Excel, let it compute, save."),
    ),
    "merged": _Told(
        Text("Ô gộp {range} ở cột số liệu: không rõ số thuộc dòng nào.",
             "Cells {range} of a column of figures are merged: whose is the figure?"),
        Text("Bỏ gộp, ghi số vào từng dòng.", "Unmerge them and give each line its figure."),
    ),
    "hidden-rows": _Told(
        Text("{count} dòng đang ẩn (ví dụ dòng {first}) vẫn được tính.",
             "{count} hidden rows (row {first}, for one) are counted all the same."),
        Text("Xóa các dòng đó nếu không muốn tính.", "Delete them if they are not meant."),
        "warning",
    ),
    "no-subject": _Told(
        Text("Dòng này chưa ghi doanh nghiệp, trong khi dòng khác có ghi.",
             "This line names no enterprise, and others do."),
        Text("Ghi doanh nghiệp ở mọi dòng, hoặc để trống cả cột.",
             "Name it on every line, or leave the whole column empty."),
    ),
    "line-twice": _Told(
        Text("Mã dòng «{line}» đã dùng ở {other}.", "The line '{line}' was used at {other}."),
        Text("Mỗi dòng của một doanh nghiệp trong một năm có một mã riêng.",
             "Each line of an enterprise and year has a code of its own."),
    ),
    "no-year": _Told(
        Text("Dòng này chưa ghi năm.", "This line has no year."),
        Text("Ghi năm ở cột Năm, hoặc thêm --year.", "Fill in the year, or add --year."),
    ),
    "year": _Told(
        Text("«{raw}» không phải là một năm.", "'{raw}' is not a year."),
        Text("Ghi một năm từ 1990 đến 2100, ví dụ 2024.",
             "Write a year from 1990 to 2100, for example 2024."),
    ),
    "no-kind": _Told(
        Text("Chưa ghi loại nguồn.", "The kind of source is not given."),
        Text("Chọn trong danh sách: {known}.", "Choose one of: {known}."),
    ),
    "unknown-kind": _Told(
        Text("Không rõ loại nguồn «{raw}».", "The kind of source '{raw}' is not known."),
        Text("Chọn trong danh sách: {known}.", "Choose one of: {known}."),
    ),
    "no-what": _Told(
        Text("Chưa ghi nhiên liệu, chất hoặc hoạt động.", "What it is, is not said."),
        Text("Chọn trong danh sách của ô.", "Choose an entry of the cell's list."),
    ),
    "does-not-fit": _Told(
        Text("«{what}» không thuộc loại nguồn «{kind}».",
             "'{what}' is not something of the kind '{kind}'."),
        Text("Sửa loại nguồn, hoặc chọn mục khác.", "Mend the kind, or choose another entry."),
    ),
    "number": _Told(Text("{message}", "{message}"), Text("{cure}", "{cure}")),
    "bounded": _Told(
        Text("«{raw}» chỉ là giới hạn hoặc ước chừng.", "'{raw}' is a bound or a guess."),
        Text("Ghi một số, và mức sai số ở cột Sai số.",
             "Write one figure, and how sure it is as its uncertainty."),
    ),
    "negative": _Told(
        Text("«{name}» là số âm: {raw}.", "'{name}' is negative: {raw}."),
        Text("Ghi số không âm; lượng bán ra không trừ vào lượng sử dụng.",
             "Give zero or more; what is sold is not taken off what is used."),
    ),
    "not-a-share": _Told(
        Text("«{name}» = {raw} không nằm giữa 0 và 1.", "'{name}' = {raw} is not from 0 to 1."),
        Text("Nếu là phần trăm, ghi {percent} % hoặc {share}.",
             "If it is a per cent, write {percent} % or {share}."),
    ),
    "percent-unclear": _Told(
        Text("Sai số {raw}: phần trăm hay tỷ lệ?", "Uncertainty {raw}: per cent, or a share?"),
        Text("Ghi {percent} % hoặc {raw} %.", "Write {percent} % or {raw} %."),
    ),
    "uncertainty-large": _Told(
        Text("Sai số ± {raw} % lớn hơn 1000 %.", "An uncertainty of ± {raw} % is over 1000 %."),
        _NUMBER,
    ),
    "no-unit": _Told(
        Text("Có lượng mà chưa ghi đơn vị.", "There is a quantity, and no unit."),
        Text("Ghi đơn vị, ví dụ {unit}.", "Give the unit, for example {unit}."),
    ),
    "two-units": _Told(
        Text("Ô lượng ghi «{one}», cột đơn vị ghi «{other}».",
             "The quantity says '{one}', the unit column '{other}'."),
        Text("Giữ một đơn vị.", "Keep one of them."),
    ),
    "unknown-category": _Told(
        Text("Không rõ «{raw}» của loại nguồn «{kind}».",
             "'{raw}' is not known for the kind '{kind}'."),
        Text("{cure}", "{cure}"),
    ),
    "scope": _Told(
        Text("Phạm vi «{raw}» không hợp với «{kind}».", "Scope '{raw}' does not fit '{kind}'."),
        Text("Ghi {allowed}, hoặc để trống.", "Write {allowed}, or leave it empty."),
    ),
    "parameter-unused": _Told(
        Text("«{name}» không dùng cho loại nguồn «{kind}»; bỏ qua.",
             "'{name}' means nothing for the kind '{kind}'; it is left out."),
        Text("Xóa ô này, hoặc sửa loại nguồn.", "Clear the cell, or mend the kind."),
        "warning",
    ),
    "not-applicable": _Told(
        Text("Dòng «{what}» ghi không áp dụng: bỏ qua.",
             "'{what}' is said not to apply: left out."),
        Text("Không cần làm gì.", "Nothing to do."),
        "warning",
    ),
    "not-reported": _Told(
        Text("Chưa có lượng của «{what}»: kết quả sẽ là chưa biết hết, không phải bằng 0.",
             "There is no quantity of '{what}': the result will be unknown, not zero."),
        Text("Ghi lượng khi có số liệu.", "Fill it in once it is known."),
        "warning",
    ),
    "duplicate": _Told(
        Text("Dòng này giống hệt dòng {other}.", "This line is the same as that of {other}."),
        Text("Xóa một dòng nếu ghi hai lần.", "Delete one if it was entered twice."),
        "warning",
    ),
    "many-more": _Told(
        Text("Còn {count} lỗi nữa cùng loại.", "{count} more of the same kind."),
        Text("Sửa các lỗi trên trước.", "Mend those above first."),
    ),
}  # fmt: skip


def told(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in; a Text fills in its own language."""
    one = _TOLD[code]
    message, cure = one.message.format(**values), one.cure.format(**values)
    return Problem(code, message, cure, place, one.severity)
