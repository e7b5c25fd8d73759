"""Reports made of a text, and claims about them made of a sentence's number and words of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.annotate import annotate
from summarizer.brief import PledgeStatus, Realis
from summarizer.draft import EventKind
from summarizer.grounded import EventClaim, PledgeClaim
from summarizer.resolve.actors import resolve_actors
from summarizer.resolve.citing import Citer
from summarizer.resolve.said import Report
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


def report_of(text: str, published: str | None = "2024-05-15") -> Report:
    """Return *text* read, cut into sentences, and its actors found by the rules alone."""
    document = Document(text, published=published, published_basis="given" if published else "none")
    sentences = segment(document)
    book = resolve_actors(annotate(document, sentences), (), add_found=True)
    return Report(document, sentences, book, Citer(document, sentences))


def place_of(report: Report, words: str, number: int = 1) -> Span:
    """Return where *words* stand, the first time from sentence *number* on."""
    start = report.document.text.index(words, sentence_of(report, number).start)
    return Span(start, start + len(words))


def sentence_of(report: Report, number: int) -> Sentence:
    """Return the sentence with the id *number*."""
    return report.sentences[number - 1]


def event(
    report: Report,
    number: int,
    kind: EventKind,
    who: Iterable[str] = (),
    to_whom: Iterable[str] = (),
    *,
    when: str | None = None,
    where: str | None = None,
    said_by: str | None = None,
    realis: Realis | None = None,
) -> EventClaim:
    """Return the claim that sentence *number* tells of an event of this kind."""
    return EventClaim(
        kind,
        sentence_of(report, number),
        _places(report, who, number),
        _places(report, to_whom, number),
        _place(report, when, number),
        _place(report, where, number),
        _place(report, said_by, number),
        realis,
    )


def pledge(
    report: Report,
    number: int,
    items: Sequence[str],
    supplier: str | None = None,
    recipient: str | None = None,
    *,
    status: PledgeStatus | None = None,
    said_by: str | None = None,
    delivery: str | None = None,
    deployment: str | None = None,
    purpose: str | None = None,
    conditions: Iterable[str] = (),
    exclusions: Iterable[str] = (),
    value: str | None = None,
) -> PledgeClaim:
    """Return the claim that sentence *number* tells of a supply of *items*."""
    return PledgeClaim(
        sentence=sentence_of(report, number),
        supplier=_place(report, supplier, number),
        recipient=_place(report, recipient, number),
        items=_places(report, items, number),
        status=status,
        said_by=_place(report, said_by, number),
        delivery=_place(report, delivery, number),
        deployment=_place(report, deployment, number),
        purpose=_place(report, purpose, number),
        conditions=_places(report, conditions, number),
        exclusions=_places(report, exclusions, number),
        value=_place(report, value, number),
    )


def _places(report: Report, many: Iterable[str], number: int) -> tuple[Span, ...]:
    return tuple(place_of(report, words, number) for words in many)


def _place(report: Report, words: str | None, number: int) -> Span | None:
    return place_of(report, words, number) if words else None
