"""The ``sinhthai`` command: every slice's verbs in one place."""

from __future__ import annotations

import os
import sys

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

    for name in (
        "rules",
        "factors",
        "accounts",
        "registry",
        "reporting",
        "carbon",
        "efficiency",
        "finance",
        "symbiosis",
        "assessment",
        "certification",
        "supervision",
        "portal",
        "site",
    ):
        importlib.import_module(f"sinhthai.{name}.commands").register(app)


def _has_store() -> bool:
    """Say whether the store was ever created."""
    from django.db import connection

    return "django_migrations" in connection.introspection.table_names()


def main() -> None:
    """Run the command; a store that was never created is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinhthai.site.settings")
    _add_commands()
    from django.db.utils import OperationalError, ProgrammingError

    try:
        app()
    except (OperationalError, ProgrammingError):
        if _has_store():
            raise
        typer.echo(
            "✕ Chưa có kho dữ liệu ở đây. → Chạy «sinhthai demo» hoặc đặt SINHTHAI_HOME.\n"
            "  There is no store here yet. → Run 'sinhthai demo', or set SINHTHAI_HOME.",
            err=True,
        )
        sys.exit(2)
