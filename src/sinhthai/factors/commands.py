"""``sinhthai factors``: the tables, side by side, and whether they can be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, show, tell
from sinhthai.foundation.console.messages import not_in_range, not_one_of
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.factors.lookup import Factors
    from sinhthai.factors.model import Activity, Factor
    from sinhthai.factors.showing import Panel

BAD_INPUT, NOTHING_FOUND = 2, 1
_POLICIES = ("national", "ipcc2006", "ipcc2019")
Lang = Annotated[str, typer.Option("--lang", help="vi or en.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")]


def register(app: typer.Typer) -> None:
    """Add ``factors`` to *app*."""
    factors = typer.Typer(
        help="Emission and conversion factors: who says so, since when, how sure.",
        no_args_is_help=True,
    )
    factors.command("list")(list_activities)
    factors.command("show")(show_activity)
    factors.command("check")(check)
    app.add_typer(factors, name="factors")


def list_activities(
    words: Annotated[str, typer.Argument(help="Words to search; diacritics not needed.")] = "",
    group: Annotated[str, typer.Option(help="fuel, refrigerant, waste, …")] = "",
    form: Annotated[str, typer.Option("--format", help="table, json, csv or xlsx.")] = "",
    output: Output = None,
    lang: Lang = "vi",
) -> None:
    """List what has a factor: fuels, power, refrigerants, wastewater, waste, processes.

    Exit code 0: found; 1: nothing fits; 2: bad input.
    """
    from sinhthai.factors.loading import load_factors
    from sinhthai.factors.showing import GROUPS, find

    try:
        chosen = chosen_format(form, output, ("table", "json", "csv", "xlsx"))
        if group not in ("", *GROUPS):
            raise InputError([not_one_of("--group", group, tuple(GROUPS))])
        factors = load_factors()
        found = find(factors, words, group=group)
        _write_list(factors, found, chosen, output, lang)
    except InputError as error:
        tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if found else NOTHING_FOUND)


def show_activity(
    activity: Annotated[str, typer.Argument(help="What, in either language: diesel, điện …")],
    year: Annotated[int, typer.Option(help="Of which year.")] = 2023,
    policy: Annotated[
        str, typer.Option(help="Which tables come first: national, ipcc2006 or ipcc2019.")
    ] = "national",
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "",
    output: Output = None,
    lang: Lang = "vi",
) -> None:
    """Print every table's row of ACTIVITY side by side, and which one the policy picks.

    Exit code 0: a row holds that year; 1: none does; 2: bad input.
    """
    from sinhthai.factors.loading import load_factors
    from sinhthai.factors.showing import panels_of

    try:
        chosen = chosen_format(form, output, ("table", "json"))
        if policy not in _POLICIES:
            raise InputError([not_one_of("--policy", policy, _POLICIES)])
        if not 1990 <= year <= 2100:
            raise InputError([not_in_range("--year", year, 1990, 2100)])
        factors = load_factors()
        found = factors.activity_of(activity)
        panels = panels_of(factors, found.id, year=year, policy=policy)  # type: ignore[arg-type]
        if chosen == "json":
            put(as_json(_panels_data(found, panels, year, policy)), output)
        else:
            _show_panels(factors, found, panels, year, output, lang)
    except InputError as error:
        tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if any(panel.reason for panel in panels) else NOTHING_FOUND)


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of tables; else the shipped ones.")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Read the tables: every fault with file and line. Exit code 0: sound; 2: faults."""
    from sinhthai.factors.loading import DATA, read_factors

    place = folder or DATA
    try:
        if not place.is_dir():
            raise InputError([_no_folder(place)])
        factors = read_factors(place)
    except InputError as error:
        tell(error.problems, lang)
        raise typer.Exit(BAD_INPUT) from None
    unverified = sum(not one.verified for one in factors.factors)
    said = Text(
        "{rows} dòng, {tables} bảng; {unverified} dòng chưa xác minh; {hash}",
        "{rows} rows, {tables} tables; {unverified} rows not verified; {hash}",
    ).format(
        rows=len(factors.factors),
        tables=len({one.table for one in factors.factors}),
        unverified=unverified,
        hash=factors.hash[:16],
    )
    typer.echo(said.get(lang))


