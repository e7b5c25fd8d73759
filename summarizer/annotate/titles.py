"""Tokens -> ranks and positions: "Lt. Gen.", "Syrian Defense Minister", "head of the Wagner Group".

A position is a run of words around a head noun; ``persons`` decides whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.annotate.lines import QUOTES, Chunk, Line
from summarizer.annotate.organisations import KINDS, chunks_within
from summarizer.language.known import terms, with_plurals
from summarizer.language.words import key

LONGEST_POSITION = 16
"""Tokens to either side of the head; a guard against endless lists in hostile text."""
_OWNERS = frozenset((*KINDS, "country", "demonym", "capital", "government", "place"))
_NOMINAL = ("ADJ", "NOUN", "PROPN", "NUM")
_TO = ("of", "for", "to", "at", "on")


@dataclass(frozen=True, slots=True)
class Title:
    """A position: tokens ``first`` to ``last``, its head noun, and whose position it is."""

    first: int
    last: int
    head: int
    plural: bool
    owner: Chunk | None
    country: str | None


def find_titles(line: Line, chunks: tuple[Chunk, ...]) -> tuple[Title, ...]:
    """Return the positions named in a sentence, in order, whether or not a person holds them."""
    starts = {chunk.first: chunk for chunk in chunks}
    ends = {chunk.last: chunk for chunk in chunks}
    covered = {at for chunk in chunks for at in range(chunk.first, chunk.last)}
    unnamed = with_plurals("titles", "unnamed")
    titles: list[Title] = []
    for at in range(len(line)):
        heads = line.is_title(at) or (line.key(at) in unnamed and not line.capital(at))
        if not heads or at in covered or line.tokens[at].pos in ("VERB", "AUX"):
            continue
        title = _title(line, at, chunks, _left(line, at, ends), _right(line, at, starts))
        previous = titles[-1] if titles else None
        if previous and title.first < previous.last:
            titles.pop()
            title = _joined(line, previous, title, chunks, titles)
        titles.append(title)
    return tuple(titles)


def _title(line: Line, head: int, chunks: tuple[Chunk, ...], first: int, last: int) -> Title:
    singular = terms("titles", "heads") | terms("titles", "unnamed")
    plural = line.key(head).endswith("s") and line.key(head) not in singular
    owners = list(chunks_within(chunks, first, last))
    if first > 1 and line.possessive(first - 1):
        owners += [c for c in chunks if c.last == first - 1]
    bodies = [c for c in owners if c.kind in KINDS]
    owner = (bodies or owners)[-1] if owners else None
    country = next((c.country for c in owners if c.country), None)
    return Title(first, last, head, plural, owner, country)


def _joined(
    line: Line,
    one: Title,
    two: Title,
    chunks: tuple[Chunk, ...],
    titles: list[Title],
) -> Title:
    """In "adviser to U.S. President" the preposition parts two persons' positions."""
    cut = next((i for i in range(one.head + 1, two.head) if line.key(i) in _TO), None)
    if cut is not None and line.capital(two.head):
        titles.append(replace(one, last=cut, owner=None, country=None))
        return _title(line, two.head, chunks, max(two.first, cut + 1), two.last)
    first, last = min(one.first, two.first), max(one.last, two.last)
    return _title(line, two.head, chunks, first, last)


def _left(line: Line, head: int, ends: Mapping[int, Chunk]) -> int:
    at = head
    while at > max(0, head - LONGEST_POSITION):
        chunk = ends.get(at)
        if chunk and chunk.kind in _OWNERS:
            at = chunk.first
        elif at > 1 and line.hyphen(at - 1):
            at -= 2
        elif _modifies(line, at - 1, head) or (line.key(at - 1) == "and" and _joins(line, at)):
            at -= 1
        else:
            break
    return at


def _modifies(line: Line, at: int, head: int) -> bool:
    if line.key(at) in terms("titles", "modifiers") or line.is_title(at):
        return True
    token, entity = line.tokens[at], line.entity(at)
    if token.pos not in _NOMINAL or token.dep not in ("amod", "compound", "nmod"):
        return False
    if line.is_rank(at) or (entity and entity.label in ("PERSON", "NORP")):
        return False
    if line.key(at) in terms("labels", "vague"):
        return False
    return at < token.head <= head and not (line.opens(at) and token.pos == "ADJ")


def _joins(line: Line, at: int) -> bool:
    """Tell whether "and" before token *at* joins two heads or two portfolios of one position."""
    if at < 2:
        return False
    modifiers = terms("titles", "modifiers")
    both = line.key(at - 2) in modifiers and line.key(at) in modifiers
    return (both or line.is_title(at - 2)) and line.capital(at - 2) == line.capital(at)


