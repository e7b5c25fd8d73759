"""A dossier as a page: what happened, what was promised, who says so, where reports differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from summarizer.dossier import TERMS
from summarizer.escape import for_markdown
from summarizer.render.markdown import code, in_words, quantity, table

if TYPE_CHECKING:
    from summarizer.dossier import (
        Conflict,
        Dossier,
        DossierCitation,
        Entity,
        FusedEvent,
        FusedPledge,
        FusedTerm,
        LedgerRow,
    )

_MOST_QUOTED = 160  # characters: two lines, enough to recognise a passage


def dossier_to_markdown(dossier: Dossier) -> str:
    """Return *dossier* as Markdown; text of reports is escaped, never read as markup."""
    lines = [
        "# Dossier",
        "",
        *_documents(dossier),
        *_changes(dossier),
        *_timeline(dossier),
        *_pledges(dossier),
        *_ledger(dossier),
        *_actors(dossier),
        *_claims(dossier),
        *_doubts(dossier),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _documents(dossier: Dossier) -> Iterator[str]:
    yield from ("## Reports", "")
    for source in dossier.documents:
        document = source.document
        told = [document.title, document.publisher, document.published]
        about = ", ".join(for_markdown(part) for part in told if part)
        parts = (code(document.id), about, f"(reliability {source.reliability})")
        yield f"- {' '.join(part for part in parts if part)}"
    yield from (f"- {for_markdown(warning)}" for warning in dossier.warnings)
    yield ""


def _changes(dossier: Dossier) -> Iterator[str]:
    if dossier.since is None:
        return
    yield from ("## New since the earlier dossier", "")
    for change in dossier.since:
        what = f"{change.kind} {change.record_kind} {code(change.record)}"
        yield f"- {what} {for_markdown(change.name)}: {for_markdown(change.detail)}"
    yield from ([] if dossier.since else ["Nothing."])
    yield ""


def _timeline(dossier: Dossier) -> Iterator[str]:
    events = {event.id: event for event in dossier.events}
    yield from ("## Events", "")
    for entry in dossier.timeline.dated:
        same = entry.earliest == entry.latest
        when = entry.earliest if same else f"{entry.earliest} to {entry.latest}"
        yield from _event(events[entry.event], when)
    if dossier.timeline.open:
        yield from ("", "### Date or year open", "")
    for id_ in dossier.timeline.open:
        date = events[id_].date
        yield from _event(events[id_], (date.edtf or date.text) if date else "undated")
    yield ""


def _event(event: FusedEvent, when: str) -> Iterator[str]:
    place = f", {for_markdown(event.place.name)}" if event.place else ""
    doubt = " (merge doubtful)" if event.doubtful else ""
    grade = event.credibility
    summary = for_markdown(event.summary)
    yield f"- **{for_markdown(when)}**{place}: {summary} {code(event.id)}{doubt}"
    yield f"  - credibility {grade.grade}: {for_markdown(grade.reason)}"
    for account in event.accounts:
        said = ", citing ".join(
            for_markdown(part) for part in (account.speaker, account.via) if part
        )
        yield f"  - {said + ': ' if said else ''}{_quotes(account.citations)}"
    yield from _merges(event.why_merged)
    yield from _conflicts(event.conflicts)


def _pledges(dossier: Dossier) -> Iterator[str]:
    yield from ("## Pledges", "")
    for pledge in dossier.pledges:
        yield from _pledge(pledge)
    for relation in dossier.relations:
        link = f"{code(relation.subject)} {in_words(relation.relation)} {code(relation.object)}"
        yield f"- {link}: {for_markdown(relation.reason)}"
    yield ""


def _pledge(pledge: FusedPledge) -> Iterator[str]:
    supplier, recipient = (
        ", ".join(for_markdown(party.name) for party in side) or "unknown"
        for side in (pledge.supplier, pledge.recipient)
    )
    grade = pledge.credibility
    yield f"- **{supplier} to {recipient}**: {in_words(pledge.status)} {code(pledge.id)}"
    yield f"  - credibility {grade.grade}: {for_markdown(grade.reason)}"
    for step in pledge.history:
        reported = for_markdown(step.reported or "undated")
        yield f"  - {reported}: {in_words(step.status)}, {_quotes(step.citations)}"
    yield from _terms(pledge)
    yield from _merges(pledge.why_merged)
    yield from _conflicts(pledge.conflicts)


def _terms(pledge: FusedPledge) -> Iterator[str]:
    for term in TERMS:
        told: Sequence[FusedTerm] = getattr(pledge, term.field)
        for one in told:
            yield f"  - {term.label.lower()}: {for_markdown(one.text)} ({_list(one.documents)})"


def _ledger(dossier: Dossier) -> Iterator[str]:
    head = ("Supplier", "Recipient", "Item", "Quantity", "Status", "Reported", "Origins", "Reports")
    names = {actor.id: actor.name for actor in dossier.actors}
    rows = table(head, (_ledger_row(row, names) for row in dossier.ledger))
    yield from ("## Pledge ledger", "", *rows) if rows else ()


def _ledger_row(row: LedgerRow, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        for_markdown(row.supplier),
        for_markdown(row.recipient),
        for_markdown(row.item),
        quantity(row),
        in_words(row.status),
        for_markdown(row.reported or "undated"),
        _list(names.get(origin, origin) for origin in row.origins),
        _list(row.documents),
    )


def _actors(dossier: Dossier) -> Iterator[str]:
    yield from ("## Actors", "")
    for actor in dossier.actors:
        yield from _actor(actor)
    yield ""


def _actor(actor: Entity) -> Iterator[str]:
    doubt = " (merge doubtful)" if actor.doubtful else ""
    yield f"- **{for_markdown(actor.name)}** ({in_words(actor.kind)}) {code(actor.id)}{doubt}"
    others = [spelling for spelling in actor.spellings if spelling.text != actor.name]
    if others:
        forms = (for_markdown(s.text) + (" (outlier)" if s.outlier else "") for s in others)
        yield f"  - also written: {', '.join(forms)}"
    for position in actor.positions:
        when = for_markdown(position.first or "undated")
        yield f"  - {when}: {for_markdown(position.text)} ({_list(position.documents)})"
    for label in actor.labels:
        speaker = for_markdown(label.speaker or "the report")
        yield f"  - called “{for_markdown(label.text)}” by {speaker}"


def _claims(dossier: Dossier) -> Iterator[str]:
    if not dossier.claims:
        return
    names = {actor.id: actor.name for actor in dossier.actors}
    yield from ("## Said on one topic", "")
    for claims in dossier.claims:
        about = (
            f"{names.get(claims.actor, claims.actor)}: {claims.topic}"
            if claims.actor
            else claims.topic
        )
        yield f"- **{for_markdown(about)}**"
        for statement in claims.statements:
            speaker = for_markdown(statement.speaker) if statement.speaker else "the report"
            yield f"  - {speaker}: {_quotes(statement.citations)}"
    yield ""


def _doubts(dossier: Dossier) -> Iterator[str]:
    if not dossier.doubtful:
        return
    yield from ("## Pairs to decide", "")
    for pair in dossier.doubtful:
        sides = " / ".join(
            for_markdown(f"{side.name} ({side.document}, {side.record})")
            for side in (pair.left, pair.right)
        )
        yield f"- {pair.kind}: {sides}: {for_markdown(pair.reason)}"
    yield ""


def _merges(reasons: Iterable[str]) -> Iterator[str]:
    yield from (f"  - joined: {for_markdown(reason)}" for reason in reasons)


def _conflicts(conflicts: Iterable[Conflict]) -> Iterator[str]:
    for conflict in conflicts:
        if conflict.kind == "account":
            continue
        values = "; ".join(
            f"“{for_markdown(value.value)}” ({_list(value.documents)})" for value in conflict.values
        )
        solved = (
            f", {in_words(conflict.resolution)}: {for_markdown(conflict.preferred)}"
            if conflict.preferred
            else ""
        )
        yield f"  - differs, {for_markdown(conflict.field)}: {values}{solved}"


def _quotes(citations: Iterable[DossierCitation]) -> str:
    return "; ".join(
        f"“{_shorten(c.quote)}” [{for_markdown(c.document)} S{c.sentence}]" for c in citations
    )


def _shorten(quote: str) -> str:
    cut = quote if len(quote) <= _MOST_QUOTED else quote[:_MOST_QUOTED].rstrip() + " …"
    return for_markdown(cut)


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(for_markdown, names))
