"""The best exchange network: which links and treatment units to build, and what flows on them.

    Network (frozen) -> solve / pareto -> Design (links, units, money, CO2, bound, why)

Importing this package imports HiGHS; never import ortools in the same process.
"""

from __future__ import annotations

from sinhthai.symbiosis.engine.network.check import check
from sinhthai.symbiosis.engine.network.design import Binding, BuiltLink, BuiltUnit, Design
from sinhthai.symbiosis.engine.network.links import candidate_links
from sinhthai.symbiosis.engine.network.network import (
    Accept,
    Choice,
    Limit,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Spot,
    Treatment,
)
from sinhthai.symbiosis.engine.network.pareto import Front, pareto
from sinhthai.symbiosis.engine.network.parts import Effort
from sinhthai.symbiosis.engine.network.solve import solve

__all__ = [
    "Accept",
    "Binding",
    "BuiltLink",
    "BuiltUnit",
    "Choice",
    "Design",
    "Effort",
    "Front",
    "Limit",
    "Link",
    "Material",
    "Mode",
    "Network",
    "Output",
    "Sink",
    "Source",
    "Spot",
    "Treatment",
    "candidate_links",
    "check",
    "pareto",
    "solve",
]
