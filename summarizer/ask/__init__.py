"""Ask a model: chat messages and a draft type go in, a filled draft comes out.

One way for hosted, self-hosted and embedded models: instructor over the openai client. This
package alone imports openai, instructor and tenacity, and only when something is asked.
"""

from summarizer.ask.batch import Batch, Batches, fault_of, files_of
from summarizer.ask.connection import EngineName, Kept, Memory
from summarizer.ask.model import Answer, Model, open_model
from summarizer.ask.request import Dialect, dialect_for
from summarizer.ask.salvage import Problem
from summarizer.ask.series import UNANSWERED, Series
from summarizer.ask.stop import Stop

__all__ = [
    "UNANSWERED",
    "Answer",
    "Batch",
    "Batches",
    "Dialect",
    "EngineName",
    "Kept",
    "Memory",
    "Model",
    "Problem",
    "Series",
    "Stop",
    "dialect_for",
    "fault_of",
    "files_of",
    "open_model",
]
