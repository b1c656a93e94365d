"""Rinsing after a bath: how much water so many tanks in counter-current need."""

from __future__ import annotations

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text


def rinse_flow(drag_out: float, bath: float, last: float, tanks: int = 1) -> float:
    r"""Return the rinse water [unit of *drag_out*], :math:`D\,(C_0/C_n)^{1/n}`.

    Parameters
    ----------
    drag_out : bath solution carried over, a year or an hour.
    bath, last : concentrations of bath and last rinse [same unit].
    tanks : rinse tanks in counter-current.

    Notes
    -----
    Source: Pollution Prevention InfoHouse (printed example E18). The formula holds for ratios well
    above 1 with complete mixing.

    >>> round(rinse_flow(1.0, 270_000, 40), 2), round(rinse_flow(1.0, 270_000, 40, 2), 2)
    (6750.0, 82.16)
    """
    require(not_negative={"drag_out": drag_out}, positive={"bath": bath, "last": last})
    if tanks < 1 or last > bath:
        raise refused(
            "tanks" if tanks < 1 else "last",
            Text(
                f"{tanks} bể, nồng độ {bath:g} xuống {last:g}.",
                f"{tanks} tanks, from {bath:g} down to {last:g}.",
            ),
            Text(
                "Ít nhất một bể; bể rửa cuối loãng hơn bể chính.",
                "At least one tank; the last rinse is thinner than the bath.",
            ),
        )
    return float(drag_out * (bath / last) ** (1.0 / tanks))


def rinse_saving(ratio: float, before: int, after: int) -> float:
    """Return the share of rinse water that more tanks save at a concentration *ratio*.

    >>> round(rinse_saving(1000.0, 1, 2), 3), round(rinse_saving(1000.0, 1, 3), 3)
    (0.968, 0.99)
    """
    return 1.0 - rinse_flow(1.0, ratio, 1.0, after) / rinse_flow(1.0, ratio, 1.0, before)
