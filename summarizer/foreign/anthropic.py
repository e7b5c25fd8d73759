"""Citations of Anthropic's Messages API: answers, streams, or whole conversations, as JSON.

``char_location`` has offsets; pages, content blocks and search results have none. A citation names
its document by title and number; the documents of the request are known where it is in the same
file, which also gives their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.foreign.claim import Claim, Origin, file_names, whole, words
from summarizer.tree import path_of, walk


def claims(data: object) -> Iterator[Claim]:
    """Yield every object in *data* that has ``cited_text``."""
    documents = [_sent(each) for _, each in walk(data) if each.get("type") == "document"]
    for node, citation in walk(data):
        if "cited_text" in citation:
            start, end = citation.get("start_char_index"), citation.get("end_char_index")
            quote, origin = words(citation["cited_text"]), _origin(citation, documents)
            yield Claim(path_of(node), origin, quote, whole(start), whole(end))


def _origin(citation: dict[Any, Any], documents: Sequence[Origin]) -> Origin:
    number = whole(citation.get("document_index"))
    named = ("document_title", "title", "source", "url", "file_id")
    names = file_names(*(citation.get(key) for key in named))
    if number is not None and 0 <= number < len(documents):
        sent = documents[number]
        return Origin(tuple(dict.fromkeys((*names, *sent.names))), None, sent.text)
    if not names and number:  # the first may well be the only one
        names = (f"document {number}",)
    return Origin(names)


def _sent(document: dict[Any, Any]) -> Origin:
    """Return what a request tells of a document that it sent."""
    source = document.get("source")
    text = None
    if isinstance(source, dict) and source.get("type") == "text":
        text = words(source.get("data"))
    return Origin(file_names(document.get("title")), None, text)
