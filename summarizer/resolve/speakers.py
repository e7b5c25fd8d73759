"""The words that name a speaker -> what kind of source it is (names: ``speakers.toml``)."""

from __future__ import annotations

import re
from functools import cache

from summarizer.brief import AttributionKind
from summarizer.language import table

_PERSON = (
    r"^(?:he|she|I|we)$|(?:^|\s)(?:al-|el-|de |van |von )?[A-ZÀ-ÞĀ-Ž][\w’'-]+"
    r"(?:\s(?:al-|el-|bin |de |van |von )?[A-ZÀ-ÞĀ-Ž][\w’'.-]*)+$"
    r"|^(?:[Aa]l-|[Ee]l-)?[A-ZÀ-ÞĀ-Ž][\w’'-]+$"
)
# Of a minister of a ministry the person speaks.
_NO_OFFICE_HOLDER = r"(?!.*\b(?:minister|president|secretary|chief)\b)"


@cache
def _words() -> dict[str, str]:
    return {name: "".join(words.splitlines()) for name, words in table("speakers").items()}


@cache
def _kinds() -> tuple[tuple[AttributionKind, re.Pattern[str]], ...]:
    """Give the kinds with their patterns; the first that is met decides."""
    words = _words()

    def named(key: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{words[key]})(?!\w)")

    def any_case(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return (
        ("state_media", named("state_media")),
        ("media_report", named("media")),
        ("media_report", any_case(rf"\b(?:{words['unnamed_media']})\b")),
        ("analyst", named("analyst")),
        ("party_claim", named("party")),
        ("official_statement", any_case(r"\bspokes(?:man|woman|person|people)\b|\bstatement\b")),
        ("unnamed_official", any_case(rf"\b(?:{words['unnamed_official']})\b(?!\s[A-Z])")),
        ("official_statement", re.compile(rf"^(?:{words['capital']})$")),
        ("official_statement", any_case(rf"\b(?:{words['body']})\b{_NO_OFFICE_HOLDER}")),
        ("document", any_case(rf"\b(?:{words['document']})\b")),
        ("named_person", re.compile(_PERSON)),
    )


def kind_of_speaker(words: str) -> AttributionKind:
    """Tell what kind of source *words* name: a medium, an office, a person, unnamed officials.

    A capital or state speaks officially; "the ministry" and "spokesman X" are official
    statements, "Defense Minister X" is a named person.
    """
    words = words.strip()
    uncapped = words[:1].lower() + words[1:]  # "Analysts" at the head of a sentence
    for kind, pattern in _kinds():
        if pattern.search(words) or pattern.search(uncapped):
            return kind
    return "named_person" if words[:1].isupper() else "official_statement"


def named_medium(words: str) -> tuple[int, int] | None:
    """Find a medium named in *words*: start and end."""
    known = _words()
    match = re.search(rf"(?:[Tt]he )?\b(?:{known['state_media']}|{known['media']})(?!\w)", words)
    return match.span() if match else None
