"""The words that name a speaker -> what kind of source it is (words: ``speakers.toml``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from summarizer.brief import AttributionKind
from summarizer.language import entries, listed, rows

__all__ = ["is_pronoun", "kind_of_speaker", "known_kind"]

_WORD = re.compile(r"[^\W_]+(?:[.’'][^\W_]+)*")
_POSSESSIVE = ("'s", "’s")
_OFFICIAL_NAMES = ("government_body", "military", "igo", "company")
_OFFICIAL_NOUNS = (
    "government_body",
    "military",
    "company",
    "lower_government",
    "lower_bodies",
    "lower_military",
)

_PREPOSITIONS = frozenset(
    ("of", "by", "from", "in", "at", "for", "on", "to", "with", "seen", "who")
)

_PRONOUNS = ("named_person", "official_statement")

Words = tuple[str, ...]


def kind_of_speaker(words: str) -> AttributionKind:
    """Tell what kind of source *words* name: a medium, an office, a person, unnamed officials.

    A capital or state speaks officially; "the ministry" and "spokesman X" are official
    statements, "Defense Minister X" is a named person.
    """
    voice = _Voice.of(words)
    behind_first = (
        voice.before_comma[1:] or voice.words[:1]
    )  # "The sides": the first word shows nothing
    named = any(word[:1].isupper() for word in behind_first) and not _is_body_by_form(voice)
    return known_kind(words) or ("named_person" if named else "official_statement")


@lru_cache(maxsize=1024)  # a sentence asks of one voice several times, and a report too
def known_kind(words: str) -> AttributionKind | None:
    """Tell the kind that a known name or noun among *words* shows; None without one."""
    voice = _Voice.of(words)
    return next((kind for kind, is_met in _RULES if is_met(voice)), None)


@lru_cache(maxsize=1024)  # a party is asked about wherever it takes part or speaks
def is_pronoun(words: str) -> bool:
    """Tell whether *words* are a pronoun, which names nobody."""
    lower = tuple(word.casefold() for word in _split(words))
    return any(lower in _nouns("speakers", "pronouns", kind) for kind in _PRONOUNS)


@dataclass(frozen=True)
class _Voice:
    """The words of a speaker: as written and in lower case."""

    words: Words
    lower: Words
    before_comma: Words
    owners: Words
    """The words with a possessive, in lower case."""
    named_apart: bool
    """Whether an apposition names the person: "a senior officer, Col. Lee"."""

    @classmethod
    def of(cls, text: str) -> _Voice:
        words = _split(text)
        parts = [_split(part) for part in text.split(",")]
        apart = len(parts) > 1 and any(map(_is_persons_name, parts))
        lower = tuple(word.casefold() for word in words)
        owners = tuple(w[:-2] for w in _WORD.findall(text.casefold()) if w.endswith(_POSSESSIVE))
        return cls(words, lower, parts[0], owners, apart)

    def has(self, nouns: frozenset[Words]) -> bool:
        """Tell whether one of *nouns* is among the words, in the singular or plural."""
        return next(self.spots(nouns), None) is not None

    def spots(self, nouns: frozenset[Words]) -> Iterator[int]:
        """Yield the place behind each of *nouns* among the words."""
        return (end for run, ends in self._runs.items() if run in nouns for end in ends)

    @cached_property
    def _runs(self) -> Mapping[Words, Sequence[int]]:
        """The runs of up to four words, in the singular too, with the places behind them."""
        runs: dict[Words, list[int]] = {}
        for end, last in enumerate(self.lower, 1):
            forms = _singulars(last)
            for start in range(max(0, end - 4), end):
                for form in forms:
                    runs.setdefault((*self.lower[start : end - 1], form), []).append(end)
        return runs

    def names(self, known: frozenset[Words]) -> bool:
        """Tell whether one of the *known* names stands among the words; capitals count."""
        found = (places for run, places in self._names.items() if run in known)
        return any(not self._is_given_name(*place) for places in found for place in places)

    @cached_property
    def _names(self) -> Mapping[Words, Sequence[tuple[int, int]]]:
        """The runs of up to eight words, as names are compared, with where they stand."""
        words = tuple(map(_key, self.words))
        runs: dict[Words, list[tuple[int, int]]] = {}
        for end in range(1, len(words) + 1):
            for start in range(max(0, end - 8), end):
                runs.setdefault(words[start:end], []).append((start, end))
        return runs

    def _is_given_name(self, start: int, end: int) -> bool:
        """Tell whether a name of one word is a person's here: "Rafael Grossi" is no company."""
        behind = self.words[end : end + 1]
        media = _nouns("names", "organisations", "media")
        named = bool(behind) and behind[0][:1].isupper() and (behind[0].casefold(),) not in media
        return end == start + 1 and named

    @property
    def core(self) -> Words:
        """The words up to the first preposition: what speaks, not whose it is or what it is of."""
        ends = (at for at, word in enumerate(self.before_comma) if word in _PREPOSITIONS and at)
        return self.before_comma[: next(ends, len(self.before_comma))]


