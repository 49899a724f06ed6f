"""What a line of the logs holds, in both of its forms: one line for a person (console), one JSON object (json).

Every library logs through the standard library; structlog adds what is known of the request or job on whose way the
line is made, and writes it. Nothing that a caller hands along comes into a line but what `FIELDS` names, and what
looks like a secret is hidden on the way out.
"""

import logging
import re
from typing import Any

import structlog
from structlog.typing import EventDict

from lms.request_ids import add_user_id

FORMATS = ("console", "json")
FIELDS = {"status_code", "submission_id"}  # of `extra=`
SECRET_NAMES = re.compile(r"passw|secret|token|authorization|cookie|session|csrf|api_?key|source", re.IGNORECASE)
HIDDEN = "[hidden]"
# Addresses that let in whoever knows them, and the password in the address of a server.
SECRET_TEXTS = re.compile(r"(?<=/accounts/confirm-email/)[^/\s]+|(?<=/password/reset/key/)[^/\s]+|(?<=://)[^/@\s]*:[^/@\s]+(?=@)")  # fmt: skip  # noqa: E501


def hide_secrets(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Keep secrets out of the logs, by the name of the field, and by their form within a text."""
    for name, value in line.items():
        if SECRET_NAMES.search(name):
            line[name] = HIDDEN
        elif isinstance(value, str) and "/" in value:
            line[name] = SECRET_TEXTS.sub(HIDDEN, value)
    return line


def as_text(_logger: Any, _method: str, line: EventDict) -> str:
    """Write `time LEVEL logger [request]: message`, then what else is known, then the traceback."""
    level, name, event = line.pop("level").upper(), line.pop("logger"), line.pop("event")
    time, request_id = line.pop("timestamp"), line.pop("request_id", "") or "-"
    traceback = line.pop("exception", "")
    known = "".join(f" {key}={value}" for key, value in line.items())
    return f"{time} {level} {name} [{request_id}]: {event}{known}" + (f"\n{traceback}" if traceback else "")


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING. gunicorn reads it too (deploy/gunicorn.conf.py): its first process knows no Django."""
    as_json = form == "json"
    time = structlog.processors.TimeStamper(utc=as_json, fmt="iso" if as_json else "%Y-%m-%d %H:%M:%S.%f")
    before = [
        structlog.contextvars.merge_contextvars,
        add_user_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=FIELDS),
        time,
        structlog.processors.format_exc_info,
    ]
    after = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        hide_secrets,
        structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else as_text,
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": before, "processors": after}
    ours: dict[str, Any] = {"handlers": [], "propagate": True}  # instead of handlers of their own
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "gunicorn.error": ours,
            "uvicorn": ours,
            "uvicorn.error": ours,
            "uvicorn.access": {"handlers": [], "propagate": False},  # with query strings: nginx logs accesses instead
            # Says that a message came, before anything is known of its job; the job's own lines say the rest.
            "celery.worker.strategy": {"level": logging.WARNING},
        },
    }
