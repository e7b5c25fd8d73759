"""Make text of unknown origin safe to show: words in, the same words without power out."""

from __future__ import annotations

import re
import unicodedata

# Invisible, but part of spelling: they keep Persian letters apart and join Indic ones and emoji.
_JOINERS = "\u200c\u200d"
# Everything in CommonMark and GitHub's dialect that acts inside a line.
_ACTIVE = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#A-Za-z])|:(?=//)|(?i:(?<=\bwww))\.")
# JSON may hold them as they are, but readers that split lines by Unicode's rules would cut there.
_LINE_ENDS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})
_OPENS_BLOCK = re.compile(r"^(?:(?=[#+=-])|(\d{1,9})(?=[.)]))")


def for_terminal(text: object) -> str:
    r"""Return *text* as one line; what does not print is written as an escape such as ``\x1b``."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in str(text)
    )


def for_json_on_terminal(text: str) -> str:
    r"""Return *text* with what could act on a terminal as JSON writes it, such as ``\\u202e``.

    Line ends stay; JSON so escaped has the same value.
    """
    return "".join(
        char if char.isprintable() or char == "\n" or char in _JOINERS else _units(char)
        for char in text
    )


def for_one_line(text: str) -> str:
    """Return JSON without line breaks of its own as one line for every reader, of equal value."""
    return text.translate(_LINE_ENDS)


def for_markdown(text: object) -> str:
    """Return *text* as one line that Markdown shows as it is: no tag, link, image, code or table.

    White space becomes single blanks; control characters and invisible marks, bidi controls among
    them, are left out.
    """
    line = " ".join("".join(map(_visible, str(text))).split())
    return _OPENS_BLOCK.sub(r"\1\\", _ACTIVE.sub(r"\\\g<0>", line))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "Z" or category == "Cc":
        return " "
    if category == "Cf" and char not in _JOINERS:
        return ""
    return "\ufffd" if category == "Cs" else char


def _units(char: str) -> str:
    data = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))
