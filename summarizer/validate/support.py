"""Judge whether cited words bear out a value: its words, numbers, dates and polarity.

Existence is another question, answered by ``locate``. This one is about a value in the model's own
words: a number, month, weekday, designation or name that the cited words do not hold is never
borne out, nor is a statement that they negate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.brief import Support
from summarizer.numbers import NumberMention, find_numbers
from summarizer.validate.cues import HEDGES, NEGATORS, governed
from summarizer.validate.fold import simplify
from summarizer.validate.words import Word, plain, stem, words_of

ENOUGH = 0.6  # share of content words below which a value says something else than its citation

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_CALENDAR = {name[:3]: name for name in f"{_MONTHS} {_DAYS}".split()}
_CALENDAR_FORMS = frozenset([*_CALENDAR, *_CALENDAR.values(), "sept", "tues", "thur", "thurs"])
# "May", "March", "Mar", "Sun", "Sat", "Wed" and "Mon" are words as well.
_CALENDAR_WORD = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Mar)\.|(?:March|May)(?=[ ,.]{1,2}\d|[.,]?$)"
    r"|(?<=[\w,] )(?:March|May)\b)"
)
_NAME = re.compile(r"(?<=[\w,;)] )(?:[A-Z][\w’'-]*|\b[A-Z]{2,}\b)|^[A-Z]{2,}\b")
_FIRST_NAME_LIKE = re.compile(  # "Russia sent"; not "Talks on", "Delegations", "Signing of"
    r"^([A-Z][^\W\d_]+)(?!\w| (?:of|on|in|by|between|with|for|to|over|at|from|about)\b)"
)
_NOUN = re.compile(r"(?:s|ing|ed|tion|sion|ment|ly)$")
_FIGURE = frozenset(("count", "measure"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the cited words bear out a value, and if not wholly, why, in plain words."""

    support: Support
    detail: str | None = None


def support(value: str, cited: str, *, known: str = "") -> Verdict:
    """Judge whether *cited* bears out *value*.

    *known* holds further words that the caller knows the cited ones to mean, such as the name
    behind "he" or the state behind "Turkish"; it is never searched for numbers, dates or polarity.
    """
    contradiction = next(_contradictions(value, cited), None)
    if contradiction:
        return Verdict("unsupported", contradiction)
    missing = _missing(value, cited, known)
    content = {word.stem for word in words_of(value) if word.content}
    if not content and not find_numbers(value):
        held = plain(value).strip() and plain(value).strip() in plain(cited)
        return Verdict("supported") if held else Verdict("unsupported", "the value has no words")
    names = [name for name in _names(value) if stem(simplify(name, "folded")) in missing]
    if names:
        return Verdict("unsupported", f"the name “{names[0]}” is not in the cited words")
    if content and 1 - len(missing) / len(content) < ENOUGH:
        return Verdict("unsupported", f"the cited words do not say {_listed(missing.values())}")
    if missing:
        return Verdict("partial", f"the cited words do not say {_listed(missing.values())}")
    weaker = next(_overstatements(value, cited), None)
    return Verdict("partial", weaker) if weaker else Verdict("supported")


def _contradictions(value: str, cited: str) -> Iterator[str]:
    """Yield what can never be borne out, in the order in which a reader would want to know it."""
    given = find_numbers(cited)
    for number in find_numbers(value):
        words = value[number.start : number.end]
        if number.kind == "designation":
            if _compact(words) not in _compact(cited):
                yield f"“{words}” is not in the cited words"
        elif number.kind == "vague":
            if simplify(words, "folded") not in simplify(cited, "folded"):
                yield f"“{words}” is not in the cited words"
        elif not any(_same(number, other) for other in given) and not _counts_told(number, value):
            yield f"the number {words} is not in the cited words"
    if dates := _calendar(value):
        for name in sorted(dates - _calendar(cited)):
            yield f"{name.capitalize()} is not in the cited words"
    yield from _polarity(value, cited)


def _counts_told(number: NumberMention, value: str) -> bool:
    """Tell whether a small number only counts who was named: "the two countries"."""
    before = value[: number.start].split()[-1:]
    return number.low in (2, 3) and before in (["the"], ["The"], ["both"], ["these"])


