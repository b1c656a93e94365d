"""Put findings into words: from what the engine found to the `Report` every format shows. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.report import Criterion, Input, Pins, Report
from sinhthai.assessment.documents.saying import say_reported
from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.query import leaf_columns
from sinhthai.assessment.engine.verdicts import count_statuses, verdict_of
from sinhthai.assessment.gaps import say_gap
from sinhthai.assessment.trace import formula_text, working
from sinhthai.assessment.wording import (
    say_threshold,
    say_value,
    verdict_sentence,
)
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.earlier import key_of
from sinhthai.rules.model import Bundle, Framework, Leaf

Readings = Sequence[tuple[str, Text, Text]]  # option id, its title, the reading chosen


def compose(
    bundle: Bundle,
    framework: Framework,
    findings: Sequence[Finding],
    *,
    subject: str,
    name: Text,
    on: dt.date,
    year: int,
    pins: Pins,
    inputs: Mapping[str, Input],
    invented: bool = False,
) -> Report:
    """Return the report of *findings*, one per leaf of *framework*.

    *inputs* holds what is known of the items of the subject's own row, by item code; an item not
    in it was never reported. Leaves without a finding are left out.
    """
    by_leaf = {finding.leaf: finding for finding in findings}
    options = bundle.defaults() | dict(pins.options)
    readings = [
        (option, bundle.options[option].title, _choice(bundle, option, options[option]))
        for option in framework.options
    ]
    return Report(
        subject=subject,
        name=name,
        framework=framework,
        on=on,
        year=year,
        criteria=tuple(
            _criterion(bundle, leaf, by_leaf[leaf.id], options, readings, inputs)
            for leaf in framework.leaves
            if leaf.id in by_leaf
        ),
        verdict=verdict_of(framework, count_statuses(one.status for one in findings)),
        sentence=verdict_sentence(framework, findings),
        pins=pins,
        readings=tuple(readings),
        invented=invented,
    )


def _criterion(
    bundle: Bundle,
    leaf: Leaf,
    finding: Finding,
    options: Mapping[str, str],
    readings: Readings,
    inputs: Mapping[str, Input],
) -> Criterion:
    own, _members = leaf_columns(leaf, options)
    matters = {formula.option for formula in (leaf.numerator, leaf.denominator) if formula}
    return Criterion(
        leaf=leaf,
        finding=finding,
        value=_both(leaf, finding),
        threshold=say_threshold(leaf, finding),
        gap=say_gap(leaf, finding, bundle.items, options, bundle.options),
        formula=formula_text(leaf, options),
        inputs=(
            *(_input(bundle, code, inputs) for code in own),
            *(inputs[key] for key in _earlier(leaf, own, finding.year) if key in inputs),
        ),
        readings=tuple(
            Text(f"{option}: {choice.vi}", f"{option}: {choice.en}")
            for option, _title, choice in readings
            if option in matters
        ),
        working=(
            *_counted(finding),
            *((line.label, line.words) for line in working(leaf, finding)),
        ),
    )


def _earlier(leaf: Leaf, codes: Sequence[str], year: int) -> list[str]:
    """Return the questions of the years before *year* that a leaf of several years rests on."""
    years = range(year - 1, year - leaf.years, -1)
    return [key_of(code, before) for before in years for code in codes]


def _counted(finding: Finding) -> list[tuple[Text, Text]]:
    """Return how many enterprises of a share are counted how, what is none left out."""
    counts = (
        (words.YES, finding.yes),
        (words.NO, finding.no),
        (words.UNKNOWN, finding.unknown),
        (words.MAYBE, finding.maybe),
    )
    return [
        (label, Text(format_number(count, "vi"), format_number(count, "en")))
        for label, count in counts
        if count
    ]


def _both(leaf: Leaf, finding: Finding) -> Text:
    return Text(say_value(leaf, finding, "vi"), say_value(leaf, finding, "en"))


def _input(bundle: Bundle, code: str, inputs: Mapping[str, Input]) -> Input:
    if code in inputs:
        return inputs[code]
    item = bundle.items[code]
    return Input(code, item.name, item.unit, say_reported(item, None), None, Text("", ""))


def _choice(bundle: Bundle, option: str, code: str) -> Text:
    return next(choice.name for choice in bundle.options[option].choices if choice.code == code)
