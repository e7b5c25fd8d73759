"""Read the entries of an RSS or Atom file: its bytes in, an article an entry out.

What the feed holds of an article is its text; where that is a summary alone, a warning says so.
Entities that the file declares are not expanded, and nothing that it names is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from summarizer.errors import InputError
from summarizer.read.content import refuse_unusable
from summarizer.read.metadata import Metadata, as_date, as_line, as_url
from summarizer.read.page import from_fragment
from summarizer.read.taken import Taken

if TYPE_CHECKING:
    from lxml.etree import _Element as Entry

MAX_BYTES = 50 << 20

_ENTRIES = {"item", "entry"}
_FULL = ("encoded", "content")
_SHORT = ("description", "summary")
_DATES = ("pubDate", "published", "date", "issued")  # updated is another day


def entries_of(data: bytes, where: str) -> list[Entry]:
    """Return the entries of a feed, in its order.

    Raises:
        InputError: it is not a feed, or has no entry.
    """
    from lxml import etree

    if b"<!ENTITY" in data:
        raise InputError(f"{where}: a feed that declares entities, which are not expanded")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{where}: not readable as RSS or Atom ({error}); get it again") from error
    if root is None or _name(root) not in ("rss", "feed", "RDF"):
        raise InputError(f"{where}: XML, but not RSS or Atom; save the article's text as .txt")
    found = [each for each in root.iter() if _name(each) in _ENTRIES]
    if not found:
        raise InputError(f"{where}: a feed without entries")
    return found


def id_of(entry: Entry) -> str | None:
    """Return the name that the feed gives an entry, else its address, without the scheme."""
    own = _text(entry, "guid", "id") or _link(entry)
    return own.partition("://")[2] or own if own else None


def from_entry(entry: Entry, where: str, max_characters: int) -> Taken:
    """Return what the feed holds of one article.

    Raises:
        InputError: it holds no usable text of it.
    """
    url = as_url(_link(entry)) or as_url(_text(entry, "guid"))
    full = _content(entry, _FULL)
    text = full or _content(entry, _SHORT)
    if not text:
        at = f" Read {url} instead" if url else ""
        raise InputError(f"{where}: the feed holds no text of this article.{at}")
    refuse_unusable(text, where, max_characters)
    at = f"; the article is at {url}" if url else ""
    short = f"the feed holds a summary of {len(text)} characters, not the article{at}"
    return Taken(text, _about(entry, url), () if full else (short,), id_of(entry))


def _about(entry: Entry, url: str | None) -> Metadata:
    root = entry.getroottree().getroot()
    channel = next((each for each in root if _name(each) == "channel"), root)
    published = next(filter(None, (_day(_text(entry, name)) for name in _DATES)), None)
    return Metadata(
        title=as_line(_words(_text(entry, "title"))),
        publisher=as_line(_words(_text(entry, "source") or _text(channel, "title"))),
        url=url,
        published=published,
        published_basis="metadata" if published else None,
    )


def _day(words: str | None) -> str | None:
    """Return the day of a date in RSS's form or in ISO form, by its own clock."""
    try:
        return as_date(words) or parsedate_to_datetime(words or "").date().isoformat()
    except (ValueError, IndexError, OverflowError):
        return None


def _content(entry: Entry, names: tuple[str, ...]) -> str:
    for name in names:
        for child in _children(entry, name):
            kind = child.get("type") or "html"
            own = _inside(child)
            if kind in ("text", "text/plain"):
                text = own.strip()
            elif "/" not in kind or kind.endswith(("html", "xml")):
                text = from_fragment(own)
            else:
                continue  # a picture or another file
            if text:
                return text
    return ""


def _inside(element: Entry) -> str:
    """Return what stands in *element*, with the tags of XHTML."""
    if not len(element):
        return element.text or ""
    from lxml import etree

    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return (element.text or "") + "".join(parts)


def _words(text: str | None) -> str | None:
    return from_fragment(text) if text and ("<" in text or "&" in text) else text


def _link(entry: Entry) -> str | None:
    for child in _children(entry, "link"):
        if child.get("rel", "alternate") == "alternate":
            found = child.get("href") or (child.text or "").strip()
            if found:
                return str(found)
    return None


def _text(element: Entry, *names: str) -> str | None:
    for name in names:
        for child in _children(element, name):
            if words := "".join(map(str, child.itertext())).strip():
                return words
    return None


def _children(element: Entry, name: str) -> Iterator[Entry]:
    return (each for each in element if _name(each) == name)


def _name(element: Entry) -> str:
    """Return an element's name without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
