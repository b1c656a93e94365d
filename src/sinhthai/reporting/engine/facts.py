"""The fact tables: one row per subject and year, merged from everything that was recorded.

Merging, item by item (H5: records are appended, never overwritten):

1. the record with the highest (year, seq) that says anything about the item wins;
2. a *flow* (kWh saved) counts only in its own year; a *state* (an area) also in later years;
3. "says anything" includes an absence: a later "not reported" hides an earlier value;
4. a *registry* item is not read from records, except ``status``, which the roster gives.

An exact value stands in the item's own column. What is not exact stands in companion columns,
which exist only for items that need them:

====================  ===========  =======================  ===========
recorded              ``<code>``   ``__lo`` .. ``__hi``      ``__na``
====================  ===========  =======================  ===========
30                    30           NULL .. NULL             NULL
at least 30           NULL         30 .. NULL               NULL
at most 30            NULL         NULL .. 30               NULL
about 30              NULL         27 .. 33 (10 % about it) NULL
not applicable        NULL         NULL .. NULL             TRUE
not reported          NULL         NULL .. NULL             NULL
confidential          NULL         NULL .. NULL             NULL
====================  ===========  =======================  ===========
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from sinhthai.reporting.engine.few import few_facts
from sinhthai.reporting.engine.many import many_facts
from sinhthai.rules.model import Item

# Below this many records the plain merge is quicker than planning the queries (measured).
FEW = 2_000
RECORDS = pa.schema(
    [
        ("seq", pa.int64()),
        ("park", pa.string()),
        ("enterprise", pa.string()),
        ("year", pa.int32()),
        ("values", pa.string()),
        ("qualifiers", pa.string()),
        ("absences", pa.string()),
    ]
)
ROSTER = pa.schema(
    [
        ("park", pa.string()),
        ("enterprise", pa.string()),
        ("year", pa.int32()),
        ("status", pa.string()),
    ]
)


@dataclass(frozen=True)
class Facts:
    """The two fact tables the formulas run over. NULL means unknown.

    ``park``        subject, year, then one column per park item (and its companions)
    ``enterprise``  subject, park, year, then one column per enterprise item
    """

    park: pa.Table
    enterprise: pa.Table


def build_facts(
    records: pa.Table, roster: pa.Table, years: Sequence[int], items: Iterable[Item]
) -> Facts:
    """Merge *records* into the fact tables of *years*.

    Parameters
    ----------
    records : table of `RECORDS`
        ``seq`` orders what was recorded (later wins); ``enterprise`` is "" for the park itself;
        ``values``, ``qualifiers`` and ``absences`` are JSON objects keyed by item code.
    roster : table of `ROSTER`
        The enterprises of each park in each year with their status (NULL: unknown).
    years
        The years wanted. Records of earlier years still give the states.
    items
        The items wanted; no other is parsed.

    Returns
    -------
    Facts
        One park row for each year and park of *records* or *roster*; one enterprise row for
        each line of *roster* in *years*. Records of an enterprise off the roster are left out.

    Examples
    --------
    >>> from sinhthai.foundation.text import Text
    >>> area = Item("plan_area_ha", "park", "number", "state", "land", Text("", ""), Text("", ""))
    >>> row = [[1], ["p"], [""], [2023], ['{"plan_area_ha": 300}'], ["{}"], ["{}"]]
    >>> facts = build_facts(
    ...     pa.table(row, schema=RECORDS), ROSTER.empty_table(), [2024, 2025], [area]
    ... )
    >>> facts.park.to_pylist()[1]
    {'subject': 'p', 'year': 2025, 'plan_area_ha': 300.0}
    """
    build = few_facts if records.num_rows <= FEW else many_facts
    return Facts(*build(records, roster, sorted(set(years)), list(items)))
