"""``sinhthai share``: how to split what an exchange brings, and whether the split holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, read_bytes, show, tell
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.sharing import Game, Split
    from sinhthai.symbiosis.engine.sharing.of_network import NetworkGame

FORMATS = ("table", "json", "xlsx")
BAD_INPUT, NOT_STABLE = 2, 1
_NETWORK_ORDERS = 100
_BOOK = b"PK\x03\x04"
_MINIMUM = Text(
    "Lượng tối thiểu của sổ ràng buộc cả khu, không ràng buộc nhóm tự làm riêng.",
    "Minimum quantities of the workbook bind the park as a whole, not a group by itself.",
)


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("share")(share)


def share(
    agreements: Annotated[
        Path,
        typer.Argument(
            help="What groups earn: partners and benefit (.csv, .xlsx); or a park's workbook."
        ),
    ],
    seed: Annotated[int, typer.Option(help="Of the sampling, with many partners.")] = 0,
    orders: Annotated[
        int, typer.Option(help="Orders of joining to sample; 0 for the usual number.")
    ] = 0,
    seconds: Annotated[
        float, typer.Option(help="Time for each network, with a park's workbook.")
    ] = 10.0,
    form: Annotated[str, typer.Option("--format", help="table, json or xlsx.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Split what partners earn together: Shapley, nucleolus, who objects, who leaves.

    Exit code 0: a split that holds exists (or cannot be ruled out); 1: none, or nothing is earned
    together; 2: bad input.
    """
    from sinhthai.symbiosis.engine.sharing.partner_files import is_agreements

    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        _check(seed, orders, seconds)
        data = read_bytes(agreements)
        is_park = data.startswith(_BOOK) and not is_agreements(agreements.name, data)
        if is_park:
            split, notes = _of_park(agreements.name, data, seed, orders, seconds, language)
        else:
            split, notes = _of_list(agreements.name, data, seed, orders, language)
        _write(split, notes, chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    earned = split.total - float(split.alone.sum()) > 1e-9 * max(1.0, abs(split.total))
    holds = split.stable is None or split.stable.exists
    raise typer.Exit(0 if earned and holds else NOT_STABLE)


def _check(seed: int, orders: int, seconds: float) -> None:
    wrong = [
        (option, said)
        for option, said, fine in (
            ("--seed", f"{seed}", seed >= 0),
            ("--orders", f"{orders}", orders == 0 or orders >= 4),
            ("--seconds", f"{seconds:g}", seconds > 0),
        )
        if not fine
    ]
    if wrong:
        raise InputError(
            [
                Problem(
                    "out_of_range",
                    Text(f"{option}: không nhận {said}.", f"{option}: {said} is not accepted."),
                    Text(
                        "--seed từ 0; --orders 0 hoặc từ 4; --seconds lớn hơn 0.",
                        "--seed from 0; --orders 0 or from 4; --seconds above 0.",
                    ),
                    Place(option),
                )
                for option, said in wrong
            ]
        )


def _of_list(
    file: str, data: bytes, seed: int, orders: int, language: str
) -> tuple[Split, tuple[Text, ...]]:
    import numpy as np

    from sinhthai.symbiosis.engine.sharing import fair_split, game_of_agreements
    from sinhthai.symbiosis.engine.sharing.partner_files import read_agreements
    from sinhthai.symbiosis.engine.sharing.split import ORDERS

    read = read_agreements(file, data)
    tell(read.warnings, language)
    split = fair_split(
        game_of_agreements(read.partners, read.benefits),
        generator=np.random.default_rng(seed),
        orders=orders or ORDERS,
    )
    notes: tuple[Text, ...] = ()
    if read.unstated:
        stated = sum(1 for group in read.benefits if len(group) > 1)
        notes = (
            Text(
                f"Tệp ghi {stated} nhóm; {format_number(read.unstated, 'vi')} nhóm khác được tính "
                "bằng tổng tốt nhất của các thỏa thuận rời nhau bên trong nó; ai không ghi riêng "
                "thì một mình được 0.",
                f"The file states {stated} groups; {format_number(read.unstated, 'en')} others "
                "count as the best sum of separate agreements inside them; who is not stated by "
                "itself earns 0 alone.",
            ),
        )
    return split, notes


def _of_park(
    file: str, data: bytes, seed: int, orders: int, seconds: float, language: str
) -> tuple[Split, tuple[Text, ...]]:
    import numpy as np

    from sinhthai.symbiosis.engine.network import Design, Network, solve
    from sinhthai.symbiosis.engine.network.workbook import read_park
    from sinhthai.symbiosis.engine.sharing import fair_split
    from sinhthai.symbiosis.engine.sharing.of_network import EXACT_ENTERPRISES, NetworkGame

    network = read_park(data, file)

    def best(part: Network) -> Design:
        return solve(part, seconds=seconds)

    game = NetworkGame(network, best)
    if len(game.partners) < 2:
        raise InputError([_one_enterprise(file)])
    began = time.monotonic()
    grand = game.whole()
    if grand.status not in ("optimal", "stopped"):
        for sentence in (grand.status_text, *grand.why):
            typer.echo(f"✕ {sentence.get(language)}", err=True)
        raise typer.Exit(NOT_STABLE)
    count = len(game.partners)
    many = count > EXACT_ENTERPRISES
    orders = orders or _NETWORK_ORDERS
    groups = min(2**count, orders * count) if many else 2**count - 1
    with _progress(groups, language) as asked:
        split = fair_split(
            asked(game.game),
            generator=np.random.default_rng(seed),
            orders=orders,
            exact=EXACT_ENTERPRISES,
        )
    return split, _park_notes(game, time.monotonic() - began)


def _park_notes(game: NetworkGame, took: float) -> tuple[Text, ...]:
    notes = [
        Text(
            f"Đã giải {game.solved} mạng trong {format_number(took, 'vi', 0)} giây; mỗi nhóm được "
            "dùng cả ngân sách đầu tư của khu.",
            f"{game.solved} networks were solved in {format_number(took, 'en', 0)} seconds; every "
            "group may use the whole investment budget of the park.",
        )
    ]
    if game.idle:
        names = ", ".join(game.idle)
        notes.append(
            Text(
                f"Mạng tốt nhất tìm được không dùng đến {names}: với cả khu, chưa tìm được mạng "
                "nào tốt hơn (hết thời gian, hoặc có dòng chưa nêu chất lượng).",
                f"The best network found does without {names}: none better was found for the whole "
                "park (time was up, or the quality of some stream is not stated).",
            )
        )
    network = game.network
    floors = [source.at_least for source in network.sources]
    floors += [sink.at_least for sink in network.sinks]
    if any(floor > 0 for floor in floors):
        notes.append(_MINIMUM)
    if game.unproven:
        notes.append(
            Text(
                f"{game.unproven} mạng hết thời gian trước khi chứng minh tối ưu; tăng --seconds "
                "để chắc hơn.",
                f"{game.unproven} networks ran out of time before a proof; more --seconds make it "
                "surer.",
            )
        )
    return tuple(notes)


@contextmanager
def _progress(groups: int, language: str) -> Iterator[Callable[[Game], Game]]:
    """Yield what makes a game show on the error output how many groups it was asked about."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from sinhthai.symbiosis.engine.sharing import Game

    console = Console(stderr=True)
    label = Text("nhóm", "groups").get(language)
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=groups)

        def watched(game: Game) -> Game:
            def value(mask: int) -> float:
                found = game.value(mask)
                bar.advance(task)
                return found

            return Game(game.partners, value)

        yield watched


def _one_enterprise(file: str) -> Problem:
    return Problem(
        "one_enterprise",
        Text("Sổ chỉ có một doanh nghiệp.", "The workbook has one enterprise only."),
        Text(
            "Ghi chủ của từng nguồn và nơi nhận ở cột doanh nghiệp.",
            "Name the owner of each source and sink.",
        ),
        Place(file),
    )


def _write(
    split: Split, notes: tuple[Text, ...], form: str, output: Path | None, language: str
) -> None:
    from sinhthai.symbiosis.commands.share_table import print_split, workbook

    if form == "table":
        show(lambda console: print_split(console, split, notes, language), output)
    elif form == "xlsx":
        put(workbook(split, notes, language), output)
    else:
        from sinhthai.symbiosis.engine.sharing.report import as_data

        put(as_json(as_data(split, notes, language)), output)
