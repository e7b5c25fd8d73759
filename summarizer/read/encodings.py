"""Tell how bytes are encoded: bytes in, their text and the encoding's name out, or why neither.

UTF-8 and files with a byte order mark say it themselves. For all others it is a guess, and one is
only made where every reading that makes sense gives the same text.
"""

from __future__ import annotations

import codecs
import re
from os.path import commonprefix

from summarizer.errors import InputError
from summarizer.read.guess import likely_readings

# UTF-32 first: its little-endian mark begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NO_FILES = {"idna", "punycode", "raw-unicode-escape", "unicode-escape"}
_CONTROL = re.compile(r"[\x80-\x84\x86-\x9f]")
_ASCII = bytes(range(0x80))


def decoded(data: bytes, where: str, encoding: str | None = None) -> tuple[str, str | None]:
    """Return the text of *data*, and the name of its encoding if that is a guess.

    *encoding* is what the user says; a byte order mark wins over it.

    Raises:
        InputError: the bytes are not so encoded, or it can't be told how; the message says where.
    """
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], marked, where), None
    if encoding:
        return _as_told(data, encoding, where), None
    if b"\0" in data:
        raise InputError(
            f"{where}: binary, or UTF-16 without a byte order mark; give a text file, or say how "
            "it is encoded: --encoding NAME"
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if is_broken_utf8(data, error):
            raise _invalid(where, "UTF-8", data, error.start) from error
    return _guessed(data, where)


def is_text_encoding(name: str) -> bool:
    """Tell whether *name* is that of an encoding of text, such as cp1254."""
    try:
        return "a".encode(name).decode(name) == "a" and codecs.lookup(name).name not in _NO_FILES
    except (LookupError, ValueError):
        return False


def is_broken_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Is it UTF-8 with a few stray bytes, or cut inside a character?"""
    if error.reason == "unexpected end of data":
        return True
    rest, sequences = _MULTIBYTE.subn(b"", data)
    return sequences >= len(rest.translate(None, _ASCII))


def _as_told(data: bytes, encoding: str, where: str) -> str:
    text = _strict(data, encoding, where)
    # ISO 8859 has control characters where the code pages that are taken for it have letters.
    if control := _CONTROL.search(text):
        raise _invalid(where, encoding, data, len(text[: control.start()].encode(encoding)))
    return text


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _invalid(where, encoding, data, error.start) from error


def _invalid(where: str, encoding: str, data: bytes, at: int) -> InputError:
    return InputError(
        f"{where}: not valid {encoding} at {_place(data, at)}; save it as UTF-8, or say how it is "
        "encoded: --encoding NAME"
    )


def _place(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return f"byte {at} (line {line})"


def _guessed(data: bytes, where: str) -> tuple[str, str]:
    """Return the one text that *data* can be, and the encoding that gives it."""
    (text, name), *others = likely_readings(data) or [("", "")]
    if not text:
        raise InputError(
            f"{where}: not text in any known encoding; save it as UTF-8, or say how it is encoded: "
            "--encoding NAME"
        )
    if others:
        same = min((commonprefix([text, other]) for other, _ in others), key=len)  # noqa: RUF071
        *names, last = name, *(other for _, other in others)
        raise InputError(
            f"{where}: may be {', '.join(names)} or {last}, which differ at "
            f"{_place(data, len(same.encode(name)))}; save it as UTF-8, or say how it is encoded: "
            "--encoding NAME"
        )
    return text, name
