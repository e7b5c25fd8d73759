"""Sentences of a text, and the ways in which a quote of them can be falsified."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Alteration = Callable[[str, str], Iterator[str]]

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
    "cut inside a word": _cut_word,
    "spliced": _splice,
}
