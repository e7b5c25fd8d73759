"""Guess how bytes are encoded: bytes in, all texts out that they make sense as.

Letters that follow each other tell a script of its own, but not the one letter beyond ASCII in a
name within an English report. There the readings are compared: which have words that can't be, and
which need the fewest languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from chardet import detect_all

Reading = tuple[str, str]
"""A text, and the name of the encoding that gives it."""
Oddity = tuple[float, int]
"""The share of words that can't be, and how many languages the others need at least. A mark that
news hardly has, and a dash within a word, count as one more each."""

# The letters beyond ASCII that one language each has, by the kind of code page made for them.
_WESTERN = (
    *("áàâãçéêíóôõúü", "áéíñóúü", "àâæçèéêëîïôœùûüÿ", "àèéìíòóùú", "äöüß", "áèéëïóöü"),
    *("åäöé", "æøåé", "áæðéíóöúýþ"),
)
_CENTRAL = (
    *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșşțţ", "ćčđšž"),
    *("äöüß", "çë"),
)
_BALTIC = ("äõöšüž", "ąčęėįšųūž", "āčēģīķļņšūž")
_TURKISH = (*_WESTERN[:-1], "âçğıîöşüû")
_CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
)
_GREEK = ("αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",)
# What a text in Latin letters is in if not in UTF-8, under the names that chardet gives.
_USUAL_PAGES = {
    "cp1252": _WESTERN,
    "cp1254": _TURKISH,
    "cp1250": _CENTRAL,
    "cp1257": _BALTIC,
    "cp1251": _CYRILLIC,
    "cp1253": _GREEK,
    "iso8859-2": _CENTRAL,
    "iso8859-15": _WESTERN,
    **dict.fromkeys(("gb18030", "big5hkscs", "cp932", "cp949"), ()),
}
# These are believed only where no usual one makes sense; the Mac's can cast doubt on that, too.
_MAC_PAGES = {"mac-roman": _WESTERN, "mac-turkish": _TURKISH}
_DOS_PAGES = {"cp850": _WESTERN, "cp852": _CENTRAL, "cp857": _TURKISH}
_WITH_ALPHABET = {"LATIN", "CYRILLIC", "GREEK"}
_WITHOUT = {"HEBREW", "ARABIC", "THAI"}
_EAST = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
# Marks that news has; where another one, or a dash within a word, comes out, it may be a letter.
_USUAL = frozenset("‘’‚“”„«»‹›–—…•°£€¥§©®™½¼¾²³±×¿¡†%‰\xa0")
_IN_WORDS = frozenset("’‘‐\xad–—")
_DASH_IN_WORD = re.compile(r"(?<=[a-z])[–—](?=[a-z])")
_NOT_TEXT = ("Cc", "Cn", "Co", "Cs")
_BOXES = range(0x2500, 0x25A0)  # half of the old DOS code pages
_ASCII = bytes(range(0x80))
_NO_LETTERS = bytes(b for b in range(0x100) if not chr(b).isascii() or not chr(b).isalpha())
_LOOKED_AT = 2_000  # different words; no report of any length has more in need of it
_MAX_FAULTY = 0.05  # share of the words beyond ASCII: a slip of the keyboard in a long report
_CONFIDENT = 0.2  # of chardet's figures: one sentence in a script of its own has 0.25 and more
_RIVAL = 0.8  # share of the best figure from which on a reading counts


def likely_readings(data: bytes) -> list[Reading]:
    """Return the texts that *data* may be, none twice; more than one can't be told apart."""
    if _is_foreign(data):
        return _best(_readings(data, dict.fromkeys(_detected(data), (*_CYRILLIC, *_GREEK))))
    usual = _readings(data, _USUAL_PAGES)
    likely = _best(usual)
    if not likely:
        return _best(_readings(data, {**_MAC_PAGES, **_DOS_PAGES}))
    most = usual[likely[0]]
    doubts = (
        reading
        for reading, oddity in _readings(data, _MAC_PAGES).items()
        if oddity <= most and all(reading[0] != text for text, _ in likely)
    )
    return [*likely, *doubts]


