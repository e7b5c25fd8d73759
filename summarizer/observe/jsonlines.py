"""Format log records as JSON, one object a line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from summarizer.observe.events import Event


class JsonLines(logging.Formatter):
    """One JSON object a record: ``time`` (UTC, ISO 8601), ``level``, ``event`` and its fields.

    Of other packages' records it gives no message, for that may quote a report or a key.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as one line of ASCII."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
        }
        if isinstance(record.msg, Event):
            told |= {"event": record.msg.name, **record.msg.fields}
        else:
            told |= {"event": "message", "logger": record.name}
            if record.name.partition(".")[0] == "summarizer":
                told["message"] = record.getMessage()
        return json.dumps(told, default=str)
