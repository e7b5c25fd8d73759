"""Take a text out of a file or standard input, or say in one line why that cannot be done."""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.errors import InputError
from summarizer.read.encodings import decoded
from summarizer.read.files import bytes_of, name_of
from summarizer.read.markup import is_markup

MAX_CHARACTERS = 500_000
"""A long investigation has 60,000 characters; what is eight times longer is not one report."""

_MAX_CONTROLS = 0.02  # share of control characters that no text has
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
PDF = b"%PDF-"
_SIGNATURES = (
    (PDF, "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "an archive or office file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)


def content(path: Path, max_characters: int, encoding: str | None) -> tuple[str, str | None]:
    """Return the text of the file *path*, and the name of its encoding if that is a guess.

    Raises:
        InputError: there is no such file, or it holds no text that can be used.
    """
    where = name_of(path)
    data = bytes_of(path, limit=most_bytes(max_characters))
    return text_of(data, where, max_characters, encoding)


def most_bytes(max_characters: int) -> int:
    """Return how many bytes are too many; no encoding taken here needs more for a character."""
    return 4 * (max_characters + 1)


def text_of(
    data: bytes, where: str, max_characters: int, encoding: str | None
) -> tuple[str, str | None]:
    """Return the text that *data* is, and the name of its encoding if that is a guess.

    Raises:
        InputError: it is no text that can be used; the message begins with *where*.
    """
    if len(data) >= most_bytes(max_characters):
        raise InputError(_too_large(where, max_characters))
    _refuse_signature(data, where)
    text, guessed = decoded(data, where, encoding)
    refuse_unusable(text, where, max_characters)
    return text, guessed


def _refuse_signature(data: bytes, where: str) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            hint = "name it .pdf" if signature == PDF else "save its text as .txt and give that"
            raise InputError(f"{where}: {kind}; {hint}")


def refuse_unusable(text: str, where: str, max_characters: int) -> None:
    """Raise ``InputError``, naming *where*, unless *text* is fit to be a report."""
    if len(text) > max_characters:
        raise InputError(_too_large(where, max_characters))
    if not text.strip():
        raise InputError(f"{where}: empty; give a report with text in it")
    if _SURROGATES.search(text):
        raise InputError(f"{where}: holds lone surrogates; decode it properly before passing it on")
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > _MAX_CONTROLS * len(text):
        raise InputError(f"{where}: binary, not text; give a text file")
    _refuse_signature(text[:8].encode(), where)  # written to a file it would not be read again
    if is_markup(text):
        raise InputError(f"{where}: a web page, not a text; give the page as a file named .html")


def _too_large(where: str, max_characters: int) -> str:
    return f"{where}: longer than {max_characters:,} characters; split it into single reports"
