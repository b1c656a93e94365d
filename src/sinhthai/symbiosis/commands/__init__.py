"""The verbs of symbiosis; each module registers its own."""

from __future__ import annotations

import importlib

import typer

_MODULES = ("match", "assign", "network", "share", "heat", "water", "codes", "knowledge", "streams")


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    for name in _MODULES:
        importlib.import_module(f"sinhthai.symbiosis.commands.{name}").register(app)
