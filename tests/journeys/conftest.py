"""A real Chromium on a real server with a small country in its store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

# Playwright runs an event loop in this thread; Django would refuse to touch the store beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say plainly that a journey is skipped where no Chromium is installed."""
    if CHROMIUM is None:
        skip = pytest.mark.skip(reason="no Chromium on this machine: apt install chromium")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open a page in a fresh visit; any script error or refused resource fails the journey."""
    contexts = []
    complaints: list[str] = []

    def open_(
        path: str = "/", *, width: int = 1440, height: int = 1000, language: str = "vi"
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            accept_downloads=True,
        )
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"console: {message.text}") if message.type == "error" else None
            ),
        )
        page.set_default_timeout(15_000)
        page.goto(path)
        contexts.append(context)
        return page

    yield open_
    for context in contexts:
        context.close()
    # A page refused on purpose says so in the console; everything else is a defect.
    refused = ("status of 400", "status of 404", "status of 409", "status of 422")
    assert [c for c in complaints if not any(status in c for status in refused)] == []


@pytest.fixture
def country(
    transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Any:
    """A park and an enterprise on their way to a certificate; see ``certification_world``."""
    from tests.journeys.certification_world import make_country

    return make_country(monkeypatch, settings, address=live_server.url)
