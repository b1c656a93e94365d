"""Everything an assessment shows, in one frozen value: pages, files and the API all say this."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinhthai.assessment.engine.findings import Finding
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Framework, Leaf, Status

STATUSES: tuple[Status, ...] = ("met", "not_met", "undetermined", "not_applicable")


@dataclass(frozen=True, slots=True)
class Input:
    """A reported value a criterion rests on, and where it came from (H4).

    ``value`` is already worded; ``raw`` is the number, truth value or text itself, None if absent.
    ``source`` names the report, file and cell; ``recorded`` the day it entered the store.
    """

    item: str
    name: Text
    unit: str
    value: Text
    raw: float | bool | str | None
    source: Text
    recorded: dt.date | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One leaf as shown: the finding, put into words, with its inputs."""

    leaf: Leaf
    finding: Finding
    value: Text
    threshold: Text
    gap: Text
    formula: str
    inputs: tuple[Input, ...] = ()
    readings: tuple[Text, ...] = ()  # how an ambiguity of the law was read, where it matters here
    working: tuple[tuple[Text, Text], ...] = ()  # the arithmetic: what it is, what came out

    @property
    def status(self) -> Status:
        return self.finding.status


@dataclass(frozen=True, slots=True)
class Pins:
    """What makes the assessment repeatable (H6)."""

    engine_version: str
    rules_version: str
    rules_hash: str
    input_digest: str
    known_at: dt.datetime | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """An assessment of one subject against one framework on one day.

    ``verdict`` is a code of `engine.findings.VERDICTS`; ``sentence`` says it in words.
    ``invented`` is True when any figure in it is made up for demonstration (H11).
    """

    subject: str
    name: Text
    framework: Framework
    on: dt.date
    year: int
    criteria: tuple[Criterion, ...]
    verdict: str
    sentence: Text
    pins: Pins
    readings: tuple[tuple[str, Text, Text], ...] = ()  # option id, its title, the reading chosen
    invented: bool = False

    def counts(self) -> dict[Status, int]:
        """Return how many criteria have each status, all four always present."""
        found = Counter(criterion.status for criterion in self.criteria)
        return {status: found[status] for status in STATUSES}

    def title(self) -> Text:
        """Return the title of the page, the document and its file."""
        return Text(
            f"{self.name.vi} so với {_lower(self.framework.title.vi)}",
            f"{self.name.en} against the {_lower(self.framework.title.en)}",
        )

    def file_name(self, form: str, language: str) -> str:
        """Return the title and the day as a file name every system accepts."""
        words = f"{self.title().get(language)} {self.on.isoformat()}"
        return (
            re.sub(r"\s+", " ", re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", words)).strip() + f".{form}"
        )

    def by_group(self) -> list[tuple[Text, list[Criterion]]]:
        """Return the criteria under the headings of the framework, in its order."""
        return [
            (group.name, members)
            for group in self.framework.groups
            if (members := [c for c in self.criteria if c.leaf.group == group.id])
        ]


def _lower(title: str) -> str:
    """Return *title* as it reads inside a sentence: names and abbreviations keep their capital.

    >>> _lower("Eco-industrial park criteria"), _lower("International Framework"), _lower("EIP 1")
    ('eco-industrial park criteria', 'International Framework', 'EIP 1')
    """
    first, _, rest = title.partition(" ")
    is_name = first[1:2].isupper() or rest[:1].isupper()
    return title if is_name else title[:1].lower() + title[1:]
