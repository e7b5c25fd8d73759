"""A dossier as a page: what the reports say together, who says so, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.render.escape import for_markdown
from summarizer.render.markdown import (
    NONE,
    date,
    field,
    in_words,
    marks,
    place,
    quantity,
    quotes,
    section,
    table,
)

if TYPE_CHECKING:
    from summarizer.dossier import (
        Account,
        Claims,
        Conflict,
        Dossier,
        Entity,
        FusedEvent,
        FusedPledge,
        Held,
        Involved,
    )


def dossier_to_markdown(dossier: Dossier) -> str:
    """Return *dossier* as Markdown; ``[id S3]`` marks sentence 3 of the report *id*."""
    lines = [
        *_head(dossier),
        *section("New since", _changes(dossier)),
        *section("Events", [line for event in _ordered(dossier) for line in _event(event)]),
        *section("Pledges", [line for pledge in dossier.pledges for line in _pledge(pledge)]),
        *section("Actors", _actors(dossier.actors)),
        *section("Claims", [line for claims in dossier.claims for line in _claims(claims)]),
        *section("Related", _relations(dossier)),
        *section("To be decided", _doubtful(dossier)),
        *section("Warnings", [f"- {for_markdown(warning)}" for warning in dossier.warnings]),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(dossier: Dossier) -> list[str]:
    return [
        f"# Dossier of {len(dossier.documents)} reports",
        "",
        *table(
            ("Report", "Title", "Publisher", "Published", "Reliability"),
            (
                (
                    for_markdown(source.document.id),
                    for_markdown(source.document.title or NONE),
                    for_markdown(source.document.publisher or NONE),
                    for_markdown(source.document.published or NONE),
                    source.reliability,
                )
                for source in dossier.documents
            ),
        ),
    ]


def _changes(dossier: Dossier) -> list[str]:
    return [
        f"- {change.kind}: {change.record_kind} {for_markdown(change.name)}"
        + _because(change.detail)
        for change in dossier.since or ()
    ]


def _ordered(dossier: Dossier) -> list[FusedEvent]:
    """Return the dated events in order of time, then the others."""
    by_id = {event.id: event for event in dossier.events}
    ids = (*(entry.event for entry in dossier.timeline.dated), *dossier.timeline.open)
    return [by_id[id_] for id_ in dict.fromkeys((*ids, *by_id)) if id_ in by_id]


def _event(event: FusedEvent) -> Iterator[str]:
    yield f"### {for_markdown(event.label)} ({event.type})"
    yield ""
    yield for_markdown(event.summary)
    yield ""
    yield from field("When", date(event.date))
    yield from field("Where", place(event.place))
    yield from field("Who", ", ".join(f"{_name(p)} ({p.role})" for p in event.participants))
    yield from field("Reality", event.realis)
    yield from _told(event)


def _pledge(pledge: FusedPledge) -> Iterator[str]:
    supplier, recipient = (
        ", ".join(map(_name, parties)) or "unknown"
        for parties in (pledge.supplier, pledge.recipient)
    )
    yield f"### {supplier} to {recipient}: {in_words(pledge.status)}"
    yield ""
    yield from table(
        ("Item", "Quantity", "Category", "UNROCA", "Sentences"),
        (
            (
                for_markdown(each.item.text),
                quantity(each.item),
                in_words(each.item.category),
                each.item.unroca,
                marks(each.citations),
            )
            for each in pledge.items
        ),
    )
    for step in pledge.history:
        when = f"{for_markdown(step.reported)}, " if step.reported else ""
        words = f"“{for_markdown(step.words)}” {marks(step.citations)}"
        yield from field(f"{when}{in_words(step.status)}", words)
    yield from field("Delivery", date(pledge.delivery))
    eligible = "eligible" if pledge.sipri_eligible else "not eligible"
    yield from field("Trackers", f"Kiel {pledge.kiel}, SIPRI {eligible}")
    yield from _told(pledge)


def _told(record: FusedEvent | FusedPledge) -> Iterator[str]:
    """Yield how sure it is, where the reports differ, and each report's own words."""
    credibility = record.credibility
    origins = ", ".join(map(for_markdown, record.origins))
    yield from field("Credibility", f"{credibility.grade} ({for_markdown(credibility.reason)})")
    yield from field("Origins", origins)
    for conflict in record.conflicts:
        yield from _conflict(conflict)
    yield ""
    for account in record.accounts:
        yield f"{_said_by(account)}:"
        yield ""
        yield from quotes(account.citations)


def _conflict(conflict: Conflict, whose: str = "") -> Iterator[str]:
    preferred = f", preferred: {for_markdown(conflict.preferred)}" if conflict.preferred else ""
    yield (
        f"- {whose}reports differ on {for_markdown(conflict.field)} "
        f"({in_words(conflict.resolution)}{preferred}){_because(conflict.reason)}"
    )
    for value in conflict.values:
        yield f"  - “{for_markdown(value.value)}” {marks(value.citations)}"


def _said_by(account: Account) -> str:
    speaker = f", {for_markdown(account.speaker)}" if account.speaker else ""
    via = f", citing {for_markdown(account.via)}" if account.via else ""
    return f"{for_markdown(account.document)} ({in_words(account.attribution)}{speaker}{via})"


def _actors(actors: Sequence[Entity]) -> list[str]:
    lines = table(
        ("Name", "Kind", "Country", "Held", "Spellings", "Reports"),
        (
            (
                for_markdown(actor.name),
                in_words(actor.kind),
                actor.country or NONE,
                _held((*actor.ranks, *actor.positions, *actor.affiliations)),
                ", ".join(for_markdown(s.text) for s in actor.spellings if s.text != actor.name)
                or NONE,
                str(len(actor.documents)),
            )
            for actor in actors
        ),
    )
    return lines + [
        line
        for actor in actors
        for conflict in actor.conflicts
        for line in _conflict(conflict, f"{for_markdown(actor.name)}: ")
    ]


def _held(records: Iterable[Held]) -> str:
    return ", ".join(for_markdown(held.text) for held in records) or NONE


def _claims(claims: Claims) -> Iterator[str]:
    yield f"- {for_markdown(claims.actor)}, {for_markdown(claims.topic)}"
    for statement in claims.statements:
        speaker = for_markdown(statement.speaker or "the report")
        yield f"  - {speaker}: {for_markdown(statement.text)} {marks(statement.citations)}"


def _relations(dossier: Dossier) -> list[str]:
    return [
        f"- {for_markdown(each.subject)} {in_words(each.relation)} {for_markdown(each.object)}"
        + _because(each.reason)
        for each in dossier.relations
    ]


def _doubtful(dossier: Dossier) -> list[str]:
    return [
        f"- {each.kind} {for_markdown(each.left.name)} and {for_markdown(each.right.name)}"
        + _because(each.reason)
        for each in dossier.doubtful
    ]


def _name(party: Involved) -> str:
    return for_markdown(party.name)


def _because(reason: str) -> str:
    return f": {for_markdown(reason)}" if reason else ""
