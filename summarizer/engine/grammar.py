"""Make a grammar from a draft type and a window: words that are not in the text can't be written.

The grammar is llguidance's Lark dialect, as llama.cpp takes it in the ``grammar`` field of a
request. llama.cpp drops a grammar that it cannot compile without a word, so only constructs that
were tried are used: string and regex terminals, ``&``, ``{m,n}`` and ``substring_chunks``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pydantic import BaseModel

from summarizer.draft.shape import (
    Choice,
    DraftTypeError,
    Listing,
    Maybe,
    Number,
    Row,
    SentenceNumber,
    Shape,
    Text,
    Words,
    shape_of,
)
from summarizer.korean import particle_start
from summarizer.markup import Unmarked

_BLANK = re.compile(r"\s+")
_WHOLE = r"WHOLE: /-?(0|[1-9][0-9]{0,14})/"
_DECIMAL = r"DECIMAL: /-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?/"
_CHARACTER = r'([^"\\\x00-\x1f\x7f]|\\["\\\/bfnrt])'

# Scripts written without blanks: one letter a piece.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_LETTER = f"[^\\W{_UNSPACED}]"
# Combining marks are no word characters to ``re``; these blocks cover Latin, Cyrillic, Hebrew,
# Arabic and the Indic scripts, where a piece that ends before its mark would be another word.
_MARK = "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff]"
_WORD = f"(?:{_LETTER}|{_MARK})+"
# "1,500", "10-15", "T-72" and "2.5m" are one piece: a part of a number is another number. So is
# "can't", but not "Assad's".
_JOINED = "(?:[.,:/~^*-](?:(?<=\\d.)|(?=\\d))|['’](?=[^\\W\\d_sdm](?!\\w)))"
_PIECE = re.compile(f"{_WORD}(?:{_JOINED}{_WORD})*|\\s+|.", re.DOTALL)


def grammar(draft: type[BaseModel], text: str, sentence_ids: Sequence[int] = ()) -> str:
    """Return the grammar of the answers that fit *draft* for the window with this *text*.

    Verbatim fields take runs of the text's words, sentence fields one of *sentence_ids*. White
    space in the text counts as one blank. Raises DraftTypeError when a field cannot be filled.
    """
    builder = _Builder(text, sentence_ids)
    start = builder.expression(shape_of(draft))
    return "\n".join(("%llguidance {}", f"start: {start}", *builder.rules.values(), ""))


def pieces(text: str) -> list[str]:
    """Return *text* cut where a verbatim value may begin or end; white space becomes ``" "``.

    Words that only markup or a line's end cuts in two stay whole; Korean particles are cut off.
    """
    page = Unmarked(text)
    cuts = _cuts(text)
    if page.differs:
        read = {0, *_cuts(page.text)} - page.tied
        cuts = [at for at in cuts if page.inside(at) != "mark" and page.offset(at) in read]
    return [_BLANK.sub(" ", text[start:end]) for start, end in pairwise(cuts)]


def _cuts(text: str) -> list[int]:
    cuts = [0] if text else []
    for match in _PIECE.finditer(text):
        if (particle := particle_start(match[0])) and unicodedata.is_normalized("NFC", match[0]):
            cuts.append(match.start() + particle)
        cuts.append(match.end())
    return cuts


class _Builder:
    """Collects the rules that the start rule needs, by name."""

    def __init__(self, text: str, sentence_ids: Sequence[int]) -> None:
        self.rules: dict[str, str] = {}
        self._names: dict[type[BaseModel], str] = {}
        self._text = text
        self._sentence_ids = sentence_ids

    def expression(self, shape: Shape) -> str:
        """Return the right-hand side that stands for *shape*."""
        match shape:
            case Words(most):
                return self._words(most)
            case SentenceNumber():
                if not self._sentence_ids:
                    raise DraftTypeError("a SentenceId field needs at least one sentence id")
                return self._rule("SENTENCE", _alternatives(self._sentence_ids))
            case Text(most):
                length = "*" if most is None else f"{{0,{most}}}"
                return self._rule(f"TEXT{most or ''}", f'/"{_CHARACTER}{length}"/')
            case Number(whole):
                name, _, body = (_WHOLE if whole else _DECIMAL).partition(": ")
                return self._rule(name, body)
            case Choice(values):
                return f"({_alternatives(values)})"
            case Maybe(item):
                return f'("null" | {self.expression(item)})'
            case Listing():
                return self._listing(shape)
            case Row():
                return self._row(shape)

    def _words(self, most: int | None) -> str:
        chunks = [_json(piece)[1:-1] for piece in pieces(_whole(self._text))]
        if not any(chunk != " " for chunk in chunks):
            raise DraftTypeError("a Verbatim field needs a text with words in it")
        self._rule("WORDS", "%regex " + _json({"substring_chunks": chunks}))
        # It begins and ends with something other than a blank, so it is never empty.
        inner = "*" if most is None else f"{{0,{max(most - 2, 0)}}}"
        bounds = "/[^ ]/" if most == 1 else f"/[^ ]((?s:.){inner}[^ ])?/"
        return self._rule(f"VERBATIM{most or ''}", f'"\\"" (WORDS & {bounds}) "\\""')

    def _listing(self, shape: Listing) -> str:
        if shape.most == 0:
            return '"[]"'
        item = self.expression(shape.item)
        most = "" if shape.most is None else shape.most - 1
        more = f'(", " {item}){{{max(shape.least - 1, 0)},{most}}}'
        filled = f'"[" {item} "]"' if shape.most == 1 else f'"[" {item} {more} "]"'
        return f"({filled})" if shape.least else f'("[]" | {filled})'

    def _row(self, shape: Row) -> str:
        terms: list[str] = []
        for index, part in enumerate(shape.parts):
            key = f"{', ' if index else '{'}{_json(part.name)}: "
            terms += [_json(key), self.expression(part.shape)]
        # Numbered, as two models may share a name; not by id(), so that requests stay the same.
        name = self._names.setdefault(shape.model, f"row{len(self._names)}")
        return self._rule(name, " ".join([*terms, _json("}")]))

    def _rule(self, name: str, body: str) -> str:
        self.rules.setdefault(name, f"{name}: {body}")
        return name


def _alternatives(values: Iterable[object]) -> str:
    return " | ".join(_json(_json(value)) for value in values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _whole(text: str) -> str:
    """Return *text* without lone surrogates, which no request can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
