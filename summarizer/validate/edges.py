"""Where a quote may begin and end: never inside a word, a contraction or a character.

A quote is cut out of its text, and a cut can turn the meaning: "Iran" out of "Iranian", "lethal"
out of "non-lethal", "can" out of "can't". These are not quotes of it.
"""

from __future__ import annotations

import re
import unicodedata

from summarizer.korean import LETTERS, particle_start
from summarizer.validate.fold import APOSTROPHES, DASHES, IGNORABLE, is_mark

REVERSING_PREFIXES = "non|anti|un|ex|de|dis|mis|counter|pro|pre|post|no|never|sub|semi|pseudo"
_REACH = 24
_PLAIN_ENDS = " ,.;:\n"  # behind a letter or digit they end a word, whatever follows
_JOINER = "\u200d"
_HAN_NUMBERS = "〇零一二三四五六七八九十百千万亿萬億兩两半几数"
# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana, Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_INVISIBLE = re.compile(f"[{IGNORABLE}]+")
_PREFIX = re.compile(rf"(?:^|[\W_])(?:{REVERSING_PREFIXES})[{DASHES}]$", re.IGNORECASE)
_FREE = re.compile(rf"[{DASHES}](?:free|proof)\b", re.IGNORECASE)
_CONTRACTED = re.compile(rf"[{APOSTROPHES}](?:([^\W\d_])(?![^\W_])|[^\W\d_])", re.IGNORECASE)
_AFTER_APOSTROPHE = re.compile(rf"([^\W\d_]+)[{APOSTROPHES}]$")
_KOREAN_TAIL = re.compile(rf"[{LETTERS}]+(?!\w)")
_WORD_BEFORE = re.compile(rf"[^\W_{UNSPACED}]+$")
_MARK_BEFORE = re.compile(r"([^\W_])([*^~]*)$")
_MARK_AFTER = re.compile(r"([*^~]*)([^\W_])")
_ELIDED_ARTICLES = ("l", "d", "dell", "nell", "sull", "dall", "all", "qu")  # l'Ukraine, d'Erbil


def is_edge(text: str, at: int, *, opening: bool = False) -> bool:
    """Tell whether a quote of *text* may end at the offset *at*, or begin there if *opening*.

    "Iran" may be cut out of "Iran-backed", but not "-backed".
    """
    if at <= 0 or at >= len(text):
        return True
    if text[at] == " " or (text[at - 1] == " " and text[at].isascii()):
        return True  # nearly all, and quickly
    if text[at] in _PLAIN_ENDS and text[at - 1].isalnum():
        return True
    if text[at] == _JOINER or text[at - 1] == _JOINER:
        return False
    before = _INVISIBLE.sub("", text[max(0, at - _REACH) : at])
    after = _INVISIBLE.sub("", text[at : at + _REACH])
    if not before or not after:
        return True
    left, right = before[-1], after[0]
    if opening and right in DASHES[1:] and _is_word(left) and _is_word(after[1:2] or " "):
        return False
    if is_mark(right) or _is_flag_half(left, right) or _is_run(left, right):
        return False
    if _is_word(left) and _is_word(right):
        particle = not opening and _is_particle(before, after)
        return particle or _between_words_without_space(left, right)
    return not (
        _cuts_contraction(before, after) or _cuts_sense(before, after) or _cuts_marks(before, after)
    )


def is_before_particle(text: str, at: int) -> bool:
    """Tell whether a quote that ends at *at* is cut off before a Korean particle."""
    return 0 < at < len(text) and _is_particle(
        text[max(0, at - _REACH) : at], text[at : at + _REACH]
    )


def _is_particle(before: str, after: str) -> bool:
    particles = _KOREAN_TAIL.match(after)
    noun = _WORD_BEFORE.search(before) if particles else None
    if not (noun and particles):
        return False
    start = len(unicodedata.normalize("NFC", noun[0]))
    return particle_start(noun[0] + particles[0]) == start


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _is_flag_half(left: str, right: str) -> bool:
    return "\U0001f1e6" <= left <= "\U0001f1ff" and "\U0001f1e6" <= right <= "\U0001f1ff"


def _is_run(left: str, right: str) -> bool:
    return left == right == "." or (left in DASHES[1:] and right in DASHES[1:])


def _between_words_without_space(left: str, right: str) -> bool:
    if not (_UNSPACED.match(left) or _UNSPACED.match(right)):
        return False
    numeral = [char in _HAN_NUMBERS or char.isdigit() for char in (left, right)]
    return not all(numeral)


def _cuts_contraction(before: str, after: str) -> bool:
    """Refuse "can" of "can't" and "Sana" of "Sana'a"; allow "Syria" of "Syria's"."""
    if before[-1].isalpha() and (contracted := _CONTRACTED.match(after)):
        return contracted[1] is not None and contracted[1].lower() not in "sdm"
    head = _AFTER_APOSTROPHE.search(before) if _is_word(after[0]) else None
    return head is not None and head[1].lower() not in _ELIDED_ARTICLES


def _cuts_sense(before: str, after: str) -> bool:
    """Refuse "lethal" of "non-lethal" and "nuclear" of "nuclear-free"."""
    return bool(
        (_is_word(after[0]) and _PREFIX.search(before))
        or (_is_word(before[-1]) and _FREE.match(after))
    )


def _cuts_marks(before: str, after: str) -> bool:
    """Refuse "3 tanks" of "2*3 tanks", "10" of "10^6" and "15" of "10~15"."""
    left, right = _MARK_BEFORE.search(before), _MARK_AFTER.match(after)
    if not (left and right and (marks := left[2] + right[1])):
        return False
    return "*" in marks or (left[1].isnumeric() and right[2].isnumeric())
