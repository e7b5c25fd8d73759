"""Show what was found: a brief, a dossier or the report of a check in, text out.

Words of articles and models are data here too: whatever in them could act as markup, move a
cursor or turn the direction of writing is escaped.
"""

from summarizer.render.brief import brief_to_markdown
from summarizer.render.dossier import dossier_to_markdown
from summarizer.render.explain import explain
from summarizer.render.json import to_json, to_jsonl
from summarizer.render.report import Checked, Failure, checks_to_json, checks_to_text

__all__ = [
    "Checked",
    "Failure",
    "brief_to_markdown",
    "checks_to_json",
    "checks_to_text",
    "dossier_to_markdown",
    "explain",
    "to_json",
    "to_jsonl",
]
