"""Find every mention of an actor in a document's sentences, by rules alone.

Titles and ranks, affiliations, acronyms and loaded labels are found with the name but kept apart
from it. What a lone capitalised word is (person, place, nothing) is decided over the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.brief import ActorKind
from summarizer.resolve.chunks import Chunk, actor_kind
from summarizer.resolve.labels import find_labels, find_unnamed
from summarizer.resolve.lexicon import listed, name_key, with_plurals
from summarizer.resolve.people import Run
from summarizer.resolve.reading import Reading, read_sentence
from summarizer.resolve.standing import does, is_located
from summarizer.resolve.titles import Title
from summarizer.resolve.words import Word
from summarizer.source import Sentence, Span

Form = Literal["name", "metonym", "government", "demonym", "unnamed"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an actor; offsets count code points of ``Document.text``.

    ``acts`` is false where a state is only where something is, or an adjective.
    ``identity`` is the usual name when the name is a known one.
    """

    sentence: int
    start: int
    end: int
    text: str
    kind: ActorKind | None
    form: Form = "name"
    acts: bool = True
    identity: str | None = None
    country: str | None = None
    rank: Span | None = None
    position: Span | None = None
    affiliation: Span | None = None
    acronym: Span | None = None
    labels: tuple[Span, ...] = ()
    subject: bool = False
    nickname: bool = False


