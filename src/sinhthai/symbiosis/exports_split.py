"""The proposed split as a file: one row a party and exchange, so that each figure can be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.symbiosis.exports_workbench import whole_dong
from sinhthai.symbiosis.readers.split import ParkSplit, ShareRow
from sinhthai.symbiosis.wording import STAGE_NAMES

LEFT_OUT = {
    "unknown": Text("không chia: chưa rõ lợi ích", "not split: benefit not known"),
    "unnamed": Text("không chia: có bên chưa được nêu tên", "not split: a party may not be named"),
    "alone": Text("không chia: chưa đủ hai bên", "not split: fewer than two parties"),
}
_HOLDS = {
    True: Text("bền vững", "holds"),
    False: Text("có bên phản đối", "somebody objects"),
    None: Text("chưa xét được", "not examined"),
}
_COLUMNS: Sequence[tuple[Text, int]] = (
    (Text("Bên", "Party"), 40), (Text("Mã", "Code"), 16),
    (Text("Trao đổi số", "Exchange no."), 12), (Text("Trao đổi", "Exchange"), 40),
    (Text("Giai đoạn", "Stage"), 16),
    (Text("Lợi ích của trao đổi (đồng/năm), ước tính",
          "Benefit of the exchange (VND/yr), estimated"), 26),
    (Text("Phần chia từ trao đổi (đồng/năm)", "Share of the exchange (VND/yr)"), 24),
    (Text("Cả phần chia của bên (đồng/năm)", "Whole share of the party (VND/yr)"), 24),
    (Text("Rút lui: các bên kia mất (đồng/năm)", "Leaves: the others lose (VND/yr)"), 24),
    (Text("Nucleolus (đồng/năm)", "Nucleolus (VND/yr)"), 22),
    (Text("Có bền vững không", "Does it hold"), 22),
    (Text("Ghi chú", "Note"), 44),
)  # fmt: skip
_PROPOSAL = Text(
    "đề xuất để thương lượng, các bên quyết định", "a proposal to negotiate; the parties decide"
)
_INVENTED = Text("dữ liệu giả định", "invented data")


def split_file(
    park: Park,
    split: ParkSplit,
    rows: Iterable[ShareRow],
    *,
    show: str,
    fmt: str,
    language: str,
) -> bytes:
    """Return the shares of *rows*, then the exchanges of *split* that are left out and why."""
    group = Text("dự kiến", "planned") if show == "planned" else Text("đang thực hiện", "running")
    name = Text("Chia lợi ích", "Split of the benefit").get(language)
    place = park.name_en if language == "en" else park.name_vi
    title = f"{name} ({group.get(language)}) · {place} · {_PROPOSAL.get(language)}"
    headings = [(heading.get(language), width) for heading, width in _COLUMNS]
    note = _INVENTED.get(language) if park.invented else ""
    return write_table(fmt, headings, _rows(split, rows, note, language), name=name, title=title)


def _rows(
    split: ParkSplit, rows: Iterable[ShareRow], note: str, language: str
) -> Iterator[list[Cell]]:
    for row in rows:
        enterprise = row.party.enterprise
        for one, part in row.parts:
            yield [
                row.party.name.get(language), enterprise.code if enterprise else "",
                one.exchange.pk, one.title.get(language),
                STAGE_NAMES[one.exchange.stage].get(language), whole_dong(one.exchange.value_vnd),
                whole_dong(part), whole_dong(row.share), whole_dong(row.lost),
                whole_dong(row.nucleolus), _HOLDS[row.holds].get(language), note,
            ]  # fmt: skip
    for gone in split.left_out:
        exchange = gone.row.exchange
        said = "; ".join(filter(None, (LEFT_OUT[gone.reason].get(language), note)))
        yield [
            "; ".join(party.name.get(language) for party in gone.row.parties), "",
            exchange.pk, gone.row.title.get(language), STAGE_NAMES[exchange.stage].get(language),
            whole_dong(exchange.value_vnd), None, None, None, None, "", said,
        ]  # fmt: skip
