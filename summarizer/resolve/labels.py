"""Find loaded words that a report puts on a name ("terrorist group"), and unnamed speakers."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.resolve.lexicon import listed, with_plurals
from summarizer.resolve.titles import Title
from summarizer.resolve.words import Word, word_set

LONGEST_SPEAKER = 14
"""Words that describe an unnamed speaker, from the determiner to the verb."""

_QUOTES = word_set("“ ” \" ‘ ’ '")
_DETERMINERS = word_set("a an one two three four five several some another")
_VAGUE = word_set("senior unnamed anonymous top former high-ranking retired second")
_POSTMODIFIERS = word_set("familiar with briefed close involved speaking who on in at from")
_SOURCES = word_set("citing quoting quoted cited")


def find_labels(words: Sequence[Word], first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of loaded words around the name at words ``first`` to ``last``."""
    found = (_label_before(words, first), _label_behind(words, last), _predicate(words, last))
    return tuple(sorted({span for span in found if span}))


def _is_label(word: Word) -> bool:
    known = word.key in listed("labels", "adjectives") or word.key in listed("labels", "nouns")
    return known and not word.capital


def _loaded(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    loaded = any(word.key in listed("labels", "loaded") for word in words[first:last])
    return (first, last) if loaded else None


def _label_before(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    end = first
    if end and words[end - 1].text in _QUOTES:
        end -= 1
    start = end
    while start and _is_label(words[start - 1]):
        start -= 1
    return _loaded(words, start, end)


def _label_behind(words: Sequence[Word], last: int) -> tuple[int, int] | None:
    start = last
    if start < len(words) and words[start].text in _QUOTES:
        start += 1
    return _label_run(words, start)


def _label_run(words: Sequence[Word], start: int) -> tuple[int, int] | None:
    end = start
    while end < len(words) and _is_label(words[end]):
        end += 1
    return _loaded(words, start, end)


def _predicate(words: Sequence[Word], last: int) -> tuple[int, int] | None:
    """X, a designated terrorist organization; X is a terrorist group."""
    at = last
    if at < len(words) and words[at].text == ")":
        at += 1
    if at >= len(words) or words[at].key not in (",", "is", "are", "as", "was"):
        return None
    at += 1
    if at < len(words) and words[at].key in ("a", "an", "the"):
        return _label_run(words, at + 1)
    return _label_run(words, at)


def find_unnamed(words: Sequence[Word], title: Title) -> tuple[int, int] | None:
    """Return the words of an unnamed speaker around a position, or None when nobody speaks."""
    unnamed = with_plurals("titles", "unnamed")
    if words[title.head].key not in unnamed or words[title.head].capital:
        return None
    first = title.first
    while first and words[first - 1].key in _VAGUE:
        first -= 1
    determined = first > 0 and words[first - 1].key in _DETERMINERS
    if determined:
        first -= 1
    elif title.affiliation is None or (first and words[first - 1].key in ("the", "his", "its")):
        return None
    last = title.last
    if title.head + 1 < last and words[title.head + 1].key in _POSTMODIFIERS:
        last = title.head + 1
    if last < len(words) and words[last].key in _POSTMODIFIERS:
        last = _postmodified(words, last)
    spoken = _speech_at(words, last) or _speech_behind_clause(words, last) or _cited(words, first)
    return (first, last) if spoken else None


def _postmodified(words: Sequence[Word], at: int) -> int:
    for end in range(at, min(len(words), at + LONGEST_SPEAKER)):
        if words[end].text in ",.;:—–" or _speech_at(words, end):
            return end
    return at


def _speech_at(words: Sequence[Word], at: int) -> bool:
    ahead = words[at : at + 2]
    if ahead and ahead[0].key in ("has", "have", "also", "had"):
        ahead = ahead[1:]
    return bool(ahead) and ahead[0].key in listed("speech", "verbs")


def _speech_behind_clause(words: Sequence[Word], at: int) -> bool:
    """A doctor, who asked not to be named, said: the verb stands behind the second comma."""
    if at >= len(words) or words[at].text != ",":
        return False
    for close in range(at + 2, min(len(words), at + LONGEST_SPEAKER)):
        if words[close].text == ",":
            return _speech_at(words, close + 1)
    return False


def _cited(words: Sequence[Word], first: int) -> bool:
    before = [word.key for word in words[max(0, first - 2) : first]]
    if not before:
        return False
    return before[-1] in _SOURCES or before == ["according", "to"] or before[-1] in ("said", "told")
