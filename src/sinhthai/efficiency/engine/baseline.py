r"""What a site would have used: its use as a line of production and weather, with an interval.

Ordinary least squares, as IPMVP option C and ASHRAE guideline 14 do. Savings are what the line
says for today's production and weather less what was used; their interval holds the scatter of
the line and of its coefficients, widened where neighbouring residuals look alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

Floats = NDArray[np.float64]
Column = Sequence[float | None]
POINTS_PER_COEFFICIENT = 4
"""Fewer points than this for each coefficient say too little; twelve months carry two drivers."""
MOST_SCATTER, LEAST_FIT = 0.25, 0.75
"""CV(RMSE) and R² a baseline is held to (IPMVP and ASHRAE guideline 14, from memory)."""


class NoBaseline(InputError):
    """The data do not carry a baseline; the problem says why and what to gather."""


@dataclass(frozen=True)
class Baseline:
    """Use as intercept plus slope times driver, and how well that holds."""

    names: tuple[str, ...]
    intercept: float
    slopes: tuple[float, ...]
    points: int
    left_out: int
    """Periods without a value of the use or of a driver; they are not taken as zero."""
    r2: float
    cv_rmse: float
    """Scatter of the residuals over the mean use."""
    autocorrelation: float
    """Of neighbouring residuals, in the order given."""
    ranges: Mapping[str, tuple[float, float]]
    remarks: tuple[Text, ...]
    variance: float
    """Of the residuals."""
    covariance: Floats
    """Of the coefficients, for a variance of 1 (p, p)."""

    @property
    def is_adequate(self) -> bool:
        """Whether scatter and fit are as good as the guidelines ask."""
        return self.cv_rmse <= MOST_SCATTER and self.r2 >= LEAST_FIT

    @property
    def inflation(self) -> float:
        """How many times more the variance is than for independent residuals."""
        rho = min(max(self.autocorrelation, 0.0), 0.95)
        return (1.0 + rho) / (1.0 - rho)

    def expect(self, drivers: Mapping[str, Sequence[float]]) -> Floats:
        """Return the use (n,) the line says for *drivers* (n each)."""
        columns = [np.asarray(drivers[name], dtype=np.float64) for name in self.names]
        return np.asarray(
            self.intercept + sum(s * c for s, c in zip(self.slopes, columns, strict=True))
        )


@dataclass(frozen=True, slots=True)
class VerifiedSaving:
    """What was saved in a reporting period against the adjusted baseline, with its interval."""

    saved: float
    low: float
    high: float
    confidence: float
    expected: float
    used: float
    periods: int
    remarks: tuple[Text, ...]

    @property
    def outcome(self) -> Literal["saved", "not_shown", "more_used"]:
        """What the whole interval says; ``not_shown`` when it holds zero."""
        if self.low > 0:
            return "saved"
        return "more_used" if self.high < 0 else "not_shown"


def fit(use: Column, drivers: Mapping[str, Column]) -> Baseline:
    """Fit the use of past periods to what drives it.

    Parameters
    ----------
    use : of each period (month, day, year), in order of time; None: not reported.
    drivers : production, degree days, … of the same periods; None: not reported.

    Raises
    ------
    NoBaseline : too few periods, a driver that never changes, no production while energy is used,
        drivers that say the same, use that is all zero or below zero.

    >>> months = list(range(12))
    >>> found = fit([50.0 + 2.0 * m for m in months], {"production": months})
    >>> round(found.intercept, 6), round(found.slopes[0], 6), round(found.r2, 6)
    (50.0, 2.0, 1.0)
    """
    names = tuple(drivers)
    _check_lengths(use, drivers)
    _check_use(use)
    rows = [
        row
        for row in zip(use, *drivers.values(), strict=True)
        if all(value is not None and math.isfinite(value) for value in row)
    ]
    coefficients = len(names) + 1
    if len(rows) < POINTS_PER_COEFFICIENT * coefficients or not names:
        raise _too_few(len(rows), POINTS_PER_COEFFICIENT * max(coefficients, 2))
    data = np.array(rows, dtype=np.float64)
    y, x = data[:, 0], data[:, 1:]
    _check_variation(y, x, names)
    design = np.column_stack([np.ones(len(y)), x])
    scale = np.abs(design).max(axis=0)
    if np.linalg.matrix_rank(design / scale) < coefficients:
        raise _refused(
            "same-drivers",
            Text("Các biến giải thích nói cùng một điều.", "The drivers say the same."),
            Text("Bỏ bớt một biến.", "Leave one of them out."),
        )
    scaled, *_ = np.linalg.lstsq(design / scale, y, rcond=None)
    residuals = y - design / scale @ scaled
    beta = scaled / scale
    inverse = np.linalg.inv((design / scale).T @ (design / scale)) / np.outer(scale, scale)
    free = len(y) - coefficients
    variance = float(residuals @ residuals) / free
    total = float(np.square(y - y.mean()).sum())
    return Baseline(
        names,
        float(beta[0]),
        tuple(float(one) for one in beta[1:]),
        len(y),
        len(use) - len(y),
        1.0 - float(residuals @ residuals) / total if total > 0 else 0.0,
        math.sqrt(variance) / float(y.mean()),
        _autocorrelation(residuals),
        {name: (float(x[:, at].min()), float(x[:, at].max())) for at, name in enumerate(names)},
        tuple(_remarks(beta, names)),
        variance,
        inverse,
    )


def verify(
    baseline: Baseline,
    use: Sequence[float],
    drivers: Mapping[str, Sequence[float]],
    *,
    confidence: float = 0.95,
) -> VerifiedSaving:
    r"""Return what was saved in the periods reported, against the adjusted baseline.

    :math:`S = \sum (\hat y - y)`, with the half-width
    :math:`t\, s \sqrt{k (m + \mathbf{x}^\top (X^\top X)^{-1} \mathbf{x})}`: *m* periods, *x* the
    sum of their rows, *k* the inflation by autocorrelation, which also lowers the degrees of
    freedom of *t*.

    Parameters
    ----------
    use : of each period reported.
    drivers : of the same periods, all that the baseline has.
    confidence : of the interval, share.

    Raises
    ------
    InputError : a driver is missing, nothing reported, a confidence that is no share.

    >>> months = list(range(12))
    >>> line = fit([50.0 + 2.0 * m + (-1) ** m for m in months], {"production": months})
    >>> found = verify(line, [55.0, 57.0], {"production": [5.0, 6.0]})
    >>> round(found.saved, 1), found.outcome
    (10.0, 'saved')
    """
    missing = [name for name in baseline.names if name not in drivers]
    if missing or not use or not 0 < confidence < 1:
        raise _refused(
            "verification-input",
            Text(
                f"Thiếu: {', '.join(missing) or 'số đo, hoặc độ tin cậy từ 0 đến 1'}.",
                f"Missing: {', '.join(missing) or 'measurements, or a confidence from 0 to 1'}.",
            ),
            Text(
                "Cho đủ các biến của đường cơ sở cho kỳ báo cáo.",
                "Give all drivers of the baseline for the periods reported.",
            ),
        )
    _check_lengths(use, {name: drivers[name] for name in baseline.names})
    _check_use(use)
    if not all(map(math.isfinite, (*use, *(one for n in baseline.names for one in drivers[n])))):
        raise _refused(
            "not-reported",
            Text("Có kỳ chưa có số liệu.", "A period has no figure."),
            Text("Bỏ kỳ đó, hoặc bổ sung số liệu.", "Leave the period out, or complete it."),
        )
    expected = baseline.expect(drivers)
    row = np.array([float(len(use)), *(float(sum(drivers[name])) for name in baseline.names)])
    spread = baseline.variance * baseline.inflation
    free = max(baseline.points / baseline.inflation - len(row), 1.0)
    half = _student(confidence, free) * math.sqrt(
        max(spread * (len(use) + float(row @ baseline.covariance @ row)), 0.0)
    )
    saved = float(expected.sum()) - float(sum(use))
    return VerifiedSaving(
        saved,
        saved - half,
        saved + half,
        confidence,
        float(expected.sum()),
        float(sum(use)),
        len(use),
        (*baseline.remarks, *_outside(baseline, drivers)),
    )


def degree_days(
    temperatures: Sequence[float], base: float, kind: Literal["cooling", "heating"] = "cooling"
) -> float:
    """Return the degree days of daily mean *temperatures* against *base* [both °C, or both K].

    >>> degree_days([24.0, 29.0, 31.0], 26.0)
    8.0
    """
    sign = 1.0 if kind == "cooling" else -1.0
    return sum(max(sign * (one - base), 0.0) for one in temperatures)


def choose(use: Column, candidates: Mapping[str, Mapping[str, Column]]) -> tuple[str, Baseline]:
    """Return the candidate set of drivers with the least AICc among those that can be fitted.

    The corrected criterion of Akaike charges each driver more the fewer points there are, so a
    driver that adds nothing is left out. Candidates may also be degree days of several base
    temperatures; the interval does not know that the base was searched for.

    Raises
    ------
    NoBaseline : none can be fitted; the reasons of all are given.

    >>> days = [[18.0 + month + day / 10 for day in range(30)] for month in range(12)]
    >>> use = [500.0 + 3.0 * degree_days(month, 24.0) for month in days]
    >>> bases = {f"{base}": {"cooling": [degree_days(month, base) for month in days]}
    ...          for base in (20.0, 22.0, 24.0, 26.0)}
    >>> choose(use, bases)[0]
    '24.0'
    """
    fitted: list[tuple[float, str, Baseline]] = []
    problems: list[Problem] = []
    for name, drivers in candidates.items():
        try:
            found = fit(use, drivers)
        except NoBaseline as error:
            problems.extend(error.problems)
            continue
        fitted.append((_aicc(found), name, found))
    if not fitted:
        raise NoBaseline(problems)
    _, name, best = min(fitted, key=lambda one: one[:2])
    return name, best


def _aicc(found: Baseline) -> float:
    count, n = len(found.names) + 2, found.points  # slopes, intercept, variance
    rest = max(found.variance * (n - count + 1) / n, 1e-300)
    return n * math.log(rest) + 2 * count + 2 * count * (count + 1) / (n - count - 1)


def _student(confidence: float, free: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(free, (1.0 + confidence) / 2.0))


def _autocorrelation(residuals: Floats) -> float:
    total = float(residuals @ residuals)
    return float(residuals[1:] @ residuals[:-1]) / total if total > 0 else 0.0


def _remarks(beta: Floats, names: tuple[str, ...]) -> list[Text]:
    found = []
    if beta[0] < 0:
        found.append(
            Text("Lượng nền âm: kiểm tra số liệu.", "The base load is below zero: check the data.")
        )
    found += [
        Text(f"Dùng ít đi khi {name} tăng.", f"Less is used as {name} grows.")
        for name, slope in zip(names, beta[1:], strict=True)
        if slope < 0
    ]
    return found


def _outside(baseline: Baseline, drivers: Mapping[str, Sequence[float]]) -> list[Text]:
    found = []
    for name in baseline.names:
        low, high = baseline.ranges[name]
        away = sum(1 for one in drivers[name] if not low <= one <= high)
        if away:
            found.append(
                Text(
                    f"{away} kỳ có {name} ngoài khoảng đã khớp ({low:g}–{high:g}).",
                    f"{away} periods have {name} outside the range fitted ({low:g}–{high:g}).",
                )
            )
    return found


def _check_lengths(use: Sequence[object], drivers: Mapping[str, Sequence[object]]) -> None:
    for name, column in drivers.items():
        if len(column) != len(use):
            raise _refused(
                "periods-differ",
                Text(
                    f"{len(use)} kỳ sử dụng, {len(column)} kỳ {name}.",
                    f"{len(use)} periods of use, {len(column)} of {name}.",
                ),
                Text(
                    "Cho cùng các kỳ; chưa có thì để trống.", "Give the same periods; else blank."
                ),
            )


def _check_use(use: Sequence[float | None]) -> None:
    wrong = [str(at + 1) for at, one in enumerate(use) if one is not None and one < 0]
    if wrong:
        raise _refused(
            "negative-use",
            Text(f"Kỳ {', '.join(wrong)}: số âm.", f"Period {', '.join(wrong)}: below zero."),
            Text(
                "Ghi lượng đã dùng; điện bán ra để riêng.",
                "Give what was used; what was sold stands apart.",
            ),
        )


def _check_variation(y: Floats, x: Floats, names: tuple[str, ...]) -> None:
    if not y.any():
        raise _refused(
            "no-use",
            Text("Lượng sử dụng bằng 0 ở mọi kỳ.", "The use is zero in every period."),
            Text("Kiểm tra đồng hồ.", "Check the meter."),
        )
    for at, name in enumerate(names):
        column = x[:, at]
        if not column.any():
            raise _refused(
                "zero-driver",
                Text(
                    f"{name} bằng 0 ở mọi kỳ mà vẫn dùng năng lượng: không có đường cơ sở.",
                    f"{name} is zero in every period while energy is used: there is no baseline.",
                ),
                Text(
                    "Khai sản lượng, hoặc chọn biến khác (thời tiết, giờ chạy).",
                    "Report the output, or choose another driver (weather, running hours).",
                ),
            )
        if np.ptp(column) <= 1e-12 * np.abs(column).max():
            raise _refused(
                "constant-driver",
                Text(f"{name} không thay đổi.", f"{name} never changes."),
                Text("Bỏ biến này, hoặc thêm kỳ khác.", "Leave it out, or add other periods."),
            )


def _too_few(found: int, needed: int) -> NoBaseline:
    return _refused(
        "too-few-periods",
        Text(
            f"Có {found} kỳ đủ số liệu, cần ít nhất {needed}.",
            f"{found} periods have all figures, at least {needed} are needed.",
        ),
        Text(
            "Dùng số liệu tháng hoặc ngày, hoặc bớt biến.",
            "Use figures of months or days, or fewer drivers.",
        ),
    )


def _refused(code: str, message: Text, cure: Text) -> NoBaseline:
    return NoBaseline([Problem(code, message, cure)])
