"""The verbs of board."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
