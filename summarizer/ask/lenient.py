"""Read JSON as models write it: text in, its values out, and where each of them breaks off.

What a slip of the pen leaves clear is read: raw control characters, a comma too many or too few,
a bad escape, single quotes, comments, quote marks inside a string. Nothing is made up: a string,
number or word that is not finished is left out, and whatever held it counts as open. (Libraries
that repair JSON were tried; each of them makes "" of a missing value or 75 of ``75 mg``.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Fault = Literal["cut", "broken"]
"""``cut``: the text ends inside the value; ``broken``: something stands there that is no JSON."""

MAX_DEPTH = 64
"""Values within values; no draft is half as deep."""
_VAIN = 4, 10_000  # characters read for brackets that open nothing: so often the text, and more

_START = re.compile(r"[\[{]")
_BRACKET = re.compile(r"[\[\]{}]")
_JSON_BLANK = " \t\r\n"
_BLANK = re.compile(r"(?:[\s,\ufeff\u200b]+|//[^\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_DELIMITED = r"(?=[\s,\]}/]|\Z)"
_NUMBER = re.compile(rf"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?{_DELIMITED}")
_WORD = re.compile(rf"-?[A-Za-z]+{_DELIMITED}")
_UNFINISHED = re.compile(r"[-+.\w]*\Z")
_WORDS: dict[str, object] = {
    **{"true": True, "True": True, "false": False, "False": False},
    **dict.fromkeys(("null", "None", "undefined")),
    **{name: float(name) for name in ("NaN", "Infinity", "-Infinity")},
}
_BARE_KEY = re.compile(r"[^\W\d]\w*(?=\s*:)")
_COLON = re.compile(r"\s*:")
_HEX = "[0-9a-fA-F]"
_ESCAPED = re.compile(
    rf"u(?P<pair>[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}})|u(?P<unit>{_HEX}{{4}})|.",
    re.DOTALL,
)
_CONTROL = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_TO_QUOTE = {quote: re.compile(rf"[{quote}\\]") for quote in "\"'"}

# A quote mark ends a string when what stands behind it can stand behind a string; else it is one
# of the string's own. In JSON without a slip each of them does end its string.
_KEY = (
    r"(?:\"[^\"\\]*(?:\\.[^\"\\]*)*(?:\"\s*:|\"?\s*\Z)|'[^'\\]*(?:\\.[^'\\]*)*(?:'\s*:|'?\s*\Z)"
    r"|[^\W\d]\w*\s*:)"
)
_MEMBER = re.compile(r"([\"'])\w+\1\s*:")
_VALUE = rf"(?:[\"'{{\[\d+.-]|(?:{'|'.join(_WORDS)})\b)"
_CLOSED = r"\Z|[}\]]|/[/*]"
_BEHIND_KEY = re.compile(r"\s*(?::|\Z)")
_BEHIND_MEMBER = re.compile(
    rf"\s*(?:{_CLOSED}|,[\s,]*(?:{_CLOSED}|{_KEY})|(?<=\s){_KEY})", re.DOTALL
)
_BEHIND_ELEMENT = re.compile(
    rf"\s*(?:{_CLOSED}|,[\s,]*(?:{_CLOSED}|{_VALUE})|(?<=\s)[\"'{{\[])", re.DOTALL
)


class Numeral(str):
    """A number as it was written: ``2.50`` is not 2.5 where words are asked for."""

    __slots__ = ()


@dataclass(frozen=True)
class Value:
    """A list or object found in a text.

    ``open`` holds the ids of the lists and objects in *data* whose end is missing; ``repeated``
    tells that a name stood twice in one of its objects, of which the last one counts.
    """

    data: Any
    written: str
    fault: Fault | None
    open: frozenset[int]
    repeated: bool


def find_values(text: str) -> Iterator[Value]:
    """Yield the lists and objects that stand in *text*, in order, none within another."""
    if whole := _sound(text):
        yield whole
        return
    at, left = 0, _VAIN[0] * len(text) + _VAIN[1]
    while left > 0 and (found := _START.search(text, at)):
        reader = _Reader(text, found.start())
        data = reader.value(0, _BEHIND_ELEMENT)
        if reader.fault and not (any(data) if isinstance(data, list) else data):
            # "[one case]: {...}"
            at, left = found.end(), left - max(reader.at - found.start(), 16)
            continue
        at = reader.at
        written = text[found.start() : at]
        yield Value(data, written, reader.fault, frozenset(reader.open), reader.repeated)


def _sound(text: str) -> Value | None:
    """Return the one value that *text* is when nothing is wrong with it, as is most often so."""
    written = text.strip(_JSON_BLANK)
    if written[:1] not in ("{", "[") or _depth(written) > MAX_DEPTH:
        return None
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        data = dict(pairs)
        repeated |= len(data) < len(pairs)
        return data

    try:
        data = json.loads(
            written, object_pairs_hook=members, parse_int=Numeral, parse_float=Numeral
        )
    except ValueError:
        return None
    return Value(data, written, None, frozenset(), repeated)


def _depth(text: str) -> int:
    """Return how deep the brackets of *text* go at most; those within strings count as well."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


