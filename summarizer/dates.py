"""Find the dates of a text, by the forms of the language's ``dates.toml``.

A word that carries meaning belongs to a date ("since January", "by the end of 2026"); a plain "on"
or "in" does not. A year counts only where its neighbours make it one: "IDEF 2025", "Mirage 2000"
and "2000 troops" are no dates. What a date means is for ``resolve`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from summarizer.language import entries, table
from summarizer.language.openings import Openings, words
from summarizer.source import Span

Tense = Literal["past", "future", "unclear", "none"]
"""Where a date lies by the grammar around it; "unclear" when it may lie on either side
("pledged to send tanks on Monday"), "none" when no verb shows it."""

_SPACE = r"\s{1,3}"
"""White space is bounded, so that a page of blanks costs no time."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as a text names it.

    ``form`` is its entry in the language's table of dates, ``parts`` the words that it reads
    there; ``bound`` the word that makes it a limit ("since", "by").
    """

    span: Span
    form: str
    parts: Mapping[str, str] = field(hash=False)
    bound: str = ""
    tense: Tense = "none"


def find_dates(text: str, offset: int = 0) -> tuple[DateWords, ...]:
    """Return the dates of *text*, in order and without overlaps; it stands at *offset*."""
    finder, forms = _forms()
    found: list[DateWords] = []
    done = 0
    for word in words(text):
        opened = _opened_by(word[0])
        at = word.start()
        if not opened or at < done or not any(form.match(text, at) for _, form in opened):
            continue
        match = finder.match(text, at)
        if match is None:
            continue
        done = match.end()
        bound = match["bound"] or ""
        start = match.start() + len(bound)
        span = Span(offset + match.start(), offset + match.end())
        for name, form in forms if bound else opened:
            if read := form.fullmatch(text, start, match.end()):
                parts = {part: _folded(words) for part, words in read.groupdict("").items()}
                found.append(DateWords(span, name, parts, _folded(bound)))
                break
    return tuple(found)


def _folded(words: str) -> str:
    words = " ".join(words.casefold().split()).rstrip(".")
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", words)


@cache
def _forms() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return the finder of all forms, and each form with its name."""
    forms = [(name, form) for name, several in table("dates")["forms"].items() for form in several]
    anything = "|".join(re.sub(r"\(\?P<\w+>", "(?:", _compiled(form)) for _, form in forms)
    return (
        re.compile(rf"(?<![\w.,/-]){_bound()}?(?:{anything})(?!\w)", re.IGNORECASE),
        tuple((name, re.compile(_compiled(form), re.IGNORECASE)) for name, form in forms),
    )


def _bound() -> str:
    words = f"{_shape('since')}|{_shape('until')}"
    return rf"(?P<bound>(?:{words}){_SPACE}(?:at{_SPACE}least{_SPACE})?)"


@lru_cache(maxsize=4096)
def _opened_by(word: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms, and the bound, that may begin with *word*: most words begin none."""
    forms, openings = _openings()
    return tuple(forms[number] for number in openings.of(word))


@cache
def _openings() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], Openings]:
    forms = (*_forms()[1], ("bound", re.compile(_bound(), re.IGNORECASE)))
    return forms, Openings(form.pattern for _, form in forms)


_NOTATION = re.compile(
    r"\{(?:(?P<part>[a-z_]+)=)?(?P<read>[^{}\d][^{}]*)\}|<(?P<passed>[a-z_]+)>|_|\((?!\?)"
)


def _compiled(form: str) -> str:
    """Return the regular expression that *form* stands for."""
    return _NOTATION.sub(_expanded, form)


def _expanded(match: re.Match[str]) -> str:
    if read := match["read"]:
        return f"(?P<{match['part'] or read}>{_shape(read)})"
    if passed := match["passed"]:
        return f"(?:{_shape(passed)})"
    return _SPACE if match[0] == "_" else "(?:"


def _shape(name: str) -> str:
    """Return the expression for the shape or words called *name*, else *name* itself."""
    dates = table("dates")
    if name in dates["shapes"]:
        return _compiled(dates["shapes"][name])
    if name not in dates["words"]:
        return _compiled(name)
    words = entries("dates", "words", name)
    if name.endswith("_cue"):
        return "|".join(
            rf"(?<={_edge(w)}{re.escape(w)}{'' if w == '(' else chr(92) + 's'})" for w in words
        )
    longest_first = sorted({*words, *(w.upper() for w in words)}, key=len, reverse=True)
    return "|".join(_SPACE.join(map(re.escape, word.split())) for word in longest_first)


def _edge(word: str) -> str:
    return r"\b" if word[0].isalpha() else ""
