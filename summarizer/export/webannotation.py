"""Citations as W3C Web Annotations: these words, here.

An AnnotationCollection with one embedded page and an annotation for each citation. Its target is
the report, its selectors the quote with the words around it and the position in code points of the
text; its bodies say which field of which record rests on the words, and with what value. The
context is named and not fetched: the keys are those of https://www.w3.org/ns/anno.jsonld.
"""

from __future__ import annotations

import base64
import json
from uuid import NAMESPACE_URL, uuid5

from summarizer.export.lines import JsonObject
from summarizer.export.table import Cite, Row, Source, Table, Written

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of the text on each side of a quote, as Hypothesis takes


def write(table: Table, *, everything: bool = False) -> Written:
    """Return the collection; the words around a quote are in it where the text is at hand."""
    del everything  # every citation is in
    items = [
        _annotation(row, cite, at, table)
        for row in table.rows
        for at, cite in enumerate(row.citations)
    ]
    known = uuid5(NAMESPACE_URL, " ".join(item["id"] for item in items))
    collection = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{known}",
        "type": "AnnotationCollection",
        "label": "Citations of summarizer",
        "total": len(items),
        "first": {
            "id": f"urn:uuid:{uuid5(known, 'first')}",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return Written(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", len(items))


def _annotation(row: Row, cite: Cite, number: int, table: Table) -> JsonObject:
    place = f"{row.key}#{number}:{cite.field}:{cite.source.sha256}:{cite.start}-{cite.end}"
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, place)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            _body("classifying", ".".join(filter(None, (row.kind, cite.field)))),
            _body("describing", cite.value),
            _body("identifying", row.id),
        ],
        "target": {
            "type": "SpecificResource",
            "source": _source(cite.source),
            "selector": [
                _quote(cite, table.texts.get(cite.source.sha256)),
                {"type": "TextPositionSelector", "start": cite.start, "end": cite.end},
            ],
        },
    }


def _body(purpose: str, value: str) -> JsonObject:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _source(source: Source) -> JsonObject:
    about = {
        "id": source.link or _name(source),
        "type": "Text",
        "format": "text/plain",
        "language": source.language,
        "dcterms:identifier": source.id,
        "dcterms:title": source.title,
        "dcterms:publisher": source.publisher,
        "dcterms:issued": source.published,
        "schema:sha256": source.sha256,
    }
    return {key: value for key, value in about.items() if value}


def _name(source: Source) -> str:
    """Return the name of a text that has no address: its checksum, as RFC 6920 writes it."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(source.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _quote(cite: Cite, text: str | None) -> JsonObject:
    selector = {"type": "TextQuoteSelector", "exact": cite.quote}
    if text is not None:
        selector["prefix"] = text[max(0, cite.start - _AROUND) : cite.start]
        selector["suffix"] = text[cite.end : cite.end + _AROUND]
    return selector
