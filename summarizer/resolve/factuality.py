"""How sure whoever says it is: FactBank's value of a record, relative to its source."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.brief import AttributionKind, Factuality, Realis
from summarizer.language import listed

_OWN: dict[AttributionKind, Factuality] = {
    "own_voice": "CT+",
    "official_statement": "CT+",
    "named_person": "CT+",
    "document": "CT+",
    "media_report": "PR+",
    "state_media": "PR+",
    "party_claim": "PR+",
    "analyst": "PR+",
    "unnamed_official": "PS+",
}
_LOWER: dict[Factuality, Factuality] = {"CT+": "PR+", "PR+": "PS+", "CT-": "PR-", "PR-": "PS-"}


def factuality(realis: Realis, kind: AttributionKind, hedges: Iterable[str]) -> Factuality:
    """Return FactBank's value (Saurí and Pustejovsky 2009), relative to whoever says it.

    The report's own voice and named or official sources are certain of what happened, media and
    parties probable, unnamed officials possible; plans are at most probable, "may" and "could"
    possible, and a hedge such as "reportedly" lowers by one.
    """
    value: Factuality = "CT-" if realis == "denied" else _OWN[kind]
    if realis == "hypothetical":
        value = "PS+"
    elif realis == "planned" and value == "CT+":
        value = "PR+"
    weak = frozenset().union(
        *(listed("grammar", "hedges", name) for name in ("words", "modals", "hearsay"))
    )
    hedged = any(word in weak for hedge in hedges for word in hedge.casefold().split())
    return _LOWER.get(value, value) if hedged else value