_NOTHING: Any = object()


class _Reader:
    """Reads one value; stops for good at its first ``fault``."""

    def __init__(self, text: str, at: int) -> None:
        self.at = at
        self.fault: Fault | None = None
        self.open: set[int] = set()
        self.repeated = False
        self._text = text

    def value(self, depth: int, behind: re.Pattern[str]) -> Any:
        """Return the value that starts here; *behind* is what may follow a string."""
        char = self._text[self.at : self.at + 1]
        if depth > MAX_DEPTH:
            self.at, self.fault = len(self._text), "broken"
        elif char == "{":
            return self._object(depth)
        elif char == "[":
            return self._list(depth)
        elif char in _TO_QUOTE:
            return self._string(behind)
        elif found := _NUMBER.match(self._text, self.at) or _WORD.match(self._text, self.at):
            return self._scalar(found)
        else:
            self._stop()
        return _NOTHING

    def _scalar(self, found: re.Match[str]) -> Any:
        """Return a number or word; at the very end of the text it may not be whole."""
        word = found.group()
        if found.end() == len(self._text) or (found.re is _WORD and word not in _WORDS):
            self._stop()
            return _NOTHING
        self.at = found.end()
        return Numeral(word) if found.re is _NUMBER else _WORDS[word]

    def _list(self, depth: int) -> list[Any]:
        values: list[Any] = []
        self.at += 1
        while not self._closes("]"):
            value = self.value(depth + 1, _BEHIND_ELEMENT)
            if value is not _NOTHING:
                values.append(value)
            if self.fault:
                self.open.add(id(values))
                while self.fault == "broken" and values and isinstance(values[-1], Numeral):
                    values.pop()  # "1,200 men" is neither 1 nor 200
                break
        return values

    def _object(self, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        self.at += 1
        while not self._closes("}"):
            key = self._key()
            value = self.value(depth + 1, _BEHIND_MEMBER) if key is not None else _NOTHING
            if value is not _NOTHING and key is not None:
                self.repeated |= key in members
                members[key] = value
            elif key is None and self.fault == "broken" and members:
                last = next(reversed(members))
                if isinstance(members[last], Numeral):
                    del members[last]  # "1,200" is not 1
            if self.fault:
                self.open.add(id(members))
                break
        return members

    def _closes(self, bracket: str) -> bool:
        self._skip()
        if self._text.startswith(bracket, self.at):
            self.at += 1
            return True
        return False

    def _key(self) -> str | None:
        """Return the name that stands here, None when it is none or its colon is missing."""
        key: Any = _NOTHING
        if self._text[self.at : self.at + 1] in _TO_QUOTE:
            key = self._string(_BEHIND_KEY)
        elif found := _BARE_KEY.match(self._text, self.at):
            key, self.at = found.group(), found.end()
        colon = _COLON.match(self._text, self.at)
        if key is _NOTHING or colon is None:
            if self.fault is None:
                self._stop()
            return None
        self.at = colon.end()
        self._skip()
        return str(key)

    def _string(self, behind: re.Pattern[str]) -> Any:
        text, quote = self._text, self._text[self.at]
        parts: list[str] = []
        self.at += 1
        while found := _TO_QUOTE[quote].search(text, self.at):
            parts.append(text[self.at : found.start()])
            self.at = found.end()
            if found.group() == "\\":
                parts.append(self._escaped())
            elif behind.match(text, self.at):
                return "".join(parts)
            elif _MEMBER.match(text, found.start()) and parts[-1].rstrip().endswith(","):
                self.fault = "broken"  # "x" (or so), "b": the string has ended long ago
                return _NOTHING
            else:
                parts.append(quote)
        self.at, self.fault = len(text), "cut"
        return _NOTHING

    def _escaped(self) -> str:
        """Return what stands for the escape behind a backslash.

        A bad one stays as it is written, but a backslash in front of a mark is one too many.
        """
        found = _ESCAPED.match(self._text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        if pair := found["pair"]:
            high, low = int(pair[:4], 16), int(pair[-4:], 16)
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        if unit := found["unit"]:
            half = unit[0] in "dD" and unit[1] in "89abcdefABCDEF"
            return "\ufffd" if half else chr(int(unit, 16))
        char = found.group()
        if char in _CONTROL:
            return _CONTROL[char]
        return f"\\{char}" if char.isalnum() else char

    def _skip(self) -> None:
        if found := _BLANK.match(self._text, self.at):
            self.at = found.end()

    def _stop(self) -> None:
        if _UNFINISHED.match(self._text, self.at):
            self.at, self.fault = len(self._text), "cut"
        else:
            self.fault = "broken"
