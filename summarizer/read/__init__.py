"""Read reports: files, standard input, addresses or strings in, ``Document`` values out.

Of a text neither newlines nor anything else is translated: offsets count code points of what stands
in the file. Only a byte order mark is taken off, since it belongs to the encoding and not to the
text. Of a page or PDF the text is what was taken out of it; offsets count in that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read.articles import (
    Article,
    Given,
    Source,
    articles,
    articles_of,
    document_at,
    document_of,
    each_line,
    holds_several,
    path_of,
)
from summarizer.read.content import MAX_CHARACTERS, content, refuse_unusable
from summarizer.read.encodings import is_text_encoding
from summarizer.read.files import STDIN, bytes_of, one_line
from summarizer.read.kinds import ENDINGS, kind_of
from summarizer.read.lines import KEYS as LINE_KEYS
from summarizer.read.lines import lines_of
from summarizer.read.metadata import Metadata
from summarizer.read.taken import Taken
from summarizer.read.web import is_address
from summarizer.source import Document

__all__ = [
    "ENDINGS",
    "LINE_KEYS",
    "MAX_CHARACTERS",
    "STDIN",
    "Article",
    "Given",
    "Metadata",
    "Source",
    "articles",
    "articles_of",
    "bytes_of",
    "content",
    "document_at",
    "each_line",
    "find_documents",
    "find_sources",
    "holds_several",
    "is_address",
    "is_report",
    "is_report_name",
    "is_text_encoding",
    "kind_of",
    "lines_of",
    "path_of",
    "read",
    "read_text",
]

_IN_FOLDERS = ("text", "page", "pdf")  # files of several articles are read when they are named
_OWN_PAGE = b'<meta name="generator" content="summarizer">'
_OWN_OUTPUT = (".brief", ".dossier", ".gold", ".meta")
# Text files that describe a folder of reports and are none themselves.
_ABOUT_FOLDER = {"changelog", "contributing", "license", "notice", "readme", "sources"}


def find_documents(paths: Iterable[Path | str]) -> list[Path]:
    """Return the reports that *paths* mean, each once, in the order given.

    A directory stands for the texts, pages and PDFs in and below it, sorted, without hidden ones,
    own output, what a browser saved beside a page (``NAME_files``), and files such as README or
    SOURCES. Anything else stands for itself, ``-`` for standard input; whether it exists is for
    ``read`` to say.

    Raises:
        InputError: a directory holds no report or cannot be listed, or *paths* is empty.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        is_directory = os.path.isdir(path)  # noqa: PTH112 (unlike Path's it never raises)
        for member in _members(path) if is_directory else [path]:
            found.setdefault(member.absolute(), member)
    if not found:
        raise InputError("nothing to read: give a file, a directory, or - for standard input")
    return list(found.values())


def find_sources(sources: Iterable[Path | str]) -> list[Source]:
    """Return the reports that *sources* mean, addresses of pages among them, in the order given.

    Raises:
        InputError: what ``find_documents`` raises.
    """
    found: dict[Source, Source] = {}
    for source in sources:
        if is_address(source):
            found.setdefault(source, source)
        else:
            found.update((each.absolute(), each) for each in find_documents([source]))
    if not found:
        raise InputError("nothing to read: give a file, a directory, or - for standard input")
    return list(found.values())


def read(
    path: Path | str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Document:
    """Return the report at *path*, ``-`` being standard input.

    A text, a web page or a PDF; of what else holds a single article, that. What is given here wins
    over ``<stem>.meta.json`` beside the file, and that over what a page says of itself.
    *published* is an ISO date, *encoding* the name of what a file is in that does not say it by a
    byte order mark; without it a file that is not UTF-8 is only read if there is no doubt, and
    ``warnings`` name the guess.

    Raises:
        InputError: the file, its metadata or a value cannot be used; the message says why.
    """
    about = {"published": published, "title": title, "publisher": publisher, "url": url}
    return document_at(Path(path), Given(about, encoding, max_characters))


def read_text(
    text: str,
    *,
    id: str = "document",
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Document:
    """Return *text*, unchanged, as a report.

    Raises:
        InputError: the text or a value cannot be used; the message says why.
    """
    refuse_unusable(text, "the text given", max_characters)
    given = {"published": published, "title": title, "publisher": publisher, "url": url}
    return document_of(Taken(text), id, given)


def _members(directory: Path) -> list[Path]:
    def fail(error: OSError) -> None:
        where = one_line(error.filename)
        raise InputError(f"{where}: cannot be listed ({error.strerror}); check the path")

    members = []
    for folder, names, files in os.walk(directory, onerror=fail):
        names[:] = [
            name for name in names if not name.startswith(".") and not name.endswith("_files")
        ]
        members += [each for name in files if is_report(each := Path(folder, name))]
    if not members:
        raise InputError(
            f"{one_line(directory)}: no .txt, .md, .html or .pdf file in this directory; give "
            "another"
        )
    return sorted(members)


def is_report(path: Path) -> bool:
    """Tell whether a file of a directory is one of its reports."""
    return is_report_name(path) and not (kind_of(path) == "page" and _is_own_page(path))


def is_report_name(path: Path) -> bool:
    """Tell whether a file of a directory is called as one of its reports may be."""
    return (
        kind_of(path) in _IN_FOLDERS
        and not path.name.startswith(".")
        and not path.stem.endswith(_OWN_OUTPUT)
        and path.stem.lower() not in _ABOUT_FOLDER
    )


def _is_own_page(path: Path) -> bool:
    """Tell whether ``report`` made this page."""
    try:
        return _OWN_PAGE in bytes_of(path, 2_000)
    except InputError:
        return False  # reading it tells what is wrong
