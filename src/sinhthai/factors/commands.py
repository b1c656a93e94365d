"""The verbs of factors."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
