"""The verbs of carbon; each module registers its own."""

from __future__ import annotations

import importlib

import typer

_MODULES = ("inventory",)


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    for name in _MODULES:
        importlib.import_module(f"sinhthai.carbon.commands.{name}").register(app)
