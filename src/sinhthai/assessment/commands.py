"""The verbs of this slice on the command line."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
