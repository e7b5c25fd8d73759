"""Find runs of words that may be persons, with what speaks for it: title, speech, given name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.resolve.chunks import Chunk, is_common, starts_sentence
from summarizer.resolve.holders import (
    apposition,
    is_nickname,
    of_organisation,
    possessor,
    shared_title,
    title_before,
)
from summarizer.resolve.lexicon import listed, with_plurals
from summarizer.resolve.titles import Title, rank_before, rank_words
from summarizer.resolve.words import Word, word_set

LONGEST_NAME = 7
"""Words of a person's name, particles and initials included."""
LONGEST_APPOSITION = 30
"""Words between a name's comma and the verb behind its apposition."""

_QUOTES = word_set("“ ” \" ‘ ’ '")
_ADVERBS = word_set(
    "also later further then has had have reportedly meanwhile again repeatedly publicly"
    " previously earlier recently who however separately himself herself"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first`` to ``last`` may name a person; ``strong`` when more than capitals says so."""

    first: int
    last: int
    rank: tuple[int, int] | None
    title: Title | None
    affiliation: Chunk | None
    strong: bool
    speaks: bool
    acts: bool
    initial: bool
    located: bool
    nickname: bool
    owner: str | None


def find_runs(
    words: tuple[Word, ...], chunks: Sequence[Chunk], titles: Sequence[Title]
) -> tuple[Run, ...]:
    """Return the runs of capitals outside all chunks that have a person's form, in order."""
    covered = {at for chunk in chunks for at in range(chunk.first, chunk.last)}
    runs: list[Run] = []
    at = 0
    while at < len(words):
        if at in covered or not _starts_name(words, at):
            at += 1
            continue
        last = _name_end(words, at, covered)
        runs.append(_run(words, at, last, chunks, titles, runs[-1] if runs else None))
        at = last
    return tuple(runs)


def _is_initial(words: Sequence[Word], at: int) -> bool:
    behind = words[at + 1].text if at + 1 < len(words) else ""
    return len(words[at].text) == 1 and words[at].capital and behind == "."


def _starts_name(words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if not word.capital or any(map(str.isdigit, word.text)):
        return False
    if len(word.text) < 2:
        if _is_initial(words, at):
            return at + 2 < len(words) and words[at + 2].capital
        titled = at > 0 and words[at - 1].key in rank_words() and words[at - 1].capital
        return titled and at + 1 < len(words) and words[at + 1].capital
    if is_common(word):
        follows = words[at + 1] if at + 1 < len(words) else None
        given = word.key in listed("people", "given") or word.key in listed(
            "people", "family_first"
        )
        return given and follows is not None and follows.capital and not is_common(follows)
    if word.key in with_plurals("titles", "heads") or word.key in listed("titles", "modifiers"):
        return False
    if word.key in rank_words():
        return word.key in listed("people", "given")
    return not word.is_acronym


def _name_end(words: tuple[Word, ...], first: int, covered: set[int]) -> int:
    given = words[first].key in listed("people", "given")
    at = first + (2 if _is_initial(words, first) else 1)
    limit = min(len(words), first + LONGEST_NAME)
    while at < limit and at not in covered:
        word = words[at]
        if _is_initial(words, at) and at + 2 < limit and words[at + 2].capital:
            at += 2
        elif (
            _starts_name(words, at)
            or (given and at == first + 1 and _may_end_name(word))
            or (word.key in listed("people", "particles") and _name_behind(words, at, covered))
        ):
            at += 1
        elif nickname := _nickname_end(words, at, covered):
            at = nickname
        elif word.key in listed("people", "suffixes") and word.capital:
            return at + 1
        else:
            break
    return at


def _may_end_name(word: Word) -> bool:
    """A common word as a surname: Theresa May, Samantha Power, Stephen King."""
    if word.key in listed("never", "weekdays") or word.key in listed("titles", "ranks"):
        return False
    return word.capital and word.text.isalpha() and not word.is_acronym


def _name_behind(words: tuple[Word, ...], at: int, covered: set[int]) -> bool:
    """Particles may be two (van der Leyen, de la Cruz) before the capital comes."""
    particles = listed("people", "particles")
    for ahead in (at + 1, at + 2):
        if ahead >= len(words) or ahead in covered:
            return False
        if words[ahead].capital:
            return _starts_name(words, ahead)
        if words[ahead].key not in particles:
            return False
    return False


def _nickname_end(words: tuple[Word, ...], at: int, covered: set[int]) -> int | None:
    """Mohamed “Hemedti” Dagalo: the quoted middle is part of the name."""
    if words[at].text not in _QUOTES:
        return None
    for close in (at + 2, at + 3):
        if close + 1 < len(words) and words[close].text in _QUOTES and close + 1 not in covered:
            quoted = all(word.capital for word in words[at + 1 : close])
            return close + 1 if quoted and _starts_name(words, close + 1) else None
    return None


def _run(
    words: tuple[Word, ...],
    first: int,
    last: int,
    chunks: Sequence[Chunk],
    titles: Sequence[Title],
    before: Run | None,
) -> Run:
    rank_start = rank_before(words, first)
    if any(title.head < first == title.last and words[first - 1].text != "." for title in titles):
        rank_start = None  # the General of "Secretary General" is no rank
    start = first if rank_start is None else rank_start
    title = title_before(words, start, titles)
    if title is None and before is not None and before.title is not None:
        title = shared_title(words, before.last, start, before.title)
    title = title or apposition(words, last, titles)
    affiliation = of_organisation(words, last, chunks) or (title.affiliation if title else None)
    size = last - first
    named = size > 1 and _looks_personal(words, first, last)
    speaks = _says(words, last, "verbs") or _said_before(words, first)
    return Run(
        first,
        last,
        None if rank_start is None else (rank_start, first),
        title,
        affiliation,
        strong=rank_start is not None
        or title is not None
        or named
        or (size > 1 and (speaks or affiliation is not None)),
        speaks=speaks,
        acts=_says(words, last, "deeds"),
        initial=starts_sentence(words, first),
        located=bool(start) and words[start - 1].key in listed("locative", "always"),
        nickname=before is not None and is_nickname(words, before.last, first),
        owner=possessor(words, start, chunks),
    )


def _looks_personal(words: Sequence[Word], first: int, last: int) -> bool:
    inner = words[first:last]
    keys = [word.key for word in inner]
    if keys[0] in listed("people", "given") or keys[0] in listed("people", "family_first"):
        return True
    arabic = any(key.partition("-")[0] in ("al", "el", "es", "as", "ash", "ad") and "-" in key
                 for key in keys[1:])  # fmt: skip
    particle = any(key in listed("people", "particles") for key in keys[1:-1])
    return arabic or particle or any(word.text == "." for word in inner)


def _says(words: Sequence[Word], at: int, verbs: str) -> bool:
    """Tell whether a verb of the list follows: at once, or behind an apposition in commas."""
    if _verb_at(words, at, verbs):
        return True
    if at < len(words) and words[at].text == ",":
        for close in range(at + 2, min(len(words), at + LONGEST_APPOSITION)):
            if words[close].text == ",":
                return _verb_at(words, close + 1, verbs)
    return False


def _verb_at(words: Sequence[Word], at: int, verbs: str) -> bool:
    for word in words[at : at + 3]:
        if word.key in listed("speech", verbs) and not word.capital:
            return True
        if word.key not in _ADVERBS:
            return False
    return False


def _said_before(words: Sequence[Word], at: int) -> bool:
    return at > 0 and words[at - 1].key in ("said", "says", "told", "added", "warned", "asked")
