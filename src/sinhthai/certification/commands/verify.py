"""The verbs of verify."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
