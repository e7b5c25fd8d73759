"""Tell whose words stand at a place: the report's own, or a quoted speaker's."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.resolve.mentions import Mention
from summarizer.source import Document, Span

SPEAKER_KINDS = ("person", "state", "government_body", "armed_group", "military", "media", "igo")


def is_quoted(text: str, start: int) -> bool:
    """Tell whether the place lies inside quotation marks of its paragraph."""
    paragraph = text.rfind("\n", 0, start) + 1
    if text.rfind("“", paragraph, start) > text.rfind("”", paragraph, start):
        return True
    return text.count('"', paragraph, start) % 2 == 1


def speaker_of(
    document: Document, mentions: Sequence[Mention], sentence: int, span: Span
) -> str | None:
    """Return who says the words at *span*: None for the report's own voice."""
    if not is_quoted(document.text, span.start):
        return None
    speakers = [
        m
        for m in mentions
        if m.sentence == sentence
        and m.subject
        and m.kind in SPEAKER_KINDS
        and not is_quoted(document.text, m.start)
    ]
    if not speakers:
        return None
    return min(speakers, key=lambda m: abs(m.start - span.start)).text
