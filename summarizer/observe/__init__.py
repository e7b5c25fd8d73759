"""What a run tells of itself: log records, counters a stage, spans; never a word of a report.

All of it is told where it happens, and is about the document and the stage that the code at work is
in: these go along with it into other threads, and into the event loop that asks.
"""

from summarizer.observe.clients import silenced
from summarizer.observe.counters import Counters, Counts
from summarizer.observe.events import Event, tell
from summarizer.observe.jsonlines import JsonLines
from summarizer.observe.replay import Relay, Replay, relaying
from summarizer.observe.steps import Request, answer_found, count, document, request, run, stage

__all__ = [
    "Counters",
    "Counts",
    "Event",
    "JsonLines",
    "Relay",
    "Replay",
    "Request",
    "answer_found",
    "count",
    "document",
    "relaying",
    "request",
    "run",
    "silenced",
    "stage",
    "tell",
]
