"""What a run of words names: the value that the readers of organisations and places hand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from summarizer.brief import ActorKind
from summarizer.resolve.lexicon import EntryKind, listed
from summarizer.resolve.words import Word, word_set

ChunkKind = EntryKind | Literal["government"]

_OPENERS = word_set("\" “ ‘ ' ( [ : ; . ! ? – — • ...")
ORGANISATION_KINDS: tuple[ActorKind, ...] = (
    "armed_group",
    "military",
    "government_body",
    "political_party",
    "igo",
    "company",
    "media",
    "other",
)
_ACTOR_KINDS = frozenset(ORGANISATION_KINDS)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``first`` to ``last`` name something; ``identity`` is set when its name is known."""

    first: int
    last: int
    kind: ChunkKind
    identity: str | None = None
    country: str | None = None

    @property
    def is_actor(self) -> bool:
        """Whether it names an organisation of any kind."""
        return self.kind in _ACTOR_KINDS


def starts_sentence(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word's capital may be due to its place: first, or behind a mark."""
    return at == 0 or words[at - 1].key in _OPENERS or words[at - 1].text in _OPENERS


def is_common(word: Word) -> bool:
    """Tell whether *word* is an everyday word that a capital doesn't make a name."""
    key = word.key
    return (
        key in listed("never", "words")
        or key in listed("never", "months")
        or key in listed("never", "weekdays")
    )


def actor_kind(chunk: Chunk) -> ActorKind | None:
    """Return the actor kind of a chunk: states for countries and governments, None for the rest."""
    if chunk.kind in ("country", "demonym", "capital", "government"):
        return "state"
    return cast("ActorKind", chunk.kind) if chunk.is_actor else None
