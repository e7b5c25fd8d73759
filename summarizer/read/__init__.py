"""Read reports: paths, standard input or strings in, ``Document`` values out, the text unchanged.

Neither newlines nor anything else is translated: offsets count code points of what stands in the
file. Only a byte order mark is taken off, since it belongs to the encoding and not to the text.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read.content import MAX_CHARACTERS, content, refuse_unusable
from summarizer.read.encodings import is_text_encoding
from summarizer.read.files import STDIN, bytes_of, one_line
from summarizer.read.metadata import Metadata, metadata_beside
from summarizer.source import Document

__all__ = [
    "MAX_CHARACTERS",
    "Metadata",
    "bytes_of",
    "content",
    "find_documents",
    "is_text_encoding",
    "read",
    "read_text",
]

_SUFFIXES = {".txt", ".md"}
_OWN_OUTPUT = (".brief", ".dossier", ".gold", ".meta")
# Text files that describe a folder of reports and are none themselves.
_ABOUT_FOLDER = {"changelog", "contributing", "license", "notice", "readme", "sources"}


def find_documents(paths: Iterable[Path | str]) -> list[Path]:
    """Return the reports that *paths* mean, each once, in the order given.

    A directory stands for the ``.txt`` and ``.md`` files in and below it, sorted, without hidden
    ones, own output, and files such as README or SOURCES. Anything else stands for itself, ``-``
    for standard input; whether it exists is for ``read`` to say.

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

    What is given here wins over ``<stem>.meta.json`` beside the file. *published* is an ISO date,
    *encoding* the name of what a file is in that does not say it by a byte order mark; without it
    a file that is not UTF-8 is only read if there is no doubt, and ``warnings`` name the guess.

    Raises:
        InputError: the file, its metadata or a value cannot be used; the message says why.
    """
    path = Path(path)
    text, guessed = content(path, max_characters, encoding)
    metadata, warnings = (Metadata(), ()) if path == STDIN else metadata_beside(path)
    if guessed:
        told = f"read as {guessed}, which is a guess: the file does not say how it is encoded; if "
        warnings = (f"{told}words look wrong, say it: --encoding NAME", *warnings)
    return _document(
        text,
        "stdin" if path == STDIN else path.stem,
        metadata,
        {"published": published, "title": title, "publisher": publisher, "url": url},
        warnings,
    )


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
    return _document(text, id, Metadata(), given)


def _document(
    text: str,
    id: str,
    metadata: Metadata,
    given: dict[str, str | None],
    warnings: tuple[str, ...] = (),
) -> Document:
    known = metadata.overridden(given)
    return Document(
        text=text,
        id=one_line(id).replace("/", "_").replace("\\", "_").strip() or "document",
        title=known.title,
        publisher=known.publisher,
        url=known.url,
        language=known.language,
        published=known.published,
        published_basis=known.basis,
        warnings=warnings,
    )


def _members(directory: Path) -> list[Path]:
    def fail(error: OSError) -> None:
        where = one_line(error.filename)
        raise InputError(f"{where}: cannot be listed ({error.strerror}); check the path")

    members = []
    for folder, names, files in os.walk(directory, onerror=fail):
        names[:] = [name for name in names if not name.startswith(".")]
        members += [Path(folder, name) for name in files if _is_report(Path(name))]
    if not members:
        raise InputError(
            f"{one_line(directory)}: no .txt or .md file in this directory; give another"
        )
    return sorted(members)


def _is_report(path: Path) -> bool:
    return (
        path.suffix.lower() in _SUFFIXES
        and not path.name.startswith(".")
        and not path.stem.endswith(_OWN_OUTPUT)
        and path.stem.lower() not in _ABOUT_FOLDER
    )
