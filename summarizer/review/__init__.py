"""What a person decides about records: kept in a file, and worked into every later brief.

``record`` names a record by its words, ``decisions`` is the review file, ``values`` makes a value
of marked words and ``added`` a record, ``apply`` works the decisions into a brief.
"""

from summarizer.review.added import new_record
from summarizer.review.apply import corrected, on_other_texts
from summarizer.review.decisions import (
    Decision,
    Entry,
    Journal,
    Worth,
    fold,
    of_document,
    read_decisions,
)
from summarizer.review.record import anchor, fingerprint
from summarizer.review.values import derive

__all__ = [
    "Decision",
    "Entry",
    "Journal",
    "Worth",
    "anchor",
    "corrected",
    "derive",
    "fingerprint",
    "fold",
    "new_record",
    "of_document",
    "on_other_texts",
    "read_decisions",
]
