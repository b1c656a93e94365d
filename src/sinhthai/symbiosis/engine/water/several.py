"""The least fresh water with several contaminants: re-use makes products of flow and concentration.

What leaves a process is a mixture whose concentrations depend on the network; the model is not
convex and is solved to a proof by spatial branch and bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.highs import Floats
from sinhthai.symbiosis.engine.water.bilinear import Bilinear, solve_bilinear
from sinhthai.symbiosis.engine.water.processes import PPM, Process, WaterError, outlets

_KEPT = 1e-7


@dataclass(frozen=True, slots=True)
class WaterNetwork:
    """Who drinks what, t/h, and the concentration [ppm] each process lets out.

    ``bound`` is what no network undercuts; equal to ``fresh`` within the gap when ``status`` is
    optimal. ``reuse`` maps (from, to) process names to flows; ``cleaned`` and ``sent`` are what
    each process takes from and gives to the regeneration.
    """

    fresh: float
    bound: float
    status: str
    supply: Mapping[str, float]
    reuse: Mapping[tuple[str, str], float]
    cleaned: Mapping[str, float]
    sent: Mapping[str, float]
    outlet: Mapping[str, tuple[float, ...]]


def network_of_several(
    processes: Sequence[Process],
    *,
    fresh: Sequence[float] | None = None,
    regeneration: Sequence[float] | None = None,
    gap: float = 1e-5,
    boxes: int = 20_000,
    stop: Callable[[], bool] = lambda: False,
) -> WaterNetwork:
    r"""Return the network with the least fresh water, proved within *gap*.

    For each process *i* and contaminant *k*, with :math:`f_i` fresh, :math:`x_{ji}` re-used and
    :math:`r_i` cleaned water:

    .. math:: b_{ik} = f_i c^0_k + r_i c^r_k + \sum_j x_{ji} c_{jk}
              \le \overline{c}^{in}_{ik}\, T_i, \quad
              b_{ik} + m_{ik} \le c_{ik} T_i, \quad
              T_i = f_i + r_i + \sum_j x_{ji} \ge s_i + \sum_j x_{ij}, \quad
              \sum_i r_i = \sum_i s_i

    :math:`c_{ik} \le \overline{c}^{out}_{ik}` is what the process guarantees; it may let out
    cleaner water, which harms nobody.

    Parameters
    ----------
    processes : each with the same contaminants in the same order; names are distinct.
    fresh : concentration of fresh water a contaminant, ppm; 0 where not given.
    regeneration : concentration a contaminant [ppm] to which a shared plant cleans what is sent
        to it, also for where it came from (recycling); None when there is no such plant.
    boxes, stop : limits of the search; reached, the best found comes back with its bound.

    Raises
    ------
    WaterError
        If contaminants differ, names repeat, or fresh water is too dirty for a process.

    >>> one = Process("one", (4.0, 2.0), (0.0, 25.0), (100.0, 75.0))
    >>> network_of_several([one]).fresh
    40.0
    """
    kinds = _checked(processes, fresh, regeneration)
    clean = tuple(fresh) if fresh is not None else (0.0,) * kinds
    model = _Model(processes, clean, tuple(regeneration) if regeneration is not None else None)
    programme = model.programme()
    # With every outlet at its limit, fresh water alone serves everybody.
    solved = solve_bilinear(programme, gap=gap, boxes=boxes, stop=stop, start=programme.high)
    if solved.point is None:
        raise WaterError(
            "no network serves every process"
            if solved.status == "infeasible"
            else "no network was found within the limit"
        )
    return model.read(solved.point, solved.bound, solved.status)


def _checked(
    processes: Sequence[Process],
    fresh: Sequence[float] | None,
    regeneration: Sequence[float] | None,
) -> int:
    if not processes:
        raise WaterError("there is no process")
    kinds = len(processes[0].load)
    if any(len(p.load) != kinds for p in processes):
        raise WaterError("every process needs the same contaminants")
    if len({p.name for p in processes}) != len(processes):
        raise WaterError("two processes have the same name")
    for name, given in (("fresh water", fresh), ("regeneration", regeneration)):
        if given is not None and (len(given) != kinds or not all(0 <= c < np.inf for c in given)):
            raise WaterError(f"{name} needs one concentration a contaminant, not below 0")
    for process in processes:
        for k, clean in enumerate(fresh or ()):
            if clean > process.inlet_max[k]:
                raise WaterError(f"{process.name} needs water cleaner than fresh water is")
    return kinds


class _Model:
    """Columns: f_i, x_ji, c_ik, and the products w_jik = x_ji c_jk and t_ik = T_i c_ik as sums.

    T_i c_ik = f_i c_ik + sum_j x_ji c_ik, so products pair c with f and with x.
    """

    def __init__(
        self,
        processes: Sequence[Process],
        fresh: tuple[float, ...],
        regeneration: tuple[float, ...] | None,
    ) -> None:
        self.processes, self.fresh, self.regeneration = processes, fresh, regeneration
        count, kinds = len(processes), len(fresh)
        self.count, self.kinds = count, kinds
        pairs = [(j, i) for j in range(count) for i in range(count) if i != j]
        names: list[tuple[object, ...]] = [("f", i) for i in range(count)]
        names += [("x", j, i) for j, i in pairs]
        names += [("T", i) for i in range(count)]
        names += [("c", i, k) for i in range(count) for k in range(kinds)]
        names += [("w", j, i, k) for j, i in pairs for k in range(kinds)]
        names += [("t", i, k) for i in range(count) for k in range(kinds)]
        if regeneration is not None:
            names += [(kind, i) for kind in ("r", "s") for i in range(count)]
        self.pairs = pairs
        self.column = {name: at for at, name in enumerate(names)}

    def programme(self) -> Bilinear:
        column, size = self.column, len(self.column)
        # No process gains from more water than fresh water alone would need.
        most = [self._alone(process) for process in self.processes]
        cost, low, high = np.zeros(size), np.zeros(size), np.full(size, np.inf)
        for i, process in enumerate(self.processes):
            cost[column["f", i]] = 1.0
            high[column["f", i]] = most[i]
            high[column["T", i]] = self._largest(process, most[i])
            if self.regeneration is not None:
                high[column["r", i]] = high[column["s", i]] = high[column["T", i]]
            for k in range(self.kinds):
                high[column["c", i, k]] = process.outlet_max[k]
        for j, i in self.pairs:
            high[column["x", j, i]] = min(high[column["T", j]], high[column["T", i]])
        rows: list[tuple[Floats, float, float]] = []
        for i, process in enumerate(self.processes):
            self._flows(rows, i)
            for k in range(self.kinds):
                self._contaminant(rows, i, k, process)
        if self.regeneration is not None:
            both: dict[tuple[object, ...], float] = {("r", i): 1.0 for i in range(self.count)}
            both |= {("s", i): -1.0 for i in range(self.count)}
            rows.append((self._row(both), 0.0, 0.0))
        products = [
            (column["w", j, i, k], column["c", j, k], column["x", j, i])
            for j, i in self.pairs
            for k in range(self.kinds)
        ] + [
            (column["t", i, k], column["c", i, k], column["T", i])
            for i in range(self.count)
            for k in range(self.kinds)
        ]
        return Bilinear(
            cost=cost,
            matrix=np.array([row for row, _, _ in rows]),
            row_low=np.array([low for _, low, _ in rows]),
            row_high=np.array([top for _, _, top in rows]),
            low=low,
            high=high,
            products=np.array(products, dtype=np.int64),
        )

    def read(self, point: Floats, bound: float, status: str) -> WaterNetwork:
        name = [process.name for process in self.processes]
        value = {key: float(point[at]) for key, at in self.column.items()}

        def taken(kind: str) -> dict[str, float]:
            flows = {name[i]: value.get((kind, i), 0.0) for i in range(self.count)}
            return {process: flow for process, flow in flows.items() if flow > _KEPT}

        let_out = self._let_out(value)
        return WaterNetwork(
            fresh=sum(value["f", i] for i in range(self.count)),
            bound=bound,
            status=status,
            supply=taken("f"),
            reuse={
                (name[j], name[i]): value["x", j, i]
                for j, i in self.pairs
                if value["x", j, i] > _KEPT
            },
            cleaned=taken("r"),
            sent=taken("s"),
            outlet={name[i]: tuple(let_out[i]) for i in range(self.count)},
        )

    def _let_out(self, value: Mapping[tuple[object, ...], float]) -> Floats:
        """Return what each process really lets out, (processes, contaminants): its balance."""
        between = np.zeros((self.count, self.count))
        for j, i in self.pairs:
            between[i, j] = value["x", j, i]
        brought = np.array(
            [
                [
                    PPM * process.load[k]
                    + value["f", i] * self.fresh[k]
                    + value.get(("r", i), 0.0) * (self.regeneration or self.fresh)[k]
                    for k in range(self.kinds)
                ]
                for i, process in enumerate(self.processes)
            ]
        )
        through = np.array([value["T", i] for i in range(self.count)])
        limit = np.array([process.outlet_max for process in self.processes])
        return outlets(between, through, brought, limit)

    def _alone(self, process: Process) -> float:
        """The flow of fresh water that serves a process on its own."""
        return max(
            PPM * load / (outlet - clean)
            for load, outlet, clean in zip(
                process.load, process.outlet_max, self.fresh, strict=True
            )
        )

    def _largest(self, process: Process, alone: float) -> float:
        """The flow a process may ever need: at its largest inlet, or fresh."""
        return max(alone, process.limiting_flow)

    def _row(self, terms: Mapping[tuple[object, ...], float]) -> Floats:
        row = np.zeros(len(self.column))
        for name, factor in terms.items():
            row[self.column[name]] += factor
        return row

    def _into(self, i: int) -> list[tuple[int, int]]:
        return [pair for pair in self.pairs if pair[1] == i]

    def _flows(self, rows: list[tuple[Floats, float, float]], i: int) -> None:
        """T_i = f_i + r_i + sum_j x_ji, and s_i + sum_j x_ij <= T_i"""
        into: dict[tuple[object, ...], float] = {("x", *pair): 1.0 for pair in self._into(i)}
        if self.regeneration is not None:
            into["r", i] = 1.0
        rows.append((self._row({**into, ("f", i): 1.0, ("T", i): -1.0}), 0.0, 0.0))
        out: dict[tuple[object, ...], float] = {("x", j, k): 1.0 for j, k in self.pairs if j == i}
        if self.regeneration is not None:
            out["s", i] = 1.0
        rows.append((self._row({**out, ("T", i): -1.0}), -np.inf, 0.0))

    def _contaminant(
        self, rows: list[tuple[Floats, float, float]], i: int, k: int, process: Process
    ) -> None:
        """Inlet: b_ik = c0 f_i + cr r_i + sum_j w_jik <= inlet T_i. Outlet: b_ik + m_ik <= t_ik."""
        brought: dict[tuple[object, ...], float] = {("w", j, at, k): 1.0 for j, at in self._into(i)}
        brought["f", i] = self.fresh[k]
        if self.regeneration is not None:
            brought["r", i] = self.regeneration[k]
        inlet = {**brought, ("T", i): -process.inlet_max[k]}
        rows.append((self._row(inlet), -np.inf, 0.0))
        outlet = {**brought, ("t", i, k): -1.0}
        rows.append((self._row(outlet), -np.inf, -PPM * process.load[k]))
        # What leaves with the re-used water is part of what leaves, and the rest of the water
        # carries no more than the limit: implied by the products, not by their envelopes.
        passed: dict[tuple[object, ...], float] = {
            ("w", j, to, k): 1.0 for j, to in self.pairs if j == i
        }
        rows.append((self._row({**passed, ("t", i, k): -1.0}), -np.inf, 0.0))
        limit = process.outlet_max[k]
        kept: dict[tuple[object, ...], float] = dict.fromkeys(passed, -1.0)
        kept |= {("x", j, to): limit for j, to in self.pairs if j == i}
        rows.append((self._row({**kept, ("t", i, k): 1.0, ("T", i): -limit}), -np.inf, 0.0))
