"""A site from the options of ``sinhthai measures``: what it uses, meters and pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinhthai.carbon.engine.inventory import compute, counts
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.suggest import Site, is_fuel
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import NumberError, parse_number
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text


def read_site(
    sector: str,
    used: Sequence[str],
    metered: Sequence[str],
    prices: Sequence[str],
    employees: int | None,
    year: int | None,
) -> Site:
    """Return the site the options describe.

    Raises
    ------
    InputError : every option that cannot be read: no such carrier or use, no number, a price
        without one.
    """
    problems: list[Problem] = []
    carriers: dict[str, float | None] = {}
    for option, written in _each(used, "--used"):
        name, value = _pair(written, option, problems)
        if carrier := _carrier(name, option, problems):
            carriers[carrier] = value
    uses: dict[tuple[str, str], float] = {}
    for option, written in _each(metered, "--metered"):
        name, value = _pair(written, option, problems)
        key = _use(name, option, problems)
        if key and value is None:
            problems.append(_no_number(written, option))
        elif key and value is not None:
            uses[key] = value
            carriers.setdefault(key[0], None)
    paid: dict[str, float] = {}
    for option, written in _each(prices, "--price"):
        name, value = _pair(written, option, problems)
        carrier = _carrier(name, option, problems)
        if carrier and value is None:
            problems.append(_no_number(written, option))
        elif carrier and value is not None:
            paid[carrier] = value
    if problems:
        raise InputError(problems)
    factors = {} if year is None else co2_factors(tuple(carriers), year)
    return Site(sector, carriers, uses, employees, prices=paid, co2_factors=factors)


def co2_factors(carriers: Sequence[str], year: int) -> dict[str, float]:
    """Return t CO2e per base unit of electricity and fuels (AR5, biogenic CO2 apart).

    Raises
    ------
    InputError : there is no factor for that year; the last published is not taken silently.

    >>> co2_factors(["electricity", "water"], 2023)
    {'electricity': 0.6592}
    """
    tables = load_factors()
    found = {}
    for carrier in carriers:
        if carrier != "electricity" and not is_fuel(carrier):
            continue
        kind = "electricity" if carrier == "electricity" else "stationary"
        unit = tables.activities[carrier].unit
        one = Activity("", year, "1", kind, carrier, 1.0, unit)  # type: ignore[arg-type]
        lines = compute([one], tables, Settings()).lines
        found[carrier] = sum(line.co2e_t or 0.0 for line in lines if counts(line))
    return found


def _each(written: Sequence[str], option: str) -> Iterator[tuple[str, str]]:
    return ((option, one) for one in written)


def _pair(written: str, option: str, problems: list[Problem]) -> tuple[str, float | None]:
    name, equals, number = written.partition("=")
    if not equals:
        return name.strip(), None
    try:
        return name.strip(), parse_number(number)
    except NumberError as error:
        problems.append(Problem("not-a-number", error.message, error.cure, Place(option)))
        return name.strip(), None


def _carrier(name: str, option: str, problems: list[Problem]) -> str:
    kinds = {use.carrier for use in load_whole_catalogue().uses.values()} - {"fuel"}
    if name in kinds:
        return name
    try:
        return load_factors().activity_of(name).id
    except InputError as error:
        problems += [
            Problem(one.code, one.message, one.cure, Place(option)) for one in error.problems
        ]
        return ""


def _use(name: str, option: str, problems: list[Problem]) -> tuple[str, str] | None:
    before, colon, after = name.partition(":")
    use = load_whole_catalogue().uses.get(after if colon else before)
    if use is None:
        problems.append(
            Problem(
                "unknown-use",
                Text(f"Không có mục sử dụng «{name}».", f"There is no use '{name}'."),
                Text("Xem cột Mục sử dụng: sinhthai measures.", "See Use in: sinhthai measures."),
                Place(option),
            )
        )
        return None
    if use.carrier == "fuel" and not colon:
        problems.append(
            Problem(
                "which-fuel",
                Text(f"{use.id}: nhiên liệu nào?", f"{use.id}: which fuel?"),
                Text(f"Ghi anthracite:{use.id}=700.", f"Write anthracite:{use.id}=700."),
                Place(option),
            )
        )
        return None
    carrier = _carrier(before, option, problems) if colon else use.carrier
    return (carrier, use.id) if carrier else None


def _no_number(written: str, option: str) -> Problem:
    return Problem(
        "no-number",
        Text(f"«{written}» thiếu con số.", f"'{written}' has no number."),
        Text("Ghi tên=số, theo MWh, t hoặc m3 một năm.", "Write name=number, MWh, t or m3 a year."),
        Place(option),
    )
