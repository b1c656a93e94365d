"""Placeholder module: its verbs come with its engine."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
