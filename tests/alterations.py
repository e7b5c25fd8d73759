"""Sentences of a text, how a page may write them, and how a quote of them can be falsified."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator

Alteration = Callable[[str, str], Iterator[str]]
Page = Callable[[str], str]

_SENTENCE = re.compile(
    r"[^\s.!?][^\n.!?]*(?:[.!?](?=\w)[^\n.!?]*|\b[A-Z][a-z]{0,4}\.[^\n.!?]*)*[.!?]?[”\"]?"
)
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_NUMBERS = re.findall(
    r"\w+", "one two three four five six seven eight nine ten eleven twelve twenty thirty"
)
_MONTHS = re.findall(
    r"\w+",
    "January February March April May June July August September October November December",
)
_DAYS = re.findall(r"\w+", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_NAMES = re.findall(
    r"\w+",
    "Syria Türkiye Turkey Ankara Damascus Russia Israel Erdogan Fidan Iran Iraq Bloomberg Kurdish "
    "Turkish Syrian Israeli Assad Sharaa SDF YPG ISIS",
)
_OTHERS = {name: "Bulgaria" if name != "Russia" else "Belarus" for name in _NAMES}
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|should|can|did|be)\b")
_NEGATION = re.compile(r" (?:not|never|no)\b|n[’']t\b")
_PREFIXES = ("Non-", "anti-", "un", "ex-")


def sentences_of(text: str, words: int = 6) -> Iterator[tuple[int, str]]:
    """Yield the offset and the words of each sentence of at least *words* words."""
    for match in _SENTENCE.finditer(text):
        if len(match[0].split()) >= words:
            sentence = match[0].rstrip()
            yield match.start(), sentence


def _replaced(pattern: str, put: Callable[[re.Match[str]], str]) -> Alteration:
    def alter(sentence: str, text: str) -> Iterator[str]:
        for match in re.finditer(pattern, sentence):
            yield sentence[: match.start()] + put(match) + sentence[match.end() :]

    return alter


def _every(step: int, pattern: str, put: Callable[[re.Match[str]], str]) -> Page:
    """Rewrite one in *step* of what *pattern* finds."""

    def write(text: str) -> str:
        count = itertools.count(1)
        return re.sub(pattern, lambda m: m[0] if next(count) % step else put(m), text)

    return write


def _all(*pages: Page) -> Page:
    return lambda text: functools.reduce(lambda written, page: page(written), pages, text)


def _broken(match: re.Match[str]) -> str:
    middle = len(match[0]) // 2
    return f"{match[0][:middle]}-\n{match[0][middle:]}"


def _entity_of(match: re.Match[str]) -> str:
    names = {"’": "&rsquo;", "‘": "&lsquo;", "“": "&ldquo;", "”": "&quot;", "—": "&mdash;"}
    return names.get(match[0], f"&#x{ord(match[0]):x};")


_HYPHENATED = _every(3, r"(?<!-)\b[a-z]{7,}\b(?!-)", _broken)
_COMPOUNDS_BROKEN = _every(1, r"(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])", lambda m: "-\n")
_MARKED = _all(
    _every(7, r"(?<![\w’'.,*-])[^\W_]+(?: [^\W_]+)?(?![\w’'.,*-])", lambda m: f"**{m[0]}**"),
    _every(11, r"(?<![\w’'.,*-])[^\W_]+(?![\w’'.,*-])", lambda m: f"_{m[0]}_"),
    _every(13, r"(?<![\w’'.,*_-])[^\W_]+(?![\w’'.,*_-])", lambda m: f"[{m[0]}](https://a.b/c?d=1)"),
)
_ENTITIES = _all(
    _every(1, "&", lambda m: "&amp;"),
    _every(1, "[’‘“”—é]", _entity_of),
    _every(9, r"[A-Za-z0-9](?=\w)(?![\w]*;)", _entity_of),
    _every(5, " ", lambda m: "&nbsp;"),
)
PAGES: dict[str, Page] = {
    "hyphenated": _HYPHENATED,
    "compounds broken": _COMPOUNDS_BROKEN,
    "marked": _MARKED,
    "entities": _ENTITIES,
    "all": _all(_MARKED, _HYPHENATED, _COMPOUNDS_BROKEN, _every(5, " ", lambda m: "&nbsp;")),
}
"""Ways to write a text that leave what it says, and where each quote of it must be found."""


def _one_of(words: list[str]) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


def _next(words: list[str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[(words.index(match[0]) + 1) % len(words)]


def _facts(sentence: str) -> Iterator[str]:
    """Yield sentences with a number in them, for alterations that need one."""
    for number in ("12", "3.5", "$40 million", "300 km", "20 percent", "five"):
        for at in [match.end() for match in _WORD.finditer(sentence)][1:-1:5]:
            yield f"{sentence[:at]} {number}{sentence[at:]}"


def _swap_words(sentence: str, text: str) -> Iterator[str]:
    words = sentence.split(" ")
    for at in range(len(words) - 1):
        if words[at] != words[at + 1]:
            yield " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _drop_word(sentence: str, text: str) -> Iterator[str]:
    words = sentence.split(" ")
    for at in range(1, len(words) - 1):
        if words[at] != words[at + 1] and _WORD.search(words[at]):
            yield " ".join([*words[:at], *words[at + 1 :]])


def _add_word(sentence: str, text: str) -> Iterator[str]:
    words = sentence.split(" ")
    for at in range(1, len(words)):
        yield " ".join([*words[:at], "reportedly", *words[at:]])


def _insert_not(sentence: str, text: str) -> Iterator[str]:
    for match in _AUXILIARY.finditer(sentence):
        yield f"{sentence[: match.end()]} not{sentence[match.end() :]}"
        yield f"{sentence[: match.end()]}n’t{sentence[match.end() :]}"


def _remove_not(sentence: str, text: str) -> Iterator[str]:
    for match in _NEGATION.finditer(sentence):
        yield sentence[: match.start()] + sentence[match.end() :]


def _glue(sentence: str, text: str) -> Iterator[str]:
    for match in list(_WORD.finditer(sentence))[::4]:
        for prefix in _PREFIXES:
            yield sentence[: match.start()] + prefix + sentence[match.start() :]
        yield f"{sentence[: match.end()]}ian{sentence[match.end() :]}"


def _cut_word(sentence: str, text: str) -> Iterator[str]:
    for match in list(_WORD.finditer(sentence))[:-3:4]:
        if len(match[0]) > 3:
            yield sentence[match.start() + 2 :]


def _splice(sentence: str, text: str) -> Iterator[str]:
    others = [other for _, other in sentences_of(text) if other != sentence]
    for other in others[::3]:
        words, foreign = sentence.split(" "), other.split(" ")
        spliced = " ".join([*words[: len(words) // 2], *foreign[len(foreign) // 2 :]])
        if spliced not in text:
            yield spliced


def _hyphen_added(sentence: str, text: str) -> Iterator[str]:
    for match in list(re.finditer(r"[^\W\d_]{6,}", sentence))[::3]:
        at = match.start() + 2  # no page above breaks its words so near to their beginning
        yield f"{sentence[:at]}-{sentence[at:]}"


def _entity_of_another(match: re.Match[str]) -> str:
    other = str((int(match[0]) + 1) % 10) if match[0].isdigit() else chr(ord(match[0]) + 1)
    return f"&#{ord(other)};"


def _facts_added(sentence: str, text: str) -> Iterator[str]:
    yield from _facts(sentence)


ALTERATIONS: dict[str, Alteration] = {
    "digit": _replaced(r"\d", lambda match: str((int(match[0]) + 1) % 10)),
    "digit added": _replaced(r"\d\b", lambda match: f"{match[0]}0"),
    "separator": _replaced(r"(?<=\d)(?=\d)", lambda match: ","),
    "decimal": _replaced(r"(?<=\d)(?=\d)", lambda match: "."),
    "currency": _replaced(r"\b\d+", lambda match: f"${match[0]}"),
    "unit": _replaced(r"\d+\b", lambda match: f"{match[0]} km"),
    "number word": _replaced(_one_of(_NUMBERS), _next(_NUMBERS)),
    "number word as digits": _replaced(
        _one_of(_NUMBERS), lambda match: str(_NUMBERS.index(match[0]) + 1)
    ),
    "month": _replaced(_one_of(_MONTHS), _next(_MONTHS)),
    "weekday": _replaced(_one_of(_DAYS), _next(_DAYS)),
    "name": _replaced(_one_of(_NAMES), lambda match: _OTHERS[match[0]]),
    "tense": _replaced(r"(?<=[a-z]{3})ed\b", lambda match: "s"),
    "status": _replaced(r"\b(?:plans|pledged|agreed|expected|signed)\b", lambda match: "delivered"),
    "not inserted": _insert_not,
    "not removed": _remove_not,
    "words swapped": _swap_words,
    "word dropped": _drop_word,
    "word added": _add_word,
    "fact added": _facts_added,
    "glued": _glue,
    "hyphen removed": _replaced(r"(?<=[A-Za-z]{2})[-‐](?=[A-Za-z]{2})", lambda match: ""),
    "hyphen added": _hyphen_added,
    "hyphen added at a line's end": _replaced(r"(?<=\d)(?=\d)", lambda match: "-\n"),
    "digit as another's entity": _replaced(r"\d", _entity_of_another),
    "letter as another's entity": _replaced(r"(?<=\b[a-z])[a-y](?=[a-z])", _entity_of_another),
    "entity of a digit added": _replaced(r"(?<=\d)(?!\d)", lambda match: "&#48;"),
    "entity of a sign added": _replaced(r"\b(?=\d)", lambda match: "&euro;"),
    "entity of a blank in a number": _replaced(r"(?<=\d)(?=\d)", lambda match: "&nbsp;"),
    "entity of a blank in a word": _replaced(r"\B(?=ing\b)", lambda match: "&thinsp;"),
    "entity for a word": _replaced(r"\band\b", lambda match: "&or;"),
    "star in a number": _replaced(r"(?<=\d)(?=\d)", lambda match: "*"),
    "low line in a number": _replaced(r"(?<=\d)(?=\d)", lambda match: "_"),
    "power": _replaced(r"(?<=\d)(?=\d)", lambda match: "^"),
    "number in stars added": _replaced(r"\b(?=\d)", lambda match: "**1**"),
    "struck out": _replaced(r"\b\w+\b(?= \w+ )", lambda match: f"~~{match[0]}~~"),
    "link on other words": _replaced(
        r"\b[A-Z]\w+\b(?= \w+)", lambda match: f"[Bulgaria](https://{match[0]}.test)"
    ),
    "cut inside a word": _cut_word,
    "spliced": _splice,
}
