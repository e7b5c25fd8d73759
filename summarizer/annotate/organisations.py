"""Tokens -> chunks: the known names of a sentence and the organisations that a head noun shows.

Capitals around a head noun (X Ministry, Ministry of X), and common nouns behind a people's or
state's name (Syrian army, Madrid's trade ministry). Chunks don't overlap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from summarizer.annotate.lines import Chunk, Line
from summarizer.language.known import terms

LONGEST_ORGANISATION = 16
"""Tokens that an organisation's name may have; a guard against endless capitals."""
LONGEST_FIRM = 5
"""Tokens from a word of a firm's name to the form at its end."""
KINDS = (
    "armed_group",
    "military",
    "government_body",
    "political_party",
    "igo",
    "company",
    "media",
    "other",
)
STATES = ("country", "demonym", "capital")
_OF = ("of", "for", "on")
_BODIES = (
    ("lower_bodies", "government_body"),
    ("lower_military", "military"),
    ("lower_media", "media"),
    ("lower_government", "government"),
)


def find_chunks(line: Line) -> tuple[Chunk, ...]:
    """Return the chunks of a sentence in order; of a heading only the known names."""
    chunks: list[Chunk] = []
    heads = [at for at, key in enumerate(line.keys) if key in _last_words()]
    lone = terms("organisations", "lone")
    at = 0
    while at < len(line):
        chunk = _known(line, at)
        if not line.heading:
            ahead = bisect_left(heads, at)
            near = ahead < len(heads) and heads[ahead] < at + LONGEST_ORGANISATION
            organisation = _organisation(line, at) if near else None
            found = (
                chunk,
                _plain_body(line, at) if line.key(at - 1) == "the" else None,
                organisation,
                _body(line, at, chunk) if chunk else None,
                _lone_body(line, at) if line.keys[at] in lone else None,
            )
            chunk = max(filter(None, found), key=lambda c: c.last, default=None)
        if chunk is None:
            at += 1
            continue
        chunks.append(_owned(line, chunk, chunks[-1] if chunks else None))
        at = chunk.last
    return tuple(chunks)


def _known(line: Line, at: int) -> Chunk | None:
    hit = line.known(at)
    if hit is None:
        flag = line.known(at + 1) if line.key(at) == "air" and line.capital(at) else None
        named = flag is not None and flag[1].kind == "country" and not line.capital(flag[0])
        return Chunk(at, flag[0], "company") if flag and named else None  # Air India
    last, entry = hit
    single = last - at == 1
    tail = line.key(last) if line.capital(last) or _is_region(line, last) else ""
    if (
        entry.kind == "place"
        and tail in terms("never", "place_nouns")
        and not _is_name(line, at - 1)
    ):
        return Chunk(at, last + 1, "place", None, entry.country)  # Snake Island
    if single and not line.heading and entry.kind != "demonym" and _part_of_longer(line, at):
        return None
    if line.hyphen(at - 1) and line.acronym(at) and line.acronym(at - 2):
        return None  # CSP-DPA
    if entry.kind == "country" and tail in terms("never", "place_nouns"):
        return Chunk(at, last + 1, "place")  # Niger State
    if entry.kind in ("country", "place", "capital") and tail in terms("never", "thing_nouns"):
        return Chunk(at, last + 1, "thing")
    return Chunk(at, last, entry.kind, entry.identity, entry.country)


def _is_region(line: Line, at: int) -> bool:
    """Tell whether a common noun makes the name before it a region's: Niger state, not its TV."""
    token = line.tokens[at] if at < len(line) else None
    if token is None or token.text not in terms("places", "regions"):
        return False
    return token.dep != "compound" and any(
        c.dep in ("compound", "nmod") and c.number == at - 1 for c in line.reading.children(at)
    )


