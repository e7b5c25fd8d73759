"""Ask a model: chat messages and a draft type go in, a filled draft comes out.

One way for hosted, self-hosted and embedded models: instructor over the openai client. This
package alone imports openai, instructor and tenacity, and only when something is asked.
"""

from summarizer.ask.batch import Batch, Batches, fault_of, files_of
from summarizer.ask.body import Completion
from summarizer.ask.connection import Kept, Memory
from summarizer.ask.line import EngineName, Posted
from summarizer.ask.model import Answer, Model, open_model, stand_in
from summarizer.ask.remote import About, Reply
from summarizer.ask.request import Dialect, dialect_for
from summarizer.ask.salvage import Problem
from summarizer.ask.series import UNANSWERED, Series
from summarizer.ask.stop import Stop

__all__ = [
    "UNANSWERED",
    "About",
    "Answer",
    "Batch",
    "Batches",
    "Completion",
    "Dialect",
    "EngineName",
    "Kept",
    "Memory",
    "Model",
    "Posted",
    "Problem",
    "Reply",
    "Series",
    "Stop",
    "dialect_for",
    "fault_of",
    "files_of",
    "open_model",
    "stand_in",
]
