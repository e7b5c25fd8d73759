"""Find on what terms a supply is told of: purpose, place of use, conditions, exclusions, value.

Each is the words of the sentence, from the cue to the end of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.numbers import find_numbers
from summarizer.source import Span

_CLAUSE = r"[^.;:!?—–\n]{1,220}?"
_END = (
    r"(?=\s*(?:[.;:!?—–\n]|$|,\s+(?:and\s+)?(?:[a-z]+ly\s+)?"
    r"(?:according|citing|said|the|he|she|they|which|who|but|while|as|(?-i:[A-Z])"
    r"|excluding|except|without|pending|unless|if|provided|subject to|in exchange|in return|under"
    r"|(?:\w{1,20}\s){1,3}(?:said|says|told|reported)\b)))"
)
_AIMS = (
    r"help|support|bolster|strengthen|confront|counter|defend|deter|protect|secure|blunt|repel|rebuild"
    r"|replace|replenish|modernis\w+|moderniz\w+|upgrade|boost|enhance|improve|combat|fight|resist|patrol"
    r"|guard|monitor|restore|shore up|beef up|cover|meet|train|equip|enable|stop|prevent"
)
_PURPOSE = re.compile(
    rf"\b(?:in order to|so as to|aimed at|intended to|meant to|designed to|to (?={_AIMS}\b))"
    rf"{_CLAUSE}{_END}"
)
_DEPLOYMENT = re.compile(
    r"\b(?:deployed|stationed|based|positioned|fielded|used|installed)\s+"
    r"(?:in|along|on|near|at|around|across)\s+"
)
_CONDITION = re.compile(
    r"\b(?:if|provided that|on (?:the )?condition that|subject to|pending|unless|as long as"
    r"|contingent (?:up)?on|depending on|once|only after|until|in exchange for|in return for)"
    rf"{_CLAUSE}{_END}"
    r"|\bunder (?:a|an|the) (?:new |proposed |draft )?(?:agreement|deal|principle|contract)\b"
    rf"(?:{_CLAUSE})??{_END}",
    re.IGNORECASE,
)
_EXCLUSION = re.compile(
    r"\b(?:excluding|except(?: for)?|not including|but not|without|other than|rather than"
    rf"|(?:does|do|will|would) not include)\b{_CLAUSE}{_END}",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|announced|reported|told|confirmed|stated|wrote|declared|posted|added)\b[^,;]{0,60}$"
    r"|^(?:on|late|early)?\s*$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"^[^,;]{0,30}\b(?:announced|reported|statement|told reporters)\b", re.IGNORECASE
)
_GOVERNORS = re.compile(
    r"(?:\b(?:to|be|been|being|is|are|was|were|has|have|had|will|would|could|may|might|shall|can|not"
    r"|never|also|already|yet|soon|reportedly|formally|repeatedly|plan(?:s|ned|ning)?|intend(?:s|ed)?"
    r"|prepar(?:e|es|ed|ing)|expect(?:s|ed)?|set|due|about|agree[ds]?|pledge[ds]?|promise[ds]?"
    r"|vow(?:s|ed)?|commit(?:s|ted)?|decide[ds]?|offer(?:s|ed)?|refuse[ds]?|decline[ds]?|den(?:y|ies|ied)"
    r"|consider(?:s|ed|ing)?|ask(?:s|ed)?|call(?:s|ed)? for|began|begun|started|scheduled|likely"
    r"|does|do|did|preliminary|yet|jointly|now|later|then|soon|first)\s+){1,6}$",
    re.IGNORECASE,
)
_HEDGED_IF = re.compile(r"\b(?:as|even) $", re.IGNORECASE)


def find_purpose(text: str, after: int = 0) -> Span | None:
    """Return what the supply is for: "to help confront ...", from *after* on."""
    match = _PURPOSE.search(text, after)
    return _trimmed(text, match.start(), match.end()) if match else None


def find_deployment(text: str) -> int | None:
    """Return where the place begins at which the goods are to be used, or None."""
    match = _DEPLOYMENT.search(text)
    return match.end() if match else None


def find_conditions(text: str) -> tuple[Span, ...]:
    """Return the conditions: "if Congress approves", "pending a licence"."""
    return tuple(
        _trimmed(text, m.start(), m.end())
        for m in _CONDITION.finditer(text)
        if not _HEDGED_IF.search(text[max(0, m.start() - 6) : m.start()])
    )


def find_exclusions(text: str) -> tuple[Span, ...]:
    """Return what is expressly left out: "excluding long-range missiles"."""
    return tuple(_trimmed(text, m.start(), m.end()) for m in _EXCLUSION.finditer(text))


def find_values(text: str) -> Iterator[Span]:
    """Yield the sums of money."""
    return (Span(n.start, n.end) for n in find_numbers(text) if n.kind == "money")


def is_time_of_report(text: str, start: int, end: int) -> bool:
    """Tell whether the date at ``text[start:end]`` is when somebody said it, not when it comes."""
    return bool(
        _REPORTED.search(text[max(0, start - 90) : start]) or _REPORTS.search(text[end : end + 60])
    )


def governed_from(text: str, start: int) -> int:
    """Return where the words begin that govern the verb at *start*: "has pledged to | provide"."""
    low = max(0, start - 80)
    match = _GOVERNORS.search(text[low:start])
    return low + match.start() if match else start


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip(" ,")))
