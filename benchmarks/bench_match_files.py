"""From a list of streams to ranked partners: what each step costs, beside a bare reading.

    python benchmarks/bench_match_files.py [--rows 100000] [--names 2000]

An invented list (half offers, half needs, 436 places, names with what people write behind them, a
third with a price of its own) is written as CSV and as Excel and read by ``read_stream_file``;
the ratio is to a bare reading of the same file (pyarrow's CSV reader, calamine) that checks
nothing. Then the list is matched within 50 km, step by step. Best of three readings.

Aims on two quiet cores, 100,000 rows: CSV under 2 s, Excel under 4 s; 200,000 offers with 200,000
needs (``--rows 400000``) matched from end to end under 10 s.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import numpy as np
import pyarrow.csv
import python_calamine
import xlsxwriter

from sinhthai.foundation.text import fold
from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine import matches
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.matching import match
from sinhthai.symbiosis.engine.matching import run as engine
from sinhthai.symbiosis.engine.stream_files import read_stream_file
from sinhthai.symbiosis.engine.streams import Streams

HEADINGS = (
    "Doanh nghiệp", "Vĩ độ", "Kinh độ", "Cung hoặc cầu", "Tên dòng", "Mã", "Lượng", "Đơn vị",
    "Kỳ", "Tháng có", "Giá",
)  # fmt: skip
BEHIND = ("", "", "khô", "từ dây chuyền 3", "loại 1", "đã ép kiện", "from line 2", "hỗn hợp")
UNITS = {"t": "tấn", "m**3": "m3", "MWh": "MWh"}
AREAS = ((20.6, 21.3, 105.4, 106.3), (10.9, 11.6, 106.2, 107.0))  # around Ha Noi, HCMC: no sea
PARKS, REPEAT, MOST_IN_A_LIST = 436, 3, 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--names", type=int, default=2_000)
    given = parser.parse_args()
    knowledge, codes = load_knowledge(), load_codes()
    rows = list(invented(given.rows, given.names))
    data = as_csv(rows)
    bare = best(lambda: pyarrow.csv.read_csv(io.BytesIO(data)))
    own = best(lambda: read_stream_file("a.csv", data, knowledge, codes))
    print(f"CSV, {given.rows:,} rows: {own:.2f} s; {own / bare:.0f} x bare pyarrow ({bare:.2f} s)")
    if given.rows <= MOST_IN_A_LIST:
        book = as_excel(rows)
        bare = best(lambda: bare_excel(book))
        own = best(lambda: read_stream_file("a.xlsx", book, knowledge, codes))
        print(
            f"Excel, {given.rows:,} rows: {own:.2f} s; {own / bare:.1f} x calamine ({bare:.2f} s)"
        )
    streams = read_stream_file("a.csv", data, knowledge, codes).streams
    report(streams)


def report(streams: Streams) -> None:
    """Match and print what each step took; a first, small run compiles the kernel."""
    asked = {"day": dt.date(2026, 1, 1), "within_km": 50}
    about = (load_knowledge(), load_codes(), load_waste_law())
    few = Streams(streams.offers.slice(0, 500), streams.needs.slice(0, 500), streams.qualities)
    match(few, *about, **asked)
    spent: dict[str, float] = {}
    steps = (
        ("code", matches, "keyed"),
        ("link and law", matches, "build_links"),
        ("engine", engine, "run"),
        ("table", matches, "told"),
    )
    begin = time.perf_counter()
    with ExitStack() as clocks:
        for step in steps:
            clocks.enter_context(timed(spent, step))
        found = match(streams, *about, **asked)
    whole = time.perf_counter() - begin
    print(
        f"match, {streams.offers.num_rows:,} offers x {streams.needs.num_rows:,} needs: "
        f"{whole:.2f} s, {found.table.num_rows:,} partners"
    )
    for step, seconds in spent.items():
        print(f"    {step:<14}{seconds:6.2f} s {seconds / whole:6.0%}")
    print(f"    {'everything else':<14}{whole - sum(spent.values()):5.2f} s")


@contextmanager
def timed(spent: dict[str, float], step: tuple[str, object, str]) -> Iterator[None]:
    """Add the time inside a function to *spent* under the name of its step."""
    name, module, function = step
    real = getattr(module, function)

    def clocked(*args: object, **more: object) -> object:
        begin = time.perf_counter()
        try:
            return real(*args, **more)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - begin

    with patch.object(module, function, clocked):
        yield


def invented(rows: int, names: int) -> Iterator[list[object]]:
    """Rows of an invented list; the same for the same sizes."""
    dice = np.random.default_rng(7)
    materials = list(load_knowledge().materials.values())
    pool = []
    for number in range(names):
        material = materials[number % len(materials)]
        said = (material.name.vi, material.name.en, *material.synonyms_vi, *material.synonyms_en)
        name = f"{said[dice.integers(len(said))]} {BEHIND[dice.integers(len(BEHIND))]}".strip()
        pool.append((name, UNITS[material.unit]))
    where = [
        (round(dice.uniform(*AREAS[at % 2][:2]), 4), round(dice.uniform(*AREAS[at % 2][2:]), 4))
        for at in range(PARKS)
    ]
    taken: set[tuple[int, str, str]] = set()
    while len(taken) < rows:
        owner, kind = int(dice.integers(rows // 10 + 1)), int(dice.integers(names))
        side = ("cung", "cầu")[len(taken) % 2]
        if (owner, fold(pool[kind][0]), side) in taken:  # a list names a stream once
            continue
        taken.add((owner, fold(pool[kind][0]), side))
        amount = round(float(10 ** dice.uniform(0, 4)), 1)
        price = int(dice.integers(1, 2000)) * 1000 if dice.random() < 1 / 3 else ""
        months = "1-6" if dice.random() < 0.2 else ""
        name, unit = pool[kind]
        yield [
            f"Doanh nghiệp {owner:06}", *where[owner % PARKS], side, name, "", amount, unit, "năm",
            months, price,
        ]  # fmt: skip


def as_csv(rows: list[list[object]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([list(HEADINGS), *rows])
    return target.getvalue().encode("utf-8-sig")


def as_excel(rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Cung cầu")
        for at, row in enumerate([list(HEADINGS), *rows]):
            sheet.write_row(at, 0, row)
    return target.getvalue()


def bare_excel(data: bytes) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    book.get_sheet_by_index(0).to_python()


def best(call: Callable[[], object]) -> float:
    """Return the seconds of the quickest of a few calls."""
    taken = []
    for _ in range(REPEAT):
        begin = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begin)
    return min(taken)


if __name__ == "__main__":
    main()
