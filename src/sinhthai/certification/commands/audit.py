"""The verbs of audit."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
