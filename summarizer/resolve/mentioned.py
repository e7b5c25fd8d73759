"""Find the dated events that a sentence mentions in passing: "an agreement signed on March 10"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.brief import Participant, Role
from summarizer.draft import EventKind
from summarizer.resolve.participants import named_in
from summarizer.resolve.said import Report
from summarizer.source import Sentence, Span

_NOUNS: dict[EventKind, str] = {
    "agreement": r"agreement|accord|deal|memorandum(?: of understanding)?|treaty|pact"
    r"|understanding|contract|resolution",
    "ceasefire": r"cease-?fire|truce",
    "meeting": r"meeting|summit|conference|talks",
    "visit": r"visit|trip",
    "strike": r"(?:air ?|drone |missile )?strikes?|raid|bombing|shelling",
    "clash": r"attack|offensive|invasion|coup|ouster|ousting|fall|clashes|war",
    "vote": r"election|vote|referendum",
}
_KIND = {kind: re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE) for kind, nouns in _NOUNS.items()}
_ARTICLE = re.compile(r"\b(?:an?|the|its|their|this|that)\s+", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:after|follow(?:s|ed|ing)|since|buil[dt]s? on|in line with|under|implement\w*"
    r"|compliance with|violat\w+|of|from|before|until|by|echo(?:es|ed)|recalls?|despite|based on"
    r"|monitor)\s+$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\b(?:an?|the|its|their|this|that)\s+$", re.IGNORECASE)
_ADJECTIVES = re.compile(
    r"\s+(?:(?!(?:to|of|in|on|at|by|for|with|from|after|before|during|and|but|as|the|an?)\s)"
    r"[\w-]+\s+){0,4}"
)
_CLAUSE_END = re.compile(r"[,.;:—–()\n”\"]")
_BREAK = re.compile(
    r"[;:—–()\n]|,\s+(?:and|but|while|which|who|after|before)\b|\b(?:said|says|told|that)\b",
    re.IGNORECASE,
)
REACH = 90
"""Characters between a noun and its date: an adjective or two, a participle, a place."""
OF_DATE = 40
"""Characters between a date and the noun that it stands before: "the March 10 agreement"."""


@dataclass(frozen=True, slots=True)
class MentionedEvent:
    """A noun for an event with its date; *clause* spans both."""

    kind: EventKind
    focus: Span
    date: Span
    clause: Span
    participants: tuple[Participant, ...]
    aside: bool


def find_mentioned(sentence: Sentence, report: Report) -> Iterator[MentionedEvent]:
    """Yield the events that a dated noun of *sentence* stands for."""
    text = sentence.text
    phrases = []
    for date in report.dates(sentence):
        local = Span(date.start - sentence.start, date.end - sentence.start)
        behind = _noun_behind(text, local)
        owns = behind and _OPENS.search(text[: local.start])
        if found := behind if owns else _noun_before(text, local) or behind:
            kind, noun = found
            phrases.append((_phrase_start(text, min(noun.start, local.start)), kind, noun, date))
    for start, kind, noun, date in phrases:
        end = max(sentence.start + noun.end, date.end)
        nexts = (sentence.start + other for other, *_ in phrases)
        limit = min((at for at in nexts if at >= end), default=sentence.end)
        clause = Span(sentence.start + start, _phrase_end(report, end, limit))
        role: Role = "signatory" if kind in ("agreement", "ceasefire") else "actor"
        yield MentionedEvent(
            kind,
            Span(sentence.start + noun.start, sentence.start + noun.end),
            date,
            clause,
            named_in(clause, role, report),
            bool(_ASIDE.search(text[:start])),
        )


def _noun_before(text: str, date: Span) -> tuple[EventKind, Span] | None:
    """Return the noun that a date behind it belongs to: "an agreement signed on March 10"."""
    low = max(0, date.start - REACH)
    best: tuple[EventKind, Span] | None = None
    for kind, pattern in _KIND.items():
        for match in pattern.finditer(text, low, date.start):
            if _BREAK.search(text, match.end(), date.start):
                continue
            if best is None or match.start() > best[1].start:
                best = kind, Span(match.start(), match.end())
    return best


def _noun_behind(text: str, date: Span) -> tuple[EventKind, Span] | None:
    """Return the noun that a date before it belongs to: "the March 10 agreement"."""
    for kind, pattern in _KIND.items():
        match = pattern.search(text, date.end, min(len(text), date.end + OF_DATE))
        if match and _ADJECTIVES.fullmatch(text, date.end, match.start()):
            return kind, Span(match.start(), match.end())
    return None


def _phrase_start(text: str, at: int) -> int:
    """Return where the noun phrase around *at* begins: at its article, if one is near."""
    low = max(0, at - 60)
    articles = [match.start() for match in _ARTICLE.finditer(text, low, at)]
    return articles[-1] if articles else at


def _phrase_end(report: Report, at: int, limit: int) -> int:
    """Return where the phrase ends: at the next break, so that its parties are in it."""
    text = report.document.text
    match = _CLAUSE_END.search(text, at, limit)
    words = text[at : match.start() if match else limit].rstrip()
    return at + len(words.removesuffix(" and").rstrip())
