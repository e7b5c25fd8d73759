"""Render a dossier as Markdown: what happened, what was promised, who says so, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.dossier import (
    Conflict,
    Dossier,
    DossierCitation,
    Entity,
    FusedEvent,
    FusedPledge,
)

_MOST_QUOTED = 160


def dossier_markdown(dossier: Dossier) -> str:
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
    return "\n".join(lines).rstrip() + "\n"


def _documents(dossier: Dossier) -> Iterator[str]:
    yield from ("## Reports", "")
    for source in dossier.documents:
        document = source.document
        told = [document.title, document.publisher, document.published]
        about = ", ".join(_plain(part) for part in told if part)
        yield f"- `{document.id}` {about} (reliability {source.reliability})"
    yield from (f"- {_plain(warning)}" for warning in dossier.warnings)
    yield ""


def _changes(dossier: Dossier) -> Iterator[str]:
    if dossier.since is None:
        return
    yield from ("## New since the earlier dossier", "")
    for change in dossier.since:
        what = f"{change.kind} {change.record_kind} `{change.record}`"
        yield f"- {what} {_plain(change.name)}: {_plain(change.detail)}"
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
        yield from _event(events[id_], _plain(date.edtf or date.text) if date else "undated")
    yield ""


def _event(event: FusedEvent, when: str) -> Iterator[str]:
    place = f", {_plain(event.place.name)}" if event.place else ""
    doubt = " (merge doubtful)" if event.doubtful else ""
    grade = event.credibility
    yield f"- **{when}**{place}: {_plain(event.summary)} `{event.id}`{doubt}"
    yield f"  - credibility {grade.grade}: {_plain(grade.reason)}"
    for account in event.accounts:
        said = ", citing ".join(_plain(part) for part in (account.speaker, account.via) if part)
        yield f"  - {said + ': ' if said else ''}{_quotes(account.citations)}"
    yield from _conflicts(event.conflicts)


def _pledges(dossier: Dossier) -> Iterator[str]:
    yield from ("## Pledges", "")
    for pledge in dossier.pledges:
        yield from _pledge(pledge)
    for relation in dossier.relations:
        link = f"`{relation.subject}` {relation.relation.replace('_', ' ')} `{relation.object}`"
        yield f"- {link}: {_plain(relation.reason)}"
    yield ""


def _pledge(pledge: FusedPledge) -> Iterator[str]:
    supplier, recipient = (
        ", ".join(_plain(party.name) for party in side) or "unknown"
        for side in (pledge.supplier, pledge.recipient)
    )
    grade = pledge.credibility
    yield f"- **{supplier} to {recipient}**: {pledge.status} `{pledge.id}`"
    yield f"  - credibility {grade.grade}: {_plain(grade.reason)}"
    for step in pledge.history:
        yield f"  - {step.reported or 'undated'}: {step.status}, {_quotes(step.citations)}"
    yield from _conflicts(pledge.conflicts)


def _ledger(dossier: Dossier) -> Iterator[str]:
    if not dossier.ledger:
        return
    yield from ("## Pledge ledger", "")
    yield "| supplier | recipient | item | quantity | status | reported | origins | reports |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in dossier.ledger:
        count = "undisclosed" if row.quantity is None else str(row.quantity)
        if row.quantity_max is not None and row.quantity_max != row.quantity:
            count += f" to {row.quantity_max}"
        cells = (
            row.supplier,
            row.recipient,
            row.item,
            f"{count} {row.unit}" if row.unit else count,
            row.status,
            row.reported or "undated",
            ", ".join(row.origins),
            ", ".join(row.documents),
        )
        yield "| " + " | ".join(_plain(cell) for cell in cells) + " |"
    yield ""


def _actors(dossier: Dossier) -> Iterator[str]:
    yield from ("## Actors", "")
    for actor in dossier.actors:
        yield from _actor(actor)
    yield ""


def _actor(actor: Entity) -> Iterator[str]:
    doubt = " (merge doubtful)" if actor.doubtful else ""
    yield f"- **{_plain(actor.name)}** ({actor.kind}) `{actor.id}`{doubt}"
    others = [spelling for spelling in actor.spellings if spelling.text != actor.name]
    if others:
        forms = (_plain(s.text) + (" (outlier)" if s.outlier else "") for s in others)
        yield f"  - also written: {', '.join(forms)}"
    for position in actor.positions:
        when = f"{position.first or 'undated'}: "
        yield f"  - {when}{_plain(position.text)} ({', '.join(position.documents)})"
    for label in actor.labels:
        yield f"  - called “{_plain(label.text)}” by {_plain(label.speaker or 'the report')}"


def _claims(dossier: Dossier) -> Iterator[str]:
    if not dossier.claims:
        return
    names = {actor.id: actor.name for actor in dossier.actors}
    yield from ("## Said on one topic", "")
    for claims in dossier.claims:
        about = f"{names[claims.actor]}: {claims.topic}" if claims.actor else claims.topic
        yield f"- **{_plain(about)}**"
        for statement in claims.statements:
            speaker = _plain(statement.speaker) if statement.speaker else "the report"
            yield f"  - {speaker}: {_quotes(statement.citations)}"
    yield ""


def _doubts(dossier: Dossier) -> Iterator[str]:
    if not dossier.doubtful:
        return
    yield from ("## Pairs to decide", "")
    for pair in dossier.doubtful:
        sides = " / ".join(
            f"{_plain(side.name)} ({side.document}, {side.record})"
            for side in (pair.left, pair.right)
        )
        yield f"- {pair.kind}: {sides}: {_plain(pair.reason)}"
    yield ""


def _conflicts(conflicts: Iterable[Conflict]) -> Iterator[str]:
    for conflict in conflicts:
        if conflict.kind == "account":
            continue
        values = "; ".join(
            f"“{_plain(value.value)}” ({', '.join(value.documents)})" for value in conflict.values
        )
        solved = (
            f", {conflict.resolution}: {_plain(conflict.preferred)}" if conflict.preferred else ""
        )
        yield f"  - differs, {_plain(conflict.field)}: {values}{solved}"


def _quotes(citations: Iterable[DossierCitation]) -> str:
    return "; ".join(f"“{_shorten(c.quote)}” [{c.document}:{c.start}-{c.end}]" for c in citations)


def _shorten(quote: str) -> str:
    cut = quote if len(quote) <= _MOST_QUOTED else quote[:_MOST_QUOTED].rstrip() + " …"
    return _plain(cut)


def _plain(text: str) -> str:
    """Escape what Markdown or HTML would read as markup, and keep it on one line."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
