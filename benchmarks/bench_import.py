"""Import of one workbook of 20,000 enterprises x 30 items with full checks.

Prints seconds and peak memory (of a process that does nothing else) for reading with every check,
for the whole preview (reading, three-way diff, records), and for the peer: python-calamine reading
the same file without looking at a single value.

    python benchmarks/bench_import.py [--enterprises 20000] [--items 30]

Limits: under 60 s and 500 MB; exit code 1 when exceeded at the default size.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.diff import asked_of, diff
from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    KnownEnterprise,
    Stated,
    WorkbookSpec,
    read_workbook,
    to_records,
    write_workbook,
)
from sinhthai.rules.model import Bundle, Choice, Item

LIMIT_SECONDS = 60.0
LIMIT_MEGABYTES = 500.0
KINDS = ("number", "number", "boolean", "integer", "boolean", "choice")


def dictionary(items: int) -> Bundle:
    """Return *items* enterprise items of mixed kinds and two of the park."""
    blank = Text("", "")
    choices = (Choice("a", Text("loại A", "type A")), Choice("b", Text("loại B", "type B")))
    made = [
        Item(f"land_{n}", "park", "number", "state", "", Text(f"Đất {n}", f"Land {n}"), blank, "ha")
        for n in range(2)
    ]
    for n in range(items):
        kind = KINDS[n % len(KINDS)]
        unit = {"number": "kWh", "integer": "1"}.get(kind, "")
        name = Text(f"Chỉ tiêu {n}", f"Item {n}")
        options = choices if kind == "choice" else ()
        made.append(
            Item(f"item_{n}", "enterprise", kind, "flow", "", name, blank, unit, choices=options)
        )
    return Bundle("bench", "0", {item.code: item for item in made}, {}, ())


def fill(bundle: Bundle, enterprises: int) -> WorkbookSpec:
    """Return a fully filled workbook; every fiftieth value is of an odd kind."""
    chance = random.Random(7)
    own = [item for item in bundle.items.values() if item.subject == "enterprise"]
    plain = {
        "number": lambda: Stated(round(chance.uniform(0, 1e6), 2)),
        "integer": lambda: Stated(chance.randrange(5000)),
        "boolean": lambda: Stated(chance.random() < 0.5),
        "choice": lambda: Stated(chance.choice("ab")),
    }

    def said(item: Item) -> Stated:
        if chance.random() > 0.02:
            return plain[item.kind]()
        if item.kind == "number" and chance.random() < 0.5:
            return Stated(float(chance.randrange(1, 500)), "at_least")
        return Stated(absence="not_applicable")

    rows = tuple(
        EnterpriseRow(
            f"dn-{n:06d}",
            f"Công ty giả định {n}",
            f"{3_000_000_000 + n}",
            "10101",
            "operating",
            {item.code: said(item) for item in own},
        )
        for n in range(enterprises)
    )
    day = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    name = Text("Khu giả định", "Invented park")
    park = {"land_0": Stated(120.5), "land_1": Stated(30.0)}
    items = tuple(bundle.items.values())
    return WorkbookSpec("bench", name, 2025, day, items, park, enterprises=rows, invented=True)


def run(step: str, path: Path, items: int, enterprises: int) -> dict[str, float]:
    """Do one step in this process and return what it took."""
    bundle = dictionary(items)
    known = [
        KnownEnterprise(f"dn-{n:06d}", f"{3_000_000_000 + n}", "operating")
        for n in range(enterprises)
    ]
    start = time.perf_counter()
    cells = 0
    if step == "plain":
        import python_calamine

        with path.open("rb") as file:
            book = python_calamine.load_workbook(file)
            for name in book.sheet_names:
                for row in book.get_sheet_by_name(name).iter_rows():
                    cells += len(row)
    else:
        upload = read_workbook(path, bundle, expected_park="bench", expected_year=2025, known=known)
        cells = upload.said.num_rows
        if not upload.ok or not cells:
            raise SystemExit("\n".join(p.say("en") for p in upload.problems[:5]))
        if step == "preview":
            asked = asked_of(
                upload.roster["enterprise"].to_pylist(), upload.park_items, upload.enterprise_items
            )
            half = upload.said.slice(0, cells // 2)
            found = diff(half, half, upload.said, asked)
            counts = found.counts
            del asked, found, half
            records = to_records(upload)
            if counts["new"] != cells - cells // 2 or records.num_rows != enterprises + 1:
                raise SystemExit(f"unexpected: {counts}, {records.num_rows} records")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": peak, "cells": cells}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--step", choices=["plain", "read", "preview"])
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(run(asked.step, asked.file, asked.items, asked.enterprises)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        spec = fill(dictionary(asked.items), asked.enterprises)
        start = time.perf_counter()
        write_workbook(spec, path)
        writing = time.perf_counter() - start
        del spec
        size = path.stat().st_size / 2**20
        print(f"{asked.enterprises:,} enterprises x {asked.items} items, file of {size:.1f} MB")
        print(f"{'writing it':34}{writing:8.2f} s")
        took = {step: _child(step, path, asked) for step in ("plain", "read", "preview")}
    labels = {
        "plain": "plain python-calamine reading",
        "read": "reading with every check",
        "preview": "reading, diff and records",
    }
    for step, label in labels.items():
        figures = took[step]
        ratio = figures["seconds"] / took["plain"]["seconds"]
        print(f"{label:34}{figures['seconds']:8.2f} s{figures['megabytes']:8.0f} MB{ratio:8.1f} x")
    worst = took["preview"]
    within = worst["seconds"] < LIMIT_SECONDS and worst["megabytes"] < LIMIT_MEGABYTES
    verdict = "kept" if within else "EXCEEDED"
    print(f"limits {LIMIT_SECONDS:.0f} s, {LIMIT_MEGABYTES:.0f} MB: {verdict}")
    return 0 if within else 1


def _child(step: str, path: Path, asked: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, __file__, "--step", step, "--file", str(path)]
    command += ["--enterprises", str(asked.enterprises), "--items", str(asked.items)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    sys.exit(main())
