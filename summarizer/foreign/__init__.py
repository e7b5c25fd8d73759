"""Read other tools' citations: their parsed output in, what each claims to quote and where out.

Each tool's shapes are read as they come: a whole answer, a list or a line of one, with whatever is
around it. What is no citation is passed over; what is one but lacks its words is kept, as a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from summarizer.foreign import anthropic, langextract, webannotation
from summarizer.foreign.claim import Claim, Origin

__all__ = ["TOOLS", "Claim", "Origin"]

TOOLS: Mapping[str, Callable[[object], Iterator[Claim]]] = {
    "langextract": langextract.claims,
    "anthropic": anthropic.claims,
    "webannotation": webannotation.claims,
}
"""Tool -> what reads the citations in one JSON value of its output."""
