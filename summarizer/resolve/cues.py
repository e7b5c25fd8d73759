"""Read unknown names by the common noun beside them: "Civil Contract party", "shipyard X"."""

from __future__ import annotations

from summarizer.brief import ActorKind
from summarizer.resolve.chunks import Chunk, is_common, starts_sentence
from summarizer.resolve.lexicon import listed, match_name, with_plurals
from summarizer.resolve.words import Word, word_set

LONGEST_CUED = 5
"""Words of a name that is only known by the noun beside it."""

_NOUNS: tuple[tuple[frozenset[str], ActorKind], ...] = (
    (word_set("party"), "political_party"),
    (
        word_set(
            "newspaper daily website broadcaster magazine television outlet channel site agency"
            " weekly tabloid radio platform"
        ),
        "media",
    ),
    (
        word_set("militia militias militants rebels insurgents guerrillas cartel gang jihadists"),
        "armed_group",
    ),
    (
        word_set("company firm shipyard manufacturer shipbuilder startup shipmaker planemaker"),
        "company",
    ),
)
_BEFORE_ONLY: tuple[tuple[frozenset[str], ActorKind], ...] = (
    (word_set("group"), "armed_group"),
    (word_set("maker producer contractor yard"), "company"),
    (word_set("think-tank tank institute charity"), "other"),
)
_QUALIFIED = word_set(
    "armed rebel militant insurgent jihadist separatist terrorist terror mercenary"
)


def read_cued(words: tuple[Word, ...], at: int) -> Chunk | None:
    """Return the unknown name at word *at* when the noun before or behind says what it is."""
    last = _run_end(words, at)
    if last == at:
        return None
    behind = words[last].text if last < len(words) else ""
    lone = last - at == 1 and starts_sentence(words, at) and behind != ","  # "Local radio said"
    kind = _kind_before(words, at) or (None if lone else _kind_behind(words, last))
    if kind == "political_party" and words[last].key == "party":
        last += 1
    return Chunk(at, last, kind) if kind else None


def _run_end(words: tuple[Word, ...], at: int) -> int:
    last = at
    while last < min(len(words), at + LONGEST_CUED + 1) and _is_part(words, last, last == at):
        last += 1
    return last if last - at <= LONGEST_CUED else at


def _is_part(words: tuple[Word, ...], at: int, first: bool) -> bool:
    word = words[at]
    if first and (is_common(word) and (starts_sentence(words, at) or not _next_capital(words, at))):
        return False
    if word.key in with_plurals("titles", "heads") or word.key in listed("titles", "ranks"):
        return False
    if word.key in listed("people", "particles") and not first:
        return _next_capital(words, at)
    known = match_name(words, at)
    return word.capital and (known is None or known[1].kind not in ("date", "thing", "country"))


def _next_capital(words: tuple[Word, ...], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].capital


def _kind_before(words: tuple[Word, ...], at: int) -> ActorKind | None:
    back = at - 1
    if back >= 0 and words[back].text == ",":
        back -= 1
        if back < 1 or words[back - 1].key not in ("the", "a", "an"):
            return None
    if back < 0 or words[back].capital:
        return None
    for nouns, kind in _NOUNS:
        if words[back].key in nouns and kind != "political_party":
            return kind
    for nouns, kind in _BEFORE_ONLY:
        if words[back].key in nouns and (
            kind != "armed_group" or words[back - 1].key in _QUALIFIED
        ):
            return kind
    return None


def _kind_behind(words: tuple[Word, ...], last: int) -> ActorKind | None:
    """The noun follows at once, or in an apposition: "Bakhtar, the state news agency,"."""
    if last >= len(words):
        return None
    if words[last].text == "," and last + 1 < len(words) and words[last + 1].key in ("the", "a"):
        ahead = words[last + 2 : last + 6]
        keys = [word.key for word in ahead]
        return "media" if "news" in keys and "agency" in keys else None
    ahead = words[last : last + 2]
    key = ahead[1].key if ahead[0].key == "news" and len(ahead) > 1 else ahead[0].key
    if words[last].capital:
        return None
    return next((kind for nouns, kind in _NOUNS if key in nouns), None)
