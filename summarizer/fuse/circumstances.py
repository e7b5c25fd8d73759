"""What surrounds a person: whom a report names with them, and what they take part in."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.brief import Brief
from summarizer.fuse.mentions import Mention, Ties
from summarizer.fuse.partition import Partition


def list_company(mentions: Sequence[Mention], people: Partition[Ties]) -> dict[str, frozenset[str]]:
    """Whom each report names: bodies by name, people by the first mention of their figure."""
    company: dict[str, set[str]] = {}
    for number, mention in enumerate(mentions):
        named = company.setdefault(mention.document, set())
        if mention.group == "person" and len(mention.person.tokens) > 1:
            named.add(mentions[people.find(number)].actor.name)
        elif mention.group == "body":
            named.add(mention.actor.name)
    return {document: frozenset(named) for document, named in company.items()}


class Circumstances:
    """What each person takes part in: kind of event, place, and with whom."""

    def __init__(
        self, briefs: Sequence[Brief], mentions: Sequence[Mention], people: Partition[Ties]
    ) -> None:
        self._numbers = {mention.key: n for n, mention in enumerate(mentions)}
        self._briefs = {brief.document.id: brief for brief in briefs}
        self._mentions = mentions
        self._people = people

    def __call__(self, number: int) -> frozenset[str]:
        """Return the circumstances of one mention, one short phrase each."""
        mention = self._mentions[number]
        found: set[str] = set()
        for event in self._briefs[mention.document].events:
            ids = [part.actor for part in event.participants if part.actor]
            if mention.actor.id not in ids or event.place is None:
                continue
            for other in ids:
                at = self._numbers.get((mention.document, other))
                if at is None or other == mention.actor.id or self._mentions[at].group != "person":
                    continue
                partner = self._mentions[self._people.find(at)].person.key
                found.add(f"{event.label} in {event.place.name} with {partner}")
        return frozenset(found)
