"""The shape of ``forms.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sinhthai.rules.forms import FieldKind
from sinhthai.rules.model import Subject

_Confidence = Literal["T", "S", "SPEC", "I", "from memory"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PairIn(_Strict):
    """A text in both languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class ChoiceIn(_Strict):
    """An allowed answer."""

    code: str
    name: PairIn


class FieldIn(_Strict):
    """A question; what an item of the dictionary says of itself need not be repeated."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: PairIn | None = None
    kind: FieldKind | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: list[ChoiceIn] = []
    item: str = ""
    years_back: int = Field(default=0, ge=0, le=3)
    registry: str = ""
    parts: list[str] = []
    compare: str = ""
    digits: int | None = None
    required: bool = False
    personal: bool = False
    pass_level: float | None = None
    indicator: str = ""


class BlockIn(_Strict):
    """A heading with its questions."""

    id: str
    title: PairIn
    fields: list[FieldIn] = Field(min_length=1)


class FormIn(_Strict):
    """A form."""

    id: str = Field(max_length=4)
    subject: Subject
    title: PairIn
    clause: str
    source: str
    confidence: _Confidence
    verified: bool
    checked_on: str | None
    period: PairIn
    published: bool
    blocks: list[BlockIn] = Field(min_length=1)


class FormsFile(_Strict):
    """The whole file."""

    version: str
    forms: list[FormIn] = Field(min_length=1)
