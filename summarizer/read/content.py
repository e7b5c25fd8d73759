"""Take a text out of a file or standard input, or say in one line why that cannot be done."""

from __future__ import annotations

import codecs
import re
import stat
import sys
from pathlib import Path

from charset_normalizer import from_bytes

from summarizer.errors import InputError

MAX_CHARACTERS = 500_000
"""A long investigation has 60,000 characters; what is eight times longer is not one report."""

STDIN = Path("-")

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without such a list short texts are taken for Mac or EBCDIC code pages.
_LEGACY_ENCODINGS = [
    *("cp1252", "cp1254", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
# charset-normalizer leaves ties between these three to chance; the language it finds does not.
_LATIN_ENCODINGS = {"cp1250", "cp1252", "cp1254"}
_LATIN_ENCODING_OF = {
    "Turkish": "cp1254",
    **dict.fromkeys(
        ("Croatian", "Czech", "Hungarian", "Polish", "Romanian", "Slovak", "Slovene"), "cp1250"
    ),
}
_MAX_CHAOS = 0.2  # charset-normalizer's own limit for a plausible text
_MAX_CONTROLS = 0.02  # share of control characters that no text has
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "an archive or office file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)


def content(path: Path, max_characters: int) -> str:
    """Return the text of the file *path*, or of standard input for ``-``.

    Raises:
        InputError: there is no such file, or it holds no text that can be used.
    """
    where = one_line("standard input" if path == STDIN else path)
    limit = 4 * (max_characters + 1)  # no encoding taken here needs more bytes for a character
    data = _bytes(path, where, limit)
    if len(data) >= limit:
        raise InputError(_too_large(where, max_characters))
    text = _decode(data, where)
    refuse_unusable(text, where, max_characters)
    return text


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
    if re.match(r"\s*<(?:!doctype html|html)[\s>]", text, re.IGNORECASE):
        raise InputError(f"{where}: a web page; save the article itself as plain text")


def one_line(text: object) -> str:
    """Return *text* fit for one line of a message: nothing in it that does not print."""
    return "".join(c if c.isprintable() else "_" for c in str(text))


def _bytes(path: Path, where: str, limit: int) -> bytes:
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(limit)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{where}: a directory; give the files in it")
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
            raise InputError(f"{where}: a device or socket; give a file")
        with path.open("rb") as stream:
            return stream.read(limit)
    except FileNotFoundError as error:
        raise InputError(f"{where}: no such file; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{where}: cannot be read ({reason}); check the path") from error


def _too_large(where: str, max_characters: int) -> str:
    return f"{where}: longer than {max_characters:,} characters; split it into single reports"


def _decode(data: bytes, where: str) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where}: {kind}; save its text as .txt and give that")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, _guess_encoding(data, where), where)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
        raise InputError(f"{where}: not valid {encoding} at byte {at}; save it as UTF-8") from error


def _guess_encoding(data: bytes, where: str) -> str:
    if b"\0" in data:
        raise InputError(f"{where}: binary, not text; give a text file")
    best = from_bytes(data, cp_isolation=_LEGACY_ENCODINGS).best()
    if best is None or best.chaos > _MAX_CHAOS:
        raise InputError(f"{where}: not text in any known encoding; save it as UTF-8")
    if best.encoding not in _LATIN_ENCODINGS:
        return best.encoding
    preferred = _LATIN_ENCODING_OF.get(best.language, "cp1252")
    return preferred if _decodes(data, preferred) else best.encoding


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
