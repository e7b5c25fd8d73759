"""The reports that a file or address holds, one after the other, each read when its turn comes.

Most files hold one. A ``.jsonl`` file holds one a line, a feed one an entry; their lines are taken
from the file as they are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import InputError
from summarizer.read import feed, lines, web
from summarizer.read.content import MAX_CHARACTERS
from summarizer.read.files import STDIN, bytes_of, name_of, one_line, stream_of
from summarizer.read.kinds import Kind, kind_by_content, kind_of, most_bytes, taken
from summarizer.read.metadata import Metadata, metadata_beside
from summarizer.read.taken import Taken
from summarizer.source import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Entry

Source = Path | str
"""A file, or the address of a page as a string that begins with http:// or https://."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about reports, which wins over all else, and how they are read."""

    about: Mapping[str, str | None] = field(default_factory=dict)
    encoding: str | None = None
    max_characters: int = MAX_CHARACTERS
    allow_url: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One report to be read; ``name`` is what messages call it: ``news.jsonl:3``.

    ``part`` is the number of its line or entry in a file that holds several, else None.
    """

    path: Path
    name: str
    part: int | None
    _load: Callable[[], Document] = field(repr=False)

    def read(self) -> Document:
        """Return the report.

        Raises:
            InputError: it cannot be used; the message says why.
        """
        return self._load()


def articles(source: Source, given: Given | None = None) -> Iterator[Article]:
    """Yield the reports of *source*, each with an id of its own among them.

    What cannot be used is an article whose ``read`` says so; only a file of several articles that
    cannot be read at all is one alone.
    """
    given = given or Given()
    if web.is_address(source):
        yield from _of_address(str(source), given)
        return
    path = Path(source)
    where = name_of(path)
    try:
        match kind_of(path):
            case "lines":
                with stream_of(path) as stream:
                    yield from articles_of(
                        path, lines.lines_of(stream, given.max_characters), given
                    )
            case "feed":
                yield from _of_feed(path, bytes_of(path, feed.MAX_BYTES + 1), given)
            case None if path == STDIN or _is_feed(path):
                yield from _of_unknown(path, given)
            case _:
                yield Article(path, where, None, partial(document_at, path, given))
    except InputError as error:
        yield Article(path, where, None, partial(_refuse, error))


def path_of(source: Source) -> Path:
    """Return the file, or the path by which the report at an address is known and named."""
    if not web.is_address(source):
        return Path(source)
    scheme, _, rest = str(source).partition("://")
    return Path(f"{scheme}:", *re.split(r"[/\\?#]+", rest.strip("/")))


def holds_several(source: Source) -> bool:
    """Tell whether a source may hold several reports, by its ending or its first bytes."""
    if web.is_address(source):
        return False
    kind = kind_of(path := Path(source))
    return kind in ("lines", "feed") or (kind is None and path != STDIN and _is_feed(path))


def document_at(path: Path, given: Given) -> Document:
    """Return the one report of the file *path*.

    Raises:
        InputError: it cannot be used, or holds several articles.
    """
    kind = kind_of(path)
    if path == STDIN or holds_several(path):
        return _only(articles(path, given), name_of(path))
    data = bytes_of(path, most_bytes(kind or "text", given.max_characters))
    if kind is None:
        kind = kind_by_content(data)
        data = bytes_of(path, most_bytes(kind, given.max_characters)) if kind != "text" else data
    return _of_data(path, data, kind, given)


def _only(found: Iterator[Article], where: str) -> Document:
    first, second = next(found, None), next(found, None)
    if first is None or second is not None:
        several = "several articles" if first else "no article"
        raise InputError(f"{where}: holds {several}; summarize_many reads each")
    return first.read()


def _is_feed(path: Path) -> bool:
    try:
        return kind_by_content(bytes_of(path, 4_096)) == "feed" if path.is_file() else False
    except (InputError, OSError, ValueError):
        return False  # reading it tells what is wrong


def _of_unknown(path: Path, given: Given) -> Iterator[Article]:
    """Yield what standard input, or a file whose ending says nothing, holds."""
    most = most_bytes("text", given.max_characters)
    with stream_of(path) as stream:
        first = stream.readline(most)
        if lines.is_article(first):
            rest = lines.lines_of(stream, given.max_characters)
            later = ((number + 1, line) for number, line in rest)
            yield from articles_of(path, chain([(1, first)], later), given)
            return
        data = first + stream.read(max(0, most - len(first)))
        kind = kind_by_content(data)
        data += stream.read(max(0, most_bytes(kind, given.max_characters) - len(data)))
    if kind == "feed":
        yield from _of_feed(path, data, given)
    else:
        yield Article(path, name_of(path), None, partial(_of_data, path, data, kind, given))


def _of_data(path: Path, data: bytes, kind: Kind, given: Given) -> Document:
    found = taken(data, kind, name_of(path), given.max_characters, given.encoding)
    stem = "stdin" if path == STDIN else path.stem
    beside, warnings = (Metadata(), ()) if path == STDIN else metadata_beside(path)
    found = replace(found, about=beside.over(found.about), warnings=(*found.warnings, *warnings))
    return document_of(found, stem, given.about)


def articles_of(
    path: Path, numbered: Iterator[tuple[int, bytes | None]], given: Given
) -> Iterator[Article]:
    """Yield the reports that some *numbered* lines of the ``.jsonl`` file *path* hold."""
    unique = _Unique()
    stem = "stdin" if path == STDIN else path.stem
    for number, line in numbered:
        where = f"{name_of(path)}:{number}"
        try:
            found = lines.from_line(line, where, given.max_characters)
        except InputError as error:
            yield Article(path, where, number, partial(_refuse, error))
            continue
        own = unique(found.id or f"{stem}-{number}")
        yield Article(path, where, number, partial(document_of, found, own, given.about))


def each_line(path: Path, start: int = 0) -> Iterator[tuple[int, Document]]:
    """Yield the usable articles of a ``.jsonl`` file from the byte *start* on, and where each is.

    Raises:
        InputError: the file cannot be read.
    """
    given = Given()
    with stream_of(path) as stream:
        stream.seek(start)
        ids = _Unique()
        for number, line in lines.lines_of(stream, given.max_characters):
            with suppress(InputError):
                found = lines.from_line(line, path.name, given.max_characters)
                own = ids(found.id or f"{path.stem}-{number}")
                yield start, document_of(found, own, given.about)
            start = stream.tell()


def _of_feed(path: Path, data: bytes, given: Given) -> Iterator[Article]:
    where = name_of(path)
    if len(data) > feed.MAX_BYTES:
        raise InputError(f"{where}: larger than {feed.MAX_BYTES >> 20} MB; no feed is")
    unique = _Unique()
    for number, entry in enumerate(feed.entries_of(data, where), 1):
        name = f"{where}:{number}"
        own = unique(feed.id_of(entry) or f"{path.stem}-{number}")

        yield Article(path, name, number, partial(_of_entry, entry, name, own, given))


def _of_entry(entry: Entry, where: str, own: str, given: Given) -> Document:
    return document_of(feed.from_entry(entry, where, given.max_characters), own, given.about)


def _of_address(url: str, given: Given) -> Iterator[Article]:
    where, path = one_line(url), path_of(url)
    if not given.allow_url:
        refusal = InputError(f"{where}: an address; nothing is fetched without --allow-url")
        yield Article(path, where, None, partial(_refuse, refusal))
        return

    def load() -> Document:
        fetched = web.fetch(url)
        kind = kind_by_content(fetched.data)
        if kind == "feed":
            raise InputError(f"{where}: a feed; save it as a file named .rss and give that")
        if kind == "text" and fetched.media_type == "text/html":
            kind = "page"
        found = taken(fetched.data, kind, where, given.max_characters, given.encoding)
        own = Metadata(url=fetched.url)
        # Where it was fetched is known; what the page calls its address is only its word.
        return document_of(replace(found, about=own.over(found.about)), path.stem, given.about)

    yield Article(path, where, None, load)


def _refuse(error: InputError) -> Document:
    raise error


class _Unique:
    """Makes the names of a file's articles differ: the second "a" is "a~2"."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}  # hashes: the names of a million articles are too much

    def __call__(self, name: str) -> str:
        wanted = safe_id(name)
        key = hash(unicodedata.normalize("NFC", wanted).casefold())
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return wanted if count == 1 else self(f"{wanted}~{count}")


def safe_id(name: str) -> str:
    """Return *name* fit to be shown and to be the name of a file."""
    return one_line(name).replace("/", "_").replace("\\", "_").strip() or "document"


def document_of(found: Taken, id: str, given: Mapping[str, str | None]) -> Document:
    """Return the report; what is *given* wins over what its container says.

    Raises:
        InputError: a value given is not valid.
    """
    known = found.about.overridden(given)
    return Document(
        text=found.text,
        id=safe_id(id),
        title=known.title,
        publisher=known.publisher,
        url=known.url,
        language=known.language,
        published=known.published,
        published_basis=known.basis,
        warnings=found.warnings,
    )
