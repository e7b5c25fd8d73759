"""For ``check --support``: do the cited sentences say what the records of a brief claim?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from summarizer.ask import Model
from summarizer.brief import Brief
from summarizer.propositions import propositions
from summarizer.render import Failure
from summarizer.segment import segment
from summarizer.source import Document
from summarizer.tree import path_of, walk
from summarizer.verify import Verdict, read_again, verify_all

VALUES = ("text", "statement", "summary", "value", "name")
"""Keys under which JSON of another shape has what its citations are to bear out."""


class SupportCheck:
    """Judges briefs record by record, by a reader; without one, and other JSON, what it states."""

    def __init__(self, reader: Model | None) -> None:
        self._reader = reader

    def failures(self, data: object, text: str) -> list[Failure]:
        """Return what the cited sentences of *text* do not say, a failure each."""
        try:
            brief = Brief.model_validate(data)
        except ValidationError:
            brief = None
        if brief is None:
            return list(self._of_statements(data, text))
        if self._reader is None:
            # Its other values are the report's own words; a line of the summary is the model's.
            lines = {"summary": [line.model_dump(mode="json") for line in brief.summary]}
            return list(self._of_statements(lines, text))
        return list(self._of_brief(brief, text, self._reader))

    def _of_brief(self, brief: Brief, text: str, reader: Model) -> Iterator[Failure]:
        sentences = {s.id: s.text for s in segment(Document(text))}
        asked = [one for one in propositions(brief) if all(n in sentences for n in one.sentences)]
        for read in read_again(asked, sentences, reader, step=lambda done, total: None):
            if read.says not in (None, "yes"):
                told = read.proposition
                less = "say less than" if read.says == "weaker" else "do not say"
                detail = f"the cited sentences {less}: {told.text}"
                yield Failure(f"{told.record}.{told.field}", "unsupported", detail)

    def _of_statements(self, data: object, text: str) -> Iterator[Failure]:
        """Judge every object that holds a value in words and the citations for it."""
        sentences = segment(Document(text))
        starts, ends = [s.start for s in sentences], [s.end for s in sentences]
        found = []
        for path, statement, spans in _statements(data):
            cited = {
                number
                for start, end in spans
                for number in range(bisect_right(ends, start), bisect_left(starts, end))
            }
            if cited:
                passage = " ".join(sentences[number].text for number in sorted(cited))
                found.append((path, statement, passage))
        pairs = [(statement, passage) for _, statement, passage in found]
        verdicts: tuple[Verdict, ...] = verify_all(pairs, model=self._reader)
        for (path, statement, _), verdict in zip(found, verdicts, strict=True):
            if verdict.support == "unsupported":
                detail = f"“{statement}”: {verdict.detail or 'the cited sentences do not say it'}"
                yield Failure(path, "unsupported", detail)


def _statements(data: object) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Yield path, value and spans of all objects that cite something for a value in words."""
    for node, value in walk(data):
        words = next((value[k] for k in VALUES if isinstance(value.get(k), str)), None)
        spans = list(_spans(value.get("citations")))
        if words and spans:
            yield path_of(node), words, spans


def _spans(citations: Any) -> Iterator[tuple[int, int]]:
    for one in citations if isinstance(citations, list) else ():
        if isinstance(one, dict):
            start, end = one.get("start"), one.get("end")
            if type(start) is int and type(end) is int:
                yield start, end
