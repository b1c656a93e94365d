"""The rows of an import's preview: kept as Parquet beside the file, read a page at a time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.core.files.base import ContentFile

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.engine.workbook.earlier import split_key
from sinhthai.reporting.engine.workbook.model import place_of
from sinhthai.reporting.models import Batch
from sinhthai.reporting.wording import say_absence, say_unit, say_value
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

# What an import would write, what needs a decision first; then what it leaves as it is.
WRITING = ("conflict", "changed", "new")
KINDS = (*WRITING, "kept", "cleared")
ROWS = 100
PROBLEMS_KEPT = 1000


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the preview, in words."""

    kind: str
    subject: str  # enterprise code, "" the park itself
    subject_name: str
    item_name: str
    year: int
    unit: str
    was: str  # when the workbook left the store
    stored: str  # now
    uploaded: str
    cell: str


def keep_changes(batch: Batch, changes: pa.Table) -> None:
    """Save the rows of the preview, conflicts first, with the batch (not yet saved)."""
    sink = io.BytesIO()
    pq.write_table(changes, sink, compression="zstd")
    batch.changes.save(f"{batch.sha256}.parquet", ContentFile(sink.getvalue()), save=False)


def in_order(rows: pa.Table) -> pa.Table:
    """Return the rows of the difference worth showing, what needs a decision first."""
    verdicts = rows["verdict"]
    return pa.concat_tables([rows.filter(pc.equal(verdicts, kind)) for kind in KINDS])


def read_changes(batch: Batch) -> pa.Table:
    """Return the rows saved by `keep_changes`."""
    with batch.changes.open("rb") as source:
        return pq.read_table(pa.BufferReader(source.read()))


def change_rows(
    batch: Batch, *, kind: str, page: int, language: str
) -> tuple[list[ChangeRow], int]:
    """Return one page of the preview and how many rows there are of *kind* ("" = to be written)."""
    if not batch.changes:
        return [], 0
    table = read_changes(batch)
    wanted = pa.array([kind] if kind else WRITING, pa.string())
    table = table.filter(pc.is_in(table["verdict"], value_set=wanted))
    shown = table.slice((page - 1) * ROWS, ROWS).to_pylist()
    names = dict(
        Enterprise.objects.filter(
            park=batch.park_id, code__in={row["subject"] for row in shown}
        ).values_list("code", "name_vi")
    )
    items = load_bundle().items
    rows = []
    for row in shown:
        code, year = split_key(row["item"], batch.year)
        item = items.get(code)
        rows.append(
            ChangeRow(
                row["verdict"],
                row["subject"],
                names.get(row["subject"], row["subject"]),
                item.name.get(language) if item else code,
                year,
                say_unit(item, language) if item else "",
                _said(item, row, "base_", language),
                _said(item, row, "stored_", language),
                _said(item, row, "", language),
                cell_of(row),
            )
        )
    return rows, table.num_rows


def cell_of(row: dict[str, Any]) -> str:
    """Return where the value stands in the workbook; "" where the cell is blank."""
    if row["row"] is None or row["row"] < 0:
        return ""
    return place_of(row["subject"], row["row"], row["column"])


def to_json(problem: Problem) -> dict[str, str]:
    """Return a problem as it is kept with its batch."""
    return {
        "code": problem.code,
        "vi": problem.message.vi,
        "en": problem.message.en,
        "cure_vi": problem.cure.vi,
        "cure_en": problem.cure.en,
        "sheet": problem.place.sheet,
        "cell": problem.place.cell,
        "severity": problem.severity,
    }


def from_json(kept: dict[str, str]) -> Problem:
    """Return the problem kept by `to_json`."""
    return Problem(
        kept["code"],
        Text(kept["vi"], kept["en"]),
        Text(kept["cure_vi"], kept["cure_en"]),
        Place(sheet=kept["sheet"], cell=kept["cell"]),
        "warning" if kept["severity"] == "warning" else "error",
    )


def _said(item: Item | None, row: dict[str, object], side: str, language: str) -> str:
    absence = row[f"{side}absence"]
    if absence:
        return say_absence(str(absence), language)
    text, number = row[f"{side}text"], row[f"{side}number"]
    if text is not None:
        return say_value(item, text, "", language)
    value: object = number
    if number is not None and item is not None and item.kind == "boolean":
        value = bool(number)
    return say_value(item, value, str(row[f"{side}qualifier"] or ""), language)
