"""The yearly forms A.4, A.5, B.4 and B.5 as data: what is asked, where it comes from.

The data are ``data/forms.yaml``, reviewed by people and compiled into ``data/forms.json``
(``sinhthai rules compile``). The annexes of Circular 05/2025/TT-BKHDT that give the forms were
not seen; the fields are those of a software specification, so no form is ``verified``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, BundleError, hash_of
from sinhthai.rules.model import Choice, Subject

FORMS = DATA / "forms.json"

# A total is the sum of its parts; a share is its first part over its second, in percent.
FieldKind = Literal["text", "integer", "number", "boolean", "choice", "date", "total", "share"]
COMPUTED: frozenset[str] = frozenset({"total", "share"})


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form.

    Its answer comes from exactly one place: a fact of the dictionary (``item``, of the year
    ``years_back`` before the report year), the register (``registry``: "park.name"), other
    fields (``parts``), or it is typed in the filing.

    ``unit`` is a pint expression, "" where there is none; ``minimum`` and ``maximum`` are in it.
    ``compare``: another field that says the same as this total; a difference is shown.
    ``personal``: data of a person, left out of every list that leaves the filing.
    ``indicator``: the number of the indicator this field answers, "" outside A.5 and B.5.
    """

    id: str
    block: str
    title: Text
    kind: FieldKind
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()
    item: str = ""
    years_back: int = 0
    registry: str = ""
    parts: tuple[str, ...] = ()
    compare: str = ""
    digits: int | None = None
    required: bool = False
    personal: bool = False
    pass_level: float | None = None
    indicator: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether people type the answer into the filing, because no record holds it."""
        return not (self.item or self.registry or self.parts)

    @property
    def is_number(self) -> bool:
        """Whether the answer is a number with a unit."""
        return self.kind in ("integer", "number", "total", "share")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of a form."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Form:
    """A yearly form of a park or an enterprise, with where it is known from."""

    id: str
    subject: Subject
    title: Text
    period: Text  # which years it speaks of
    clause: str
    source: str
    confidence: str
    verified: bool
    checked_on: dt.date | None
    published: bool  # its address on the web is asked for
    blocks: tuple[Block, ...]
    fields: tuple[FormField, ...]

    def by_id(self) -> dict[str, FormField]:
        """Return the fields by their ids, in the order of the form."""
        return {one.id: one for one in self.fields}

    def of_block(self, block_id: str) -> tuple[FormField, ...]:
        """Return the fields under one heading, in order."""
        return tuple(one for one in self.fields if one.block == block_id)


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms, with the hash of the file they came from. When they are due: ``procedures``."""

    hash: str
    version: str
    forms: Mapping[str, Form] = field(default_factory=dict)

    def of_subject(self, subject: Subject) -> tuple[Form, ...]:
        """Return the forms a park, or an enterprise, files."""
        return tuple(form for form in self.forms.values() if form.subject == subject)


@lru_cache(maxsize=2)
def load_forms(path: Path | None = None) -> Forms:
    """Return the shipped forms, or those compiled at *path*.

    Raises
    ------
    BundleError
        If the file is absent, unreadable, or not what its hash says.

    >>> load_forms().forms["A.4"].by_id()["recp_cost_saved_mvnd"].kind
    'total'
    """
    file = path or FORMS
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        content, stated = document["content"], document["hash"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} cannot be read; run: sinhthai rules compile") from error
    if hash_of(content) != stated:
        raise BundleError(f"{file} was changed by hand; run: sinhthai rules compile")
    return forms_of(content, stated)


def forms_of(content: Mapping[str, Any], stated_hash: str) -> Forms:
    """Build the forms from the checked JSON *content*."""
    return Forms(
        hash=stated_hash,
        version=content["version"],
        forms={row["id"]: _form(row) for row in content["forms"]},
    )


def _form(row: Mapping[str, Any]) -> Form:
    plain = ("id", "subject", "clause", "source", "confidence", "verified", "published")
    checked = row["checked_on"]
    return Form(
        **{name: row[name] for name in plain},
        title=_text(row["title"]),
        period=_text(row["period"]),
        checked_on=dt.date.fromisoformat(checked) if checked else None,
        blocks=tuple(Block(block["id"], _text(block["title"])) for block in row["blocks"]),
        fields=tuple(
            _field(one, block["id"]) for block in row["blocks"] for one in block["fields"]
        ),
    )


def _field(row: Mapping[str, Any], block: str) -> FormField:
    return FormField(
        **{
            **row,
            "block": block,
            "title": _text(row["title"]),
            "choices": tuple(Choice(one["code"], _text(one["name"])) for one in row["choices"]),
            "parts": tuple(row["parts"]),
        }
    )


def _text(pair: Mapping[str, str]) -> Text:
    return Text(pair["vi"], pair["en"])
