"""A workbook of measures, read whole: every fault at once, with sheet, cell and cure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sinhthai.carbon.engine.model import Settings
from sinhthai.factors.lookup import Factors
from sinhthai.finance.engine.flows import remarks
from sinhthai.finance.engine.measures import Carrier, Measure, Use
from sinhthai.finance.engine.model import Proposal, Scenario
from sinhthai.finance.workbook.assumptions import read_given, read_ranges
from sinhthai.finance.workbook.carriers import MATERIAL, Named, co2e_of
from sinhthai.finance.workbook.columns import LIST, MEASURES
from sinhthai.finance.workbook.grids import Grid, Table, find_table, read_grids
from sinhthai.finance.workbook.measure_rows import ELECTRICITY, Draft, MeasureRows
from sinhthai.finance.workbook.messages import Problems
from sinhthai.finance.workbook.model import Given, MeasureFile
from sinhthai.finance.workbook.price_rows import Lists, PriceRow, electricity_price
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import unit_label

INVENTED = Text("số liệu giả định", "invented")
_SAME_SHARE = 0.01


def read_measures(content: bytes, file: str, factors: Factors) -> MeasureFile:
    """Return what the workbook says.

    Raises
    ------
    InputError : every fault, with sheet, cell and what to do. Nothing is guessed: a figure that
        could be a share or a per cent is asked back.
    """
    problems = Problems()
    grids = read_grids(content, file)
    given, places = read_given(grids, problems)
    spread = read_ranges(grids, problems)
    table = find_table(grids, MEASURES, LIST, problems)
    if table is None and not problems.errors:
        problems.add("no_sheet", Place(file), name=MEASURES)
    if given is None or table is None:
        problems.refuse()
        raise AssertionError("what is missing was noted")
    rows = MeasureRows(table, factors, given, problems)
    drafts = rows.read()
    lists = Lists(factors, given, problems, rows.named)
    prices, uses = lists.prices(grids), lists.uses(grids)
    shared = _Shared(file, factors, given, problems, rows.named, prices, places)
    carriers = shared.carriers(drafts)
    measures = _measures(table, drafts, uses, carriers, problems)
    problems.refuse()
    scenario = _scenario(given, carriers)
    for measure, draft in zip(measures, drafts, strict=True):
        for said in remarks(measure.proposal, scenario):
            where = table.place(draft.row, "life")
            name = draft.name
            what = Text(f"{name}: {said.vi}", f"{name}: {said.en}")
            problems.add("remark", where, what=what)
    return MeasureFile(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        measures=measures,
        scenario=scenario,
        spread=spread,
        given=given,
        carriers=carriers,
        uses={use.name: use for use in uses.values()},
        remarks=tuple(problems.remarks),
        is_invented=_is_invented(grids),
        factors_hash=factors.hash,
    )


def _scenario(given: Given, carriers: Mapping[str, Carrier]) -> Scenario:
    return Scenario(
        rate=given.rate,
        horizon=given.horizon,
        first_year=given.first_year,
        is_real=given.money_kind == "real",
        inflation=given.inflation,
        tax=given.tax,
        depreciation_years=given.depreciation_years,
        prices={c.id: c.price for c in carriers.values() if c.price is not None},
        escalation={c.id: c.escalation for c in carriers.values()},
        co2_factors={c.id: c.co2e for c in carriers.values() if c.co2e is not None},
    )


@dataclass(slots=True)
class _Shared:
    """Prices and factors of every carrier the measures save."""

    file: str
    factors: Factors
    given: Given
    problems: Problems
    named: Mapping[str, Named]
    rows: Mapping[str, PriceRow]
    places: Mapping[str, Place]
    _sheet: Place = field(default_factory=Place)

    def carriers(self, drafts: Sequence[Draft]) -> dict[str, Carrier]:
        return {one.id: self._carrier(one, drafts) for one in self.named.values()}

    def _carrier(self, one: Named, drafts: Sequence[Draft]) -> Carrier:
        row = self.rows.get(one.id)
        price = row.price if row else None
        origin: dict[str, Text] = {}
        if row is not None and price is not None:
            note = row.note or str(row.place)
            origin["price"] = Text(note, note)
        elif one.id == ELECTRICITY.id:
            found = electricity_price(
                self.given, self.factors, self.problems, self.places, Place(self.file)
            )
            if found is not None:
                price = found.price
                origin["price"] = found.origin
                if not found.is_verified:
                    self._remark(
                        f"Biểu giá hoặc khung giờ chưa kiểm chứng: {found.origin.vi}.",
                        f"The tariff or its hours are not verified: {found.origin.en}.",
                        "voltage",
                    )
        else:
            self._unpriced(one, drafts)
        co2e, said = self._co2e(one, row)
        return Carrier(
            one.id,
            one.name,
            one.unit,
            price,
            row.escalation if row else 0.0,
            co2e,
            {**origin, **({"co2e": said} if said else {})},
        )

    def _unpriced(self, one: Named, drafts: Sequence[Draft]) -> None:
        also = Text("", "")
        if one.id.startswith(MATERIAL):
            also = Text(" hoặc ở cột giá của dòng", " or in the line's column of prices")
        for draft in drafts:
            if draft.savings.get(one.id) and one.id not in draft.prices:
                self.problems.add(
                    "no_price", draft.cells[one.id].place, carrier=one.name, also=also
                )

    def _co2e(self, one: Named, row: PriceRow | None) -> tuple[float | None, Text | None]:
        if row is not None and row.factor is not None:
            note = row.note or str(row.place)
            return row.factor, Text(f"hệ số riêng: {note}", f"own factor: {note}")
        given = self.given
        settings = Settings(given.gwp, given.policy, last_published=given.factor_year is None)
        found = co2e_of(one, self.factors, settings, given.year_of_factors)
        for flag in found.flags:
            self._remark(f"{one.name.vi}: {flag.vi}", f"{one.name.en}: {flag.en}", "factor_year")
        for problem in found.why:
            if given.factor_year is not None:
                place = self.places.get("factor_year", Place(self.file))
                self.problems.add("cell", place, what=problem.message, cure=problem.cure)
            else:
                self._remark(problem.message.vi, problem.message.en, "factor_year")
        if found.value is None:
            return None, None
        said = f"{found.origin}, {given.gwp}"
        return found.value, Text(said, said)

    def _remark(self, vi: str, en: str, key: str) -> None:
        place = self.places.get(key, Place(self.file))
        self.problems.add("remark", place, what=Text(vi, en))


def _measures(
    table: Table,
    drafts: Sequence[Draft],
    uses: Mapping[str, Use],
    carriers: Mapping[str, Carrier],
    problems: Problems,
) -> tuple[Measure, ...]:
    names = {draft.key: draft.name for draft in drafts}
    called = {fold(draft.use): draft.use for draft in reversed(drafts) if draft.use}
    called |= {key: use.name for key, use in uses.items()}
    made = []
    for draft in drafts:
        is_none = not any(draft.savings.values()) and not draft.money.get("other_saving")
        if is_none and not (problems.errors and draft.names_saving):
            problems.add("nothing_saved", table.place(draft.row, "name"), name=draft.name)
        for other in draft.excludes:
            if fold(other) not in names:
                problems.add("unknown_measure", table.place(draft.row, "excludes"), name=other)
        unknown = tuple(
            carrier
            for carrier, quantity in draft.savings.items()
            if quantity and carriers[carrier].co2e is None
        )
        made.append(
            Measure(
                Proposal(
                    id=draft.name,
                    name=draft.name,
                    investment=draft.investment,
                    life=draft.life,
                    savings=draft.savings,
                    other_saving=draft.money.get("other_saving", 0.0),
                    running_cost=draft.money.get("running_cost", 0.0),
                    grant=draft.money.get("grant", 0.0),
                    salvage=draft.money.get("salvage", 0.0),
                    co2e=draft.co2e,
                    prices=draft.prices,
                    excludes=tuple(names.get(fold(other), other) for other in draft.excludes),
                ),
                called[fold(draft.use)] if draft.use else "",
                _share(table, draft, uses, carriers, problems),
                unknown if draft.co2e is None else (),
            )
        )
    return tuple(made)


def _share(
    table: Table,
    draft: Draft,
    uses: Mapping[str, Use],
    carriers: Mapping[str, Carrier],
    problems: Problems,
) -> float | None:
    """Return the share of its use a measure saves: what it saves over what is metered."""
    if not draft.use:
        return draft.share
    use = uses.get(fold(draft.use))
    place = table.place(draft.row, "share")
    saved = draft.savings.get(use.carrier) if use else None
    if use is None or saved is None:
        if draft.share is None and "share" not in draft.cells:
            problems.add("no_share", place, use=draft.use)
        return draft.share
    if saved > use.quantity:
        problems.add(
            "more_than_use",
            draft.cells[use.carrier].place,
            saved=_shown(saved),
            use=use.name,
            metered=_shown(use.quantity),
            unit=unit_label(carriers[use.carrier].unit, "en"),
        )
        return None
    share = saved / use.quantity if use.quantity else 0.0
    if draft.share is not None and abs(share - draft.share) > _SAME_SHARE:
        shown = {"counted": _shown(share * 100, "%"), "stated": _shown(draft.share * 100, "%")}
        problems.add("share_differs", place, name=draft.name, use=use.name, **shown)
    return share


def _shown(value: float, after: str = "") -> Text:
    return Text(
        format_number(float(f"{value:.4g}"), "vi") + after,
        format_number(float(f"{value:.4g}"), "en") + after,
    )


def _is_invented(grids: Sequence[Grid]) -> bool:
    """Say whether the first lines of any sheet tell that the figures are invented."""
    words = (fold(INVENTED.vi), fold(INVENTED.en))
    return any(
        isinstance(cell, str) and any(word in fold(cell) for word in words)
        for grid in grids
        for row in grid.rows[:4]
        for cell in row[:2]
    )
