"""What uses water: processes that pick up a load, and sources and sinks of fixed flow.

Units: flows t/h, concentrations ppm (mg/kg), loads kg/h; 1 kg/h in 1 t/h is 1,000 ppm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.highs import Floats

PPM = 1_000.0
"""Concentration [ppm] that 1 kg/h makes in 1 t/h."""


class WaterError(ValueError):
    """What is asked cannot be met by any amount of the water there is; or is no water problem."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that picks up *load* [kg/h] of each contaminant (fixed load).

    ``inlet_max`` and ``outlet_max`` [ppm] say how dirty its water may come and go, one entry a
    contaminant. Its limiting flow is the least that carries the load between the two.
    """

    name: str
    load: tuple[float, ...]
    inlet_max: tuple[float, ...]
    outlet_max: tuple[float, ...]
    owner: str = ""

    def __post_init__(self) -> None:
        sizes = {len(self.load), len(self.inlet_max), len(self.outlet_max)}
        if len(sizes) != 1 or not self.load:
            raise WaterError(f"{self.name}: load, inlet and outlet need one entry a contaminant")
        for load, inlet, outlet in zip(self.load, self.inlet_max, self.outlet_max, strict=True):
            if not 0 <= load < float("inf"):
                raise WaterError(f"{self.name}: the load is negative or not a number")
            if not 0 <= inlet < outlet < float("inf"):
                raise WaterError(f"{self.name}: the inlet is not cleaner than the outlet")

    @property
    def limiting_flow(self) -> float:
        """The least flow [t/h] that carries every load between inlet and outlet limits."""
        return max(
            PPM * load / (outlet - inlet)
            for load, inlet, outlet in zip(self.load, self.inlet_max, self.outlet_max, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Tap:
    """A source or a sink of fixed flow [t/h]: it has, or may take, *concentration* [ppm]."""

    name: str
    flow: float
    concentration: float
    owner: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.flow < float("inf") or not 0 <= self.concentration < float("inf"):
            raise WaterError(f"{self.name}: flow or concentration is negative or not a number")


def check_one_contaminant(processes: Sequence[Process], fresh: float) -> None:
    """Refuse what the single-contaminant methods cannot answer."""
    if not 0 <= fresh < float("inf"):
        raise WaterError("the concentration of fresh water is negative or not a number")
    for process in processes:
        if len(process.load) != 1:
            raise WaterError(f"{process.name} has several contaminants: use the network of several")
        if process.inlet_max[0] < fresh and process.load[0] > 0:
            raise WaterError(
                f"{process.name} needs water cleaner ({process.inlet_max[0]:g} ppm) "
                f"than fresh water is ({fresh:g} ppm)"
            )


def outlets(between: Floats, through: Floats, brought: Floats, limit: Floats) -> Floats:
    r"""Return what each process lets out, ppm: :math:`T_i c_i = b_i + \sum_j x_{ij} c_j`.

    A network is found with outlets at their limits; with water to spare the truth is cleaner.

    Parameters
    ----------
    between : (n, n) water process *i* takes from process *j*, t/h.
    through : (n,) water through each process, t/h.
    brought : (n, contaminants) load picked up and brought with other water, t/h times ppm.
    limit : (n, contaminants) what the network was found with, ppm.

    >>> outlets(np.zeros((1, 1)), np.array([10.0]), np.array([[4000.0]]), np.array([[800.0]]))
    array([[400.]])
    """
    still = through <= 0.0
    balance = np.diag(np.where(still, 1.0, through)) - between
    found = np.linalg.solve(balance, np.where(still[:, None], 0.0, brought))
    return np.asarray(np.clip(found, 0.0, limit))