def find_mentions(sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Return the mentions of actors in order of place; headings only repeat what the body names."""
    readings = [read_sentence(s) for s in sentences if s.kind != "boilerplate"]
    people = _people(readings)
    mentions = [m for reading in readings for m in _mentions(reading, people)]
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end)))


def _people(readings: Sequence[Reading]) -> frozenset[tuple[str, ...]]:
    """Return the names that the document shows to be persons."""
    strong: set[tuple[str, ...]] = set()
    parts: set[str] = set()
    weak: dict[tuple[str, ...], list[tuple[Run, Reading]]] = {}
    for reading in readings:
        for run in reading.runs:
            key = name_key(reading.text(run.first, run.last))
            heading = reading.sentence.kind == "heading"
            if run.strong and not (heading and run.title is None):
                strong.add(key)
                parts.update(key[1:] or key)
                parts.update(key[:1] if key[0] in listed("people", "family_first") else ())
            elif not heading:
                weak.setdefault(key, []).append((run, reading))
    for key, seen in weak.items():
        if (len(key) == 1 and key[0] in parts) or _is_person(key, seen):
            strong.add(key)
    return frozenset(strong | {key for key in weak if len(key) == 1 and key[0] in parts})


def _is_person(key: tuple[str, ...], seen: Sequence[tuple[Run, Reading]]) -> bool:
    runs = [run for run, _ in seen]
    if len(key) == 1 and key[0] in listed("people", "known_surnames"):
        return True
    if any(run.speaks for run in runs):
        return True
    located = any(run.located for run in runs)
    behind_the = any(
        run.first and reading.words[run.first - 1].key in ("the", "a", "an")
        for run, reading in seen
    )
    if located or behind_the:
        return False
    if len(key) == 1:
        firm = sum(run.acts for run in runs)
        return firm > 1 or any(run.acts and not run.initial for run in runs)
    return 1 < len(key) <= 4 and not any(run.initial and not run.acts for run in runs)


def _mentions(reading: Reading, people: frozenset[tuple[str, ...]]) -> Iterator[Mention]:
    for chunk in reading.chunks:
        if mention := _chunk_mention(reading, chunk):
            yield mention
    held: set[Title] = set()
    for run in reading.runs:
        if name_key(reading.text(run.first, run.last)) in people:
            if run.title:
                held.add(run.title)
            yield _person(reading, run)
    for title in reading.titles:
        if title not in held and (words := find_unnamed(reading.words, title)):
            yield _unnamed(reading, title, words)
    yield from _acronyms(reading)


def _chunk_mention(reading: Reading, chunk: Chunk) -> Mention | None:
    kind = actor_kind(chunk)
    if kind is None or _is_generic(reading, chunk):
        return None
    if chunk.is_actor and not chunk.identity and _names_office(reading, chunk):
        return None
    words = reading.words
    form: Form = "name"
    acts = True
    if chunk.kind == "demonym":
        form, acts = "demonym", does(words, chunk)
    elif chunk.kind == "government":
        form = "government"
    elif chunk.kind in ("country", "capital"):
        form = "metonym" if chunk.kind == "capital" else "name"
        acts = not is_located(words, chunk, reading.chunks)
    span = reading.span(chunk.first, chunk.last)
    labels = () if kind == "state" else find_labels(words, chunk.first, chunk.last)
    return Mention(
        sentence=reading.sentence.id,
        start=span.start,
        end=span.end,
        text=reading.text(chunk.first, chunk.last),
        kind=kind,
        form=form,
        acts=acts,
        identity=chunk.identity if kind != "state" else chunk.country,
        country=chunk.country,
        acronym=_acronym(reading, chunk.last),
        labels=tuple(reading.span(*label) for label in labels),
        subject=_is_subject(reading, chunk.first, chunk.last),
    )


def _is_generic(reading: Reading, chunk: Chunk) -> bool:
    """A body without a country inside a position ("Chief of the General Staff") is no actor."""
    if not chunk.is_actor or chunk.country or chunk.kind not in ("military", "government_body"):
        return False
    return any(t.first <= chunk.first and chunk.last <= t.last for t in reading.titles)


def _names_office(reading: Reading, chunk: Chunk) -> bool:
    """French Armed Forces Minister: the words name the minister's portfolio, not the forces."""
    behind = reading.words[chunk.last : chunk.last + 1]
    return bool(behind) and behind[0].key in ("minister", "ministers", "secretary", "secretaries")


def _acronym(reading: Reading, at: int) -> Span | None:
    """Return the acronym in brackets behind a name."""
    words = reading.words
    if at + 2 < len(words) and words[at].text == "(" and words[at + 2].text == ")":
        word = words[at + 1]
        capitals = sum(map(str.isupper, word.text))
        if capitals > 1 and len(word.text) <= 12:
            return reading.span(at + 1, at + 2)
    return None


def _is_subject(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a verb of saying or doing follows the name."""
    if first == 0:
        return True
    ahead = reading.words[last : last + 2]
    return any(w.key in listed("speech", "verbs") | listed("speech", "deeds") for w in ahead)


def _person(reading: Reading, run: Run) -> Mention:
    title, words = run.title, reading.words
    span = reading.span(run.first, run.last)
    position = None
    if title and words[title.head].key not in ("counterpart", "counterparts"):
        position = reading.span(_behind_possessive(words, title), title.last)
    owner = run.affiliation
    country = (owner.country if owner else None) or (title.country if title else None)
    country = country or run.owner
    if title and title.plural and sum(r.title == title for r in reading.runs) > 1:
        owner, country = None, None  # "ministers X and Y": whose they are is not said one by one
    labels = find_labels(words, run.first, run.last)
    return Mention(
        sentence=reading.sentence.id,
        start=span.start,
        end=span.end,
        text=reading.text(run.first, run.last),
        kind="person",
        country=country,
        rank=reading.span(*run.rank) if run.rank else None,
        position=position,
        affiliation=reading.span(owner.first, owner.last) if owner else None,
        labels=tuple(reading.span(*label) for label in labels),
        subject=run.speaks or run.acts,
        nickname=run.nickname,
    )


def _behind_possessive(words: Sequence[Word], title: Title) -> int:
    """The ministry's director general is a director general."""
    owned = [at for at in range(title.first, title.head) if words[at].is_possessive]
    return owned[-1] + 1 if owned else title.first


def _unnamed(reading: Reading, title: Title, at: tuple[int, int]) -> Mention:
    span = reading.span(*at)
    owner = title.affiliation
    return Mention(
        sentence=reading.sentence.id,
        start=span.start,
        end=span.end,
        text=reading.text(*at),
        kind="person",
        form="unnamed",
        country=owner.country if owner else None,
        affiliation=reading.span(owner.first, owner.last) if owner else None,
        subject=True,
    )


def _acronyms(reading: Reading) -> Iterator[Mention]:
    """Yield acronyms that no list knows, where they act: "the NSDC said"."""
    words = reading.words
    covered = {at for c in reading.chunks for at in range(c.first, c.last)}
    for at, word in enumerate(words):
        if word.key in with_plurals("titles", "heads"):
            continue
        plain = word.is_acronym and word.text.isalpha() and 2 < len(word.text) <= 7
        if not plain or at in covered or reading.sentence.kind == "heading":
            continue
        shouting = any(w.is_acronym for w in words[max(0, at - 1) : at] + words[at + 1 : at + 2])
        bracketed = at > 0 and words[at - 1].text == "("
        acts = words[at - 1].key == "the" if at else False
        acts = acts or (at > 0 and _is_subject(reading, at, at + 1))
        if not shouting and (bracketed or acts):
            span = reading.span(at, at + 1)
            yield Mention(reading.sentence.id, span.start, span.end, word.text, None)