def _part_of_longer(line: Line, at: int) -> bool:
    """Tell whether a known word is part of another name: Puerto Jordan, Jordan Bardella."""
    opening = at > 0 and line.opens(at - 1) and line.capital(at - 1)
    if opening and not _is_name(line, at + 1) and _is_qualified(line, at):
        return False  # Neighbouring Chad
    entity = line.entity(at)
    if entity and entity.label == "PERSON" and not line.acronym(at):
        alone = (entity.start, entity.end) == (line.tokens[at].start, line.tokens[at].end)
        near = _is_name(line, at - 1) or _is_name(line, at + 1) or line.hyphen(at - 1)
        if not alone and near:
            return True
    behind, token = at + 1, line.tokens[at]
    office = line.key(at - 1) == "of" and line.is_title(at - 2)  # President of Chad X
    if office or line.acronym(at) or not line.capital(at):
        return False
    if _is_name(line, behind) and token.dep == "compound" and token.head >= behind:
        return organisation_kind(line, at, behind + 1) is None and not line.known(behind)
    before = at - 1
    if before < 0 or not _is_name(line, before) or line.tokens[before].dep != "compound":
        return False
    return line.tokens[before].head == at and line.known(before) is None


def _is_qualified(line: Line, at: int) -> bool:
    """Tell whether the word before a state's name is an adjective that its place makes capital.

    "Neutral Switzerland" is no person, while "Michael Jordan" may be one.
    """
    hit, word, entity = line.known(at), line.key(at - 1), line.entity(at - 1)
    if hit is None or hit[1].kind != "country" or organisation_kind(line, at - 1, at):
        return False
    if line.key(at) not in terms("never", "bearers"):
        return True
    people = entity is not None and entity.label == "NORP"
    return people or word.endswith(tuple(terms("never", "adjectival")))


def _is_name(line: Line, at: int) -> bool:
    if not (0 <= at < len(line) and line.named(at)) or line.tokens[at].pos != "PROPN":
        return False
    return not (
        line.is_title(at) or line.is_rank(at) or line.key(at) in terms("titles", "modifiers")
    )


@cache
def _heads() -> dict[str, str]:
    return {head: kind for kind in reversed(KINDS) for head in terms("organisations", kind)}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(head.rpartition(" ")[2] for head in _heads())


def organisation_kind(line: Line, first: int, last: int) -> str | None:
    """Return the kind that the last words of tokens *first* to *last* give an organisation."""
    if line.key(last - 1) not in _last_words():
        return None
    tails = (" ".join(line.keys[at:last]) for at in range(max(first, last - 4), last))
    return next((_heads()[tail] for tail in tails if tail in _heads()), None)


def _may_start(line: Line, at: int) -> bool:
    key = line.key(at)
    if key[0].isdigit():
        return key.endswith(("st", "nd", "rd", "th")) and line.capital(at + 1)
    if not line.capital(at) or key in ("the", "a", "an") or _is_date(key) or _ends(line, at):
        return False
    if not line.opens(at) or line.tokens[at].pos == "PROPN":
        return True
    follows = line.key(at + 1) in _OF or line.capital(at + 1)
    portfolio = key in terms("titles", "modifiers") or organisation_kind(line, at, at + 1)
    return follows and (bool(portfolio) or line.entity(at) is not None)


def _is_date(key: str) -> bool:
    return key in terms("never", "months") or key in terms("never", "weekdays")


def _ends(line: Line, at: int) -> bool:
    """Tell whether a title ends the name, unless the parser sees it inside an organisation's."""
    if not line.is_title(at):
        return False
    entity = line.entity(at)
    inside = entity is not None and entity.label == "ORG" and entity.end > line.tokens[at].end
    return not (inside and line.key(at + 1) not in _OF and line.capital(at + 1))


def _organisation(line: Line, at: int) -> Chunk | None:
    """Read a run of capitals that holds an organisation's head."""
    if not _may_start(line, at):
        return None
    best: tuple[int, str] | None = None
    in_phrase = False  # behind "of": every capital belongs to the name
    end = at
    while end < min(len(line), at + LONGEST_ORGANISATION):
        if line.capital(end) or end == at:
            if end > at and _breaks(line, end, in_phrase):
                break
            kind = organisation_kind(line, at, end + 1)
            if kind == "company" and line.key(end + 1) in terms("titles", "offices"):
                kind = None  # Norland's Energy Minister
            if kind and (end > at or line.key(end + 1) in _OF) and not (in_phrase and best):
                best = end + 1, kind
            elif in_phrase and best:
                best = end + 1, best[1]
            end += 1
        elif _connects(line, at, end, in_phrase, best is not None and best[0] == end):
            in_phrase = in_phrase or (line.key(end) in _OF and best is not None)
            end += 1
        else:
            break
    if best is None or best[0] - at < 2 or _goes_on_as_thing(line, best[0]):
        return None
    return Chunk(at, best[0], best[1], None, _country_inside(line, at, best[0]))


