"""The answer as sections of rows, said once for the terminal and for the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.finance.documents.appraisal import Answer, words
from sinhthai.finance.engine.study import Result
from sinhthai.finance.workbook.carriers import WATER
from sinhthai.finance.workbook.columns import GIVEN
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label

_COLUMNS = ("electricity", WATER, "wastewater")
_MWH = 1000.0


@dataclass(frozen=True, slots=True)
class Section:
    """A table: the first ``words`` columns are words, the others figures at the right."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    texts: frozenset[int] = frozenset({0})
    """Columns that hold words."""


@dataclass(frozen=True, slots=True)
class Said:
    """Says an answer in one language."""

    answer: Answer
    language: str

    def say(self, text: Text) -> str:
        """Return *text* in the language."""
        return text.get(self.language)

    def sections(self) -> Iterator[Section]:
        """Yield what there is to say, in the order a reader asks."""
        yield self.money()
        yield self.saved()
        if self.answer.study.draws:
            yield self.risk()
        if self.answer.study.scenario.inflation:
            yield self.both_moneys()

    def name(self, result: Result) -> str:
        """Return the name of a measure; one that counts in no total is marked."""
        return result.measure.proposal.name + ("" if result.counts else " †")

    def money(self) -> Section:
        """Return what each measure is worth, and what they are worth together."""
        lang, totals = self.language, self.answer.study.totals
        rows = []
        for result in self.answer.study.results:
            one, proposal = result.appraisal, result.measure.proposal
            rows.append(
                (
                    self.name(result),
                    words.millions(proposal.investment, lang),
                    words.millions(one.yearly_saving, lang),
                    words.millions(one.npv, lang),
                    words.millions(one.npv_after_tax, lang),
                    words.rate(one.irr, lang),
                    words.rate(one.irr_after_tax, lang),
                    words.years(one.payback, lang),
                    words.years(one.discounted_payback, lang),
                )
            )
        sums = (totals.investment, totals.yearly_saving, totals.npv, totals.npv_after_tax)
        headings = (
            words.MEASURE, words.INVESTMENT, words.SAVING, words.NPV, words.NPV_TAXED, words.IRR,
            words.IRR_TAXED, words.PAYBACK, words.DISCOUNTED,
        )  # fmt: skip
        return Section(
            self.say(words.MONEY),
            self._all(headings),
            tuple(rows),
            (self.say(words.TOTAL), *(words.millions(one, lang) for one in sums), "", "", "", ""),
            (self.say(words.NOT_SUMMED),),
        )

    def saved(self) -> Section:
        """Return what is saved a year, by carrier, and what a tonne of CO2e costs."""
        lang, totals = self.language, self.answer.study.totals
        rows = []
        for result in self.answer.study.results:
            one = result.appraisal
            cost = one.abatement_cost
            *metered, others = self._quantities(result.measure.proposal.savings)
            rows.append(
                (
                    self.name(result),
                    *metered,
                    self._co2e(one.co2e),
                    "–" if cost is None else words.thousands(cost, lang),
                    others,
                )
            )
        notes = []
        if totals.co2e is None:
            known = Text(words.plain(totals.known_co2e, "vi"), words.plain(totals.known_co2e, "en"))
            said = words.UNKNOWN_TOTAL.format(known=known, names="; ".join(totals.unknown))
            notes.append(self.say(said))
        headings = (
            words.MEASURE, words.ELECTRICITY, words.WATER, words.WASTEWATER, words.CO2E,
            words.COST, words.OTHERS,
        )  # fmt: skip
        *metered, others = self._quantities(totals.savings)
        return Section(
            self.say(words.SAVED),
            self._all(headings),
            tuple(rows),
            (self.say(words.TOTAL), *metered, self._co2e(totals.co2e), "", others),
            tuple(notes),
            frozenset({0, 6}),
        )

    def risk(self) -> Section:
        """Return how the worth of each measure spreads."""
        lang, rows = self.language, []
        for result in self.answer.study.results:
            risk = result.risk
            if risk is None:
                continue
            driver = max(
                risk.rank_correlation.items(), key=lambda pair: abs(pair[1]), default=("", 0.0)
            )
            said = ""
            if driver[0]:
                said = f"{self.say(words.INPUTS[driver[0]])} {format_number(driver[1], lang, 2)}"
            rows.append(
                (
                    self.name(result),
                    *(words.millions(p, lang) for p in (risk.p10, risk.p50, risk.p90)),
                    words.percent(risk.chance_of_loss, lang),
                    said,
                )
            )
        study = self.answer.study
        note = Text(
            f"{format_number(study.draws, 'vi', 0)} lần rút, hạt giống {study.seed}; biên độ: ",
            f"{format_number(study.draws, 'en', 0)} draws, seed {study.seed}; ranges: ",
        )
        return Section(
            self.say(words.RISK),
            self._all((words.MEASURE, words.P10, words.P50, words.P90, words.LOSS, words.DRIVER)),
            tuple(rows),
            notes=(self.say(note) + self._ranges() + ".",),
            texts=frozenset({0, 5}),
        )

    def both_moneys(self) -> Section:
        """Return every worth both ways: nominal money and constant prices."""
        lang, rows = self.language, []
        real = self.answer.study.scenario.is_real
        for result in self.answer.study.results:
            here, there = result.appraisal, result.other_money
            nominal, constant = (there, here) if real else (here, there)
            rows.append(
                (
                    self.name(result),
                    words.millions(nominal.npv, lang),
                    words.millions(constant.npv, lang),
                    words.rate(nominal.irr, lang),
                    words.rate(constant.irr, lang),
                )
            )
        headings = (
            words.MEASURE, words.WORTH_HERE, words.WORTH_THERE, words.NOMINAL, words.CONSTANT
        )  # fmt: skip
        return Section(
            self.say(words.BOTH_MONEYS),
            self._all(headings),
            tuple(rows),
            notes=(self.say(words.BOTH_NOTE),),
        )

    def assumptions(self) -> list[tuple[str, str]]:
        """Return what all measures share: label and figure."""
        given, rows = self.answer.file.given, []
        for column in GIVEN:
            value = getattr(given, column.key)
            if value is None:
                continue
            said = str(value)
            if column.choices:
                said = self.say(dict(column.choices)[value])
            elif column.kind == "share":
                said = words.percent(value, self.language)
            elif column.kind == "time":
                said = f"{value:%H:%M}"
            elif column.kind == "date":
                said = format_date(value, self.language)
            rows.append((self.say(column.name), said))
        return rows

    def prices(self) -> Section:
        """Return price, its change and factor of each carrier, with what they rest on."""
        lang, rows = self.language, []
        for one in self.answer.file.carriers.values():
            unit = unit_label(one.unit, "en")
            origins = dict.fromkeys(self.say(said) for said in one.origins.values())
            rows.append(
                (
                    self.say(one.name),
                    unit,
                    "–" if one.price is None else words.plain(one.price, lang),
                    words.percent(one.escalation, lang),
                    self.say(words.UNKNOWN) if one.co2e is None else _digits(one.co2e, lang),
                    "; ".join(origins),
                )
            )
        headings = (
            Text("Dạng", "Carrier"), Text("Đơn vị", "Unit"), Text("Giá (đ)", "Price (VND)"),
            Text("Tăng giá", "Escalation"), Text("t CO2e", "t CO2e"), Text("Căn cứ", "Rests on"),
        )  # fmt: skip
        return Section(
            self.say(words.PRICES), self._all(headings), tuple(rows), texts=frozenset({0, 1, 5})
        )

    def remarks(self) -> list[str]:
        """Return what a reader must know of the measures: what was left out, shared, replaced."""
        said = []
        lang = self.language
        names = self.answer.file.carriers
        for result in self.answer.study.results:
            proposal, one = result.measure.proposal, result.appraisal
            values: dict[str, object] = {"name": proposal.name}
            if not result.counts:
                said.append(self.say(words.REPLACED.format(other=result.replaced_by, **values)))
            elif result.left < 1.0:
                values["left"] = words.percent(result.left, lang)
                said.append(self.say(words.LEFT.format(use=result.measure.use, **values)))
            if one.co2e is None:
                carriers = "; ".join(self.say(names[c].name) for c in result.measure.unknown_co2e)
                values |= {"carriers": carriers, "known": words.plain(result.known_co2e, lang)}
                said.append(self.say(words.NO_FACTOR.format(**values)))
            elif one.co2e < 0:
                more = words.plain(-one.co2e, lang)
                said.append(self.say(words.MORE_EMITTED.format(more=more, **values)))
            if one.irr.outcome != "one":
                said.append(f"{proposal.name}: {self.say(one.irr.note)}")
        return said

    def pins(self) -> list[tuple[str, str]]:
        """Return what recomputes the answer."""
        file, study = self.answer.file, self.answer.study
        return [
            (self.say(Text("Sổ giải pháp", "Workbook")), f"{file.file}, sha256 {file.sha256}"),
            (self.say(Text("Bảng hệ số", "Factor tables")), f"sha256 {file.factors_hash}"),
            (self.say(Text("Phiên bản", "Version")), f"sinhthai {self.answer.engine}"),
            (self.say(Text("Lần rút, hạt giống", "Draws, seed")), f"{study.draws}, {study.seed}"),
        ]

    def _co2e(self, value: float | None) -> str:
        return self.say(words.UNKNOWN) if value is None else words.plain(value, self.language)

    def _quantities(self, savings: Mapping[str, float]) -> tuple[str, ...]:
        lang = self.language
        cells = []
        for carrier in _COLUMNS:
            value = savings.get(carrier)
            per = _MWH if carrier == "electricity" else 1.0
            cells.append("–" if value is None else words.plain(value * per, lang))
        others = []
        for carrier, value in savings.items():
            if carrier not in _COLUMNS:
                known = self.answer.file.carriers[carrier]
                unit = unit_label(known.unit, "en")
                others.append(f"{words.plain(value, lang)} {unit} {self.say(known.name)}")
        return (*cells, "\n".join(others) or "–")

    def _ranges(self) -> str:
        lang, said = self.language, []
        for name, label in words.INPUTS.items():
            low, high = getattr(self.answer.study.spread, name)
            if low == high == 0:
                continue
            edges = (
                (str(low), str(high))
                if name == "life"
                else (words.percent(low, lang), words.percent(high, lang))
            )
            said.append(f"{self.say(label)} {edges[0]} … {edges[1]}")
        return "; ".join(said)

    def _all(self, texts: Sequence[Text]) -> tuple[str, ...]:
        return tuple(self.say(text) for text in texts)


def _digits(value: float, language: str) -> str:
    return format_number(float(f"{value:.4g}"), language)
