"""The verbs of certification; each module registers its own."""

from __future__ import annotations

import importlib

import typer

_MODULES = ("issuer", "verify", "audit")


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    for name in _MODULES:
        importlib.import_module(f"sinhthai.certification.commands.{name}").register(app)
