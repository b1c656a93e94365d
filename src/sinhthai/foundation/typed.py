"""Numbers as a person types them: back into a field or cell they are read again unchanged."""

from __future__ import annotations

from decimal import Decimal


def typed(value: float | None, language: str) -> str:
    """Return *value* to 15 digits (the 16th is float noise), ungrouped; "" where it is None.

    Three digits after the mark could be thousands: a zero is added, so that nothing reads two ways.

    >>> typed(1833.0, "vi"), typed(1.833, "vi"), typed(0.125, "en"), typed(None, "vi")
    ('1833', '1,8330', '0.1250', '')
    >>> typed(0.07 * 100, "vi"), typed(0.00001234, "en"), typed(-1e-9, "vi")
    ('7', '0.00001234', '-0,000000001')
    """
    if value is None:
        return ""
    whole, _mark, fraction = f"{Decimal(f'{value:.15g}'):f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}{'.' if language.startswith('en') else ','}{fraction}" if fraction else whole