def _goes_on_as_thing(line: Line, at: int) -> bool:
    """An organisation's words inside a longer name: Intelligence Studies Conference."""
    last = at
    while last < len(line) and line.capital(last) and not _breaks(line, last, False):
        last += 1
    if last == at:
        return line.key(at) in ("area", "areas") and line.capital(at - 1)
    tail = line.key(last - 1)
    return tail in terms("never", "place_nouns") or tail in terms("never", "thing_nouns")


def _breaks(line: Line, at: int, in_phrase: bool) -> bool:
    """A title, date, thing or person ends the name of an organisation."""
    if _ends(line, at) or _is_date(line.key(at)):
        return True
    known = line.known(at)
    single = known is not None and known[0] - at == 1 and known[1].kind == "media"
    if known and known[1].kind in ("thing", "date", "media") and not in_phrase and not single:
        return True
    if known and in_phrase and known[1].kind == "armed_group":
        return True  # Guerrillas of the National Liberation Army
    entity = line.entity(at)
    starts = entity is not None and entity.start == line.tokens[at].start
    person = entity is not None and entity.label == "PERSON" and not _is_firm(line, at)
    return starts and person and not in_phrase


def _is_firm(line: Line, at: int) -> bool:
    """Tell whether the name that goes on at token *at* ends in a firm's form: X Y GmbH."""
    ahead = range(at, min(len(line), at + LONGEST_FIRM))
    last = next((i for i in ahead if not line.capital(i)), ahead.stop)
    return any(line.key(i) in terms("organisations", "suffixes") for i in range(at, last))


def _connects(line: Line, first: int, at: int, in_phrase: bool, headed: bool) -> bool:
    key, follows = line.key(at), line.capital(at + 1)
    headed = headed or in_phrase
    if key in ("of", "for", "on"):
        if key == "on" and not organisation_kind(line, first, at):
            return False
        return headed and (follows or (line.key(at + 1) == "the" and line.capital(at + 2)))
    if key == "the":
        return line.key(at - 1) in _OF and follows
    if key == ",":  # Asset Management, Inc.
        return line.key(at + 1) in terms("organisations", "suffixes") and line.capital(at + 1)
    if key in ("and", "&"):
        portfolio = line.key(at + 1) in terms("titles", "modifiers")
        return follows and (key == "&" or (in_phrase and portfolio) or _inside(line, first, at + 1))
    if line.possessive(at):
        return follows and not _is_country(line, first, at)
    if line.hyphen(at):
        return line.capital(at + 1) and not organisation_kind(line, first, at)
    return key in terms("people", "particles") and follows and at > first


def _inside(line: Line, first: int, at: int) -> bool:
    """Tell whether the parser sees tokens *first* and *at* in one name."""
    if at >= len(line):
        return False
    entity = line.entity(at)
    return entity is not None and entity.start <= line.tokens[first].start


def _is_country(line: Line, first: int, last: int) -> bool:
    hit = line.known(first)
    return hit is not None and hit[0] == last and hit[1].kind in ("country", "capital")


def _country_inside(line: Line, first: int, last: int) -> str | None:
    for at in range(first, last):
        hit = line.known(at)
        if hit and hit[1].kind in ("country", "demonym"):
            return hit[1].country
    return None


def _owned(line: Line, chunk: Chunk, before: Chunk | None) -> Chunk:
    """Give a body the country whose possessive stands before it: Syria's Ministry of Defense."""
    if chunk.country or chunk.kind not in KINDS or before is None:
        return chunk
    gap = range(before.last, chunk.first)
    owned = len(gap) == 1 and line.possessive(gap[0])
    return replace(chunk, country=before.country) if owned and before.kind in STATES else chunk


