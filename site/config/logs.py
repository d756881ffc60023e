"""Logs that help the operator and say nothing about people: no addresses, names, bodies or query strings."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

# Our own messages are written with this rule in mind, so their arguments may be shown.
OWN_LOGGERS = ("config", "groupspace", "intervision", "knowledgebase")
# In texts of other packages that hold their data already: addresses, quoted values, what follows a question mark.
PERSONAL = re.compile(
    r"""'[^']*'|"[^"]*"|\?\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9a-f]{0,4}:){3,}[0-9a-f]*|\S+@\S+""", re.IGNORECASE
)

_PASSED_ON = {"handlers": [], "level": "WARNING", "propagate": True}


class PrivateFormatter(logging.Formatter):
    """Writes what happened and where in the code, never with whose data.

    Three things could carry what people typed: the arguments of other packages' messages (left out), the path and query
    of a request (shown as its URL pattern), and the text of an exception (only its type is shown).
    """

    def format(self, record: logging.LogRecord) -> str:
        parts = [self.formatTime(record), record.levelname, record.name, self.summary(record)]
        line = " ".join(parts)
        if record.exc_info and record.exc_info[1]:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def summary(self, record: logging.LogRecord) -> str:
        """Return the message, as far as it cannot hold anybody's data."""
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "method"):
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "(no pattern)"
            return f"{getattr(record, 'status_code', '-')} {request.method} /{route}"
        if record.name.partition(".")[0] in OWN_LOGGERS:
            return record.getMessage()
        return PERSONAL.sub("…", str(record.msg))

    def formatException(self, ei: Any) -> str:  # noqa: N802 the name is logging's
        lines: list[str] = []
        error: BaseException | None = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.format_tb(error.__traceback__)
            lines[:0] = [*frames, f"{type(error).__module__}.{type(error).__qualname__}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: one stream, our formatter, no mail to anybody."""
    own = {name: {"level": level} for name in OWN_LOGGERS}
    # Django gives its own a handler of their own, and a mail to ADMINS with what people posted.
    return one_stream({**own, "django": _PASSED_ON, "django.server": _PASSED_ON, "gunicorn.error": _PASSED_ON})


def one_stream(loggers: dict[str, Any]) -> dict[str, Any]:
    """Return what `dictConfig` takes: everything to one stream, through our formatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"private": {"()": "config.logs.PrivateFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": loggers,
    }
