"""Normalise text for comparison, and keep the way back to its own offsets.

What is evened out grows with the match class: ``typography`` quote marks, dashes, ellipsis sign,
white space, invisible characters, ligatures, full-width forms and Unicode composition; ``case``
also case; ``folded`` also diacritics. Digits, words and their order always stay: a superscript is
not a digit, and an accent that makes another letter in Cyrillic or Indic script is kept.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache, lru_cache
from typing import Literal

from anyascii import anyascii

Level = Literal["typography", "case", "folded"]

IGNORABLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
DASHES = "\\-‐‑‒–—―−﹘﹣－"
APOSTROPHES = "'‘’‚‛ʼʹ`´＇‹›"
_DOUBLE_QUOTES = '"“”„‟«»＂〝〞'
_MARK_HANGUL = ("\u1160", "\u11ff")  # vowels and finals: they compose with what precedes
_LOOSE_MARK = re.compile(  # marks of Latin letters, Arabic and Hebrew vowel signs, tatweel
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]"
)
_INVISIBLE = re.compile(f"[{IGNORABLE}]")
_DASH = re.compile(f"[{DASHES}]")
_BLANK = re.compile(rf"[\s{IGNORABLE}]")
# Most signs begin no run, which a class in front tells at once.
_RUNS = re.compile(
    rf"[\s{IGNORABLE}{DASHES}](?:(?<=[\s{IGNORABLE}])[\s{IGNORABLE}]+|(?<=[{DASHES}])[{DASHES}]+)"
)


def is_mark(char: str) -> bool:
    """Tell whether *char* belongs to the character before it, as an accent or a skin tone does."""
    return (
        unicodedata.category(char)[0] == "M"
        or _MARK_HANGUL[0] <= char <= _MARK_HANGUL[1]
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def is_blank(char: str) -> bool:
    """Tell whether *char* shows nothing: white space or an invisible character."""
    return _BLANK.match(char) is not None


def strip_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``[start, end)`` without the white space and invisible characters around it."""
    while start < end and _BLANK.match(text, start):
        start += 1
    while start < end and _BLANK.match(text, end - 1):
        end -= 1
    return start, end


@lru_cache(maxsize=1024)
def simplify(text: str, level: Level) -> str:
    """Return *text* as it is compared at *level*."""
    return fold(text, level)[0]


def fold(text: str, level: Level) -> tuple[str, array[int]]:
    """Return *text* as compared at *level*, and for each of its characters the offset it is from.

    Several characters from one offset were one piece of *text*, and can only be matched whole.
    """
    table, pieces = _reading(text, level)
    offsets = array("L")
    output: list[str] = []
    done = 0
    for match in pieces.finditer(text):
        start, end = match.span()
        output.append(text[done:start].translate(table))
        offsets.extend(range(done, start))
        piece = _fold_piece(match[0], level)
        output.append(piece)
        offsets.extend([start] * len(piece))
        done = end
    output.append(text[done:].translate(table))
    offsets.extend(range(done, len(text)))
    return "".join(output), offsets


def _reading(text: str, level: Level) -> tuple[dict[int, str], re.Pattern[str]]:
    """Return what the characters of *text* fold to, and what does not fold one to one.

    That is runs, letters with marks, and characters that grow. Most texts have few of them, so
    that few patterns are compiled.
    """
    table = _ascii(level)
    if text.isascii():
        return table, _RUNS
    others = sorted(char for char in set(text) if not char.isascii())
    table = table | {ord(char): _simple(char, level) for char in others}
    marks = "".join(filter(is_mark, others))
    grown = "".join(c for c in others if len(table[ord(c)]) != 1 and c not in marks)
    return table, _piece_pattern(marks, grown)


@cache
def _ascii(level: Level) -> dict[int, str]:
    return {code: _simple(chr(code), level) for code in range(128)}


@lru_cache(maxsize=256)
def _piece_pattern(marks: str, grown: str) -> re.Pattern[str]:
    pieces = [_RUNS.pattern]
    if marks:
        mark = f"[{re.escape(marks)}]"
        pieces.append(rf"(?:(?!{mark})[\s\S])?{mark}+")
    if grown:
        pieces.append(f"[{re.escape(grown)}]")
    return re.compile("|".join(pieces))


def _fold_piece(piece: str, level: Level) -> str:
    if is_blank(piece[0]):
        if all(is_blank(char) for char in piece):
            return " " if any(char.isspace() for char in piece) else ""
    elif len(piece) > 1 and all(_DASH.match(char) for char in piece):
        return "-"
    return "".join(_simple(char, level) for char in unicodedata.normalize("NFC", piece))


@lru_cache(maxsize=8192)
def _simple(char: str, level: Level) -> str:
    plain = _plain(unicodedata.normalize("NFC", char))
    if level == "typography":
        return plain
    lower = plain.casefold()
    return lower if level == "case" else "".join(_bare(letter) for letter in lower)


def _plain(char: str) -> str:
    if char.isspace():
        return " "
    if "！" <= char <= "～":
        char = chr(ord(char) - 0xFEE0)
    if _INVISIBLE.match(char) or "\ufe00" <= char <= "\ufe0f":
        return ""
    if char in APOSTROPHES or char in _DOUBLE_QUOTES:
        return "'"
    if _DASH.match(char):
        return "-"
    if char == "…":
        return "..."
    return unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char


def _bare(char: str) -> str:
    """Return a letter without its diacritics; Latin and Greek only, where they can be dropped."""
    if char.isascii():
        return char
    if _LOOSE_MARK.match(char):
        return ""
    name = unicodedata.name(char, "")
    if unicodedata.category(char)[0] != "L" or not name.startswith(
        ("LATIN SM", "LATIN LE", "GREEK ")
    ):
        return char
    bare = _LOOSE_MARK.sub("", unicodedata.normalize("NFD", char))
    return bare if bare.isascii() or name.startswith("GREEK") else anyascii(bare).lower()
