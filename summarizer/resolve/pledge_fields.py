"""The fields of one pledge, each from the words of its sentences that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.brief import Cited, DateValue, Item, Party, Place, Pledge, PledgeStatus
from summarizer.grounded import PledgeClaim
from summarizer.resolve.realis import factuality, realis_of
from summarizer.resolve.said import Report
from summarizer.resolve.sides import Parties
from summarizer.resolve.status import StatusFound, bear_out, kiel, sipri_eligible
from summarizer.source import Sentence, Span

_CAME = ("partly_delivered", "delivered")
_COMING = ("offered", "reported_planned", "pledged", "approved", "signed", *_CAME)
"""Statuses of goods that come or came, so that a date behind them can be when."""


@dataclass(frozen=True, slots=True)
class Told:
    """A supply as its sentences tell it, before it becomes a pledge.

    *status* is relative to the sentence *stated*, which may stand before those with the items.
    """

    sentences: tuple[Sentence, ...]
    parties: Parties
    items: tuple[Item, ...]
    status: StatusFound | None
    stated: Sentence
    claim: PledgeClaim

    @property
    def dates_from(self) -> int:
        """Offset from which a date may belong to it: its own verb, in a sentence of several."""
        if self.status is None or len(self.status.seen) < 2:
            return 0
        return self.stated.start + self.status.start

    @property
    def goods_end(self) -> int:
        """Offset behind the last item."""
        return max(item.citations[0].end for item in self.items)


def to_pledge(identifier: str, told: Told, report: Report) -> Pledge:
    """Return the pledge that *told* amounts to."""
    first, claim = told.stated, told.claim
    status, status_words = _status(told, report)
    attribution = report.attribution(first, claim.said_by)
    complete = told.status and told.parties.supplier and told.parties.recipient
    return Pledge(
        id=identifier,
        supplier=_parties(told.parties.supplier, report),
        recipient=_parties(told.parties.recipient, report),
        items=told.items,
        status=status,
        status_words=status_words,
        delivery=_delivery(told, report),
        deployment=_deployment(told, report),
        purpose=_purpose(told, report),
        conditions=tuple(_cited(span, report) for span in claim.conditions),
        exclusions=tuple(_cited(span, report) for span in claim.exclusions),
        value=_value(told, report),
        attribution=attribution,
        factuality=factuality(realis_of(first.text), attribution.kind, attribution.hedge),
        kiel=kiel(status, told.items),
        sipri_eligible=sipri_eligible(status),
        support="supported" if complete else "partial",
        citations=report.cite.whole(told.sentences),
    )


def _status(told: Told, report: Report) -> tuple[PledgeStatus, Cited]:
    """Return the status that words bear out, and these; a stronger claim is lowered to it."""
    first = told.stated
    found = told.status
    if found is None:
        whole = report.cite.at(first.start, first.end)
        return "unclear", Cited(value=whole.quote, citations=(whole,))
    status = bear_out(told.claim.status, found) if told.claim.status else found.status
    start = first.start + found.start
    citation = report.cite.at(start, first.start + found.end)
    return status, Cited(value=citation.quote, citations=(citation,))


def _parties(spans: Iterable[Span], report: Report) -> tuple[Party, ...]:
    return tuple(
        Party(
            name=report.words(span),
            actor=report.book.link(span.start, span.end)
            or report.book.antecedent(span.start, span.end),
            citations=(report.cite.span(span),),
        )
        for span in spans
    )


def _delivery(told: Told, report: Report) -> DateValue | None:
    """Return when the goods come or came: not when somebody said so."""
    if told.claim.delivery:
        return report.date(told.claim.delivery, told.sentences[0])
    return None


def _deployment(told: Told, report: Report) -> Place | None:
    if told.claim.deployment:
        return report.place_named(told.claim.deployment, told.sentences[0])
    return None


def _purpose(told: Told, report: Report) -> Cited | None:
    if told.claim.purpose:
        return _cited(told.claim.purpose, report)
    return None


def _value(told: Told, report: Report) -> Cited | None:
    return _cited(told.claim.value, report) if told.claim.value else None


def _cited(span: Span, report: Report) -> Cited:
    return Cited(value=report.words(span), citations=(report.cite.span(span),))