def _write_list(
    factors: Factors, found: list[Activity], form: str, output: Path | None, lang: str
) -> None:
    from sinhthai.factors.showing import GROUPS

    counts: dict[str, int] = {}
    for factor in factors.factors:
        counts[factor.activity] = counts.get(factor.activity, 0) + 1
    if form == "json":
        rows = [
            {
                "id": one.id,
                "name": one.name.get(lang),
                "group": one.group,
                "unit": one.unit,
                "biogenic": one.biogenic,
                "aliases": list(one.aliases),
                "factors": counts.get(one.id, 0),
            }
            for one in found
        ]
        put(as_json(rows), output)
        return
    headings = [
        (Text("Mã", "Id"), 30), (Text("Tên", "Name"), 44), (Text("Nhóm", "Group"), 28),
        (Text("Đơn vị", "Unit"), 10), (Text("Số hệ số", "Factors"), 10),
    ]  # fmt: skip
    cells = [
        (one.id, one.name.get(lang), GROUPS[one.group].get(lang), one.unit.replace("**", ""),
         counts.get(one.id, 0))
        for one in found
    ]  # fmt: skip
    if form in ("csv", "xlsx"):
        from sinhthai.foundation.tables import write_table

        columns = [(name.get(lang), width) for name, width in headings]
        title = Text("Hệ số phát thải", "Emission factors").get(lang)
        put(write_table(form, columns, cells, name=title), output)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    def write(console: Console) -> None:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for name, _ in headings:
            table.add_column(name.get(lang))
        for row in cells:
            table.add_row(*(escape(str(cell)) for cell in row))
        console.print(table)

    show(write, output)


def _show_panels(
    factors: Factors,
    activity: Activity,
    panels: list[Panel],
    year: int,
    output: Path | None,
    lang: str,
) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.text import Text as Styled

    def write(console: Console) -> None:
        title = f"{activity.name.get(lang)} ({activity.id}) · {year}"
        console.print(Styled(title, style="bold"))
        if activity.biogenic:
            console.print(Text("CO2 sinh học: ngoài tổng", "biogenic CO2: apart").get(lang))
        for panel in panels:
            console.print()
            console.print(Styled(panel.name.get(lang), style="bold"))
            for row in panel.rows:
                mark = "→" if row.is_chosen else " " if row.holds else "·"
                line = f"{mark} {row_words(row.factor, factors).get(lang)}"
                console.print(escape(line), style="" if row.holds else "dim")
            if panel.reason is None:
                told = Text("  không có hệ số cho năm này", "  no factor of this year")
                console.print(told.get(lang))
        if panels:
            reason = next((panel.reason for panel in panels if panel.reason), None)
            console.print()
            if reason:
                said = Text("→ được chọn: {why}", "→ is chosen: {why}").format(why=reason)
                console.print(Styled(said.get(lang), style="dim"))

    show(write, output)


def row_words(factor: Factor, factors: Factors) -> Text:
    """Return a row in one line: value, range, validity, table, source, whether verified."""
    range_ = "" if factor.low is None else f" ({factor.low:g} – {factor.high:g})"
    days = ""
    if factor.valid_from or factor.valid_to:
        days = f" [{factor.valid_from or '…'} – {factor.valid_to or '…'}]"
    card = factors.cards[factor.table]
    seen = (
        Text("đã xác minh", "verified")
        if factor.verified
        else Text("CHƯA xác minh", "NOT verified")
    )
    return Text(
        f"{factor.value:g} {factor.unit}{range_}{days} · {card.title.vi} · {factor.source} · "
        f"{seen.vi}",
        f"{factor.value:g} {factor.unit}{range_}{days} · {card.title.en} · {factor.source} · "
        f"{seen.en}",
    )


def _panels_data(
    activity: Activity, panels: list[Panel], year: int, policy: str
) -> dict[str, object]:
    return {
        "activity": activity.id,
        "year": year,
        "policy": policy,
        "quantities": [
            {
                "quantity": panel.quantity,
                "gas": panel.gas,
                "category": panel.category,
                "rows": [
                    {
                        "id": row.factor.id,
                        "value": row.factor.value,
                        "unit": row.factor.unit,
                        "low": row.factor.low,
                        "high": row.factor.high,
                        "valid_from": str(row.factor.valid_from) if row.factor.valid_from else None,
                        "valid_to": str(row.factor.valid_to) if row.factor.valid_to else None,
                        "verified": row.factor.verified,
                        "source": row.factor.source,
                        "holds": row.holds,
                        "chosen": row.is_chosen,
                    }
                    for row in panel.rows
                ],
            }
            for panel in panels
        ],
    }


def _no_folder(folder: Path) -> Problem:
    return Problem(
        "no-folder",
        Text("Không có thư mục này.", "There is no such folder."),
        Text("Kiểm tra đường dẫn.", "Check the path."),
        Place(str(folder)),
    )
