"""How well receivers of waste are ranked on published exchanges, beside simple baselines.

Leave one case out: every exchange of a case is judged with the exchanges of all other cases as
history. The data are not part of the project; without them this says so and stops.

    .venv/bin/python benchmarks/bench_match_quality.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.symbiosis.exchanges import (
    DATA,
    RANKERS,
    Judged,
    judge,
    read_coded,
    read_original,
    tri_hits,
)

HEADINGS = ("R@1", "R@5", "R@10", "MRR")


def main() -> None:
    """Print both editions at both levels, then the shipments between facilities."""
    console = Console(width=110)
    if not DATA.is_dir():
        console.print(f"The test data are not here ({DATA.name}); nothing measured.")
        return
    for title, exchanges in (
        ("coded edition", read_coded()),
        ("original edition", read_original()),
    ):
        for digits in (4, 2):
            judged = judge(exchanges, digits, RANKERS)
            print_judged(console, f"{title}, NACE-{digits}", judged)
    table = Table(title="US TRI 1987: receiver of a shipment among all facilities")
    for name in ("ranker", "hit@1", "hit@5", "hit@10", "queries"):
        table.add_column(name, justify="left" if name == "ranker" else "right")
    for name, hits, queries in tri_hits():
        table.add_row(name, *(f"{hit:.3f}" for hit in hits), str(queries))
    console.print(table)


def print_judged(console: Console, title: str, judged: Judged) -> None:
    """Print one table: rows are rankers, columns are measures with their 95 % interval."""
    any_quality = next(iter(judged.values()))
    table = Table(title=f"{title}: {any_quality.queries} streams, {any_quality.clusters} cases")
    table.add_column("ranker")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for name, quality in judged.items():
        measures = (*quality.recall.values(), quality.reciprocal)
        table.add_row(name, *(f"{m:.3f} ({low:.2f}–{high:.2f})" for m, low, high in measures))
    console.print(table)


if __name__ == "__main__":
    main()
