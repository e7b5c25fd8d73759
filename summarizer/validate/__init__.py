"""Check what a model claims against the source: existence, support, and finished briefs."""

from summarizer.validate.ground import ground
from summarizer.validate.locate import Found, Index, locate
from summarizer.validate.places import find_places
from summarizer.validate.recheck import Finding, Report, check, check_each
from summarizer.validate.standing import STANDINGS, Judged, standing
from summarizer.validate.support import Verdict, support

__all__ = [
    "STANDINGS",
    "Finding",
    "Found",
    "Index",
    "Judged",
    "Report",
    "Verdict",
    "check",
    "check_each",
    "find_places",
    "ground",
    "locate",
    "standing",
    "support",
]
