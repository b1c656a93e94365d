"""A split of the benefit in a terminal and as a workbook."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.foundation.console.sheets import Cell, Workbook
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.sharing import Split
from sinhthai.symbiosis.engine.sharing.report import money, sentences

_TITLE = Text("Chia lợi ích chung {total} triệu đồng/năm", "Splitting {total} million VND a year")
_PARTNER = Text("Đối tác", "Partner")
_ALONE, _SHAPLEY = Text("Một mình", "Alone"), Text("Shapley", "Shapley")
_ERROR, _NUCLEOLUS = Text("±", "±"), Text("Nucleolus", "Nucleolus")
_LEAVES = Text("Rút lui: các bên kia mất", "Leaves: the others lose")
_LEFT = Text("Các bên kia còn", "The others keep")
_ALL = Text("Tổng", "Sum")
_UNIT = Text("Triệu đồng/năm.", "Million VND a year.")
_NOT_A_DECISION = Text(
    "Máy tính đề xuất; các bên thương lượng và quyết định.",
    "A computed proposal; the partners negotiate and decide.",
)


def print_split(console: Console, split: Split, notes: tuple[Text, ...], language: str) -> None:
    """Print the shares, what happens when somebody leaves, and whether it holds."""
    title = _TITLE.format(total=money(split.total)).get(language)
    console.print(Styled(title, style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column(_PARTNER.get(language), overflow="fold")
    for heading in _headings(split):
        table.add_column(heading.get(language), justify="right")
    for name, *figures in _rows(split):
        said = ["–" if one is None else money(one).get(language) for one in figures]
        table.add_row(escape(name), *said)
    sums: list[float | None] = [float(split.alone.sum()), float(split.shapley.sum())]
    if split.stable is None:
        sums.append(None)
    elif split.nucleolus is not None:
        sums.append(float(split.nucleolus.sum()))
    said = ["" if one is None else money(one).get(language) for one in sums]
    table.add_row(_ALL.get(language), *said, "", "", style="bold")
    console.print(table)
    for sentence in (*sentences(split), *notes):
        console.print(Styled(sentence.get(language)))
    note = f"{_UNIT.get(language)} {_NOT_A_DECISION.get(language)}"
    console.print(Styled(note, style="dim"))


def workbook(split: Split, notes: tuple[Text, ...], language: str) -> bytes:
    """Return *split* as an .xlsx file, VND a year; an unknown figure is an empty cell."""
    with Workbook(language) as book:
        headings = [_PARTNER, *_headings(split)]
        unit = Text("Đồng/năm", "VND a year")
        book.sheet(Text("Phần chia", "Shares"), headings, _rows(split), title=unit)
        if any(gone.shares is not None for gone in split.departures):
            rows: list[list[Cell]] = [
                [gone.partner, *((gone.shares or {}).get(name) for name in split.partners)]
                for gone in split.departures
            ]
            names = [Text(name, name) for name in split.partners]
            leaves = Text("Ai rút lui", "Who leaves")
            book.sheet(
                Text("Khi rút lui", "When one leaves"),
                [leaves, *names],
                rows,
                title=Text(
                    "Phần Shapley của người ở lại, đồng/năm",
                    "Shapley shares of those who stay, VND",
                ),
            )
        said: list[list[Cell]] = [[book.say(one)] for one in (*sentences(split), *notes)]
        said.append([book.say(_NOT_A_DECISION)])
        book.sheet(Text("Nhận xét", "Notes"), [Text("Nhận xét", "Notes")], said)
    return book.data


def _headings(split: Split) -> list[Text]:
    middle = [_ERROR] if split.stable is None else [_NUCLEOLUS]
    return [_ALONE, _SHAPLEY, *middle, _LEAVES, _LEFT]


def _rows(split: Split) -> list[tuple[str, float, float, float | None, float, float]]:
    third = split.error if split.nucleolus is None else split.nucleolus
    return [
        (
            name,
            float(split.alone[at]),
            float(split.shapley[at]),
            float(third[at]),
            split.departures[at].lost,
            split.departures[at].left,
        )
        for at, name in enumerate(split.partners)
    ]