def _body(line: Line, at: int, known: Chunk) -> Chunk | None:
    """Read a common noun behind a demonym or possessive: Syrian army, Syria's new government."""
    if known.kind not in STATES:
        return None
    start = known.last + (known.kind != "demonym")
    if known.kind != "demonym" and not (known.last < len(line) and line.possessive(known.last)):
        bare = known.kind == "country" and line.capital(at) and not line.capital(known.last)
        if not bare:
            return None
        start = known.last  # the US military
    for head in range(start, min(len(line), start + 3)):
        if (end := _ministry_end(line, head)) is not None:
            return _bodied(line, at, end, "government_body", known)
        if hit := _listed_body(line, head, known.kind != "demonym"):
            return _bodied(line, at, hit[0], hit[1], known)
        if line.tokens[head].pos != "ADJ" and line.tokens[head].dep != "amod":
            return None
    return None


def _listed_body(line: Line, at: int, owned: bool) -> tuple[int, str] | None:
    for size in (3, 2, 1):
        if at + size > len(line) or (owned and size > 1 and line.capital(at)):
            continue  # a name of its own: Ukraine's Supreme Court
        phrase = " ".join(line.keys[at : at + size])
        for name, kind in _BODIES:
            if phrase in terms("organisations", name):
                return at + size, kind
    return None


def _ministry_end(line: Line, at: int) -> int | None:
    """Return the end of "defence ministry" or "ministry of defence" in lower case."""
    modifiers = terms("titles", "modifiers")
    end = at
    while line.key(end) in modifiers and not line.capital(end) and end < at + 3:
        if line.key(end) == "ministry":
            break
        end += 1
    if line.key(end) != "ministry" or line.capital(end):
        return None
    if end > at:
        return end + 1
    if line.key(end + 1) not in ("of", "for"):
        return None
    end += 2
    while line.key(end) in modifiers or line.key(end) == "the":
        end += 1
    return end if line.key(end - 1) in modifiers and line.key(end - 1) != "ministry" else None


def _bodied(line: Line, at: int, last: int, kind: str, known: Chunk) -> Chunk | None:
    if line.capital(last) and organisation_kind(line, at, last + 1):
        return None  # "Turkish Defense Ministry": the longer name is read elsewhere
    if line.capital(last - 1) and line.key(last) in ("of", "for"):
        return None  # "Turkey’s Presidency of Defense Industries"
    attributive = line.tokens[last - 1]
    if attributive.dep in ("compound", "amod") and attributive.head >= last:
        return None  # "Turkish military officials"
    return Chunk(at, last, kind, None, known.country)


def _plain_body(line: Line, at: int) -> Chunk | None:
    """Read a body in lower case behind "the" whose country is left out: "the defence ministry"."""
    if line.capital(at):
        return None
    if end := _ministry_end(line, at):
        return Chunk(at, end, "government_body")
    hit = _listed_body(line, at, True)
    if hit is None or hit[1] not in ("military", "government_body") or line.capital(hit[0]):
        return None
    acts = line.head(at, hit[0]).number < hit[0] and line.verb(at, hit[0])
    return Chunk(at, hit[0], hit[1]) if acts else None


def _lone_body(line: Line, at: int) -> Chunk | None:
    """Read a body's lone noun used as its name, which does something: "Treasury", "Parliament"."""
    if not line.capital(at) or line.tokens[at].pos != "PROPN" or line.acronym(at):
        return None
    if line.capital(at + 1) or line.key(at + 1) in _OF or line.hyphen(at + 1):
        return None
    if line.key(at - 1) in ("the", "a", "an") or (at and line.capital(at - 1)):
        return None
    return Chunk(at, at + 1, "government_body") if line.verb(at, at + 1) else None


def chunks_within(chunks: tuple[Chunk, ...], first: int, last: int) -> Iterator[Chunk]:
    """Yield the chunks inside tokens *first* to *last*."""
    return (c for c in chunks if first <= c.first and c.last <= last)
