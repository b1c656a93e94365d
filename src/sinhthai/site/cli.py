"""The ``sinhthai`` command: every slice's verbs in one place."""

from __future__ import annotations

import os

import typer

app = typer.Typer(
    name="sinhthai",
    help="Sinh Thái: the information system of eco-industrial parks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _add_commands() -> None:
    """Let every slice add its verbs; a slice has a ``commands.py`` with ``register(app)``."""
    import importlib

    for name in ("rules", "accounts", "registry", "reporting", "assessment", "portal", "site"):
        importlib.import_module(f"sinhthai.{name}.commands").register(app)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinhthai.site.settings")
    _add_commands()
    app()
