"""Check what a model claims against the source: existence, support, and finished briefs."""

from summarizer.validate.ground import ground
from summarizer.validate.locate import Found, Index, locate
from summarizer.validate.places import find_places
from summarizer.validate.recheck import Finding, Report, check, check_each
from summarizer.validate.support import Verdict, support

__all__ = [
    "Finding",
    "Found",
    "Index",
    "Report",
    "Verdict",
    "check",
    "check_each",
    "find_places",
    "ground",
    "locate",
    "support",
]
