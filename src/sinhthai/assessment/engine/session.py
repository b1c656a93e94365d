"""Where the query runs: planned once and kept for a page, planned each time for the country.

For one park DuckDB spends nearly all its time planning a long query, so plans are kept, on tables
of their own that are refilled; the optimiser is off there, since it would plan again at every
execution and a handful of rows gains nothing by it. Kept plans are lent to one caller at a time:
a server that starts a thread for each request finds them warm.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

import duckdb
import pyarrow as pa

# Rows above which planning no longer matters (measured).
FEW_ROWS = 5_000
_BATCH = 16_384
# Plans kept together; and uses after which one is made anew, since refilled tables only grow.
_KEPT, _USES = 24, 500

MakeQuery = Callable[[str], str]  # suffix of the table names -> query

# Sets of plans nobody is using; taking from and adding to a list is atomic. A forked process
# starts without any: a connection must not be shared with its parent.
_idle: list[_Plans] = []
if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_idle.clear)


def run(make_query: MakeQuery, tables: Mapping[str, pa.Table], result: pa.Schema) -> pa.Table:
    """Run the query over *tables* (its names without suffix) and return a table of *result*."""
    if sum(table.num_rows for table in tables.values()) > FEW_ROWS:
        return _run_once(make_query(""), tables, result)
    try:
        kept = _idle.pop()
    except IndexError:
        kept = _Plans()
    found = kept.run(make_query, tables, result)
    _idle.append(kept)  # not reached after an error: what is half done is thrown away
    return found


def _run_once(query: str, tables: Mapping[str, pa.Table], result: pa.Schema) -> pa.Table:
    with duckdb.connect() as connection:
        for name, table in tables.items():
            # a batch is the unit of work of a thread
            batches = table.to_batches(max_chunksize=_BATCH)
            connection.register(name, pa.Table.from_batches(batches, table.schema))
        # by way of a table: a relation would be planned twice
        connection.execute(f"CREATE TEMP TABLE found AS {query}")
        return connection.sql("FROM found").to_arrow_table().select(result.names).cast(result)


class _Plans:
    """A connection with its prepared queries, the least recently used first."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 1; PRAGMA disable_optimizer")
        self.plans: OrderedDict[tuple[object, ...], _Plan] = OrderedDict()
        self.numbers = count()

    def run(
        self, make_query: MakeQuery, tables: Mapping[str, pa.Table], result: pa.Schema
    ) -> pa.Table:
        shapes = tuple(
            (name, *((column.name, str(column.type)) for column in table.schema))
            for name, table in tables.items()
        )
        key = (make_query(""), *shapes)
        plan = self.plans.pop(key, None)
        if plan is None:
            plan = self._prepare(make_query, tables)
        number = plan.number
        for name, table in tables.items():
            self.connection.register("given", table)
            self.connection.execute(
                f"DELETE FROM {name}_{number}; INSERT INTO {name}_{number} FROM given"
            )
            self.connection.unregister("given")
        cursor = self.connection.execute(f"EXECUTE plan_{number}")
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
        plan.uses += 1
        self.plans[key] = plan
        if plan.uses >= _USES:
            self._drop(self.plans.pop(key))
        elif len(self.plans) > _KEPT:
            self._drop(self.plans.popitem(last=False)[1])
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        by_name = dict(zip(names, columns, strict=True))
        return pa.table([pa.array(by_name[f.name], f.type) for f in result], schema=result)

    def _prepare(self, make_query: MakeQuery, tables: Mapping[str, pa.Table]) -> _Plan:
        plan = _Plan(next(self.numbers), tuple(tables))
        for name, table in tables.items():
            self.connection.register("given", table)
            self.connection.execute(f"CREATE TABLE {name}_{plan.number} AS FROM given LIMIT 0")
            self.connection.unregister("given")
        self.connection.execute(f"PREPARE plan_{plan.number} AS {make_query(f'_{plan.number}')}")
        return plan

    def _drop(self, plan: _Plan) -> None:
        self.connection.execute(f"DEALLOCATE plan_{plan.number}")
        for name in plan.tables:
            self.connection.execute(f"DROP TABLE {name}_{plan.number}")


@dataclass
class _Plan:
    """A prepared query: its number, the names of its tables, how often it ran."""

    number: int
    tables: tuple[str, ...]
    uses: int = 0
