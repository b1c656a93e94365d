"""Who can use whose stream: candidates, scores, the best partners."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge
    from sinhthai.symbiosis.engine.matches import Matches
    from sinhthai.symbiosis.engine.matching.problem import Engine, Order
    from sinhthai.symbiosis.engine.streams import Streams


def match(
    streams: Streams,
    knowledge: Knowledge,
    codes: Codes,
    law: WasteLaw,
    *,
    day: dt.date,
    within_km: float = 50,
    top: int = 10,
    order: Order = "score",
    engine: Engine = "compiled",
    spark_master: str = "",
) -> Matches:
    """Return the best partners of every offer of *streams*, with every part of their score.

    Parameters
    ----------
    day : the law in force on this day decides the legal path.
    within_km : great-circle radius [km]; 0: anywhere.
    top : partners kept per offer among what is allowed, and again among what is forbidden.
    order : what ranks: the score, money, carbon or nearness.
    engine : compiled, duckdb or spark (*spark_master* is its address); the rows are the same.

    Streams without a place or with a quantity of zero cannot be ranked; ``Matches.left_out`` names
    them. An unknown quantity counts as nothing in the score and stays unknown in the answer.
    """
    # Imported here: the parts below build on ``matching.problem`` and would go round in a circle.
    from sinhthai.symbiosis.engine.matches import find_matches

    return find_matches(
        streams,
        knowledge,
        codes,
        law,
        day=day,
        within_km=within_km,
        top=top,
        order=order,
        engine=engine,
        spark_master=spark_master,
    )