def _detected(data: bytes) -> list[str]:
    """Return the encodings that the letters which follow each other speak for."""
    found = detect_all(data, ignore_threshold=True, compat_names=False)
    figures = {str(each["encoding"]): each["confidence"] for each in found}
    least = max(_CONFIDENT, _RIVAL * max(figures.values(), default=0.0))
    return [name for name, figure in figures.items() if figure >= least]


def _is_foreign(data: bytes) -> bool:
    """Is it in a script of its own, with hardly a Latin letter?"""
    beyond = len(data.translate(None, _ASCII))
    return beyond > len(data.translate(None, _NO_LETTERS)) / 2


def _readings(data: bytes, pages: Mapping[str, Sequence[str]]) -> dict[Reading, Oddity]:
    """Return the texts that *data* can be read as, each by the page that makes it least odd."""
    odd: dict[str, tuple[Oddity, str]] = {}
    for page, alphabets in pages.items():
        try:
            text = data.decode(page)
        except (UnicodeDecodeError, LookupError):
            continue
        oddity = _oddity(text, alphabets)
        if text not in odd or oddity < odd[text][0]:
            odd[text] = oddity, page
    return {(text, page): oddity for text, (oddity, page) in odd.items()}


def _best(readings: Mapping[Reading, Oddity]) -> list[Reading]:
    """Return the least odd of *readings*; none if even they have words that can't be."""
    least = min(readings.values(), default=(1.0, 0))
    if least[0] > _MAX_FAULTY:
        return []
    return [reading for reading, oddity in readings.items() if oddity == least]


def _oddity(text: str, alphabets: Sequence[str]) -> Oddity:
    words = list(dict.fromkeys(word for word in text.split() if not word.isascii()))
    chars = {"ı" if char == "İ" else char.lower() for word in words for char in word}
    beyond = {char for char in chars if not char.isascii()}
    scripts = {char: script for char in beyond if (script := _script(char))}
    letters = {char for char, script in scripts.items() if script in _WITH_ALPHABET}
    marks = {char for char in beyond - scripts.keys() if unicodedata.category(char)[0] != "M"}
    strange = _languages(letters, alphabets) + len(set(scripts.values()) - _WITH_ALPHABET)
    strange += bool(marks - _USUAL) + any(map(_DASH_IN_WORD.search, words))
    some = words[:_LOOKED_AT]
    return sum(map(_is_faulty, some)) / max(len(some), 1), strange


def _languages(letters: set[str], alphabets: Sequence[str]) -> int:
    """Return how many languages *letters* need; two stand for all that are more than one.

    Names of several languages in one report can't be told from those of several others.
    """
    if not letters:
        return 0
    return 1 if any(letters <= set(alphabet) for alphabet in alphabets) else 2


def _is_faulty(word: str) -> bool:
    padded = f" {word} "
    around = zip(padded, word, padded[2:], strict=False)
    return any(_is_fault(*three) for three in around if not three[1].isascii())


def _is_fault(before: str, char: str, after: str) -> bool:
    category = unicodedata.category(char)
    if category in _NOT_TEXT or ord(char) in _BOXES:
        return True
    script = _script(char)
    if script is None:
        inside = before.isalpha() and _has_case(before) and _has_case(after)
        return inside and char not in _IN_WORDS and category[0] != "M"
    if char.isupper() and before.islower():
        return True
    return any(_script(near) not in (None, script) for near in (before, after))


def _script(char: str) -> str | None:
    """Return the script of a letter, one for all that stand in one word in the East."""
    if not char.isalpha():
        return None
    script = unicodedata.name(char, "").partition(" ")[0]
    if script in _EAST:
        return "EAST"
    return script if script in _WITH_ALPHABET | _WITHOUT else None


def _has_case(char: str) -> bool:
    return char.lower() != char.upper()
