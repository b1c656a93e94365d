"""What the server writes down: one line a request, and every error, without personal data.

Lines for people on a console, JSON for machines with ``SINHTHAI_LOG=json``.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class StandardError(logging.StreamHandler[Any]):
    """Write to whatever is the standard error now, not what it was when the log was set up."""

    @property
    def stream(self) -> Any:
        return sys.stderr

    @stream.setter
    def stream(self, _given: Any) -> None:
        """Ignore what the base class would remember."""


def configure(settings: dict[str, Any]) -> None:
    """Send the log of Django and of our own code through the same lines (``LOGGING_CONFIG``)."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings["json"]
        else structlog.dev.ConsoleRenderer(
            # Plain: the rich one prints the values of variables, which may be personal or secret.
            colors=False,
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    exceptions = [structlog.processors.format_exc_info] if settings["json"] else []
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *exceptions,
                        renderer,
                    ],
                    "foreign_pre_chain": _SHARED,
                }
            },
            "handlers": {"console": {"()": StandardError, "formatter": "lines"}},
            "root": {"handlers": ["console"], "level": settings["level"]},
            "loggers": {
                # Every request has its own line already; only what broke is worth another.
                "django.request": {"level": "ERROR"},
                "django.security": {"level": "WARNING"},
                "waitress.queue": {"level": "ERROR"},
            },
        }
    )


log = structlog.get_logger("sinhthai.request")
_HIDDEN = "secret"  # the part of an address that opens what it leads to: a calendar's


def _without_secret(request: HttpRequest) -> str:
    """Return the path asked for; whoever reads the log must not be able to use it."""
    found = request.resolver_match
    said = str(found.kwargs.get(_HIDDEN, "")) if found is not None else ""
    return request.path.replace(said, "…") if said else request.path


class RequestLogMiddleware:
    """Write one line a request: who asked for what, how it ended, how long it took.

    The same id goes to the reader as ``X-Request-ID``, so a report of a fault finds its lines.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.bind_contextvars(request=request_id)
        request.request_id = request_id  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            user = getattr(request, "user", None)
            log.info(
                "answered",
                method=request.method,
                path=_without_secret(request),
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                user=user.pk if user is not None and user.is_authenticated else None,
            )
        finally:
            structlog.contextvars.unbind_contextvars("request")
        response.headers["X-Request-ID"] = request_id
        return response