def _same(number: NumberMention, other: NumberMention) -> bool:
    if not _comparable(number, other):
        return False
    if number.high is not None and number.high != number.low:
        return (number.low, number.high) == (other.low, other.high)
    return number.low is not None and number.low in (other.low, other.high)


def _comparable(number: NumberMention, other: NumberMention) -> bool:
    """Tell whether two mentions can be the same: 50 is not 50 %, and 3 years are not 3 months."""
    if number.unit and other.unit:
        return _currency(number.unit) == _currency(other.unit)
    if number.kind == other.kind:
        return number.kind != "percent"
    kinds = {number.kind, other.kind}
    return kinds <= _FIGURE or ("date" in kinds and not kinds & {"money", "percent"})


def _currency(unit: str) -> str:
    unit = unit.upper()
    return {"US$": "$", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "TRY": "₺"}.get(unit, unit)


def _compact(text: str) -> str:
    return re.sub(r"[\s-]", "", simplify(text, "folded"))


def _calendar(text: str) -> set[str]:
    return {_CALENDAR[match[0][:3].lower()] for match in _CALENDAR_WORD.finditer(text)}


def _polarity(value: str, cited: str) -> Iterator[str]:
    claimed, said = governed(value, NEGATORS), governed(cited, NEGATORS)
    if claimed and not said:
        yield f"the value says “{claimed[0][0]}”, the cited words do not"
        return
    denied = frozenset().union(*(stems for _, stems in said))
    for cue, stems in claimed:
        if stems and not stems & denied and not _states(cue, cited):
            yield f"the cited words do not deny what the value denies with “{cue}”"
    if claimed:
        return
    own = {word.stem for word in words_of(value)}
    for cue, stems in said:
        if stems & own and not _states(cue, value) and not _elsewhere(stems & own, cited):
            yield f"the cited words say “{cue}”, the value does not"


def _states(cue: str, text: str) -> bool:
    """Tell whether *text* itself holds the denying word, as "refused" or "not"."""
    return re.search(rf"\b{re.escape(cue)}\b", plain(text)) is not None


def _elsewhere(stems: set[str] | frozenset[str], cited: str) -> bool:
    """Tell whether a denied word also stands in the cited words where nothing denies it."""
    denied = sum(len(stems & governed_stems) for _, governed_stems in governed(cited, NEGATORS))
    return sum(word.stem in stems for word in words_of(cited)) > denied


def _overstatements(value: str, cited: str) -> Iterator[str]:
    """Yield where the value is firmer than its source: "supplies" for "plans to supply"."""
    numbers = find_numbers(value)
    for given in find_numbers(cited):
        for number in numbers:
            if given.estimate and not number.estimate and _same(number, given) and given.low:
                yield f"the source gives {cited[given.start : given.end]} only as an estimate"
    if HEDGES.search(value.lower()) or governed(value, NEGATORS):
        return
    own = {word.stem for word in words_of(value)}
    for cue, stems in governed(cited, HEDGES):
        if stems & own and len(own) > 1:
            yield f"the source says it with “{cue}”"


def _missing(value: str, *given: str) -> dict[str, str]:
    """Return the content words of *value* that none of *given* holds, by stem."""
    held = {word.stem for text in given for word in words_of(text)}
    left = [word for word in words_of(value) if word.content and word.stem not in held]
    if not left:
        return {}
    folded = plain(value)
    judged = [(n.start, n.end) for n in find_numbers(folded)]

    def counted(word: Word) -> bool:
        return any(start <= word.start < end for start, end in judged)

    return {
        word.stem: folded[word.start : word.end]
        for word in left
        if not counted(word) and folded[word.start : word.end] not in _CALENDAR_FORMS
    }


def _names(value: str) -> Iterator[str]:
    first = _FIRST_NAME_LIKE.match(value)
    if first and not _NOUN.search(first[1]):
        yield first[1]
    for match in _NAME.finditer(value):
        yield from re.findall(r"[^\W_]+", re.sub(r"[’']s$", "", match[0]))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
