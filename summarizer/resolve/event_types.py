"""What kind of event words tell of, and its PLOVER code.

The model's kind stands when a word of the sentence bears it out; else the words decide. Codes
follow the PLOVER manual 2.0: signing is SUPPORT, a promise of future cooperation AGREE, a promise
to pull back CONCEDE, equipment handed over AID, a joint exercise COOPERATE and one's own MOBILIZE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from summarizer.brief import Plover, Realis
from summarizer.draft import EventKind
from summarizer.language import table
from summarizer.source import Span

_CUES: dict[EventKind, list[str]] = cast(
    "Any",
    table("event_cues"),
)
_PATTERNS = {
    kind: re.compile(rf"(?<![\w-])(?:{'|'.join(cues)})(?![\w-])", re.IGNORECASE)
    for kind, cues in _CUES.items()
}

# A kind under which the cues of another count as well: talks are held at meetings, and so on.
_KIN: dict[EventKind, tuple[EventKind, ...]] = {
    "meeting": ("talks", "visit"),
    "talks": ("meeting",),
    "visit": ("meeting",),
    "strike": ("clash",),
    "clash": ("strike",),
    "statement": ("report",),
    "supply": ("pledge", "agreement"),
    "pledge": ("supply",),
    "agreement": ("ceasefire",),
    "request": ("warning",),
}

# Of several kinds that words bear out, the first of these says most.
_TELLING: tuple[EventKind, ...] = tuple(_CUES)

_PLOVER: dict[EventKind, Plover] = {
    "meeting": "CONSULT",
    "visit": "CONSULT",
    "phone call": "CONSULT",
    "talks": "CONSULT",
    "statement": "CONSULT",
    "report": "CONSULT",
    "background": "CONSULT",
    "warning": "THREATEN",
    "accusation": "ACCUSE",
    "denial": "REJECT",
    "request": "REQUEST",
    "agreement": "SUPPORT",
    "approval": "AGREE",
    "pledge": "AGREE",
    "supply": "AID",
    "sanctions": "SANCTION",
    "deployment": "MOBILIZE",
    "exercise": "MOBILIZE",
    "strike": "ASSAULT",
    "clash": "ASSAULT",
    "arrest": "COERCE",
    "protest": "PROTEST",
    "withdrawal": "RETREAT",
    "ceasefire": "RETREAT",
    "release": "RETREAT",
    "appointment": "SUPPORT",
    "vote": "SUPPORT",
    "cancellation": "REJECT",
    "delay": "REJECT",
    "proposal": "REQUEST",
    "procurement": "SUPPORT",
    "industrial cooperation": "COOPERATE",
    "expulsion": "SANCTION",
    "offensive": "ASSAULT",
    "accident": "CONSULT",
}
_FUTURE: dict[Plover, Plover] = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "ASSAULT": "THREATEN",
    "COERCE": "THREATEN",
    "SANCTION": "THREATEN",
}
SPEECH: frozenset[EventKind] = frozenset(
    ("statement", "report", "warning", "accusation", "denial", "request")
)
"""Kinds in which the saying itself is what happened."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an event is, and the words that say so (None when no word does)."""

    kind: EventKind
    cue: Span | None


def borne_out(claimed: EventKind, text: str) -> Kind:
    """Return *claimed* with the words of *text* that bear it out, or the kind that others do.

    The span is relative to *text*.
    """
    for kind in (claimed, *_KIN.get(claimed, ())):
        if kind in _PATTERNS and (match := _PATTERNS[kind].search(text)):
            return Kind(claimed, Span(match.start(), match.end()))
    if claimed == "background":
        return Kind(claimed, None)
    return next(kinds_in(text), Kind(claimed, None))


def kinds_in(text: str) -> Iterator[Kind]:
    """Yield the kinds that words of *text* tell of, the most telling first."""
    for kind in _TELLING:
        if match := _PATTERNS[kind].search(text):
            yield Kind(kind, Span(match.start(), match.end()))


def plover(kind: EventKind, realis: Realis, parties: int) -> Plover:
    """Return the PLOVER code of an event with so many *parties* acting together."""
    code = _PLOVER[kind]
    if kind == "exercise" and parties > 1:
        code = "COOPERATE"
    if realis == "planned" and kind not in SPEECH:
        return _FUTURE.get(code, code)
    return code