def _right(line: Line, head: int, starts: Mapping[int, Chunk]) -> int:
    at = head + 1
    while line.hyphen(at):
        at += 2  # commander-in-chief
    heads = terms("titles", "heads")
    if line.key(at) == "general" and not heads.isdisjoint(
        (f"{line.key(head)} general", f"{line.key(head)}-general")
    ):
        at += 1
    if line.key(at) == "in" and line.key(at + 1) == "chief":
        at += 2
    if line.key(at) in _TO:
        at = _phrase(line, at + 1, starts) or at
    return at


def _phrase(line: Line, at: int, starts: Mapping[int, Chunk]) -> int | None:
    """Read what a position is over: "of the General Staff", "for Syria"; None when nothing."""
    limit = min(len(line), at + LONGEST_POSITION)
    begin, end = at, None
    while at < limit:
        chunk = starts.get(at)
        if chunk and chunk.kind in _OWNERS:
            if end is not None and line.key(at - 1) not in ("the", *_TO, "and") and end == at:
                adjective = chunk.kind == "demonym" or line.key(at - 1) in terms(
                    "titles", "modifiers"
                )
                if not adjective:
                    break
            if line.hyphen(chunk.last):
                break  # the leader of the Iran-backed group
            at = end = chunk.last
            named = chunk.kind in (*KINDS, "country") and line.capital(at)
            if named and line.key(at) not in terms("titles", "modifiers"):
                break  # Director of National Intelligence Avril Haines
        elif _in_phrase(line, at):
            at += 1
            end = at
        elif line.key(at) in ("the", "of", "and", "for", "at", "its") or line.possessive(at):
            if line.key(at) == "and" and not _continues(line, at):
                break
            at += 1
        else:
            break
    return end if end and end > begin else None


def _in_phrase(line: Line, at: int) -> bool:
    if line.is_title(at) or _is_rank(line, at) or line.tokens[at].pos not in _NOMINAL:
        return False
    entity = line.entity(at)
    return not (entity and entity.label == "PERSON")


def _continues(line: Line, at: int) -> bool:
    """Tell whether "and" goes on with the same field: Foreign Affairs and Security Policy."""
    return line.key(at + 1) in terms("titles", "modifiers") and not line.is_title(at + 1)


def _is_rank(line: Line, at: int) -> bool:
    """Gen. is a rank where "general" would be part of the position."""
    if line.key(at) not in terms("titles", "ranks") or not line.capital(at):
        return False
    return line.key(at) != "general" or line.key(at + 1) not in ("staff", "assembly", "directorate")


def rank_before(line: Line, at: int) -> int | None:
    """Return where the rank or honorific that ends right before token *at* starts, or None."""
    words: tuple[str, ...] = ()
    best: int | None = None
    back = at
    while back > 0 and len(words) < 4:
        back -= 1
        if line.texts[back] == "." or line.hyphen(back):
            continue
        if not line.capital(back) or not line.texts[back][0].isalpha():
            break
        words = key(line.texts[back]) + words
        if " ".join(words) in terms("titles", "ranks"):
            best = back
    return best


def title_before(line: Line, at: int, titles: Sequence[Title]) -> Title | None:
    """Return the position that ends right before a name, a comma or quotation mark between."""
    ends = {title.last: title for title in titles}
    if at in ends:
        return ends[at]
    if at < 2 or at - 1 not in ends:
        return None
    if line.key(at - 1) == "," and line.key(at - 2) != ",":
        return ends[at - 1] if not ends[at - 1].plural else None
    return ends[at - 1] if line.texts[at - 1] in QUOTES else None


def apposition(line: Line, at: int, titles: Sequence[Title]) -> Title | None:
    """Name, the ministry's director general: a position behind a comma or a bracket."""
    if line.key(at) not in (",", "(", "–", "—"):
        return None
    title = next((t for t in titles if t.first > at), None)
    if title is None or title.plural or line.capital(title.last) or line.possessive(title.last):
        return None  # Hunter Biden, the president's son
    gap = line.tokens[at + 1 : title.first]
    close = len(gap) <= 6 and all(
        t.pos in ("DET", "PRON", "ADJ", "PART") or t.tag == "POS" or t.lemma == "be"
        or line.key(t.number) in terms("titles", "modifiers")
        or (t.pos in _NOMINAL and any(c.tag == "POS" for c in line.reading.children(t.number)))
        for t in gap
    )  # fmt: skip
    return title if close else None
