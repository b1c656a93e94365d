"""Serve the site from this machine with waitress."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

import typer

THREADS = 8


def prepare_store() -> bool:
    """Bring the store to the present shape; return whether anything was done."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def port_is_free(host: str, port: int) -> bool:
    """Say whether nothing listens on *port* of *host* yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def address_of(host: str, port: int) -> str:
    """Return what to type into a browser."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def warm_up() -> None:
    """Do once what the first page and the first "why?" would wait for; nothing is written.

    Reads every address with its views, renders the national page as a stranger sees it, and plans
    the query of the decree with a park that reported nothing.
    """
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest
    from django.utils import timezone

    from sinhthai.assessment.readers import assess_one
    from sinhthai.portal.views import home
    from sinhthai.rules.bundle import load_bundle

    request = HttpRequest()
    request.method, request.path = "GET", "/"
    request.user = AnonymousUser()
    home(request)
    bundle, today = load_bundle(), timezone.localdate()
    if framework := bundle.framework_on("vn-eip", today):
        assess_one(bundle, framework, "", today, today.year)


def _warm_up_matching() -> None:
    """Load the engine that finds partners, by ranking one pair; no store is asked."""
    from sinhthai.symbiosis.readers.partners import warm_up

    with contextlib.suppress(Exception):  # what is broken is said by the page that needs it
        warm_up()


def run(host: str, port: int, *, announce: Callable[[str], None] = typer.echo) -> None:
    """Serve until Ctrl+C. *announce* gets one line once the port is open.

    Raises
    ------
    typer.Exit : code 2, the port is taken; says so and what to do.
    """
    if not port_is_free(host, port):
        typer.echo(
            f"✕ Cổng {port} đang được dùng (một Sinh Thái khác?). → Dừng nơi đó, hoặc chọn cổng "
            f"khác: sinhthai serve --port {port + 1}\n"
            f"  Port {port} of {host} is in use: something else serves there already "
            f"(another Sinh Thái?). → Stop it, or choose another port: "
            f"sinhthai serve --port {port + 1}",
            err=True,
        )
        raise typer.Exit(2)
    import waitress
    from django.conf import settings

    from sinhthai.site.wsgi import application

    with contextlib.suppress(Exception):  # what is broken is said by the page that needs it
        warm_up()
    server = waitress.create_server(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        # Twice what an upload may be: somewhat too large is told on a page, a flood is cut off
        # before it fills the disk (anybody may send one).
        max_request_body_size=2 * settings.SINHTHAI_UPLOAD_MAX_BYTES,
    )
    # Takes seconds and is needed by few pages: nobody waits for it at the start.
    threading.Thread(target=_warm_up_matching, daemon=True).start()
    announce(f"Sinh Thái: {address_of(host, port)}   (Ctrl+C: dừng · stop)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
