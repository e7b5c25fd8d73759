"""Citations of langextract: its annotated documents, as ``save_annotated_documents`` writes them.

Offsets are ``char_interval.start_pos`` and ``end_pos``; where its aligner found nothing, the
interval is null. ``extraction_text`` is the model's wording, whatever the interval holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.foreign.claim import Claim, Origin, file_names, whole, words
from summarizer.tree import path_of, walk


def claims(data: object) -> Iterator[Claim]:
    """Yield the extractions of every annotated document in *data*."""
    for node, document in walk(data):
        extractions = document.get("extractions")
        if not isinstance(extractions, list):
            continue
        origin = Origin(file_names(document.get("document_id")), None, words(document.get("text")))
        for number, extraction in enumerate(extractions):
            if isinstance(extraction, dict):
                path = path_of(((node, "extractions"), number))
                yield Claim(
                    path, origin, words(extraction.get("extraction_text")), *_at(extraction)
                )


def _at(extraction: dict[Any, Any]) -> tuple[int | None, int | None]:
    interval = extraction.get("char_interval")
    if not isinstance(interval, dict):
        return None, None
    return whole(interval.get("start_pos")), whole(interval.get("end_pos"))
