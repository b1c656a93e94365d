"""The curves of a study as one SVG picture."""

from __future__ import annotations

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.panels import BLUE, GREEN, RED, Line, Panel, draw
from sinhthai.symbiosis.engine.water.curves import fresh_line, surplus_curve
from sinhthai.symbiosis.engine.water.study import WaterStudy

_LEVEL = Text("Nồng độ (mg/L)", "Concentration (mg/L)")


def picture(study: WaterStudy, language: str) -> str | None:
    """Return the limiting composite curve with the fresh-water line, or the cascade.

    None with several contaminants: there is no curve that decides.
    """
    panels = []
    if study.target is not None:
        target = study.target
        curve = list(zip(target.load.tolist(), target.level.tolist(), strict=True))
        lines = [
            Line(Text("giới hạn", "limiting"), curve, RED),
            Line(
                Text("nước cấp", "fresh water"),
                fresh_line(target, study.file.fresh[0]),
                BLUE,
                dashed=True,
            ),
        ]
        panels.append(
            Panel(
                Text("Đường tổng hợp giới hạn", "Limiting composite curve"),
                Text("Tải lượng (kg/h)", "Load (kg/h)"),
                _LEVEL,
                tuple(lines),
                _pinch(study),
            )
        )
    if study.cascade is not None:
        panels.append(
            Panel(
                Text("Thang: sức nhận chất bẩn còn lại", "Cascade: capacity left over"),
                Text("Sức nhận còn lại (kg/h)", "Capacity left over (kg/h)"),
                _LEVEL,
                (Line(Text("còn lại", "left over"), surplus_curve(study.cascade), GREEN),),
                _pinch(study),
            )
        )
    return draw(panels, _title(study), language) if panels else None


def _pinch(study: WaterStudy) -> tuple[tuple[float, Text], ...]:
    at = study.whole.pinch
    if at is None:
        return ()
    return ((at, Text("pinch {at} mg/L", "pinch {at} mg/L").format(at=_said(at))),)


def _title(study: WaterStudy) -> Text:
    whole = study.whole
    return Text(
        "Nước cấp ít nhất {fresh} t/h · không tái sử dụng {without} t/h",
        "Least fresh water {fresh} t/h · without re-use {without} t/h",
    ).format(fresh=_said(whole.fresh or 0.0), without=_said(whole.without_reuse))


def _said(value: float) -> Text:
    return Text(*(format_number(round(value, 2), one) for one in ("vi", "en")))
