"""The heat-recovery networks of ``recovery_networks.txt``, as the engine takes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

_FILE = Path(__file__).with_name("recovery_networks.txt")


@dataclass(frozen=True)
class Instance:
    """One published problem; ``matches`` is the best count known, None when none is printed."""

    name: str
    cost: float
    matches: int | None
    is_proven: bool
    streams: HeatStreams
    utilities: tuple[Utility, ...]


@cache
def instances() -> dict[str, Instance]:
    """Return every instance of the file by its name."""
    blocks = _FILE.read_text("utf-8").split("\n== ")[1:]
    return {one.name: one for one in map(_instance, blocks)}


def _instance(block: str) -> Instance:
    head, least, *lines = (line.split() for line in block.strip().splitlines())
    half = float(least[1]) / 2
    streams, utilities = [], []
    for name, supply, target, figure in lines:
        ends = float(supply), float(target)
        if name[1] == "U":
            kind = "hot" if name[0] == "H" else "cold"
            utilities.append(Utility(name, kind, *ends, price=float(figure), contribution=half))
        else:
            streams.append(HeatStream.flowing(name, *ends, float(figure), contribution=half))
    matches = None if head[2] == "-" else int(head[2].lstrip("~"))
    proven = head[2].isdigit()
    return Instance(
        head[0], float(head[1]), matches, proven, HeatStreams.of(streams), tuple(utilities)
    )
