"""The fact tables of a whole country, merged in DuckDB: the rule of `merge`, at scale."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from sinhthai.foundation.absence import Absence
from sinhthai.reporting.engine.merge import ABOUT, LOWER, NOT_APPLICABLE, UPPER
from sinhthai.rules.model import Item

_TYPES = {"boolean": "BOOLEAN", "integer": "DOUBLE", "number": "DOUBLE"}


def many_facts(
    records: pa.Table, roster: pa.Table, years: list[int], items: list[Item]
) -> tuple[pa.Table, pa.Table]:
    """Return the park and the enterprise fact table; see `facts.build_facts`."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.register("records", records)
        connection.register("roster", roster)
        connection.execute("CREATE TEMP TABLE years (year INTEGER)")
        if years:
            connection.execute(f"INSERT INTO years VALUES {', '.join(f'({y})' for y in years)}")
        connection.execute(
            "CREATE TEMP TABLE grid_park AS SELECT park AS subject, park, year FROM"
            " (SELECT park FROM records UNION SELECT park FROM roster), years"
        )
        connection.execute(
            "CREATE TEMP TABLE grid_enterprise AS SELECT enterprise AS subject, any_value(park)"
            " AS park, year, any_value(status) AS status FROM roster SEMI JOIN years USING (year)"
            " GROUP BY enterprise, year"
        )
        return (
            _merge(connection, "park", years, items),
            _merge(connection, "enterprise", years, items),
        )


def _merge(
    connection: duckdb.DuckDBPyConnection, subject: str, years: list[int], items: list[Item]
) -> pa.Table:
    """Return the fact table of one kind of subject."""
    reported = [i for i in items if i.subject == subject and i.nature != "registry"]
    names = {i.code for i in items if i.subject == subject}
    is_park = subject == "park"
    head = ["g.subject", "g.year"] if is_park else ["g.subject", "g.park", "g.year"]
    if not is_park and "status" in names:
        head.append("g.status")
    own = "enterprise = ''" if is_park else "enterprise <> ''"
    packed = _inexact(connection, own, {item.code for item in reported})
    if years and reported:
        _parse(connection, own, "park" if is_park else "enterprise", years[-1], reported, packed)
    columns = [column for item in reported for column in _unpack(item, packed)]
    source = f"grid_{subject} g"
    if years and reported:
        source += f" LEFT JOIN ({_carry(years, reported)}) s USING (subject, year)"
    return connection.sql(
        f"SELECT {', '.join(head + columns)} FROM {source} ORDER BY g.subject, g.year"
    ).to_arrow_table()


def _inexact(connection: duckdb.DuckDBPyConnection, own: str, codes: set[str]) -> set[str]:
    """Return the items some record states otherwise than by an exact value."""
    rows = connection.execute(
        " UNION ".join(
            f"SELECT unnest(json_keys({column}::JSON)) FROM records"
            f" WHERE {own} AND {column} NOT IN ('', '{{}}')"
            for column in ("qualifiers", "absences")
        )
    ).fetchall()
    return {row[0] for row in rows} & codes


def _parse(
    connection: duckdb.DuckDBPyConnection,
    own: str,
    subject: str,
    last_year: int,
    items: list[Item],
    packed: set[str],
) -> None:
    """Create ``stated``: one row per record, one typed column per item (a struct if packed)."""
    shape = ", ".join(f'"{item.code}": "{_TYPES.get(item.kind, "VARCHAR")}"' for item in items)
    words = ", ".join(f'"{code}": "VARCHAR"' for code in sorted(packed))
    extra = (
        f", json_transform(qualifiers, '{{{words}}}') AS q"
        f", json_transform(absences, '{{{words}}}') AS a"
        if packed
        else ""
    )
    columns = ", ".join(
        _pack(item) if item.code in packed else f'v."{item.code}"' for item in items
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stated AS SELECT subject, year, rank, {columns} FROM ("
        f"SELECT {subject} AS subject, year, year::BIGINT * 1099511627776 + seq AS rank,"
        f" json_transform(\"values\", '{{{shape}}}') AS v{extra}"
        f" FROM records WHERE {own} AND year <= {last_year})"
    )


def _pack(item: Item) -> str:
    """Return SQL for what one record says of an inexact item: a struct, NULL if nothing."""
    value, word, reason = (f'{part}."{item.code}"' for part in "vqa")
    na = f"CASE {reason} WHEN '{Absence.NOT_APPLICABLE.value}' THEN TRUE END"
    if _TYPES.get(item.kind) != "DOUBLE":
        inner = f"{{'v': CASE WHEN {reason} IS NULL THEN {value} END, 'na': {na}}}"
    else:
        around = f"{ABOUT} * abs({value})"
        inner = (
            f"{{'v': CASE WHEN {reason} IS NULL AND {word} IS NULL THEN {value} END,"
            f" 'lo': CASE {word} WHEN 'at_least' THEN {value} WHEN 'about' THEN {value} - {around}"
            f" END, 'hi': CASE {word} WHEN 'at_most' THEN {value}"
            f" WHEN 'about' THEN {value} + {around} END, 'na': {na}}}"
        )
    return (
        f'CASE WHEN {value} IS NOT NULL OR {reason} IS NOT NULL THEN {inner} END AS "{item.code}"'
    )


def _carry(years: list[int], items: list[Item]) -> str:
    """Return SQL for what is known in each year, the states of the years before included."""
    # every record belongs to the first of the years wanted in which it can count
    cases = " ".join(f"WHEN year <= {year} THEN {year}" for year in years)
    latest, carried = [], []
    for item in items:
        code = f'"{item.code}"'
        is_flow = item.nature == "flow"
        # arg_max skips NULL: a record that does not mention the item says nothing about it
        own_year = " FILTER (year = first_year)" if is_flow else ""
        latest.append(f"arg_max({code}, rank){own_year} AS {code}")
        carried.append(code if is_flow else f"last_value({code} IGNORE NULLS) OVER w AS {code}")
    return (
        f"SELECT subject, year, {', '.join(carried)}"
        " FROM (SELECT subject, year FROM (SELECT DISTINCT subject FROM stated), years)"
        f" LEFT JOIN (SELECT subject, first_year AS year, {', '.join(latest)}"
        f" FROM (SELECT *, CASE {cases} END AS first_year FROM stated)"
        " GROUP BY subject, first_year) USING (subject, year)"
        " WINDOW w AS (PARTITION BY subject ORDER BY year ROWS UNBOUNDED PRECEDING)"
    )


def _unpack(item: Item, packed: set[str]) -> list[str]:
    """Return the select list of an item: its column, and its companions where needed."""
    code = item.code
    if code not in packed:
        return [f's."{code}"']
    columns = [f's."{code}".v AS "{code}"']
    if _TYPES.get(item.kind) == "DOUBLE":
        columns += [
            f's."{code}".lo AS "{code}{LOWER}"',
            f's."{code}".hi AS "{code}{UPPER}"',
        ]
    return [*columns, f's."{code}".na AS "{code}{NOT_APPLICABLE}"']
