"""Find where an event happened, among the places that its sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.annotations import PlaceMention, Reading, is_quoted
from summarizer.language.known import terms
from summarizer.source import Sentence, Span

OPENING = 24
"""Characters before a place that opens its sentence: "In the southern "."""
BEFORE_VERB = 3
"""How much nearer than one behind the verb a place before it must be: it has a noun of its own."""


def find_place(
    reading: Reading,
    *,
    near: int,
    within: tuple[int, int] | None = None,
    outside: Sequence[Span] = (),
) -> PlaceMention | None:
    """Return where the event whose head word stands at *near* happened, or None.

    The nearest place that something is said to be at, those behind the head first; none from
    inside a quotation when the head is outside it. *within* restricts the search to a clause,
    *outside* keeps it out of others.
    """
    sentence = reading.sentence
    start, end = within or (sentence.start, sentence.end)
    quoted = is_quoted(sentence.text, near - sentence.start)
    fits = [
        place
        for place in reading.places
        if place.located
        and start <= place.start
        and place.end <= end
        and not any(clause.start <= place.start < clause.end for clause in outside)
        and (quoted or not is_quoted(sentence.text, place.start - sentence.start))
    ]
    return min(fits, key=lambda place: _distance(place, near, sentence), default=None)


def _distance(place: PlaceMention, near: int, sentence: Sentence) -> int:
    """A place behind the verb is its own; of those before it only one that opens the sentence."""
    if place.start >= near:
        return place.start - near
    first_word = sentence.text.split(maxsplit=1)[0].lower()
    opens = first_word in terms("places", "within") and place.start - sentence.start <= OPENING
    return (near - place.end) * (1 if opens else BEFORE_VERB)
