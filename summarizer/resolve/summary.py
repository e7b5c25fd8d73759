"""The summary of a brief: the model's own lines, checked, or the report's telling sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from summarizer.brief import Event, Pledge, Rejection, Statement, Support
from summarizer.claims import StatementClaim
from summarizer.language.countries import by_code
from summarizer.resolve.report import Report
from summarizer.source import Sentence

MOST = 6
LEAST = 3
_TELLING = {
    "supply": 5,
    "pledge": 5,
    "agreement": 4,
    "strike": 4,
    "clash": 4,
    "ceasefire": 4,
    "approval": 4,
    "denial": 3,
    "meeting": 3,
    "visit": 3,
    "talks": 2,
    "request": 3,
    "warning": 2,
    "sanctions": 4,
    "withdrawal": 4,
    "release": 3,
    "deployment": 3,
    "exercise": 3,
    "vote": 3,
}
_DANGLING = re.compile(
    r"^(?:he|she|they|it|this|that|these|those|the (?:group|ministry|spokes\w+|talks|meeting"
    r"|visit))\b|^[“\"•*·–—-]|:$",
    re.IGNORECASE,
)

Judge = Callable[[str, str, str], tuple[Support, str | None]]
"""Statement, cited words and the names that these mean -> whether they support it; why not."""


def compose(
    events: Sequence[Event], pledges: Sequence[Pledge], report: Report
) -> tuple[Statement, ...]:
    """Return three to six of the report's own sentences: the lead, the pledges, the main events.

    Sentences that cannot stand alone ("He said ...") are left out, unless a pledge stands in them.
    """
    weights: dict[int, float] = {}
    for event in events:
        number = event.citations[0].sentence
        weight = (
            _TELLING.get(event.label, 1) + 0.5 * len(event.participants) + (event.date is not None)
        )
        weights[number] = max(weights.get(number, 0), weight)
    for pledge in pledges:
        weights[pledge.citations[0].sentence] = 20
    body = [s for s in report.annotations.sentences if s.kind == "body"]
    if body:
        weights[body[0].id] = 30
    needed = {pledge.citations[0].sentence for pledge in pledges}
    fit = [
        s for s in body if s.id in weights and (s.id in needed or not _DANGLING.search(s.text))
    ] or body[:1]
    best = sorted(fit, key=lambda s: (-weights.get(s.id, 0), s.id))[:MOST]
    strong = [s for s in best if weights.get(s.id, 0) >= 4]
    chosen = strong if len(strong) >= LEAST else best[:LEAST]
    return tuple(_statement(s, report) for s in sorted(chosen, key=lambda s: s.id))


def checked(
    claims: Iterable[StatementClaim],
    records: Sequence[Event | Pledge],
    judge: Judge,
    report: Report,
) -> tuple[tuple[Statement, ...], tuple[Rejection, ...]]:
    """Return the model's lines that the sentences they cite bear out, and why the others fail."""
    statements: list[Statement] = []
    rejections: list[Rejection] = []
    for claim in claims:
        cited = " ".join(sentence.text for sentence in claim.sentences)
        support, detail = judge(claim.text, cited, _known(claim, records, report))
        if support == "unsupported":
            rejections.append(
                Rejection(
                    kind="summary",
                    field="text",
                    value=claim.text,
                    quote=cited,
                    reason="not_supported",
                    detail=detail or "the cited sentences do not say this",
                )
            )
        else:
            statements.append(
                Statement(text=claim.text, citations=report.cite.whole(claim.sentences))
            )
    return tuple(statements), tuple(rejections)


def _known(claim: StatementClaim, records: Sequence[Event | Pledge], report: Report) -> str:
    """Return the names that the cited sentences mean without spelling them out.

    Who is named there in another form or by a pronoun, who speaks or takes part in what they
    tell, and whose they are. Who has nothing to do with these sentences is not among them.
    """
    numbers = {sentence.id for sentence in claim.sentences}
    told = [r for r in records if any(c.sentence in numbers for c in r.citations)]
    ids = {n.actor for n in report.book.named if n.sentence in numbers}
    words = [told_by for r in told if (told_by := r.attribution.speaker)]
    for record in told:
        parties = (
            record.participants
            if isinstance(record, Event)
            else (*record.supplier, *record.recipient)
        )
        ids |= {party.actor for party in parties if party.actor}
    for actor in report.book.actors:
        if actor.id in ids or actor.name in words:
            words += (actor.name, *actor.aliases)
            words += (cited.value for cited in (actor.position, actor.affiliation) if cited)
            country = by_code().get(actor.country or "")
            words += (*country.names, *country.demonyms) if country else ()
    return " ".join(words)


def _statement(sentence: Sentence, report: Report) -> Statement:
    return Statement(text=" ".join(sentence.text.split()), citations=report.cite.whole((sentence,)))
