"""Tell an event to the standard library's ``logging``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.observe.here import HERE

_logger = logging.getLogger("summarizer.events")
# Whoever wants them attaches a handler; without one, not even warnings go to standard error.
_logger.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Event:
    """The message of a log record: a name and what belongs to it, which a formatter may take apart.

    As text it is its own ``message``, if it has one.
    """

    name: str
    fields: Mapping[str, object]

    def __str__(self) -> str:
        """Return it in one line."""
        if "message" in self.fields:
            return str(self.fields["message"])
        return " ".join([self.name, *(f"{name}={value}" for name, value in self.fields.items())])


def tell(
    name: str, *, level: int = logging.INFO, logger: logging.Logger = _logger, **fields: object
) -> None:
    """Log the event *name* of the document and stage at hand; fields that are None are left out."""
    if not logger.isEnabledFor(level):
        return
    here = HERE.get()
    told = {"document": here.document, "stage": here.stage, **fields}
    known = {field: value for field, value in told.items() if value is not None}
    logger.log(level, Event(name, known))
