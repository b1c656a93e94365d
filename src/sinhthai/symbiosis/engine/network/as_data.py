"""Designs as plain data: for JSON, for an interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.design import Design
from sinhthai.symbiosis.engine.network.pareto import Front


def as_data(front: Front, language: str) -> dict[str, Any]:
    """Return the designs as what JSON knows; sentences in *language*.

    >>> as_data(Front(()), "en")
    {'designs': []}
    """
    return {"designs": [_as_dict(design, language) for design in front.designs]}


def _as_dict(design: Design, language: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field in fields(design):
        if field.name != "flow":
            result[field.name] = _plain(getattr(design, field.name), language)
    result["net"] = design.net
    result["status_text"] = design.status_text.get(language)
    return result


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name), language) for one in fields(value)}
    return value