def _split(text: str) -> Words:
    found = (match.group() for match in _WORD.finditer(text))
    return tuple(w[:-2] if w.endswith(_POSSESSIVE) else w for w in found)


def _key(word: str) -> str:
    """Return *word* for comparing names: their articles may or may not be capital."""
    return word.casefold() if word.casefold() in ("the", "al") else word


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s"):
        return (word,)
    return (word, word.removesuffix("s"), word.removesuffix("es"))


def _is_persons_name(words: Words) -> bool:
    names = [w for w in words if w[:1].isupper()]
    return len(words) == len(names) >= 2 and not any(w.casefold() in _heads() for w in words[-1:])


@cache
def _heads() -> frozenset[str]:
    return listed("names", "titles", "heads")


@cache
def _nouns(*keys: str) -> frozenset[Words]:
    return frozenset(_split(noun) for noun in listed(*keys))


@cache
def _official_nouns() -> frozenset[Words]:
    from_names = (_nouns("names", "organisations", key) for key in _OFFICIAL_NOUNS)
    return _nouns("speakers", "official_statement", "bodies").union(*from_names)


@cache
def _words_of_offices() -> frozenset[str]:
    return frozenset(word for noun in _official_nouns() for word in noun) | {"staff"}


@cache
def _known(*kinds: str, only: tuple[str, ...] = ()) -> frozenset[Words]:
    """Return all forms of the known names of these kinds, or of those *only* names."""
    chosen = frozenset(only)
    found = set()
    for kind in kinds:
        for entry in entries("names", "known", kind):
            forms = [form.strip() for form in entry.split("=")[0].split("|")]
            if not chosen or chosen.intersection(forms):
                found.update(forms)
    return frozenset(tuple(map(_key, _split(form))) for form in found | chosen)


@cache
def _states() -> frozenset[Words]:
    """Return the names and capitals of states."""
    cells = (cell for row in rows("countries") for cell in (row[1], row[2], row[4]))
    forms = (form.strip("* ") for cell in cells for form in cell.split("|"))
    return frozenset(_split(form) for form in forms if form)


def _is_pronoun_of_person(voice: _Voice) -> bool:
    return voice.lower in _nouns("speakers", "pronouns", "named_person")


def _is_pronoun_of_body(voice: _Voice) -> bool:
    return voice.lower in _nouns("speakers", "pronouns", "official_statement")


def _is_medium(voice: _Voice) -> bool:
    if voice.core and voice.core[-1].endswith("TV") and voice.core[-1].isupper():
        return True  # MRTV
    spots = voice.spots(_nouns("speakers", "media", "nouns"))
    heads = [end for end in spots if (voice.lower[end : end + 1]) not in _official_nouns()]
    if heads or voice.names(_known("media")):  # a medium, not a "media office"
        return True
    nouns = _nouns("names", "organisations", "media")  # "Radio Pakistan", "the Kyiv Post"
    return any(
        left[:1].isupper()
        and right[:1].isupper()
        and not {(left.casefold(),), (right.casefold(),)}.isdisjoint(nouns)
        for left, right in pairwise(voice.words)
    )


def _is_state_medium(voice: _Voice) -> bool:
    if voice.names(_known("media", only=entries("speakers", "state_media", "names"))):
        return True
    marks = _nouns("speakers", "state_media", "marks")
    # "State media" at the head of a sentence, but not the "State Department".
    marked = any(
        (voice.words[end - 1].islower() or behind.islower()) and behind not in _PREPOSITIONS
        for end in voice.spots(marks)
        for behind in voice.words[end : end + 1]
    )
    return marked and _is_medium(voice)


def _is_analyst(voice: _Voice) -> bool:
    houses = _known("other", only=entries("speakers", "analyst", "names"))
    return voice.names(houses) or voice.has(_nouns("speakers", "analyst", "nouns"))


