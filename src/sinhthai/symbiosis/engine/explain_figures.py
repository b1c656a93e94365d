"""What is said of the figures of a match: distance, share, season, money, carbon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.reason import Reason

_MILLIONS = Text("triệu đồng", "million VND")
_CO2 = Text("tấn CO2e", "t CO2e")


def amount_reasons(
    said: Mapping[str, Any],
    need: Mapping[str, Any],
) -> Iterator[Reason]:
    km = Text(
        format_number(said["distance_m"] / 1000, "vi", 1),
        format_number(said["distance_m"] / 1000, "en", 1),
    )
    yield Reason(
        "distance",
        Text("Cách nhau {km} km đường chim bay.", "{km} km apart as the crow flies.").format(km=km),
    )
    if said["coverage"] is not None:
        yield Reason(
            "coverage",
            Text(
                "{moved} một năm đáp ứng {share} nhu cầu.",
                "{moved} a year covers {share} of the need.",
            ).format(moved=amount(said["quantity"], said["unit"]), share=percent(said["coverage"])),
        )
    months = int(need["months"]).bit_count()
    yield Reason(
        "season",
        Text(
            "Trùng mùa {both} trong {months} tháng bên cần dùng.",
            "Both run in {both} of the {months} months the need runs.",
        ).format(both=said["season"], months=months),
    )


def worth_reasons(said: Mapping[str, Any]) -> Iterator[Reason]:
    if said["value_vnd"] is not None:
        yield Reason(
            "money",
            Text(
                "Lợi ích hai bên cộng lại, sau chi phí xử lý và vận chuyển: {money} một năm.",
                "Worth to both together, after treatment and transport: {money} a year.",
            ).format(
                money=_range(
                    said["value_vnd"], said["value_low"], said["value_high"], 1e6, _MILLIONS
                )
            ),
        )
    if said["co2_t"] is not None:
        yield Reason(
            "carbon",
            Text(
                "Phát thải tránh được, đã trừ vận chuyển: {co2} một năm.",
                "Emissions avoided, transport taken off: {co2} a year.",
            ).format(co2=_range(said["co2_t"], said["co2_low"], said["co2_high"], 1.0, _CO2)),
        )


def amount(value: float, unit: str) -> Text:
    return Text(
        f"{rounded(value, 'vi')} {unit_label(unit, 'vi')}",
        f"{rounded(value, 'en')} {unit_label(unit, 'en')}",
    )


def _range(mid: float, low: float | None, high: float | None, scale: float, unit: Text) -> Text:
    def said(language: str) -> str:
        text = f"{rounded(mid / scale, language)} {unit.get(language)}"
        if low is None or high is None or low == high:
            return text
        return f"{text} ({rounded(low / scale, language)} … {rounded(high / scale, language)})"

    return Text(said("vi"), said("en"))


def rounded(value: float, language: str) -> str:
    """Return a number with the digits that mean something: three, and no fraction from 100 on."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return format_number(value, language, digits)


def percent(share: float) -> Text:
    digits = 0 if share >= 0.1 or share == 0 else 1
    return Text(
        f"{format_number(share * 100, 'vi', digits)} %",
        f"{format_number(share * 100, 'en', digits)} %",
    )
