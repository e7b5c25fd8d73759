"""Tell what position, organisation or country the words around a name give the person."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.resolve.chunks import Chunk
from summarizer.resolve.lexicon import listed
from summarizer.resolve.titles import Title
from summarizer.resolve.words import Word, word_set

_QUOTES = word_set("“ ” \" ‘ ’ '")
_NAMED_SO = word_set(", ( known as alias nicknamed better also widely commonly popularly who is")
_DETERMINERS = word_set("a an the his her their its one who is was then")


def title_before(words: Sequence[Word], at: int, titles: Sequence[Title]) -> Title | None:
    """Return the position that ends right before a name, a comma or quotation mark between."""
    ends = {title.last: title for title in titles}
    if at in ends:
        return ends[at]
    if at and words[at - 1].text == "," and at - 1 in ends and words[at - 2].text != ",":
        return ends[at - 1] if not ends[at - 1].plural else None
    if at and words[at - 1].text in _QUOTES and at - 1 in ends:
        return ends[at - 1]
    return None


def shared_title(words: Sequence[Word], last: int, at: int, title: Title) -> Title | None:
    """Presidents X and Y: the second of a list has the first one's position."""
    between = {word.key for word in words[last:at]}
    return title if title.plural and between and between <= {"and", ","} else None


def apposition(words: Sequence[Word], at: int, titles: Sequence[Title]) -> Title | None:
    """Name, the ministry's director general: a position behind a comma or a bracket."""
    if at >= len(words) or words[at].text not in (",", "(", "–", "—"):
        return None
    for title in titles:
        if title.first > at:
            between = words[at + 1 : title.first]
            close = len(between) <= 4 and all(
                w.key in _DETERMINERS or w.is_possessive or w.key in listed("titles", "modifiers")
                for w in between
            )
            held = not title.plural and not any(
                w.capital for w in words[title.last : title.last + 1]
            )
            return title if close and held else None
    return None


def of_organisation(words: Sequence[Word], at: int, chunks: Sequence[Chunk]) -> Chunk | None:
    """Name of the Center ...: the organisation behind the name."""
    if at >= len(words) or words[at].key not in ("of", "from", "at", "with"):
        return None
    behind = at + 1 + (at + 1 < len(words) and words[at + 1].key == "the")
    return next((c for c in chunks if c.first == behind and c.is_actor), None)


def is_nickname(words: Sequence[Word], last: int, first: int) -> bool:
    """Known as Hemedti: another name of the person that ends at word *last*."""
    between = {word.key for word in words[last:first] if word.text not in _QUOTES}
    named_so = {"known", "as"} <= between or between & {"alias", "nicknamed"}
    return bool(named_so) and between <= _NAMED_SO


def possessor(words: Sequence[Word], at: int, chunks: Sequence[Chunk]) -> str | None:
    """Hungary's Viktor Orbán: the country that the person is of."""
    if at < 2 or not words[at - 1].is_possessive:
        return None
    return next((c.country for c in chunks if c.last == at - 1 and c.kind == "country"), None)
