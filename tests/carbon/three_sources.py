"""The three sources of the fact sheet's example of uncertainty, as arrays."""

from __future__ import annotations

import numpy as np

from sinhthai.carbon.engine.columns import coefficients
from sinhthai.carbon.engine.emission import Emission
from sinhthai.factors.model import Factor, GwpSet
from sinhthai.foundation.text import Text


def _source(name: str, per_cent: float) -> tuple[Emission, ...]:
    width = per_cent / 100
    factor = Factor(name, "t", name, "emission", 1.0, "t", low=1 - width, high=1 + width)
    return (Emission("CO2", 1.0, (factor,), Text("", "")),)


KNOWN = coefficients(
    [_source("coal", 3), _source("grid", 7), _source("wastewater", 50)], GwpSet("AR5", {"CO2": 1.0})
)
QUANTITY = np.array([2624.61, 659.2, 280.0])
KEY = np.array([0, 1, 2], dtype=np.int32)
GROUP = np.zeros(3, dtype=np.int32)
HALF = np.array([0.05, 0.02, 0.30])
