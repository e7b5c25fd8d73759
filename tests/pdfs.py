"""Writes small PDFs for the tests: lines of Helvetica at given places, page by page."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

Line = tuple[float, float, str]
"""Left and baseline in points, from the lower left corner, and the words."""

HEIGHT, WIDTH, LEADING = 792, 612, 14
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
# Codes 1 and 2 are the ligatures fi and fl, as typesetting programs write them.
_ENCODING = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >>"


@dataclass(frozen=True)
class Page:
    """Lines of text, or with ``image`` a page that shows one dark square and no text."""

    lines: Sequence[Line] = ()
    image: bool = False


def paragraph(text: str, *, x: float = 72, top: float = 720, every: float = LEADING) -> list[Line]:
    """Return the lines of *text* one below the other."""
    return [(x, top - every * n, line) for n, line in enumerate(text.splitlines())]


def pdf(pages: Sequence[Page], *, password: str | None = None, title: str = "") -> bytes:
    """Return a PDF; with *password* none but who knows it can read it (RC4, 40 bits)."""
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {_ENCODING} >>"
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font.encode()]
    kids = []
    for page in pages:
        at = len(objects) + 1
        kids.append(f"{at} 0 R")
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {at + 1} 0 R >>".encode())
        objects.append(_content(page))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({title}) >>".encode())
    return _file(objects, password)


def bomb(megabytes: int) -> bytes:
    """Return a small PDF whose one page unpacks to *megabytes* of operators."""
    plain = b"BT /F1 10 Tf 0 0 Td (boom) Tj ET\n" * (megabytes * (1 << 20) // 33)
    packed = zlib.compress(plain, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    whole = pdf([Page()])
    start = whole.index(b"<< /Length")
    end = whole.index(b"endstream", start)
    return whole[:start] + head + packed + b"\n" + whole[end:]


def _content(page: Page) -> bytes:
    if page.image:
        stream = b"0 0 0 rg 100 100 400 400 re f"
    else:
        stream = b"\n".join(
            b"BT /F1 10 Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (x, y, _string(words))
            for x, y, words in page.lines
        )
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def _string(words: str) -> bytes:
    data = words.replace("ﬁ", "\x01").replace("ﬂ", "\x02").encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes], password: str | None) -> bytes:
    name = hashlib.md5(b"id").digest()
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R".encode()
    key, entry = None, b""
    if password is not None:
        key, entry = _encryption(password, name)
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (
            len(objects) + 1,
            name.hex().encode(),
            name.hex().encode(),
        )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate([*objects, *([entry] if key else [])], 1):
        places.append(len(out))
        if key and b"stream\n" in body:
            start = body.index(b"stream\n") + 7
            end = body.rindex(b"\nendstream")
            own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            body = body[:start] + _rc4(own, body[start:end]) + body[end:]
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, trailer, at)
    return bytes(out)


def _encryption(password: str, name: bytes) -> tuple[bytes, bytes]:
    """Return the key and the dictionary of the standard handler, revision 2 (PDF 1.4, 3.5)."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    rights = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + rights + name).digest()[:5]
    user = _rc4(key, _PADDING)
    entry = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
        owner.hex().encode(),
        user.hex().encode(),
    )
    return key, entry


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
