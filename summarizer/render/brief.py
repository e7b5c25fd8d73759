"""A brief as a page that an analyst can read: every line with the sentence it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarizer.escape import for_markdown
from summarizer.render.explain import JUDGES
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
    from summarizer.brief import Actor, Attribution, Brief, Cited, Event, Pledge


def brief_to_markdown(brief: Brief) -> str:
    """Return *brief* as Markdown; ``[S3]`` marks what rests on sentence 3 of the report."""
    names = {actor.id: actor.name for actor in brief.actors}
    lines = [
        *_head(brief),
        *section(
            "Summary", [f"- {for_markdown(s.text)} {marks(s.citations)}" for s in brief.summary]
        ),
        *section("Events", [line for event in brief.events for line in _event(event, names)]),
        *section("Pledges", [line for pledge in brief.pledges for line in _pledge(pledge)]),
        *section("Actors", _actors(brief.actors)),
        *section("Rejected", _rejections(brief)),
        *section("Warnings", [f"- {for_markdown(warning)}" for warning in brief.warnings]),
        *_foot(brief),
    ]
    return "\n".join(lines) + "\n"


def _head(brief: Brief) -> list[str]:
    document = brief.document
    published = "publication date unknown"
    if document.published:
        published = f"published {document.published} ({document.published_basis})"
    about = [document.publisher, published, document.url, f"{document.characters:,} characters"]
    return [
        f"# {for_markdown(document.title or document.id)}",
        "",
        " · ".join(for_markdown(each) for each in about if each),
        "",
    ]


def _event(event: Event, names: dict[str, str]) -> Iterator[str]:
    yield f"### {for_markdown(event.id)}: {for_markdown(event.label)} ({event.type})"
    yield ""
    yield f"{for_markdown(event.summary)} {marks(event.citations)}"
    yield ""
    yield from field("When", date(event.date))
    yield from field("Where", place(event.place))
    yield from field(
        "Who",
        ", ".join(
            f"{for_markdown(names.get(p.actor or '', p.name))} ({p.role})"
            for p in event.participants
        ),
    )
    yield from field("Reality", f"{event.realis}, factuality {event.factuality}")
    yield from field("Source", _said_by(event.attribution))
    yield from _partly(event)
    yield from _provenance(event)
    yield ""
    yield from quotes(event.citations)


def _pledge(pledge: Pledge) -> Iterator[str]:
    supplier, recipient = (
        ", ".join(for_markdown(party.name) for party in parties) or "unknown"
        for parties in (pledge.supplier, pledge.recipient)
    )
    yield f"### {for_markdown(pledge.id)}: {supplier} to {recipient}, {in_words(pledge.status)}"
    yield ""
    yield from table(
        ("Item", "Quantity", "Category", "UNROCA", "Sentence"),
        (
            (
                for_markdown(item.text),
                quantity(item),
                in_words(item.category),
                item.unroca,
                marks(item.citations),
            )
            for item in pledge.items
        ),
    )
    yield from field("Status in words", _cited(pledge.status_words))
    yield from field("Delivery", date(pledge.delivery))
    yield from field("Deployment", place(pledge.deployment))
    yield from field("Purpose", _cited(pledge.purpose))
    yield from field("Value", _cited(pledge.value))
    for condition in pledge.conditions:
        yield from field("Condition", _cited(condition))
    for exclusion in pledge.exclusions:
        yield from field("Excluded", _cited(exclusion))
    yield from field("Source", _said_by(pledge.attribution))
    yield from field("Factuality", pledge.factuality)
    eligible = "eligible" if pledge.sipri_eligible else "not eligible"
    yield from field("Trackers", f"Kiel {pledge.kiel}, SIPRI {eligible}")
    yield from _partly(pledge)
    yield from _provenance(pledge)
    yield ""
    yield from quotes(pledge.citations)


def _partly(record: Event | Pledge) -> list[str]:
    return field("Support", record.support if record.support != "supported" else None)


def _provenance(record: Actor | Event | Pledge) -> Iterator[str]:
    """Yield what code filled, what was lowered and why, and what a person decided."""
    yield from field("Filled by code", ", ".join(map(_named, record.filled)))
    for change in record.changes:
        kept = f" to {_named(change.kept)}" if change.kept else ""
        told = f"{_named(change.offered)}{kept}: {for_markdown(change.reason)}"
        verb = "Lowered" if change.kept else "Taken out"
        yield from field(f"{verb} by {JUDGES[change.by]}", f"{_named(change.field)} {told}")
    if record.review:
        by = f"{for_markdown(record.review.reviewer)}, {for_markdown(record.review.at)}"
        yield from field("Reviewed", f"{record.review.action} ({by})")


def _named(name: str) -> str:
    return for_markdown(in_words(name))


def _cited(value: Cited | None) -> str | None:
    return f"“{for_markdown(value.value)}” {marks(value.citations)}" if value else None


def _said_by(attribution: Attribution) -> str:
    who = f": {for_markdown(attribution.speaker)}" if attribution.speaker else ""
    via = f", citing {for_markdown(attribution.via)}" if attribution.via else ""
    hedge = "".join(f", “{for_markdown(word)}”" for word in attribution.hedge)
    return f"{in_words(attribution.kind)}{who}{via}{hedge} {marks(attribution.citations)}"


_ACTOR = ("", "Name", "Kind", "Rank, position", "Affiliation", "Country", "Also", "Sentence")


def _actors(actors: Sequence[Actor]) -> list[str]:
    lines = table(_ACTOR, map(_actor, actors))
    for actor in actors:
        if notes := list(_provenance(actor)):
            lines += [f"{for_markdown(actor.id)} {for_markdown(actor.name)}:", "", *notes, ""]
    return lines


def _actor(actor: Actor) -> tuple[str, ...]:
    held = [for_markdown(each.value) for each in (actor.rank, actor.position) if each]
    also = [for_markdown(alias) for alias in actor.aliases]
    for label in actor.labels:
        whose = for_markdown(label.speaker) if label.speaker else "the report"
        also.append(f"“{for_markdown(label.text)}” (so {whose})")
    return (
        for_markdown(actor.id),
        for_markdown(actor.name),
        in_words(actor.kind),
        ", ".join(held) or NONE,
        for_markdown(actor.affiliation.value) if actor.affiliation else NONE,
        actor.country or NONE,
        ", ".join(also) or NONE,
        marks(actor.citations),
    )


def _rejections(brief: Brief) -> list[str]:
    return table(
        ("What", "Value", "Quote offered", "Reason"),
        (
            (
                f"{each.kind} {for_markdown(each.field)}",
                for_markdown(each.value) or NONE,
                for_markdown(each.quote) or NONE,
                f"{in_words(each.reason)}: {for_markdown(each.detail)}",
            )
            for each in brief.rejections
        ),
    )


def _foot(brief: Brief) -> list[str]:
    engine, usage = brief.engine, brief.usage
    tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
    cost = "" if usage.cost_usd is None else f", ${usage.cost_usd:.4f}"
    return [
        "---",
        "",
        f"{engine.name}: {for_markdown(engine.model)}, {usage.requests} requests, {tokens}, "
        f"{usage.seconds:.0f} s{cost}. Text: SHA-256 `{brief.document.sha256}`.",
    ]
