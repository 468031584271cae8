"""Logs are events with facts, one a line: JSON in production, coloured text in development.

Nothing here may name a person: no names, numbers, addresses, nor links that carry a token.
"""

import logging

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import EventDict, Processor, WrappedLogger

# A safety net below the rule: facts under these names never reach a log.
PERSONAL = frozenset({"address", "email", "ip", "name", "phone", "token", "user_agent"})


class RequestLogMiddleware(RequestMiddleware):
    """One line a request, with the route it matched: paths and queries can carry secrets."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """'GET b/<str:reference>/'; just the method while or where nothing matched."""
        match = request.resolver_match
        return f"{request.method} {match.route}" if match else str(request.method)


def drop_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The event without the facts that PERSONAL names."""
    return {fact: value for fact, value in event.items() if fact not in PERSONAL}


def facts() -> list[Processor]:
    """What every event is given, whether it came through structlog or the logging module."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        drop_personal_data,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def configure() -> None:
    """Send structlog's own events through the logging module, so that one format holds for all."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *facts(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def line_formatter(*, as_json: bool) -> logging.Formatter:
    """The formatter that settings.LOGGING names."""
    dress: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer()]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=facts(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *dress],
    )