def _is_party(voice: _Voice) -> bool:
    if voice.names(_known("armed_group", "political_party", "other")):
        return True
    body = (word.casefold() for word in voice.core[-1:])  # the refugee agency
    bodies = listed("names", "organisations", "government_body")
    return voice.has(_nouns("speakers", "party", "nouns")) and bodies.isdisjoint(body)


def _is_office(voice: _Voice) -> bool:
    return voice.has(_nouns("speakers", "official_statement", "voices"))


def _is_unnamed_official(voice: _Voice) -> bool:
    if voice.named_apart:
        return False
    behind = voice.spots(_nouns("speakers", "unnamed_official", "nouns"))
    return any(not voice.words[end : end + 1] or voice.words[end].islower() for end in behind)


def _is_body(voice: _Voice) -> bool:
    of_holder = not _heads().isdisjoint(voice.owners)  # "the president's office"
    core = tuple(word.casefold() for word in voice.core)
    office = core[-1:] in _official_nouns()  # "the prosecutor general's office"
    held = not _heads().isdisjoint(core) and not (of_holder or office)
    if held or _has_ranked_person(voice):
        return False  # of a minister of a ministry the person speaks
    own = tuple(w for w in voice.words if w.casefold() not in voice.owners)  # "the UN's Ann Lee"
    names = replace(voice, words=own).names(_known(*_OFFICIAL_NAMES))
    return names or voice.has(_official_nouns())


def _has_ranked_person(voice: _Voice) -> bool:
    """Tell whether a rank stands before a name: "Gen. Lee", but not "General Staff"."""
    ranks = listed("names", "titles", "ranks")
    body = _words_of_offices()
    return any(
        left.casefold() in ranks and right[:1].isupper() and right.casefold() not in body
        for left, right in pairwise(voice.words)
    )


def _is_state(voice: _Voice) -> bool:
    """Tell whether the words name states or capitals and nothing else."""
    words = [w for w in voice.before_comma if w.casefold() not in ("the", "and")]
    at = 0
    while at < len(words):
        sizes = (n for n in range(5, 0, -1) if tuple(words[at : at + n]) in _states())
        size = next(sizes, 0)
        if not size:
            return False
        at += size
    return bool(words)


def _is_document(voice: _Voice) -> bool:
    return _heads().isdisjoint(voice.lower) and voice.has(_nouns("speakers", "document", "nouns"))


def _is_paper(voice: _Voice) -> bool:
    papers = _nouns("speakers", "document", "papers")
    return any((form,) in papers for word in voice.core[-1:] for form in _singulars(word.lower()))


def _is_body_by_form(voice: _Voice) -> bool:
    """Tell whether letters speak, or a name with an article: a body's, never a person's."""
    words = voice.core
    if not words or not words[-1][:1].isupper():
        return False
    article = words[0].casefold() == "the" and words[1:2] and words[1][:1].isupper()
    letters = words[-1].isupper() and len(words[-1]) > 1
    apart = len(words) == 1 or bool(voice.owners) or words[-2].islower()
    return bool(article and not voice.owners) or (letters and apart)


def _is_unnamed_person(voice: _Voice) -> bool:
    unnamed = not any(word[:1].isupper() for word in voice.words[1:])
    indefinite = voice.lower[:1] and voice.lower[0] in listed("speakers", "articles", "indefinite")
    return bool(indefinite) and unnamed and _is_person(voice)


def _is_person(voice: _Voice) -> bool:
    titles = _heads() | listed("names", "titles", "ranks") | listed("names", "titles", "unnamed")
    return any(form in titles for word in voice.lower for form in _singulars(word))


_RULES: tuple[tuple[AttributionKind, Callable[[_Voice], bool]], ...] = (
    ("named_person", _is_pronoun_of_person),
    ("official_statement", _is_pronoun_of_body),
    ("state_media", _is_state_medium),
    ("media_report", _is_medium),
    ("analyst", _is_analyst),
    ("party_claim", _is_party),
    ("official_statement", _is_office),
    ("unnamed_official", _is_unnamed_official),
    ("official_statement", _is_state),
    ("document", _is_paper),
    ("official_statement", _is_body),
    ("document", _is_document),
    ("unnamed_official", _is_unnamed_person),
    ("named_person", _is_person),
)
"""The kinds with how they are known; the first that is met decides."""
