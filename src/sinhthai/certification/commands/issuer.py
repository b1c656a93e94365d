"""The verbs of issuer."""

import typer


def register(app: typer.Typer) -> None:
    """Add the verbs to *app*."""
