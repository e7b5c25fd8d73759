"""Where events happened: places as reports name them in, whether they can be one out.

No gazetteer says what lies in what. What a name says of itself has to do (a state, northern Syria,
North Kivu, Kharkiv, Kharkiv airport): of two such extents the larger may hold the smaller; two of
one extent with other names are two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summarizer.brief import Event
from summarizer.fuse.entities import Cast
from summarizer.fuse.states import is_demonym
from summarizer.language.known import known_name, match_known, terms
from summarizer.language.words import pieces
from summarizer.names import fold, skeleton, tokens_agree, word_set

Relation = Literal["same", "holds", "unlike", "apart"]
"""``holds``: one may lie in the other. ``unlike``: other names, of which not both are known."""

_DIRECTIONS = word_set(
    """north south east west northern southern eastern western northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern central coastal rural upper
    lower"""
)
_AROUND = word_set("the of in near outside around area city town village suburbs outskirts capital")
_REGIONS = word_set(
    """province governorate region county oblast state department prefecture district territory
    municipality raion krai voivodeship canton emirate valley desert peninsula basin delta coast
    countryside strip sea gulf strait bay border front frontline"""
)
# Words within which the place stands that another one lies in.
_NEAR = 7
_STATE, _REGION, _TOWN, _SITE = range(4, 0, -1)


@dataclass(frozen=True, slots=True)
class Where:
    """A place as one report names it; ``extent`` is larger for what may hold more."""

    name: str
    tokens: tuple[str, ...]
    identity: str | None
    home: str | None
    extent: int

    @property
    def whole(self) -> bool:
        """Whether it is a state or some part of one: much happens there in a day."""
        return self.extent == _STATE


def relate(one: Where, two: Where) -> Relation:
    """Say whether two places can be one."""
    homes = {home for home in (one.home, two.home) if home}
    if len(homes) > 1 and len(set(map(str.isupper, homes))) == 1:  # ISO codes, or both names
        return "apart"
    if _STATE in (one.extent, two.extent):
        return "same"
    if one.identity and two.identity:
        if one.identity == two.identity:
            return "same"
    elif _nested(one.tokens, two.tokens):
        return "same"
    if one.extent != two.extent:
        return "holds"
    return "apart" if one.identity and two.identity else "unlike"


def read_place(name: str, country: str | None, cast: Cast) -> Where | None:
    """Return the place called *name*, or None when nothing is left of it."""
    words = fold(name).split()
    bare = [w for w in words if w not in _DIRECTIONS and w not in _AROUND and w not in _REGIONS]
    kept = tuple(word for word in bare if len(word) > 2) or tuple(bare)
    if not kept:
        return None
    # North Kivu and South Kivu are two; the north of Mali is a part of it.
    entry = known_name(name) or known_name(" ".join(pieces(name)[-len(bare) :]))
    of_state = cast.home_of_state.get(" ".join(bare))
    is_town = entry is not None and entry.kind in ("place", "capital")
    if (entry is not None and entry.kind == "country") or (of_state and not is_town):
        # Of a state only a part: what else happens in it may happen elsewhere.
        home = country or (entry.country if entry else None) or of_state
        return Where(name, kept, None, home, _STATE)
    extent = _TOWN
    if _REGIONS & set(words) or words[0] in _DIRECTIONS:
        extent = _REGION
    elif set(words) & _sites():
        extent = _SITE
    if entry is None or not is_town:
        return Where(name, kept, None, country, extent)
    # A capital's own identity is that of its state, which may have two.
    own = f" {skeleton(' '.join(bare))}" if entry.kind == "capital" else ""
    return Where(name, kept, entry.identity + own, country or entry.country, extent)


def is_told_in(one: Where, two: Where, quotes: Iterable[str]) -> bool:
    """Say whether *quotes* tell that one lies in the other: "Goma, the capital of North Kivu"."""
    return any(
        _stands_in(inner.tokens[-1], outer.tokens[0], fold(quote).split())
        for quote in quotes
        for inner, outer in ((one, two), (two, one))
    )


def _stands_in(inner: str, outer: str, words: Sequence[str]) -> bool:
    for at, word in enumerate(words):
        if word != inner or outer not in words[at + 1 : at + _NEAR]:
            continue
        between = words[at + 1 : words.index(outer, at + 1)]
        if {"in", "of"} & set(between) and set(between) <= _AROUND | _DIRECTIONS | _REGIONS:
            return True
    return False


def find_place(event: Event, cast: Cast) -> Where | None:
    """Return the place of an event; where it is left open, the only known one that it cites."""
    if event.place is not None:
        return read_place(event.place.name, event.place.country, cast)
    cited = {name for citation in event.citations for name in _known_places(citation.quote)}
    return read_place(cited.pop(), None, cast) if len(cited) == 1 else None


def find_names(quotes: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """Return the skeletons of the names in *quotes* that none of the *known* names holds."""
    found: set[str] = set()
    for quote in quotes:
        for word in re.findall(r"(?<=[a-z0-9,;] )[A-ZÀ-ÞĀ-Ž][^\W\d_]{2,}", quote):
            folded = fold(word)
            dated = folded in terms("never", "months") or folded in terms("never", "weekdays")
            if folded and not dated and folded not in known and not is_demonym(folded):
                found.add(skeleton(folded) or folded)
    return frozenset(found)


@lru_cache(maxsize=32768)
def _known_places(quote: str) -> frozenset[str]:
    """Return the towns of the package's own list that *quote* names; a capital may be a state."""
    words = pieces(quote)
    found: set[str] = set()
    at = 0
    while at < len(words):
        match = match_known(words, at)
        if match and match[1].kind == "place":
            found.add(" ".join(words[at : match[0]]))
        at = match[0] if match else at + 1
    return frozenset(found)


@lru_cache(maxsize=1)
def _sites() -> frozenset[str]:
    """Nouns of what stands in or at a town."""
    return terms("never", "place_nouns") - _REGIONS - _AROUND


@lru_cache(maxsize=32768)
def _nested(one: Sequence[str], two: Sequence[str]) -> bool:
    few, many = sorted((one, two), key=len)
    return all(any(a == b or tokens_agree(a, b) for b in many) for a in few)
