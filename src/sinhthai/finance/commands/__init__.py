"""The verbs of finance; each module registers its own."""

from __future__ import annotations

import importlib

import typer

_MODULES: tuple[str, ...] = ("appraise",)


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    for name in _MODULES:
        importlib.import_module(f"sinhthai.finance.commands.{name}").register(app)
