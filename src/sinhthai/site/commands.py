"""The verbs of the site on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from sinhthai.site.demo import commands as demo


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    app.command("serve")(serve)
    app.command("migrate")(migrate)
    demo.register(app)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="0.0.0.0 lets other machines in.")] = "127.0.0.1",
) -> None:
    """Serve the site; the store is brought up to date first."""
    import django

    django.setup()
    from sinhthai.site.serve import prepare_store, run

    if prepare_store():
        typer.echo("The store was brought up to date.")
    run(host, port)


def migrate() -> None:
    """Create the store, or bring it to the shape this version needs."""
    import django

    django.setup()
    from sinhthai.site.serve import prepare_store

    typer.echo("The store was brought up to date." if prepare_store() else "Nothing to do.")
